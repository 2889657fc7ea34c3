"""Honest openings of care coordination and care management, made up from sentences as agencies write them.

`openings(seed)` makes the same 600 each time. A part of the sentences comes near to what crooks write on purpose: fees that
nobody asks, checks that are no money, messengers that families use, gift cards for members, driver's licenses.
"""

import random

COUNT = 600

WORK = """
You meet each member within 7 days of enrollment and write a plan of care with them.
You call every person within two business days after they leave the hospital.
You keep track of referrals until the appointment was kept and the report is back.
You help members sign up for Medicaid, SNAP and housing programs.
You visit families at home, at school or in shelters, mostly in Queens and the Bronx.
You lead a weekly case conference with the nurse, the social worker and the peer.
You check that medicines match what the hospital ordered, and tell the doctor when they do not.
You write notes in Epic the same day and keep the plan up to date every six months.
You teach people how to measure their blood pressure and when to call us.
You work with probation officers, schools and family court when a member asks for it.
You arrange rides to dialysis and follow up when a ride did not come.
You review stays in hospital with the health plan and give clinical facts for the authorization.
You prepare discharges from the first day: home care, equipment, follow-up visits.
You run the registry of people with diabetes and call those who are overdue.
You assess needs with the UAS-NY and set the hours of home care with the family.
You help new mothers get to their visits and screen them for depression.
You link people who leave prison to a doctor, medicine and a place to sleep.
You speak for the member when a service is denied, and write the appeal.
You supervise four care coordinators and read a sample of their charts each month.
You answer the care line every fifth evening and one Saturday a month.
You send referrals to community partners and check that each appointment was kept.
You order a walker or a hospital bed from the medical equipment vendor when the doctor asks for it.
You help members open a bank account and set up direct deposit for their benefits.
You help members replace a lost Social Security card, birth certificate or state ID.
You help families pay a security deposit through the county's housing fund.
You reach families on WhatsApp when that is how they like to talk, from your work phone.
You give gift cards of $10 to members who finish a health screening.
You process payment requests for members' emergency funds with the finance office.
You receive packages of medical supplies at the clinic and tell members they are here.
You do wellness checks by phone and check in with caregivers each week.
You interview members about their goals and complete a written assessment.
You get messages from patients through the portal and answer within one business day.
""".strip().splitlines()

OFFER = """
We pay every two weeks by direct deposit or paycheck, as you like.
We reimburse mileage at the federal rate, and you get a company phone and laptop.
We pay for your CCM exam fee and give you five paid days to study.
We never charge applicants a fee. If somebody asks you for money in our name, tell us.
There is no application fee and no cost for the background check.
The agency pays for fingerprints and the background check.
Tuition help of up to $5,250 a year, and we are an employer for public service loan forgiveness.
Full health insurance from the first day of the month after you start; we pay 90 percent of it.
A sign-on bonus of $2,000, half after 90 days and half after a year.
You get a referral bonus of $500 for each nurse who joins us through you.
403(b) with a match of 4 percent, 22 paid days off and 10 holidays.
Hybrid: three days in the field, two from home. We send you a laptop, a headset and a monitor.
License renewal fees are paid by us.
Your uniform, badge and parking are free of charge.
You work four days of ten hours, and there is no weekend work.
A MetroCard of $132 a month, or parking at the clinic.
Loan repayment through the National Health Service Corps at this site.
Training for six weeks with a mentor, paid like all other work.
We give an allowance of $40 a month for your phone when you use your own.
""".strip().splitlines()

ASK = """
A bachelor's degree in a human service field, or an associate degree with two years of work with people.
A current New York RN license. We will ask for a copy of your license after an offer.
LMSW or LCSW. Bilingual Spanish is a plus.
A valid driver's license and a car with insurance; we check the driving record after an offer.
One year of work as a medical assistant, community health worker or case aide.
High school diploma or equivalent. We train you.
Two references. We call them before an offer and never before we spoke with you.
Fingerprints and a check against the Staff Exclusion List after an offer, at our expense.
You will need to complete Form I-9 with an ID and a Social Security card on your first day.
Good at Excel and at writing short notes.
Experience with motivational interviewing and with people who use drugs.
Flu shot and a TB test, free at our clinic.
""".strip().splitlines()

APPLY = """
Send a resume and three sentences about why you want this work. We answer within a week.
The first interview is by phone or video with the team lead, the second at the office with the team.
Questions? Call human resources at the number on our website and ask for the care team.
Text or call our recruiter on weekdays from 9 to 5; the number is on our website.
Apply on our website. You can save the form and come back to it.
We interview every two weeks and tell everyone how it went.
Come to our open house at the clinic on the first Tuesday of the month and meet the team.
We hold interviews by video on Microsoft Teams, or in person if you like that better.
If you are selected for an interview, we send the questions the day before.
""".strip().splitlines()

ABOUT = """
We are a nonprofit that has worked in this county since 1974.
We care for about 3,200 people in a Health Home in the Capital Region.
We are a federally qualified health center with nine sites.
We are a home health agency of 60 people, owned by two nurses.
We are the hospital's own team for people who come to the emergency room often.
We are a managed long term care plan with 14,000 members.
We are a small team: five care managers, a nurse and a supervisor.
""".strip().splitlines()

TITLES = ("Care Coordinator", "Care Manager", "RN Case Manager", "Health Home Care Manager", "Patient Navigator")
TAILS = ("", "", " (bilingual)", ", pediatrics", " - Bronx", " II", ", transitions of care", " (hybrid)")
SYSTEMS = ("jobs.lever.co", "agency.icims.com", "recruiting.paylocity.com", "careers.ultipro.com")


def openings(seed, *, count=COUNT):
    """Yield `count` dictionaries of plain Listing fields; `apply_at` is "own", "none", or a host."""
    chance = random.Random(seed)
    for _number in range(count):
        parts = [
            chance.choice(ABOUT),
            *chance.sample(WORK, chance.randint(4, 9)),
            *chance.sample(ASK, chance.randint(2, 4)),
            *chance.sample(OFFER, chance.randint(2, 5)),
            *chance.sample(APPLY, chance.randint(1, 2)),
        ]
        low = chance.randint(20, 44)
        yield {
            "headline": chance.choice(TITLES) + chance.choice(TAILS),
            "description": "\n\n".join([parts[0], " ".join(parts[1:-4]), " ".join(parts[-4:])]),
            "pay_min_usd": low,
            "pay_max_usd": low + chance.randint(2, 14),
            "apply_at": chance.choices(["own", "none", *SYSTEMS, "apply.unlisted.example"], [40, 20, 9, 9, 9, 9, 4])[0],
        }
