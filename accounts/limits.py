"""How often one place on the network may use a form, counted on the shared cache by allauth's limiter."""

from allauth.core.ratelimit import consume


def is_over_limit(request, action, *, key=None):
    """Count one use of `action` (settings.ACCOUNT_RATE_LIMITS names its rate); True when it was used too often.

    `key` is what a rate "per key" counts by, such as an address.
    """
    return not consume(request, action=f"portal_{action}", key=key)
