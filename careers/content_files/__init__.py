"""Reads the content files (careers/content/, described in its README.md) into records for the loader.

A record is plain: text, numbers, yes/no, dates as "2026-11-22", lists of text, and slugs of other objects.
"""

from pathlib import Path

import yaml

from careers.content_files import lists, overview, places, questions, roles, work
from careers.content_files.files import FOLDER, Record

__all__ = ["FOLDER", "Record", "read", "records"]

FILES = (
    "overview", "sources", "populations", "settings", "pathways", "roles", "titles", "functions", "hub", "states",
    "training", "faq", "fit-quiz", "news",
)  # fmt: skip


def read(folder=FOLDER):
    """Return file name -> parsed content. Raises OSError or yaml.YAMLError for a file that cannot be read."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {
        name: yaml.load((Path(folder) / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
        for name in FILES
    }


def records(folder=FOLDER):
    """Return all records, each after those its foreign keys point to."""
    files = read(folder)
    return [
        *lists.sources(files["sources"]),
        *lists.populations(files["populations"]),
        *lists.settings(files["settings"]),
        *lists.credentials(files["pathways"]),
        *roles.roles(files["roles"], files["populations"]),
        *roles.titles(files["titles"]),
        *roles.role_details(files["roles"]),
        *places.variations(files["states"]),
        *overview.overview(files["overview"], files["roles"]),
        *overview.functions(files["functions"]),
        *overview.hub(files["hub"]),
        *overview.passages(files),
        *work.pathways(files["pathways"]),
        *work.training(files["training"]),
        *work.pay_rules(files["states"]),
        *work.passages(files),
        *questions.faq(files["faq"]),
        *questions.fit(files["fit-quiz"]),
        *questions.news(files["news"]),
    ]
