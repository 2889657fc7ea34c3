"""An opening in words."""

from datetime import date
from decimal import Decimal

import pytest

from careerportal.places.place import Place
from employers import wording
from employers.models import Listing
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

TODAY = NOW.date()


def listing(**facts):
    """An opening that is not saved, full time unless told otherwise."""
    facts = {"employment": "full-time", "headline": "Care coordinator"} | facts
    return Listing(
        **{name: Decimal(value) if name.endswith(("usd", "hours")) else value for name, value in facts.items()}
    )


def pay(least, most, period, **facts):
    return listing(pay_min_usd=least, pay_max_usd=most, pay_period=period, **facts)


@pytest.mark.parametrize(
    ("opening", "words", "other_unit"),
    [
        (pay("24", "28", "hour"), "$24 to $28 an hour", ""),
        (pay("24", "28", "hour", weekly_hours="40"), "$24 to $28 an hour", "$49,920 to $58,240 a year, full time"),
        (pay("25", "25", "hour", weekly_hours="40"), "$25 an hour", "$52,000 a year, full time"),
        (pay("24", "28", "hour", weekly_hours="37.5"), "$24 to $28 an hour", "$46,800 to $54,600 a year, full time"),
        (
            pay("21", "23.50", "hour", employment="part-time", weekly_hours="24"),
            "$21 to $23.50 an hour",
            "$26,208 to $29,328 a year at 24 hours a week",
        ),
        (pay("21", "23.50", "hour", employment="part-time"), "$21 to $23.50 an hour", ""),
        (pay("30", "30", "hour", employment="per-diem"), "$30 an hour", ""),
        (
            pay("58000", "64500", "year", weekly_hours="40"),
            "$58,000 to $64,500 a year",
            "about $28 to $31 an hour",
        ),
        (pay("62400", "62400", "year", weekly_hours="40"), "$62,400 a year", "about $30 an hour"),
        (pay("58000.50", "58000.50", "year"), "$58,000.50 a year", ""),
        (listing(), "", ""),
    ],
)
def test_pay_is_said_in_both_units(opening, words, other_unit):
    assert wording.pay_text(opening) == words
    assert wording.pay_alt_text(opening) == other_unit


@pytest.mark.parametrize(
    ("amount", "words"),
    [("24", "$24"), ("24.00", "$24"), ("23.5", "$23.50"), ("1234567.891", "$1,234,567.89"), ("0.999", "$1")],
)
def test_dollars_show_cents_only_when_there_are_some(amount, words):
    assert wording.dollars(amount) == words


def test_dates_name_the_year_only_when_it_is_another():
    assert wording.day(date(2026, 12, 14)) == "December 14, 2026"
    assert wording.day(date(2026, 12, 14), today=TODAY) == "December 14"
    assert wording.day(date(2027, 1, 5), today=TODAY) == "January 5, 2027"


@pytest.mark.parametrize(
    ("facts", "closes", "left"),
    [
        ({"closes_on": date(2026, 12, 14)}, "Closes December 14", "22 days left."),
        ({"closes_on": date(2026, 11, 23)}, "Closes November 23", "1 day left."),
        ({"closes_on": TODAY}, "Closes today", "Today is the last day."),
        ({"closes_on": date(2026, 11, 1)}, "Closes November 1", ""),
        ({}, "Open until filled", ""),
        ({"is_always_hiring": True}, "Always hiring", ""),
    ],
)
def test_closing_in_words(facts, closes, left):
    assert wording.closes_text(listing(**facts), today=TODAY) == closes
    assert wording.days_left_text(listing(**facts), today=TODAY) == left


@pytest.mark.parametrize(
    ("miles", "words"),
    [(0.0, "less than 1 mile"), (0.99, "less than 1 mile"), (1.2, "1 mile"), (5.6, "6 miles"), (120.4, "120 miles")],
)
def test_miles_in_words(miles, words):
    assert wording.miles_text(miles) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"licences": []}, ""),
        ({"licences": ["none"]}, "No license asked"),
        ({"licences": ["rn"]}, "RN license"),
        ({"licences": ["rn", "lpn"], "licence_stance": "required"}, "RN or LPN license"),
        ({"licences": ["sw"], "licence_stance": "preferred"}, "Social work (LMSW or LCSW) license preferred"),
        ({"licences": ["rn"], "licence_stance": "will-train"}, "RN license, or they train you"),
        ({"licences": ["rn"], "licence_stance": "equivalent"}, "RN license or equal experience"),
        ({"licences": ["other"]}, "Another license"),
        ({"licences": ["none", "rn"]}, "No license needed; RN license welcome"),
    ],
)
def test_licenses_in_words(facts, words):
    assert wording.licence_text(listing(**facts)) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Full time"),
        ({"schedules": ["weekdays"]}, "Full time, weekdays"),
        ({"schedules": ["evenings", "weekdays"]}, "Full time, weekdays and evenings"),
        ({"employment": "part-time", "weekly_hours": "24.0"}, "Part time, 24 hours a week"),
    ],
)
def test_schedule_in_words(facts, words):
    assert wording.schedule_text(listing(**facts)) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"mode": "hybrid", "visits": "some"}, "Hybrid, some home visits"),
        ({"mode": "remote"}, "Remote"),
        ({"visits": "most"}, "Mostly home visits"),
        ({}, ""),
    ],
)
def test_work_mode_in_words(facts, words):
    assert wording.mode_text(listing(**facts)) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"experience_months": 24, "experience_stance": "required"}, "2 years of experience required"),
        ({"experience_months": 12}, "1 year of experience"),
        ({"experience_months": 18, "experience_stance": "preferred"}, "18 months of experience preferred"),
        ({"experience_months": 0}, "No experience needed"),
        ({"experience_months": 12, "experience_stance": "will-train"}, "1 year of experience, or they train you"),
        ({}, ""),
    ],
)
def test_experience_in_words(facts, words):
    assert wording.experience_text(listing(**facts)) == words


@pytest.mark.django_db
def test_places_in_words():
    employer = EmployerFactory()
    albany = SiteFactory(employer=employer)
    troy = SiteFactory(employer=employer, city="Troy", zip="12180", lat=42.73, lng=-73.69)
    near_troy = Place(kind="radius", town="Troy", state="NY", lat=42.73, lng=-73.69, miles=25)

    assert wording.place_text(ListingFactory(employer=employer, sites=[troy])) == "Troy, NY"
    both = ListingFactory(employer=employer, sites=[albany, troy])
    assert wording.place_text(both) == "Albany, NY and 1 more place"
    assert wording.place_text(both, near=near_troy) == "Troy, NY and 1 more place"
    assert wording.place_text(ListingFactory(remote=True, sites=[])) == "Remote, anywhere in the US"
    assert (
        wording.place_text(ListingFactory(remote_states=["NY", "NJ"], sites=[])) == "Remote in New York and New Jersey"
    )
    assert wording.place_text(ListingFactory(remote_states=["NY", "NJ", "CT", "PA"], sites=[])) == "Remote in 4 states"
