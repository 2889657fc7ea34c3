"""The words the rules know. Single words in lower case and singular, as `words.lemmas` spells them.

They are field knowledge, not lists of titles: what people write for the same word, what kind of care or case a word
makes of the one after it, and which words belong to other fields.
"""


def word_set(text):
    """The words of `text` as a frozenset."""
    return frozenset(text.split())


# Another spelling -> the word.
ALIASES = {
    **dict.fromkeys(
        word_set("mgr mgrs mngr mgnr manger mangers gestor gestora administrador administradora"), "manager"
    ),
    **dict.fromkeys(word_set("mgmt mgt mgmnt mngmt mngt mangement managemnt managing"), "management"),
    **dict.fromkeys(
        word_set("coord coor coordinater coordinaters coordintor coordinador coordinadora crdntr"), "coordinator"
    ),
    **dict.fromkeys(word_set("coordinating coordinacion"), "coordination"),
    **dict.fromkeys(word_set("nav navigater navegador navegadora"), "navigator"),
    **dict.fromkeys(word_set("navigating nvgtn"), "navigation"),
    **dict.fromkeys(word_set("caseload caseloads"), "caseload"),
    **dict.fromkeys(word_set("patients paciente pacientes"), "patient"),
    **dict.fromkeys(word_set("hosp"), "hospital"),
    **dict.fromkeys(word_set("beh behav behavioural"), "behavioral"),
    **dict.fromkeys(word_set("peds pedi paediatric paediatrics pediatrics"), "pediatric"),
    **dict.fromkeys(word_set("children childrens kids kid youths teen teens adolescent adolescents"), "child"),
    **dict.fromkeys(word_set("svc svcs srvcs srvs serv services servicios"), "service"),
    **dict.fromkeys(word_set("spec spclst specialst especialista"), "specialist"),
    **dict.fromkeys(word_set("asst assist assistants asistente"), "assistant"),
    **dict.fromkeys(word_set("assoc associates"), "associate"),
    **dict.fromkeys(word_set("supv supvr supervisors supervising supervisory"), "supervisor"),
    **dict.fromkeys(word_set("dir directors"), "director"),
    **dict.fromkeys(word_set("sr snr"), "senior"),
    **dict.fromkeys(word_set("jr"), "junior"),
    **dict.fromkeys(word_set("rep reps"), "representative"),
    **dict.fromkeys(word_set("transitions transitioning"), "transition"),
    **dict.fromkeys(word_set("nurses enfermera enfermero"), "nurse"),
    **dict.fromkeys(word_set("rns"), "rn"),
    **dict.fromkeys(word_set("lpns lvn lvns"), "lpn"),
    **dict.fromkeys(word_set("swer"), "social"),
    **dict.fromkeys(word_set("ed er emergency"), "emergency"),
    **dict.fromkeys(word_set("vets veterans"), "veteran"),
    **dict.fromkeys(word_set("promotora promotores promotoras"), "promotor"),
    **dict.fromkeys(word_set("caso casos"), "case"),
    **dict.fromkeys(word_set("cuidado cuidados atencion"), "care"),
    **dict.fromkeys(word_set("trabajador trabajadora"), "worker"),
    **dict.fromkeys(word_set("salud"), "health"),
    **dict.fromkeys(word_set("comunitario comunitaria"), "community"),
    **dict.fromkeys(word_set("caseworkers"), "caseworker"),
    **dict.fromkeys(word_set("attorneys abogado abogada lawyer lawyers"), "attorney"),
    "injuries": "injury",
    "preauth": "preauthorization",
    "authorizations": "authorization",
    "auth": "authorization",
    "telephonically": "telephonic",
}

