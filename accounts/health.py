"""Are the people who run the portal there, and safe."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model

from accounts import staff
from careerportal.core.doctor import check, fail, ok, warn

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def active_staff():
    """People who may enter the admin."""
    return get_user_model().objects.filter(is_active=True, is_staff=True)


@check("staff", production=True)
def people():
    if not active_staff().exists():
        return fail("There is no member of staff.", "Run manage.py createsuperuser.")
    if not active_staff().filter(groups__name=staff.MODERATORS).exists():
        return warn(
            "Nobody is in the group of moderators: organizations wait for approval.",
            "In the admin: make someone staff and put them into the group.",
        )
    return ok(f"{active_staff().count()} people.")


@check("second-factor", production=True)
def second_factor():
    safe = Authenticator.objects.filter(type__in=SECOND_FACTORS).values("user")
    count = active_staff().exclude(pk__in=safe).count()
    if count:
        return fail(
            f"{count} of the staff have no second factor.",
            "Each signs in and adds an authenticator app or a passkey at /accounts/2fa/; take staff rights from who does not.",
        )
    return ok("All staff have one.")
