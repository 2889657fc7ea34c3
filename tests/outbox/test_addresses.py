"""One spelling for each address."""

import pytest

from careerportal.outbox.addresses import BadAddress, address_hash, address_hashes, mask, normalize_address
from careerportal.outbox.models import Recipient
from tests.outbox.factories import recipient


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" Ann.Lee+jobs@Example.ORG ", "ann.lee+jobs@example.org"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@BÜCHER.example", "ann@xn--bcher-kva.example"),
        ("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"),
    ],
)
def test_addresses_are_lower_case_with_domains_in_ascii(given, kept):
    assert normalize_address(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "", None, "ann", "@example.org", "ann@", "änn@example.org", "ann@exa mple.org", "ann@example.org\nBcc: x@example.org",
        "ann@example.org, bob@example.org", "a" * 65 + "@example.org", "ann@" + "a" * 250 + ".org", "ann@-example-.org",
        "ann\x00@example.org", "ann@\u00ad\u200b.example",
    ],
)  # fmt: skip
def test_what_we_cannot_mail_to_is_refused(given):
    with pytest.raises(BadAddress):
        normalize_address(given)


@pytest.mark.django_db
def test_two_spellings_are_one_recipient_and_keep_its_first_zone():
    one = recipient("ann@bücher.example", zone="America/Chicago")
    same = recipient("ANN@xn--bcher-kva.example", zone="America/Denver")
    assert one == same
    assert Recipient.objects.get().zone == "America/Chicago"


def test_the_hash_depends_on_the_key_and_old_keys_are_known(settings):
    before = address_hash("ann@example.org")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert address_hash("ann@example.org") != before
    assert before in address_hashes("ann@example.org")


def test_staff_see_a_masked_address():
    assert mask("ann@example.org") == "a***@example.org"
    assert mask(None) == "(erased)"
