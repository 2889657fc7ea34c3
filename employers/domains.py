"""Mail and website domains: who registered them, what they prove, and which only look like somebody's.

Everything here works without the network. The list of public suffixes (https://publicsuffix.org/) comes with the package
publicsuffixlist; what employers have comes from the registers.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import idna
from disposable_email_domains import blocklist
from publicsuffixlist import PublicSuffixList
from rapidfuzz import process
from rapidfuzz.distance import OSA

from employers.domain_lists import (
    BAIT_WORDS,
    COMMON_WORDS,
    CONFUSABLE,
    FREE_MAIL,
    FREE_MAIL_BRANDS,
    PUBLIC_ENDINGS,
    READ_AS_ONE,
    SHARED_HOSTS,
)
from employers.models import BlockedDomain, Employer, RegisterEntry

# Shorter names meet by chance: "mercy" and "merci" are two words, "mountsinai" and "mountsinal" hardly.
LEAST_FOR_ENDING = 5
LEAST_FOR_ONE_SLIP = 7
LEAST_FOR_TWO_SLIPS = 13
LEAST_FOR_NAME = 6

_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1)
def _suffixes():
    return PublicSuffixList()


def host_of(text):
    """Return the host name in ASCII of a web address, mail address or host name; "" for an IP address or none at all."""
    text = (text or "").strip()
    if "://" in text or text.startswith("//"):
        try:
            host = urlsplit(text).hostname or ""
        except ValueError:
            return ""
    else:
        host = re.split(r"[/?#]", text, maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    host = unicodedata.normalize("NFKC", host).strip().rstrip(".").lower()
    try:
        ascii_host = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""
    try:
        ipaddress.ip_address(ascii_host.strip("[]"))
    except ValueError:
        return ascii_host if re.fullmatch(r"([a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}", ascii_host) else ""
    return ""


def registrable(text):
    """Return the part of a host that somebody registered: "example.co.uk" for "https://www.example.co.uk/x".

    `text` may be a web address, a mail address or a host name. "" when there is none: a public suffix itself, an IP
    address, a single word.
    """
    host = host_of(text)
    return (_suffixes().privatesuffix(host) or "") if host else ""


def label_of(domain):
    """Return the first part of a registrable domain as people read it, in Unicode: "müller" of "xn--mller-kva.de"."""
    label = domain.partition(".")[0]
    if label.startswith("xn--"):
        try:
            return idna.decode(label)
        except idna.IDNAError:
            return label
    return label


def is_free_mail(domain):
    """Whether anybody gets an address at this domain, for nothing or with a home connection."""
    domain = registrable(domain)
    return domain in FREE_MAIL or domain.partition(".")[0] in FREE_MAIL_BRANDS


def is_disposable(domain):
    """Whether the domain, or one above it, belongs to a service of throw-away addresses."""
    return any(part in blocklist for part in _and_above(host_of(domain)))


def is_blocked(domain):
    """Whether moderators keep the domain, or one above it, out."""
    return BlockedDomain.objects.filter(domain__in=_and_above(host_of(domain))).exists()


def is_shared_host(domain):
    """Whether many unrelated people or bodies are found under this domain, so that it shows nothing about one of them."""
    host = host_of(domain)
    if not host:
        return True
    found = registrable(host)
    ending = host.rpartition(".")[2]
    is_locality = host.count(".") >= 2 and bool(re.search(r"\.[a-z]{2}\.us$", host))
    return bool({host, found} & SHARED_HOSTS) or ending in PUBLIC_ENDINGS or is_locality or is_free_mail(host)


def _and_above(host):
    """The host and each domain above it, without the last part alone."""
    parts = host.split(".") if host else []
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]


def held_by(employer):
    """Return the registrable domains of the websites that registers hold for an employer, shared hosts left out."""
    websites = RegisterEntry.objects.filter(employer=employer, closed_at=None).exclude(website="")
    found = {
        registrable(website) for website in websites.values_list("website", flat=True) if not is_shared_host(website)
    }
    return found - {""}


def automatic(address_domain, employer):
    """Whether a confirmed address at this domain verifies the employer at once.

    True only when the registrable domain is that of a website which a register already holds for this employer, and for
    no other. Free mail, throw-away mail, blocked domains, hosts that many share and public bodies never count.
    """
    domain = registrable(address_domain)
    if not domain or is_shared_host(address_domain) or is_disposable(address_domain) or is_blocked(address_domain):
        return False
    return domain in held_by(employer) and not _held_by_others(domain, employer)


def _held_by_others(domain, employer):
    entries = RegisterEntry.objects.filter(website__icontains=domain.partition(".")[0]).exclude(employer=employer)
    others = Employer.objects.filter(approved_at__isnull=False, website__icontains=domain.partition(".")[0])
    websites = [
        *entries.values_list("website", flat=True),
        *others.exclude(pk=employer.pk).values_list("website", flat=True),
    ]
    return any(registrable(website) == domain for website in websites)


# --- Looking alike --------------------------------------------------------------------------------


@dataclass(frozen=True)
class LookAlike:
    """What a domain or name looks like: the domain or name of `employer_id`, and how (a word for moderators' notes)."""

    like: str
    employer_id: int
    how: str


def skeleton(text):
    """Return what a hurried eye reads: Latin letters only, digits and foreign letters as the letters they resemble."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(CONFUSABLE)
    plain = "".join(letter for letter in folded if letter.isascii() and letter.isalnum())
    for pair, letter in READ_AS_ONE:
        plain = plain.replace(pair, letter)
    return plain


def _without_bait(label):
    """The label without the words that are added as bait, and whether there were any: ("mountsinai", True)."""
    parts = [part for part in re.split(r"[-_]+", label) if part]
    kept = [part for part in parts if part not in BAIT_WORDS]
    if kept and len(kept) < len(parts):
        return "".join(kept), True
    whole = "".join(parts)
    for word in sorted(BAIT_WORDS, key=len, reverse=True):
        if len(whole) - len(word) < (LEAST_FOR_ENDING if len(word) > 2 else LEAST_FOR_ONE_SLIP):
            continue
        if whole.endswith(word):
            return whole.removesuffix(word), True
        if whole.startswith(word):
            return whole.removeprefix(word), True
    return whole, False


def held_domains():
    """Return {registrable domain: id of one employer that has it} of all registers and verified employers."""
    rows = [
        *Employer.objects.filter(approved_at__isnull=False, merged_into=None)
        .exclude(website="")
        .order_by("-pk")
        .values_list("website", "pk"),
        *RegisterEntry.objects.filter(closed_at=None)
        .exclude(website="")
        .order_by("-pk")
        .values_list("website", "employer_id"),
    ]
    return {domain: employer_id for website, employer_id in rows if (domain := _own_domain(website))}


@lru_cache(maxsize=65_536)
def _own_domain(website):
    """The registrable domain of a website, "" on a host that many share."""
    return "" if is_shared_host(website) else registrable(website)


@lru_cache(maxsize=65_536)
def _label_seen(domain):
    """The first part of a domain as a hurried eye reads it."""
    return skeleton(label_of(domain))


def look_alike(domain):
    """Return whose domain or name this domain only looks like, a LookAlike, or None.

    A domain that somebody holds is theirs and looks like nobody's, and so do free mail and shared hosts. A name alone as
    a domain is no look-alike; a name with a bait word is.

    Compares with all registers and verified employers. With 17,000 websites the first call of a process takes about 0.8 s
    (it reads them all), each later one 0.02 to 0.05 s.
    """
    domain = registrable(domain)
    if not domain or is_shared_host(domain):
        return None
    held = held_domains()
    if domain in held:
        return None
    return _like_a_domain(domain, held) or _like_a_name(domain)


def _like_a_domain(domain, held):
    label = label_of(domain)
    bare, has_bait = _without_bait(label)
    own, own_bare = skeleton(label), skeleton(bare)
    labels = {}
    for one, employer_id in held.items():
        labels.setdefault(_label_seen(one), (one, employer_id))
    if own in labels and (len(own) >= LEAST_FOR_ENDING or own != label):
        like, employer_id = labels[own]
        same = label_of(like).replace("-", "") == label.replace("-", "")
        return LookAlike(like, employer_id, "other ending" if same else "letters that look alike")
    if has_bait and len(own_bare) >= LEAST_FOR_ENDING and own_bare in labels:
        like, employer_id = labels[own_bare]
        return LookAlike(like, employer_id, "added word")
    if len(own) >= LEAST_FOR_ONE_SLIP:
        slips = 2 if len(own) >= LEAST_FOR_TWO_SLIPS else 1
        for candidate in dict.fromkeys((own, own_bare)):
            if len(candidate) < LEAST_FOR_ONE_SLIP:
                continue
            near = process.extractOne(candidate, list(labels), scorer=OSA.distance, score_cutoff=slips)
            if near is not None and len(near[0]) >= LEAST_FOR_ONE_SLIP:
                like, employer_id = labels[near[0]]
                return LookAlike(like, employer_id, "a letter or two apart")
    return None


def name_core(name):
    """Return what tells a name apart, as one word: "mountsinai" of "The Mount Sinai Hospital, Inc."."""
    words = _WORDS.findall(name.casefold())
    return "".join(word for word in words if word not in COMMON_WORDS)


@lru_cache(maxsize=65_536)
def _read(name):
    """A name as it is written and as a hurried eye reads it, whole and without common words."""
    whole, core = "".join(_WORDS.findall(name.casefold())), name_core(name)
    return whole, core, skeleton(whole), skeleton(core)


def _like_a_name(domain):
    bare, has_bait = _without_bait(label_of(domain))
    plain, own = "".join(_WORDS.findall(bare)), skeleton(bare)
    if len(own) < LEAST_FOR_NAME:
        return None
    for pk, name in Employer.objects.public().order_by("pk").values_list("pk", "name"):
        whole, core, whole_seen, core_seen = _read(name)
        if own not in (whole_seen, core_seen) or len(core_seen) < LEAST_FOR_NAME:
            continue
        if has_bait:
            return LookAlike(name, pk, "added word")
        if plain not in (whole, core):
            return LookAlike(name, pk, "letters that look alike")
    return None


def name_look_alike(name):
    """Return the public employer whose name this one imitates with foreign letters or digits, as a LookAlike, or None."""
    plain, _core, own, _core_seen = _read(name)
    if len(own) < LEAST_FOR_NAME:
        return None
    for pk, other in Employer.objects.public().order_by("pk").values_list("pk", "name"):
        whole, _core, seen, _core_seen = _read(other)
        if seen == own and whole != plain:
            return LookAlike(other, pk, "letters that look alike")
    return None
