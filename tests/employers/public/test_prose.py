"""What employers write, as safe HTML."""

import pytest

from employers import prose


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("**b** *i*", "<p><strong>b</strong> <em>i</em></p>\n"),
        ("## A\n\n#### B", "<h3>A</h3>\n<h4>B</h4>\n"),
        ("Title\n=====", "<h3>Title</h3>\n"),
        ("", ""),
    ],
)
def test_markdown_becomes_html_with_headings_below_the_pages_own(text, html):
    assert prose.to_html(text) == html


def test_links_earn_no_credit():
    assert prose.to_html("[us](https://a.example)") == (
        '<p><a href="https://a.example" rel="nofollow ugc noopener noreferrer">us</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "![x](https://evil.example/pixel.gif)",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg onload=alert(1)>",
        "<style>*{display:none}</style>",
        '[x](https://a.example "\' onmouseover=alert(1)")',
        "```html\n<script>alert(1)</script>\n```",
    ],
)
def test_nothing_that_acts_gets_through(text):
    html = prose.to_html(text)

    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert "<style" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert " onmouseover=alert" not in html.replace("\"' onmouseover", "")
