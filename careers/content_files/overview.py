"""The overview page, functions, the wheel, and the passages beside the lists."""

from django.utils.text import slugify

from careers import models
from careers.content_files.files import OWNER, Record, known, weakest
from careers.vocabulary import RoleMask, role_mask


def overview(file, roles):
    owned = {"tier": "reported", "review_due": "2027-11-01"}
    for position, item in enumerate(file["sections"]):
        action = item.get("action", {})
        yield Record(
            models.OverviewSection,
            item["id"],
            {
                **known(owned, file, position),
                "heading": item.get("heading", ""),
                "text": item.get("text") or item.get("intro", ""),
                "items": item.get("items", []),
                "action_label": action.get("label", ""),
                "action_to": action.get("to", ""),
                "is_verbatim": item["verbatim"],
                "source": OWNER,
            },
        )
    columns = next(item["columns"] for item in file["sections"] if item["id"] == "definitions")
    by_text = {item["text"]: item for item in roles["definitions"]}
    for position, column in enumerate(columns):
        item = by_text[column["definition"]]
        yield Record(
            models.Definition,
            column["role"].lower(),
            {
                **known(item, roles, position),
                "role": role_mask([column["role"]]),
                "term": item["term"],
                "text": item["text"],
                "plain_words": item["plain_words"],
                "titles_heading": column["titles_heading"],
                "source": item["source"],
            },
        )


def functions(file):
    for position, item in enumerate(file["functions"]):
        yield Record(
            models.Function,
            item["slug"],
            {
                **known(item, file, position),
                "name": item["name"],
                "lead": RoleMask.BOTH.value if item["lead"] == "both" else role_mask([item["lead"]]),
                "explanation": item["explanation"],
                "example": item["example"],
                "source": item["source"],
            },
        )
    least_known = weakest(file["similarities"]["evidence"])
    for position, text in enumerate(file["similarities"]["items"], start=1):
        yield Record(models.Similarity, f"both-{position}", {**known(least_known, file, position), "text": text})
    for position, item in enumerate(file["differences"]["rows"]):
        same = ("aspect", "care_coordinator", "care_manager", "source")
        yield Record(
            models.Difference,
            slugify(item["aspect"]),
            {**known(item, file, position), **{name: item[name] for name in same}},
        )


def hub(file):
    for position, item in enumerate(file["spokes"]):
        wheel = item.get("wheel", {})
        same = ("name", "to_hub", "from_hub", "cc_focus", "cm_focus")
        yield Record(
            models.HubSpoke,
            item["slug"],
            {
                **known(item, file, position),
                **{name: item[name] for name in same},
                "wheel_place": wheel.get("place"),
                "wheel_key": wheel.get("key", ""),
                "wheel_label": wheel.get("label", ""),
                "wheel_sentence": wheel.get("sentence", ""),
            },
        )


def passages(files):
    """Introductions, cautions and notes that stand beside the lists."""
    owner = {"tier": "reported", "review_due": "2027-11-01", "source": OWNER}
    ours = {"tier": "practice", "review_due": "2027-11-01"}
    overview, roles, functions, hub = files["overview"], files["roles"], files["functions"], files["hub"]
    similar, differ, note = functions["similarities"], functions["differences"], roles["definition_note"]
    found = [
        ("overview-title", overview["page"]["title"], owner, overview),
        ("overview-lead", overview["page"]["lead"], owner, overview),
        ("roles-intro", roles["intro"], ours, roles),
        ("definition-note", note["text"], note, roles),
        *((f"family-{key.lower()}", item["meaning"], ours, roles) for key, item in roles["families"].items()),
        *((f"license-{key}", text, ours, roles) for key, text in roles["license_scale"].items()),
        ("titles-intro", files["titles"]["intro"], ours, files["titles"]),
        ("abbreviation-note", files["titles"]["abbreviation_note"], ours, files["titles"]),
        ("settings-intro", files["settings"]["intro"], ours, files["settings"]),
        ("settings-field-note", files["settings"]["field_note"], ours, files["settings"]),
        ("populations-intro", files["populations"]["intro"], ours, files["populations"]),
        ("functions-intro", functions["intro"], ours, functions),
        ("similarities-heading", similar["heading"], weakest(similar["evidence"]), functions),
        ("differences-heading", differ["heading"], ours, functions),
        ("differences-caution", differ["caution"], ours, functions),
        ("hub-intro", hub["intro"], owner, hub),
        ("hub-name", hub["hub"]["name"], hub["hub"], hub),
        ("hub-text", hub["hub"]["text"], hub["hub"], hub),
        ("hub-cc", hub["hub"]["CC"], hub["hub"], hub),
        ("hub-cm", hub["hub"]["CM"], hub["hub"], hub),
        ("hub-differ", hub["differ"], hub, hub),
        ("hub-consent-note", hub["consent_note"], hub, hub),
        ("hub-list-heading", hub["list_heading"], hub, hub),
    ]
    for position, (key, text, about, file) in enumerate(found):
        sources = [about["source"]] if about.get("source") else []
        if key == "similarities-heading":
            sources = [item["source"] for item in similar["evidence"]]
        yield Record(
            models.Passage,
            key,
            {
                **known({"tier": about["tier"], "review_due": about["review_due"]}, file, position),
                "text": text,
                "is_verbatim": about is owner,
                "sources": sources,
            },
        )
