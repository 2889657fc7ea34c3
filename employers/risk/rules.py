"""The rules: the phrases of each fraud, what must stand beside them, and what honest sentences say instead.

The kinds of fraud are those the Federal Trade Commission describes, https://consumer.ftc.gov/articles/job-scams: fees and
kits to buy, checks to deposit and pass on, personal data before an offer, interviews by message, parcels and gift cards.
"""

import re
from dataclasses import dataclass

from employers.risk.codes import Risk


def _any(*patterns):
    return re.compile("|".join(patterns), re.IGNORECASE)


# Words that say the opposite, or speak of what the employer pays or of the people served.
DENIED_BEFORE = _any(r"\b(?:no|never|not|nor|don'?t|won'?t|doesn'?t|isn'?t|without|beware|zero|nobody)\b")
NEAR = 40  # characters before the phrase in which a "no" speaks of it
DENIED = _any(
    r"\bfree of charge\b", r"\bat no cost\b", r"\bbeware\b", r"\breimburs\w*\b[^.;]{0,25}?\b(?:mileage|travel|tuition|licen[cs]e|exam|phone|parking|miles|gas|expenses|courses?|renewal)", r"\b(?:mileage|travel|licen[cs]e|exam|phone|parking|gas)\b[^.;]{0,20}?\breimburs", r"\bfees?\b[:,]? (?:of )?(?:none|\$ ?0\b|waived|not required|is waived)", r"\bcivil service\b", r"\bwaived\b", r"\bwe (?:will )?(?:also )?(?:pay|cover|provide|supply|refund)\b", r"\b(?:employer|agency|company)[- ]paid\b",
    r"\bpaid (?:for )?by (?:us|the|your|our)\b", r"\bour expense\b", r"\btuition\b", r"\bfees? (?:are|is) (?:paid|covered|waived)\b",
)  # fmt: skip
_ABOUT_CLIENTS = _any(
    r"\b(?:clients?|members?|patients?|families|family|residents?|participants?|caregivers?|tenants?|individuals|people (?:we|you))\b"
)
_MUST = r"(?:must|should|will|shall|need to|have to|has to|are (?:asked|required|expected) to|is (?:asked|required|expected) to|can|may|'ll)"
_WHO = r"(?:you|candidates?|applicants?|(?:new )?hires?|(?:new )?(?:employees|staff|coordinators|managers)|everyone|each (?:person|candidate|hire))"
_PAY = r"(?:pay|send|cover|deposit|transfer|purchase|buy|put down|remit|wire|settle|contribute|invest|top up|order)"
_WORDS_FOR_SUMS = r"(?:(?:ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))? (?:dollars|bucks))"
_SUM = (
    r"(?:fees?|deposit|payment|(?:small|modest|one-time|refundable|token) (?:amount|sum|cost|charge|contribution)|charge|money order"
    rf"|\$ ?\d[\d,.]*|\d+ ?(?:usd|dollars)|{_WORDS_FOR_SUMS}"
    r"|(?:starter|training|welcome|software|home office|work|orientation|certification) (?:kit|pack|package|bundle|license|manual|course)"
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
    r"(?:tele ?gram|whats ?app|we ?chat|viber|facebook messenger|messenger(?! service)|hangouts|google chat|skype|\bkik\b|discord|snapchat"
    r"|(?:on|via|by|through|over) signal\b|signal (?:app|messenger)|textnow|(?:green|blue|secure|encrypted|messaging|chat) (?:messaging |chat )?app\b|instant messag\w+|\bt\.me/|\bwa\.me/)"
)
_ASK = r"(?:send|provide|submit|upload|share|e?-?mail|text|give|reply with|forward|enter|confirm|photograph|have ready|keep|attach|bring|need|require)"
_SECRETS = (
    r"(?:\bssn\b|social security (?:number|card|no)|bank (?:account|details|info\w*|log-?in|statement|name)|(?:bank(?:ing)?|checking) (?:app|account|details|log-?in|credentials|password)"
    r"|account (?:and routing )?numbers?|routing numbers?|(?:debit|credit) cards?\b(?! company)|online banking"
    r"|(?:photos?|pictures?|copy|copies|scans?|images?|front and back|both sides) of (?:your |the |a )?(?:\w+ )?(?:id\b|identification|driver'?s|driving|passport|(?:bank|debit|credit|social security|identity) card)"
    r"|(?:driver'?s licen[cs]e|id card|passport),? \(?(?:front|both sides|photo)|date of birth|mother'?s maiden|credit (?:score|report)|id\.me|one-time (?:code|passcode)|verification code)"
)
FREE_HOSTS = r"(?:gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|live|msn|aol|icloud|protonmail|proton|gmx|mail|email|zoho|zohomail|yandex|tutanota|tuta|usa|inbox|fastmail|consultant|hushmail)"
_SHORTENERS = (
    r"\b(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|rb\.gy|rebrand\.ly|shorturl\.at|ow\.ly|buff\.ly|t\.ly|s\.id|tiny\.cc|lnkd\.in"
    r"|linktr\.ee|t\.me|wa\.me|wixsite\.com|weebly\.com|blogspot\.com|sites\.google\.com|wordpress\.com|godaddysites\.com|square\.site|000webhostapp\.com|netlify\.app|vercel\.app|web\.app|pages\.dev)\b(?:/[^\s)]*)?"
)


