"""Where one works: how, home visits, car, counties covered, states of remote work, and a hint to the site.

New York's counties are known by name; a county of another state is left to the member.
"""

import re

from careerportal.places.names import BOROUGHS
from careerportal.places.regions import NEW_YORK
from careerportal.places.states import STATES, TERRITORIES, state_code

_COUNTY_NAMES = {name.lower(): name for counties in NEW_YORK.values() for name in counties}
_COUNTY_NAMES["saint lawrence"] = "St. Lawrence"
_BOROUGH_NAMES = {said.lower(): f"NY:{county}" for county, said in BOROUGHS.items()}
_NAMES = "|".join(sorted((re.escape(name) for name in _COUNTY_NAMES), key=len, reverse=True))
_SAID = "|".join(sorted((re.escape(name) for name in {*_COUNTY_NAMES, *_BOROUGH_NAMES}), key=len, reverse=True))
_COUNTY = re.compile(
    rf"\b(?P<names>(?:{_SAID})(?:(?:, and |, | and | & | or |/| / )(?:the )?(?:{_SAID})){{0,12}}) (?P<kind>count(?:y|ies))\b"
)
_ONE = re.compile(rf"\b(?:{_SAID})\b")
_NOT_COVERED = re.compile(
    r",? (?:department|dept|office|health|government|jail|executive|medical|community college|is an|district|[a-z]{2}hd|doh|dss|social services)"
)
_OTHER_STATE = re.compile(r",? (?P<code>[A-Z]{2})\b")
_BOROUGH = re.compile(r"\b(?:(?:the )?bronx|brooklyn|manhattan|queens|staten island)\b")
_ALL_BOROUGHS = re.compile(r"\b(?:all (?:five |5 )?|(?:the )?five |5 )(?:nyc |new york city )?boroughs\b")
_ACROSS = re.compile(r"\b(?:across|throughout|serving|covering|in) (?:the )?(?:bronx and )?$")
_COVERS = re.compile(
    r"\b(?:across|throughout|serv(?:es|ing)|cover(?:s|ing)?|visits?|field|travel|homes?|members|clients|territor|catchment|region|boroughs?|counties)\b"
)
_STATE_NAMES = "|".join(
    sorted((re.escape(name.lower()) for code, name in STATES.items() if code not in TERRITORIES), key=len, reverse=True)
)
_CODES = "|".join(code for code in STATES if code not in TERRITORIES)
_TOWN_WORD = r"[A-Z][A-Za-z.'\u2019-]{1,20}"
_TOWN = re.compile(
    rf"(?P<town>{_TOWN_WORD}(?: {_TOWN_WORD}){{0,3}})(?:, {{0,2}}| {{1,2}})(?P<state>{_CODES}|New York(?!,? (?:NY|N\.Y\.))|NEW YORK(?!,? NY)|New Jersey|Connecticut"
    rf"|Pennsylvania|Massachusetts|Vermont)\b\.?(?:[, ]{{1,6}}(?P<zip>\d{{5}})\b)?"
)
_SAID_WITHOUT_COMMA = frozenset({"NY", "NJ", "CT", "VT", "TX", "FL"})
_TOWN_ALONE = re.compile(
    rf"\b(?:(?:[Oo]ur|[Tt]he) (?P<ours>{_TOWN_WORD}(?: {_TOWN_WORD})?) (?:office|clinic|site|location|practice|hub|campus)\b"
    rf"|(?:located|based|office|clinic|work|site|center|on-site|onsite|job) in (?P<inside>{_TOWN_WORD}(?: {_TOWN_WORD})?))"
)
_JOB_WORDS = frozenset(
    ["care", "case", "manager", "managers", "coordinator", "coordinators", "nurse", "rn", "lpn", "navigator", "social", "worker", "workers", "remote", "hybrid", "health", "home", "full", "part", "time", "job", "title", "location", "site", "facility", "in", "at", "the", "specialist", "director", "senior", "lead", "lmsw", "lcsw", "planner", "supervisor", "apply", "now", "hiring", "of", "and", "for", "work", "serving", "city", "town", "licensed", "license", "nys", "active", "current", "registered", "located", "office", "offices", "county", "area", "greater", "upstate", "downtown", "downstate", "central", "western", "northern", "eastern", "southern", "state", "valid", "based", "join"]
)  # fmt: skip
_ZIP = re.compile(r"(?<![\d$,.#-])(?P<zip>\d{5})(?:-\d{4})?\b(?![\d,.]*\d)")
_LABELLED_PLACE = re.compile(
    r"^(?:\W{0,4})(?:location|site|facility|where|work ?site|address|place|city|office|campus|job location)\s?:?"
)

