"""Sources, populations, settings and credentials."""

from careers import models
from careers.content_files.files import Record, known


def sources(file):
    for position, (key, item) in enumerate(file["sources"].items()):
        yield Record(
            models.Source,
            key,
            {
                **known(item, file, position),
                "name": item["name"],
                "url": item["url"] or "",
                "published": str(item["date"]),
                "supports": item["supports"],
            },
        )


def populations(file):
    for position, item in enumerate(file["populations"]):
        names = ("name", "who", "what_helps")
        yield Record(
            models.Population, item["slug"], {**known(item, file, position), **{name: item[name] for name in names}}
        )


def settings(file):
    for position, item in enumerate(file["settings"]):
        style = item["work_style"]
        yield Record(
            models.CareSetting,
            item["slug"],
            {
                **known(item, file, position),
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
                        **known(fact, file, position),
                        "setting": item["slug"],
                        "kind": kind,
                        "level": fact.get("level", ""),
                        "text": fact["text"],
                        "source": fact["source"],
                    },
                )


def credentials(file):
    for position, item in enumerate(file["credentials"]):
        yield Record(
            models.Credential,
            item["slug"],
            {
                **known(item, file, position),
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
