"""Merging across registers: on two of three and never on a name, with evidence, undo and doubtful pairs."""

import pytest

from employers.models import DoubtfulPair, Employer, Merge, RegisterEntry, Site
from employers.registers import merging
from employers.registers.normal import name_key, phone_key, readable, street_key, web_address
from tests.clock import NOW
from tests.employers.registers.tables import row
from tests.employers_factories import MembershipFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db
ELSEWHERE = {"address1": "500 Far Road", "zip": "12208"}
OTHER_NAME = {"name": "ROSEWOOD PAVILION"}


def public_names():
    return sorted(Employer.objects.public().values_list("name", flat=True))


@pytest.mark.parametrize(
    ("differing", "facts", "confidence"),
    [
        ({}, {"name", "street and ZIP", "phone"}, 0.99),
        ({"phone": ""}, {"name", "street and ZIP"}, 0.95),
        (ELSEWHERE, {"name", "phone"}, 0.9),
        (OTHER_NAME, {"street and ZIP", "phone"}, 0.85),
    ],
)
def test_two_of_three_merge_with_their_evidence(bring, differing, facts, confidence):
    bring("nysdoh", row("nysdoh", "1", lat="", lng=""))
    report = bring("hifld", row("hifld", "9", **differing))

    merge = Merge.objects.get()
    assert (report.merged, report.created, public_names()) == (1, 1, ["Linden Health Inc"])
    assert ({each["fact"] for each in merge.evidence}, merge.confidence) == (facts, confidence)
    site = Site.objects.get(closed_at=None)
    assert site.register_entries.count() == 2
    assert (site.name, site.address1) == ("Linden Hospital", "10 Linden Street")
    assert Employer.objects.public().get().website == "https://www.linden.example"


@pytest.mark.parametrize(
    "differing",
    [
        {**ELSEWHERE, "phone": ""},
        {**OTHER_NAME, "phone": ""},
        {**OTHER_NAME, **ELSEWHERE},
        {**OTHER_NAME, "phone": "", "address1": "11 Linden Street"},
    ],
)
def test_one_of_three_never_merges(bring, differing):
    bring("nysdoh", row("nysdoh", "1"))
    report = bring("hifld", row("hifld", "9", **differing))

    assert (report.merged, Merge.objects.count(), Employer.objects.public().count()) == (0, 0, 2)


def test_a_name_alone_in_one_town_is_a_doubtful_pair_and_elsewhere_nothing(bring):
    bring("nysdoh", row("nysdoh", "1"))
    far = {"city": "BROOKLYN", "zip": "11201", "county": "Kings", "lat": "", "lng": "", "phone": ""}
    nothing = bring("hifld", row("hifld", "8", address1="500 FAR ROAD", **far))
    near = bring("hifld", row("hifld", "9", **ELSEWHERE, phone=""))
    again = bring("hifld", row("hifld", "9", **ELSEWHERE, phone="", beds="5"))

    pair = DoubtfulPair.objects.get()
    assert (nothing.doubtful, near.doubtful, again.doubtful) == (0, 1, 0)
    assert (pair.first.name, pair.second.name, pair.evidence[0]["fact"]) == (
        "Linden Health Inc", "Linden Hospital", "name",
    )  # fmt: skip


@pytest.mark.parametrize("order", [("nysdoh", "hifld", "cms-hospitals"), ("cms-hospitals", "hifld", "nysdoh")])
def test_the_order_of_imports_does_not_matter(bring, order):
    for register in order:
        bring(register, row(register, "330001"))

    employer, site = Employer.objects.public().get(), Site.objects.get(closed_at=None)
    assert (employer.name, site.exactness, site.lat) == ("Linden Health Inc", "own", 42.6590)
    assert set(RegisterEntry.objects.values_list("employer", "site")) == {(employer.pk, site.pk)}
    assert [bring(register, row(register, "330001")).unchanged for register in order] == [1, 1, 1]


def test_undo_puts_everything_back_and_no_import_merges_it_again(bring):
    bring("nysdoh", row("nysdoh", "1"))
    bring("hifld", row("hifld", "9"))
    merging.undo(merge=Merge.objects.get(), by=UserFactory(), now=NOW)
    again = bring("hifld", row("hifld", "9", beds="7"))

    assert public_names() == ["Linden Health Inc", "Linden Hospital"]
    assert Site.objects.filter(closed_at=None).count() == 2
    assert Employer.objects.get(name="Linden Health Inc").website == ""
    assert (again.updated, again.merged, Merge.objects.filter(undone_at=None).count()) == (1, 0, 0)
    with pytest.raises(merging.MergeRefused, match="already undone"):
        merging.undo(merge=Merge.objects.get(), by=None, now=NOW)


