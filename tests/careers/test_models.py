"""What the database refuses, and what the words mean."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from careers.models import CareRole, Function, HubSpoke, JobTitle, PayFigure, RoleStep, Source
from careers.vocabulary import Education, Family, RoleMask, role_codes, role_mask
from tests.careers_factories import CareRoleFactory, FunctionFactory, HubSpokeFactory, JobTitleFactory, PayFigureFactory


@pytest.mark.parametrize(
    ("constraint", "build"),
    [
        ("careers_source_tier_known", lambda: Source.objects.create(slug="s", name="S", tier="rumor")),
        ("careers_jobtitle_roles_is_a_mask", lambda: JobTitleFactory(slug="t", roles=4)),
        ("careers_jobtitle_family_known", lambda: JobTitle.objects.create(slug="t", name="T", family="XX")),
        ("careers_jobtitle_license_known", lambda: JobTitleFactory(slug="t", license_typical="always")),
        ("careers_carerole_family_known", lambda: CareRole.objects.create(slug="r", name="R", family="XX")),
        ("careers_carerole_license_known", lambda: CareRoleFactory(slug="r", license_required="always")),
        ("careers_function_someone_leads", lambda: FunctionFactory(lead=0)),
        ("careers_payfigure_fit_known", lambda: PayFigureFactory(fit="guess")),
        ("careers_payfigure_unit_known", lambda: PayFigureFactory(unit="month")),
        ("careers_payfigure_amount_inside_its_range", lambda: PayFigureFactory(p10_usd=50_000)),
        ("careers_hubspoke_wheel_has_eight_places", lambda: HubSpokeFactory(drawn=True, wheel_place=8)),
        ("careers_hubspoke_drawn_with_label_and_sentence", lambda: HubSpokeFactory(wheel_place=1)),
    ],
)
@pytest.mark.django_db
def test_the_database_refuses(constraint, build):
    with pytest.raises(IntegrityError, match=constraint):
        build()


@pytest.mark.django_db
def test_a_step_leads_to_another_role_and_is_named_once():
    role, other = CareRoleFactory(), CareRoleFactory(slug="care-manager", family="CM")
    RoleStep.objects.create(slug="step", role=role, to=other)

    with pytest.raises(IntegrityError, match="careers_rolestep_once_per_pair"), transaction.atomic():
        RoleStep.objects.create(slug="again", role=role, to=other)
    with pytest.raises(IntegrityError, match="careers_rolestep_leads_elsewhere"), transaction.atomic():
        RoleStep.objects.create(slug="circle", role=role, to=role)


@pytest.mark.django_db
def test_two_spokes_may_swap_places_but_not_share_one():
    one, two = HubSpokeFactory(drawn=True), HubSpokeFactory(drawn=True, wheel_place=1)

    HubSpoke.objects.filter(pk=one.pk).update(wheel_place=1)
    HubSpoke.objects.filter(pk=two.pk).update(wheel_place=0)
    _check_now()
    HubSpoke.objects.filter(pk=one.pk).update(wheel_place=0)
    with pytest.raises(IntegrityError, match="careers_hubspoke_one_per_place"):
        _check_now()


def _check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
def test_what_others_point_to_cannot_be_deleted():
    title = JobTitleFactory(role=CareRoleFactory())

    with pytest.raises(ProtectedError):
        title.role.delete()
    with pytest.raises(ProtectedError):
        PayFigureFactory(role=CareRoleFactory(slug="care-manager")).source.delete()


@pytest.mark.django_db
def test_pay_figures_leave_with_their_role():
    figure = PayFigureFactory()

    figure.role.delete()

    assert not PayFigure.objects.exists()


@pytest.mark.django_db
def test_every_change_of_a_text_is_kept():
    function = FunctionFactory(name="Before")
    function.name = "After"
    function.save()

    assert [row.name for row in Function.history.order_by("history_id")] == ["Before", "After"]


@pytest.mark.parametrize(("mask", "codes"), [(0, []), (1, ["CC"]), (2, ["CM"]), (3, ["CC", "CM"])])
def test_a_role_mask_and_its_codes_say_the_same(mask, codes):
    assert role_codes(mask) == codes
    assert role_mask(codes) == mask


def test_an_unknown_role_code_is_refused():
    with pytest.raises(KeyError):
        role_mask(["XX"])


@pytest.mark.parametrize(
    ("family", "mask", "slug"),
    [("CC", RoleMask.CC, "cc"), ("CM", RoleMask.CM, "cm"), ("adjacent", RoleMask.RELATED, "related")],
)
def test_a_family_knows_what_to_search_for(family, mask, slug):
    assert Family(family).mask == mask
    assert Family(family).role_slug == slug


def test_schooling_is_ranked_lowest_first():
    assert [level.rank for level in Education] == [0, 1, 2, 3, 4]
    assert Education.ASSOCIATE.rank < Education.BACHELOR.rank


@pytest.mark.parametrize(
    ("published", "dated"),
    [
        ("2024-04-17", "2024-04-17"),
        ("undated stored copy", "no date given"),
        ("undated stored copy (report of 2015)", "no date given (report of 2015)"),
        ("supplied text, undated", "no date given"),
    ],
)
def test_readers_are_told_that_a_source_gives_no_date(published, dated):
    assert Source(published=published).dated == dated
