"""Finds the phrases that crooks use. Each rule needs two things in one sentence, and honest sentences are let off.

The kinds of fraud are those the Federal Trade Commission describes, https://consumer.ftc.gov/articles/job-scams: fees and
kits to buy, checks to deposit and pass on, personal data before an offer, interviews by message, parcels and gift cards.
"""

import re
from dataclasses import dataclass

from employers.risk.codes import Risk
from employers.risk.folding import Folded

LONGEST = 20_000  # characters that are read; an opening's description may have no more


@dataclass(frozen=True)
class Finding:
    """A phrase of the text that shows a risk: text[start:end] is the phrase."""

    code: str
    phrase: str
    start: int
    end: int


def _any(*patterns):
    return re.compile("|".join(patterns), re.IGNORECASE)


_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=[a-z0-9@/])[^.!?\n]+)*[.!?\n]*")

# Words that say the opposite, or speak of what the employer pays or of the people served.
_DENIED_BEFORE = _any(r"\b(?:no|never|not|nor|don'?t|won'?t|doesn'?t|isn'?t|without|beware|zero|nobody)\b")
_NEAR = 40  # characters before the phrase in which a "no" speaks of it
_DENIED = _any(
    r"\bfree of charge\b", r"\bat no cost\b", r"\bbeware\b", r"\breimburs", r"\bwe (?:will )?(?:also )?(?:pay|cover|provide|supply|refund)\b", r"\b(?:employer|agency|company)[- ]paid\b",
    r"\bpaid (?:for )?by (?:us|the|your|our)\b", r"\bour expense\b", r"\btuition\b", r"\bfees? (?:are|is) (?:paid|covered|waived)\b",
)  # fmt: skip
_ABOUT_CLIENTS = _any(
    r"\b(?:clients?|members?|patients?|families|family|residents?|participants?|caregivers?|tenants?|individuals|people (?:we|you))\b"
)
_MUST = r"(?:must|should|will|shall|need to|have to|has to|are (?:asked|required|expected) to|is (?:asked|required|expected) to|can|may|'ll)"
_WHO = r"(?:you|candidates?|applicants?|(?:new )?hires?|(?:new )?(?:employees|staff|coordinators|managers)|everyone|each (?:person|candidate|hire))"
_PAY = r"(?:pay|send|cover|deposit|transfer|purchase|buy|put down|remit|wire|settle|contribute|invest|top up|order)"
_SUM = (
    r"(?:fees?|deposit|payment|(?:small|modest|one-time|refundable|token) (?:amount|sum|cost|charge|contribution)|charge|money order"
    r"|\$ ?\d[\d,.]*|\d+ ?(?:usd|dollars)|(?:starter|training|welcome|software|home office|work|orientation|certification) (?:kit|pack|package|bundle|license|manual|course)"
    r"|cost of (?:your|the) (?:training|background|screening|kit|course|laptop|software|badge|uniform|materials))"
)
_FEE_FOR = (
    r"(?:registration|application|training|starter|enrol+ment|onboarding|processing|certification|orientation|background[- ](?:check|screening)"
    r"|screening|uniform|software|kit|activation|admin(?:istrative|istration)?|placement|security|badge|id[- ]card|equipment|seat|reservation|course)"
)

