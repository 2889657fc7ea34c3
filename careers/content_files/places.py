"""Titles and rules by state. What states say about pay in postings is read by another module."""

from django.utils.text import slugify

from careers import models
from careers.content_files.files import Record, known


def variations(file):
    position = 0
    for place in file["variations"]:
        for item in place["items"]:
            yield Record(
                models.TitleVariation,
                f"{place['state'].lower()}-{slugify(item['title'])}",
                {
                    **known(item, file, position),
                    "state": place["state"],
                    "state_name": place["name"],
                    "name": item["title"],
                    "rule": item["rule"],
                    "titles": item["titles"],
                    "sources": item["sources"],
                },
            )
            position += 1
