"""Words of jobs outside the field, and words that name no job at all."""

from careers.decoder.lexicon import word_set

# Words that say how high, how long, where or how; with nothing else they do not name a job.
EMPTY = word_set(
    " a an the of for to in at on with and or our we you your is are be now hiring hire wanted help needed"
    " need join apply"
    " great new team job opening position role opportunity time full part day night evening weekend shift"
    " temporary temp"
    " perm permanent per diem prn remote hybrid onsite site from home work working senior junior lead"
    " entry level i ii iii"
    " iv v vi chief head principal staff deputy vice president vp regional area district state city county"
    " local national"
    " bilingual spanish english speaking bonus sign pay hour hourly week weekly year annual am pm ft pt only required"
    " preferred experience hr open career graduate trainee intern internship apprentice certified licensed registered"
    " north south east west no not non us usa ny nyc"
)
# Ranks and kinds of job that say nothing about the field.
GENERIC = word_set(
    " coordinator manager specialist assistant associate director supervisor lead advocate navigator"
    " representative worker"
    " aide officer consultant administrator leader agent technician tech professional facilitator partner"
    " liaison member"
    " executive trainer coach management coordination navigation service support care case program"
)
# Ends like a job but is none.
NO_JOB = word_set(
    "order number center member winter summer senior junior director paper matter water river under over after other"
    " never ever silver super power tower border corner quarter chapter letter shelter cancer fever liver"
    " disorder career"
    " customer user partner weather computer december september october november her per her better higher longer later"
    " manager minor major error color floor door motor indoor outdoor labor harbor honor patient client student"
    " resident parent important present recent current excellent different entertainment department equipment"
    " development management employment treatment assessment investment environment want plant grant instant restaurant"
    " hunter foster easter rochester westchester manchester worcester denver vancouver hanover dover"
    " sumter carter parker"
    " list assist first waist exist consist resist twist mist italian indian asian canadian"
    " russian haitian latin human german roman resident content event talent accident incident dolor"
    " and want land brand grand"
    # ordinary words, and what ads call the person they hope for
    " prior senor tenor humor rumor flavor favor vigor mirror interior exterior superior inferior posterior anterior sector"
    " factor vendor corridor ever offer enter gather wonder consider gender tender slender proper whether neither either"
    " together another further rather former latter earlier later sooner faster greater larger smaller newer older younger"
    " bigger stronger smarter lower upper inner center summer number summer starter player getter solver learner thinker"
    " listener achiever communicator multitasker beginner newcomer speaker earner believer doer human"
    " woman veteran civilian guardian christian artisan specimen regimen abdomen acumen"
)
# Jobs and lines of business that are not this field: one of them, and nothing of the field, settles it.
OUTSIDE_JOBS = word_set(
    "engineer developer programmer analyst architect scientist researcher accountant bookkeeper auditor attorney lawyer"
    " paralegal teacher tutor professor lecturer instructor educator librarian driver chauffeur operator"
    " mechanic machinist"
    " welder electrician plumber carpenter painter roofer mason installer assembler packer picker loader"
    " laborer foreman"
    " janitor cleaner housekeeper custodian cook chef baker barista bartender waiter waitress server"
    " dishwasher host hostess"
    " cashier clerk receptionist secretary typist stocker merchandiser buyer seller salesperson salesman realtor broker"
    " banker teller underwriter actuary adjuster recruiter designer illustrator animator artist musician"
    " actor photographer"
    " videographer editor writer journalist copywriter translator interpreter pilot steward attendant guard officer"
    " firefighter police detective soldier farmer gardener landscaper forester fisher veterinarian groomer breeder"
    " pharmacist physician surgeon doctor hospitalist psychiatrist psychologist therapist counselor dentist hygienist"
    " optometrist optician chiropractor phlebotomist sonographer radiographer technologist paramedic emt"
    " nurse rn lpn cna np"
    " aide caregiver nanny babysitter dietitian nutritionist chaplain midwife doula audiologist pathologist"
    " anesthesiologist technician tech assembler inspector surveyor planner estimator scheduler dispatcher"
    " courier postal"
    " carrier crew chemist biologist physicist geologist economist statistician mathematician historian anthropologist"
    " archivist curator lifeguard trainer stylist barber manicurist esthetician aesthetician tailor seamstress"
    " jeweler butcher florist brewer investigator examiner auctioneer model dancer singer producer printer"
    " biller coder transcriptionist telemarketer representative dba sysadmin devops qa tester intern"
    " volunteer hha pca pct"
    " clinician geographer astrophysicist mover pct nanny vet transporter caretaker usher porter baler"
    " registrar fellow scribe orderly sergeant captain"
    " bishop deacon pastor priest curate ombudsman crna pta cota ma president ceo cfo coo cto escort student"
)
OUTSIDE_DOMAINS = word_set(
    "nursing project event marketing sales sale advertising brand media communications communication content editorial"
    " warehouse inventory logistics supply shipping receiving freight transportation transport fleet production"
    " manufacturing assembly plant quality maintenance facility facilities construction building property real estate"
    " leasing mortgage loan bank banking finance financial accounting payroll tax audit treasury procurement purchasing"
    " contract vendor office administrative clerical records data database analytics software it information technology"
    " network cloud cyber security web digital product store retail restaurant food beverage kitchen catering hotel"
    " hospitality travel tour fitness gym sport athletic recreation activity education curriculum academic admission"
    " enrollment recruiting recruitment talent hr training safety environmental energy utility oil gas mining"
    " agriculture farm forestry art museum theater music film library church ministry legal law compliance regulatory"
    " research laboratory lab trial billing revenue collection credit insurance claim account customer guest"
    " volunteer fundraising development grant membership donor election policy government military defense parts auto"
    " automotive vehicle repair body install installation dispatch delivery route driver truck cdl rail"
    " aviation airline flight"
    " marine ship engineering design print printing textile fashion apparel jewelry beauty salon spa pet"
    " animal dog veterinary"
    " lawn landscape tree pool pest cleaning housekeeping laundry custodial janitorial parking security"
    " operations operation"
    " material materials scheduling staffing housekeeping dietary nutrition pharmacy imaging radiology surgical surgery"
    " sterile instrument icu nicu telemetry medsurg operating endoscopy call fiber telecom wireless cable games"
    " business strategy innovation growth partnership wealth investment trading equity client success crm erp sap"
    " amazon walmart uber doordash forklift zoo park ranger school principal superintendent camp"
)
# Two words that together name another job, though each alone could belong to the field.
OUTSIDE_PAIRS = frozenset(
    tuple(pair.split("+"))
    for pair in word_set(
        " medical+assistant support+assistant nursing+assistant physical+therapy occupational+therapy"
        " speech+therapy respiratory+therapy"
        " resident+assistant executive+assistant administrative+assistant personal+assistant physician+assistant"
        " teaching+assistant dental+assistant research+assistant legal+assistant care+assistant care+associate"
        " care+tech"
        " care+technician care+attendant care+aide care+provider care+giver care+worker care+partner child+care"
        " medical+director medical+scribe medical+resident medical+biller human+resource career+coach"
        " natural+resource artificial+intelligence real+estate patient+access patient+registration front+desk"
        " customer+service technical+support direct+support help+desk"
    )
)
_JOB_ENDINGS = ("er", "or", "ist", "ian", "man", "men", "person", "smith", "eer", "geon", "maid", "wright")


def is_job_by_its_ending(word):
    """True for a readable word of five letters or more that ends as names of jobs do: zookeeper, roofer, optician."""
    return (
        len(word) >= 5
        and word.endswith(_JOB_ENDINGS)
        and word not in NO_JOB
        and word not in GENERIC
        and is_readable(word)
    )


def is_readable(word):
    """True when `word` could be said aloud: letters only, a vowel at least every five letters, none thrice in a row."""
    if not word.isascii() or not word.isalpha() or not set(word) & set("aeiouy"):
        return False
    run, last, same = 0, "", 0
    for sign in word:
        run = 0 if sign in "aeiouy" else run + 1
        same = same + 1 if sign == last else 1
        last = sign
        if run > 4 or same > 2:
            return False
    return True