def test_two_operators_of_one_register_never_become_one(bring):
    shared = {"address1": "10 Linden Street", "phone": "(518) 555-0110"}
    bring("nysdoh", row("nysdoh", "1"), row("nysdoh", "2", parent_org="Maple Health", **shared))
    bring("hifld", row("hifld", "9"))

    assert public_names() == ["Linden Health Inc", "Maple Health"]
    assert DoubtfulPair.objects.get().reason == "One register names them as two operators."


def test_operators_with_several_places_need_their_name_to_agree(bring):
    there = {"address1": "10 Linden Street", "zip": "12207", "phone": "(518) 555-0110"}
    bring("nysdoh", row("nysdoh", "1"), row("nysdoh", "2", address1="77 Elm Road", name="Linden Clinic"))
    bring("omh", row("omh", "1-1", **there), row("omh", "1-2", name="Birch Two"))
    named = row("omh", "2-1", parent_org="LINDEN HEALTH", agency_code="7", agency_phone="", **there)
    bring("omh", named, row("omh", "2-2", parent_org="LINDEN HEALTH", agency_code="7", address1="3 New Street"))

    assert public_names() == ["Birch Community Services", "Linden Health Inc"]
    assert DoubtfulPair.objects.get().reason == "The operators' names differ, and one of them has several places."
    assert Employer.objects.get(name="Linden Health Inc").sites.filter(closed_at=None).count() == 3


def test_the_claimed_one_is_kept_under_its_own_name(bring):
    bring("hifld", row("hifld", "9"))
    claimed = Employer.objects.get()
    MembershipFactory(employer=claimed)
    bring("nysdoh", row("nysdoh", "1"))
    claimed.refresh_from_db()

    assert (claimed.merged_into, claimed.name, claimed.register_entries.count()) == (None, "Linden Hospital", 2)


def test_two_claimed_ones_are_never_merged(bring):
    bring("nysdoh", row("nysdoh", "1"))
    bring("hifld", row("hifld", "9", **ELSEWHERE, phone=""))
    for employer in Employer.objects.all():
        MembershipFactory(employer=employer)
    report = bring("hifld", row("hifld", "9"))

    assert (report.merged, Merge.objects.count()) == (0, 0)
    with pytest.raises(merging.MergeRefused, match="Both are claimed"):
        merging.merge_pair(pair=DoubtfulPair.objects.get(), by=None, now=NOW)


def test_an_employer_that_a_person_registered_is_only_a_doubtful_pair(bring):
    site = SiteFactory(address1="10 Linden St.", employer__name="Linden Health", employer__phone="518-555-0110")
    report = bring("nysdoh", row("nysdoh", "1"))

    assert (report.merged, report.doubtful) == (0, 1)
    merge = merging.merge_pair(pair=DoubtfulPair.objects.get(), by=UserFactory(), now=NOW)
    assert (merge.kept, merge.confidence) == (site.employer, 1.0)
    assert site.register_entries.count() == 1
    assert Employer.objects.public().get() == site.employer
    with pytest.raises(merging.MergeRefused, match="already decided"):
        merging.merge_pair(pair=DoubtfulPair.objects.get(), by=None, now=NOW)


def test_a_dismissed_pair_is_not_asked_or_merged_again(bring):
    bring("nysdoh", row("nysdoh", "1"))
    bring("hifld", row("hifld", "9", **ELSEWHERE, phone=""))
    merging.dismiss(pair=DoubtfulPair.objects.get(), by=None, now=NOW)
    report = bring("hifld", row("hifld", "9"))

    assert (report.merged, Merge.objects.count(), DoubtfulPair.objects.get().state) == (0, 0, "dismissed")


def test_the_keys_fold_what_registers_write_differently():
    assert name_key("St. Mary's Hosp. & Med. Ctr., Inc.") == name_key("SAINT MARYS HOSPITAL AND MEDICAL CENTER")
    assert name_key("Linden North") != name_key("Linden South")
    assert street_key("3831 E. Blue Lupine   Ste B", "99654") == street_key("3831 East Blue Lupine #4", "99654")
    assert street_key("2 Main Street, 3rd Floor", "12207") == street_key("2 MAIN ST", "12207")
    assert street_key("2 Main Street", "") == ""
    assert phone_key("(518) 555-0110 x12") == phone_key("5185550110") == "5185550110"
    assert phone_key("(518) 000-0000") == phone_key("12") == ""
    assert (web_address("www.linden.example"), web_address("javascript:alert(1)")) == ("https://www.linden.example", "")
    assert readable("ST PETER'S HOSPITAL OF THE NORTH, LLC") == "St Peter's Hospital of the North, LLC"
    assert readable("Linden OF") == "Linden OF"
