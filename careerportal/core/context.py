"""What every page may say about the portal itself."""

from django.conf import settings


def portal(request):
    """Names and addresses of the portal for templates."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_short_name": settings.PORTAL_SHORT_NAME,
        "postal_address": settings.POSTAL_ADDRESS,
        "support_email": settings.SUPPORT_EMAIL,
        "portal_url": settings.PORTAL_URL,
        "is_demo": settings.PORTAL_ENV == "demo",
    }
