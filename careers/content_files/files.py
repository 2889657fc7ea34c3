"""What a content file is, and what every record of one carries."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "content"
OWNER = "seed"  # the source id of the owner's page


@dataclass(frozen=True)
class Record:
    """One object as the files have it: `kind` is its model, `key` its slug, `values` field -> plain value.

    `former`: slugs it had before; its row, and what points to it, are kept under the new one.
    """

    kind: type
    key: str
    values: dict
    former: tuple = ()


def known(item, file, position=0):
    """The fields every kind has: how well known, when reviewed and due, where it stands, the editors' note."""
    return {
        "tier": item.get("tier", "practice"),
        "reviewed_on": str(file["content_date"]),
        "review_due": str(item["review_due"]) if item.get("review_due") else None,
        "position": position,
        "note_for_editors": item.get("note_for_editors", ""),
    }


def weakest(evidence):
    """The tier and date that count when several sources stand behind one thing: the weakest and the earliest."""
    order = ["sourced", "reported", "practice"]
    return {
        "tier": max((item["tier"] for item in evidence), key=order.index),
        "review_due": min(str(item["review_due"]) for item in evidence),
    }
