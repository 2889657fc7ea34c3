"""Ways in, ladders, rules, training and pay rules."""

from careers import models
from careers.content_files.files import Record, known, weakest

# What the files say of a pay rule, and the stored value.
STATUS = {None: "in-force", "in force": "in-force", "starts later": "starts-later", "likely ended": "likely-ended"}


def pathways(file):
    yield from _entry_routes(file)
    yield from _ladders(file)
    yield from _rules(file)


def _entry_routes(file):
    for position, item in enumerate(file["entry_routes"]):
        same = ("name", "for_whom", "steps", "education_needed", "credentials")
        yield Record(
            models.EntryRoute,
            item["slug"],
            {
                **known(item, file, position),
                **{name: item[name] for name in same},
                "first_titles": item["typical_first_titles"],
                "education_tier": weakest(item["evidence"])["tier"],
                "sources": _sources(item["evidence"]),
            },
        )


def _ladders(file):
    for position, item in enumerate(file["ladders"]):
        yield Record(models.Ladder, item["slug"], {**known(item, file, position), "name": item["name"]})
    for item in file["ladders"]:
        about = {**item, "note_for_editors": ""}
        for place, step in enumerate(item["steps"]):
            rung = {"role": step.get("role"), "credential": step.get("credential")}
            yield Record(
                models.LadderStep,
                f"{item['slug']}--{rung['role'] or rung['credential']}",
                {**known(about, file, place), "ladder": item["slug"], **rung, "note": step.get("note", "")},
            )


def _rules(file):
    rules = [*((item, "set") for item in file["rules"]), *((item, "usual") for item in file["usual_ways"])]
    for position, (item, kind) in enumerate(rules):
        given = {name: [one[name] for one in item["gives"] if name in one] for name in ("role", "title", "credential")}
        yield Record(
            models.Rule,
            item["slug"],
            {
                **known(item, file, position),
                "name": item["name"],
                "kind": kind,
                "state": item["state"],
                "plain_words": item["plain_words"],
                "requires": item["requires"],
                "gives_roles": given["role"],
                "gives_titles": given["title"],
                "gives_credentials": given["credential"],
                "gives_other": "; ".join(one["other"] for one in item["gives"] if "other" in one),
                "effective": item["effective"],
                "source": item["source"],
            },
        )


def training(file):
    for position, item in enumerate(file["programs"]):
        same = ("name", "for_whom", "what_you_get", "cost", "what_you_give_back", "how_to_start", "opens", "ends")
        yield Record(
            models.Program,
            item["slug"],
            {
                **known(item, file, position),
                **{name: item[name] for name in same},
                "is_free": item.get("free", False),
                "pays_learners": item.get("pays_learners", False),
                "where": item["where"] if isinstance(item["where"], str) else "",
                "leads_to": [one["credential"] for one in item["leads_to"]],
                "sources": _sources(item["evidence"]),
            },
        )
    for item in file["programs"]:
        places = item["where"] if isinstance(item["where"], list) else []
        about = {**item, "note_for_editors": ""}
        for place, one in enumerate(places):
            yield Record(
                models.ProgramPlace,
                f"{item['slug']}--{place + 1}",
                {
                    **known(about, file, place),
                    "program": item["slug"],
                    "organization": one["organization"],
                    "regions": one["regions"],
                },
            )


def pay_rules(file):
    for position, item in enumerate(file["pay_transparency"]):
        may_be_missing = ("employer_threshold", "scope", "exceptions", "recruiters", "enforcement")
        yield Record(
            models.PayRule,
            f"pay-{item['state'].lower()}",
            {
                **known(item, file, position),
                **{name: item.get(name, "") for name in may_be_missing},
                "state": item["state"],
                "name": item["name"],
                "must_show": item["must_show_in_posting"],
                "effective": item.get("effective"),
                "status": STATUS[item.get("status")],
                "rule": item["rule"],
                "sources": item["sources"],
            },
        )
    for position, item in enumerate(file["local_pay_rules"]):
        yield Record(
            models.LocalPayRule,
            f"pay-{item['slug']}",
            {
                **known(item, file, position),
                "place": item["place"],
                "state": item["state"],
                "status": STATUS[item.get("status")],
                "rule": item["rule"],
                "effective": item.get("effective"),
                "sources": item["sources"],
            },
        )


def passages(files):
    """Introductions and cautions of these pages."""
    pathways, training, states = files["pathways"], files["training"], files["states"]
    practice = {"tier": "practice", "review_due": "2027-11-01"}
    found = [
        ("pathways-intro", pathways["intro"], practice, pathways),
        ("pathways-check-note", pathways["check_note"], practice, pathways),
        ("moving-up", pathways["moving_up"]["text"], pathways["moving_up"], pathways),
        ("training-intro", training["intro"], practice, training),
        ("training-safety", training["safety_note"], {**practice, "tier": training["safety_note_tier"]}, training),
        ("pay-rules-intro", states["intro"], practice, states),
        ("pay-rules-legal", states["legal_note"], practice, states),
    ]
    for position, (key, text, about, file) in enumerate(found, start=100):
        known_of = {"tier": about["tier"], "review_due": about["review_due"]}
        sources = [about["source"]] if about.get("source") else []
        values = {"text": text, "is_verbatim": False, "sources": sources}
        yield Record(models.Passage, key, {**known(known_of, file, position), **values})


def _sources(evidence):
    return sorted({item["source"] for item in evidence if item["source"]})
