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
