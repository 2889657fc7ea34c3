"""The one entrance: decode()."""

from careers.decoder import ads, titles
from careers.decoder.decoded import Decoded, Phrase
from careers.decoder.words import tokens_of

LONGEST_READ = 20_000  # characters; what follows is not read


def decode(text):
    """Say what `text`, a job title or a whole ad, means, with the phrases that decided: a Decoded.

    The same text gives the same answer on every machine: rules and titles are shipped, no database or network is asked.
    Of a text beyond LONGEST_READ characters the rest is not read. Offsets count characters (code points) of `text`.
    """
    end = min(len(text), LONGEST_READ)
    reading = ads.read(text, end) if ads.is_ad(text[:end]) else titles.read(tokens_of(text, 0, end), text)
    confidence = round(min(1.0, max(0.0, reading.confidence)), 2)
    return Decoded(text, reading.verdict, confidence, _phrases(text, reading.marks), reading.slug)


def _phrases(text, marks):
    """Phrases in the order of the text, none overlapping an earlier, longer one."""
    found, reached = [], 0
    for start, end, says in sorted(set(marks), key=lambda mark: (mark[0], -mark[1], mark[2])):
        if start >= reached:
            found.append(Phrase(text[start:end], start, end, says))
            reached = end
    return tuple(found)
