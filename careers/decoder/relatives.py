"""Close relatives of the field, by the words that name them: a row is words in a row, and what they say."""

from careers.decoder.lexicon import word_set

# (words that follow each other, what it says, confidence). Longer ones first where one holds another.
SEQUENCES = (
    (
        ("community", "health", "worker"),
        "Community health workers stand beside this field: they reach and teach people",
        0.95,
    ),
    (("community", "health", "outreach"), "Community health outreach stands beside this field", 0.8),
    (("community", "health", "representative"), "Community health representatives stand beside this field", 0.9),
    (("community", "health", "advocate"), "Community health advocates stand beside this field", 0.75),
    (("promotor",), "Promotores are community health workers, a close relative", 0.9),
    (("discharge", "planner"), "Discharge planning is one piece of care management", 0.92),
    (("discharge", "planning"), "Discharge planning is one piece of care management", 0.88),
    (("discharge", "coordinator"), "Discharge planning is one piece of care management", 0.8),
    (("discharge", "nurse"), "Discharge planning is one piece of care management", 0.75),
    (("utilization", "review"), "Utilization review decides whether care is covered: a close relative", 0.93),
    (("utilization", "management"), "Utilization management decides whether care is covered: a close relative", 0.9),
    (("utilization", "reviewer"), "Utilization review decides whether care is covered: a close relative", 0.9),
    (("utilization", "nurse"), "Utilization review decides whether care is covered: a close relative", 0.88),
    (("utilization", "rn"), "Utilization review decides whether care is covered: a close relative", 0.88),
    (("ur", "nurse"), "UR is utilization review, a close relative", 0.88),
    (("um", "nurse"), "UM is utilization management, a close relative", 0.88),
    (("ur", "rn"), "UR is utilization review, a close relative", 0.88),
    (("um", "rn"), "UM is utilization management, a close relative", 0.88),
    (("rn", "ur"), "UR is utilization review, a close relative", 0.85),
    (("rn", "um"), "UM is utilization management, a close relative", 0.85),
    (("prior", "authorization"), "Prior authorization is a piece of utilization review, a close relative", 0.85),
    (("preauthorization",), "Prior authorization is a piece of utilization review, a close relative", 0.85),
    (("insurance", "authorization"), "Getting care authorized is next to utilization review, a close relative", 0.7),
    (("clinical", "review", "nurse"), "Clinical review by a nurse is utilization review, a close relative", 0.88),
    (("clinical", "review", "rn"), "Clinical review by a nurse is utilization review, a close relative", 0.88),
    (("medical", "review", "nurse"), "Clinical review by a nurse is utilization review, a close relative", 0.88),
    (("clinical", "reviewer"), "Clinical review is utilization review, a close relative", 0.75),
    (("health", "coach"), "Health coaches help people keep to their own goals: a close relative", 0.92),
    (("wellness", "coach"), "Wellness coaches help people keep to their own goals: a close relative", 0.88),
    (("peer", "support"), "Peer support builds on what one has lived through: a close relative", 0.92),
    (("peer", "recovery"), "Peer support builds on what one has lived through: a close relative", 0.9),
    (("peer", "specialist"), "Peer support builds on what one has lived through: a close relative", 0.93),
    (("peer", "advocate"), "Peer support builds on what one has lived through: a close relative", 0.92),
    (("peer", "counselor"), "Peer support builds on what one has lived through: a close relative", 0.7),
    (("peer", "worker"), "Peer support builds on what one has lived through: a close relative", 0.8),
    (("recovery", "peer"), "Peer support builds on what one has lived through: a close relative", 0.9),
    (("recovery", "coach"), "Recovery coaches build on what they have lived through: a close relative", 0.92),
    (("recovery", "advocate"), "Recovery advocates build on what they have lived through: a close relative", 0.8),
    (("recovery", "support", "specialist"), "Recovery support is a close relative", 0.8),
    (("mds", "coordinator"), "MDS coordinators fill out the federal resident forms: a neighbor of this field", 0.92),
    (("mds", "nurse"), "MDS nurses fill out the federal resident forms: a neighbor of this field", 0.85),
    (("resident", "assessment", "coordinator"), "This is the MDS coordinator's work: a neighbor of this field", 0.85),
    (
        ("care", "plan", "coordinator"),
        "In nursing homes this is the MDS coordinator's work: a neighbor of this field",
        0.7,
    ),
    (("resident", "service", "coordinator"), "Resident services link tenants to help: a close relative", 0.65),
    (("care", "guide"), "Care guides walk people through the system: a close relative", 0.65),
    (("care", "concierge"), "A care concierge helps people find their way: a close relative", 0.6),
    (("wraparound", "program"), "Wraparound programs bring services together: a close relative", 0.65),
    (("linkage", "to", "care"), "Linkage to care brings people into treatment: a close relative", 0.75),
    (("outreach", "worker"), "Outreach workers find people and bring them to care: a close relative", 0.75),
    (("nurse", "coordinator"), "Nurse coordinators arrange care in one clinic or program: a close relative", 0.6),
    (
        ("behavioral", "health", "coordinator"),
        "Behavioral health coordinators are close relatives; the duties decide",
        0.6,
    ),
    (("mental", "health", "coordinator"), "Mental health coordinators are close relatives; the duties decide", 0.6),
    (("patient", "service", "coordinator"), "This is often scheduling at the front desk: a relative at most", 0.55),
    (("patient", "coordinator"), "This is often scheduling at the front desk: a relative at most", 0.55),
    (("social", "worker"), "Social workers are close relatives; many do care management", 0.85),
    (("worker", "social"), "Social workers are close relatives; many do care management", 0.8),
    (("worker", "de", "health"), "Community health workers stand beside this field: they reach and teach people", 0.85),
    (("social", "work"), "Social work is a close relative; many social workers do care management", 0.8),
)

