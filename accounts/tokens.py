"""Signed links in mail. Each names one purpose and one row, holds no address, and proves itself by its signature.

The number of the row is covered: an old one in the answer to a stranger would say that this address has this alert.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

CONFIRM, MANAGE, CODE_PAGE = "alerts.confirm", "alerts.manage", "alerts.code-page"
MAIL_WISHES = "mail.wishes"
NEWS_CONFIRM, NEWS_MANAGE = "news.confirm", "news.manage"
CODE_DIGITS = 6
PROOF_BYTES, ROW_BYTES = 16, 8
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")  # 24 bytes in base 64


def token_for(purpose, pk):
    """Return a token that lets its holder do `purpose` (one of those above) with row `pk`; it does not expire by itself."""
    row = pk.to_bytes(ROW_BYTES)
    proof = _mac(f"{purpose}.proof", row, settings.SECRET_KEY)[:PROOF_BYTES]
    return urlsafe_b64encode(proof + _covered(purpose, row, proof, settings.SECRET_KEY)).decode("ascii")


def read_token(purpose, token):
    """Return the row id a token of this purpose names, or None when it is not one of ours. Older keys count too."""
    if not _TOKEN.fullmatch(token):
        return None
    sealed = urlsafe_b64decode(token)
    proof, covered = sealed[:PROOF_BYTES], sealed[PROOF_BYTES:]
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        row = _covered(purpose, covered, proof, key)
        if constant_time_compare(proof, _mac(f"{purpose}.proof", row, key)[:PROOF_BYTES]):
            return int.from_bytes(row)
    return None


def confirmation_code(pk):
    """Return the six digits that confirm AlertConfirmation `pk` when typed on the page."""
    digest = salted_hmac("alerts.code", str(pk), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def _mac(salt, value, key):
    return salted_hmac(salt, value, secret=key, algorithm="sha256").digest()


def _covered(purpose, row, proof, key):
    """Cover the bytes of a row, or uncover them again: the proof is the nonce of the cover."""
    cover = _mac(f"{purpose}.cover", proof, key)
    return bytes(byte ^ other for byte, other in zip(row, cover, strict=False))
