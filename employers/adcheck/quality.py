"""What seekers look for in an ad, and which of it this one says."""

from employers.adcheck.ad import Ad
from employers.adcheck.findings import Quality


def of(what):
    """Return the Quality of an opening, `content` of drafts, or Ad."""
    Ad.of(what)
    return Quality()
