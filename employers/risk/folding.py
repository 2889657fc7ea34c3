"""Text as a reader sees it: look-alike letters, hidden characters and spaced-out words folded, with the way back."""

import re
import unicodedata

# Letters of other alphabets and signs that pass for Latin ones; NFKC folds the full-width and mathematical ones.
LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕԁɡһӏԛԝкмтвнАВЕКМНОРСТХІЈЅУαοινρτυ’‘`´“”–—‑‐",
    "aeopcyxijsdghlqwkmtbhABEKMHOPCTXIJSYaoivptu''''\"\"----",
)
_SPACED = re.compile(r"(?<![^\W_])(?:[A-Za-z][ .*_-]){4,}[A-Za-z](?![^\W_])")
_SIGNS_FOR_LETTERS = re.compile(r"(?<=[a-z])(?:[013$]|@(?![a-z0-9-]*\s*\.))(?=[a-z])")  # "@" of an address stays
_FOR = {"@": "a", "0": "o", "1": "l", "3": "e", "$": "s"}


class Folded:
    """`text` folded to lower-case plain letters; `span` leads from a match in it to the original."""

    def __init__(self, original):
        letters, places = [], []
        for place, sign in enumerate(original):
            if unicodedata.category(sign) in ("Cf", "Mn"):  # zero-width and combining signs hide in words
                continue
            for letter in unicodedata.normalize("NFKC", sign).translate(LOOK_ALIKE).lower():
                if unicodedata.category(letter) != "Mn":
                    plain = " " if letter in "\t\r\xa0" else letter
                    if plain == " " and letters[-1:] == [" "]:
                        continue  # one space is enough
                    letters.append(plain)
                    places.append(place)
        text = "".join(letters)
        text = _SIGNS_FOR_LETTERS.sub(lambda found: _FOR[found.group()], text)
        if spaced := list(_SPACED.finditer(text)):
            keep = [True] * len(text)
            for found in spaced:
                for place in range(found.start(), found.end()):
                    keep[place] = text[place] not in " .*_-"
            text = "".join(letter for letter, kept in zip(text, keep, strict=True) if kept)
            places = [place for place, kept in zip(places, keep, strict=True) if kept]
        self.original, self.text, self._places = original, text, places

    def span(self, start, end):
        """Return (start, end) in the original of a non-empty stretch of the folded text."""
        return self._places[start], self._places[end - 1] + 1