_CHECK = (
    r"(?<!pay)(?<!pay )(?<!background )(?<!reference )(?<!wellness )(?<!safety )(?<!health )(?<!spot )(?<!welfare )\b(?:(?:e-?|electronic |cashier'?s |certified |bank |company )?(?:checks?|cheques?)"
    r"|money orders?)\b(?![- ]?(?:ins?|list|lists|up|ups|outs?|that|whether|if|the|with|on|your|their|every|each|calls?|stubs?|and balances?)\b)"
)
_FUNDS = rf"(?:{_CHECK}|\bfunds?\b|\badvance\b|\bstart-?up (?:money|allowance|payment)\b|\ballowance\b|\bmoney\b)"
_EQUIPMENT = r"(?:equipment|home office|laptop|computer|workstation|software|supplies|materials|devices?|phone|printer|office items|setup)"
_MESSENGER = (
    r"(?:telegram|whats ?app|we ?chat|viber|facebook messenger|messenger(?! service)|hangouts|google chat|skype|\bkik\b|discord|snapchat"
    r"|(?:on|via|by|through|over) signal\b|signal (?:app|messenger)|textnow|(?:green|blue|secure|encrypted|messaging|chat) (?:messaging |chat )?app\b|instant messag\w+|\bt\.me/|\bwa\.me/)"
)
_ASK = r"(?:send|provide|submit|upload|share|e?-?mail|text|give|reply with|forward|enter|confirm|photograph|have ready|keep|attach|bring|need|require)"
_SECRETS = (
    r"(?:\bssn\b|social security (?:number|card|no)|bank (?:account|details|info\w*|log-?in|statement|name)|(?:bank(?:ing)?|checking) (?:app|account|details|log-?in|credentials|password)"
    r"|account (?:and routing )?numbers?|routing numbers?|(?:debit|credit) cards?\b(?! company)|online banking"
    r"|(?:photos?|pictures?|copy|copies|scans?|images?|front and back|both sides) of (?:your |the |a )?(?:\w+ )?(?:id\b|identification|driver'?s|driving|passport|(?:bank|debit|credit|social security|identity) card)"
    r"|(?:driver'?s licen[cs]e|id card|passport),? \(?(?:front|both sides|photo)|date of birth|mother'?s maiden|credit (?:score|report)|id\.me|one-time (?:code|passcode)|verification code)"
)
_FREE_HOSTS = r"(?:gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|live|msn|aol|icloud|protonmail|proton|gmx|mail|email|zoho|zohomail|yandex|tutanota|tuta|usa|inbox|fastmail|consultant|hushmail)"
_SHORTENERS = (
    r"\b(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|rb\.gy|rebrand\.ly|shorturl\.at|ow\.ly|buff\.ly|t\.ly|s\.id|tiny\.cc|lnkd\.in"
    r"|forms\.gle|docs\.google\.com/forms|linktr\.ee|t\.me|wa\.me|jotform\.com|typeform\.com|wixsite\.com|weebly\.com|blogspot\.com|sites\.google\.com|wordpress\.com|godaddysites\.com|square\.site|000webhostapp\.com|netlify\.app|vercel\.app|web\.app|pages\.dev)\b(?:/[^\s)]*)?"
)


@dataclass(frozen=True)
class _Rule:
    """`show` is the phrase; the sentence must also hold `beside`, and neither `denied` nor, where given, `let_off`."""

    code: Risk
    show: re.Pattern
    beside: re.Pattern | None = None
    denied: bool = True
    let_off: re.Pattern | None = None


