"""Forms of the workspace."""

from employers.forms.listing import ListingForm
from employers.forms.registration import RegistrationForm
from employers.forms.site import SiteForm

__all__ = ["ListingForm", "RegistrationForm", "SiteForm"]
