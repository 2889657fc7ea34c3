"""The description: what was pasted as clean Markdown, without what boards put around an ad."""

import re

from employers.importing.markdown import from_html
from employers.pasting import plain

LONGEST_DESCRIPTION = 20_000
_CHROME = re.compile(
    r"^\W{0,4}(?:apply now|apply|save(?: job)?|share(?: this job)?|easy apply|report(?: this)? job|back to (?:search|results|jobs)|print|sign in"
    r"|posted (?:\d+\+? (?:day|hour|week|month)s? ago|today|yesterday)|\d+ applicants?|be an early applicant|job id\b.{0,30}|show (?:more|less))\W{0,4}$",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^(?P<indent>[ \t]*)(?:[\u2022\u25cf\u25aa\u25e6\u2023\u00b7\u25a0\u2043\uf0b7\u27a2\u2713\u2714\u25ba*\u2013\u2014-]|o(?=[ \t]{2,}|\t))[ \t\u00a0]+(?=\S)"
)
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u3000\ufeff]{2,}")
_HEADING = re.compile(r"^(?P<words>[A-Z][^.!?\n]{2,60}):\s*$")
_LINE_START = re.compile(r"^(?=[#>=]|\+ |\d{1,9}\) )")


def find(ad, headline):
    """Return ({"description": Guess}, []): all that was pasted but the headline's own line."""
    start, end = _after(ad, headline)
    words = _of_html(ad.text, headline) if plain.is_html(ad.text) else _of_plain(ad.text[start:end])
    if not words:
        return {}, []
    guess = ad.guess(words[:LONGEST_DESCRIPTION], start, end, 0.9)
    return {"description": guess}, []


def _after(ad, headline):
    """(start, end) of the text behind the headline when it has the first line to itself, else of all of it."""
    start = ad.lines[0][0] if ad.lines else 0
    if (
        headline
        and ad.lines
        and headline.end <= ad.lines[0][1]
        and not ad.low[headline.end : ad.lines[0][1]].strip(" *#_:|")
    ):
        start = ad.lines[0][1]
    return start, len(ad.text)


def _of_html(text, headline):
    words = from_html(text)
    first, _break, rest = words.partition("\n")
    if headline and re.sub(r"\W", "", first).lower() == re.sub(r"\W", "", headline.value).lower():
        return rest.strip()
    return words


def _of_plain(text):
    """Markdown of plain text: bullets as dashes, short lines that end in a colon as headings, no idle blanks."""
    written, was_empty = [], True
    for line in re.split(r"\r\n|[\n\r\u2028\u2029\x85\v\f]", text):
        line = _BLANKS.sub(" ", line.replace("\u00a0", " ").rstrip()) if not _BULLET.match(line) else line.rstrip()
        if _CHROME.match(line):
            continue
        if not line.strip():
            if not was_empty:
                written.append("")
            was_empty = True
            continue
        if bullet := _BULLET.match(line):
            depth = "   " if len(bullet["indent"].expandtabs(4)) >= 4 else ""
            line = f"{depth}- {_BLANKS.sub(' ', line[bullet.end() :])}"
        elif heading := _HEADING.match(line.strip()):
            written += [] if was_empty else [""]
            line = f"### {heading['words']}\n"
        else:
            line = _LINE_START.sub(r"\\", line.strip())
        was_empty = line.endswith("\n")
        written.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(written)).strip()
