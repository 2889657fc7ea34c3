"""A code that shows who controls a website or a domain: where we look for it, and whether it is there."""

import re
from html.parser import HTMLParser

import dns.exception
import dns.resolver

from careerportal.core.safefetch import FetchRefused, fetch
from employers.domains import host_of, registrable

FILE = "/.well-known/careers-portal.txt"
META = "careers-portal-code"
RECORD = "careers-portal-code="
RECORD_HOST = "_careers-portal"
SECONDS = 5


class CodeMissing(Exception):
    """The code was not found; str(error) says where we looked and what we met, fit to show."""


def look_on_website(website, code):
    """Return where the code stands on `website` (an address): in our file, or in a meta tag of its first page.

    Raises CodeMissing. Redirects are followed within the registered domain only.
    """
    host = host_of(website)
    domain = registrable(host)
    if not domain:
        raise CodeMissing("There is no website to look at.")
    met = ""
    for address in dict.fromkeys((f"https://{host}{FILE}", f"https://{domain}{FILE}", f"https://{host}/")):
        try:
            page = fetch(address, may_follow=lambda asked: registrable(asked) == domain)
        except FetchRefused as refusal:
            met = str(refusal)
            continue
        if page.status != 200:
            met = f"The site answered {page.status}."
            continue
        text = page.body.decode("utf-8", "replace")
        if code in (re.findall(r"\S+", text[:2000]) if address.endswith(FILE) else _meta_codes(text)):
            return page.url
        met = "The page is there, without the code."
    raise CodeMissing(f"We looked at https://{host}{FILE} and the first page of {host}. {met}")


class _Metas(HTMLParser):
    def __init__(self):
        super().__init__()
        self.codes = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "meta" and (named.get("name") or "").lower() == META:
            self.codes.append((named.get("content") or "").strip())


def _meta_codes(text):
    parser = _Metas()
    parser.feed(text)
    return parser.codes


def look_in_dns(domain, code):
    """Return the name of the TXT record that holds the code, of the domain itself or of `_careers-portal` below it.

    Raises CodeMissing.
    """
    domain = registrable(domain)
    for name in (f"{RECORD_HOST}.{domain}", domain):
        if f"{RECORD}{code}" in txt_records(name):
            return name
    raise CodeMissing(
        f"We looked at the TXT records of {RECORD_HOST}.{domain} and {domain}. A new record can take hours."
    )


def txt_records(name):
    """The TXT records of a name as this machine's DNS resolver gives them; none when there are none."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=SECONDS)
    except (dns.exception.DNSException, OSError):
        return []
    return [b"".join(record.strings).decode("utf-8", "replace").strip() for record in answer]
