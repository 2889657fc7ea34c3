import pytest
from django.contrib.auth import get_user_model
from django.urls import resolve

from careerportal.core.urls import PAGES
from tests.core.pages import faults, read


@pytest.mark.parametrize("name", PAGES)
def test_each_page_about_the_portal_is_public_and_sound(client, db, name):
    response = client.get(f"/{name}/")

    assert response.status_code == 200
    assert faults(response.content.decode()) == []


def test_a_reader_who_is_not_signed_in_gets_no_cookie_and_costs_no_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/about/")

    assert not response.cookies
    assert "Sign in" in response.content.decode()


def test_a_signed_in_reader_sees_their_page_and_a_form_to_sign_out(client, db):
    client.force_login(get_user_model().objects.create_user("seeker@example.org"))

    html = client.get("/about/").content.decode()

    assert 'href="/me/"' in html
    assert '<form action="/accounts/logout/" method="post">' in html
    assert 'href="/accounts/login/"' not in html


def test_save_data_leaves_the_fonts_out(client, db):
    plain = client.get("/about/").content.decode()
    saving = client.get("/about/", headers={"save-data": "on"}).content.decode()

    assert "fonts.css" in plain
    assert "woff2" in plain
    assert "fonts.css" not in saving
    assert "woff2" not in saving


def test_the_header_marks_where_one_is(client, db):
    html = client.get("/accounts/login/").content.decode()

    current = [attrs["href"] for tag, attrs in read(html).tags if attrs.get("aria-current") == "true"]
    assert current == ["/accounts/login/"]


def test_a_demo_says_so_and_production_does_not(client, db, settings):
    settings.PORTAL_ENV = "demo"
    assert "Sample are invented" in client.get("/about/").content.decode()

    settings.PORTAL_ENV = "production"
    assert "Sample are invented" not in client.get("/about/").content.decode()


def test_header_and_footer_name_only_addresses_that_exist(client, db):
    links = [attrs["href"] for tag, attrs in read(client.get("/about/").content.decode()).tags if tag == "a"]

    for address in {link for link in links if link.startswith("/")}:
        assert resolve(address), address


def test_no_page_may_be_written_to(client, db):
    assert client.post("/about/").status_code == 405


def test_robots_stay_out_of_private_places(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /alerts/unsubscribe/" in lines
    assert "Disallow: /me/" in lines
    assert "Disallow: /" not in lines


def test_security_txt_has_what_rfc_9116_asks_for(client, db):
    text = client.get("/.well-known/security.txt").content.decode()

    assert text.startswith("Contact: mailto:")
    assert "\nExpires: 20" in text


def test_health_answers(client, db):
    assert client.get("/healthz").content == b"ok"
    assert client.get("/readyz").content == b"ok"
