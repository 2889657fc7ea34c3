"""What was shown for one name and website shows nothing for the next."""

import pytest

from employers import evidence, verification, webcodes
from employers.models import Case, Evidence
from employers.verification import VerificationRefused
from tests.clock import NOW
from tests.employers.verification.conftest import person
from tests.employers.verification.test_asking_and_deciding import register
from tests.employers_factories import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everywhere(monkeypatch):
    """Every website and domain holds every code."""
    monkeypatch.setattr(webcodes, "look_on_website", lambda domain, code: f"https://{domain}/")
    monkeypatch.setattr(webcodes, "look_in_dns", lambda domain, code: domain)


def offered(asked):
    return [
        evidence.offer_code(verification=asked, method=method, user=asked.user)
        for method in ("website-code", "dns-code")
    ]


def change(asked, website="https://other-care.org", name=""):
    verification.change(
        employer=asked.employer, user=asked.user, name=name or asked.employer.name, website=website, now=NOW
    )


def test_a_code_on_one_website_does_not_count_for_the_next(everywhere):
    asked = register(person("dana@rivertown.org"), website="https://www.rivertown.org")
    for code in offered(asked):
        evidence.check_code(evidence=code, now=NOW)

    change(asked)

    assert not Evidence.objects.filter(passed_at__isnull=False).exists()
    assert set(Evidence.objects.values_list("domain", flat=True)) == {"other-care.org"}
    with pytest.raises(VerificationRefused, match="Say on what evidence"):
        verification.approve(verification=asked, by=UserFactory(is_staff=True), now=NOW)


def test_a_look_that_was_under_way_at_the_old_website_passes_nothing(everywhere):
    asked = register(person("dana@rivertown.org"), website="https://www.rivertown.org")
    under_way = offered(asked)

    change(asked)
    for code in under_way:
        evidence.check_code(evidence=code, now=NOW)

    assert not Evidence.objects.filter(passed_at__isnull=False).exists()


def test_a_proposed_website_that_is_replaced_needs_its_own_code(everywhere):
    owner = MembershipFactory(employer=EmployerFactory(website="https://hudson.org"), user=person("dana@hudson.org"))
    asked = verification.change(
        employer=owner.employer, user=owner.user, name="Hudson", website="https://mine.org", now=NOW
    )
    for code in offered(asked):
        evidence.check_code(evidence=code, now=NOW)

    change(asked, website="https://someone-else.org", name="Hudson")

    assert not Evidence.objects.filter(passed_at__isnull=False).exists()


def test_a_name_that_somebody_else_has_is_said_to_moderators_also_when_it_is_taken_later():
    EmployerFactory(name="State Hospital", slug="state-hospital")
    asked = register(person("dana@rivertown.org"))

    change(asked, name="State Hospital", website="")

    assert "same-name" in Case.objects.get(verification=asked).risks


def test_another_page_of_a_host_that_many_share_waits_for_a_moderator():
    owner = MembershipFactory(employer=EmployerFactory(website="https://facebook.com/hudson"))
    asked = verification.change(
        employer=owner.employer,
        user=owner.user,
        name=owner.employer.name,
        website="https://facebook.com/crook",
        now=NOW,
    )

    owner.employer.refresh_from_db()
    assert (asked.status, owner.employer.website) == ("open", "https://facebook.com/hudson")
