"""Markdown of editors as safe HTML."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "blockquote", "a", "h2", "h3", "h4"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
TOP_LEVEL, LOWEST_LEVEL = 2, 4

_markdown = MarkdownIt("commonmark", {"html": False}).disable("image")


def render(text, *, top_level=TOP_LEVEL):
    """Return Markdown as clean HTML: links, emphasis, lists, quotes, and headings from `top_level` down to 4.

    Raw HTML stays text, pictures and scripts cannot come in, and only web, mail and phone addresses are linked.
    """
    tokens = _markdown.parse(text)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(LOWEST_LEVEL, top_level + levels.index(token.tag))}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


def plain(text):
    """Return Markdown as plain text, a paragraph or list item a line; links are followed by their address."""
    tokens = _markdown.parse(text)
    return "\n".join("".join(_words(token.children)) for token in tokens if token.type == "inline")


def _words(children):
    address = ""
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type == "link_open":
            address = child.attrGet("href")
        elif child.type == "link_close":
            yield f" ({address})"
        elif child.content:
            yield child.content
