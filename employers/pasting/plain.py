"""A pasted ad in one plain spelling, character for character: what stands at place 7 here stands at place 7 there.

Tags of HTML, and what Word leaves in its clipboard, become blanks of the same length; dashes, quotes, blanks and bullets
become their plain kind; letters become small. So each pattern can be simple, and still names the phrase as it was given.
"""

import html
import re

_HTML = re.compile(
    r"</?(?:p|div|span|li|ul|ol|br|b|strong|em|i|u|h[1-6]|table|tr|td|body|html|font|o:p)\b", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|br|h[1-6]|tr|table|body)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_HIDDEN = (("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"), ("<xml", "</xml>"))
_ALIKE = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u2022\u25cf\u25aa\u25e6\u2023\u00b7\u25a0\u2043\uf0b7\u27a2\u2713\u2714\u25ba", "*"),
    **dict.fromkeys("\r\u2028\u2029\x85", "\n"),
    "\uff04": "$",
}  # fmt: skip
_TABLE = str.maketrans(_ALIKE)
_SMALL = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_SMALL |= {ord(big): big.lower() for big in "\u00c1\u00c9\u00cd\u00d3\u00da\u00dc\u00d1\u00c8\u00c0\u00c7\u00d6\u00c4"}


def is_html(text):
    """True when the text was pasted with its tags."""
    return bool(_HTML.search(text))


def cased(text):
    """Return `text` with plain signs and without tags, as long as before, its capital letters kept."""
    if is_html(text):
        text = _untagged(text)
    return text.translate(_TABLE)


def small(text):
    """Return what `cased` gave in small letters, as long as before: str.lower() may lengthen what it is given."""
    return text.translate(_SMALL)


def _untagged(text):
    text = _without_hidden(text)
    text = _TAG.sub(lambda tag: _blank(tag[0], "\n" if _BLOCK.match(tag[0]) else " "), text)
    return _ENTITY.sub(_sign, text)


def _blank(part, first):
    return first + " " * (len(part) - 1)


def _sign(entity):
    """The character that an entity stands for, behind it blanks in place of the rest."""
    sign = html.unescape(entity[0])
    return sign + " " * (len(entity[0]) - 1) if len(sign) == 1 else entity[0]


def _without_hidden(text):
    """Blank comments, styles and scripts with what they hold. One walk for each kind, however they are nested."""
    low = small(text)
    for opens, closes in _HIDDEN:
        parts, at = [], 0
        while (start := low.find(opens, at)) >= 0:
            end = low.find(closes, start)
            if end < 0:
                break
            end += len(closes)
            parts += [text[at:start], " " * (end - start)]
            at = end
        if parts:
            text = "".join([*parts, text[at:]])
            low = small(text)
    return text
