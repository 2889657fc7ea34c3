"""Account mails: our words, text and HTML alike, nothing more than needed."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.template import Context, Template

PASSWORD = "a long enough phrase"


@pytest.fixture
def person(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow on purpose elsewhere
    user = get_user_model().objects.create_user("seeker@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def ask_for_a_code(client):
    client.post("/accounts/login/", {"login": "seeker@example.org"})


def ask_for_a_code_with_an_unknown_address(client):
    client.post("/accounts/login/", {"login": "nobody@example.org"})


def sign_up(client):
    client.post("/accounts/signup/", {"email": "new@example.org"})


def sign_up_again(client):
    client.post("/accounts/signup/", {"email": "seeker@example.org"})


def forget_the_password(client):
    client.post("/accounts/password/reset/", {"email": "seeker@example.org"})


def change_the_password(client):
    client.post("/accounts/login/", {"login": "seeker@example.org", "password": PASSWORD})
    new = "quite another phrase"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})


@pytest.mark.parametrize(
    ("act", "subject"),
    [
        (ask_for_a_code, "Your sign-in code"),
        (ask_for_a_code_with_an_unknown_address, "No account with this address"),
        (sign_up, "Confirm your email address"),
        (sign_up_again, "You already have an account"),
        (forget_the_password, "Choose a new password"),
        (change_the_password, "Your password was changed"),
    ],
)
def test_each_account_mail_is_ours_complete_in_both_parts_and_says_who_writes(client, person, settings, act, subject):
    act(client)

    (message,) = mail.outbox
    html = message.alternatives[0][0]
    assert message.subject == subject
    assert "Hello from" not in message.body
    assert settings.POSTAL_ADDRESS in message.body
    assert settings.POSTAL_ADDRESS in html
    assert set(re.findall(r"https?://\S+", message.body)) <= set(re.findall(r'href="([^"]+)"', html))
    assert max(len(line) for line in (message.body + html).splitlines()) < 998
    assert "<img" not in html
    assert "<script" not in html


def test_a_text_mail_is_not_escaped():
    source = '{% extends "emails/base.txt" %}{% block content %}{{ employer }}{% endblock %}'

    assert "Smith & Daughters" in Template(source).render(Context({"employer": "Smith & Daughters"}))


def test_footer_links_stand_in_both_parts():
    context = Context({"links": [{"label": "Unsubscribe", "url": "https://portal.example/u/1/"}]})

    for twin in ("html", "txt"):
        assert "https://portal.example/u/1/" in Template(f'{{% extends "emails/base.{twin}" %}}').render(context)
