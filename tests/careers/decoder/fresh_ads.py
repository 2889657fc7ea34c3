"""Short ads written from knowledge of the field, before the rules were run on them: (name, verdicts that are right, text)."""

# ruff: noqa: E501

COORDINATION, MANAGEMENT, MIXED = frozenset({"coordination"}), frozenset({"management"}), frozenset({"mixed"})
RELATED, OUTSIDE, OPEN = frozenset({"related"}), frozenset({"not_this_field"}), frozenset({"not_enough"})

ADS = [
    (
        "a plain coordinator",
        COORDINATION,
        """Care Coordinator
Riverside Family Health - Yonkers, NY

What you will do:
- Schedule appointments with specialists and remind patients
- Track referrals until the visit has happened
- Connect patients with transportation, food and housing services
- Keep the shared record up to date

High school diploma required. We are an equal opportunity employer.""",
    ),
    (
        "a plain nurse case manager",
        MANAGEMENT,
        """RN Case Manager

Responsibilities
* Complete a comprehensive assessment of each member on your caseload
* Develop, implement and revise the care plan with the interdisciplinary team
* Coordinate utilization review and discharge planning
Requirements: current New York State RN license, CCM preferred.

Benefits: medical, dental, 401(k).""",
    ),
    (
        "a coordinator title with a manager's duties",
        MIXED | MANAGEMENT,
        """Care Coordinator

You will carry a caseload of 40 adults, complete clinical assessments, write individualized care plans and monitor
progress toward goals. You also schedule appointments and arrange transportation. Requires an active RN license.""",
    ),
    (
        "an open title that its duties settle",
        COORDINATION,
        """Job Title: Service Coordinator
About the role
You link families to community resources, make referrals, schedule appointments, arrange transportation and follow up
with providers so that patients get the care they need.""",
    ),
    (
        "an open title with nothing else",
        OPEN,
        """Service Coordinator
Full time, Monday to Friday. Competitive pay. Apply today and join our growing team!""",
    ),
    (
        "a title inside the sentence",
        MANAGEMENT,
        """Our hospital is hiring an RN Case Manager for the stroke unit. The case manager
assesses each patient at admission, plans discharge with the family and the payer, and reviews utilization daily.""",
    ),
    (
        "no title at all",
        MANAGEMENT,
        """You will manage a caseload of high-risk members, conduct comprehensive needs assessments, develop person-centered
care plans, and provide ongoing case management by phone and at home. Two years of care management experience required.""",
    ),
    (
        "a staff nurse who takes part in care coordination",
        OUTSIDE,
        """Staff Nurse, Medical-Surgical
Provides direct patient care, gives medications, assesses patients and documents. Participates in care coordination with
the team. Current RN license and BLS required. 12-hour night shifts.""",
    ),
    (
        "an engineer at a care coordination company",
        OUTSIDE,
        """Senior Software Engineer
CareLoop builds the leading care coordination platform used by care managers across the country.
You will design APIs in Python and Go, own services on AWS, and mentor other engineers.""",
    ),
    (
        "a case manager at a law firm",
        OUTSIDE,
        """Case Manager
Busy personal injury law firm seeks an organized case manager. Open new files, request medical records, prepare demand
packages, schedule depositions and keep clients informed until settlement. Two years as a paralegal preferred.""",
    ),
    (
        "a customer care coordinator",
        OUTSIDE,
        """Customer Care Coordinator
Answer calls and e-mails about orders, returns and deliveries. Resolve customer complaints, process refunds in
Salesforce and schedule appointments for installers.""",
    ),
    (
        "lawn care",
        OUTSIDE,
        """Care Coordinator - GreenEdge Lawn Care
Schedule mowing crews, quote new lawn customers, and coordinate care of the lawn after storms. Drive sales of
fertilizer plans.""",
    ),
    (
        "a community health worker",
        RELATED,
        """Community Health Worker (CHW)
Visit neighbors at home, teach about asthma and diabetes, and help them find food and insurance. Speak Spanish. Report to
the Care Manager.""",
    ),
    (
        "a utilization review nurse",
        RELATED,
        """Utilization Review Nurse - Remote
Review inpatient stays against InterQual criteria, decide on authorization, and refer to the medical director. RN license
required. Works closely with case management.""",
    ),
    (
        "a medical social worker",
        RELATED | MANAGEMENT | MIXED,
        """Medical Social Worker
Provide counseling, crisis support and psychosocial assessments to patients on dialysis and their families. LMSW.""",
    ),
    (
        "a sentence that says what it is not",
        OUTSIDE | OPEN,
        """Receptionist
This is not a care coordination role. Greet visitors, answer phones, sort mail and order supplies.""",
    ),
    (
        "both jobs in one",
        MIXED,
        """Case Manager / Care Coordinator
Half of the week you assess clients and write care plans as case manager; the other half you schedule visits and connect
clients to services as care coordinator.""",
    ),
    (
        "a navigator",
        COORDINATION | MIXED,
        """Patient Navigator, Cancer Center
Guide patients from a first abnormal finding to treatment. Schedule appointments, remove barriers such as transport and
child care, and connect patients with financial help.""",
    ),
    (
        "a Health Home",
        MANAGEMENT,
        """Health Home Care Manager (Brooklyn)
Carry a caseload of 55 Medicaid members with serious mental illness. Complete the comprehensive assessment, plan of care
and monthly core services. Field visits. Bachelor's degree.""",
    ),
    (
        "a warehouse",
        OUTSIDE,
        """Warehouse Associate
Pick, pack and ship. Operate a forklift. Lift 50 pounds. Overtime available. Great benefits including health care.""",
    ),
    (
        "a manager of child care",
        OUTSIDE,
        """Care Manager, Little Acorns Child Care
Run the toddler room, plan activities, keep ratios, talk with parents and supervise teachers.""",
    ),
    (
        "somebody else's titles in passing",
        OUTSIDE,
        """Billing Specialist
Post payments and work denials for our outpatient clinics. You will answer to the revenue cycle director and talk with
care coordinators, case managers and patients about balances.""",
    ),
]

