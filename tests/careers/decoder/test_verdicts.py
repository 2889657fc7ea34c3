"""What titles and ads mean, on titles and ads written before the rules were run on them."""

import pytest
import yaml

from careers.content_files.files import FOLDER
from careers.decoder import OF_THE_FIELD, VERDICTS, decode
from tests.careers.decoder.fresh_ads import ADS, MORE_ADS
from tests.careers.decoder.fresh_titles import FRESH
from tests.careers.decoder.second_titles import MORE

# Kinds the guide files as relatives because they have a role of their own, though the work is of the field: navigators
# coordinate, supervisors and directors run care management.
OF_THE_FIELD_THOUGH_RELATIVES = ("navigator", "care management", "case management", "care coordination")
# Read as relatives whatever the guide's list of roles says: social workers who are called nothing else, and who helps
# people get one thing.
RELATIVES = {"medical-social-worker", "nursing-home-social-worker", "benefits-navigator"}


@pytest.mark.parametrize(("title", "right"), FRESH + MORE)
def test_a_fresh_title_is_read_rightly(title, right):
    assert decode(title).verdict in right


def test_the_fresh_titles_hold_all_six_verdicts_and_enough_of_them():
    assert len(FRESH) >= 150
    assert len(MORE) == 80
    assert {verdict for _title, right in FRESH for verdict in right} == set(VERDICTS)


@pytest.mark.parametrize(("right", "text"), [ad[1:] for ad in ADS + MORE_ADS], ids=[ad[0] for ad in ADS + MORE_ADS])
def test_an_ad_is_read_rightly(right, text):
    assert decode(text).verdict in right


def _guide():
    with (FOLDER / "titles.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)["titles"]


@pytest.mark.parametrize("row", _guide(), ids=lambda row: row["slug"])
def test_the_decoder_agrees_with_the_guide(row):
    found = decode(row["title"])

    assert found.title_slug == row["slug"]
    if row["slug"] == "service-coordinator":  # its own note says that the program decides
        assert found.verdict == "not_enough"
    elif row["slug"] in RELATIVES:
        assert found.verdict == "related"
    elif len(row["roles"]) == 2:
        assert found.verdict == "mixed"
    elif row["roles"]:
        assert found.verdict == {"CC": "coordination", "CM": "management"}[row["roles"][0]]
    elif any(kind in row["title"].lower() for kind in OF_THE_FIELD_THOUGH_RELATIVES):
        assert found.verdict in OF_THE_FIELD
    else:
        assert found.verdict == "related"


@pytest.mark.parametrize(
    "spelling",
    [
        "Case Manager", "CASE MANAGER", "case  manager", "Case\u00a0Manager", "Case-Manager", "Case Mgr.", "Case Managers",
        "Manager - Case", "Manager, Case", "Case Manger", "CaseManager",
        "Ｃａｓｅ Ｍａｎａｇｅｒ", "Sr. Case Manager II", "Case/Care Manager",
        "Case Manager - Albany, NY - $65,000", "Gestora de casos",
    ],
)  # fmt: skip
def test_other_spellings_mean_the_same(spelling):
    assert decode(spelling).verdict == "management"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Not a Case Manager", "not_enough"),
        ("Receptionist (not a care coordinator)", "not_this_field"),
        ("RN Care Coordinator", "mixed"),
        ("Non-RN Care Coordinator", "coordination"),
    ],
)
def test_a_denied_phrase_does_not_count(one, other):
    assert decode(one).verdict == other


def test_duties_lift_an_open_title_and_boilerplate_does_not():
    open_title = "Service Coordinator\n"

    assert (
        decode(open_title + "We are an equal opportunity employer. Benefits: medical, dental.").verdict == "not_enough"
    )
    assert (
        decode(open_title + "Schedule appointments. Make referrals. Connect families to services.").verdict
        == "coordination"
    )


def test_confidence_is_higher_for_the_clearer_title():
    assert decode("RN Case Manager").confidence > decode("Vocational Case Manager").confidence
    assert decode("Care Coordinator").confidence > decode("Zephyr Care Coordinator").confidence


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("Coordinator, Care", "coordination"),
        ("Sr. Coordinator - Care", "coordination"),
        ("Program Coordinator - Care", "not_enough"),
        ("Intake Coordinator - Home Care", "related"),
        ("Legal Intake Coordinator - Home Care", "not_this_field"),
        ("Intake Coordinator", "not_enough"),
    ],
)
def test_a_head_is_joined_across_a_dash_only_when_no_word_of_its_own_stands_before_it(title, verdict):
    assert decode(title).verdict == verdict


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("Care Manager/Coordinator", "mixed"),
        ("RN Case Manager & Coordinator - PACE", "mixed"),
        ("Customer Care Manager/Coordinator", "not_this_field"),
        ("Case Manager / Coordinator of Events", "management"),
        ("Not a Care Manager/Coordinator", "not_enough"),
    ],
)
def test_two_heads_share_the_word_before_the_first(title, verdict):
    assert decode(title).verdict == verdict


@pytest.mark.parametrize(
    "tail",
    [" - $25/hr", ", $25 - $30 per hour", " ($52,000 to $60,000 a year)",
        " 40 hrs/wk", " $31.50/HR", " - $78k", " /hr", " | $1,200 weekly"],
)  # fmt: skip
def test_pay_and_hours_change_nothing(tail):
    for title in ("Full Time", "Care Coordinator", "Case Manager", "Coordinator", "Warehouse Manager"):
        assert decode(title + tail).verdict == decode(title).verdict
    assert decode("HR Generalist").verdict == "not_this_field"


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("Prior Authorization Specialist", "related"),
        ("Prior Experience Preferred", "not_enough"),
        ("Self Starter", "not_enough"),
        ("Roofer - Nights", "not_this_field"),
        ("Hypnotist Downtown", "not_this_field"),
    ],
)
def test_an_ending_makes_a_job_only_of_the_head_of_a_title(title, verdict):
    assert decode(title).verdict == verdict


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("RN", "not_enough"), ("RN or LPN", "not_enough"), ("Registered Nurse - Remote - Compact License", "not_enough"),
        ("OR RN", "not_this_field"), ("Staff Nurse", "not_this_field"), ("ICU RN", "not_this_field"),
    ],
)  # fmt: skip
def test_a_nursing_license_alone_says_too_little(title, verdict):
    assert decode(title).verdict == verdict


MANAGING = """You follow a panel of 60 members by phone. Complete a health assessment of each member, write
and update the care plan, and meet goals with the member and the doctor."""


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ("There is no bedside work.", "management"),
        ("You start IV lines and give bedside care on a telemetry floor.", "not_this_field"),
    ],
)
def test_a_bare_nursing_title_takes_its_meaning_from_the_duties(more, verdict):
    assert decode(f"Registered Nurse - Remote\n{MANAGING} {more}").verdict == verdict


def test_a_bare_nursing_title_with_a_nurses_duties_is_of_another_field():
    ad = "RN\nAssess patients each shift, administer medications and follow the plan of care."

    assert decode(ad).verdict == "not_this_field"


def test_words_that_end_as_jobs_do_settle_nothing_in_prose():
    ad = "Great company!\nWe are looking for cheerful self starters and problem solvers. Paid weekly, room to grow."

    assert decode(ad).verdict == "not_enough"


@pytest.mark.parametrize(
    "title", ["Day Care Director", "Director, Lawn Care", "Skin Care Supervisor", "Memory Care Director"]
)
def test_other_care_is_other_care_under_any_head(title):
    assert decode(title).verdict == "not_this_field"
