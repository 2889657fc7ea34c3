"""Loading the samples into a portal without them: what it needs, what it refuses, that it can be done again."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts import samples
from careerportal.core.models import User
from employers.models import Employer
from tests.clock import NOW
from tests.employers_factories import EmployerFactory
from tests.samples_lists import write_lists


@pytest.fixture
def lists(db):
    write_lists()


def printed(command):
    out = io.StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_the_command_prints_how_many_there_are(lists):
    assert "12 employers, 40 openings (40 new, 0 with new dates), 10 accounts" in printed("load_samples")


def test_samples_come_back_after_removal(lists):
    samples.load(now=NOW)
    samples.remove()

    assert samples.load(now=NOW).created == 40


def test_loading_without_zip_codes_or_content_says_what_to_run(db):
    with pytest.raises(samples.SamplesRefused, match="load_content"):
        samples.load(now=NOW)
    assert not Employer.objects.exists()
    assert not User.objects.exists()


def test_loading_never_takes_over_an_employer_that_is_no_sample(lists):
    EmployerFactory(slug="harborview", name="Somebody Else")

    with pytest.raises(samples.SamplesRefused, match="/employers/harborview/"):
        samples.load(now=NOW)
    assert Employer.objects.get().name == "Somebody Else"


@pytest.mark.parametrize("command", ["load_samples", "sample_accounts"])
def test_production_refuses_the_samples_and_their_password(command, lists, settings):
    settings.PORTAL_ENV = "production"

    with pytest.raises(CommandError, match="demo only"):
        call_command(command)
    assert not User.objects.exists()


def test_the_table_says_when_there_are_no_accounts(db):
    assert "load_samples" in printed("sample_accounts")
