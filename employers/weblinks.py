"""Addresses of the web that an employer gives: what may be linked to."""

from urllib.parse import urlsplit


def leads_where_it_says(url):
    """False for an address that shows a reader one host and leads a browser to another: with "@" or "\\" before the path.

    https://url.spec.whatwg.org/#concept-basic-url-parser: browsers read a backslash as a slash, most other software
    does not.
    """
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return False
    return "\\" not in url and "@" not in host
