"""One row of a file as flat fields: "jobLocation.address.addressLocality" -> text. Values of a list stand side by side."""

SEPARATOR = "\x1f"  # between the values of a list; cleaned text never holds it
MOST_FIELDS = 300
MOST_DEEP = 12
LONGEST_NAME = 120
LONGEST_VALUE = 200_000  # ten times the longest description that is kept


class FeedUnreadable(Exception):
    """The file is no feed; str(error) says in plain words why."""


def flat(value):
    """Return the fields of a JSON object, in its order. Lists of objects stand side by side, so that places stay paired."""
    found = {}
    _add(found, "", value, 0)
    return found


def _add(found, name, value, depth):
    if len(found) >= MOST_FIELDS or depth > MOST_DEEP:
        return
    if isinstance(value, dict):
        for key, part in value.items():
            if key != "@context":
                _add(found, f"{name}.{key}" if name else str(key), part, depth + 1)
    elif isinstance(value, list):
        if any(isinstance(part, dict) for part in value):
            _side_by_side(found, name, [part for part in value if isinstance(part, dict)], depth)
        else:
            put(found, name, SEPARATOR.join(_text(part) for part in value if not isinstance(part, list)))
    else:
        put(found, name, _text(value))


def _side_by_side(found, name, parts, depth):
    rows = []
    for part in parts[:100]:
        row = {}
        _add(row, name, part, depth + 1)
        rows.append(row)
    for key in dict.fromkeys(key for row in rows for key in row):
        values = [row.get(key, "") for row in rows]
        put(found, key, SEPARATOR.join(values) if any(values) else "")


def put(found, name, text):
    """Set a field, cut to what is believable; a name that is there already gets one more value."""
    name, text = name[:LONGEST_NAME], text[:LONGEST_VALUE]
    if name in found:
        found[name] = (found[name] + SEPARATOR + text)[:LONGEST_VALUE]
    elif len(found) < MOST_FIELDS:
        found[name] = text


def _text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\0", "").replace(SEPARATOR, " ").strip()
