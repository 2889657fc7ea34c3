"""What the duties in an ad say: verbs and their objects, single telling words, and the words of other fields."""

from functools import lru_cache

from careers.decoder.lexicon import word_set

# A duty: a verb of the first list, and within a few words an object of the second. Words are given by how they begin.
# (key, kind, verbs, objects, what it says)
_DUTIES = (
    ("appointments", "CC", "schedul book arrang reschedul confirm remind",
     "appointment visit transport ride referral interpreter equipment screening follow specialist",
     "Arranging visits is coordination"),
    ("linking", "CC", "connect link refer navigat guid",
     "service resource provider food housing program community specialist support benefit agenc transport financial insur",
     "Linking people with services is coordination"),
    ("referrals", "CC", "track process follow mak submit obtain complet close monitor coordinat", "referral authorization",
     "Following up referrals is coordination"),
    ("reminding", "CC", "remind contact call reach outreach engag", "patient member client famil participant",
     "Keeping in touch with people is coordination"),
    ("barriers", "CC", "remov address reduc overcom identif", "barrier", "Clearing barriers is coordination"),
    ("access", "CC", "help assist support", "navigat access appointment enroll apply transport paperwork form find",
     "Helping people find their way is coordination"),
    ("arranging", "CC", "coordinat arrang", "service appointment transport visit schedul care delivery discharge communit",
     "Arranging care and services is coordination"),
    ("sharing", "CC", "shar updat communicat send keep", "record information team provider",
     "Sharing information is coordination"),
    ("gaps", "CC", "clos track identif", "gap overdue screening", "Closing gaps in care is coordination"),
    ("assessing", "CM", "conduct complet perform administer assess evaluat reassess comprehensiv",
     "assessment need patient member client risk evaluation strength participant famil", "Assessing people is management"),
    ("planning", "CM", "develop writ creat implement revis updat monitor establish design review formulat individualiz plan",
     "plan goal discharge", "Writing and following a care plan is management"),
    ("progress", "CM", "monitor evaluat measur track review", "progress outcome goal response condition",
     "Watching progress toward goals is management"),
    ("crisis", "CM", "provid respond intervent de-escalat", "crisis counsel", "Helping in a crisis is management"),
    ("carrying", "CM", "carr manag maintain hold own", "caseload panel case", "Carrying a caseload is management"),
)  # fmt: skip

# Words in a row that tell by themselves: (words, key, kind, what it says)
_TELLING = (
    (("caseload",), "caseload", "CM", "A caseload of one's own is management"),
    (("care", "plan"), "care-plan", "CM", "Care plans are management"),
    (("plan", "of", "care"), "care-plan", "CM", "Care plans are management"),
    (("service", "plan"), "care-plan", "CM", "Service plans are management"),
    (("case", "management"), "named-cm", "CM", "Names case management as the work"),
    (("care", "management"), "named-cm", "CM", "Names care management as the work"),
    (("utilization", "review"), "utilization", "CM", "Utilization review goes with management"),
    (("utilization", "management"), "utilization", "CM", "Utilization management goes with management"),
    (("review", "utilization"), "utilization", "CM", "Utilization review goes with management"),
    (("medical", "necessity"), "utilization", "CM", "Deciding on medical necessity goes with management"),
    (("interqual",), "utilization", "CM", "These criteria are used in utilization review"),
    (("milliman",), "utilization", "CM", "These criteria are used in utilization review"),
    (("discharge", "planning"), "discharge", "CM", "Discharge planning is a piece of management"),
    (("interdisciplinary", "team"), "team", "CM", "Planning with an interdisciplinary team goes with management"),
    (("ccm",), "certificate", "CM", "CCM is the certificate of case managers"),
    (("certified", "case", "manager"), "certificate", "CM", "The certificate of case managers"),
    (("rn", "license"), "license", "CM", "A nursing license points to management"),
    (("rn", "licensure"), "license", "CM", "A nursing license points to management"),
    (("registered", "nurse"), "license", "CM", "A nursing license points to management"),
    (("licensed", "social", "worker"), "license", "CM", "A social work license points to management"),
    (("community", "resource"), "resources", "CC", "Community resources are what coordination links to"),
    (("social", "need"), "resources", "CC", "Social needs are what coordination links help to"),
    (("care", "team"), "care-team", "CC", "Keeping a care team together is coordination"),
)

# Management beyond what every nurse does; a nursing title needs these to be read as management.
STRONG = frozenset({"caseload", "carrying", "named-cm", "utilization", "certificate"})

# What nurses do at the bedside or in a treatment room; one of these and a nursing license is no proof of management.
BEDSIDE = word_set(
    "bedside iv telemetry ventilator transfusion catheter injection immunization vaccine phlebotomy medsurg icu triage wound"
    " dressing vital tracheostomy airway infusion med-pass scrub circulating chemotherapy intravenous venipuncture"
)

