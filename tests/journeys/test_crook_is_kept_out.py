"""A crook with a look-alike domain claims an agency's entry and never gets that far, at 360 px without script."""

import re
from importlib import import_module

import pytest

from employers.models import BlockedDomain, CannedReason, Case, Employer, Membership, Verification
from tests.employers_factories import UserFactory
from tests.journeys.browsing import expect, follow, says
from tests.journeys.conftest import text_of
from tests.journeys.test_employer_is_verified import an_agency_that_only_a_register_knows, moderator  # noqa: F401
from tests.journeys.test_walking_portal import no_sideways_scroll, tick

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REASONS = import_module("employers.migrations.0010_canned_reasons").REASONS
CROOK = "hr@hudsonhea1thhome.org"  # a 1 for the l of hudsonhealthhome.org


@pytest.fixture
def canned_reasons(transactional_db):
    """The reasons that a migration ships; tests that end by emptying tables take them along."""
    for code, title, text, kinds in REASONS:
        CannedReason.objects.update_or_create(code=code, defaults={"title": title, "text": text, "kinds": kinds})


def test_a_look_alike_claims_an_entry_and_gets_nothing(canned_reasons, portal, phone, moderator, post_office):  # noqa: F811
    agency = an_agency_that_only_a_register_knows()
    agency.website = "https://hudsonhealthhome.org"
    agency.save()
    agency.register_entries.update(website=agency.website)
    user = UserFactory(email=CROOK, name="Dana Diaz")
    user.emailaddress_set.create(email=CROOK, verified=True, primary=True)

    # The crook signs in with an address that looks like the agency's, and claims its entry.
    phone.goto("/accounts/login/?next=/employers/claim/hudson-health-home/")
    phone.get_by_label("Email").first.fill(CROOK)
    follow(phone.get_by_role("button", name="Email me a sign-in code"))
    letter = text_of(post_office.newest(CROOK))
    phone.get_by_label("Code").fill(re.search(r"\b[0-9A-Z]{3,4}-?[0-9A-Z]{3,4}\b", letter).group())
    follow(phone.get_by_role("button", name="Continue"))
    phone.get_by_label("What do you do there?").fill("I am the new recruiter.")
    tick(phone, "I may act for this organization.")
    follow(phone.get_by_role("button", name="Claim it"))

    # It is no member: there is no workspace, and no opening can be written.
    assert not Membership.objects.exists()
    assert phone.goto("/hiring/hudson-health-home/openings/new/").status == 404

    # The case is the moderator's most urgent one, and says what looks wrong.
    moderator.goto("/moderation/")
    says(moderator, "Its domain looks like another organization's")
    expect(moderator.locator("tbody")).to_contain_text("urgent", use_inner_text=True)
    follow(moderator.locator("tbody a").first)
    says(moderator, CROOK)
    no_sideways_scroll(moderator)

    # One call to the register's number tells. The request is refused with a reason that is chosen, and the domain blocked.
    moderator.locator("summary", has_text="Call-back sheet").click()
    tick(moderator, "Reached: they say it is not them")
    moderator.get_by_label("Whom did you speak to, and what did they say?").fill("Front desk: nobody of that name.")
    follow(moderator.get_by_role("button", name="Write down the call"))
    moderator.locator("summary", has_text="Block a domain").click()
    expect(moderator.get_by_label("Domain")).to_have_value("hudsonhea1thhome.org")
    moderator.get_by_label("Why?").fill("Pretends to be Hudson Health Home.")
    follow(moderator.get_by_role("button", name="Block the domain"))
    moderator.get_by_label("A reason we often give").select_option(label="They say it is not them")
    follow(moderator.get_by_role("button", name="Refuse, with a reason"))
    says(moderator, "Nothing waits")

    # The crook reads why; the entry stays as the register has it, and nobody acts for it.
    assert Verification.objects.get().status == "rejected"
    assert BlockedDomain.objects.get().domain == "hudsonhea1thhome.org"
    assert Case.objects.get().outcome == "refused"
    assert "They do not know of this request" in text_of(post_office.newest(CROOK))
    assert not Employer.objects.approved().exists()
    assert not Membership.objects.exists()
    phone.goto("/openings/")
    expect(phone.locator("[data-count]")).to_have_attribute("data-count", "0")