RULES = (
    _Rule(Risk.FEE_ASKED, _any(rf"\b{_WHO} (?:{_MUST} )?(?:also |first |then |only |simply |just )?{_PAY}\b[^.;]{{0,60}}?{_SUM}")),
    _Rule(Risk.FEE_ASKED, _any(r"\b(?:refundable|returnable)\b[^.;]{0,30}?\b(?:deposit|fee|amount|sum|payment|charge)\b", rf"\b{_FEE_FOR} (?:fees?|deposits?|charges?|payments?)\b", r"\b(?:fee|deposit|charge|payment) (?:of|is|:) ?\$ ?\d+"), let_off=_any(r"fee[- ]for[- ]service", r"\b(?:clients?|rent|rental|tenants?|housing|apartment|landlords?|security deposits? for)\b")),
    _Rule(Risk.FEE_ASKED, _any(r"\b(?:purchase|buy|order|get|obtain)\b[^.;]{0,40}?\b(?:starter|training|welcome|orientation|certification)[- ](?:kit|pack|package|bundle|manual|course)\b[^.;]*?(?:from (?:us|our)|your own (?:cost|expense|money))", r"\b(?:secures?|reserves?|holds?|guarantees?) your (?:seat|place|spot|position|slot)\b")),
    _Rule(Risk.FEE_ASKED, _any(r"\b(?:start(?:er|ing)?|welcome|training|onboarding|orientation|enrol+ment) (?:package|kit|pack|bundle|materials|course|class)\b[^.;]{0,25}?\b(?:costs?|is|at|for) (?:you )?\$? ?\d", r"\b(?:bought|ordered|paid|purchased|covered|settled) by (?:you|(?:the |each |every )?(?:candidate|applicant|new hire|coordinator|manager)s?)\b", r"\b(?:fee|deposit|cost|price|contribution)s?\b[^.;]{0,50}?\b(?:every|each|all) (?:applicants?|candidates?|new hires?)\b[^.;]{0,20}?\b(?:send|pay|transfer|cover)s?\b")),
    _Rule(Risk.FEE_ASKED, _any(r"\b(?:paid|given|comes?|get it|pay it|credit\w*|refund\w*)\b[^.;]{0,25}?\b(?:back|you)\b[^.;]{0,25}?\b(?:first|second|next|start|salary|pay ?check|month)\b"), beside=_any(r"\$ ?\d|\b(?:cost|fee|deposit|contribution|price|amount|order(?:ed)?|bought|settle|purchase)\b")),
    _Rule(Risk.FEE_ASKED, _any(r"\b(?:deduct\w*|taken|withheld|recovered)\b[^.;]{0,40}?\bfirst (?:pay ?check|pay|salary)\b[^.;]{0,60}?\b(?:kit|training|laptop|equipment|fee)\b", r"\b(?:kit|training|laptop|equipment|fee)\b[^.;]{0,60}?\b(?:deduct\w*|taken|withheld|recovered)\b[^.;]{0,30}?\bfirst (?:pay ?check|pay|salary)\b")),
    _Rule(Risk.CHECK_MAILED, _any(rf"\b(?:mail|send|issue|ship|overnight|e?-?mail|provide|fedex|courier|release|deliver)\w*\b[^.;]{{0,30}}?\b(?:you|your)\b[^.;]{{0,30}}?{_CHECK}", rf"{_CHECK}[^.;]{{0,60}}?\b(?:mailed|sent|issued|shipped|emailed|delivered) to you\b", r"\b(?:cashier'?s|certified) checks?\b"), let_off=_any(r"pay ?check|payroll|every two weeks|bi-?weekly|each month|direct deposit|w-?2")),
    _Rule(Risk.CHECK_MAILED, _any(rf"{_FUNDS}[^.;]{{0,80}}?\b(?:to|for|so that you can|and you) (?:then )?(?:buy\w*|purchas\w*|order\w*|set up|pay\w*|cover\w*|source)\b[^.;]{{0,50}}?\b{_EQUIPMENT}", rf"\b(?:buy|purchase|order|set up|source)\b[^.;]{{0,60}}?\b{_EQUIPMENT}\b[^.;]{{0,60}}?\b(?:with|using|from|out of) (?:the |a |our |these |those )?(?:{_CHECK}|funds?|money|advance|allowance)"), let_off=_any(r"\b(?:grants?|foundation|donors?|clients?|members?|petty cash|budget)\b")),
    _Rule(Risk.CHECK_MAILED, _any(r"\b(?:from|with|through|to) (?:our|an|a|the)? ?(?:approved|trusted|certified|authorized|accredited|preferred|designated) (?:vendor|supplier|dealer)s?\b"), beside=_any(r"\b(?:you|your)\b[^.;]*\b(?:equipment|home office|laptop|workstation|software|supplies|items|office|funds|balance)\b", r"\b(?:equipment|home office|laptop|workstation|software|items|funds|balance)\b[^.;]*\b(?:you|your)\b"), let_off=_ABOUT_CLIENTS),
    _Rule(Risk.CHECK_MAILED, _any(rf"\b(?:advance|start-?up (?:money|funds)|funds)\b[^.;]{{0,25}}?\bfor (?:your |the |new )?{_EQUIPMENT}", r"\b(?:vendor|supplier|dealer|seller|shop|store)s? (?:that |whom |which )?(?:we|our (?:team|office)|the office) (?:name|choose|pick|give|tell|work with|use)\b"), let_off=_any(r"\b(?:grants?|foundation|donors?|clients?|members?|patients?|petty cash|budget)\b")),
    _Rule(Risk.CHECK_MAILED, _any(r"\b(?:return|send back|forward|wire|transfer|pass on)\b[^.;]{0,30}?\b(?:any|the|all)? ?(?:remaining|unused|leftover|rest|remainder|balance|difference|surplus|extra)\b[^.;]{0,40}?\b(?:funds?|money|balance|amount|vendor|supplier|us|sum|account|agent)\b", r"\bdeposit (?:it|the check|this check|the payment|the funds) (?:into|in|to|with|through|by)\b", r"\bkeep \$? ?\d[\d,]* (?:of|as|for)\b")),
    _Rule(Risk.MESSENGER_CONTACT, _any(rf"[^.;\n]{{0,40}}{_MESSENGER}[^.;\n]{{0,40}}"), beside=_any(r"\b(?:interview\w*|contact|message|text|reach|chats?|add|write|hr|human resources|recruit\w*|hiring|manager|appl(?:y|ication)|onboard\w*|candidates?|your name)\b", r"@\w+", r"t\.me|wa\.me"), let_off=_any(r"\b(?:clients?|members?|patients?|families|caregivers?|interpreters?|residents?)\b(?![^.]*\b(?:interview|hiring|recruit\w*|apply)\b)")),
    _Rule(Risk.MESSENGER_CONTACT, _any(r"\b(?:message|text|write|chat with|add|ping|contact|dm|inbox)\b[^.;]{0,40}?@[a-z0-9_]{4,}\b(?!\.[a-z])")),
    _Rule(Risk.NO_INTERVIEW, _any(r"\bno (?:phone |video |live |in-person |face-to-face )?interviews?\b", r"\bwithout (?:an|any|a) (?:\w+ )?interview\b", r"\binterviews?\b[^.;]{0,40}?\b(?:by|via|over|through|on|in) (?:a |an |the |our )?(?:text|chat|e-?mail|written|online chat|messag\w+|questionnaire)\b", r"\b(?:text|chat|e-?mail)[- ](?:only |based )?interview\b", r"\b(?:interview|conversation|hiring|process|selection|screening)\b[^.;]{0,30}?\b(?:fully|only|entirely|all|completely|just) (?:in writing|written|by (?:text|chat|e-?mail)|in (?:text|chat))\b", r"\bwe (?:do not|don't|never) (?:do|make|hold|use) (?:phone )?calls (?:or|and|nor) (?:videos?|meetings)\b", r"(?<!if )(?<!once )(?<!when )(?<!after )(?<!whether )(?<!location )\b(?:you are already|you'?ve been|you have been) (?:already )?(?:hired|selected|shortlisted|chosen|approved)\b", r"\b(?:instant|immediate|automatic) (?:hire|offer|approval)\b", r"\bhired (?:on the spot|instantly|within (?:the |an )?hour)\b"), denied=False, let_off=_any(r"\bmotivational\b", r"\binterview (?:clients?|patients?|members?|families)\b")),
    _Rule(Risk.PERSONAL_DATA_ASKED, _any(rf"\b(?:have|keep|hold)\b[^.;]{{0,15}}?{_SECRETS}[^.;]{{0,15}}?\b(?:open|ready|at hand|handy|nearby|with you)\b", r"\bnumbers?\b[^.;]{0,30}?\b(?:front|back) of your (?:bank|debit|credit) card\b", rf"\b(?:form|application|sign-?up)\b[^.;]{{0,25}}?\basks? for\b[^.;]{{0,40}}?{_SECRETS}"), let_off=_any(r"\b(?:clients?|members?|patients?|after (?:an?|the|your) offer|upon hire|i-9|first day)\b")),
    _Rule(Risk.PERSONAL_DATA_ASKED, _any(rf"\b{_ASK}\b[^.;]{{0,90}}?{_SECRETS}", rf"{_SECRETS}[^.;]{{0,50}}?\b(?:is|are|will be|must be) (?:needed|required|requested|collected|asked|verified)\b"), let_off=_any(r"\b(?:help|helps|helping|assist\w*|support\w*|teach\w*|clients?|members?|patients?|residents?|participants?|families|after (?:an?|the|you accept|your) offer|upon hire|once hired|i-9|first day|verify (?:member|patient|client)|electronic visit)\b")),
    _Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:bitcoins?|crypto(?:currency|s)?|usdt|ethereum|western union|money ?gram|cash ?app|zelle|venmo)\b"), let_off=_ABOUT_CLIENTS),
    _Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:buy|purchase|scratch|send|collect|photograph|pick up|load|get)\b[^.;]{0,40}?\b(?:gift|prepaid|steam|itunes|apple|amazon) ?cards?\b", r"\bgift cards?\b[^.;]{0,40}?\b(?:codes?|numbers?|pins?)\b", r"\b(?:codes?|numbers?|pins?)\b[^.;]{0,25}?\b(?:gift|prepaid|steam|itunes) ?cards?\b")),
    _Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:receiv|accept|collect|tak|get|stor|sign for|handl)\w*\b[^.;]{0,40}?\b(?:packages?|parcels?|shipments?|goods|deliveries|payments?|donations?|transfers?|funds|refunds)\b[^.;]{0,50}?\b(?:your (?:own )?(?:home|house|address|apartment|place|account)|own address|at home|personal account|private account)\b", r"\b(?:use|using|lend|offer)\b[^.;]{0,15}?\byour (?:own |personal |private |checking |bank )+account\b", r"\b(?:arrive|land|come|go|paid|sent|deposited)\w*\b[^.;]{0,15}?\b(?:in|into|to|on) your (?:own |personal |private |checking |bank )+account\b[^.;]{0,60}?\b(?:pass|send|forward|share|commission|keep|transfer)\w*", r"\bre-?ship\w*\b", r"\b(?:parcels?|packages?)\b[^.;]{0,60}?\b(?:relabel\w*|forward\w*|send on|on to)\b", r"\b(?:through|using|with|via|into|in|to) your (?:own|personal|private) (?:bank |checking |paypal )?account\b", r"\b(?:move|moves|moving|process\w*|transfer\w*) (?:funds|payments|money|donations)\b[^.;]{0,40}?\b(?:account|commission|percent|%)")),
    _Rule(Risk.HIDDEN_LINK, _any(_SHORTENERS), denied=False),
    _Rule(Risk.TOO_GOOD_PAY, _any(r"\$ ?(?:[2-9],?[5-9]\d\d|[3-9],?\d{3}|\d{2},?\d{3})(?:\.\d\d)? ?(?:\+ ?)?(?:a|per|each|every|/) ?(?:week|wk)\b", r"\$ ?(?:[2-9],?[5-9]\d\d|[3-9],?\d{3}) ?(?:\+ ?)?weekly\b", r"\b(?:guaranteed|unlimited|passive) (?:income|salary|earnings?|pay)\b", r"\b(?:unlimited|limitless) earning\b", r"\b(?:paid|pay) (?:daily|the same day|every day|in cash)\b", r"\b(?:only|just) (?:one|two|three|1|2|3) hours? (?:a|per|each) day\b", r"\b(?:financial freedom|be your own boss|quick money|easy money|fast cash)\b")),
)  # fmt: skip