# Without a title that tells, one of these must be among the duties: the rest is said of many jobs.
ANCHORS = {
    "CC": frozenset({"linking", "referrals", "barriers", "gaps", "resources", "appointments"}),
    "CM": frozenset({"caseload", "carrying", "care-plan", "named-cm", "utilization", "discharge", "certificate"}),
}

_BY_FIRST = {}
for _words, *_rest in _TELLING:
    _BY_FIRST.setdefault(_words[0], []).append((_words, *_rest))

_VERB_STEMS = [(stem, number) for number, duty in enumerate(_DUTIES) for stem in duty[2].split()]
_OBJECT_STEMS = [(stem, number) for number, duty in enumerate(_DUTIES) for stem in duty[3].split()]
_NOUN_ENDINGS = ("tion", "ment", "er", "or", "al", "able")
REACH = 7  # words from a verb to its object


@lru_cache(maxsize=10_000)
def _as_verb(word):
    if word.endswith(_NOUN_ENDINGS):
        return frozenset()
    return frozenset(number for stem, number in _VERB_STEMS if word.startswith(stem))


@lru_cache(maxsize=10_000)
def _as_object(word):
    return frozenset(number for stem, number in _OBJECT_STEMS if word.startswith(stem))


def found_in(tokens):
    """Return {key: (kind, start, end, says)} of the duties named by `tokens`, the words of one sentence; the first counts."""
    found = {}
    words = [token.lemma for token in tokens]
    for at, word in enumerate(words):
        for sequence, key, kind, says in _BY_FIRST.get(word, ()):
            if key not in found and tuple(words[at : at + len(sequence)]) == sequence and not _is_denied(words, at):
                found[key] = (kind, tokens[at].start, tokens[at + len(sequence) - 1].end, says)
        duties = _as_verb(word)
        if not duties:
            continue
        for to in range(at + 1, min(at + 1 + REACH, len(words))):
            for number in duties & _as_object(words[to]):
                key, kind, _verbs, _objects, says = _DUTIES[number]
                if key not in found and not _is_denied(words, at):
                    found[key] = (kind, tokens[at].start, tokens[to].end, says)
    return found


def bedside_in(tokens):
    """Return (start, end) of the first duty at the bedside that `tokens` name without denying it, or None."""
    words = [token.lemma for token in tokens]
    for at, word in enumerate(words):
        gives_medicine = word.startswith(("administer", "give", "giving", "pass")) and {
            "medication",
            "medicine",
            "drug",
        } & set(words[at : at + 5])
        if (word in BEDSIDE or gives_medicine) and not _is_denied(words, at):
            return tokens[at].start, tokens[at].end
    return None


def _is_denied(words, at):
    return bool(set(words[max(0, at - 4) : at]) & {"not", "no", "never", "without", "isnt", "doesnt", "dont", "nor"})


# Words of other fields; three of one field that outnumber the words of health settle an ad whose title is open to both.
OTHER_FIELDS = {
    "legal work": "attorney paralegal litigation plaintiff defendant deposition settlement demand pleading lawsuit discovery tort"
    " courtroom firm legal law subpoena",
    "insurance claims": "claim claimant adjuster policyholder underwriting underwriter subrogation indemnity reserve annuity",
    "information technology": "software developer programming python java javascript aws azure api cloud database devops code"
    " engineer engineering sql linux server cybersecurity network system application computer agile kubernetes architecture"
    " technology debugging technical",
    "sales or customer service": "customer order refund return complaint salesforce retail delivery merchandise sale quota"
    " store shopper product warranty shipment installer prospect",
    "grounds and gardens": "lawn mowing fertilizer landscape landscaping turf irrigation mower crew garden tree",
    "looking after children": "toddler infant preschool classroom ratio teacher daycare nap diaper kindergarten acorn",
    "animals": "pet dog cat kennel veterinary veterinarian grooming animal puppy horse feeding",
    "vehicles": "vehicle car detailing automotive mechanic tire fleet dealership truck oil",
    "beauty": "skin facial salon spa makeup beauty cosmetic hair stylist client-facing retail lash",
    "property": "tenant lease property maintenance building contractor inspection rent plumbing hvac",
    "a trade or warehouse": "forklift warehouse pallet pick pack ship loading machine assembly welding construction",
}
_FIELD_OF = {}
for _field, _list in OTHER_FIELDS.items():
    for _word in _list.split():
        _FIELD_OF.setdefault(_word, _field)
_HEALTH_WORDS = word_set(
    "patient health medical clinical clinic hospital nurse nursing rn lpn medicaid medicare physician provider caseload member"
    " treatment diagnosis disease chronic behavioral mental therapy hospice medication psychosocial discharge acute"
    " specialist social community"
)


def other_fields_in(tokens):
    """Return ({field: {word: (start, end)}}, number of different words of health)."""
    found, health = {}, set()
    for token in tokens:
        if token.lemma in _HEALTH_WORDS:
            health.add(token.lemma)
        elif field := _FIELD_OF.get(token.lemma):
            found.setdefault(field, {}).setdefault(token.lemma, (token.start, token.end))
    return found, len(health)
