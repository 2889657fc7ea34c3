"""The log for the team and the log for administrators: what each says, and who may read it."""

import ast
from datetime import timedelta

import pytest
from django.conf import settings

from accounts.staff import EDITORS, MODERATORS, write_groups
from careerportal.core import audit
from careerportal.core.admin import plain_cell
from careerportal.core.models import AuditEvent
from employers import activity, team
from tests.clock import NOW
from tests.employers.team.conftest import sign_in
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db
LOG = "/admin/core/auditevent/"
PAGE = "/hiring/hudson-care/activity/"


def written_verbs():
    """Every text "noun.step" in the modules that write the audit log, read from the code."""
    found = set()
    for app in ("employers", "accounts", "careers", "careerportal"):
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            if "audit.record(" not in path.read_text(encoding="utf-8"):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and node.args:
                    found |= {
                        one.value
                        for one in ast.walk(node.args[0])
                        if isinstance(one, ast.Constant) and isinstance(one.value, str) and "." in one.value[:-1]
                    }
    return found


def test_every_verb_that_is_written_is_either_told_to_the_team_or_kept_from_it_on_purpose():
    ours = {verb for verb in written_verbs() if not verb.startswith(("content.", "user.", "account."))}

    assert ours - activity.WORDS.keys() - set(activity.HIDDEN) == set()
    assert not activity.WORDS.keys() & set(activity.HIDDEN)


def test_the_team_reads_who_did_what_in_words(as_owner, employer, owner):
    listing = ListingFactory(employer=employer, headline="Night coordinator")
    gone = MembershipFactory(employer=employer, access="recruiter")
    staff = UserFactory(is_staff=True)
    audit.record("listing.published", about=listing, actor=gone.user, employer=employer, now=NOW - timedelta(hours=2))
    audit.record("listing.held", about=listing, actor=staff, employer=employer, now=NOW - timedelta(hours=1))
    audit.record("listing.unheld", about=listing, actor=staff, employer=employer, now=NOW - timedelta(minutes=5))
    team.remove(membership=gone, by=owner, now=NOW)

    told = [line.text for line in activity.lines(employer, activity.events(employer))]
    page = as_owner.get(PAGE).content.decode()

    assert told == [
        "Olive Owner removed a former member from the team",
        "A moderator looked, and an opening is shown again: Night coordinator",
        "An opening was hidden until a moderator has looked: Night coordinator",
        "A former member published an opening: Night coordinator",
    ]
    assert gone.user.email not in page
    assert page.index("removed a former member") < page.index("published an opening")


def test_reports_and_other_employers_are_not_told(as_owner, employer):
    reporter, other = UserFactory(), EmployerFactory()
    audit.record("report.made", about=employer, actor=reporter, employer=employer, now=NOW)
    audit.record("case.noted", about=employer, actor=reporter, employer=employer, now=NOW)
    audit.record("profile.changed", about=other, actor=reporter, employer=other, now=NOW)

    page = as_owner.get(PAGE).content.decode()

    assert "Nothing has happened yet" in page
    assert "data-verb" not in page


def test_every_sentence_can_be_said(employer):
    for verb in activity.WORDS:
        audit.record(verb, about=employer, employer=employer, now=NOW)

    assert len(activity.lines(employer, activity.events(employer))) == len(activity.WORDS)


def test_the_log_is_paged_and_costs_the_same_however_long(as_owner, employer, django_assert_max_num_queries):
    counts = []
    for more in (2, 60):
        for _number in range(more):
            audit.record("profile.changed", about=employer, employer=employer, now=NOW)
        as_owner.get(PAGE)
        with django_assert_max_num_queries(40) as queries:
            as_owner.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert as_owner.get(PAGE).content.decode().count("data-verb") == 50
    assert as_owner.get(f"{PAGE}?page=2").content.decode().count("data-verb") == 12


# --- For administrators ---------------------------------------------------------------------------
@pytest.fixture
def line(employer):
    return audit.record("employer.held", about=employer, actor=UserFactory(), employer=employer, now=NOW, reason="=1+1")


def test_administrators_read_find_and_export(client, employer, line):
    sign_in_staff(client, UserFactory(is_staff=True, is_superuser=True))

    assert "employer.held" in client.get(LOG).content.decode()
    assert "employer.held" in client.get(f"{LOG}{line.pk}/change/").content.decode()
    assert "1 audit event" in client.get(f"{LOG}?q={employer.pk}").content.decode()
    assert "0 audit events" in client.get(f"{LOG}?q={line.pk + 10**9}").content.decode()
    assert client.get(f"{LOG}?q={'9' * 40}").status_code == 200
    answer = client.post(LOG, {"action": "as_csv", "_selected_action": [line.pk]})
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode().splitlines()[0] == "at,verb,actor_id,kind,object_id,employer_id,detail"
    assert f",employer.held,{line.actor_id},employer,{employer.pk}," in answer.content.decode()


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(value):
    assert plain_cell(value) == f"'{value}"


def test_nobody_adds_changes_or_deletes_a_line(client, line):
    sign_in_staff(client, UserFactory(is_staff=True, is_superuser=True))

    assert client.get(f"{LOG}add/").status_code == 403
    assert client.post(f"{LOG}{line.pk}/change/", {"verb": "user.slept"}).status_code == 403
    assert client.post(f"{LOG}{line.pk}/delete/", {"post": "yes"}).status_code == 403
    assert AuditEvent.objects.get(pk=line.pk).verb == "employer.held"


@pytest.mark.parametrize("group", [EDITORS, MODERATORS])
def test_other_staff_do_not_read_it(client, line, group):
    user = UserFactory(is_staff=True)
    user.groups.add(write_groups()[group])
    sign_in_staff(client, user)

    assert client.get(LOG).status_code == 403
    assert client.get(f"{LOG}{line.pk}/change/").status_code == 403
    assert "audit" not in client.get("/admin/").content.decode().lower()


def test_members_do_not_read_the_administrators_log(client, employer, line):
    sign_in(client, MembershipFactory(employer=employer).user)

    assert client.get(LOG).status_code in (302, 403)
