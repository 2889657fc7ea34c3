"""What an import did, in numbers and, line by line, in reasons."""

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

KEPT_IN_DATABASE = 1000  # lines of reasons a run keeps; the file has them all


@dataclass
class Report:
    """Counts of keys, except `rows` and `repeated` (rows). `notes` and `refusals` are (line, key, reason)."""

    source: str
    format: str
    file: str
    register_date: date
    complete: bool
    dry_run: bool
    rows: int = 0
    created: int = 0
    updated: int = 0
    closed: int = 0
    unchanged: int = 0
    merged: int = 0
    refused: int = 0
    repeated: int = 0
    disagreeing: int = 0
    closed_at_source: int = 0
    doubtful: int = 0
    employers: int = 0
    sites: int = 0
    seconds: float = 0.0
    states: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    refusals: list = field(default_factory=list)
    report_file: str = ""
    run_id: int | None = None

    def note(self, line, key, reason):
        self.notes.append((line, key, reason))

    def refuse(self, line, key, reason):
        self.refused += 1
        self.refusals.append((line, key, reason))

    def as_dict(self):
        """The report as plain values; reasons are objects with line, key and reason."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        found["register_date"] = self.register_date.isoformat()
        for name in ("notes", "refusals"):
            found[name] = [dict(zip(("line", "key", "reason"), each, strict=True)) for each in found[name]]
        return found

    def for_database(self):
        found = self.as_dict()
        for name in ("notes", "refusals"):
            found[name] = found[name][:KEPT_IN_DATABASE]
        return found

    @property
    def summary(self):
        """The numbers in one line."""
        names = ("created", "updated", "closed", "unchanged", "merged", "refused")
        said = ", ".join(f"{getattr(self, name):,} {name}" for name in names)
        more = f"{self.repeated:,} repeated rows ({self.disagreeing:,} keys disagree), {self.doubtful:,} doubtful pairs"
        return f"{self.source}: {self.rows:,} rows: {said}; {more}; {self.seconds:.1f} s"

    def write(self, path):
        """Write all reasons with their line numbers to `path`, making its folder; the text is for people."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            f"{self.format}, {Path(self.file).name}, register of {self.register_date:%Y-%m-%d}",
            self.summary + (" (dry run: nothing was kept)" if self.dry_run else ""),
            f"states: {', '.join(self.states)}",
            *(f"line {line}\t{key}\trefused: {reason}" for line, key, reason in sorted(self.refusals)),
            *(f"line {line}\t{key}\t{reason}" for line, key, reason in sorted(self.notes)),
        ]
        path.write_text("".join(f"{line}{os.linesep}" for line in lines), encoding="utf-8")
        self.report_file = str(path)
