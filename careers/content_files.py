"""Reads the content files (careers/content/, described in its README.md) into records for the loader.

A record is plain: text, numbers, yes/no, dates as "2026-11-22", lists of text, and slugs of other objects.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.text import slugify

from careers import models
from careers.vocabulary import RoleMask, role_mask

FOLDER = Path(__file__).resolve().parent / "content"
FILES = ("overview", "sources", "populations", "settings", "pathways", "roles", "titles", "functions", "hub")
PAY_FIELDS = {"amount": "amount_usd", "p10": "p10_usd", "p90": "p90_usd", "projected_growth_2024_34_pct": "growth_pct"}
OWNER = "seed"  # the source id of the owner's page


@dataclass(frozen=True)
class Record:
    """One object as the files have it: `kind` is its model, `key` its slug, `values` field -> plain value."""

    kind: type
    key: str
    values: dict


def read(folder=FOLDER):
    """Return file name -> parsed content. Raises OSError or yaml.YAMLError for a file that cannot be read."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {
        name: yaml.load((Path(folder) / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
        for name in FILES
    }


def records(folder=FOLDER):
    """Return all records, each after those its foreign keys point to."""
    files = read(folder)
    return [
        *_sources(files["sources"]),
        *_populations(files["populations"]),
        *_settings(files["settings"]),
        *_credentials(files["pathways"]),
        *_roles(files["roles"], files["populations"]),
        *_titles(files["titles"]),
        *_role_details(files["roles"]),
        *_overview(files["overview"], files["roles"]),
        *_functions(files["functions"]),
        *_hub(files["hub"]),
        *_passages(files),
    ]


def _known(item, file, position=0):
    """The fields every kind has: how well known, when reviewed and due, where it stands, the editors' note."""
    return {
        "tier": item.get("tier", "practice"),
        "reviewed_on": str(file["content_date"]),
        "review_due": str(item["review_due"]) if item.get("review_due") else None,
        "position": position,
        "note_for_editors": item.get("note_for_editors", ""),
    }


def _sources(file):
    for position, (key, item) in enumerate(file["sources"].items()):
        yield Record(
            models.Source,
            key,
            {
                **_known(item, file, position),
                "name": item["name"],
                "url": item["url"] or "",
                "published": str(item["date"]),
                "supports": item["supports"],
            },
        )


def _populations(file):
    for position, item in enumerate(file["populations"]):
        names = ("name", "who", "what_helps")
        yield Record(
            models.Population, item["slug"], {**_known(item, file, position), **{name: item[name] for name in names}}
        )


def _settings(file):
    for position, item in enumerate(file["settings"]):
        style = item["work_style"]
        yield Record(
            models.CareSetting,
            item["slug"],
            {
                **_known(item, file, position),
                "name": item["name"],
                "summary": item["summary"],
                "employers_text": item["employers"],
                "work_place": style["place"],
                "driving": style["driving"],
                "evenings": style["evenings"],
                "focus": style["focus"],
                "populations": item["populations"],
                "featured_titles": item["titles_featured"],
            },
        )
        for kind, field in (("schedule", "schedule"), ("caseload", "caseload"), ("license", "license_demand")):
            if field in item:
                fact = item[field]
                yield Record(
                    models.SettingFact,
                    f"{item['slug']}-{kind}",
                    {
                        **_known(fact, file, position),
                        "setting": item["slug"],
                        "kind": kind,
                        "level": fact.get("level", ""),
                        "text": fact["text"],
                        "source": fact["source"],
                    },
                )


def _credentials(file):
    for position, item in enumerate(file["credentials"]):
        yield Record(
            models.Credential,
            item["slug"],
            {
                **_known(item, file, position),
                "name": item["name"],
                "kind": item["type"],
                "issuer": item["issuer"],
                "is_public": item["public"],
                "eligibility": item.get("eligibility", ""),
                "renewal": item.get("renewal", ""),
                "ny_note": item.get("ny_note", ""),
                "sources": [evidence["source"] for evidence in item["evidence"] if evidence["source"]],
            },
        )


def _roles(file, populations):
    same = (
        "name", "family", "summary", "definition", "focus", "typical_day", "skills", "typical_education", "settings",
        "helpful_credentials", "see_also_titles",
    )  # fmt: skip
    for position, item in enumerate(file["roles"]):
        yield Record(
            models.CareRole,
            item["slug"],
            {
                **_known(item, file, position),
                **{name: item[name] for name in same},
                "license_required": item["clinical_license_required"],
                "license_note": item["clinical_license_note"],
                "populations": [one["slug"] for one in populations["populations"] if item["slug"] in one["roles"]],
                "pay_caveat": item["pay_reference"].get("caveat", ""),
            },
        )


def _role_details(file):
    for role in file["roles"]:
        slug = role["slug"]
        needs = {need["to"]: need["text"] for need in role.get("ladder_needs", [])}
        for position, to in enumerate(role["ladder_next"]):
            values = {"role": slug, "to": to, "needs": needs.get(to, "")}
            yield Record(models.RoleStep, f"{slug}--{to}", {**_known(role, file, position), **values})
        for position, item in enumerate(role["pay_reference"]["figures"]):
            same = ("soc", "occupation", "measure", "unit", "area", "period", "fit", "source")
            yield Record(
                models.PayFigure,
                f"{slug}--{item['soc']}",
                {
                    **_known(item, file, position),
                    "role": slug,
                    **{name: item[name] for name in same},
                    **{field: item.get(name) for name, field in PAY_FIELDS.items()},
                },
            )
        for position, item in enumerate(role["evidence"]):
            values = {"role": slug, "claim": item["claim"], "source": item["source"]}
            key = f"{slug}--{item['source'] or position}"
            yield Record(models.Evidence, key, {**_known(item, file, position), **values})


def _titles(file):
    for position, item in enumerate(file["titles"]):
        yield Record(
            models.JobTitle,
            item["slug"],
            {
                **_known(item, file, position),
                "name": item["title"],
                "role": item["role"],
                "roles": role_mask(item["roles"]),
                "family": item["track"],
                "is_seed": item["seed"],
                "settings": item["settings"],
                "license_typical": item["clinical_license_typical"],
                "license_note": item.get("license_note", ""),
                "family_note": item.get("track_note", ""),
                "notes": item["notes"],
                "synonyms": item["synonyms"],
                "abbreviations": item["abbreviations"],
                "former_names": item.get("former_titles", []),
                "source": item["source"],
            },
        )


def _overview(file, roles):
    owned = {"tier": "reported", "review_due": "2027-11-01"}
    for position, item in enumerate(file["sections"]):
        action = item.get("action", {})
        yield Record(
            models.OverviewSection,
            item["id"],
            {
                **_known(owned, file, position),
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
                **_known(item, roles, position),
                "role": role_mask([column["role"]]),
                "term": item["term"],
                "text": item["text"],
                "plain_words": item["plain_words"],
                "titles_heading": column["titles_heading"],
                "source": item["source"],
            },
        )


def _functions(file):
    for position, item in enumerate(file["functions"]):
        yield Record(
            models.Function,
            item["slug"],
            {
                **_known(item, file, position),
                "name": item["name"],
                "lead": RoleMask.BOTH.value if item["lead"] == "both" else role_mask([item["lead"]]),
                "explanation": item["explanation"],
                "example": item["example"],
                "source": item["source"],
            },
        )
    weakest = _weakest(file["similarities"]["evidence"])
    for position, text in enumerate(file["similarities"]["items"], start=1):
        yield Record(models.Similarity, f"both-{position}", {**_known(weakest, file, position), "text": text})
    for position, item in enumerate(file["differences"]["rows"]):
        same = ("aspect", "care_coordinator", "care_manager", "source")
        yield Record(
            models.Difference,
            slugify(item["aspect"]),
            {**_known(item, file, position), **{name: item[name] for name in same}},
        )


def _hub(file):
    for position, item in enumerate(file["spokes"]):
        wheel = item.get("wheel", {})
        same = ("name", "to_hub", "from_hub", "cc_focus", "cm_focus")
        yield Record(
            models.HubSpoke,
            item["slug"],
            {
                **_known(item, file, position),
                **{name: item[name] for name in same},
                "wheel_place": wheel.get("place"),
                "wheel_key": wheel.get("key", ""),
                "wheel_label": wheel.get("label", ""),
                "wheel_sentence": wheel.get("sentence", ""),
            },
        )


def _weakest(evidence):
    """The tier and date that count when several sources stand behind one thing: the weakest and the earliest."""
    order = ["sourced", "reported", "practice"]
    return {
        "tier": max((item["tier"] for item in evidence), key=order.index),
        "review_due": min(str(item["review_due"]) for item in evidence),
    }


def _passages(files):
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
        ("similarities-heading", similar["heading"], _weakest(similar["evidence"]), functions),
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
    for position, (key, text, known, file) in enumerate(found):
        sources = [known["source"]] if known.get("source") else []
        if key == "similarities-heading":
            sources = [item["source"] for item in similar["evidence"]]
        yield Record(
            models.Passage,
            key,
            {
                **_known({"tier": known["tier"], "review_due": known["review_due"]}, file, position),
                "text": text,
                "is_verbatim": known is owner,
                "sources": sources,
            },
        )
