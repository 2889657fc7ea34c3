"""Where and for whom the work is: care settings, people served, caseload, acuity, supervision."""

import re

from employers.pasting.passages import Family

_SETTINGS = (
    ("fqhc", r"\bfqhcs?\b|federally qualified|community health centers?"),
    ("health-home-agency", r"\bhealth homes?\b|care management agenc"),
    ("idd-cco", r"care coordination organization|\bcco\b"),
    ("managed-care-plan", r"\bhealth plan\b|managed long[- ]term care|\bmltc\b|managed care (?:plan|organization)|\bmco\b|health insurer|insurance plan"),
    ("hospice-palliative", r"\bhospice\b|palliative"),
    ("nursing-facility", r"nursing home\b(?! transition)|skilled nursing facilit|rehabilitation and nursing|nursing (?:and|&) rehab|short[- ]term rehab|sub-?acute|nursing facilit|long[- ]term care facilit"),
    ("home-care", r"home care agency|certified home health|\bchha\b|\blhcsa\b|home health agency|(?<=\w [-\u2013\u2014|] )home health\b(?! (?:aide|experience))|visiting nurse (?:service|association)|home health care agency"),
    ("behavioral-health", r"behavioral health (?:clinic|center|program|agency|organization|services)|outpatient mental health|\bccbhc\b|opioid treatment|substance use (?:program|treatment program)|\bact team\b|mental health (?:clinic|center|agency)|treatment program"),
    ("primary-care", r"primary care (?:practice|clinic|office|team|site)|family (?:medicine|practice|health\b)|pediatric(?:s)? (?:primary care )?practice|medical home|\bpcmh\b|internal medicine|doctor's office|medical practice"),
    ("specialty-care", r"dialysis (?:center|clinic|unit|facility|program)|nephrology|oncology (?:practice|clinic|center|department)|cancer center|infusion center|specialty practice|cardiology|transplant (?:center|program)"),
    ("aco-ipa", r"accountable care|\baco\b|\bipa\b|independent practice association|clinically integrated"),
    ("school-based", r"school[- ]based|school district|public schools?\b"),
    ("community-organization", r"community[- ]based organization|\bcbo\b|settlement house|social services? (?:agency|organization)|community organization|multi-service"),
    ("housing-homeless-services", r"\bshelters?\b|supportive housing|homeless services|housing (?:program|provider|first)|drop-in center"),
    ("reentry", r"\bre-?entry\b(?! into)|correctional (?:health|facilit)|jail-based"),
    ("veterans", r"department of veterans affairs|\bva (?:medical|health|hospital)|veterans services|veterans affairs"),
    ("public-health", r"department of (?:public )?health|health department|county health\b|public health (?:department|program|district|nurse)"),
    ("telehealth-remote", r"telehealth (?:company|platform|provider|practice)|virtual (?:care|health) (?:company|platform|provider)|virtual-first"),
)  # fmt: skip
_SETTINGS = Family([(slug, re.compile(words)) for slug, words in _SETTINGS])
_HOSPITAL = re.compile(
    r"\b(?:inpatients?|emergency (?:department|room)|hospital[- ]based|medical[- ]surgical|acute care hospital|(?:our|this|the|in a|community) hospital)\b(?! (?:stay|discharge|follow|visit|readmission|bill|experience))"
)
_HOSPITAL_NAME = re.compile(
    r"\b[A-Z][\w.'\u2019]{1,20} (?:[A-Z][\w.'\u2019]{1,20} )?(?:Hospital|Medical Center|Health System)\b|\b(?:HOSPITAL|MEDICAL CENTER|HEALTH SYSTEM)\b"
)
_BESIDES = re.compile(
    r"experience|preferred|knowledge|familiar|benefit fund|(?:after|from|leav\w+|out of|discharge\w*|refer\w*|partner\w*|link\w*|with|such as|including|between|and other) (?:a |an |the |our |local |to |from )?(?:\w+ )?$"
)
MOST_SETTINGS = 3

