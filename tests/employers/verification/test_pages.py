"""The pages: start page, claim, verification, vouching, letters. Who sees what, and what a press does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.staff import MODERATORS, write_groups
from employers import evidence, tasks, verification
from employers.models import Employer, Evidence, Verification
from tests.clock import NOW
from tests.employers.verification.conftest import PHONE_KEY, person
from tests.employers.verification.test_evidence import PDF
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.usefixtures("places")
START = "/employers/register/"
PROOF = "/hiring/hudson/verification/"


def text(answer):
    return answer.content.decode()


# --- The start page -----------------------------------------------------------------------------------


def test_the_start_page_says_free_the_wait_and_what_counts(client, settings):
    settings.VERIFICATION_WAIT_DAYS = 3
    page = text(client.get(START))

    assert "It is free" in page
    assert "usually within 3 working days" in page
    for proof in ("A call back", "letterhead", "code that you place on your website", "lead agency"):
        assert proof in page


@pytest.mark.parametrize(
    "query", ["q=hudson", "q=HUDSON+home", "q=hudsoncare.org", "q=https://hudsoncare.org/x", "place=12207", "q=home&place=Albany"]
)  # fmt: skip
def test_an_organization_is_found_by_name_website_or_place(client, agency, query):
    page = text(client.get(f"{START}?{query}"))

    assert 'data-employer-slug="hudson"' in page
    assert 'href="/employers/claim/hudson/"' in page
    assert "Not in the list?" in page


@pytest.mark.parametrize("query", ["q=maplebridge", "q=other.org", "place=Brooklyn", "q=hudson&place=Brooklyn"])
def test_what_does_not_fit_is_not_found_and_the_way_on_is_shown(client, agency, query):
    page = text(client.get(f"{START}?{query}"))

    assert "data-employer-slug" not in page
    assert "We don&#x27;t know it yet" in page or "We don't know it yet" in page
    assert reverse("employer_register_new") in page


@pytest.mark.parametrize("query", ["q=", "place=99999", "q=%00", "place=remote", "q=" + "x" * 300])
def test_bad_values_are_named_and_find_nothing(client, agency, query):
    answer = client.get(f"{START}?{query}")

    assert answer.status_code == 200
    assert "data-employer-slug" not in text(answer)
    assert "usa-error-message" in text(answer)


def test_unapproved_organizations_that_people_registered_are_not_listed(client, agency):
    EmployerFactory(unapproved=True, name="Hudson Secret Care")

    assert "Secret" not in text(client.get(f"{START}?q=hudson"))


# --- Claiming -----------------------------------------------------------------------------------------


def test_without_an_account_the_claim_page_says_what_counts_and_how_to_come_back(client, agency):
    page = text(client.get("/employers/claim/hudson/"))

    assert "?next=/employers/claim/hudson/" in page
    assert "Ends in 74" in page
    assert "262-34" not in page


def test_claiming_leads_to_the_ways_of_proof(client, agency):
    client.force_login(person("hhrecruiting@gmail.com"))

    answer = client.post("/employers/claim/hudson/", {"statement": "I am the recruiter.", "may_act": "on"}, follow=True)

    assert answer.redirect_chain == [(PROOF, 302)]
    assert "prepare your openings" in text(answer)
    assert "Please call us" in text(answer)


def test_claiming_with_the_registers_own_domain_opens_the_workspace(client, agency):
    client.force_login(person("dana@hudsoncare.org"))
    assert "You can be verified at once" in text(client.get("/employers/claim/hudson/"))

    answer = client.post("/employers/claim/hudson/", {"statement": "Recruiter", "may_act": "on"})

    assert answer.url == "/hiring/hudson/"
    assert Employer.objects.get(slug="hudson").is_approved


def test_a_claim_says_who_one_is(client, agency):
    client.force_login(person())

    page = text(client.post("/employers/claim/hudson/", {}))

    assert "Say in a few words what you do there." in page
    assert not Verification.objects.exists()


def test_a_look_alike_sees_a_status_page_and_no_workspace(client, agency):
    client.force_login(person("x@hudsoncare-careers.com"))

    answer = client.post("/employers/claim/hudson/", {"statement": "HR", "may_act": "on"}, follow=True)

    assert answer.status_code == 200
    assert "A moderator looks at your request before you can enter" in text(answer)
    for address in ("/hiring/hudson/", "/hiring/hudson/openings/new/"):
        assert client.get(address).status_code == 404


def test_what_is_not_public_has_no_claim_page(client, db):
    EmployerFactory(unapproved=True, slug="secret")

    assert client.get("/employers/claim/secret/").status_code == 404


# --- Verification -------------------------------------------------------------------------------------


@pytest.fixture
def claimed(client, agency):
    asked = verification.claim(employer=agency, user=person("hhrecruiting@gmail.com"), now=NOW)
    client.force_login(asked.user)
    return asked


def press(client, step, **typed):
    return client.post(PROOF, {"step": step, **typed}, follow=True)


def test_a_call_back_is_asked_for_with_the_best_time(client, claimed):
    page = press(client, "call", phone=PHONE_KEY, when="9 to 11, ask for Dana")

    assert "9 to 11, ask for Dana" in text(page)
    assert Evidence.objects.get().method == "call-back"


@pytest.mark.parametrize("phone", ["", "2125550199", "x"])
def test_no_other_number_can_be_asked_for(client, claimed, phone):
    page = press(client, "call", phone=phone, when="now")

    assert page.status_code == 200
    assert "usa-error-message" in text(page)
    assert not Evidence.objects.exists()


def test_a_code_is_shown_and_looked_for_by_a_worker(client, claimed, monkeypatch, django_capture_on_commit_callbacks):
    looked = []
    monkeypatch.setattr(tasks.check_code, "apply_async", lambda args, **options: looked.append(args))
    page = press(client, "website-code")
    code = Evidence.objects.get()
    assert code.code in text(page)
    assert "https://www.hudsoncare.org/.well-known/careers-portal.txt" in text(page)

    with django_capture_on_commit_callbacks(execute=True):
        press(client, "look-website")

    assert [code.pk] in looked


def test_a_letter_is_taken_and_a_program_is_not(client, claimed, letters_dir):
    bad = press(client, "letter", letter=SimpleUploadedFile("letter.pdf", b"MZ not a letter", "application/pdf"))
    assert "This is no PDF, JPG or PNG file." in text(bad)
    assert not Evidence.objects.exists()

    good = press(client, "letter", letter=SimpleUploadedFile("photo.exe", PDF, "application/x-msdownload"))
    assert "We have your letter" in text(good)
    assert Evidence.objects.get().letter.endswith(".pdf")


def test_confirmed_addresses_are_checked_when_asked(client, claimed):
    assert "None of your confirmed addresses" in text(press(client, "mail"))

    claimed.user.emailaddress_set.create(email="jobs@hudsoncare.org", verified=True)
    assert press(client, "mail").redirect_chain == [("/hiring/hudson/", 302)]


def test_taking_it_back_leaves_the_workspace(client, claimed):
    press(client, "withdraw")

    assert client.get("/hiring/hudson/").status_code == 404


@pytest.mark.parametrize("step", ["", "approve", "nonsense"])
def test_unknown_steps_are_not_found(client, claimed, step):
    assert client.post(PROOF, {"step": step}).status_code == 404


def test_viewers_see_and_cannot_act(client, claimed):
    viewer = MembershipFactory(employer=claimed.employer, access="viewer")
    client.force_login(viewer.user)

    assert "You can look, not act" in text(client.get(PROOF))
    assert client.post(PROOF, {"step": "call"}).status_code == 403


def test_strangers_find_nothing(client, claimed):
    client.force_login(UserFactory())

    assert client.get(PROOF).status_code == 404
    assert client.post(PROOF, {"step": "mail"}).status_code == 404


def test_a_refusal_is_read_with_its_reason_where_one_asked(client, claimed):
    verification.reject(verification=claimed, by=UserFactory(), reason="The front desk does not know you.", now=NOW)

    assert "The front desk does not know you." in text(client.get(PROOF))


def test_a_lead_agency_is_found_asked_and_answers_in_its_workspace(client, claimed):
    owner = MembershipFactory(employer=EmployerFactory(name="Capital Lead Agency", slug="lead"))
    assert "Capital Lead Agency" in text(client.get(f"{PROOF}?agency=capital+lead"))
    press(client, "vouch", agency="lead")
    asked = Evidence.objects.get()

    client.force_login(owner.user)
    assert "Hudson Health Home" in text(client.get("/hiring/lead/vouching/"))
    client.post("/hiring/lead/vouching/", {"evidence": asked.pk, "is_yes": "yes", "note": "Our network."})

    asked.refresh_from_db()
    assert asked.checked_by == owner.user
    assert asked.passed_at is not None


def test_nobody_answers_for_another_agency(client, claimed):
    owner, other = MembershipFactory(employer=EmployerFactory(slug="lead")), MembershipFactory()
    asked = evidence.ask_vouching(verification=claimed, agency=owner.employer, user=claimed.user, now=NOW)
    client.force_login(other.user)

    answer = client.post(
        f"/hiring/{other.employer.slug}/vouching/", {"evidence": asked.pk, "is_yes": "yes", "note": "x"}
    )

    assert answer.status_code == 404


def test_an_idle_owner_comes_back_with_one_click(client, claimed):
    Verification.objects.filter(pk=claimed.pk).update(reason="idle")

    assert "We are still here" in text(client.get(PROOF))
    assert "A person checks it now." in text(press(client, "still-here"))


# --- Letters are moderators' business -------------------------------------------------------------------


@pytest.fixture
def letter(claimed, letters_dir):
    """The address of a letter: that of its case."""
    evidence.add_letter(verification=claimed, content=PDF, user=claimed.user, now=NOW)
    return reverse("moderation_letter", args=[claimed.cases.get().pk])


def moderator():
    user = UserFactory(is_staff=True)
    user.groups.add(write_groups()[MODERATORS])
    return user


def test_moderators_get_a_letter_as_a_download(client, letter):
    sign_in_staff(client, moderator())

    answer = client.get(letter)

    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert {*answer["Content-Security-Policy"].split("; ")} == {"default-src 'none'", "sandbox"}
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_nobody_else_does_not_even_its_sender(client, letter):
    address = letter
    assert client.get(address).status_code == 403
    client.logout()
    assert client.get(address).status_code == 302


def test_a_moderator_does_not_read_letters_of_their_own_organization(client, letter):
    user = moderator()
    MembershipFactory(employer=Employer.objects.get(slug="hudson"), user=user)
    sign_in_staff(client, user)

    assert client.get(letter).status_code == 403


def test_every_page_that_promises_a_wait_takes_it_from_one_setting(client, settings):
    settings.VERIFICATION_WAIT_DAYS = 4
    owner = MembershipFactory(employer__unapproved=True).user
    employer = owner.memberships.get().employer
    ListingFactory(employer=employer, status="in_review", submitted_at=NOW)

    pages = {START: text(client.get(START)), "/posting-rules/": text(client.get("/posting-rules/"))}
    client.force_login(owner)
    pages[f"/hiring/{employer.slug}/"] = text(client.get(f"/hiring/{employer.slug}/"))

    assert [address for address, page in pages.items() if "within 4 working days" not in page] == []
    assert "We answer within 4 working days." in pages["/posting-rules/"]
    assert "A person looks at it, usually within 4 working days." in pages[f"/hiring/{employer.slug}/"]