@dataclass(frozen=True)
class Rule:
    """`show` is the phrase; the sentence must also hold `beside`, and neither `denied` nor, where given, `let_off`."""

    code: Risk
    show: re.Pattern
    beside: re.Pattern | None = None
    denied: bool = True
    let_off: re.Pattern | None = None


RULES = (
    Rule(Risk.FEE_ASKED, _any(rf"\b{_WHO} (?:{_MUST} )?(?:also |first |then |only |simply |just )?{_PAY}\b[^.;]{{0,60}}?{_SUM}")),
    Rule(Risk.FEE_ASKED, _any(r"\b(?:refundable|returnable)\b[^.;]{0,30}?\b(?:deposit|fee|amount|sum|payment|charge)\b", rf"\b{_FEE_FOR} (?:fees?|deposits?|charges?|payments?)\b", r"\b(?:fee|deposit|charge|payment) (?:of|is|:) ?\$ ?\d+"), let_off=_any(r"fee[- ]for[- ]service", r"\b(?:clients?|rent|rental|tenants?|housing|apartment|landlords?|security deposits? for)\b")),
    Rule(Risk.FEE_ASKED, _any(r"\b(?:purchase|buy|order|get|obtain)\b[^.;]{0,40}?\b(?:starter|training|welcome|orientation|certification)[- ](?:kit|pack|package|bundle|manual|course)\b[^.;]*?(?:from (?:us|our)|your own (?:cost|expense|money))", r"\b(?:secures?|reserves?|holds?|guarantees?) your (?:seat|place|spot|position|slot)\b")),
    Rule(Risk.FEE_ASKED, _any(r"\b(?:start(?:er|ing)?|welcome|training|onboarding|orientation|enrol+ment) (?:package|kit|pack|bundle|materials|course|class)\b[^.;]{0,25}?\b(?:costs?|is|at|for) (?:you )?\$? ?\d", r"\b(?:bought|ordered|paid|purchased|covered|settled) by (?:you|(?:the |each |every )?(?:candidate|applicant|new hire|coordinator|manager)s?)\b", r"\b(?:fee|deposit|cost|price|contribution)s?\b[^.;]{0,50}?\b(?:every|each|all) (?:applicants?|candidates?|new hires?)\b[^.;]{0,20}?\b(?:send|pay|transfer|cover)s?\b")),
    Rule(Risk.FEE_ASKED, _any(r"\b(?:paid|given|comes?|get it|pay it|credit\w*|refund\w*)\b[^.;]{0,25}?\b(?:back|you)\b[^.;]{0,25}?\b(?:first|second|next|start|salary|pay ?check|month)\b"), beside=_any(r"\$ ?\d|\b(?:cost|fee|deposit|contribution|price|amount|order(?:ed)?|bought|settle|purchase)\b")),
    Rule(Risk.FEE_ASKED, _any(r"\b(?:deduct\w*|taken|withheld|recovered)\b[^.;]{0,40}?\bfirst (?:pay ?check|pay|salary)\b[^.;]{0,60}?\b(?:kit|training|laptop|equipment|fee)\b", r"\b(?:kit|training|laptop|equipment|fee)\b[^.;]{0,60}?\b(?:deduct\w*|taken|withheld|recovered)\b[^.;]{0,30}?\bfirst (?:pay ?check|pay|salary)\b")),
    Rule(Risk.CHECK_MAILED, _any(rf"\b(?:mail|send|issue|ship|overnight|e?-?mail|provide|fedex|courier|release|deliver)\w*\b[^.;]{{0,30}}?\b(?:you|your)\b[^.;]{{0,30}}?{_CHECK}", rf"{_CHECK}[^.;]{{0,60}}?\b(?:mailed|sent|issued|shipped|emailed|delivered) to you\b", r"\b(?:cashier'?s|certified) checks?\b"), let_off=_any(r"pay ?check|payroll|every two weeks|bi-?weekly|each month|direct deposit|w-?2")),
    Rule(Risk.CHECK_MAILED, _any(rf"{_FUNDS}[^.;]{{0,80}}?\b(?:to|for|so that you can|and you) (?:then )?(?:buy\w*|purchas\w*|order\w*|set up|pay\w*|cover\w*|source)\b[^.;]{{0,50}}?\b{_EQUIPMENT}", rf"\b(?:buy|purchase|order|set up|source)\b[^.;]{{0,60}}?\b{_EQUIPMENT}\b[^.;]{{0,60}}?\b(?:with|using|from|out of) (?:the |a |our |these |those )?(?:{_CHECK}|funds?|money|advance|allowance)"), let_off=_any(r"\b(?:grants?|foundation|donors?|clients?|members?|petty cash|budget)\b")),
    Rule(Risk.CHECK_MAILED, _any(r"\b(?:from|with|through|to) (?:our|an|a|the)? ?(?:approved|trusted|certified|authorized|accredited|preferred|designated) (?:vendor|supplier|dealer)s?\b"), beside=_any(r"\b(?:you|your)\b[^.;]*\b(?:equipment|home office|laptop|workstation|software|supplies|items|office|funds|balance)\b", r"\b(?:equipment|home office|laptop|workstation|software|items|funds|balance)\b[^.;]*\b(?:you|your)\b"), let_off=_ABOUT_CLIENTS),
    Rule(Risk.CHECK_MAILED, _any(rf"\b(?:advance|start-?up (?:money|funds)|funds)\b[^.;]{{0,25}}?\bfor (?:your |the |new )?{_EQUIPMENT}", r"\b(?:vendor|supplier|dealer|seller|shop|store)s? (?:that |whom |which )?(?:we|our (?:team|office)|the office) (?:name|choose|pick|give|tell|work with|use)\b"), let_off=_any(r"\b(?:grants?|foundation|donors?|clients?|members?|patients?|petty cash|budget)\b")),
    Rule(Risk.CHECK_MAILED, _any(r"\b(?:return|send back|forward|wire|transfer|pass on)\b[^.;]{0,30}?\b(?:any|the|all)? ?(?:remaining|unused|leftover|rest|remainder|balance|difference|surplus|extra)\b[^.;]{0,40}?\b(?:funds?|money|balance|amount|vendor|supplier|us|sum|account|agent)\b", r"\bdeposit (?:it|the check|this check|the payment|the funds) (?:into|in|to|with|through|by)\b", r"\bkeep \$? ?\d[\d,]* (?:of|as|for)\b")),
    Rule(Risk.MESSENGER_CONTACT, _any(rf"[^.;\n]{{0,40}}{_MESSENGER}[^.;\n]{{0,40}}"), beside=_any(r"\b(?:interview\w*|contact|message|text|reach|chats?|add|write|hr|human resources|recruit\w*|hiring|manager|appl(?:y|ication)|onboard\w*|candidates?|your name|briefing|start)\b", r"(?:@|\(at\)) ?\w+", r"t\.me|wa\.me", r"\+?\d[\d ().-]{7,}\d"), let_off=_any(r"\b(?:clients?|members?|patients?|families|caregivers?|interpreters?|residents?)\b(?![^.]*\b(?:interview|hiring|recruit\w*|apply)\b)")),
    Rule(Risk.MESSENGER_CONTACT, _any(r"\b(?:message|text|write|chat with|add|ping|contact|dm|inbox)\b[^.;]{0,40}?@[a-z0-9_]{4,}\b(?!\.[a-z])")),
    Rule(Risk.NO_INTERVIEW, _any(r"\bno (?:phone |video |live |in-person |face-to-face )?interviews?\b", r"\bwithout (?:an|any|a) (?:\w+ )?interview\b", r"\binterviews?\b[^.;]{0,40}?\b(?:by|via|over|through|on|in) (?:a |an |the |our )?(?:text|chat|e-?mail|written|online chat|messag\w+|questionnaire)\b", r"\b(?:text|chat|e-?mail)[- ](?:only |based )?interview\b", r"\b(?:interview|conversation|hiring|process|selection|screening)\b[^.;]{0,30}?\b(?:fully|only|entirely|all|completely|just) (?:in writing|written|by (?:text|chat|e-?mail)|in (?:text|chat))\b", r"\bwe (?:do not|don't|never) (?:do|make|hold|use) (?:phone )?calls (?:or|and|nor) (?:videos?|meetings)\b", r"(?<!if )(?<!once )(?<!when )(?<!after )(?<!whether )(?<!location )\b(?:you are already|you'?ve been|you have been) (?:already )?(?:hired|selected|shortlisted|chosen|approved)\b", r"\b(?:instant|immediate|automatic) (?:hire|offer|approval)\b", r"\bhired (?:on the spot|instantly|within (?:the |an )?hour)\b"), denied=False, let_off=_any(r"\bmotivational\b", r"\binterview (?:clients?|patients?|members?|families)\b")),
    Rule(Risk.PERSONAL_DATA_ASKED, _any(rf"\b(?:have|keep|hold)\b[^.;]{{0,15}}?{_SECRETS}[^.;]{{0,15}}?\b(?:open|ready|at hand|handy|nearby|with you)\b", r"\bnumbers?\b[^.;]{0,30}?\b(?:front|back) of your (?:bank|debit|credit) card\b", rf"\b(?:form|application|sign-?up)\b[^.;]{{0,25}}?\basks? for\b[^.;]{{0,40}}?{_SECRETS}"), let_off=_any(r"\b(?:clients?|members?|patients?|after (?:an?|the|your) offer|upon hire|i-9|first day)\b")),
    Rule(Risk.PERSONAL_DATA_ASKED, _any(rf"\b{_ASK}\b[^.;]{{0,90}}?{_SECRETS}", rf"{_SECRETS}[^.;]{{0,50}}?\b(?:is|are|will be|must be) (?:needed|required|requested|collected|asked|verified)\b"), let_off=_any(r"\b(?:help|helps|helping|assist\w*|support\w*|teach\w*|clients?|members?|patients?|residents?|participants?|families|after (?:an?|the|you accept|your) offer|upon hire|once hired|i-9|first day|verify (?:member|patient|client)|electronic visit)\b")),
    Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:bitcoins?|crypto(?:currency|s)?|usdt|ethereum|western union(?! (?:street|avenue|clinic|center))|money ?gram|cash ?app|zelle|venmo)\b"), let_off=_any(r"\b(?:scams?|fraud|exploitation)\b", r"\b(?:help|helps|helping|teach\w*) (?:clients?|members?|patients?|people|families|residents?|seniors|older adults)\b")),
    Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:buy|purchase|scratch|send|collect|photograph|pick up|load|get)\b[^.;]{0,40}?\b(?:gift|prepaid|steam|itunes|apple|amazon) ?cards?\b", r"\bgift cards?\b[^.;]{0,40}?\b(?:codes?|numbers?|pins?)\b", r"\b(?:codes?|numbers?|pins?)\b[^.;]{0,25}?\b(?:gift|prepaid|steam|itunes) ?cards?\b")),
    Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:receiv|accept|collect|tak|get|stor|sign for|handl)\w*\b[^.;]{0,40}?\b(?:packages?|parcels?|shipments?|goods|deliveries|payments?|donations?|transfers?|funds|refunds)\b[^.;]{0,50}?\b(?:your (?:own )?(?:home|house|address|apartment|place|account)|own address|at home|personal account|private account)\b", r"\b(?:use|using|lend|offer)\b[^.;]{0,15}?\byour (?:own |personal |private |checking |bank )+account\b", r"\b(?:arrive|land|come|go|paid|sent|deposited)\w*\b[^.;]{0,15}?\b(?:in|into|to|on) your (?:own |personal |private |checking |bank )+account\b[^.;]{0,60}?\b(?:pass|send|forward|share|commission|keep|transfer)\w*", r"\bre-?ship\w*\b", r"\b(?:parcels?|packages?)\b[^.;]{0,60}?\b(?:relabel\w*|forward\w*|send on|on to)\b", r"\b(?:through|using|with|via|into|in|to) your (?:own|personal|private) (?:bank |checking |paypal )?account\b", r"\b(?:move|moves|moving|process\w*|transfer\w*) (?:funds|payments|money|donations)\b[^.;]{0,40}?\b(?:account|commission|percent|%)")),
    Rule(Risk.HIDDEN_LINK, _any(_SHORTENERS), denied=False),
    Rule(Risk.TOO_GOOD_PAY, let_off=_any(r"\b(?:travel|13[- ]week|locum|contract)\b"), show=_any(r"\$ ?(?:[2-9],?[5-9]\d\d|[3-9],?\d{3}|\d{2},?\d{3})(?:\.\d\d)? ?(?:\+ ?)?(?:a|per|each|every|/) ?(?:week|wk)\b", r"\$ ?(?:[2-9],?[5-9]\d\d|[3-9],?\d{3}) ?(?:\+ ?)?weekly\b", r"\b(?:guaranteed|unlimited|passive) (?:income|salary|earnings?|pay)\b", r"\b(?:unlimited|limitless) earning\b", r"\b(?:paid|pay) (?:daily|the same day|every day|in cash)\b", r"\b(?:only|just) (?:one|two|three|1|2|3) hours? (?:a|per|each) day\b", r"\b(?:financial freedom|be your own boss|quick money|easy money|fast cash)\b")),
    # Sums and purchases asked in other words.
    Rule(Risk.FEE_ASKED, _any(r"^\W*pay (?:a |an |the |just |only )?\$ ?\d[\d,.]* (?:to|for)\b", rf"\b(?:secures?|reserves?|holds?|reserve|book|save)\b[^.;]{{0,20}}?\b(?:your|their) (?:seat|place|spot|slot)\b[^.;]{{0,60}}?\b(?:payment|contribution|fee|deposit|{_WORDS_FOR_SUMS}|\$)", r"\b(?:contribution|payment)\b[^.;]{0,30}?\bfor (?:your|the|a) (?:\w+ )?(?:manual|badge|class|materials|uniform|handbook|kit|seat|file)\b", r"\bpayable (?:by|in|to|via)\b[^.;]{0,40}?\b(?:phone|transfer|zelle|wallet|money order|cash|app)\b", r"\b(?:released|shipped|sent|delivered|unlocked)\b[^.;]{0,30}?\b(?:once|as soon as|after)\b[^.;]{0,110}?\b(?:settled|paid|taken care of|cleared|covered)\b", r"\b(?:recruit|invite|refer)\b[^.;]{0,30}?\b(?:friends|members|people|others)\b[^.;]{0,40}?\bearn\b[^.;]{0,60}?\bunder you\b")),
    Rule(Risk.FEE_ASKED, _any(r"\b(?:free trial|credit monitoring)\b[^.]{0,120}?\b(?:card|interview|apply|application|sign ?up)\b", r"\b(?:card|interview|apply|application)\b[^.;]{0,80}?\b(?:free trial|credit monitoring)\b"), denied=False),
    Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:steam|google ?play|itunes|apple|amazon|vanilla|razer)\b(?: (?:or|and) [\w ]{3,15}?)? (?:gift )?(?:cards?|vouchers?)\b", r"\bvouchers?\b[^.;]{0,60}?\b(?:numbers?|codes?|strip|scratch\w*)\b"), beside=_any(r"\b(?:send|buy|purchase|get|pick up|read|relay|text|scratch\w*|pictures?|photos?)\b"), denied=False, let_off=_any(r"\b(?:scams?|fraud|exploitation)\b")),
    Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:take|takes|taking|accept\w*|receiv\w*|collect\w*)\b[^.;]{0,30}?\b(?:supplies|items|goods|equipment|boxes|mail|deliveries|packages?|parcels?)\b[^.;]{0,40}?\b(?:residence|your (?:own )?(?:home|address|house|apartment))\b", r"\b(?:account|accounts) (?:in|under) your (?:own )?name\b", r"\bopen (?:a|an|the) (?:new )?(?:business |bank |checking |company |merchant )*account\b[^.;]{0,100}?\b(?:hand over|give|send|courier|card and pin|log-?in|share|access)\b", r"\b(?:retain|keep|keeping|retaining|taking|earn)\w*\b[^.;]{0,15}?\b(?:a (?:small )?(?:percentage|cut|share|commission)|\d+ ?(?:percent|%))\b[^.;]{0,40}", r"\b(?:payment|money|funds?)\b[^.;]{0,50}?\bfrom which you\b[^.;]{0,20}?\b(?:pay|send|transfer)\b", r"\bif (?:they|the bank|anyone|somebody) asks?\b[^.;]{0,20}?\bsay\b", r"\bdo not (?:tell|discuss|mention)\b[^.;]{0,40}?\bbank\b"), denied=False, let_off=_any(r"\b(?:bonus|401|403|pension|retirement|employer match|raise)\b")),
    Rule(Risk.OFF_SITE_PAYMENT, _any(r"\b(?:top up|add funds to|place\w* in|fund)\b[^.;]{0,30}?\b(?:account|wallet|balance)\b", r"\b(?:digital|virtual) (?:coins?|currenc(?:y|ies)|tokens?)\b", r"\b(?:rent|lend|sell|lease)\b[^.;]{0,20}?\b(?:us|their|your|out)\b[^.;]{0,30}?\b(?:account|profile|id|identity)\b", r"\b(?:medicare|medicaid|member|insurance|card) (?:card )?numbers?\b[^.]{0,60}?\b(?:bonus|paid|pay|reward|cash|\$)[^.;]{0,20}?\b(?:per|each|for every|a) (?:number|card|name)\b")),
    Rule(Risk.PERSONAL_DATA_ASKED, _any(r"\b(?:full )?name\b[^.;]{0,40}?\baddress\b[^.;]{0,40}?\b(?:age|cell (?:phone )?carrier|phone carrier|gender|bank)\b", r"\b(?:\d|four|five|six|eight)[- ]digit (?:number|code|pin)\b[^.]{0,80}?\b(?:read|tell|share|send|forward|give|type)\w*\b", r"\b(?:passwords?|user ?names?|pins?)\b[^.]{0,60}?\bbank\b", r"\bbank\b[^.]{0,40}?\b(?:passwords?|user ?names?|pins?)\b", r"\b(?:any ?desk|team ?viewer|remote (?:assistance|access|desktop|control) (?:program|tool|app|software))\b[^.]{0,60}?\b(?:your (?:own )?(?:computer|laptop|phone|device)|bank)\b", r"\bselfie\b[^.;]{0,40}?\b(?:id|licen[cs]e|passport|card)\b"), let_off=_any(r"\b(?:help|helps|helping|assist\w*|teach\w*|support\w*) (?:clients?|members?|patients?|people|families|residents?)\b")),
    Rule(Risk.MESSENGER_CONTACT, _any(r"\b(?:download|install|get)\b[^.;]{0,12}?\bapp\b[^.;]{0,60}?(?:@\w+|\b(?:search|add|text|message|write|interview|briefing)\b)", r"\bsearch for @\w+")),
    Rule(Risk.NO_INTERVIEW, _any(r"\b(?:approved|selected|hired|chosen|shortlisted) you\b", r"\ball (?:our )?(?:hiring|interviews?|screening|recruiting)\b[^.;]{0,25}?\b(?:by|via|over|in|through) (?:text|chat|e-?mail|message|writing)", r"\bno (?:phone|voice|video)(?:,? (?:or|and|nor) (?:phone|voice|video))? (?:calls?|interviews?|meetings?)\b(?! (?:please|accepted))"), denied=False, let_off=_any(r"\bno phone calls\b")),
    Rule(Risk.TOO_GOOD_PAY, _any(r"\b(?:about|around|a|an|roughly) (?:one |two |1 |2 )?(?:hour|hours) (?:a|per|each) day\b", r"\b(?:two|three|four|five|six|seven|eight|nine) thousand (?:dollars )?(?:a|per|every) (?:week|day)\b", r"\b100 ?% legit\w*\b", r"\$ ?1[2-9]\d(?:\.\d\d)? ?(?:an?|per|/) ?(?:hour|hr|h)\b", r"\b(?:home|earn|up to) (?:up to )?\$ ?(?:9|1\d|2\d|3\d),?\d{3} (?:a|per|every|each|/) ?month\b", r"\bonly \d+ (?:slots?|spots?|places?) left\b"), let_off=_any(r"\b(?:physician|nurse practitioner|\bnp\b|locum|contract|travel|13[- ]week)\b")),
    Rule(Risk.HIDDEN_LINK, _any(r"\b(?:forms\.gle|docs\.google\.com/forms|jotform\.com|typeform\.com)\b(?:/[^\s)]*)?"), denied=False, beside=_any(r"\b(?:bank|ssn|social security|debit|instant|now|urgent|today)\b")),
)  # fmt: skip
