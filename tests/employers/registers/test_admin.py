"""Registers in the admin: looked at, and changed by actions alone."""

import pytest
from django.contrib.auth.models import Permission

from employers.models import DoubtfulPair, Employer, EmployerGroup, Merge
from employers.register_admin import PAGES
from tests.employers.registers.tables import row
from tests.employers_factories import UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db
ELSEWHERE = {"address1": "500 Far Road", "zip": "12208", "phone": ""}


@pytest.fixture
def moderator(client):
    user = UserFactory(is_staff=True)
    names = [f"{verb}_{model._meta.model_name}" for verb in ("view", "change", "add") for model in PAGES]
    user.user_permissions.set(Permission.objects.filter(codename__in=[*names, "view_employer", "change_employer"]))
    return sign_in_staff(client, user)


def act(client, model, action):
    address = f"/admin/employers/{model._meta.model_name}/"
    chosen = list(model.objects.values_list("pk", flat=True))
    return client.post(address, {"action": action, "_selected_action": chosen}, follow=True).content.decode()


@pytest.mark.parametrize("model", [model for model in PAGES if model is not EmployerGroup])
def test_lists_and_pages_can_be_looked_at_and_not_changed(client, moderator, bring, model):
    bring("nysdoh", row("nysdoh", "1", zip="11200", lat="", lng=""), row("nysdoh", "2"))
    bring("cms-hospitals", row("cms-hospitals", "330001", **ELSEWHERE))
    bring("hifld", row("hifld", "9"))
    address = f"/admin/employers/{model._meta.model_name}/"
    one = model.objects.order_by("pk")[0]

    assert client.get(address).status_code == 200
    page = client.get(f"{address}{one.pk}/change/")
    assert page.status_code == 200
    assert 'type="text"' not in page.content.decode()
    assert client.get(f"{address}add/").status_code == 403
    assert client.get(f"{address}{one.pk}/delete/").status_code == 403


def test_an_undo_says_what_is_done_and_what_is_refused(client, moderator, bring):
    bring("nysdoh", row("nysdoh", "1"))
    bring("hifld", row("hifld", "9"))

    assert "1 is done." in act(client, Merge, "undo")
    assert "already undone" in act(client, Merge, "undo")
    assert Merge.objects.get().undone_by == moderator
    assert Employer.objects.public().count() == 2


@pytest.mark.parametrize(("action", "state", "public"), [("merge_them", "merged", 1), ("keep_apart", "dismissed", 2)])
def test_a_doubtful_pair_is_decided_once(client, moderator, bring, action, state, public):
    bring("nysdoh", row("nysdoh", "1"))
    bring("hifld", row("hifld", "9", **ELSEWHERE))

    assert "1 is done." in act(client, DoubtfulPair, action)
    assert "already decided" in act(client, DoubtfulPair, action)
    pair = DoubtfulPair.objects.get()
    assert (pair.state, pair.decided_by, Employer.objects.public().count()) == (state, moderator, public)


def test_a_moderator_makes_a_group_and_puts_an_employer_in(client, moderator, bring):
    bring("nysdoh", row("nysdoh", "1"))
    client.post("/admin/employers/employergroup/add/", {"name": "Linden System", "slug": "linden", "curated": "on"})
    Employer.objects.update(group=EmployerGroup.objects.get())

    assert "Linden System" in client.get("/admin/employers/employergroup/").content.decode()


def test_register_facts_of_an_employer_are_not_edited_by_hand(client, moderator, bring):
    bring("nysdoh", row("nysdoh", "1"))
    page = client.get(f"/admin/employers/employer/{Employer.objects.get().pk}/change/").content.decode()

    for name in ("listed_from", "employs", "merged_into", "closed_at"):
        assert f'name="{name}' not in page


def test_an_employer_known_from_a_register_alone_is_not_in_the_queue(client, moderator, bring):
    bring("nysdoh", row("nysdoh", "1"))

    assert "Linden Health" not in client.get("/admin/employers/employer/?standing=waiting").content.decode()
    assert "only from a register" in client.get("/admin/employers/employer/?standing=register").content.decode()