# Words that show a relative's words to mean something else.
NOT_A_RELATIVE = word_set(
    "professor tutor attorney software sale marketing engineer research student faculty lecturer teacher professional"
    " financial career therapist psychotherapist pharmacist pharmacy"
)

# These name a role the guide counts as one of the two kinds; the words decide, less clearly than the titles themselves.
COUNTED = (
    (("referral", "coordinator"), "CC", "Referral coordinators arrange and follow up referrals, a piece of coordination", 0.66),
    (("referral", "specialist"), "CC", "Referral specialists arrange and follow up referrals, a piece of coordination", 0.64),
    (("population", "health", "coordinator"), "CC", "Population health coordinators reach people who are overdue for care", 0.78),
    (("care", "gap", "coordinator"), "CC", "Care gap coordinators reach people who are overdue for care", 0.8),
    (("population", "health", "nurse"), "CM", "Population health nurses plan care for a list of patients", 0.72),
    (("ccm", "nurse"), "CM", "CCM beside a nurse is chronic care management", 0.72),
    (("ccm", "rn"), "CM", "CCM beside a nurse is chronic or certified care management", 0.62),
    (("rn", "cm"), "CM", "CM beside a nurse is case manager", 0.74),
    (("cm", "rn"), "CM", "CM beside a nurse is case manager", 0.72),
    (("nurse", "cm"), "CM", "CM beside a nurse is case manager", 0.74),
    (("rn", "ccm"), "CM", "CCM is the certificate of case managers", 0.62),
    (("health", "service", "coordinator"), "CC", "Health services coordinators link people to care", 0.7),
    (("family", "resource", "coordinator"), "CC", "Family resource coordinators link families to early support", 0.62),
    (("case", "resource", "manager"), "CM", "Case resource managers plan support for people with disabilities", 0.75),
    (("recovery", "coordinator"), "CM", "Recovery coordinators plan support for people in recovery", 0.66),
    (("hospice", "rn", "coordinator"), "BOTH", "In hospice a nurse coordinator plans care and arranges it", 0.7),
    (("hospice", "nurse", "coordinator"), "BOTH", "In hospice a nurse coordinator plans care and arranges it", 0.7),
    (("palliative", "nurse", "coordinator"), "BOTH", "In palliative care a nurse coordinator plans care and arranges it", 0.7),
    (("transition", "nurse"), "CM", "Transition nurses plan the way from hospital to home", 0.66),
    (("toc", "nurse"), "CM", "TOC is transitions of care: planning the way from hospital to home", 0.7),
    (("toc", "rn"), "CM", "TOC is transitions of care: planning the way from hospital to home", 0.7),
    (("transition", "coach"), "CC", "Transition coaches help people settle at home after the hospital", 0.68),
    (("patient", "advocate"), "CC", "Patient advocates help people get the care they need, a piece of coordination", 0.66),
    (("wraparound", "facilitator"), "CC", "Wraparound facilitators bring a family's services together", 0.78),
    (("wraparound", "coordinator"), "CC", "Wraparound coordinators bring a family's services together", 0.8),
    (("wraparound", "care"), "CC", "Wraparound care brings a family's services together", 0.7),
    (("transition", "of", "care"), "TOC", "Transitions of care: the way from one place of care to the next", 0.76),
    (("care", "transition"), "TOC", "Care transitions: the way from one place of care to the next", 0.78),
    (("va", "lead", "coordinator"), "BOTH", "The VA's lead coordinator guides one veteran across programs", 0.7),
    (("lead", "coordinator", "va"), "BOTH", "The VA's lead coordinator guides one veteran across programs", 0.7),
)  # fmt: skip

# "Service coordinator" with one of these is the program's coordinator of care; with one of the others, of something else.
SERVICE_PROGRAMS = word_set(
    "ltss ei hcbs medicaid waiver disability odp opwdd idd dd developmental autism early intervention nhtd tbi family behavioral"
    " mental health crisis child aging senior elder older clinician rn nurse lpn social human veteran brain homeless"
    " community home hospice patient transition foster recovery substance independent"
)
OTHER_SERVICES = word_set(
    "hvac installation food repair tech technician dispatcher dispatch account workplace guest sale logistics customer field"
    " automotive auto vehicle it library equipment conference event banking plumbing elevator parts student career financial"
    " funeral benefit human-resource technical warranty shop facility maintenance outpatient eap business global law office"
    " architectural mail print energy volunteer member membership admission pest property"
)
FACILITIES = word_set("nursing snf skilled facility rehab rehabilitation resident residential assisted")
# Work at the door of a service; with a word of health in the title it is the door to care.
DOORS = {
    "intake": "Intake takes people into a health service, the step before care is planned: a close relative",
    "authorization": "Getting care authorized is next to utilization review, a close relative",
}
AT_THE_DOOR = word_set("nurse rn lpn coordinator specialist clinician worker counselor representative")
SOCIAL_CASEWORK = word_set(
    "child welfare eligibility county energy assistance correction corrections correctional probation parole adoption"
    " foster protective family income snap benefit"
)
