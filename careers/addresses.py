"""Where content can be read: every page's address, and where an old key leads now."""

from django.apps import apps
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse

from careers.models import OldSlug
from careers.models.base import Content

HOME = "/"
NOT_CONTENT = ("preview", "news_feed", "set_language")  # routes under careers: that show no page of content


def kinds():
    """Every model of content, by name."""
    return {
        model.__name__: model for model in apps.get_app_config("careers").get_models() if issubclass(model, Content)
    }


def address_of(row):
    """The address of an object's own page, "" for what has none."""
    own = getattr(row, "get_absolute_url", None)
    if own is None:
        return ""
    try:
        return own() or ""
    except NoReverseMatch:
        return ""


def has_page(kind):
    """Whether objects of this model may have a page of their own."""
    return hasattr(kind, "get_absolute_url")


def is_shown(row):
    """Whether the object's own address answers with its page, as far as its fields tell."""
    return getattr(row, "is_public", True)


def fixed_addresses():
    """Addresses of the pages that need no key: lists, the overview, tools."""
    found = []
    for pattern in get_resolver("careers.urls").url_patterns:
        if pattern.name in NOT_CONTENT:
            continue
        try:
            found.append(reverse(f"careers:{pattern.name}"))
        except NoReverseMatch:
            continue  # needs a key
    return found


def all_addresses():
    """Every page about the work, and the first page: the fixed ones and those of objects that are shown."""
    found = [HOME, *fixed_addresses()]
    for kind in kinds().values():
        if has_page(kind):
            found += [address_of(row).partition("#")[0] for row in kind.objects.order_by("pk") if is_shown(row)]
    return list(dict.fromkeys(address for address in found if address))


def moved_to(slug, *, view_name):
    """The address that the page of route `view_name` with the key `slug` has now, None when it never had that key."""
    models = kinds()
    for old in OldSlug.objects.filter(slug=slug).order_by("pk"):
        kind = models.get(old.kind)
        row = kind.objects.filter(pk=old.object_id).first() if kind else None
        address = address_of(row) if row else ""
        if address and _route(address) == view_name:
            return address
    return None


def _route(address):
    try:
        return resolve(address).view_name
    except Resolver404:
        return ""
