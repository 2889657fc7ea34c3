"""Writing an opening in a browser with script: it saves by itself, says so, and brings text in clean from elsewhere."""

import pytest
from django.test import Client

from employers.forms.steps import STEPS
from employers.models import ListingInput
from tests.employers.writing_steps import address, new_york_asks_for_pay
from tests.employers_factories import MembershipFactory, SiteFactory
from tests.journeys.browsing import expect, faults_at_each_width, overheard, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOKEN = "0b0e7f6e-6a0c-4f0e-9f53-1d1f0c6a1a11"
WORD = (
    '<html><head><style>p.MsoNormal {margin:0}</style></head><body><h2>A week</h2><p class="MsoNormal">You <b>call</b> people'
    '&nbsp;daily.</p><ul><li>visits</li><li>notes<ul><li>short</li></ul></li></ul><script>alert(1)</script></body></html>'
)  # fmt: skip
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  const field = document.querySelector("textarea[name=description]");
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def employer(desktop, live_server):
    membership = MembershipFactory(employer__slug="hudson-care", employer__name="Hudson Care")
    SiteFactory(employer=membership.employer)
    new_york_asks_for_pay()
    client = Client()
    client.force_login(membership.user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    desktop.context.add_cookies([session])
    return membership.employer


def test_it_saves_by_itself_and_says_when_it_cannot(desktop, employer):
    desktop.goto(address(employer, TOKEN, "work"))
    status = desktop.locator("[data-status]")
    desktop.get_by_label("Headline").fill("Care Coo")
    expect(status).to_contain_text("Saved at")
    assert ListingInput.objects.get().values["headline"] == ["Care Coo"]

    desktop.get_by_label("Headline").fill("Care Coordinator")
    desktop.wait_for_timeout(200)
    expect(status).to_contain_text("Saved at")
    desktop.wait_for_function("() => !document.hidden")
    ListingInput.objects.update(values={"headline": ["Theirs"]})
    desktop.get_by_label("Headline").fill("Mine")
    expect(status).to_contain_text("somebody else changed this step")

    desktop.context.clear_cookies(name="sessionid")
    desktop.get_by_label("Headline").fill("Mine, later")
    expect(status).to_contain_text("you are signed out")


def test_text_of_a_word_processor_comes_in_as_markdown(desktop, employer):
    desktop.goto(address(employer, TOKEN, "words"))
    desktop.evaluate(PASTE, WORD)

    field = desktop.get_by_label("About the work")
    expect(field).to_have_value("### A week\n\nYou **call** people daily.\n\n- visits\n- notes\n   - short")


def test_no_step_has_a_fault_at_any_width(desktop, live_server, employer):
    with overheard(desktop, live_server.url) as heard:
        for name in (*(step.name for step in STEPS), "check"):
            desktop.goto(address(employer, TOKEN, name))
            desktop.set_viewport_size({"width": 1280, "height": 900})
            picture(desktop, f"write-{name}-1280")
            assert faults_at_each_width(desktop) == [], name
        for name in ("new", "paste"):
            desktop.goto(f"/hiring/{employer.slug}/openings/{name}/")
            picture(desktop, f"write-{name}-320")
            assert faults_at_each_width(desktop) == [], name
    assert heard == []
