"""What an employer wrote, as safe HTML: Markdown without raw HTML, and then only what a text needs."""

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "blockquote",
    "hr",
    "code",
    "pre",
    "a",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
LINK_REL = "nofollow ugc noopener noreferrer"  # what others wrote earns no credit and learns nothing of the reader

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def to_html(text, *, top_level=3):
    """Return Markdown as clean HTML. Its headings start at `top_level` (2 to 6), without gaps in between."""
    tokens = _markdown.parse(text)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, top_level + levels.index(token.tag))}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_REL)


def to_text(text):
    """Return Markdown as plain text: its words without the signs, a line for each item of a list, addresses of links."""
    blocks, marks, item = [], [], ""
    for token in _markdown.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            marks.append(0 if token.tag == "ol" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
        elif token.type == "list_item_open":
            if marks[-1] is not None:
                marks[-1] += 1
            item = "  " * (len(marks) - 1) + ("- " if marks[-1] is None else f"{marks[-1]}. ")
        elif token.type in ("inline", "fence", "code_block"):
            words = _words(token)
            if words.strip():
                blocks.append((item + words, bool(marks)))
                item = "  " * len(marks) if marks else ""
        if not marks:
            item = ""
    lines, was_item = [], False
    for words, is_item in blocks:
        if lines and not (is_item and was_item):
            lines.append("")
        lines.append(words)
        was_item = is_item
    return "\n".join(lines)


def _words(token):
    """The words of a token: text, breaks as lines, and a link's address behind its words unless they are the same."""
    if token.children is None:
        return token.content.rstrip("\n")
    said, start, href = [], 0, ""
    for child in token.children:
        if child.type == "link_open":
            start, href = len(said), child.attrs.get("href", "")
        elif child.type == "link_close":
            if href and href != "".join(said[start:]):
                said.append(f" ({href})")
        else:
            said.append("\n" if child.type in ("softbreak", "hardbreak") else child.content)
    return "".join(said)
