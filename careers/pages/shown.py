"""What stands at the foot of a page: its sources and when it was last looked at."""


def sources_of(items, *passages):
    """The sources behind these rows, each once, by name."""
    found = {item.source for item in items if item.source}
    for passage in filter(None, passages):
        found.update(passage.sources.all())
    return sorted(found, key=lambda source: (source.name, source.pk))


def reviewed_on(items):
    """The calendar date since which everything in `items` has been looked at; None when nothing says so."""
    return min((item.reviewed_on for item in items if item.reviewed_on), default=None)
