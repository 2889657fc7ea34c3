"""Reads the content files (careers/content/, described in its README.md) into records for the loader.

A record is plain: text, numbers, yes/no, dates as "2026-11-22", lists of text, and slugs of other objects.
"""

from dataclasses import replace
from pathlib import Path

from careers.content_files import checking, lists, marked, overview, places, questions, roles, work
from careers.content_files.files import FOLDER, Record

__all__ = ["FOLDER", "ContentBroken", "Record", "read", "records"]

FILES = (
    "overview", "sources", "populations", "settings", "pathways", "roles", "titles", "functions", "hub", "states",
    "training", "faq", "fit-quiz", "news",
)  # fmt: skip


#: What makes records of which files (all of them: None), each after those its foreign keys point to.
MAKERS = (
    (lists.sources, ("sources",)),
    (lists.populations, ("populations",)),
    (lists.settings, ("settings",)),
    (lists.credentials, ("pathways",)),
    (roles.roles, ("roles", "populations")),
    (roles.titles, ("titles",)),
    (roles.role_details, ("roles",)),
    (places.variations, ("states",)),
    (overview.overview, ("overview", "roles")),
    (overview.functions, ("functions",)),
    (overview.hub, ("hub",)),
    (overview.passages, None),
    (work.pathways, ("pathways",)),
    (work.training, ("training",)),
    (work.pay_rules, ("states",)),
    (work.passages, None),
    (questions.faq, ("faq",)),
    (questions.fit, ("fit-quiz",)),
    (questions.news, ("news",)),
)
#: Files whose items may name the slugs they had before (`former_slugs`), and what their items are.
RENAMED_IN = {
    "titles": ("titles", "JobTitle"), "roles": ("roles", "CareRole"), "settings": ("settings", "CareSetting"),
    "populations": ("populations", "Population"), "credentials": ("pathways", "Credential"),
    "functions": ("functions", "Function"), "programs": ("training", "Program"), "questions": ("faq", "Question"),
    "items": ("news", "NewsItem"),
}  # fmt: skip


class ContentBroken(Exception):
    """The content files cannot be loaded; `faults` says where and what was expected."""

    def __init__(self, faults):
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def read(folder=FOLDER):
    """Return file name -> parsed content. Raises ContentBroken for files that cannot be read."""
    files, faults = {}, []
    for name in FILES:
        file = f"{name}.yaml"
        try:
            files[name] = marked.load((Path(folder) / file).read_text(encoding="utf-8"), file=file)
        except marked.Fault as fault:
            faults.append(fault)
        except (OSError, UnicodeDecodeError) as error:
            faults.append(marked.Fault(file, 1, f"expected a file that can be read: {error}"))
    if faults:
        raise ContentBroken(faults)
    return files


def records(folder=FOLDER):
    """Return all records, each after those its foreign keys point to.

    Raises ContentBroken with every fault that was found: nothing of a broken folder is loaded.
    """
    files, found, faults = read(folder), [], []
    for make, names in MAKERS:
        try:
            found += make(*(files[name] for name in names)) if names else make(files)
        except marked.Fault as fault:
            faults.append(fault)
        except (TypeError, ValueError, KeyError, AttributeError, IndexError, StopIteration, RuntimeError) as error:
            faults.append(_last_touched(error))
    faults += checking.faults(found, files) if not faults else []
    if faults:
        raise ContentBroken(sorted(faults, key=lambda fault: (fault.file, fault.line)))
    return _with_former_slugs(found, files)


def _last_touched(error):
    """A fault at the place that was read last, for what could not even be made into records."""
    item, key = marked.Marked.touched
    value = dict.get(item, key)
    return marked.Fault(
        item.file, item.where(key), f"`{key}` is not of the kind expected here: {value!r:.60} ({error})"
    )


def _with_former_slugs(found, files):
    former = {}
    for top, (file, kind) in RENAMED_IN.items():
        for item in files[file].get(top) or ():
            if isinstance(item, dict) and item.get("former_slugs"):
                former[kind, item.get("slug") or item.get("id")] = tuple(item["former_slugs"])
    return [replace(one, former=former.get((one.kind.__name__, one.key), ())) for one in found]
