"""Mail addresses: one spelling for each, a keyed hash that outlives it, and a mask for those who may not read it."""

import re

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

MAX_LENGTH = 254  # RFC 5321 4.5.3.1.3, less the angle brackets
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0]")


class BadAddress(ValueError):
    """This is not an address we can mail to; the text is fit to show."""


def normalize_address(address):
    """The one spelling we keep: lower case, domain in ASCII (punycode); dots and +tags stay as they are.

    Raises BadAddress for anything a plain SMTP server cannot take, such as letters outside ASCII before the @
    (that would need SMTPUTF8, RFC 6531, which many servers lack).
    """
    local, at, domain = (address or "").strip().rpartition("@")
    if not at or not local or not domain or _UNPRINTABLE.search(local + domain):
        raise BadAddress("This is not an email address.")
    if not local.isascii():
        raise BadAddress("We can only mail to addresses with plain letters before the @.")
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise BadAddress("The part after the @ is not a domain name.") from error
    found = f"{local}@{domain.rstrip('.')}".lower()
    try:
        validate_email(found)
    except ValidationError as error:
        raise BadAddress("This is not an email address.") from error
    if len(found) > MAX_LENGTH or len(local) > 64:
        raise BadAddress("This address is too long.")
    return found


def domain_of(address):
    """The domain of a normalized address."""
    return address.rpartition("@")[2]


def address_hashes(address):
    """HMAC-SHA256 (hex) of a normalized address under the present key and each older one, newest first."""
    return [
        salted_hmac("outbox.address", address, secret=key, algorithm="sha256").hexdigest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def address_hash(address):
    """HMAC-SHA256 (hex) of a normalized address under the present key: what remains after an address is erased."""
    return address_hashes(address)[0]


def mask(address):
    """An address as staff see it: first letter and domain."""
    if not address:
        return "(erased)"
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"
