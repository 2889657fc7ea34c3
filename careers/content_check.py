"""Checks the content files: `python -m careers.content_check` prints each fault and exits 1 when there is one.

Needs PyYAML; the reading level is measured too where textstat is installed.
"""

import datetime
import re
import sys
from pathlib import Path

import yaml

from careers import ruletree

FOLDER = Path(__file__).resolve().parent / "content"
TIERS = {"sourced", "reported", "practice"}
FILES = {  # file: top-level keys it must have
    "overview.yaml": ["page", "sections"],
    "sources.yaml": ["sources", "tier_key"],
    "roles.yaml": ["families", "definitions", "roles", "tier_key"],
    "titles.yaml": ["titles", "tier_key"],
    "settings.yaml": ["settings", "tier_key"],
    "populations.yaml": ["populations", "tier_key"],
    "functions.yaml": ["functions", "similarities", "differences", "tier_key"],
    "hub.yaml": ["hub", "spokes", "tier_key"],
    "pathways.yaml": ["entry_routes", "credentials", "ladders", "rules", "usual_ways", "tier_key"],
    "training.yaml": ["programs", "tier_key"],
    "faq.yaml": ["questions", "tier_key"],
    "states.yaml": ["pay_transparency", "local_pay_rules", "variations", "tier_key"],
    "fit-quiz.yaml": ["dimensions", "scoring", "questions", "preferences", "results"],
    "news.yaml": ["items"],
}
# Keys that are never shown as our own prose, or whose text is given word for word.
NOT_PROSE = {
    "note_for_editors", "url", "source", "sources", "slug", "id", "basis", "synonyms", "abbreviations",
    "former_titles", "supports", "claim", "schema_version", "content_date", "occupation", "name", "title", "titles",
    "related_titles", "see_also_titles", "settings", "roles", "match", "populations", "titles_used",
    "titles_featured", "helpful_credentials", "good_for", "crosswalk", "figures", "requires", "gives", "leads_to",
    "rule_key", "tier_key", "seed_statement", "weights", "kind", "language", "tier", "review_due", "family", "track",
    "role", "state", "type", "lead", "level", "audience", "ladder_next", "typical_first_titles", "credentials",
    "next", "work_style", "columns", "to", "credential", "safety_note_tier", "status", "choose", "measure", "area",
    "period", "clinical_license_required", "clinical_license_typical", "effective", "opens", "ends", "regions",
    "organization", "where_regions", "place", "key", "label",
}  # fmt: skip
ENTER = {"settings", "roles", "titles", "populations", "credentials"}
MACHINE_FOLDERS = ["/home/", "/mnt/", "/opt/", "/srv/", "/tmp/", "/usr/", "/var/"]  # noqa: S108 - none may stand in a text
HIDDEN_WORDS = ["not verified", "we found", "we could not", "localhost", "unverified", *MACHINE_FOLDERS]
URL = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[^\s<>\"{}|\\^`]*)?", re.IGNORECASE)
WHEEL_KEYS = ["person", "doctors", "nurses", "specialists", "behavioral", "social", "home", "plans"]
HIGHEST_GRADE, HIGHEST_AVERAGE = 11, 8


def faults(folder=FOLDER):
    """Return a sentence for every fault in the content files of `folder`; an empty list when there is none."""
    data, found = {}, []
    for name, keys in FILES.items():
        try:
            data[name] = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            return [f"{name}: cannot be read: {error}"]
        found += _missing(name, data[name], ["kind", "language", "content_date", *keys])
    checks = (
        _sources, _tiers, _roles, _titles, _variations, _both_ways, _settings, _credentials, _ladders, _rules, _training,
        _functions_and_hub, _quiz, _overview, _prose, _paths,
    )  # fmt: skip
    for check in checks:
        found += check(data)
    return found


def _missing(where, item, keys):
    return [f"{where}: no {key}" for key in keys if item.get(key) in (None, "") or key not in item]