# Written after the rules, to try them: these were used for tuning.
MORE_ADS = [
    (
        "a nurse on a ward who coordinates care",
        OUTSIDE,
        "Registered Nurse - Medical Surgical Unit\nSt. Mary's Hospital is seeking a compassionate registered nurse. You will assess patients, develop and implement the plan of care, coordinate care with the interdisciplinary team, participate in discharge planning and care coordination, and consult case management as needed. RN license required.",
    ),
    (
        "a title in a single line of prose",
        COORDINATION,
        "We are looking for a Care Coordinator to join our pediatric clinic. You will schedule appointments, follow up on referrals and help families find resources. Bilingual preferred.",
    ),
    (
        "a title in capitals, hiring in the text",
        COORDINATION,
        "COMMUNITY CARE NAVIGATOR\nOur agency is hiring! Guide clients to housing, food and benefits. Track referrals. Make home visits.",
    ),
    (
        "a seller to care coordinators",
        OUTSIDE,
        "Sales Manager, Home Care\nDrive sales of our home care products. Coordinate care packages for trade shows. Build relationships with care coordinators and case managers at hospitals to obtain referrals.",
    ),
    (
        "a labelled title below company and place",
        MANAGEMENT,
        "Company: Acme Health\nLocation: Albany, NY\nJob Title: Nurse Care Manager\nSalary: $90,000\nDescription: The nurse care manager supports high risk patients after discharge.",
    ),
    (
        "an accountant at a care management company",
        OUTSIDE,
        "About us\nAcme is the leading care management company.\n\nPosition: Accountant\nPrepare month-end close, reconcile accounts, and report to the controller.",
    ),
    (
        "a nurse's title with case management throughout",
        MANAGEMENT,
        "Registered Nurse\nThis remote RN provides telephonic case management to health plan members. You manage a caseload of 60 members, complete assessments, develop care plans, and coordinate with utilization management. CCM preferred.",
    ),
    (
        "an aide who follows the care plan",
        OUTSIDE,
        "Home Health Aide. Help clients bathe, dress and eat. Follow the care plan. Report changes to the care coordinator.",
    ),
    (
        "a medical assistant who makes appointments",
        OUTSIDE,
        "Medical Assistant\nRoom patients, take vitals, schedule appointments, process referrals, remind patients of visits, update records. You support our care coordination program.",
    ),
    (
        "cases of life insurance",
        OUTSIDE,
        "Insurance Case Manager\nUnderwriting team. Manage new business cases from application to policy issue for life insurance and annuity products. Contact agents about missing forms.",
    ),
    ("a word and a call to apply", OPEN, "Coordinator\nWe need somebody organised. Apply now."),
    (
        "marketing for people with experience of the field",
        OPEN | OUTSIDE,
        "The ideal candidate will have experience in care coordination. This is a marketing position: you write copy, plan campaigns and post on social media for a health care brand.",
    ),
]
