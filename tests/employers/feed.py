"""Feeds for import tests, written here."""

from xml.sax.saxutils import escape

JOB = {
    "title": "RN Case Manager",
    "date": "Fri, 20 Nov 2026 00:00:00 GMT",
    "referencenumber": "A-1",
    "url": "https://jobs.example.org/a-1",
    "company": "Hudson Care",
    "city": "Albany",
    "state": "NY",
    "country": "US",
    "description": "<p>You plan care with <b>members</b>.</p><ul><li>Visits</li><li>Calls</li></ul>",
    "salary": "$80,000 - $95,000 per year",
    "jobtype": "fulltime",
}


def job(**fields):
    """One job element; a field given as None is left out."""
    parts = {name: text for name, text in {**JOB, **fields}.items() if text is not None}
    return "<job>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items()) + "</job>"


def feed(*jobs):
    """A whole feed of `jobs`."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><source><publisher>Hudson Care</publisher>' + "".join(jobs) + "</source>"
    )