_REMOTE = re.compile(
    r"\b(?:100% |fully |completely )?remote(?:ly)?\b(?! (?:patient|monitor|area|access|communit|part|location|support|county|rural|region))"
    r"|\bwork(?:ing)?[- ](?:from[- ]home|at[- ]home)\b|\bwfh\b|\btelecommut\w+|\bhome[- ]based position\b"
)
_NOT_REMOTE = re.compile(r"\bnot? (?:a |an )?(?:fully )?$|\bin-person, not $")
_NO_AFTER = re.compile(
    r"(?: (?:job|work|position|option)s?)?(?: available| eligible)?\s?:\s?no\b| (?:is |are )?not (?:available|an option|possible|offered)"
)
_HYBRID = re.compile(
    r"\bhybrid\b|\b(?:1|2|3|4|one|two|three|four)(?: or (?:two|three|2|3))? days? (?:a week |per week |each week |weekly )?(?:remote\b|from home|at home"
    r"|work(?:ing)? from home|telehealth|in (?:the|our) office)"
)
_ON_SITE = re.compile(
    r"\bon[- ]?site\b(?! (?:training|parking|gym|child|cafeteria|day ?care|interpret|pharmacy|supervis))|\bin[- ]person (?:position|role|job|only|work)"
    r"|\bwork in (?:the|our) office\b|\b100% in[- ]person|\bits on site\b|\boffice[- ]based\b"
)
_FIELD = re.compile(
    r"\bfield[- ]based\b|\b(?:in|out in|into) the field\b|\(field\)|\bfield position\b|\b(?:mostly|primarily) (?:in the )?field\b"
    r"|\bcommunity[- ]based (?:position|role|job)|\bfield work\b|\bwork in the community\b"
)
_VISITS = re.compile(
    r"\bhome[- ]visit(?:s|ing|ation)?\b|\bhome(?:,| and| or|/| &) (?:\w+ (?:and |& )?)?visits\b|\b(?:visits?|meet|see|visiting|meeting|seeing) (?:\w+ ){1,5}?(?:at|in) (?:their |the |patients' |clients' )?(?:own )?homes?\b"
    r"|\bvisits? in the (?:person|member|client|patient|family)'?s home\b|\bvisitas? a domicilio\b|\bgo into (?:people's |the )?homes\b"
    r"|\bin-home (?:visits?|assessments?)\b|\bvisits? (?:to )?(?:patients|members|clients|families|people)(?:' homes)? at home\b"
)
_VISITS_DENIED = re.compile(r"\b(?:no|not|without|never|don't|do not|zero)\b(?: \w+){0,3} $")
_VISITS_NONE_AFTER = re.compile(
    r" (?:are |is )?(?:not (?:required|needed|part|expected|made)|never)|\s?:\s?(?:no\b|none)"
)
_VISITS_MOST = re.compile(
    r"\b(?:mostly|most (?:days|of)|\d home visits (?:per|a) day|home visits (?:per|a) day|primarily|majority|daily|every day|mainly|nearly all|almost all)\b"
)
_PERCENT = re.compile(r"(?P<least>\d{1,3})(?:\s?(?:-|to)\s?(?P<most>\d{1,3}))?\s?(?:%|percent)")
_HALF = re.compile(r"\b(?:about |roughly |around )?half\b")
_CAR_NO = re.compile(
    r"\b(?:no car|no vehicle|no driving|no driver'?s licen[sc]e|(?:car|vehicle|driver'?s licen[sc]e)(?: \w+){0,4}? not (?:needed|required|necessary)"
    r"|(?:don't|do not) need (?:a |your own )?(?:car|vehicle))\b"
)
_CAR_YES = re.compile(
    r"\b(?:(?:your |their |his/her )?own (?:car|vehicle)|reliable (?:car|vehicle|automobile)|(?:access|use) (?:to|of) (?:a |an |your own |their own )?(?:reliable |personal |insured )*"
    r"(?:car|vehicle|automobile)|(?:must have|need|have|requires?|with) (?:a )?(?:reliable |working |valid )*(?:car|vehicle)|must drive|a (?:reliable )?vehicle for daily|carro propio|(?:car|vehicle) (?:is )?(?:required|needed|a must)"
    r"|personal (?:car|vehicle)|insured (?:car|vehicle))\b"
)
_DRIVER = re.compile(r"\bdriver'?s? licen[sc]e\b")
_SOFT = re.compile(
    r"preferred|a plus|helpful|desir|\bor (?:ability|other|able|reliable public)|not (?:required|needed)|public transportation|if you"
)


