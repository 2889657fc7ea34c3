"""The hub in the wheel: drawn from data, the same words in picture and list."""

import re
from html import unescape

import pytest
import yaml
from django.template import Context, Template
from django.utils.html import escape

from careers import hub
from careers.content_files import FOLDER
from careers.models import HubSpoke, Passage
from tests.careers_factories import HubSpokeFactory

NAMES = [
    "The person and family", "Doctors", "Nurses", "Specialists", "Behavioral health", "Social workers",
    "Housing, food, rides", "Health plans",
]  # fmt: skip


def draw():
    return Template("{% load careers %}{% hub_wheel %}").render(Context())


def explore(rows=None):
    """The explorer drawn from `rows`, or from all spokes in order."""
    rows = list(HubSpoke.objects.in_order()) if rows is None else rows
    page = Template("{% load careers %}{% hub_explorer rows passages %}")
    return page.render(Context({"rows": rows, "passages": Passage.objects.by_key()}))


def words_of(part):
    """The words of a piece of page, spaces made single."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())


def test_the_wheel_has_eight_named_spokes_clockwise_from_the_top(content):
    picture = draw()

    assert re.findall(r'<a class="hub__spoke [^>]*aria-label="([^"]+)"', picture) == NAMES
    assert [spoke.key for spoke in hub.spokes(HubSpoke.objects.all())] == list(hub.ICONS)


def test_the_list_says_the_same_as_the_wheel(content):
    picture, _, twin = draw().partition('<ul class="spokes"')
    links = re.findall(r'href="#(hub-[a-z]+)" aria-label="([^"]+)"', picture)
    items = re.findall(r'<li id="(hub-[a-z]+)">.*?<strong>([^<]+)</strong><span>([^<]+)</span>', twin)

    assert links == [(key, name) for key, name, _ in items]
    assert [sentence for _, _, sentence in items] == re.findall(r"</strong> ([^<]+)</span>", picture)


def test_words_in_the_wheel_are_escaped(content):
    HubSpoke.objects.filter(wheel_place=0).update(wheel_label='"><script>', wheel_sentence="<b>bold</b>")

    picture = draw()

    assert "<script>" not in picture
    assert escape("<b>bold</b>") in picture


def test_the_wheel_can_be_drawn_from_no_data(content):
    HubSpoke.objects.all().delete()

    assert "hub__spoke" not in draw()


def test_spokes_stand_on_a_circle_of_196_every_45_degrees():
    rows = [HubSpokeFactory.build(drawn=True, wheel_place=place) for place in range(8)]

    points = [(float(spoke.x), float(spoke.y)) for spoke in hub.spokes(rows)]

    assert points[:3] == [(260, 64), (398.6, 121.4), (456, 260)]
    assert all(((x - 260) ** 2 + (y - 260) ** 2) ** 0.5 == pytest.approx(196, abs=0.1) for x, y in points)


def test_a_spoke_tapers_from_the_hub_to_the_rim():
    spoke = hub.spokes([HubSpokeFactory.build(drawn=True)])[0]

    assert spoke.bar == "M266 176L262.5 98L257.5 98L254 176z"


def test_no_tick_hides_behind_a_node():
    assert hub.ticks().count("M") == 96 - 8
    assert "M260 " not in hub.ticks()


@pytest.mark.parametrize(
    ("place", "label", "anchor", "lines"),
    [
        (0, "The person and family", "middle", [("The person and family", "260", "12")]),
        (1, "Doctors", "start", [("Doctors", "448.6", "128.4")]),
        (4, "Behavioral health", "middle", [("Behavioral health", "260", "524")]),
        (6, "Housing, food, rides", "end", [("Housing,", "14", "255"), ("food, rides", "14", "279")]),
    ],
)
def test_labels_stand_outside_the_wheel_in_short_lines(place, label, anchor, lines):
    spoke = hub.spokes([HubSpokeFactory.build(drawn=True, wheel_place=place, wheel_label=label)])[0]

    assert spoke.anchor == anchor
    assert [(line.text, line.x, line.y) for line in spoke.lines] == lines


def test_every_text_of_the_hub_stands_in_the_wheel_and_in_the_list(content):
    """The words of hub.yaml, spoke by spoke; the wheel shows them in the panel a spoke opens."""
    file = yaml.safe_load((FOLDER / "hub.yaml").read_text(encoding="utf-8"))
    wheel, _, as_list = explore().partition('<details class="fold explorer__list">')
    said = [file["hub"][key] for key in ("name", "text", "CC", "CM")] + [file["differ"], file["consent_note"]]
    for spoke in file["spokes"]:
        said += [spoke[key] for key in ("name", "to_hub", "from_hub", "cc_focus", "cm_focus")]
        said += [spoke.get("wheel", {}).get(key, "") for key in ("label", "sentence")]

    assert file["list_heading"] in words_of(as_list)
    for form in (words_of(wheel), words_of(as_list)):
        for text in said:
            assert " ".join(text.split()) in form, text
    assert len(file["spokes"]) == 12


def test_a_spoke_and_its_item_of_the_list_say_the_same(content):
    wheel, _, as_list = explore().partition('<details class="fold explorer__list">')
    panels = re.findall(r'<section class="hub-panel.*?</section>', wheel, re.S)
    items = re.findall(r"<li><h3>.*?</dl>", as_list, re.S)

    assert len(panels) == len(items) == 13
    for panel, item in zip(panels, items, strict=True):
        assert re.findall(r"<dd>(.*?)</dd>", panel) == re.findall(r"<dd>(.*?)</dd>", item)


def test_each_spoke_leads_to_its_panel_without_script(content):
    page = explore()
    panels = re.findall(r'<section class="hub-panel[^"]*" id="(spoke-[a-z-]+)"', page)
    drawn = re.findall(r'<a class="hub__spoke [^>]*href="#(spoke-[a-z-]+)"', page)
    named = re.findall(r'<a class="at-\d+" href="#(spoke-[a-z-]+)"', page)

    assert len(drawn) == 8
    assert set(drawn) < set(named)
    assert panels == ["spoke-hub", *named]
    assert len(named) == 12


def test_the_panels_lead_once_around_the_wheel(content):
    stops = hub.stops(list(HubSpoke.objects.in_order()))

    assert [stop.number for stop in stops] == list(range(1, 13))
    for stop, following in zip(stops, [*stops[1:], stops[0]], strict=True):
        assert stop.after == following.row
        assert following.before == stop.row


def test_the_explorer_can_be_drawn_from_no_spoke_and_from_one(content):
    assert "hub__spoke" not in explore([])
    assert "hub__spoke" in explore([HubSpokeFactory.build(drawn=True)])


def test_words_of_a_spoke_are_escaped_in_both_forms(content):
    page = explore([HubSpokeFactory.build(drawn=True, to_hub="<b>bold</b>")])

    assert "<b>" not in page
    assert page.count(escape("<b>bold</b>")) == 2
