"""Curation: lists, lines of text, what is due, and history."""

from datetime import date

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse

from careers import models
from careers.admin import ContentAdmin
from careers.models import CareRole, Passage
from tests.careers_factories import CareRoleFactory, FunctionFactory
from tests.clock import NOW

pytestmark = pytest.mark.django_db
EDITABLE = [getattr(models, name) for name in models.__all__ if name != "ContentLoad"]


@pytest.mark.parametrize("model", EDITABLE)
def test_every_piece_of_content_can_be_listed_searched_and_opened(admin_client, content, model):
    place = f"admin:careers_{model._meta.model_name}"
    row = model.objects.order_by("pk").first()

    assert isinstance(admin.site.get_model_admin(model), ContentAdmin)
    assert admin_client.get(reverse(f"{place}_changelist"), {"q": "care"}).status_code == 200
    assert admin_client.get(reverse(f"{place}_change", args=[row.pk])).status_code == 200
    assert admin_client.get(reverse(f"{place}_history", args=[row.pk])).status_code == 200


@pytest.mark.parametrize(("asked", "expected"), [("now", {"past"}), ("soon", {"past", "soon"}), ("none", {"never"})])
def test_facts_due_can_be_listed(admin_client, asked, expected):
    for slug, due in (
        ("past", date(2026, 11, 22)),
        ("soon", date(2027, 1, 1)),
        ("later", date(2027, 11, 1)),
        ("never", None),
    ):
        FunctionFactory(slug=slug, review_due=due)

    with time_machine.travel(NOW, tick=False):
        page = admin_client.get(reverse("admin:careers_function_changelist"), {"due": asked})

    assert {row.slug for row in page.context["cl"].queryset} == expected


def test_a_list_is_edited_as_lines(admin_client):
    role = CareRoleFactory(slug="a-role", typical_day=["Call people."])
    address = reverse("admin:careers_carerole_change", args=[role.pk])
    form = admin_client.get(address).context["adminform"].form
    sent = {name: bound.value() if bound.value() is not None else "" for name, bound in ((b.name, b) for b in form)}
    for prefix in ("steps", "pay_figures", "evidence"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    answer = admin_client.post(address, {**sent, "typical_day": "Call people.\r\n\r\n Visit people. "})

    assert answer.status_code == 302
    assert CareRole.objects.get(pk=role.pk).typical_day == ["Call people.", "Visit people."]
    assert role.history.count() == 2


def test_the_lasting_key_cannot_be_changed(admin_client):
    passage = Passage.objects.create(slug="a-note", text="Text")

    page = admin_client.get(reverse("admin:careers_passage_change", args=[passage.pk]))

    assert "slug" not in page.context["adminform"].form.fields
