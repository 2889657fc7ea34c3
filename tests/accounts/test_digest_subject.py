"""The subject of a digest says how many openings there are, however long the first one's name is."""

import pytest

from accounts.emails import _digest_subject
from careerportal.core.mail import SUBJECT_MAX_LENGTH
from tests.employers_factories import EmployerFactory, ListingFactory

pytestmark = pytest.mark.django_db
LONG = "Care Coordinator, family practice (medical assistants)"


def listings(headline, count):
    employer = EmployerFactory()
    return [ListingFactory(published=True, employer=employer, headline=headline) for _number in range(count)]


@pytest.mark.parametrize(
    ("headline", "count", "subject"),
    [
        ("RN Case Manager", 1, "New opening: RN Case Manager, Albany, NY"),
        ("RN Case Manager", 2, "RN Case Manager, Albany, NY and 1 more opening"),
        ("RN Case Manager", 9, "RN Case Manager, Albany, NY and 8 more openings"),
        # no room for the place
        (LONG, 3, f"{LONG} and 2 more openings"),
    ],
)
def test_a_subject_names_the_first_opening_and_how_many_more_there_are(headline, count, subject):
    assert _digest_subject(listings(headline, count)) == subject


@pytest.mark.parametrize("count", [1, 10])
def test_a_long_headline_gives_way_to_the_count(count):
    subject = _digest_subject(listings("Care " * 23, count))

    assert len(subject) <= SUBJECT_MAX_LENGTH
    assert subject.endswith("and 9 more openings") if count > 1 else subject.startswith("New opening: Care")
