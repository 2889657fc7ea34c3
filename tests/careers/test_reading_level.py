"""Our own text is easy to read: grade 8.5 on average, measured on the pages as readers meet them."""

import io

import pytest
from django.core.management import call_command

from careers import addresses, reading_level
from careers.models import CareRole

pytestmark = pytest.mark.django_db


def test_public_pages_are_easy_to_read_on_average(client, content):
    asked = [*addresses.all_addresses(), *reading_level.OTHER_PAGES]
    answers = [(address, client.get(address)) for address in asked]
    assert {answer.status_code for _address, answer in answers} == {200}

    graded = reading_level.pages((address, answer.content.decode()) for address, answer in answers)

    hard = [f"{page.address}: {page.grade:.1f}" for page in graded if page.grade > 11]
    assert reading_level.average(graded) <= reading_level.HIGHEST_AVERAGE
    assert hard == []
    assert len(graded) > 150, "pages whose text was not found"
    assert all(page.words >= 20 for page in graded), [page for page in graded if page.words < 20]


def test_the_command_lists_the_ten_hardest_pages_and_the_average(content):
    out = io.StringIO()

    call_command("reading_level", stdout=out)

    lines = out.getvalue().splitlines()
    assert len(lines) == 11
    grades = [float(line.split()[0]) for line in lines[:-1]]
    assert grades == sorted(grades, reverse=True)
    assert "average grade" in lines[-1]


def test_the_command_fails_when_the_text_is_too_hard(content, monkeypatch):
    monkeypatch.setattr(reading_level, "HIGHEST_AVERAGE", 0)

    with pytest.raises(SystemExit) as stopped:
        call_command("reading_level", stdout=io.StringIO())

    assert stopped.value.code == 1


def test_harder_text_of_an_editor_shows(client, content):
    role = CareRole.objects.get(slug="care-coordinator")
    address = role.get_absolute_url()
    [before] = reading_level.pages([(address, client.get(address).content.decode())])
    role.summary = (
        "Interdisciplinary coordination necessitates systematic communication among institutional representatives "
        "notwithstanding administrative heterogeneity and organizational fragmentation of responsibilities."
    )
    role.save()

    [after] = reading_level.pages([(address, client.get(address).content.decode())])

    assert after.grade > before.grade


def test_names_verbatim_text_and_sources_are_not_ours_to_word():
    page = """<main><h1>A heading of more than eight words is not counted here</h1>
      <p data-verbatim>A definition given by the owner with very many words in it.</p>
      <nav><p>Home and other places a reader may go to from here.</p></nav>
      <p>You call the clinic and ask when they can see <a href="/careers/titles/rn/">Registered Nurses</a>.</p>
      <p>Too short to count.</p><ul><li>You call the clinic and ask when they can see .</li></ul>
      <section class="part sources"><p>Read in a long report of a body with a very long name.</p></section></main>
      <p>What stands outside of the main part of a page does not count.</p>"""

    assert reading_level.own_text(page) == ["You call the clinic and ask when they can see ."]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("care", 1), ("one", 1), ("roles", 1), ("title", 2), ("services", 3), ("planned", 1), ("needed", 2), ("people", 2),
        ("coordinator", 5), ("management", 3), ("experience", 4), ("agency", 3), ("patient", 2), ("usual", 3), ("area", 3),
        ("social", 2), ("medication", 4), ("nurses", 2), ("the", 1), ("homeless", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_the_letters(word, count):
    assert reading_level.syllables(word) == count


def test_the_grade_follows_the_published_formula():
    # 12 words, 2 sentences, 14 syllables: 0.39 * 6 + 11.8 * 14 / 12 - 15.59
    text = "You call the clinic and they book a ride. Patients like it."

    assert sum(map(reading_level.syllables, text.replace(".", "").split())) == 14
    assert reading_level.grade([text]) == pytest.approx(0.39 * 6 + 11.8 * 14 / 12 - 15.59)
    assert reading_level.grade([]) is None
