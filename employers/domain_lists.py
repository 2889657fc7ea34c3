"""Domains that say nothing about an organization: free mail, hosts of other people's pages, public bodies.

The lists are short on purpose and kept by hand: services that people in the United States use, and the brands that
have a domain in many countries. Throw-away mail services change daily; they come from the package
disposable-email-domains (https://github.com/disposable-email-domains/disposable-email-domains).
"""

#: Free mail brands: whatever their ending is, as in yahoo.co.uk.
FREE_MAIL_BRANDS = frozenset(
    {"aol", "gmail", "gmx", "googlemail", "hotmail", "icloud", "outlook", "protonmail", "rocketmail", "yahoo", "yandex", "ymail"}
)  # fmt: skip

#: Free mail services, and the mail that comes with a home connection.
FREE_MAIL = frozenset(
    {
        "126.com", "163.com", "aim.com", "att.net", "bellsouth.net", "btinternet.com", "centurylink.net", "charter.net",
        "comcast.net", "cox.net", "daum.net", "duck.com", "earthlink.net", "email.com", "excite.com", "fastmail.com",
        "fastmail.fm", "free.fr", "frontier.com", "frontiernet.net", "hanmail.net", "hey.com", "hushmail.com", "inbox.com",
        "juno.com", "laposte.net", "libero.it", "live.com", "mac.com", "mail.com", "mail.ru", "mailbox.org", "me.com",
        "msn.com", "naver.com", "netscape.net", "netzero.net", "optimum.net", "optonline.net", "orange.fr", "passport.com",
        "peoplepc.com", "pm.me", "posteo.de", "proton.me", "ptd.net", "qq.com", "rediffmail.com", "roadrunner.com",
        "rogers.com", "rr.com", "sbcglobal.net", "shaw.ca", "sky.com", "spectrum.net", "startmail.com", "suddenlink.net",
        "sympatico.ca", "t-online.de", "telus.net", "tuta.com", "tutanota.com", "twc.com", "usa.com", "usa.net",
        "verizon.net", "wanadoo.fr", "web.de", "windstream.net", "wowway.com", "zoho.com", "zohomail.com",
    }
)  # fmt: skip

#: Hosts where anyone may have a page under the host's own name: a page there shows no control of the domain.
SHARED_HOSTS = frozenset(
    {
        "about.me", "bit.ly", "blogger.com", "blogspot.com", "business.site", "carrd.co", "care.com", "cms.gov",
        "constantcontact.com", "craigslist.org", "duckdns.org", "editorx.io", "eventbrite.com", "facebook.com", "fb.com",
        "fb.me", "github.com", "github.io", "glassdoor.com", "godaddysites.com", "google.com", "goo.gl", "guidestar.org",
        "healthgrades.com", "herokuapp.com", "hubspot.com", "idealist.org", "indeed.com", "instagram.com", "jimdo.com",
        "jimdofree.com", "linkedin.com", "linktr.ee", "mapquest.com", "medium.com", "microsoft.com", "mystrikingly.com",
        "netlify.app", "notion.site", "office.com", "onmicrosoft.com", "pages.dev", "paypal.com", "sharepoint.com",
        "site123.me", "sites.google.com", "square.site", "squarespace.com", "strikingly.com", "tinyurl.com", "tripod.com",
        "tumblr.com", "twitter.com", "vercel.app", "web.app", "webflow.io", "webnode.com", "weebly.com", "weeblysite.com",
        "wikipedia.org", "wixsite.com", "wix.com", "wordpress.com", "wpengine.com", "x.com", "yelp.com", "yolasite.com",
        "youtube.com", "ziprecruiter.com",
    }
)  # fmt: skip

#: Endings under which one domain serves many bodies, or where students and clients have addresses as well as staff.
PUBLIC_ENDINGS = ("gov", "mil", "edu", "int")

#: Words that a crook adds to an organization's name to make a domain of his own.
BAIT_WORDS = frozenset(
    {
        "application", "applications", "apply", "applynow", "career", "careers", "employment", "employmentoffice", "hire",
        "hiring", "hr", "hrdept", "humanresources", "interview", "interviews", "job", "jobs", "joboffers", "jobportal",
        "jobsearch", "join", "login", "offers", "onboarding", "online", "openings", "payroll", "portal", "recruit",
        "recruiter", "recruiters", "recruiting", "recruitment", "secure", "staff", "staffing", "talent", "team", "us",
        "usa", "vacancies", "work", "workforce",
    }
)  # fmt: skip

#: Words so common in names of health employers that they tell none apart.
COMMON_WORDS = frozenset(
    {
        "a", "agency", "and", "at", "care", "center", "centers", "clinic", "co", "community", "company", "corp",
        "corporation", "county", "facility", "for", "group", "health", "healthcare", "home", "hospital", "hospitals", "inc",
        "incorporated", "llc", "llp", "ltd", "management", "medical", "network", "nursing", "of", "pc", "pllc", "program",
        "rehabilitation", "service", "services", "system", "the",
    }
)  # fmt: skip

#: Letters of other alphabets, and digits, that look like Latin letters (a part of Unicode's confusables, UTS 39).
CONFUSABLE = str.maketrans(
    {
        "а": "a", "ɑ": "a", "α": "a", "в": "b", "ь": "b", "β": "b", "с": "c", "ϲ": "c", "ԁ": "d", "ɗ": "d", "е": "e",
        "ё": "e", "є": "e", "ε": "e", "ɡ": "g", "ց": "g", "һ": "h", "н": "h", "հ": "h", "і": "i", "ї": "i", "ι": "i",
        "ı": "i", "ɩ": "i", "ј": "j", "κ": "k", "к": "k", "ӏ": "l", "ⅼ": "l", "м": "m", "ո": "n", "п": "n", "η": "n",
        "о": "o", "ο": "o", "օ": "o", "σ": "o", "р": "p", "ρ": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "τ": "t",
        "υ": "u", "ս": "u", "ц": "u", "ν": "v", "ѵ": "v", "ԝ": "w", "ω": "w", "ш": "w", "х": "x", "χ": "x", "у": "y",
        "γ": "y", "ү": "y", "ᴢ": "z", "ʐ": "z", "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "8": "b", "|": "l",
    }
)  # fmt: skip

#: Pairs of letters that read as one.
READ_AS_ONE = (("rn", "m"), ("vv", "w"), ("cl", "d"))
