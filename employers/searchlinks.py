"""The query string of a search as something to link with: the same search with one value less, or one changed."""

from urllib.parse import urlencode

from django_filters import MultipleChoiceFilter

from employers.filters import ListingFilterSet

PLACE_NAMES = ("zip", "place", "miles")
_TAKES_MANY = {name: isinstance(asked, MultipleChoiceFilter) for name, asked in ListingFilterSet.base_filters.items()}


def _asked(data):
    """Pairs of name and value in the order of the filters; of a parameter that takes one value the last one counts."""
    for name, takes_many in _TAKES_MANY.items():
        values = [value for value in data.getlist(name) if value.strip()]
        yield from ((name, value) for value in (values if takes_many else values[-1:]))


class SearchLinks:
    """What a reader asked, less what is empty, said twice or not a parameter of the search. Never changes.

    `data` is a QueryDict, or a list of pairs of name and value.
    """

    def __init__(self, data):
        self.pairs = data if isinstance(data, list) else list(dict.fromkeys(_asked(data)))

    def value(self, name):
        """The value of one parameter, "" when it is not given."""
        return next(iter(self.values(name)), "")

    def values(self, name):
        """Every value given for one parameter, in order."""
        return [value for given, value in self.pairs if given == name]

    def without(self, *names):
        """The search without these parameters."""
        return SearchLinks([pair for pair in self.pairs if pair[0] not in names])

    def without_value(self, name, value):
        """The search without one value of one parameter."""
        return SearchLinks([pair for pair in self.pairs if pair != (name, value)])

    def changed(self, **values):
        """The search with these parameters set to one value each."""
        return SearchLinks([*self.without(*values).pairs, *((name, str(value)) for name, value in values.items())])

    def at_place(self, **values):
        """The search at another place: zip, place and miles all replaced."""
        return self.without(*PLACE_NAMES).changed(**values)

    @property
    def query(self):
        """The query string, without a question mark."""
        return urlencode(self.pairs)

    def __str__(self):
        return self.query
