"""Whatever is typed into an opening: no page breaks, nothing runs, and what can be kept is kept."""

import json
import random
import uuid
from pathlib import Path

import pytest
import time_machine

from careers.models import Credential
from employers import typed, writing
from employers.forms import ListingForm
from employers.forms.steps import STEP_OF, STEPS
from employers.models import Listing, ListingInput
from employers.wordtext import to_markdown
from tests.careers_factories import CareSettingFactory, JobTitleFactory, PopulationFactory
from tests.clock import NOW
from tests.employers.writing_steps import address, answers
from tests.employers_factories import MembershipFactory, SiteFactory

pytestmark = pytest.mark.usefixtures("places")
LISTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile"
FREE_TEXT = ("headline", "description", "caseload", "supervision", "benefits")


def hostile():
    """One string of each kind that has broken a form somewhere."""
    letters = random.Random(6)
    kinds = [
        "", " ", "\0", "a\0b", "\r\n\r\n", "\t", "\u200b", "\ufeff", "\u202ereversed", "Z̡͙̖a̙̳l̡g͔o͙" * 9, "🏳️‍🌈👩‍⚕️" * 20,
        "ﷺ" * 60, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{ 7*7 }}{% debug %}",
        "${7*7}", "'; DROP TABLE employers_listing;--", "' OR 1=1 --", "%s%n%x", "../../../etc/passwd", "=HYPERLINK(1)",
        "-1", "0", "1e309", "NaN", "Infinity", "٣٤", "９９", "1,000.50", "99999999999999999999", "0x10", "1/0", "true", "null",
        "2027-02-30", "9999-12-31", "0001-01-01", "https://[::1", "https://a@b\\c", "http://xn--a", "https://" + "a" * 300,
        "x" * 70_000, "](javascript:alert(1))", "[a](javascript:alert(1))", "- " * 3000, "> " * 400 + "deep", "```", "&lt;p&gt;",
        "<p>" * 300, "• " * 500, "CON", "undefined", "\\", "\ud7ff", "ÅΩ≈ç√∫", "社會科學院", "הָיְתָה", "NY, XX, ,;;", ",",
    ]  # fmt: skip
    return [*kinds, *("".join(chr(letters.randrange(1, 0xD7FF)) for _each in range(80)) for _more in range(4))]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def employer(client):
    membership = MembershipFactory(employer__slug="hudson-care")
    client.force_login(membership.user)
    JobTitleFactory(), CareSettingFactory(), PopulationFactory()
    Credential.objects.create(slug="ccm", name="CCM")
    SiteFactory(employer=membership.employer)
    return membership.employer


@pytest.fixture
def said(employer):
    return {
        "headline": "Care Coordinator", "title": "care-coordinator", "care_settings": ["hospital"],
        "sites": [str(employer.sites.get().pk)], "employment": "full-time", "pay_min_usd": "25", "pay_max_usd": "31",
        "pay_period": "hour", "description": "You call people.", "positions": "1",
    }  # fmt: skip


@pytest.mark.parametrize("text", hostile(), ids=lambda text: ascii(text)[:24])
def test_no_string_in_any_field_breaks_a_step_or_is_lost(client, employer, text):
    token = uuid.uuid4()
    for step in STEPS:
        answer = client.post(address(employer, token, step.name), {name: [text, text] for name in step.fields})
        assert answer.status_code in (200, 302), step.name

    kept = ListingInput.objects.get(token=token).values
    assert all(kept[name] == typed.cleaned([text, text]) for step in STEPS for name in step.fields)
    for name in ("words", "check"):
        page = client.get(address(employer, token, name))
        assert page.status_code == 200, name
        assert "<script>alert" not in page.content.decode()
        assert "<img src=x" not in page.content.decode()
    answer = client.post(address(employer, token, "check"), {"finish": "schedule", "publish_at": text[:3000]})
    assert answer.status_code == 200
    assert not Listing.objects.exists()


@pytest.mark.parametrize("name", sorted(ListingForm.base_fields))
def test_one_hostile_answer_among_right_ones_breaks_nothing(client, employer, said, name):
    right = {field: [text] if isinstance(text, str) else text for field, text in said.items()}
    for text in hostile()[::9]:
        values = {**right, name: typed.cleaned([text])}
        row = writing.begin(employer=employer, token=uuid.uuid4(), by=None, now=NOW, values=values)
        answer = client.post(address(employer, row.token, "check"), {"finish": "publish"})
        assert answer.status_code in (200, 302)
    for listing in Listing.objects.all():
        page = client.get(listing.get_absolute_url())
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
        assert 'href="javascript:' not in page.content.decode()


@pytest.mark.parametrize("text", hostile(), ids=lambda text: ascii(text)[:24])
def test_no_pasted_text_breaks_reading(client, employer, text):
    ad = f"{text}\nCare Coordinator\n$25 {text} an hour\n{text}"

    answer = client.post(f"/hiring/{employer.slug}/openings/paste/", {"token": str(uuid.uuid4()), "ad": ad})

    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("text", hostile(), ids=lambda text: ascii(text)[:24])
def test_cleaning_twice_changes_nothing_more(text):
    once = to_markdown(text)

    assert to_markdown(once) == once


@pytest.mark.parametrize(
    "file", ["naughty_strings.json", "xss_payloads.json", "csv_injection.json", "open_redirect.json"]
)
def test_every_string_of_the_shared_lists_can_be_typed(client, employer, file):
    if not (LISTS / file).exists():
        pytest.skip(f"no {file} here")
    texts = sorted(set(strings_in(json.loads((LISTS / file).read_text(encoding="utf-8")))))
    for at in range(0, len(texts), len(STEP_OF)):
        several = dict(zip(STEP_OF, texts[at : at + len(STEP_OF)], strict=False))
        for step in STEPS:
            fields = {name: [several[name]] for name in step.fields if name in several}
            assert client.post(address(employer, uuid.UUID(int=7), step.name), fields).status_code in (200, 302)
        page = client.get(address(employer, uuid.UUID(int=7), "check"))
        assert page.status_code == 200


def strings_in(found):
    if isinstance(found, str):
        yield found
    elif isinstance(found, (list, dict)):
        for one in found.values() if isinstance(found, dict) else found:
            yield from strings_in(one)


def test_an_opening_of_hostile_words_shows_them_as_words(client, employer, said):
    marked = dict.fromkeys(FREE_TEXT, "<script>alert(1)</script> & <b>bold</b>")
    token = uuid.uuid4()
    for step in STEPS:
        client.post(address(employer, token, step.name), answers(step, {**said, **marked}))
    client.post(address(employer, token, "check"), {"finish": "publish"})

    page = client.get(Listing.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
