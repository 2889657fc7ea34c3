"""Why a row cannot become an opening."""


class RowRefused(Exception):
    """A row cannot become an opening; str(error) says why, short; `words` says it to people."""

    def __init__(self, text, words=""):
        super().__init__(text)
        self.words = words or text


class ClosingOver(RowRefused):
    """The row's closing date is over: what was open is closed, and nothing new comes in."""
