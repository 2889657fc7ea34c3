"""The hub in the wheel: drawn from data, the same words in picture and list."""

import re

import pytest
from django.template import Context, Template
from django.utils.html import escape

from careers import hub
from careers.models import HubSpoke
from tests.careers_factories import HubSpokeFactory

NAMES = [
    "The person and family", "Doctors", "Nurses", "Specialists", "Behavioral health", "Social workers",
    "Housing, food, rides", "Health plans",
]  # fmt: skip


def draw(options=""):
    return Template("{% load careers %}{% hub_wheel " + options + " %}").render(Context())


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


def test_the_words_around_the_wheel_are_left_out_on_a_content_page(content):
    assert "hub__say" in draw()
    assert "hub__say" not in draw("is_page=True")


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
