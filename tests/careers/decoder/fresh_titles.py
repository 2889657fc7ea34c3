"""Titles written from knowledge of the field, before the rules were run on them. `OR_BETTER`: a relative or the field itself.

None is taken from a data set; they show how well the rules do on what they were not tuned to.
"""

FIELD = frozenset({"coordination", "management", "mixed"})
OR_BETTER = FIELD | {"related"}
OUTSIDE = frozenset({"not_this_field"})
OPEN = frozenset({"not_enough"})

COORDINATION = """
Care Coordinator I
Sr. Care Coordinator - Bronx
Coordinator, Patient Care - Cardiology
Care Coordinators (3 openings)
CARE COORDINATOR - BILINGUAL SPANISH
Pediatric Care Coordinator, Complex Needs Clinic
Community-Based Care Coordinator
Maternal & Infant Care Coordinator
Foster Youth Care Coordinator
Dementia Care Coordinator
Medicaid Waiver Service Coordinator
Patient Navigator, Breast Health
Cardiac Patient Navigator
Community Health Navigator II
Care Navigator (Remote, NY)
Kidney Care Navigator
Wraparound Care Coordinator
Care Coordination Associate
Health Home Care Coordinator
Ryan White Care Coordinator
Early Intervention Service Coordinator (EISC)
Supports Coordinator - Intellectual Disabilities
Asthma Care Coordinator - School Health
Care Co-ordinator, Diabetes
Sickle Cell Care Coordinator
Substance Use Care Coordinator
Stroke Program Patient Navigator
Coordinator of Care, Outpatient
Member Care Coordinator - Dual Eligibles
Care Cordinator
Integrated Care Coordinator
Patient Care Navigator, Emergency Department
Care Coordination Specialist II - $24/hr - Queens NY
Aging Services Care Coordinator
Home Care Coordinator (Intake & Staffing)
""".strip().splitlines()

MANAGEMENT = """
Case Manager II
RN Case Manager - Emergency Room, Nights
Nurse Case Mgr
RNCM - Hospice
Complex Care Manager, RN
Care Managers Needed! $1,000 bonus
Manager - Case (Behavioral Health)
Sr RN Care Manager
Health Home Care Manager - Children
HHCM, Queens
Care Manager, Health Home Plus
LMSW Care Manager
Intensive Case Manager - ACT Team
Targeted Case Manager
Medical Case Manager HIV
Homeless Shelter Case Manager
Telephonic RN Case Manager (Work From Home)
Workers' Compensation Nurse Case Manager
Transplant Case Manager
Oncology Case Manager, RN, BSN
OB Case Manager
CASE MANAGER (LPN)
Inpatient Case Management RN
Case Managment Nurse
Registered Nurse, Care Management
Geriatric Care Manager
MLTC Care Manager RN
Collaborative Care Manager LCSW
Care Management Supervisor
Director, Care Management
Case Management Social Worker
Perinatal Case Manager
Long-Term Care Case Manager
AOT Case Manager
Chronic Care Management Nurse (CCM)
Refugee Resettlement Case Manager
Reentry Case Manager
Veterans Case Manager SSVF
Disease Management Case Manager
Field RN Care Manager - Kings County
Manager, Complex Case Management
Case Manager/Therapist
High Risk Care Manager
Population Health Care Manager
Hospital Case Manager Per Diem
""".strip().splitlines()

MIXED = """
RN Care Coordinator
LPN Care Coordinator - Family Medicine
Case Manager / Care Coordinator
Care Coordinator/Case Manager, Mental Health
Clinical Care Coordinator
Transitional Care Coordinator, RN
Hospice Care Coordinator
Nurse Care Coordinator, Heart Failure
Behavioral Health Care Coordinator
Veteran Care Coordinator
Palliative Care Coordinator
Care Manager & Patient Navigator
""".strip().splitlines()

RELATED = """
Community Health Worker - Harlem
CHW
Bilingual CHW (Spanish)
Discharge Planner
Hospital Discharge Planner, RN
Utilization Review Nurse
UR Nurse - Remote
RN Utilization Management
Utilization Review RN, Weekends
Medical Social Worker, Oncology
Hospice Social Worker
LMSW - Medical Social Work
Health Coach
RN Health Coach - Diabetes Prevention
Peer Specialist
Certified Peer Recovery Specialist
Peer Support Worker
Recovery Coach
Family Peer Advocate
Referral Coordinator
Referrals Coordinator - Orthopedics
Prior Authorization Nurse
MDS Coordinator RN
Promotora de Salud
Discharge Planning Nurse
Wellness Coach
Nephrology Social Worker
Youth Peer Advocate, Brooklyn
Clinical Review Nurse
Outreach Worker, Street Medicine
""".strip().splitlines()

NOT_THIS_FIELD = """
Software Engineer
Forklift Driver
Litigation Case Manager
Personal Injury Case Manager
Legal Case Manager - Mass Torts
Immigration Law Case Manager
Customer Care Coordinator
Customer Care Manager, E-commerce
Point-of-Care Testing Coordinator
Point of Care Coordinator
Insurance Claims Case Manager
IT Case Manager, Escalations
Technical Support Case Manager
Lawn Care Coordinator
Lawn Care Manager
Child Care Coordinator
Childcare Manager
Day Care Manager
Car Care Manager
Skin Care Coordinator
Skincare Manager
Animal Care Coordinator
Pet Care Manager
Project Coordinator
Marketing Coordinator
Event Coordinator
Store Manager
Assistant Store Manager - Retail
Warehouse Manager
Sous Chef
Barista
Electrician
Staff Nurse, Med-Surg
RN - ICU Nights
Registered Nurse - Operating Room
Nurse Practitioner
Certified Nursing Assistant
Home Health Aide
Phlebotomist
Pharmacist
Physical Therapist
Dental Hygienist
Critical Care Nurse
Urgent Care Center Manager
Wound Care Nurse
Respiratory Care Practitioner
Guest Care Coordinator
Client Success Manager
Supply Chain Coordinator
Travel Coordinator
Production Planner
Truck Driver CDL A
Financial Analyst
Teacher, Third Grade
Data Entry Clerk
Full Stack Developer, Care Management Platform
Sales Representative - Care Coordination Software
Paralegal / Case Manager (Law Firm)
Vehicle Care Coordinator
Hair Care Brand Manager
Turf Care Manager
Clinical Trial Manager
Volunteer Coordinator
HVAC Service Coordinator
Automotive Service Manager
Mortgage Case Manager
Title IX Case Manager
Customer Service Representative
Accountant
Attorney, Case Management Unit
""".strip().splitlines()

NOT_ENOUGH = """
Coordinator
Manager
Specialist
Service Coordinator
Service Coordinator II
Navigator
Sr. Manager
Assistant
Lead
Associate
Now hiring
Full Time
asdfghjkl
zxqv bnmp
12345
???
Supervisor
Advocate
Help Wanted
""".strip().splitlines()

FRESH = (
    [(title, FIELD & {"coordination", "mixed"}) for title in COORDINATION]
    + [(title, FIELD & {"management", "mixed"}) for title in MANAGEMENT]
    + [(title, frozenset({"mixed"})) for title in MIXED]
    + [(title, OR_BETTER) for title in RELATED]
    + [(title, OUTSIDE) for title in NOT_THIS_FIELD]
    + [(title, OPEN) for title in NOT_ENOUGH]
)
