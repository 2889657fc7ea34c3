"""XML feeds: which element is a row, and its fields. Reads piece by piece; entities and DTDs are refused."""

import re
from collections import Counter, defaultdict
from html.entities import html5
from pathlib import Path
from xml.etree.ElementTree import ParseError, tostring
from xml.sax.saxutils import escape

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from employers.importing.formats.flat import FeedUnreadable, put

ITEMS = ("job", "item", "position", "posting", "vacancy", "opening", "entry", "offer", "jobposting")
MARKUP = {
    "p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "u", "a", "span", "div", "h1", "h2", "h3", "h4", "h5", "h6",
    "table", "tr", "td", "th", "tbody", "thead", "font", "hr", "blockquote", "img", "section", "article",
}  # fmt: skip
MOST_DEEP = 40
MOST_PARTS = 5_000  # elements within one row
MOST_KINDS = 2_000
_LONG_TEXT = re.compile(
    r"<((?:\w+:)?(?:description\w*|requirements?|content|summary|body|additional|encoded)\b)([^<>]*)(?<!/)>(.*?)</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_LOOSE = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&(#?\w{1,31});|&", re.DOTALL)
_NUMBER = re.compile(r"#([0-9]{1,7}|x[0-9a-fA-F]{1,6})")
_OWN_NAMES = {"amp", "lt", "gt", "quot", "apos"}


def root_of(text):
    """The local name of the first element in the beginning of a text, in lower case; "" when there is none."""
    found = re.search(r"<(?![?!])(?:[\w.-]+:)?([A-Za-z_][\w.-]*)", text)
    return found[1].lower() if found else ""


def rows(path):
    """Yield the fields of each row. Raises FeedUnreadable, perhaps after some rows."""
    try:
        yield from _rows(path)
    except ParseError as error:
        line, column = error.position
        raise FeedUnreadable(
            _("The file is not well-formed XML (line %(line)s, column %(column)s).") % {"line": line, "column": column}
        ) from error
    except DefusedXmlException as error:
        raise FeedUnreadable(
            _("The file declares entities or a DTD. Feeds need neither, and we don't read them.")
        ) from error
    except (ValueError, LookupError, RecursionError) as error:
        raise FeedUnreadable(_("The file cannot be read as XML.")) from error


def mend(path):
    """Mend what writers of feeds most often get wrong: bare "&", names such as &nbsp;, and HTML that is not wrapped.

    Changes the readable copy of a file. What is right already stays as it is.
    """
    text = Path(path).read_text(encoding="utf-8")
    text = _LONG_TEXT.sub(_wrapped, text)
    Path(path).write_text(_LOOSE.sub(_escaped, text), encoding="utf-8")


def is_well_formed(path):
    """Whether the file can be read to its end as it is. Raises FeedUnreadable for what no mending helps."""
    try:
        for _event, _element, _path in _events(path):
            pass
    except ParseError:
        return False
    except DefusedXmlException as error:
        raise FeedUnreadable(
            _("The file declares entities or a DTD. Feeds need neither, and we don't read them.")
        ) from error
    return True


def _wrapped(found):
    name, attributes, inner = found[1], found[2], found[3]
    if "<" not in inner or "<![CDATA[" in inner or re.search(rf"<{re.escape(name)}\b", inner):
        return found[0]
    inner = inner.replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}{attributes}><![CDATA[{inner}]]></{name}>"


def _escaped(found):
    """A bare "&" as XML spells it; a name that only HTML knows as the sign it stands for."""
    name = found[1]
    if found[0].startswith("<") or name in _OWN_NAMES or (name and _NUMBER.fullmatch(name)):
        return found[0]
    sign = html5.get(f"{name};", "") if name else ""
    return escape(sign) if sign else "&amp;" + found[0][1:]


def _events(path):
    """Start and end of every element with the names above it; finished ones above the rows are let go."""
    stack = []
    with open(path, "rb") as file:
        for event, element in ElementTree.iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                stack.append(element)
                if len(stack) > MOST_DEEP:
                    raise FeedUnreadable(_("The file is nested too deeply to be a feed."))
                yield event, element, stack
                continue
            stack.pop()
            yield event, element, stack


def _rows(path):
    wanted = _item_path(path)
    inside = 0
    for event, element, stack in _events(path):
        where = tuple(_local(each.tag) for each in stack)
        if event == "start":
            inside = inside + 1 if len(where) > len(wanted) else 0
            if inside > MOST_PARTS:
                raise FeedUnreadable(_("One row of the file holds too many parts to be an opening."))
            continue
        if (*where, _local(element.tag)) == wanted:
            yield _fields(element)
        if len(stack) < len(wanted):
            element.clear()
            if stack:
                stack[-1].remove(element)


def _item_path(path):
    """The names from the root to the element that is a row."""
    counts, children, order = Counter(), defaultdict(set), {}
    for event, element, stack in _events(path):
        if event == "start":
            continue
        where = (*(_local(each.tag) for each in stack), _local(element.tag))
        if len(where) <= 6 and len(counts) < MOST_KINDS:
            counts[where] += 1
            order.setdefault(where, len(order))
            if len(where) > 1:
                children[where[:-1]].add(where[-1])
        element.clear()
        if stack:
            stack[-1].remove(element)
    known = [where for where in counts if where[-1] in ITEMS and len(children[where]) >= 2]
    if known:
        return min(known, key=lambda where: (len(where), -counts[where], order[where]))
    many = [where for where in counts if len(where) > 1 and len(children[where]) >= 2]
    if not many:
        raise FeedUnreadable(_("We found no openings in the file: no element that stands for one."))
    often = [where for where in many if counts[where] > 1] or many
    return min(often, key=lambda where: (len(where), -counts[where], order[where]))


def _local(tag):
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _fields(item):
    found = {}
    for name, value in item.attrib.items():
        put(found, f"@{_local(name)}", value.strip())
    for child in item:
        _add(found, _name(child), child)
    return found


def _name(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "?"


def _add(found, name, element):
    children = [child for child in element if isinstance(child.tag, str)]
    if not children or any(_local(child.tag) in MARKUP for child in children):
        put(found, name, _markup(element) if children else (element.text or "").strip())
        for key, value in list(element.attrib.items())[:5]:
            if not children and not (element.text or "").strip():
                put(found, f"{name}@{_local(key)}", value.strip())
        return
    for child in children:
        _add(found, f"{name}.{_name(child)}", child)


def _markup(element):
    """What stands inside an element, with its tags: HTML that was not wrapped."""
    return ((element.text or "") + "".join(tostring(child, encoding="unicode") for child in element)).strip()