def _dicts(node, path=""):
    """Yield (path, dict) for every dict inside `node`."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from _dicts(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            label = value.get("slug") or value.get("id") or number if isinstance(value, dict) else number
            yield from _dicts(value, f"{path}/{label}")


def _is_date(value):
    try:
        return datetime.date.fromisoformat(str(value)).isoformat() == str(value)
    except ValueError:
        return False


def _by_slug(data):
    """Roles, titles, settings, populations, credentials: each slug -> item."""
    lists = (
        data["roles.yaml"]["roles"],
        data["titles.yaml"]["titles"],
        data["settings.yaml"]["settings"],
        data["populations.yaml"]["populations"],
        data["pathways.yaml"]["credentials"],
    )
    return [{item["slug"]: item for item in items} for items in lists]


def _sources(data):
    for key, source in data["sources.yaml"]["sources"].items():
        yield from _missing(f"sources/{key}", source, ["name", "date", "tier", "supports", "review_due"])
        url = source.get("url")
        if url is None:
            if key != "seed" and not source.get("note_for_editors"):
                yield f"sources/{key}: no url and no note"
        elif not URL.fullmatch(url) or url.endswith(".") or "staging" in url:
            yield f"sources/{key}: malformed url {url}"


def _tiers(data):
    """Every fact says how well it is known and when it is due; its sources exist and are as good as it claims."""
    known = data["sources.yaml"]["sources"]
    for name, file in data.items():
        if name == "overview.yaml":
            continue
        for path, item in _dicts(file):
            where, ids = f"{name}{path}", []
            if "source" in item and not path.startswith("/sources"):
                ids += [item["source"]] if item["source"] else []
                if not item["source"] and item.get("tier") != "practice":
                    yield f"{where}: tier {item.get('tier')} without a source"
            if isinstance(item.get("sources"), list):
                ids += item["sources"]
            if (ids or ("source" in item and not path.startswith("/sources"))) and not {"tier", "review_due"} <= set(
                item
            ):
                yield f"{where}: source without tier or review_due"
            for source in ids:
                if source not in known:
                    yield f"{where}: unknown source {source}"
                elif item.get("tier") == "sourced" and known[source]["tier"] != "sourced":
                    yield f"{where}: tier sourced, but {source} is {known[source]['tier']}"
            if "tier" in item:
                if item["tier"] not in TIERS:
                    yield f"{where}: tier {item['tier']}"
                if not _is_date(item.get("review_due")):
                    yield f"{where}: review_due {item.get('review_due')}"
            if item.get("effective") is not None and not _is_date(item["effective"]):
                yield f"{where}: effective {item['effective']}"


def _roles(data):
    roles, titles, *_rest = _by_slug(data)
    needed = [
        "name", "family", "summary", "definition", "typical_education", "clinical_license_required",
        "clinical_license_note", "focus", "typical_day", "skills", "tier", "review_due", "helpful_credentials",
        "related_titles", "settings", "evidence", "pay_reference",
    ]  # fmt: skip
    for slug, role in roles.items():
        yield from _missing(f"roles/{slug}", role, needed)
        if role["family"] not in data["roles.yaml"]["families"]:
            yield f"roles/{slug}: family {role['family']}"
        for figure in role["pay_reference"]["figures"]:
            keys = ["occupation", "amount", "area", "period", "source", "tier", "review_due"]
            yield from _missing(f"roles/{slug}/pay", figure, keys)
        for need in role.get("ladder_needs", []):
            if need["to"] not in role["ladder_next"]:
                yield f"roles/{slug}: ladder_needs {need['to']} is not in ladder_next"
        for title in set(role["see_also_titles"]) - set(titles):
            yield f"roles/{slug}: see_also_titles {title}"


def _titles(data):
    roles, titles, *_rest = _by_slug(data)
    needed = ["title", "track", "settings", "clinical_license_typical", "notes", "tier", "review_due"]
    for slug, title in titles.items():
        yield from _missing(f"titles/{slug}", title, needed)
        role = roles.get(title["role"])
        if title["role"] is not None and role is None:
            yield f"titles/{slug}: role {title['role']}"
            continue
        family = role["family"] if role else "adjacent"
        if (title["track"] != family or role is None) and not title.get("track_note"):
            yield f"titles/{slug}: track {title['track']} and family {family} need a track_note"
        if not isinstance(title["roles"], list) or set(title["roles"]) - {"CC", "CM"} or len(title["roles"]) > 2:
            yield f"titles/{slug}: roles {title['roles']}"
        needs_license = title["clinical_license_typical"] == "often"
        if role and role["clinical_license_required"] == "no" and needs_license and not title.get("license_note"):
            yield f"titles/{slug}: license often under a role with no, and no license_note"
        for word in title["synonyms"] + title["abbreviations"]:
            if re.search(r"[(),]", word):
                yield f"titles/{slug}: commentary in synonym {word}"


def _variations(data):
    """Titles and rules by state: whole, once a state, and about titles that exist."""
    titles, seen = _by_slug(data)[1], set()
    for place in data["states.yaml"]["variations"]:
        for item in place["items"]:
            where = f"states/{place['state']} {item['title']}"
            yield from _missing(where, item, ["rule", "titles", "sources", "tier", "review_due"])
            yield from (f"{where}: title {slug}" for slug in item["titles"] if slug not in titles)
            if where in seen:
                yield f"{where}: given twice"
            seen.add(where)


def _both_ways(data):
    """What one file says of a pair, the other says too."""
    roles, titles, settings, populations, credentials = _by_slug(data)

    def pairs(items, field):
        return {slug: set(item[field]) for slug, item in items.items()}

    for name, left, right in (
        (
            "titles-roles",
            {slug: {title["role"]} - {None} for slug, title in titles.items()},
            pairs(roles, "related_titles"),
        ),
        ("titles-settings", pairs(titles, "settings"), pairs(settings, "titles_used")),
        ("roles-settings", pairs(roles, "settings"), pairs(settings, "roles")),
        ("roles-credentials", pairs(roles, "helpful_credentials"), pairs(credentials, "good_for")),
        ("settings-populations", pairs(settings, "populations"), pairs(populations, "settings")),
    ):
        forward = {(one, other) for one, others in left.items() for other in others}
        backward = {(one, other) for other, ones in right.items() for one in ones}
        for one, other in sorted(forward ^ backward):
            yield f"{name}: {one} and {other} are named on one side only"


def _settings(data):
    roles, _t, settings, populations, _c = _by_slug(data)
    for slug, setting in settings.items():
        for title in set(setting["titles_featured"]) - set(setting["titles_used"]):
            yield f"settings/{slug}: featured {title} is not used"
    for slug, population in populations.items():
        for role in set(population["roles"]) - set(roles):
            yield f"populations/{slug}: role {role}"


def _credentials(data):
    for slug, item in _by_slug(data)[4].items():
        yield from _missing(f"credentials/{slug}", item, ["name", "type", "issuer", "evidence", "tier", "review_due"])
        if item["public"]:
            yield from _missing(f"credentials/{slug}", item, ["eligibility", "renewal", "ny_note"])
        elif not item.get("note_for_editors"):
            yield f"credentials/{slug}: hidden without a note"


def _ladders(data):
    """Steps exist, follow ladder_next and never lead in a circle."""
    roles, _t, _s, _p, credentials = _by_slug(data)
    edges = {slug: set(role["ladder_next"]) for slug, role in roles.items()}
    for slug, steps in edges.items():
        for step in steps - set(roles):
            yield f"roles/{slug}: ladder_next {step}"
    for ladder in data["pathways.yaml"]["ladders"]:
        before = None
        for step in ladder["steps"]:
            is_role, key = "role" in step, step.get("role") or step.get("credential")
            if key not in (roles if is_role else credentials):
                yield f"ladders/{ladder['slug']}: unknown {key}"
            elif not is_role and not credentials[key]["public"]:
                yield f"ladders/{ladder['slug']}: hidden credential {key}"
            if before and before in roles and is_role and key not in roles[before]["ladder_next"]:
                yield f"ladders/{ladder['slug']}: {before} to {key} is not in ladder_next"
            if before:
                edges.setdefault(before, set()).add(key)
            before = key
    while leaves := [slug for slug, steps in edges.items() if not steps & set(edges)]:
        for slug in leaves:
            del edges[slug]
    if edges:
        yield f"ladders: a circle among {', '.join(sorted(edges))}"


def _leaves(node):
    """The single demands in a tree of all_of and any_of."""
    for key in ("all_of", "any_of"):
        if key in node:
            for item in node[key]:
                yield from _leaves(item)
            return
    yield node


def _rules(data):
    roles, titles, _s, _p, credentials = _by_slug(data)
    needed = ["name", "state", "plain_words", "requires", "gives", "source", "tier", "review_due"]
    pathways = data["pathways.yaml"]
    for rule in [*pathways["rules"], *pathways["usual_ways"]]:
        needed_here = [name for name in needed if name != "source" or rule["tier"] != "practice"]
        yield from _missing(f"rules/{rule['slug']}", rule, needed_here)
        if "effective" not in rule:
            yield f"rules/{rule['slug']}: no effective"
        yield from (f"rules/{rule['slug']}: {fault}" for fault in ruletree.faults(rule["requires"]))
        for title in [item["title"] for item in rule["gives"] if item.get("title", "care-manager") not in titles]:
            yield f"rules/{rule['slug']}: unknown title {title}"
        for item in [*_leaves(rule["requires"]), *rule["gives"]]:
            if item.get("credential", "rn") not in credentials or item.get("role", "care-manager") not in roles:
                yield f"rules/{rule['slug']}: unknown {item}"
    for route in data["pathways.yaml"]["entry_routes"]:
        for unknown in set(route["typical_first_titles"]) - set(titles) | set(route["credentials"]) - set(credentials):
            yield f"entry_routes/{route['slug']}: {unknown}"


def _training(data):
    credentials = _by_slug(data)[4]
    needed = [
        "name", "for_whom", "what_you_get", "cost", "what_you_give_back", "how_to_start", "leads_to", "tier",
        "review_due",
    ]  # fmt: skip
    for program in data["training.yaml"]["programs"]:
        yield from _missing(f"training/{program['slug']}", program, needed)
        for item in program["leads_to"]:
            if not credentials.get(item["credential"], {}).get("public"):
                yield f"training/{program['slug']}: {item}"
        for key in ("opens", "ends"):
            if program[key] is not None and not _is_date(program[key]):
                yield f"training/{program['slug']}: {key}"


def _functions_and_hub(data):
    for function in data["functions.yaml"]["functions"]:
        if function["lead"] not in ("CC", "CM", "both"):
            yield f"functions/{function['slug']}: lead"
    spokes, keys = (
        data["hub.yaml"]["spokes"],
        ["name", "to_hub", "from_hub", "cc_focus", "cm_focus", "tier", "review_due"],
    )
    for spoke in spokes:
        yield from _missing(f"hub/{spoke['slug']}", spoke, keys)
    drawn = sorted((spoke["wheel"] for spoke in spokes if "wheel" in spoke), key=lambda wheel: wheel["place"])
    if [(wheel["place"], wheel["key"]) for wheel in drawn] != list(enumerate(WHEEL_KEYS)):
        yield f"hub: the wheel has the places 0 to 7 with the keys {', '.join(WHEEL_KEYS)}"
    for wheel in drawn:
        yield from _missing(f"hub/wheel {wheel['key']}", wheel, ["label", "sentence"])


def _quiz(data):
    roles, _t, settings, _p, _c = _by_slug(data)
    quiz = data["fit-quiz.yaml"]
    best = {
        name: sum(max(answer["weights"].get(name, 0) for answer in item["answers"]) for item in quiz["questions"])
        for name in quiz["dimensions"]
    }
    if best != quiz["scoring"]["maxima"]:
        yield f"fit-quiz: maxima should be {best}"
    for lean in quiz["results"]["lean"].values():
        for role in set(lean["roles"]) - set(roles):
            yield f"fit-quiz: role {role}"
    for item in quiz["preferences"]["questions"]:
        if item["scored"] is not False:
            yield f"fit-quiz/{item['id']}: must be unscored"
        for answer in item["answers"]:
            fitting = set(settings)
            if answer.get("populations"):
                asked = set(answer["populations"])
                fitting = {slug for slug in settings if set(settings[slug]["populations"]) & asked}
            for key, allowed in answer.get("match", {}).items():
                fitting = {slug for slug in settings if settings[slug]["work_style"][key] in allowed}
            if set(answer["settings"]) != fitting or not fitting:
                yield f"fit-quiz/{item['id']}/{answer['id']}: settings do not fit its match"


def _overview(data):
    columns = next(item["columns"] for item in data["overview.yaml"]["sections"] if item["id"] == "definitions")
    given = [(title, column["role"]) for column in columns for title in column["titles"]]
    ours = [(title["title"], title["track"]) for title in data["titles.yaml"]["titles"] if title["seed"]]
    for title, role in sorted(set(given) ^ set(ours)):
        yield f"titles: {title} ({role}) stands in the overview or among the seed titles, not in both"
    texts = {item["text"] for item in data["roles.yaml"]["definitions"]}
    for column in columns:
        if column["definition"] not in texts:
            yield f"roles: definition of {column['role']} differs from the overview"


def _own_prose(node, path=""):
    """Yield (path, text) for our own public text. A list of short lines counts as one item."""
    if isinstance(node, dict):
        if node.get("public") is False:
            return
        if node.get("verbatim_from_seed"):
            node = {key: value for key, value in node.items() if key == "plain_words"}
        for key, value in node.items():
            is_owners = key == "intro" and node.get("intro_verbatim")
            if is_owners or (key in NOT_PROSE and not (isinstance(value, dict | list) and key in ENTER)):
                continue
            if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
                if key not in NOT_PROSE:
                    yield f"{path}/{key}", " ".join(line if line[-1:] in ".?!" else line + "." for line in value)
            else:
                yield from _own_prose(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            label = next((value[key] for key in ("slug", "id", "state", "aspect") if key in value), number)
            yield from _own_prose(value, f"{path}/{label}")
    elif isinstance(node, str):
        yield path, node


def _prose(data):
    """No remarks of research in public text, and the reading level stays where it should be."""
    files = {name: file for name, file in data.items() if name not in ("overview.yaml", "sources.yaml")}
    own = [(f"{name}{path}", text) for name, file in files.items() for path, text in _own_prose(file)]
    for path, text in own:
        for word in HIDDEN_WORDS:
            if word in text.lower():
                yield f"{path}: '{word}' in public text"
    try:
        import textstat
    except ImportError:
        return
    plain = [(re.sub(r"\]\([^)]*\)|\[", "", text), path) for path, text in own if len(text.split()) >= 10]
    grades = [(textstat.flesch_kincaid_grade(text), path) for text, path in plain]
    average = sum(grade for grade, _path in grades) / len(grades)
    if average > HIGHEST_AVERAGE:
        yield f"reading level: average grade {average:.1f} is above {HIGHEST_AVERAGE}"
    for grade, path in sorted(grades, reverse=True):
        if grade > HIGHEST_GRADE:
            yield f"reading level: {grade:.1f} {path}"


def _paths(data):
    for name, file in data.items():
        if re.search(r"/(work|tmp|farm)/", str(file)):
            yield f"{name}: a machine path"


def main():
    """Print every fault; return the exit status."""
    found = faults()
    sys.stdout.writelines(f"FAULT {fault}\n" for fault in found)
    sys.stdout.write(f"{len(FILES)} content files, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
