"""One small file in each format, invented here: two openings of the same made-up agency."""

import json

TITLES = ["RN Case Manager", "Care Coordinator"]
DESCRIPTION = "<p>You plan care with <b>members</b>.</p><ul><li>Visits</li><li>Calls</li></ul>"

CSV = """reference,title,description,apply_url,city,state,pay_min,pay_max,pay_period,license,schedule
A-1,RN Case Manager,You plan care.,https://jobs.example.org/1,Albany,NY,36,42,hour,rn,weekdays; evenings
A-2,Care Coordinator,You call people.,https://jobs.example.org/2,Hoboken,NJ,25,,hour,none,
"""
SEMICOLONS = CSV.replace("; ", " / ").replace(",", ";")

JOBPOSTINGS = [
    {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "RN Case Manager",
        "description": DESCRIPTION,
        "identifier": {"@type": "PropertyValue", "name": "Hudson Care", "value": "A-1"},
        "datePosted": "2026-11-01",
        "validThrough": "2027-01-31T00:00",
        "employmentType": ["PART_TIME"],
        "hiringOrganization": {"@type": "Organization", "name": "Hudson Care"},
        "jobLocation": [
            {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "Albany", "addressRegion": "NY"}},
            {
                "@type": "Place",
                "address": {"addressLocality": "Brooklyn", "addressRegion": "NY", "postalCode": "11201"},
            },
        ],
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {"@type": "QuantitativeValue", "minValue": 36, "maxValue": 42.5, "unitText": "HOUR"},
        },
        "educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": "associate degree"},
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
        "url": "https://jobs.example.org/1?utm_source=feed&ref=7",
    },
    {
        "@type": "JobPosting",
        "title": "Care Coordinator",
        "description": "&lt;p&gt;You call people.&lt;/p&gt;",
        "identifier": "A-2",
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [{"@type": "State", "name": "New Jersey"}],
        "baseSalary": {"@type": "MonetaryAmount", "currency": "USD", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}},
        "url": "https://jobs.example.org/2",
    },
]  # fmt: skip
LIST = json.dumps(JOBPOSTINGS)
GRAPH = json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "Jobs"}, *JOBPOSTINGS]})
LINES = "\n".join(json.dumps(posting) for posting in JOBPOSTINGS)
PAGE = (
    "<!doctype html><html><head><title>Jobs</title>"
    + "".join(f'<script type="application/ld+json">{json.dumps(posting)}</script>' for posting in JOBPOSTINGS)
    + "</head><body><p>Join us</p></body></html>"
)

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:job="https://example.org/ns"><channel>
<title>Hudson Care jobs</title><link>https://jobs.example.org/</link><description>Openings</description>
<image><url>https://jobs.example.org/logo.png</url><title>Logo</title><link>https://jobs.example.org/</link></image>
<item><title>RN Case Manager at Hudson Care</title><link>https://jobs.example.org/1</link><guid>A-1</guid>
<description>You plan care.</description><job:location>Albany, NY</job:location>
<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Care Coordinator - Hoboken, NJ</title><link>https://jobs.example.org/2</link><guid>A-2</guid>
<description>You call people.</description></item></channel></rss>"""

LINKEDIN = """<source><publisher>Hudson Care</publisher><job><partnerJobId>A-1</partnerJobId><company>Hudson Care</company>
<title><![CDATA[RN Case Manager]]></title><description><![CDATA[<p>You plan care.</p>]]></description>
<location>Albany, NY 12207</location><applyUrl>https://jobs.example.org/1</applyUrl></job>
<job><partnerJobId>A-2</partnerJobId><title>Care Coordinator</title><description>You call people.</description>
<location>Hoboken, New Jersey, United States</location><applyUrl>https://jobs.example.org/2</applyUrl></job></source>"""