_PEOPLE = (
    ("older-adults", r"older adults?|\bseniors\b|\belderly\b|\belders\b|geriatric|older (?:people|pts|patients|new yorkers)|frail"),
    ("children-families", r"\bchild(?:ren)?\b(?!'?s? care|care)|\byouth\b|\bteens?\b|\badolescents?\b|pediatrics?\b|\bstudents\b|\binfants?\b|\btoddlers?\b|young people"),
    ("pregnancy", r"\bpregnan\w+|new (?:parents|mothers|moms)|maternal|postpartum|perinatal|birthing"),
    ("mental-health", r"mental illness\w*|\bsmi\b|mental health (?:needs|conditions?|diagnos\w+|challenges|disorders?)|severe mental|psychiatric (?:needs|conditions|disabilit\w+)|behavioral health (?:needs|conditions)"),
    ("substance-use", r"substance (?:use|abuse)(?! (?:program|counsel))|addictions?\b|opioid use|alcohol use|people in recovery|use(?:d)? drugs"),
    ("idd", r"developmental disabilit\w+|intellectual(?:/| and| or| disab)|\bi/dd\b|\bidd\b|\bautism|opwdd"),
    ("no-stable-home", r"\bhomeless\b(?! services)|\bunhoused\b|homelessness|housing instability|without (?:a )?(?:stable )?(?:home|housing)"),
    ("justice-involved", r"returning citizens|incarcerat\w+|from (?:state )?(?:prison|jail)|justice[- ]involved|(?:leaving|coming home from) (?:state )?(?:prison|jail)|on parole|rikers"),
    ("veterans", r"\bveterans\b(?! (?:affairs|services|status|encouraged|are encouraged|preference|and)|, )|service members|military families"),
    ("hiv", r"\bhiv\b"),
    ("cancer-serious-illness", r"\bcancer\b|\boncology\b|serious illness|life-limiting|terminal(?:ly)? ill"),
    ("newcomers", r"\bimmigrants?\b|\brefugees?\b|asylum|newcomers|new americans|limited english"),
    ("adults", r"chronic(?:ally)? (?:illness\w*|conditions?|diseases?|ill)|\bdiabetes\b|heart failure|\bcopd\b|\bchf\b|hypertension|high blood pressure|long-term (?:illness|conditions)|kidney disease|\basthma\b"),
)  # fmt: skip
_PEOPLE = Family([(slug, re.compile(words)) for slug, words in _PEOPLE])
_OF_PAPERS = re.compile(r"\b(?:degree|certif|clearance|registry|license in|prefer\w*)\b")
_NOT_PEOPLE = re.compile(
    r"\b(?:experience|knowledge|degree|certif|college|school of|familiar\w*|years?|background|preferred|clearance|registry|abuse)\b"
)

_UNITS = (
    r"(?:active |complex |high-risk |enrolled |adult )?(?:members?|patients?|pts|clients?|families|people|participants?|individuals|inpatients?|enrollees|residents?"
    r"|students?|veterans|kids|children|youth|cases|consumers|households|persons|adults|beneficiaries)"
)
_COUNT = r"\d{1,3}(?:,\d{3})?(?:\s?(?:-|to)\s?\d{1,3}(?:,\d{3})?)?\+?"
_CASELOAD = re.compile(
    rf"\b(?:average |typical |mixed |active |full )?(?:case ?loads?|panels?|registry)(?: size| sizes| limit| cap)?(?: of| is| are|:| at|s)?(?:\s{{1,2}}(?:of|is|are|about|approximately|approx\.|around|roughly|up to|no more than|capped at|limited to|max(?:imum)?(?: of)?|~|between|average[sd]?|at|over|under))*\s{{0,2}}{_COUNT}"
    rf"(?: {_UNITS}\b)?(?: with [a-z/ -]{{3,50}})?"
)
_CARRIES = re.compile(
    rf"(?:\bup to |\bno more than |\babout |\baround |\bapproximately |\broughly |~\s?)?{_COUNT} {_UNITS}\b(?: with (?:intellectual|developmental|serious|complex|chronic)[a-z/ -]{{3,50}})?"
)
_CARRY = re.compile(
    r"\b(?:carry|caseload|panel|manag\w+ (?:about |approximately |up to )?$|follow\w*|assigned|responsible for|care for|look after|supports?|coordinat\w+ to|work with)\b"
)
_YOURS = re.compile(r"\b(?:you|each|every|carry|caseload|panel|per (?:care )?(?:manager|coordinator|navigator))\b")
_NOT_A_CASELOAD = re.compile(
    r"\b(?:employees|staff|serv(?:es|ed|ing) (?:over|more|about|nearly)|each year|annually|a year|per year|beds|hospitals|since|a day|(?:over|nearly|more than) \d)\b"
)
LONGEST_CASELOAD = 120

_ACUITY = (
    ("high", re.compile(r"\bhigh(?:er|est)?[- ]acuity|\bhigh[- ]needs?\b(?! schools?)|\bacuity\s?(?:is|:)\s?(?:very )?high|\bvery complex needs")),
    ("mixed", re.compile(r"\bmix(?:ed)? (?:of )?(?:acuity|needs|high and low)|\bacuity\s?(?:is|:)\s?mixed|\bmixed[- ]acuity|\blow to high acuity|\ball levels of (?:need|acuity)")),
    ("low", re.compile(r"\blow(?:er)?[- ](?:acuity|risk|need)\b|\bacuity\s?(?:is|:)\s?low|\bmostly check-ins")),
)  # fmt: skip
_SUPERVISION = re.compile(
    r"\b(?:weekly|bi-?weekly|daily|monthly|regular|individual|one-to-one|1:1|group|clinical|twice-monthly|reflective)(?:[ ,/](?:and |individual |group |one-to-one |1:1 |clinical |reflective |team )*)supervision\b(?! (?:hours|toward|towards|for licens))(?:(?: with| by| from)(?: an?| the| our| your)? [^.,;\n()]{3,60}| (?:every (?:two weeks|week|month|other week)|weekly|monthly|once a (?:week|month)|twice a month))?"
)
_REPORTS = re.compile(
    r"\b(?:reports? (?:directly )?to|under the (?:general |direct |clinical )?supervision of|supervised by)(?: the| an?| our)? [^.,;\n()]{3,80}"
)
LONGEST_SUPERVISION = 200


