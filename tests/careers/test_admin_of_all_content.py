"""Every kind of content can be worked with in the admin."""

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.urls import reverse

from careers import uses
from careers.addresses import kinds
from careers.admin import ContentAdmin

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_piece_of_content_can_be_listed_searched_and_opened(admin_client, content, kind):
    model = kinds()[kind]
    place = f"admin:careers_{model._meta.model_name}"
    row = model.objects.order_by("pk").first()
    cache.set(uses.KEPT_AT, {"stamp": "", "uses": {}, "titles": {}})

    assert isinstance(admin.site.get_model_admin(model), ContentAdmin)
    assert admin_client.get(reverse(f"{place}_changelist"), {"q": "care"}).status_code == 200
    assert admin_client.get(reverse(f"{place}_add")).status_code == 200
    if row is not None:
        assert admin_client.get(reverse(f"{place}_change", args=[row.pk])).status_code == 200
        assert admin_client.get(reverse(f"{place}_history", args=[row.pk])).status_code == 200
