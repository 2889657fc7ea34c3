"""Tokens for List-Unsubscribe: signed, good for one stream of one recipient, for ever, with no address in them."""

from django.core.signing import BadSignature, Signer

from .streams import STREAMS


def _unsubscribe_signer():
    # SECRET_KEY_FALLBACKS are accepted too, so old mail keeps its way out.
    return Signer(salt="outbox.unsubscribe", sep=".", algorithm="sha256")


def unsubscribe_token(recipient_id, stream):
    """A token that lets its holder stop `stream` for this recipient and nothing else."""
    return _unsubscribe_signer().sign(f"{recipient_id}-{stream}")


def read_unsubscribe_token(token):
    """(recipient_id, stream) of a token of ours, else None. The recipient may have been erased since."""
    try:
        recipient_id, _, stream = _unsubscribe_signer().unsign(token).partition("-")
    except BadSignature:
        return None
    return (int(recipient_id), stream) if recipient_id.isdigit() and stream in STREAMS else None
