"""How often one place on the network may use a form, counted on the shared cache by allauth's limiter."""

from allauth.core.ratelimit import consume


def is_over_limit(request, action):
    """Count one use of `action` (settings.ACCOUNT_RATE_LIMITS names its rate); True when it was used too often."""
    return not consume(request, action=f"portal_{action}")
