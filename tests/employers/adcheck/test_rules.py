"""Rules on ads: which state asks for pay, from which size, since when, with the source beside it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from careers.models import PayRule, Source
from employers import pay
from employers.adcheck import rules
from tests.clock import NOW

TODAY = localdate(NOW)
NO_PAY = {"pay_min_usd": None, "pay_max_usd": None, "pay_period": ""}

pytestmark = pytest.mark.usefixtures("content")


def codes(found, severity=None):
    return [finding.code for finding in found if severity in (None, finding.severity)]


def places(*states, **more):
    """No pay, and work at sites in these states alone."""
    return {**NO_PAY, "site_states": states, "site_counties": (), "site_cities": (), "home_states": states, **more}


def test_a_fair_ad_has_no_findings(ad):
    assert rules.of(ad(), on=TODAY) == []


def test_new_york_asks_for_the_range_and_names_its_source_and_size(ad):
    first = rules.of(ad(**NO_PAY), on=TODAY)[0]

    assert (first.code, first.severity, first.field) == ("pay-range", "must", "pay_min_usd")
    assert "New York requires a pay range" in first.text
    assert "four or more workers" in first.text
    assert first.source_url.startswith("https://")
    assert first.source_name


@pytest.mark.parametrize(
    ("state", "severity"),
    [
        ("NY", "must"),
        ("CO", "must"),
        ("DC", "must"),
        ("MD", "must"),
        ("CA", "should"),
        ("NJ", "should"),
        ("VT", "should"),
    ],
)
def test_a_size_that_is_not_known_is_taken_to_be_four(ad, state, severity):
    found = rules.of(ad(**places(state)), on=TODAY)
    assert [finding.severity for finding in found if finding.code == "pay-range"] == [severity]


@pytest.mark.parametrize(
    ("state", "size", "expected"),
    [("NY", 3, []), ("NY", 4, ["must"]), ("CA", 14, []), ("CA", 15, ["must"]), ("MA", 24, []), ("MA", 25, ["must"])],
)
def test_below_its_size_a_rule_is_silent(ad, state, size, expected):
    found = rules.of(ad(**places(state)), on=TODAY, employer_size=size)
    assert [finding.severity for finding in found if finding.code == "pay-range"] == expected


@pytest.mark.parametrize("state", ["PA", "CT", "NV", "RI"])
def test_states_that_ask_nothing_of_an_ad_are_silent(ad, state):
    assert rules.of(ad(**places(state)), on=TODAY) == []


def test_a_rule_that_starts_later_is_announced_with_its_date(ad):
    [finding] = rules.of(ad(**places("DE")), on=TODAY)

    assert (finding.code, finding.severity) == ("pay-range-later", "should")
    assert "September 26, 2027" in finding.text


def test_on_its_first_day_it_holds(ad):
    assert codes(rules.of(ad(**places("DE")), on=date(2027, 9, 25), employer_size=26)) == ["pay-range-later"]
    assert codes(rules.of(ad(**places("DE")), on=date(2027, 9, 26), employer_size=26), "must") == ["pay-range"]


def test_remote_work_that_reports_to_new_york_meets_its_rule(ad):
    found = rules.of(ad(**places(remote_states=("FL",), home_states=("NY",))), on=TODAY)

    assert codes(found, "must") == ["pay-range"]
    assert "reports to a supervisor or an office there" in found[0].text


def test_remote_work_of_an_employer_in_two_states_is_asked_where_it_reports(ad):
    found = rules.of(ad(**places(remote_states=("FL",), home_states=("FL", "NY"))), on=TODAY)
    assert [(finding.code, finding.severity) for finding in found] == [("pay-range", "should")]


def test_a_rule_without_a_word_on_reporting_does_not_reach_other_states(ad):
    assert rules.of(ad(**places(remote_states=("FL",), home_states=("MD",))), on=TODAY) == []


def test_work_anywhere_in_the_country_meets_every_rule(ad):
    found = rules.of(ad(**places(remote_states=("US",), home_states=("FL",))), on=TODAY)

    assert "pay-range" in codes(found, "must")
    assert "pay-range-more" in codes(found)
    assert "New York" in " ".join(finding.text for finding in found if finding.code.startswith("pay-range"))


def test_an_ad_for_commission_may_say_that_instead(ad):
    found = rules.of(ad(**NO_PAY, description="This work is paid by commission."), on=TODAY)
    assert codes(found, "must") == []
    assert "commission" in codes(found)


def test_new_york_city_and_ithaca_have_rules_of_their_own_and_ended_ones_do_not_count(ad):
    city = rules.of(ad(**NO_PAY | {"site_counties": ("NY:Kings",), "site_cities": ("NY:Brooklyn",)}), on=TODAY)
    ithaca = rules.of(ad(**NO_PAY | {"site_counties": ("NY:Tompkins",), "site_cities": ("NY:Ithaca",)}), on=TODAY)
    westchester = rules.of(
        ad(**NO_PAY | {"site_counties": ("NY:Westchester",), "site_cities": ("NY:Yonkers",)}), on=TODAY
    )

    assert ["local-pay-range" in codes(found) for found in (city, ithaca, westchester)] == [True, True, False]


@pytest.mark.parametrize(
    "words",
    [
        "Earn up to $35 an hour.", "Pay starts at $52,000 a year.", "$25 and up per hour", "We pay $26/hr+ for this role",
        "Salary: from $60,000",
    ],
)  # fmt: skip
def test_pay_without_an_end_in_the_text_is_found(ad, words):
    [finding] = [one for one in rules.of(ad(description=words), on=TODAY) if one.code == "open-pay"]
    assert (finding.severity, finding.field) == ("must", "description")
    assert finding.source_url


@pytest.mark.parametrize(
    "words",
    [
        "Tuition help up to $5,250 a year.", "A sign-on bonus of up to $3,000.", "Up to 45 members.",
        "$24 to $28 an hour", "We raised $3 million. Up to 40 hours a week.",
    ],
)  # fmt: skip
def test_other_amounts_are_no_pay_without_an_end(ad, words):
    assert "open-pay" not in codes(rules.of(ad(description=words), on=TODAY))


@pytest.mark.parametrize(
    ("most", "expected"),
    [(48, None), (49, "should"), (72, "should"), (73, "must")],
)
def test_a_range_is_at_most_twice_and_never_more_than_three_times_as_high(ad, most, expected):
    found = [one for one in rules.of(ad(pay_max_usd=Decimal(most)), on=TODAY) if one.code == "wide-range"]
    assert [one.severity for one in found] == ([expected] if expected else [])


@pytest.mark.parametrize(("amount", "period"), [(52000, "hour"), (24, "year"), (9, "hour"), (600000, "year")])
def test_an_amount_that_cannot_be_meant_for_its_period_must_be_mended(ad, amount, period):
    found = rules.of(ad(pay_min_usd=Decimal(amount), pay_max_usd=Decimal(amount), pay_period=period), on=TODAY)
    assert codes(found, "must") == ["pay-period"]


def test_benefits_are_asked_where_a_state_wants_them_described(ad):
    colorado = ad(site_states=("CO",), site_counties=(), site_cities=(), benefits="")
    assert codes(rules.of(colorado, on=TODAY)) == ["benefits"]
    assert rules.of(ad(benefits=""), on=TODAY) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"licences": ("none",), "description": "A current RN license is required."}, "licences"),
        ({"licences": ("rn",), "licence_stance": "required", "description": "No license needed."}, "licences"),
        ({"licences": ("lpn",), "licence_stance": "required", "description": "LMSW license required."}, "licences"),
        ({"licences": ("rn",), "licence_stance": "required", "description": "RN license preferred."}, "licence_stance"),
        ({"education": "high-school", "description": "A bachelor's degree is required."}, "education"),
        ({"education": "bachelor", "description": "No degree needed."}, "education"),
        ({"visits": "none", "description": "You make home visits twice a week."}, "visits"),
        ({"visits": "none", "visits_percent": 40}, "visits_percent"),
        ({"visits": "some", "visits_percent": 0}, "visits_percent"),
        ({"needs_car": False, "description": "You need your own car."}, "needs_car"),
        ({"weekly_hours": Decimal(35), "description": "40 hours per week."}, "weekly_hours"),
        ({"counties": ("NJ:Bergen",), "visits": "some"}, "counties"),
        ({"counties": ("NY:Albany",), "visits": "none", "mode": "on-site"}, "counties"),
        ({"description": "The salary is $30 to $33 an hour."}, "pay_min_usd"),
    ],
)
def test_text_and_fields_that_contradict_each_other_are_named(ad, changed, field):
    found = rules.of(ad(**changed), on=TODAY)
    assert [finding.field for finding in found] == [field]
    assert found[0].severity == "should"


@pytest.mark.parametrize(
    "changed",
    [
        {"licences": ("none",), "description": "You work with RNs and an LCSW who supervises."},
        {"licences": ("rn",), "licence_stance": "required", "description": "RN license required."},
        {"education": "bachelor", "education_stance": "required", "description": "Bachelor's degree required."},
        {"visits": "none", "description": "No home visits."},
        {"counties": ("NY:Albany",), "visits": "some"},
        {"description": "The salary is $24 to $28 an hour."},
    ],
)
def test_what_agrees_is_not_named(ad, changed):
    assert rules.of(ad(**changed), on=TODAY) == []


def test_each_threshold_of_the_content_is_understood():
    read = {rule.state: pay.least_workers(rule.employer_threshold) for rule in PayRule.objects.filter(must_show=True)}
    assert read == {
        "NY": 4, "CA": 15, "CO": 1, "DC": 1, "HI": 50, "IL": 15, "MD": 1, "MA": 25, "MN": 30, "NJ": 10, "VT": 5, "WA": 15,
        "DE": 26, "ME": 10,
    }  # fmt: skip


def test_what_an_editor_changes_in_the_table_holds_at_once(ad):
    rule = PayRule.objects.create(
        slug="pa-new", state="PA", name="Pennsylvania", rule="Show it.", employer_threshold="Two or more workers"
    )
    rule.sources.add(Source.objects.create(slug="pa-pay", name="Pennsylvania law", url="https://pa.example/law"))

    [finding] = rules.of(ad(**places("PA")), on=TODAY)

    assert (finding.severity, finding.source_url) == ("must", "https://pa.example/law")


def test_an_unreadable_threshold_leaves_the_rule_to_a_person(ad):
    PayRule.objects.filter(state="NY").update(employer_threshold="See the law")
    assert codes(rules.of(ad(**NO_PAY | {"site_counties": ()}), on=TODAY), "must") == []


def test_the_words_of_the_rule_are_said_with_their_source(ad):
    words = rules.range_missing(ad(**NO_PAY), on=TODAY)
    assert "New York requires a pay range" in words
    assert "https://" in words
    assert rules.range_missing(ad(), on=TODAY) == ""
    assert rules.range_missing(ad(**places("PA")), on=TODAY) == ""