def find(ad):
    """Return (guesses, notes) for mode, visits, visits_percent, needs_car, counties, remote_states and site."""
    said = {}
    said |= _modes(ad)
    said |= _visits(ad)
    for name, part in (("needs_car", _car), ("counties", _counties), ("site", _site)):
        if found := part(ad):
            said[name] = found
    if (mode := said.get("mode")) and mode.value in ("remote", "hybrid") and (states := _remote_states(ad, mode.value)):
        said["remote_states"] = states
    return said, []


def _first(ad, pattern, *hints, denied=None, denied_after=None):
    for passage, match in ad.finditer(pattern, *hints):
        if passage.section == "about":
            continue
        before = ad.low[max(passage.start, match.start() - 30) : match.start()]
        if (denied and denied.search(before)) or (denied_after and denied_after.match(ad.low, match.end())):
            continue
        return match
    return None


def _modes(ad):
    found = {
        "hybrid": _first(ad, _HYBRID, "hybrid", "day"),
        "field": _first(ad, _FIELD, "field", "community"),
        "remote": _first(
            ad,
            _REMOTE,
            "remote",
            "work",
            "wfh",
            "telecommut",
            "home-based",
            "home based",
            denied=_NOT_REMOTE,
            denied_after=_NO_AFTER,
        ),
        "on-site": _first(ad, _ON_SITE, "site", "person", "office"),
    }
    said = {kind: match for kind, match in found.items() if match}
    if "hybrid" in said:
        kind = "hybrid"
    elif "field" in said:
        kind = "field"
    elif len(said) == 1:
        kind = next(iter(said))
    else:
        return {}
    return {"mode": ad.guess(kind, *said[kind].span(), 0.9 if len(said) == 1 else 0.75)}


def _visits(ad):
    said, percent = {}, None
    for passage, match in ad.finditer(_VISITS, "visit", "home"):
        if passage.section in ("about", "asked") and re.search(
            r"experience|comfort", ad.low[passage.start : passage.end]
        ):
            continue
        before = ad.low[max(passage.start, match.start() - 40) : match.start()]
        if (
            re.match(r"(?:no|not|never)\b", match[0])
            or _VISITS_DENIED.search(before)
            or _VISITS_NONE_AFTER.match(ad.low, match.end())
        ):
            said.setdefault("none", match.span())
            continue
        sentence = ad.low[passage.start : passage.end]
        share, span = _share(ad, passage, match)
        if share is not None:
            percent = percent or (share, span)
            said.setdefault("most" if share > 50 else "some" if share else "none", span)
        else:
            said.setdefault("most" if _VISITS_MOST.search(sentence) else "some", match.span())
    if not said or {"none"} < set(said):
        return {}
    kind = "most" if "most" in said else next(iter(said))
    guesses = {"visits": ad.guess(kind, *said[kind], 0.9)}
    if percent:
        guesses["visits_percent"] = ad.guess(percent[0], *percent[1], 0.9)
    return guesses


def _share(ad, passage, match):
    """(percent, (start, end)) that a sentence gives for its home visits, or (None, None)."""
    start, end = max(passage.start, match.start() - 60), min(passage.end, match.end() + 40)
    for pattern in (_PERCENT, _HALF):
        if share := pattern.search(ad.low, start, end):
            if pattern is _HALF:
                value = 50
            elif share["most"] or int(share["least"]) > 100:
                return None, None
            else:
                value = int(share["least"])
            return value, (min(share.start(), match.start()), max(share.end(), match.end()))
    return None, None


def _car(ad):
    if no := _first(ad, _CAR_NO, "car", "vehicle", "driv"):
        return ad.guess(False, *no.span())
    for passage, match in ad.finditer(_CAR_YES, "car", "vehicle", "auto", "drive"):
        if passage.section != "about" and not _SOFT.search(ad.low, match.end(), passage.end):
            return ad.guess(True, *match.span())
    for passage, match in ad.finditer(_DRIVER, "driver"):
        sentence = ad.low[passage.start : passage.end]
        if (
            not _SOFT.search(sentence)
            and passage.stance != "preferred"
            and re.search(r"must|requir|valid|need", sentence)
        ):
            return ad.guess(True, *match.span(), 0.7)
    return None


