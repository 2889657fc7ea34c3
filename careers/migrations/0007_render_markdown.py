"""Give answers and news the HTML of their Markdown, as it is made when this is written."""

import nh3
from django.db import migrations
from markdown_it import MarkdownIt

TEXTS = [("Question", "answer", "answer_html", 3), ("NewsItem", "body", "body_html", 2)]
TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "blockquote", "a", "h2", "h3", "h4"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def rendered(text, top_level):
    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    tokens = markdown.parse(text)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(4, top_level + levels.index(token.tag))}"
    html = markdown.renderer.render(tokens, markdown.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


def render_all(apps, schema_editor):
    for name, source, target, top_level in TEXTS:
        for model in (apps.get_model("careers", name), apps.get_model("careers", f"Historical{name}")):
            for row in model.objects.exclude(**{source: ""}).filter(**{target: ""}).iterator():
                setattr(row, target, rendered(getattr(row, source), top_level))
                row.save(update_fields=[target])


class Migration(migrations.Migration):
    dependencies = [("careers", "0006_rendered_markdown")]

    operations = [migrations.RunPython(render_all, migrations.RunPython.noop)]
