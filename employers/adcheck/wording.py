"""Phrases that turn people away, and what to write instead. Advice, never a refusal."""

import re

from django.utils.translation import gettext_lazy as _

from employers.adcheck.findings import Advice

_AGE = (
    "U.S. Equal Employment Opportunity Commission, Prohibited Employment Policies",
    "https://www.eeoc.gov/prohibited-employment-policiespractices",
)
_ORIGIN = (
    "U.S. Equal Employment Opportunity Commission, National Origin Discrimination",
    "https://www.eeoc.gov/national-origin-discrimination",
)
_DISABILITY = (
    "ADA National Network, Guidelines for Writing About People With Disabilities",
    "https://adata.org/factsheet/ADANN-writing",
)
_ADDICTION = (
    "National Institute on Drug Abuse, Words Matter",
    "https://nida.nih.gov/nidamed-medical-health-professionals/health-professions-education/words-matter-terms-to-use-avoid-when-talking-about-addiction",
)
_HISTORY = ("New York Labor Law section 194-a", "https://www.nysenate.gov/legislation/laws/LAB/194-A")
_NONE = ("", "")

_PERSON = _("People come first: a condition is something a person has, not who they are.")
_AGE_WHY = _("This reads as a wish for a certain age, which the law does not allow and experienced people notice.")
_GENDER_WHY = _("Half of your readers may feel that somebody else is meant.")
# Code, pattern, why, what instead, source. Small letters; each phrase stands alone as words.
_RULES = (
    ("person-first", r"(?:the )?diabetics", _PERSON, _("people with diabetes"), _DISABILITY),
    ("person-first", r"the (?:severely |seriously |chronically )?mentally ill|mentally ill (?:patients|clients|people|adults|individuals)|mental patients|psych patients", _PERSON, _("people living with mental illness"), _DISABILITY),
    ("person-first", r"schizophrenics|bipolars|autistics", _PERSON, _("people with the condition, by its name"), _DISABILITY),
    ("person-first", r"(?:drug |substance )?abusers|(?:drug |heroin |opioid )?addicts|junkies|alcoholics(?! anonymous)", _PERSON, _("people who use drugs, people with an alcohol use disorder"), _ADDICTION),
    ("person-first", r"substance abuse(?! (?:counselor|prevention and mental|and mental health services))", _("“Abuse” blames. The field now says “use”."), _("substance use"), _ADDICTION),
    ("person-first", r"the (?:chronically )?homeless|homeless (?:people|persons|individuals|clients|men|women|families|adults|population)|vagrants", _PERSON, _("people without a home, people experiencing homelessness"), _NONE),
    ("person-first", r"the (?:elderly|aged|disabled|handicapped|retarded)|(?:elderly|disabled|handicapped) (?:people|persons|patients|clients|individuals)|(?:mentally )?retarded|wheelchair[- ]bound|confined to a wheelchair", _PERSON, _("older adults, people with disabilities, wheelchair users"), _DISABILITY),
    ("person-first", r"(?:ex-?)?(?:convicts|felons|offenders)|inmates|ex-cons", _PERSON, _("people leaving jail or prison, people with a conviction"), _NONE),
    ("person-first", r"frequent fl[iy]ers?|super-?utili[sz]ers?|bed blockers?|drug seekers?|drug-seeking", _("It makes people a burden. They come often because something is not working."), _("people who come to the hospital often"), _NONE),
    ("person-first", r"non-?complian(?:t|ce)|non-?adheren(?:t|ce)(?= (?:patients|clients|members))", _("It blames people for what gets in their way."), _("people who have trouble keeping to a plan"), _NONE),
    ("person-first", r"suffer(?:s|ing)? from|victims? of (?:stroke|aids|diabetes|dementia)|afflicted (?:with|by)", _("It tells people how they feel about their lives."), _("living with"), _DISABILITY),
    ("person-first", r"illegal (?:aliens|immigrants)|illegals", _PERSON, _("people without papers, newcomers"), _NONE),
    ("person-first", r"low-?functioning|high-?functioning", _("It ranks people. Say what help they need."), _("people who need a lot of (or little) support"), _DISABILITY),
    ("age", r"digital natives?", _AGE_WHY, _("comfortable with computers"), _AGE),
    ("age", r"recent (?:college )?(?:graduates?|grads?)|new grads? (?:only|preferred)|recently graduated", _AGE_WHY, _("new to the work, training given"), _AGE),
    ("age", r"young(?:,)? (?:and |&)?(?:energetic |dynamic |hungry )?(?:team|professionals?|person|people wanted|staff|company|go-getters?)|youthful|young and (?:energetic|dynamic|hungry)", _AGE_WHY, _("what the team is like, without its age"), _AGE),
    ("age", r"mature (?:person|individual|woman|man|candidate)s?|retirees (?:only|preferred)|no more than \d+ years(?:'|’)? (?:of )?experience|overqualified|max(?:imum)?(?: of)? \d+ years(?:'|’)? (?:of )?experience", _AGE_WHY, _("the experience that the work needs"), _AGE),
    ("native", r"native(?:[- ]level)? (?:(?:english|spanish|chinese|mandarin|russian|french|korean|arabic|polish|creole)(?:[- ]language)? )?(?:speakers?|speaking|fluency|tongue)|mother tongue|native (?:english|spanish)|(?:no|without an?) accent|accent-free", _("It asks where people come from, not how well they speak."), _("speaks and writes it well, or the level the work needs"), _ORIGIN),
    ("origin", r"(?:u\.?s\.? citizens|citizens) only|must be an? (?:u\.?s\.? )?citizen|american-born", _("Most employers may not prefer citizens over others who are allowed to work."), _("may work in the United States"), _ORIGIN),
    ("pay-history", r"(?:salary|pay|wage|compensation) history|(?:current|previous|past|last|prior) (?:salary|pay|wages?|compensation)(?: and| or|\b)|what you (?:currently )?(?:earn|make) now", _("In New York an employer may not ask what people earned before."), _("what you expect to pay"), _HISTORY),
    ("pay-vague", r"competitive (?:salary|pay|wages?|compensation|rate)|(?:salary|pay|compensation) (?:is )?(?:commensurate|negotiable|doe\b|tbd)|commensurate with experience", _("Seekers read this as “we would rather not say”."), _("the lowest and the highest pay"), _NONE),
    ("gender", r"(?:he|she)/(?:she|he)|s/he|\bhe or she\b|his or her|his/her", _GENDER_WHY, _("“you” or “they”"), _NONE),
    ("gender", r"(?:sales|foreman|chair|repair|handy|work)(?:man|men)\b|manpower|man-hours|girl friday|ladies|(?:female|male)s? (?:only|preferred)|(?:strong|good) (?:man|woman)|guys\b|housewi(?:fe|ves)|salesmen", _GENDER_WHY, _("a word that means everybody"), _AGE),
    ("gender", r"rock ?stars?|ninjas?|gurus?|superhero(?:es)?|work hard,? play hard|hit the ground running|wear many hats", _("A slogan tells nothing of the work and puts many good people off."), _("what one does in the first weeks"), _NONE),
    ("ability", r"(?:must be able to|ability to|able to) (?:lift|carry|stand|walk|sit|bend|stoop|climb|push|pull)(?: [\w,/-]+){0,8}|able-bodied|(?:good|excellent|perfect) (?:physical )?(?:health|vision|hearing)(?= (?:required|is))", _("Few care managers lift or climb. If the work needs it, say what for, and that changes can be made for a disability."), _("what the work really needs, such as “walk up to third-floor homes”"), _DISABILITY),
    ("record", r"no (?:criminal (?:record|history|background)|felonies|felons|convictions)|clean (?:criminal )?(?:record|background)|must pass (?:a )?(?:criminal )?background check to apply", _("Laws in New York ask employers to look at each person’s case. A blanket “no” turns away people you may hire."), _("“A background check follows an offer; a record is not an automatic no.”"), ("New York Correction Law article 23-A", "https://www.nysenate.gov/legislation/laws/COR/A23-A")),
)  # fmt: skip
_COMPILED = tuple(
    (code, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE), why, instead, source)
    for code, pattern, why, instead, source in _RULES
)
LONGEST_READ = 20_000


def of(text: str):
    """Return an Advice for each such phrase of the first 20,000 characters, in their order, none within another."""
    text = text[:LONGEST_READ]
    found = [
        (match.start(), -match.end(), code, match[0], why, instead, source)
        for code, pattern, why, instead, source in _COMPILED
        for match in pattern.finditer(text)
    ]
    advice, reached = [], 0
    for start, minus_end, code, phrase, why, instead, source in sorted(found, key=lambda one: one[:3]):
        if start >= reached:
            reached = -minus_end
            advice.append(Advice(code, phrase, start, reached, str(why), str(instead), *source))
    return advice
