"""An editor with two hours a week corrects a sentence, sees where it shows, and takes it back; 360 px, without script."""

import re

import pytest

from accounts.staff import EDITORS, write_groups
from careers.models import Draft, Function
from tests.accounts.security.conftest import PASSWORD, SECRET, a_person, app_code, with_app
from tests.conftest import PHONE
from tests.journeys.browsing import no_sideways_scroll, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/careers/functions/"
CORRECTED = "A few kind questions about food, rides and safety show where help matters first."


@pytest.fixture
def editor():
    """Someone of the editors' group with a password and an authenticator app."""
    user = with_app(a_person("edie@example.org", name="Edie Editor", password=PASSWORD, is_staff=True))
    user.groups.add(write_groups()[EDITORS])
    return user


@pytest.fixture
def stranger(browser, live_server):
    """The phone of someone with no account."""
    context = browser.new_context(base_url=live_server.url, **PHONE)
    yield context.new_page()
    context.close()


def sign_in(page, user):
    """Sign in by password and the code of the app, on the way to the admin."""
    page.goto("/accounts/login/?next=/admin/")
    page.get_by_label("Email").first.fill(user.email)
    if not page.get_by_label("Password").is_visible():
        page.get_by_text("Use my password instead").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in with password").click()
    page.get_by_label("Code from your app").fill(app_code(SECRET))
    page.get_by_role("button", name="Sign in", exact=True).click()


def words_of(page, address):
    page.goto(address)
    return page.locator("main").inner_text()


def test_an_editor_finds_the_week_corrects_previews_publishes_and_rolls_back(portal, phone, stranger, editor):
    function = Function.objects.get(slug="needs-screening")
    before = function.explanation

    # She signs in with her second step, and the first page of the admin leads to her week.
    sign_in(phone, editor)
    phone.get_by_role("link", name="This week").first.click()
    no_sideways_scroll(phone)
    picture(phone, "editor-week")
    assert phone.get_by_role("region", name="Facts to look at again").locator("li").count() == 5
    assert 0 < int(re.search(r"About (\d+) minutes", phone.locator("#content").inner_text()).group(1)) <= 120

    # She opens a sentence that reads badly, and sees whom a change touches before she writes.
    phone.goto(f"/admin/careers/function/?q={function.slug}")
    phone.get_by_role("link", name=function.name).first.click()
    shown = phone.get_by_role("complementary", name="Where this is shown")
    assert {PAGE, "/careers/"} <= {
        link.get_attribute("href").partition("#")[0] for link in shown.get_by_role("link").all()
    }
    no_sideways_scroll(phone)
    picture(phone, "editor-form")

    # She corrects it as a draft: pages stay as they are.
    phone.get_by_label("Explanation").fill(CORRECTED)
    phone.locator("[name=change_note]").fill("Shorter and kinder.")
    phone.get_by_role("button", name="Save as draft").click()
    assert phone.locator(".curation-changes ins").count() > 0
    no_sideways_scroll(phone)
    picture(phone, "editor-draft")
    assert before in words_of(stranger, PAGE)

    # A colleague without an account sees the page as it would be; no search engine keeps it.
    preview = phone.get_by_role("complementary", name="Preview").locator(f"li:has-text('{PAGE}') a").first
    assert CORRECTED in words_of(stranger, preview.get_attribute("href"))
    assert "noindex" in stranger.request.get(stranger.url).headers["x-robots-tag"]
    picture(stranger, "editor-preview")

    # She publishes, and everyone reads it.
    link = stranger.url
    phone.get_by_role("button", name="Publish now").click()
    assert Draft.objects.get().stage == Draft.Stage.PUBLISHED
    assert CORRECTED in words_of(stranger, PAGE)
    assert stranger.goto(link).status in (404, 410)

    # The history shows the difference and her reason; one button brings the old sentence back.
    phone.goto(f"/admin/careers/function/{function.pk}/history/")
    newest = phone.locator("#change-history tbody tr").first
    assert "Edie Editor" in newest.inner_text()
    assert "Shorter and kinder." in newest.inner_text()
    assert newest.locator("del").count() > 0
    assert newest.locator("ins").count() > 0
    no_sideways_scroll(phone)
    picture(phone, "editor-history")
    phone.get_by_role("button", name=re.compile("Roll back to")).first.click()
    assert "Rolled back." in phone.locator(".messagelist").inner_text()
    assert before in words_of(stranger, PAGE)
    assert function.history.count() == 3