# One written word -> several.
EXPANSIONS = {
    "healthcare": ("health", "care"),
    "childcare": ("child", "care"),
    "daycare": ("day", "care"),
    "skincare": ("skin", "care"),
    "haircare": ("hair", "care"),
    "petcare": ("pet", "care"),
    "lawncare": ("lawn", "care"),
    "homecare": ("home", "care"),
    "eldercare": ("elder", "care"),
    "aftercare": ("after", "care"),
    "caremanager": ("care", "manager"),
    "casemanager": ("case", "manager"),
    "carecoordinator": ("care", "coordinator"),
    "caremanagement": ("care", "management"),
    "casemanagement": ("case", "management"),
    "carecoordination": ("care", "coordination"),
    "rncm": ("rn", "case", "manager"),
    "rnccm": ("rn", "case", "manager"),
    "rncc": ("rn", "care", "coordinator"),
    "ncm": ("nurse", "care", "manager"),
    "hhcm": ("health", "home", "care", "manager"),
    "bhcm": ("behavioral", "health", "care", "manager"),
    "bhcc": ("behavioral", "health", "care", "coordinator"),
    "icm": ("intensive", "case", "manager"),
    "eisc": ("early", "intervention", "service", "coordinator"),
    "chw": ("community", "health", "worker"),
    "chws": ("community", "health", "worker"),
    "msw": ("social", "worker"),
    "bsw": ("social", "worker"),
    "lmsw": ("licensed", "social", "worker"),
    "lcsw": ("licensed", "social", "worker"),
    "lsw": ("licensed", "social", "worker"),
    "licsw": ("licensed", "social", "worker"),
    "lisw": ("licensed", "social", "worker"),
    "lcsws": ("licensed", "social", "worker"),
    "lmsws": ("licensed", "social", "worker"),
}

# Mended when mistyped. The order decides between two that are equally near.
REPAIRED = (
    "coordinator", "coordination", "management", "navigator", "navigation", "manager", "registered", "behavioral",
    "transitional", "utilization", "discharge", "planner", "community", "telephonic", "healthcare", "litigation",
    "specialist", "supervisor", "director",
)  # fmt: skip

# Right words that a repair must not touch.
KNOWN_WORDS = frozenset(REPAIRED) | word_set(
    "managed manages manage planned planters coordinate coordinated coordinates navigate  navigated commune communal"
    " specialty special directory directed discharged register registry registers registrar transition planning"
    " utilize specialized specialists coordinative mitigation managerial behavior transactional translational planter"
    " mangers supervise supervised immunity rotational traditional"
)

LICENSES = {
    "rn": "RN", "nurse": "nurse", "lpn": "LPN", "lmsw": "LMSW", "np": "NP", "bsn": "BSN", "msn": "MSN", "lmhc": "LMHC",
    "lpc": "LPC", "ccm": "CCM", "acm": "ACM",
}  # fmt: skip

# --- what makes a coordinator, navigator or manager one of health -----------------------------------------------------
HEALTH = word_set(
    "health patient clinical clinic medical hospital hospice nurse rn lpn nursing home behavioral mental psychiatric"
    " psychiatry psych physician pediatric pediatrics oncology cancer cardiac cardiology cardiovascular heart stroke"
    " neuro neurology neuroscience nephrology kidney renal dialysis diabetes diabete asthma copd hiv aid hepatitis"
    " ortho orthopedic surgery surgical thoracic breast transplant maternal maternity perinatal prenatal"
    " newborn ob obgyn"
    " geriatric geriatrics aging elder senior dementia alzheimer memory palliative rehab rehabilitation acute"
    " ambulatory inpatient outpatient emergency primary specialty chronic complex disease substance recovery addiction"
    " opioid sud mat detox wellness disability developmental idd autism medicaid medicare snp dsnp ltss mltc lhcsa chha"
    " pace waiver odp opwdd nhtd tbi hcbs fqhc aco ipa pcmh bariatric urology gastroenterology pulmonary hematology"
    " survivorship lung liver sickle infusion imaging radiology wound physical therapy telehealth telephonic"
    " population integrated collaborative genetic genomic transgender reproductive women trauma burn spine"
)
SOCIAL = word_set(
    "community family child youth foster homeless homelessness housing shelter veteran va vash refugee immigrant"
    " migrant reentry jail peer social human crisis survivor domestic client member resident residential wraparound"
    " school adult intake kinship resource benefit street outreach ryan white sdoh hrsn linkage transition care support"
)
# A navigator of one of these helps people get that one thing, unless it is for people in treatment.
ENROLLED = word_set("housing benefit enrollment insurance marketplace aca eligibility coverage")
# Someone a navigator guides or a program they work in: "navigator" with one of these is a navigator of people.
NAVIGATED = (HEALTH | SOCIAL | ENROLLED | word_set("care access treatment cancer utilization")) - word_set(
    "home physical"
)
TREATING = (HEALTH | {"medicine"}) - word_set("home health medicaid medicare senior elder aging medical snp")
NOT_NAVIGATED = word_set(
    " digital success academic tenant protocol research global protection study monitoring vessel ship"
    " ship's marine flight aviation yacht"
    " college admission travel sale career financial mortgage tax data product software car rail nuclear"
)