GREENHOUSE = json.dumps(
    {
        "jobs": [
            {
                "id": 11, "title": "RN Case Manager", "updated_at": "2026-11-01T10:00:00-05:00",
                "location": {"name": "Albany, NY"},
                "absolute_url": "https://boards.example.org/1", "content": "&lt;p&gt;You plan care.&lt;/p&gt;",
                "departments": [{"id": 1, "name": "Care"}],
            },
            {
                "id": 12, "title": "Care Coordinator", "location": {"name": "Hoboken, NJ"},
                "absolute_url": "https://boards.example.org/2", "content": "&lt;p&gt;You call people.&lt;/p&gt;",
            },
        ],
        "meta": {"total": 2},
    }
)  # fmt: skip

LEVER = json.dumps(
    [
        {
            "id": "a-1", "text": "RN Case Manager", "categories": {"location": "Albany, NY", "commitment": "Part-time"},
            "hostedUrl": "https://jobs.example.org/1", "createdAt": 1763000000000,
            "descriptionPlain": "You plan care.\n\nEvery day.",
            "lists": [{"text": "Needs", "content": "<li>RN</li>"}], "workplaceType": "hybrid",
            "salaryRange": {"min": 80000, "max": 95000, "currency": "USD", "interval": "per-year-salary"},
        },
        {
            "id": "a-2", "text": "Care Coordinator", "categories": {"location": "Hoboken, NJ", "commitment": "Full-time"},
            "hostedUrl": "https://jobs.example.org/2", "descriptionPlain": "You call people.", "workplaceType": "unspecified",
        },
    ]
)  # fmt: skip

RECRUITEE = """<jobs><job><reference>A-1</reference><title>RN Case Manager</title><company>Hudson Care</company>
<description><![CDATA[<p>You plan care.</p>]]></description>
<description_requirements><![CDATA[<p>RN license</p>]]></description_requirements>
<city>Albany</city><state>NY</state><country>US</country><postal_code>12207</postal_code><hybrid>true</hybrid><remote>false</remote></job>
<job><reference>A-2</reference><title>Care Coordinator</title><description>You call people.</description><city>Hoboken</city>
<state>NJ</state><country>US</country></job></jobs>"""

UNKNOWN_XML = """<careers><vacancies><vacancy id="1"><jobCode>A-1</jobCode><jobTitle>RN Case Manager</jobTitle>
<jobDescription><p>You plan care</p><p>Every <b>day</b></p></jobDescription>
<where><town>Albany</town><region>NY</region></where></vacancy>
<vacancy id="2"><jobCode>A-2</jobCode><jobTitle>Care Coordinator</jobTitle><jobDescription>You call people.</jobDescription>
<where><town>Hoboken</town><region>NJ</region></where></vacancy></vacancies></careers>"""

UNKNOWN_JSON = json.dumps(
    {
        "page": 1,
        "response": {
            "list": [
                {"Req Number": "A-1", "Position": "RN Case Manager", "Body": "Plan care.", "Town": "Albany", "Region": "NY"},
                {"Req Number": "A-2", "Position": "Care Coordinator", "Body": "Call people.", "Town": "Hoboken", "Region": "NJ"},
            ]
        },
    }
)  # fmt: skip

UNKNOWN_CSV = """Req ID|Job Title|Ad text|Town|State
A-1|RN Case Manager|You plan care.|Albany|NY
A-2|Care Coordinator|You call people.|Hoboken|NJ
"""

INDEED = """<?xml version="1.0" encoding="utf-8"?><source><job><title>RN Case Manager</title>
<referencenumber>A-1</referencenumber><url>https://jobs.example.org/1</url><city>Albany</city><state>NY</state><country>US</country>
<description><![CDATA[<p>You plan care.</p>]]></description><salary>$36 - $42 an hour</salary></job>
<job><title>Care Coordinator</title><referencenumber>A-2</referencenumber><url>https://jobs.example.org/2</url><city>Hoboken</city>
<state>NJ</state><country>US</country><description>You call people.</description></job></source>"""

ALL = {
    "csv": CSV, "jobposting": LIST, "rss": RSS, "indeed": INDEED, "linkedin": LINKEDIN, "greenhouse": GREENHOUSE,
    "lever": LEVER, "recruitee": RECRUITEE, "xml": UNKNOWN_XML, "json": UNKNOWN_JSON, "table": UNKNOWN_CSV,
}  # fmt: skip
