"""Text pasted from a word processor or a web page, as the Markdown an opening is written in."""

import re

from employers.importing.markdown import from_html

# Signs that word processors set before an item, the private ones of Symbol and Wingdings among them.
BULLETS = "•·∙●○◦▪▫■□‣⁃►▶➢➤✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf02d\u2043"
_ITEM = re.compile(rf"^(?P<indent>[ \t]*)(?:[{BULLETS}][ \t]*|[–—][ \t]+|o(?:\t| {{2,}})[ \t]*)(?=\S)")
_NUMBER = re.compile(r"^[ \t]*(?P<number>[0-9]{1,2})[.)][ \t]+(?=\S)")
_HTML = re.compile(
    r"<(?:/?(?:p|div|ul|ol|li|br|span|table|h[1-6]|strong|em|b|i|font|o:p)\b[^<>]{0,2000}/?)>", re.IGNORECASE
)
_ODD = {
    0x00A0: " ", 0x2007: " ", 0x202F: " ", 0x2009: " ", 0x000B: "\n", 0x000C: "\n", 0x2028: "\n", 0x2029: "\n\n",
    0x00AD: None, 0x200B: None, 0x200C: None, 0x2060: None, 0xFEFF: None, 0xFFFC: None,
    **{code: None for code in (*range(9), *range(14, 32), *range(127, 160)) if code != 0x85}, 0x85: "\n",
}  # fmt: skip


def to_markdown(text):
    """Return pasted `text` as Markdown: HTML becomes it, bullets of word processors become list items, odd signs go.

    Plain text and Markdown come back as they are, apart from spaces at the ends of lines and empty lines in a row.
    Doing it twice changes nothing more.
    """
    if len(_HTML.findall(text)) > 1:
        text = from_html(text)
    lines, was_item, was_empty = [], False, True
    for line in text.translate(_ODD).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        kept, is_item = _line(line)
        if not kept.strip():
            if not was_empty:
                lines.append("")
            was_empty = True
            continue
        if is_item and not was_item and not was_empty:
            lines.append("")  # Markdown sees a list only after an empty line or another item
        lines.append(kept)
        was_item, was_empty = is_item, False
    return "\n".join(lines).strip("\n")


def _line(line):
    """One line as Markdown, and whether it is an item of a list that was drawn with signs."""
    found = _ITEM.match(line)
    if found is None:
        return line.rstrip() + ("  " if line.endswith("  ") and line.strip() else ""), bool(_NUMBER.match(line))
    depth = min(len(found["indent"].expandtabs(4)) // 4, 2)
    if not depth and line.lstrip().startswith("o"):
        depth = 1  # Word's second level
    return "  " * depth + "- " + line[found.end() :].rstrip(), True