def _counties(ad):
    if every := _first(ad, _ALL_BOROUGHS, "borough"):
        return ad.guess(sorted(_BOROUGH_NAMES.values()), *every.span())
    found = [] if _names_another_state(ad) else _named_counties(ad)
    for passage, match in ad.finditer(_BOROUGH, *_BOROUGH_NAMES):
        sentence, before = ad.low[passage.start : passage.end], ad.low[max(0, match.start() - 24) : match.start()]
        is_a_site = (
            passage.section == "about"
            or _LABELLED_PLACE.match(sentence)
            or re.match(r",? (?:ny\b|new york|\d{5})", ad.low[match.end() : match.end() + 12])
            or re.search(r"\b(?:downtown|our|located in) (?:the )?$", before)
        )
        if not is_a_site and _COVERS.search(sentence) and (passage.line or _ACROSS.search(before)):
            found.append((_BOROUGH_NAMES[match[0].removeprefix("the ")], *match.span()))
    return ad.listed(found)


def _named_counties(ad):
    """(code, start, end) of each county that stands with the word itself: "Ulster and Dutchess Counties"."""
    found = []
    for _passage, match in ad.finditer(_COUNTY, " count"):
        state = _OTHER_STATE.match(ad.cased, match.end())
        if _NOT_COVERED.match(ad.low, match.end()) or (state and state["code"] in STATES and state["code"] != "NY"):
            continue
        found += [
            (_BOROUGH_NAMES.get(one[0]) or f"NY:{_COUNTY_NAMES[one[0]]}", *one.span())
            for one in _ONE.finditer(ad.low, match.start("names"), match.end("names"))
        ]
    return found


def _names_another_state(ad):
    codes = {state_code(match["state"]) for match in _TOWN.finditer(ad.cased)}
    return bool(codes - {"NY", ""})


def _site(ad):
    found = {}
    for match in _TOWN.finditer(ad.cased):
        town, start = _town(match["town"], match.start("town"))
        if (town and town.lower() not in ("new york", "remote")) or (town == "New York" and match["zip"]):
            place = {"town": town, "state": state_code(match["state"]), "zip": match["zip"] or ""}
            if (
                not re.search(r",|\d", ad.cased[match.start() : match.end()])
                and place["state"] not in _SAID_WITHOUT_COMMA
            ):
                continue
            key = (town.lower(), place["state"])
            if key not in found or (place["zip"] and not found[key][0]["zip"]):
                found[key] = (place, start, match.end())
    if len(found) == 1:
        place, start, end = next(iter(found.values()))
        return ad.guess({name: value for name, value in place.items() if value}, start, end)
    if found:
        return None
    for match in _TOWN_ALONE.finditer(ad.cased):
        group = "ours" if match["ours"] else "inside"
        town, start = _town(match[group], match.start(group))
        if (
            town
            and town.lower() not in _COUNTY_NAMES | _BOROUGH_NAMES.keys()
            and town.lower() not in _STATE_NAMES.split("|")
        ):
            return ad.guess({"town": town}, start, match.end(group), 0.7)
    return None


def _town(words, start):
    """(the town, where it starts) of words that may begin with a job or a label."""
    parts = words.split(" ")
    while parts and parts[0].lower().strip(".,'") in _JOB_WORDS:
        start += len(parts[0]) + 1
        parts = parts[1:]
    town = " ".join(parts)
    if town in STATES:
        return "", start
    if not town or any(part.lower() in _JOB_WORDS for part in parts):
        return "", start
    return (town.title() if town.isupper() else town), start


_LIVE = re.compile(r"remote|work(?:ing)? from home|work from|\blive|resid|anywhere|nationwide|telecommut|wfh")
_ANYWHERE = re.compile(
    r"\banywhere in the (?:us|u\.s\.|usa|united states|country)|\bnationwide\b|\bany state\b|\bremote,? (?:usa?|united states)\b"
)
_A_STATE = re.compile(
    rf"\b(?:{_CODES}|New York(?: State)?(?! City)|New Jersey|Connecticut|Pennsylvania|Massachusetts|Vermont|Florida|Ohio|Texas|California)\b"
)


def _remote_states(ad, mode):
    if mode != "remote":
        return None
    found = []
    for passage in ad.passages:
        if passage.section == "about" or not _LIVE.search(ad.low, passage.start, passage.end):
            continue
        for match in _A_STATE.finditer(ad.cased, passage.start, passage.end):
            before = ad.low[max(passage.start, match.start() - 40) : match.start()]
            if re.search(r"licen[sc]\w*(?: \w+){0,3} (?:in )?$|, $", before) and not re.search(
                r"(?:\b[a-z]{2}|new york|new jersey), $", before
            ):
                continue
            if match[0] in ("IN", "OR", "ME", "HI", "OK") and not re.search(r"(?:, |in )$", before):
                continue
            found.append((state_code(match[0].removesuffix(" State")), *match.span()))
    if not found and (every := _first(ad, _ANYWHERE, "anywhere", "nationwide", "any state", "remote")):
        return ad.guess(["US"], *every.span())
    return ad.listed(found)
