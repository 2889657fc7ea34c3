"""How firmly an ad asks for something: by the words beside it, or by the heading above it."""

import re

_WORDS = re.compile(
    r"(?P<softened>(?:but |though )?(?:is |are )?not (?:strictly )?(?:required|necessary|needed|a must))"
    r"|(?P<preferred>\b(?:strongly |highly |is |are )?(?:preferred|preferable|desired|desirable|a (?:big |huge |definite )?plus"
    r"|\bplus\b(?!\s+\d)|nice to have|an asset|an advantage|advantageous|helpful|welcome|valued|ideally|ideal"
    r"|would be (?:great|awesome|nice|ideal|good)|a bonus|pref\b))"
    r"|(?P<will_train>\b(?:we(?:'ll| will| can)? train|will train|willing to train|or (?:become|obtain|be able to obtain|willing to|ability to obtain|get (?:it|one))|within \d+ (?:days|months) of (?:hire|start)|training (?:is |will be )?provided|or we train))"
    r"|(?P<equivalent>\bor (?:an? )?(?:equivalent|equal|comparable) (?:combination|work|years|experience|in experience|education and)"
    r"|\b(?:experience|years) (?:may|can|will) (?:be )?substitut|\bin lieu of|\bor commensurate|\bequivalent combination"
    r"|\bor equivalent (?:related |relevant |professional |human services )?experience)"
    r"|(?P<required>\b(?:required|requirement|must|mandatory|necessary|needed|req'd|req\b|at least|minimum))"
)  # fmt: skip

_ASKS_AT_LEAST = re.compile(
    r"\b(?:at least|minimum(?: of)?|must have|requires?|required:)[\s*:]{1,3}(?:an? |the |\w+ ){0,2}$"
)
_JOIN = re.compile(r"(?:(?P<firm>\b(?:or|and|and/or)\b|/|&)|,)\s*(?:an? |the )?$")


def of(ad, passage, start, end, *, others=()):
    """Return "required", "preferred", "will-train" or "equivalent" for what stands at start..end in a passage.

    The first word of firmness behind it counts, else the last one before it, else its heading, else it is required.
    `others` are (start, end) of things of the same kind: what stands behind another one counts only when "or", "and" or
    a slash joins the two ("RN or LPN preferred", but not "associate degree, BSN preferred").
    """
    asks = _ASKS_AT_LEAST.search(ad.low, max(passage.start, start - 30), start)
    if behind := _WORDS.search(ad.low, end, passage.end):
        between = sorted(other for other in others if end <= other[0] and other[1] <= behind.start())
        is_apart = asks and re.search(r"[,;(]", ad.low[end : behind.start()]) and behind.lastgroup == "preferred"
        if not is_apart and not _of_something_else(ad, end, behind) and _are_joined(ad, end, between):
            return _named(behind)
    if asks:
        return "required"
    for match in _WORDS.finditer(ad.low, passage.start, start):
        is_label = re.match(r"\s*[:\w(*]|\s*$", ad.low[match.end() : start] or " ")
        if (
            match.lastgroup in ("preferred", "required")
            and is_label
            and not re.search(r"[,;(]", ad.low[match.end() : start])
        ):
            return _named(match)
    return passage.stance or "required"


def _of_something_else(ad, end, behind):
    """True for a word of firmness in brackets that speaks of what the brackets name: "1 year (doula work a plus)"."""
    opens = ad.low.rfind("(", end, behind.start())
    return opens >= 0 and bool(re.search(r"[a-z]", ad.low[opens + 1 : behind.start()]))


def _are_joined(ad, end, between):
    """True when the things `between` are a list with what ends at `end`: "RN, LMSW or LCSW"."""
    joins = []
    for start, stop in between:
        joins.append(_JOIN.search(ad.low, max(end, start - 12), start))
        end = stop
    return not joins or (all(joins) and any(join["firm"] for join in joins))


def _named(match):
    name = match.lastgroup
    return {"softened": "preferred", "will_train": "will-train"}.get(name, name)
