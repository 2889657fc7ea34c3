import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string

from tests.core.pages import read


def render(source, **context):
    return Template(source).render(Context(context))


class SampleForm(forms.Form):
    zip = forms.CharField(label="ZIP code", help_text="Five digits", error_messages={"required": "Enter a ZIP code."})
    role = forms.ChoiceField(
        label="Role", choices=[("CC", "Coordination"), ("CM", "Management")], widget=forms.RadioSelect
    )
    languages = forms.MultipleChoiceField(
        label="Languages",
        choices=[("es", "Spanish"), ("ru", "Russian")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    setting = forms.ChoiceField(label="Setting", choices=[("", "Any"), ("clinic", "Clinic")], required=False)
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="I agree")


def test_a_field_shows_label_hint_and_error_tied_to_the_input():
    form = SampleForm({"zip": ""})

    html = render("{% field form.zip %}", form=form)

    assert '<label class="usa-label" for="id_zip">ZIP code</label>' in html
    assert 'aria-describedby="id_zip-hint id_zip-error"' in html
    assert 'aria-invalid="true"' in html
    assert "Enter a ZIP code." in html


def test_a_field_keeps_what_was_typed_and_escapes_it():
    html = render("{% field form.zip %}", form=SampleForm({"zip": '12207"><script>'}))

    assert "12207&quot;&gt;&lt;script&gt;" in html


def test_every_kind_of_field_has_its_control_labelled():
    html = render("{% for bound in form %}{% field bound %}{% endfor %}", form=SampleForm())
    reader = read(html)

    assert len(reader.controls) == 8
    assert all(control["id"] in reader.labels_for for control in reader.controls)
    assert html.count("<fieldset") == html.count("<legend") == 2


def test_a_group_keeps_the_chosen_options():
    html = render("{% field form.languages %}", form=SampleForm({"languages": ["ru"]}))

    checked = [attrs["value"] for tag, attrs in read(html).tags if "checked" in attrs]
    assert checked == ["ru"]


def test_a_field_says_when_it_is_optional():
    assert "(optional)" in render("{% field form.text %}", form=SampleForm())
    assert "(optional)" not in render("{% field form.zip %}", form=SampleForm())


@pytest.mark.parametrize(
    "source",
    [
        '{% field "zip" %}',
        '{% field form.zip size="huge" %}',
        '{% notice tone="loud" %}x{% endnotice %}',
        '{% icon "unicorn" %}',
        '{% breadcrumbs "Home" "/" %}',
        "{% answers_wheel stated %}",
    ],
)
def test_components_refuse_wrong_arguments(source):
    with pytest.raises(TemplateSyntaxError):
        render(source, form=SampleForm(), stated=[True] * 7)


def test_the_error_summary_links_to_each_field_also_to_a_group():
    html = render("{% error_summary form %}", form=SampleForm({"agrees": "on"}))

    assert 'href="#id_zip"' in html
    assert 'href="#id_role_0"' in html
    assert 'href="#id_agrees"' not in html


def test_the_error_summary_is_silent_when_nothing_is_wrong():
    assert render("{% error_summary form %}", form=SampleForm()) == ""


def test_a_notice_holds_markup_and_escapes_its_title():
    html = render(
        "{% notice tone='warning' title=title %}<p>Ends on <strong>Monday</strong></p>{% endnotice %}", title="<b>"
    )

    assert "usa-alert--warning" in html
    assert "<strong>Monday</strong>" in html
    assert "&lt;b&gt;" in html


def test_the_pager_keeps_the_search_and_marks_the_page():
    page = Paginator(range(100), 10).page(5)

    html = render("{% pager page querystring %}", page=page, querystring="zip=12207&role=CC")

    assert 'href="?zip=12207&amp;role=CC&amp;page=6"' in html
    assert html.count('aria-current="page"') == 1
    assert "Last page, page 10" in html


def test_the_pager_is_silent_for_one_page():
    assert render("{% pager page %}", page=Paginator(range(3), 10).page(1)) == ""


def test_the_wheel_has_a_filled_dot_for_each_answer_and_a_hollow_one_for_each_gap():
    html = render("{% answers_wheel stated %}", stated=[True] * 5 + [False] * 3)

    assert html.count('r="3"') == 5
    assert html.count('r="2.2"') == 3


def card(**changes):
    return {
        "url": "/openings/7/rn-case-manager/", "id": 7, "headline": "RN Case Manager <NY>", "role_code": "CM",
        "employer_name": "Tolliver Home Care", "employer_url": "/employers/tolliver/", "is_sample": True,
        "is_verified": True, "pay_text": "$41.50 to $48 an hour", "pay_alt_text": "$86,320 to $99,840 a year",
        "facts": ["Troy, NY"], "stated_count": 7, "stated": [True] * 7 + [False], "posted_text": "Posted November 20",
        "closes_text": "Closes December 14", "miles": 6, "brief": False, "heading_level": 3, **changes,
    }  # fmt: skip


def test_an_opening_card_says_sample_role_miles_and_how_much_the_ad_answers():
    html = render_to_string("components/opening_card.html", {"card": card()})

    assert 'data-opening-id="7"' in html
    assert 'data-miles="6"' in html
    assert "Sample" in html
    assert 'aria-label="Care management"' in html
    assert "Answers 7 of 8" in html
    assert "RN Case Manager &lt;NY&gt;" in html


@pytest.mark.parametrize(("code", "badges"), [("CC", 1), ("CM", 1), ("CC and CM", 2), ("", 0)])
def test_an_opening_card_wears_a_badge_for_each_role(code, badges):
    html = render_to_string("components/opening_card.html", {"card": card(role_code=code, miles=None)})

    assert html.count('role="img"') == badges
    assert "data-miles" not in html


def test_facts_say_what_the_ad_leaves_out():
    fact = {"label": "Caseload", "value": "", "detail": "", "is_stated": False, "is_lead": False}

    html = render_to_string("components/facts.html", {"facts": [fact], "ask_url": "/openings/7/ask/"})

    assert "The ad does not say." in html
    assert 'href="/openings/7/ask/"' in html
    assert "is-missing" in html
