"""Domains: every spelling comes to one registered domain, and only a register's own verifies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers import domains
from employers.models import BlockedDomain
from tests.clock import NOW
from tests.employers.directory.entries import entry_for, listed
from tests.employers_factories import EmployerFactory

SPELLINGS = [
    ("hudsoncare.org", "hudsoncare.org"),
    ("HudsonCare.ORG", "hudsoncare.org"),
    ("hudsoncare.org.", "hudsoncare.org"),
    ("mail.hudsoncare.org", "hudsoncare.org"),
    ("a.b.c.hudsoncare.org", "hudsoncare.org"),
    ("https://www.hudsoncare.org/jobs?x=1#top", "hudsoncare.org"),
    ("http://hudsoncare.org:8080/", "hudsoncare.org"),
    ("//hudsoncare.org/x", "hudsoncare.org"),
    ("dana@hudsoncare.org", "hudsoncare.org"),
    ("www.hudsoncare.co.uk", "hudsoncare.co.uk"),
    ("health.ny.gov", "ny.gov"),
    ("ｈudsoncare.org", "hudsoncare.org"),
    ("www.müller.de", "xn--mller-kva.de"),
    ("XN--MLLER-KVA.de", "xn--mller-kva.de"),
    ("clinic.github.io", "clinic.github.io"),
]


@pytest.mark.parametrize(("typed", "domain"), SPELLINGS)
def test_every_spelling_comes_to_the_domain_that_somebody_registered(typed, domain):
    assert domains.registrable(typed) == domain


@pytest.mark.parametrize(
    "typed",
    ["", " ", "co.uk", "org", "localhost", "127.0.0.1", "http://[::1]/", "https://", "no domain", "-", ".", "a..b", "\0.org"],
)  # fmt: skip
def test_what_nobody_registered_is_no_domain(typed):
    assert domains.registrable(typed) == ""


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_domains(text):
    found = domains.registrable(text)
    assert found == domains.registrable(found)
    assert found == found.lower()


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), max_size=3), st.booleans(), st.booleans())
def test_subdomains_case_and_a_last_dot_change_nothing(parts, is_loud, has_dot):
    host = ".".join([*parts, "hudsoncare.org"]) + "." * has_dot
    assert domains.registrable(host.upper() if is_loud else host) == "hudsoncare.org"


@pytest.mark.parametrize("domain", ["gmail.com", "yahoo.co.uk", "GMX.de", "nycap.rr.com", "verizon.net", "proton.me"])
def test_free_mail_is_known_in_every_country(domain):
    assert domains.is_free_mail(domain)


def test_throw_away_mail_is_known_below_its_domain_too():
    assert domains.is_disposable("mailinator.com")
    assert domains.is_disposable("x.mailinator.com")
    assert not domains.is_disposable("hudsoncare.org")


# --- At once ----------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def hudson():
    employer = listed(name="Hudson Care", slug="hudson")
    entry_for(employer, employer.sites.get(), source="hifld", website="https://www.hudsoncare.org/about")
    return employer


@pytest.mark.parametrize("domain", ["hudsoncare.org", "HUDSONCARE.ORG", "mail.hudsoncare.org", "hudsoncare.org."])
def test_an_address_at_the_registers_website_verifies_at_once(hudson, domain):
    assert domains.automatic(domain, hudson)


@pytest.mark.parametrize(
    "domain",
    [
        "hudsoncare.com", "hudson-care.org", "hudsoncare.org.evil.com", "hudsoncare-careers.org", "xhudsoncare.org", "org",
        "hudsоncare.org", "hudsoncare.co.uk", "gmail.com", "mailinator.com", "", "127.0.0.1", "evilhudsoncare.org",
    ],
)  # fmt: skip
def test_no_other_domain_does(hudson, domain):
    assert not domains.automatic(domain, hudson)


def test_the_website_that_a_person_typed_never_counts():
    employer = EmployerFactory(unapproved=True, website="https://hudsoncare.org")

    assert not domains.automatic("hudsoncare.org", employer)


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.facebook.com/hudsoncare", "facebook.com"),
        ("https://hudsoncare.wordpress.com", "wordpress.com"),
        ("https://hudsoncare.wixsite.com/home", "wixsite.com"),
        ("https://sites.google.com/view/hudson", "google.com"),
        ("https://health.ny.gov/hudson", "ny.gov"),
        ("https://www.dshs.state.tx.us/x", "state.tx.us"),
        ("https://www.med.navy.mil/x", "navy.mil"),
        ("https://health.university.edu", "university.edu"),
        ("https://hudson.rr.com", "rr.com"),
    ],
)
def test_a_host_that_many_share_never_counts(website, domain):
    employer = listed(name="Hudson Care", slug="hudson")
    entry_for(employer, None, source="hifld", website=website)

    assert not domains.automatic(domain, employer)


def test_a_website_that_two_employers_have_verifies_neither(hudson):
    other = listed(name="Hudson Care South", slug="south")
    entry_for(other, None, source="hifld", website="http://hudsoncare.org/south")

    assert not domains.automatic("hudsoncare.org", hudson)
    assert not domains.automatic("hudsoncare.org", other)


def test_a_blocked_domain_never_counts(hudson):
    BlockedDomain.objects.create(domain="hudsoncare.org", reason="Taken over.")

    assert not domains.automatic("mail.hudsoncare.org", hudson)


def test_a_website_that_is_gone_from_the_register_does_not_count(hudson):
    hudson.register_entries.update(closed_at=NOW)

    assert not domains.automatic("hudsoncare.org", hudson)


# --- Looking alike ----------------------------------------------------------------------------------


@pytest.fixture
def sinai():
    employer = listed(name="Mount Sinai Hospital", slug="sinai")
    entry_for(employer, employer.sites.get(), source="hifld", website="www.mountsinai.org")
    return employer


@pytest.mark.parametrize(
    "domain",
    [
        "mountsinai.com", "mountsinai.co.uk", "mount-sinai.org", "mountsinai-careers.com", "careers-mountsinai.org",
        "mountsinaijobs.com", "mountsinaihr.net", "mountsinay.org", "mountsiani.org", "mountslnai.org", "m0untsinai.org",
        "rnountsinai.org", "mоuntsinai.org", "xn--muntsinai-hfg.org", "mountsinai-hiring-team.com", "MountSinai-Careers.com.",
    ],
)  # fmt: skip
def test_a_domain_that_only_looks_like_an_employers_is_found_out(sinai, domain):
    assert domains.look_alike(domain).employer_id == sinai.pk


@pytest.mark.parametrize(
    "domain", ["mountsinai.org", "jobs.mountsinai.org", "gmail.com", "hudsoncare.org", "mounts.org", "sinai.org", "facebook.com"]
)  # fmt: skip
def test_other_domains_look_like_nobodys(sinai, domain):
    assert domains.look_alike(domain) is None


def test_a_name_with_a_bait_word_is_found_out_though_no_register_holds_a_website():
    employer = listed(name="The Rockland Hospital, Inc.", slug="rockland")

    assert domains.look_alike("rockland-careers.com").employer_id == employer.pk
    assert domains.look_alike("r0ckland.org").employer_id == employer.pk
    assert domains.look_alike("rockland.org") is None


def test_a_name_in_foreign_letters_is_found_out(sinai):
    assert domains.name_look_alike("Mоunt Sinai Hоspital").employer_id == sinai.pk
    assert domains.name_look_alike("Mount Sinai Hospital") is None


def test_looking_for_likeness_costs_the_same_for_two_employers_as_for_twelve(sinai, django_assert_num_queries):
    with django_assert_num_queries(3):
        domains.look_alike("nobody-like-this.org")
    for number in range(10):
        entry_for(listed(slug=f"other-{number}"), None, source="hifld", website=f"https://other{number}place.org")
    with django_assert_num_queries(3):
        domains.look_alike("nobody-like-this.org")
