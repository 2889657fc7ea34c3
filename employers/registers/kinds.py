"""Register kinds: the table kinds.csv, kept equal in the database."""

import csv
from pathlib import Path

from employers.models import Employs, RegisterKind

TABLE = Path(__file__).with_name("kinds.csv")
#: The better answer first; an employer's is the best of its kinds.
EMPLOYS_ORDER = (Employs.YES, Employs.LIKELY, Employs.UNKNOWN)


def table():
    """Return {(source, kind as published): (care setting slug, employs)} of kinds.csv."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["source"], row["kind"]): (row["setting"], row["employs"]) for row in csv.DictReader(file)}


def load(source, names):
    """Make the register's kinds equal to the table and return {name: RegisterKind}, with those of `names` in it.

    A name that the table lacks is kept without a setting and employs "unknown".
    """
    wanted = {name: answer for (register, name), answer in table().items() if register == source}
    wanted |= {name: ("", Employs.UNKNOWN) for name in names if name not in wanted}
    known = {kind.name: kind for kind in RegisterKind.objects.filter(source=source)}
    for name, (setting, employs) in wanted.items():
        kind = known.get(name)
        if kind is None:
            known[name] = RegisterKind(source=source, name=name, setting_slug=setting, employs=employs)
        elif (kind.setting_slug, kind.employs) != (setting, employs):
            kind.setting_slug, kind.employs = setting, employs
            kind.save(update_fields=["setting_slug", "employs"])
    RegisterKind.objects.bulk_create([kind for kind in known.values() if kind.pk is None])
    return known
