"""Phrases that turn people away, and what to write instead. Advice, never a refusal."""


def of(text: str):
    """Return an Advice for each such phrase, in the order of the text."""
    return []
