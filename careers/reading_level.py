"""How hard our own text is to read: the Flesch-Kincaid grade of each public page.

Counted is running text as a reader meets it: each paragraph, list item, definition and cell of eight words or more, once a
page. Left out is what is not ours to word: text marked `data-verbatim` (given by the owner), names of sources, titles and
organizations (links to them, lists of sources), navigation and forms.

The formula: J. P. Kincaid and others, "Derivation of New Readability Formulas", Naval Technical Training Command, 1975.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

HIGHEST_AVERAGE = 8.5  # over all pages
SHORTEST_BLOCK = 8  # words; anything shorter is a label
OTHER_PAGES = (
    "/about/", "/contact/", "/terms/", "/posting-rules/", "/privacy/", "/accessibility/", "/alerts/new/", "/news/subscribe/",
    "/employers/register/",
)  # fmt: skip

_BLOCKS = frozenset(["p", "li", "dd", "td", "blockquote"])
_SKIPPED = frozenset(
    ["nav", "form", "script", "style", "svg", "select", "h1", "h2", "h3", "h4", "caption", "th", "dt", "summary", "button"]
)  # fmt: skip
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_NAMES = re.compile(r"https?://|mailto:|/careers/(sources|titles|roles|settings|credentials)/.|/employers/.")
_LISTS_OF_NAMES = frozenset(["sources", "source__uses", "vh"])
_WORD = re.compile(r"[A-Za-z][A-Za-z’']*")
_SENTENCE = re.compile(r"[.!?](?=\s|$|[”\")])")
# Ends without a syllable of their own: "care", "roles", "planned", "homes", but not "title", "services", "needed".
_SILENT = re.compile(
    r"(?<=[aeiou]l)es?$|(?<=[^aeiouylscgxz])es$|(?<=[^s]s)e$|(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$|e(?=(ment|ful|less|ly)s?$)"
)
# Vowels side by side that are two syllables: "area", "coordinate", "experience", "usual", "seeing".
_TWICE = re.compile(
    r"(?<![ctg])ia(?!n?s?$)|ia[nt]?$|io(?!n|us)|[^qg]ua|eo(?!p|n|u)|rea$|coor|(?<![tcs])ie[nt](?!d)|[aeouy]ing"
)


def syllables(word):
    """How many syllables an English word has, by its letters."""
    word = word.lower().strip("’'").removesuffix("’s").removesuffix("'s")
    core = _SILENT.sub("", word) if len(word) > 2 else word
    return max(1, len(re.findall(r"[aeiouy]+", core)) + len(_TWICE.findall(core)))


def grade(texts):
    """The Flesch-Kincaid grade of texts, each of which ends a sentence; None for no words."""
    words = [word for text in texts for word in _WORD.findall(text)]
    sentences = sum(max(1, len(_SENTENCE.findall(text))) for text in texts)
    if not words:
        return None
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@dataclass(frozen=True)
class Page:
    """The own text of one page and its grade; `words` says how much there is."""

    address: str
    grade: float
    words: int


class _OwnText(HTMLParser):
    """Collects the running text of <main>, a block an item."""

    def __init__(self):
        super().__init__()
        self.blocks, self._open, self._parts = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag in _VOID:
            return
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        is_name = tag == "a" and _NAMES.match(given.get("href") or "")
        is_left_out = tag in _SKIPPED or "data-verbatim" in given or _LISTS_OF_NAMES & set(classes)
        if tag in _BLOCKS:
            self._end_block()
        self._open.append((tag, bool(is_left_out or is_name)))

    def handle_endtag(self, tag):
        if tag in _BLOCKS:
            self._end_block()
        while any(name == tag for name, _out in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if any(tag == "main" for tag, _out in self._open) and not any(out for _tag, out in self._open):
            self._parts.append(data)

    def _end_block(self):
        text = " ".join("".join(self._parts).split())
        self._parts = []
        if len(_WORD.findall(text)) >= SHORTEST_BLOCK and text not in self.blocks:
            self.blocks.append(text)


def own_text(html):
    """The running text of our own on a page, a block an item, each once."""
    reader = _OwnText()
    reader.feed(html)
    return reader.blocks


def pages(answers):
    """Grades of (address, HTML) pairs, hardest first; pages with no running text have none."""
    found = []
    for address, html in answers:
        texts = own_text(html)
        level = grade(texts)
        if level is not None:
            found.append(Page(address, level, sum(len(_WORD.findall(text)) for text in texts)))
    return sorted(found, key=lambda page: (-page.grade, page.address))


def average(graded):
    """The mean grade of pages."""
    return sum(page.grade for page in graded) / len(graded)
