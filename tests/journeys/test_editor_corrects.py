"""An editor with two hours a week corrects a sentence, sees where it shows, and takes it back; 360 px, without script."""

import re

import pytest

from accounts.staff import EDITORS, write_groups
from careers.models import Draft, Function
from tests.accounts.security.conftest import PASSWORD, SECRET, a_person, app_code, with_app
from tests.conftest import PHONE
from tests.journeys.browsing import expect, follow, no_sideways_scroll, picture, says

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
    follow(page.get_by_role("button", name="Sign in with password"))
    page.get_by_label("Code from your app").fill(app_code(SECRET))
    follow(page.get_by_role("button", name="Sign in", exact=True))


def reads(page, address, words):
    """Whoever opens `address` on the page reads `words` there."""
    page.goto(address)
    says(page, words)


def test_an_editor_finds_the_week_corrects_previews_publishes_and_rolls_back(portal, phone, stranger, editor):
    function = Function.objects.get(slug="needs-screening")
    before = function.explanation

    # She signs in with her second step, and the first page of the admin leads to her week.
    sign_in(phone, editor)
    follow(phone.get_by_role("link", name="This week").first)
    no_sideways_scroll(phone)
    picture(phone, "editor-week")
    expect(phone.get_by_role("region", name="Facts to look at again").locator("li")).to_have_count(5)
    told = phone.locator("#content").get_by_text(re.compile(r"About \d+ minutes")).first.inner_text()
    assert 0 < int(re.search(r"About (\d+) minutes", told).group(1)) <= 120

    # She opens a sentence that reads badly, and sees whom a change touches before she writes.
    phone.goto(f"/admin/careers/function/?q={function.slug}")
    follow(phone.get_by_role("link", name=function.name).first)
    shown = phone.get_by_role("complementary", name="Where this is shown")
    for address in (PAGE, "/careers/"):
        expect(shown.locator(f"a[href='{address}'], a[href^='{address}#']").first).to_be_visible()
    no_sideways_scroll(phone)
    picture(phone, "editor-form")

    # She corrects it as a draft: pages stay as they are.
    phone.get_by_label("Explanation").fill(CORRECTED)
    phone.locator("[name=change_note]").fill("Shorter and kinder.")
    follow(phone.get_by_role("button", name="Save as draft"))
    expect(phone.locator(".curation-changes ins").first).to_be_attached()
    no_sideways_scroll(phone)
    picture(phone, "editor-draft")
    reads(stranger, PAGE, before)

    # A colleague without an account sees the page as it would be; no search engine keeps it.
    preview = phone.get_by_role("complementary", name="Preview").locator(f"li:has-text('{PAGE}') a").first
    link = preview.get_attribute("href")
    reads(stranger, link, CORRECTED)
    assert "noindex" in stranger.request.get(link).headers["x-robots-tag"]
    picture(stranger, "editor-preview")

    # She publishes, and everyone reads it.
    follow(phone.get_by_role("button", name="Publish now"))
    assert Draft.objects.get().stage == Draft.Stage.PUBLISHED
    reads(stranger, PAGE, CORRECTED)
    assert stranger.goto(link).status in (404, 410)

    # The history shows the difference and her reason; one button brings the old sentence back.
    phone.goto(f"/admin/careers/function/{function.pk}/history/")
    newest = phone.locator("#change-history tbody tr").first
    expect(newest).to_contain_text("Edie Editor", use_inner_text=True)
    expect(newest).to_contain_text("Shorter and kinder.", use_inner_text=True)
    expect(newest.locator("del").first).to_be_attached()
    expect(newest.locator("ins").first).to_be_attached()
    no_sideways_scroll(phone)
    picture(phone, "editor-history")
    follow(phone.get_by_role("button", name=re.compile("Roll back to")).first)
    expect(phone.locator(".messagelist")).to_contain_text("Rolled back.", use_inner_text=True)
    reads(stranger, PAGE, before)
    assert function.history.count() == 3
