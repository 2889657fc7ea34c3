"""Signed links in mail. Each names one purpose and one row, holds no address, and proves itself by its signature."""

from django.core import signing
from django.utils.crypto import salted_hmac

CONFIRM, MANAGE, CODE_PAGE = "alerts.confirm", "alerts.manage", "alerts.code-page"
CODE_DIGITS = 6


def token_for(purpose, pk):
    """Return a token that lets its holder do `purpose` (one of the three above) with row `pk`; it does not expire by itself."""
    return signing.Signer(salt=purpose, sep="~").sign(str(pk))


def read_token(purpose, token):
    """Return the row id a token of this purpose names, or None when it is not one of ours."""
    try:
        return int(signing.Signer(salt=purpose, sep="~").unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def confirmation_code(pk):
    """Return the six digits that confirm AlertConfirmation `pk` when typed on the page."""
    digest = salted_hmac("alerts.code", str(pk), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
