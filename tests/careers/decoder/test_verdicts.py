"""What titles and ads mean, on titles and ads written before the rules were run on them."""

import pytest
import yaml

from careers.content_files.files import FOLDER
from careers.decoder import OF_THE_FIELD, VERDICTS, decode
from tests.careers.decoder.fresh_ads import ADS, MORE_ADS
from tests.careers.decoder.fresh_titles import FRESH

# Kinds the guide files as relatives because they have a role of their own, though the work is of the field: navigators
# coordinate, supervisors and directors run care management.
OF_THE_FIELD_THOUGH_RELATIVES = ("navigator", "care management", "case management", "care coordination")


@pytest.mark.parametrize(("title", "right"), FRESH)
def test_a_fresh_title_is_read_rightly(title, right):
    assert decode(title).verdict in right


def test_the_fresh_titles_hold_all_six_verdicts_and_enough_of_them():
    assert len(FRESH) >= 150
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
