"""Query string of the directory -> DirectoryCriteria. An unknown or bad value finds nothing and says so, it never widens."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careerportal.places.place import PlaceUnknown, resolve
from careers.models import CareSetting
from employers.directory import SORTS, DirectoryCriteria
from employers.models.register import Source
from employers.search import clean_words

PARAMETERS = ("q", "zip", "place", "miles", "setting", "source", "hiring", "open", "sort")
MANY = ("setting", "source")
SORT_CHOICES = [
    ("likely", _("Best chance first")), ("distance", _("Nearest first")), ("name", _("Name")),
    ("hiring", _("Hiring now first")),
]  # fmt: skip
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class YesField(forms.CharField):
    """A box to tick: 1 asks, 0 does not, anything else is not known."""

    def clean(self, value):
        said = super().clean(value).lower()
        if said in _YES:
            return True
        if said and said not in _NO:
            raise ValidationError(_("We don't know this value. Tick the box or leave it empty."))
        return False


class DirectoryForm(forms.Form):
    """The parameters of /employers/. `criteria` holds what they mean after is_valid()."""

    q = forms.CharField(label=_("Name of an employer"), max_length=200, required=False)
    zip = forms.CharField(label=_("ZIP code"), max_length=10, required=False)
    place = forms.CharField(label=_("ZIP code, town or state"), max_length=100, required=False)
    miles = forms.CharField(label=_("Within"), max_length=20, required=False)
    setting = forms.MultipleChoiceField(label=_("Setting"), choices=(), required=False)
    source = forms.MultipleChoiceField(label=_("Official register"), choices=Source.choices, required=False)
    hiring = YesField(label=_("Hiring now"), max_length=20, required=False)
    open = YesField(label=_("Open to hearing from you"), max_length=20, required=False)
    sort = forms.ChoiceField(label=_("Sort by"), choices=[("", ""), *SORT_CHOICES], required=False)

    criteria = None

    def __init__(self, data):
        """`data` is a QueryDict; a parameter given without a value asks nothing."""
        data = data.copy()
        for name in list(data):
            data.setlist(name, [value for value in data.getlist(name) if value.strip()])
        super().__init__(data)
        self.fields["setting"].choices = list(CareSetting.objects.order_by("name", "pk").values_list("slug", "name"))

    @property
    def sort_order(self):
        """One of directory.SORTS: as asked, else the best chance first."""
        return self.cleaned_data.get("sort") or SORTS[0]

    def clean(self):
        asked = super().clean()
        if asked.get("q") and not clean_words(asked["q"]):
            self.add_error("q", ValidationError(_("Type a word of the name.")))
        place = None
        if not {"zip", "place", "miles"} & set(self.errors):
            try:
                place = resolve(zip=asked["zip"], place=asked["place"], miles=asked["miles"])
            except PlaceUnknown as unknown:
                self.add_error(unknown.field, ValidationError(str(unknown)))
        if place is not None and place.kind == "remote":
            self.add_error("place", ValidationError(_("Employers have places. Type a ZIP code, a town or a state.")))
        if not self.errors:
            self.criteria = DirectoryCriteria(
                words=tuple(clean_words(asked["q"]).split()),
                place=place,
                settings=tuple(sorted(set(asked["setting"]))),
                sources=tuple(sorted(set(asked["source"]))),
                hiring=asked["hiring"],
                open=asked["open"],
            )
        return asked
