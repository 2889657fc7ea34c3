"""Titles by setting: each cell leads to a search that returns what the cell promises."""

import re
from html import unescape

import pytest

from careers.models import CareSetting, JobTitle
from employers.openings_now import open_now
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory

pytestmark = pytest.mark.django_db


def cells(client):
    """(title, setting) -> (words of the cell, address or "") as the table shows them."""
    page = client.get("/careers/settings/").content.decode()
    table = page.partition("<table>")[2].partition("</table>")[0]
    settings = re.findall(r'<th scope="col"><a href="/careers/settings/([a-z0-9-]+)/">', table)
    found = {}
    for row in re.findall(r'<tr><th scope="row"><a href="/careers/titles/.*?</tr>', table, re.S):
        title = re.search(r"/careers/titles/([a-z0-9-]+)/", row).group(1)
        row_cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        assert len(row_cells) == len(settings)
        for setting, cell in zip(settings, row_cells, strict=True):
            address = re.search(r'href="([^"]+)"', cell)
            words = re.sub(r"<[^>]+>", "", re.sub(r'<span class="vh">.*?</span>', "", cell)).strip()
            found[title, setting] = (words, unescape(address.group(1)) if address else "")
    return found


def fill():
    """Openings of several titles in one, two and three settings; drafts and suspended ones among them."""
    titles = list(JobTitle.objects.order_by("slug"))
    settings = list(CareSetting.objects.order_by("slug"))
    employer, suspended = EmployerFactory(), EmployerFactory(suspended=True)
    for number in range(24):
        chosen = [settings[(number * 5 + step) % len(settings)] for step in range(1 + number % 3)]
        ListingFactory(employer=employer, published=True, title=titles[number * 7 % len(titles)], care_settings=chosen)
    ListingFactory(employer=employer, title=titles[0], care_settings=settings[:1])
    ListingFactory(employer=suspended, published=True, title=titles[1], care_settings=settings[:1])


def test_every_title_meets_every_setting(client, content, now):
    found = cells(client)

    assert len(found) == JobTitle.objects.count() * CareSetting.objects.count() == 94 * 19


def test_a_cell_says_open_none_open_or_no_data_and_only_that(client, content, now):
    fill()
    counts = open_now(at=NOW).pairs
    used = {
        (title.slug, setting.slug)
        for title in JobTitle.objects.prefetch_related("settings")
        for setting in title.settings.all()
    }

    for (title, setting), (words, address) in cells(client).items():
        if counts[setting, title]:
            assert words == f"{counts[setting, title]} open"
        elif (title, setting) in used:
            assert words == "none open"
        else:
            assert (words, address) == ("no data", "")


def test_each_cell_leads_to_a_search_that_returns_what_the_cell_promises(client, content, now):
    fill()
    linked = {key: cell for key, cell in cells(client).items() if cell[1]}
    some_open = [cell for cell in linked.values() if cell[0] != "none open"]
    none_open = [cell for cell in linked.values() if cell[0] == "none open"]

    assert len(some_open) >= 40
    assert len(none_open) >= 150
    for words, address in some_open + none_open[::4]:
        page = client.get(address).content.decode()
        promised = 0 if words == "none open" else int(words.split()[0])
        assert f'data-count="{promised}"' in page, address


def test_counts_by_title_and_setting_are_those_of_the_search(client, content, now):
    fill()
    counts = open_now(at=NOW)

    assert counts.total == 24
    for slug, found in counts.settings.items():
        assert f'data-count="{found}"' in client.get(f"/openings/?setting={slug}").content.decode()
    for slug, found in counts.titles.items():
        assert f'data-count="{found}"' in client.get(f"/openings/?title={slug}&same_work=0").content.decode()
    for slug, found in counts.roles.items():
        assert f'data-count="{found}"' in client.get(f"/openings/?role={slug}").content.decode()


def test_the_table_reads_in_a_screen_reader_and_by_keyboard(client, content, now):
    page = client.get("/careers/settings/").content.decode()
    table = page.partition('<div class="matrix"')[2].partition("</table>")[0]

    assert table.startswith(' role="region" aria-label="Table of titles by setting" tabindex="0">')
    assert "<caption" in table
    assert table.count('scope="col"') == 20
    assert table.count('scope="row"') == 94
    assert table.count('scope="rowgroup"') == 3
