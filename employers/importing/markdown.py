"""From a feed's HTML to the Markdown an opening is written in."""

import html
import re
from html.parser import HTMLParser

import nh3

_KEPT_TAGS = {"p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "tr"}
_PARAGRAPHS = {"p", "div", "ul", "ol", "tr"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_LINE_START = re.compile(r"^([-+=](?=\s|$|[-=]{2})|[0-9]{1,9}(?=[.)](?:\s|$)))")


def from_html(text):
    """Return Markdown with the words, paragraphs, lists, headings and stress of `text`; all else is left out.

    HTML that was escaped once more ("&lt;p&gt;") is read as HTML. The answer holds no tags.
    """
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)
    writer = _Writer()
    writer.feed(nh3.clean(text, tags=_KEPT_TAGS, attributes={}, clean_content_tags={"script", "style"}))
    writer.close()
    return writer.result()


def from_file(text, *, is_markdown=False):
    """Return the Markdown of a description as a file has it: HTML, escaped up to twice, or plain lines.

    `is_markdown` says that text without tags is Markdown already.
    """
    for _time in range(2):
        if not re.search(r"<[A-Za-z/!]", text) and re.search(r"&(amp;)?lt;", text):
            text = html.unescape(text)
    if not re.search(r"<[A-Za-z/!]", text):
        if is_markdown:
            return text.strip()
        lines = html.escape(html.unescape(text), quote=False).strip()
        text = "<p>" + re.sub(r"\n\s*\n", "</p><p>", lines).replace("\n", "<br>") + "</p>"
    return from_html(text)


class _Block:
    """A paragraph, heading or list item: what stands before its words, and the words."""

    def __init__(self, prefix="", *, is_item=False):
        self.prefix, self.is_item, self.words = prefix, is_item, ""

    def markdown(self):
        """The block's text, or "" when it has no words."""
        lines = [line.strip() for line in self.words.split("\n")]
        body = "  \n".join(_LINE_START.sub(_escaped, line) for line in lines if line)
        return self.prefix + body if body else ""


def _escaped(found):
    return found[0] + "\\" if found[0].isdigit() else "\\" + found[0]


class _Writer(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks = [_Block()]
        self.lists = []

    def handle_starttag(self, tag, attrs):
        block = self.blocks[-1]
        if tag in _HEADINGS:
            self.blocks.append(_Block("### "))
        elif tag == "li":
            self.blocks.append(self._item())
        elif tag in _PARAGRAPHS:
            if tag in ("ul", "ol"):
                self.lists.append([tag, 0])
            if not block.is_item or block.words.strip():  # a paragraph right inside a list item is the item
                self.blocks.append(_Block())
        elif tag == "br":
            block.words += "\n"
        elif tag in _MARKS:
            block.words += _MARKS[tag]

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in _PARAGRAPHS | _HEADINGS:
            self.blocks.append(_Block())
        elif tag in _MARKS:
            self.blocks[-1].words = _closed(self.blocks[-1].words, _MARKS[tag])

    def handle_data(self, data):
        self.blocks[-1].words += _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", data))

    def _item(self):
        indent = "   " * max(len(self.lists) - 1, 0)
        if not self.lists or self.lists[-1][0] == "ul":
            return _Block(f"{indent}- ", is_item=True)
        self.lists[-1][1] += 1
        return _Block(f"{indent}{self.lists[-1][1]}. ", is_item=True)

    def result(self):
        """The blocks with words, items of a list on lines that follow each other."""
        text, after_item = "", False
        for block in self.blocks:
            if written := block.markdown():
                text += ("\n" if after_item and block.is_item else "\n\n" if text else "") + written
                after_item = block.is_item
        return text


def _closed(words, mark):
    """Close stress right behind its last word; take the opening mark away where nothing was stressed."""
    stressed = words.rstrip()
    if stressed.endswith(mark):
        return stressed.removesuffix(mark)
    return stressed + mark + words[len(stressed) :]
