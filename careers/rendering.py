"""Markdown of editors as safe HTML."""

import nh3
from django.db import models
from django.utils.safestring import mark_safe
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


class RenderedField(models.TextField):
    """The HTML of the Markdown in field `source`, made anew by each save and never edited: pages only print it.

    To the database and to migrations it is a plain text field.
    """

    def __init__(self, *, source, top_level=TOP_LEVEL):
        self.source, self.top_level = source, top_level
        super().__init__(blank=True, default="", db_default="", editable=False)

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options

    def clone(self):
        return RenderedField(source=self.source, top_level=self.top_level)

    def rendered(self, row):
        """What the field should hold for a row."""
        return render(getattr(row, self.source), top_level=self.top_level)

    def pre_save(self, model_instance, add):
        html = self.rendered(model_instance)
        setattr(model_instance, self.attname, html)
        return html


def safe(html):
    """HTML of a RenderedField, marked as clean for templates."""
    return mark_safe(html)  # nh3 cleaned it when it was stored


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
