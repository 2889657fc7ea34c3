"""Which mail addresses a signed-in person has proved to be theirs."""

from allauth.account.models import EmailAddress


def verified_addresses(user):
    """Every confirmed address of a user, the main one first; empty for someone not signed in."""
    if not user.is_authenticated:
        return []
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return list(confirmed.order_by("-primary", "pk").values_list("email", flat=True))


def verified_address(user):
    """The confirmed address mail goes to, or ""."""
    return next(iter(verified_addresses(user)), "")