_AT = r"\s*(?:@|\(at\)|\[at\]|\s+at\s+)\s*"
_DOT = r"\s*(?:\.|\(dot\)|\[dot\]|\s+dot\s+)\s*"
_FREE_ADDRESS = re.compile(
    rf"\b[a-z0-9][a-z0-9._+-]*{_AT}{_FREE_HOSTS}{_DOT}(?:com|net|org|me|de|co|us|ru)\b", re.IGNORECASE
)


def in_text(text: str, *, own_addresses=()) -> tuple[Finding, ...]:
    """Return what is risky in a text, in its order, each code with each of its phrases once.

    `own_addresses` are the employer's confirmed addresses: a small agency may truly use a free mail host.
    """
    folded = Folded(text[:LONGEST])
    found = []
    for sentence in _SENTENCE.finditer(folded.text):
        words = sentence.group()
        denied = _DENIED.search(words)
        for rule in RULES:
            if (rule.denied and denied) or (rule.let_off and rule.let_off.search(words)):
                continue
            match = rule.show.search(words)
            if match is None or (rule.beside is not None and not rule.beside.search(words)):
                continue
            if not (rule.denied and _DENIED_BEFORE.search(words, max(0, match.start() - _NEAR), match.end())):
                found.append(
                    _finding(folded, rule.code, sentence.start() + match.start(), sentence.start() + match.end())
                )
    allowed = {address.lower() for address in own_addresses}
    addresses = [match for match in _FREE_ADDRESS.finditer(folded.text) if match.group() not in allowed]
    found += [_finding(folded, Risk.FREE_MAIL, match.start(), match.end()) for match in addresses]
    return tuple(sorted(set(found), key=lambda one: (one.start, one.end, one.code)))


def _finding(folded, code, start, end):
    while folded.text[start].isspace() and start < end - 1:
        start += 1
    while folded.text[end - 1].isspace() and end > start + 1:
        end -= 1
    first, last = folded.span(start, end)
    return Finding(code.value, folded.original[first:last], first, last)