def find(ad):
    """Return (guesses, notes) for care_settings, populations, caseload, acuity and supervision."""
    parts = (
        ("care_settings", _care_settings), ("populations", _populations), ("caseload", _caseload), ("acuity", _acuity),
        ("supervision", _supervision),
    )  # fmt: skip
    return {name: guess for name, part in parts if (guess := part(ad))}, []


def _care_settings(ad):
    found = {}
    for slug, passage, match in ad.named(_SETTINGS):
        if slug not in found and passage.section != "offered" and _is_place_of_work(ad, passage, match):
            found[slug] = match.span()
    found = [(slug, *span) for slug, span in found.items()] + _hospital(ad)
    if len({slug for slug, _start, _end in found}) > MOST_SETTINGS:
        return None
    return ad.listed(found, 0.8)


def _hospital(ad):
    for passage in ad.passages:
        if passage.section == "offered":
            continue
        if (
            (named := _HOSPITAL_NAME.search(ad.cased, passage.start, passage.end))
            and (named[0].isupper() is False or not passage.line)
            and not re.search(r"\b(?:refer|partner|discharge|after)\w*\b", ad.low[passage.start : named.start()])
            and not re.match(r"\W{0,3}(?:va|department of veterans)", ad.low[named.start() : named.end()])
        ):
            return [("hospital", *named.span())]
        for match in _HOSPITAL.finditer(ad.low, passage.start, passage.end):
            if _is_place_of_work(ad, passage, match):
                return [("hospital", *match.span())]
    return []


def _is_place_of_work(ad, passage, match):
    """False where a place stands in for experience, or for others whom one talks to."""
    before = ad.low[max(passage.start, match.start() - 60) : match.start()]
    if passage.section == "asked" or passage.stance == "preferred":
        return False
    return not _BESIDES.search(before) and not re.match(
        r"[\w ,/]{0,40}experience", ad.low[match.end() : min(passage.end, match.end() + 60)]
    )


def _populations(ad):
    found = {}
    for slug, passage, match in ad.named(_PEOPLE):
        is_asked = passage.section == "asked" or passage.stance
        if (
            slug in found
            or passage.section == "offered"
            or (is_asked and _NOT_PEOPLE.search(ad.low, passage.start, passage.end))
        ):
            continue
        if not _OF_PAPERS.search(ad.low, passage.start, passage.end):
            found[slug] = match.span()
    return ad.listed([(slug, *span) for slug, span in found.items()], 0.85)


def _caseload(ad):
    for pattern, needs_cue in ((_CASELOAD, False), (_CARRIES, True)):
        for passage, match in ad.finditer(pattern):
            said = ad.low[passage.start : passage.end]
            if passage.section in ("about", "offered") or (needs_cue and _NOT_A_CASELOAD.search(said)):
                continue
            is_range = bool(re.search(r"\d\s?(?:-|to)\s?\d", match[0])) or "up to" in match[0]
            if (
                needs_cue
                and not is_range
                and not (_CARRY.search(said) and _YOURS.search(said) and re.search(r"\d{2}", match[0]))
            ):
                continue
            guess = ad.guess("", *match.span(), 0.9 if not needs_cue else 0.8)
            words = " ".join(guess.phrase.split())
            if len(words) <= LONGEST_CASELOAD:
                return type(guess)(words, guess.phrase, guess.start, guess.end, guess.certainty)
    return None


def _acuity(ad):
    said = {}
    for level, pattern in _ACUITY:
        for passage, match in ad.finditer(pattern):
            if passage.section not in ("about", "asked"):
                said.setdefault(level, match)
    if len(said) != 1:
        return None
    level, match = said.popitem()
    return ad.guess(level, *match.span(), 0.8)


def _supervision(ad):
    for pattern in (_SUPERVISION, _REPORTS):
        for passage, match in ad.finditer(pattern):
            if passage.section == "about" or re.match(r" (?:toward|hours)", ad.low[match.end() : match.end() + 10]):
                continue
            guess = ad.guess("", *match.span(), 0.85)
            words = " ".join(guess.phrase.split())
            if len(words) <= LONGEST_SUPERVISION:
                return type(guess)(words, guess.phrase, guess.start, guess.end, guess.certainty)
    return None
