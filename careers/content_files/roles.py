"""Roles, their steps, pay and evidence, and the titles that mean them."""

from careers import models
from careers.content_files.files import Record, known
from careers.vocabulary import role_mask

PAY_FIELDS = {"amount": "amount_usd", "p10": "p10_usd", "p90": "p90_usd", "projected_growth_2024_34_pct": "growth_pct"}


def roles(file, populations):
    same = (
        "name", "family", "summary", "definition", "focus", "typical_day", "skills", "typical_education", "settings",
        "helpful_credentials", "see_also_titles",
    )  # fmt: skip
    for position, item in enumerate(file["roles"]):
        yield Record(
            models.CareRole,
            item["slug"],
            {
                **known(item, file, position),
                **{name: item[name] for name in same},
                "license_required": item["clinical_license_required"],
                "license_note": item["clinical_license_note"],
                "populations": [one["slug"] for one in populations["populations"] if item["slug"] in one["roles"]],
                "pay_caveat": item["pay_reference"].get("caveat", ""),
            },
        )


def role_details(file):
    for role in file["roles"]:
        slug = role["slug"]
        needs = {need["to"]: need["text"] for need in role.get("ladder_needs", [])}
        for position, to in enumerate(role["ladder_next"]):
            values = {"role": slug, "to": to, "needs": needs.get(to, "")}
            yield Record(models.RoleStep, f"{slug}--{to}", {**known(role, file, position), **values})
        for position, item in enumerate(role["pay_reference"]["figures"]):
            same = ("soc", "occupation", "measure", "unit", "area", "period", "fit", "source")
            yield Record(
                models.PayFigure,
                f"{slug}--{item['soc']}",
                {
                    **known(item, file, position),
                    "role": slug,
                    **{name: item[name] for name in same},
                    **{field: item.get(name) for name, field in PAY_FIELDS.items()},
                },
            )
        for position, item in enumerate(role["evidence"]):
            values = {"role": slug, "claim": item["claim"], "source": item["source"]}
            key = f"{slug}--{item['source'] or position}"
            yield Record(models.Evidence, key, {**known(item, file, position), **values})


def titles(file):
    for position, item in enumerate(file["titles"]):
        yield Record(
            models.JobTitle,
            item["slug"],
            {
                **known(item, file, position),
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
