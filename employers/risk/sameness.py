"""Whether two texts are the same but for names and numbers, found through a small sketch of each.

A sketch is the SIZE smallest hashes of all runs of WORDS words (a bottom-k sketch, A. Broder 1997, "On the resemblance
and containment of documents"): the share two sketches have in common estimates the share of text in common.
"""

import hashlib
import re

WORDS = 5
SIZE = 32
ENOUGH_WORDS = 40  # shorter texts are alike by chance
SAME_FROM = 0.5

_WORD = re.compile(r"[a-z]+")


def sketch(text):
    """Return the sketch of a text as up to SIZE sorted whole numbers of 63 bits; [] for one of under ENOUGH_WORDS words."""
    words = _WORD.findall(text.lower())
    if len(words) < ENOUGH_WORDS:
        return []
    runs = {" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1)}
    hashes = {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") >> 1 for run in runs}
    return sorted(hashes)[:SIZE]


def likeness(one, other):
    """Return the estimated share of text two sketches have in common, 0 to 1."""
    if not one or not other:
        return 0.0
    smallest = set(sorted({*one, *other})[:SIZE])
    return len(smallest & set(one) & set(other)) / len(smallest)