# --- the word before "care" that makes it the care of something else, with what it then is ----------------------------
OTHER_CARE = {
    **dict.fromkeys(
        word_set("customer consumer shopper guest buyer owner cardholder subscriber account"), "customer service"
    ),
    **dict.fromkeys(
        word_set("lawn turf tree plant garden ground grounds landscape yard grass greens"), "grounds and gardens"
    ),
    **dict.fromkeys(word_set("skin hair nail beauty face body lash brow cosmetic spa"), "beauty and personal products"),
    **dict.fromkeys(word_set("pet animal dog cat farm equine veterinary horse puppy kennel zoo livestock"), "animals"),
    **dict.fromkeys(word_set("car auto vehicle fleet truck tire automotive boat aircraft"), "vehicles"),
    **dict.fromkeys(
        word_set(
            " bike bicycle denim leather furniture jewelry glass wood carpet floor shoe fabric garment linen"
            " property building facility pool window roof"
        ),
        "property",
    ),
    **dict.fromkeys(word_set("day nursery toddler preschool before"), "looking after children"),
    **dict.fromkeys(word_set("spiritual pastoral congregational church soul"), "spiritual care"),
    **dict.fromkeys(
        word_set("critical urgent express immediate coronary anesthesia perioperative"), "bedside or walk-in treatment"
    ),
    **dict.fromkeys(word_set("wound ostomy respiratory foot eye vision hearing"), "one kind of treatment"),
    **dict.fromkeys(word_set("personal memory"), "hands-on daily care"),
    **dict.fromkeys(word_set("technical paid product tech"), "business support"),
}
# These are other care before "manager" alone: a practice, a unit or an office is run.
OTHER_CARE_MANAGED = {
    **dict.fromkeys(word_set("primary managed health"), "running a practice or a department"),
    **dict.fromkeys(word_set("dental oral orthodontic"), "a dental office"),
}
# Front desks that use the title "Patient Care Coordinator".
FRONT_DESK = word_set(
    "dental dentist orthodontic orthodontist optical optometry eyewear lasik hearing audiology aesthetic aesthetics"
    " medspa spa laser receptionist reception chiropractic cosmetic"
)

# --- other fields: a word anywhere in a title, and whose it is --------------------------------------------------------
OTHER_FIELD = {
    **dict.fromkeys(
        word_set(
            "litigation legal law attorney paralegal trial court tort torts counsel lawsuit bankruptcy patent probate"
            " docketing"
        ),
        "legal work",
    ),
    **dict.fromkeys(
        word_set(
            " claim underwriting underwriter annuity adjuster reinsurance fraud chargeback mortgage loan tax"
            " banking bank"
            " brokerage absence leave collection"
        ),
        "insurance or finance",
    ),
    **dict.fromkeys(
        word_set(
            "software engineer engineering developer devops backend frontend programmer architect cloud cyber"
            " cybersecurity infrastructure salesforce saas sql java python escalation helpdesk sysadmin"
        ),
        "information technology",
    ),
    **dict.fromkeys(
        word_set(
            "sales sale marketing retail merchandise merchandising ecommerce brand advertising customer guest catering"
            " hotel restaurant boutique cosmetic cosmetics"
        ),
        "sales or customer service",
    ),
    **dict.fromkeys(
        word_set(
            " hvac plumbing installation installer repair dispatcher dispatch warehouse logistics construction"
            " automotive"
            " manufacturing vehicle fleet lawn landscaping landscape veterinary veterinarian pest forestry"
        ),
        "a trade or industry",
    ),
    **dict.fromkeys(word_set("animal pet kennel zoo livestock equine"), "the care of animals"),
    **dict.fromkeys(word_set("pharmacovigilance icsr"), "drug safety"),
}
# Of these a care coordinator or nurse may well be one too, so they settle nothing beside a care title.
WEAK_BESIDE_CARE = word_set(
    "customer leave collection court law legal claim guest sale retail repair salesforce marketing"
)

# Heads that keep their own field even when the department is care management.
OTHER_HEADS = {
    **dict.fromkeys(word_set("engineer developer programmer architect administrator"), "information technology"),
    **dict.fromkeys(word_set("attorney paralegal lawyer counsel"), "legal work"),
    **dict.fromkeys(word_set("analyst scientist statistician auditor accountant biller coder"), "data or money"),
    **dict.fromkeys(word_set("physician hospitalist psychiatrist surgeon"), "medicine"),
    **dict.fromkeys(word_set("salesperson sale recruiter writer editor designer"), "another field"),
}
