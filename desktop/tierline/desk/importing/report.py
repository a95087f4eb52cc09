"""What an import found and did, for people and for programs."""

from __future__ import annotations

from typing import Any

import msgspec

from tierline.transfer.layout import Mapped
from tierline.transfer.table import BadRow


class FileReport(msgspec.Struct, frozen=True, kw_only=True):
    """One file as it was taken: `log` when tickets have several rows in it."""

    file: str
    format: str
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    dates: str = ""
    zone: str = ""
    rows: int = 0
    mapped: tuple[Mapped, ...] = ()
    facts: tuple[Mapped, ...] = ()


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an import. `unknown` has the words that no table knows, by field, with counts.

    `rows` were read, `bad` lists the first of the `bad_count` that could not be taken. A dry run
    tells what would be made and updated. `seconds` is what it took.
    """

    files: tuple[FileReport, ...] = ()
    log: bool = False
    rows: int = 0
    tickets: int = 0
    made: int = 0
    updated: int = 0
    unchanged: int = 0
    operations: int = 0
    bad: tuple[BadRow, ...] = ()
    bad_count: int = 0
    unknown: dict[str, dict[str, int]] = {}
    warnings: tuple[str, ...] = ()
    dry_run: bool = False
    cancelled: bool = False
    as_of: str = ""
    policies: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds if self.seconds else 0.0

    def as_data(self) -> dict[str, Any]:
        """The report for `--json`."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        return data

    def as_text(self) -> str:
        """The report for a terminal or a window; its first line is the summary."""
        lines = [self.summary()]
        for file in self.files:
            lines += ["", *_file(file)]
        if self.unknown:
            lines += ["", "Words that no table knows; they stay as they are:"]
            lines += [f"  {field}: {_counted(words)}" for field, words in self.unknown.items()]
        if self.bad_count:
            lines += ["", f"Rows left out ({self.bad_count:,}):"]
            lines += [f"  {row.file}, row {row.number:,}: {row.why}" for row in self.bad]
            if self.bad_count > len(self.bad):
                lines.append(f"  … and {self.bad_count - len(self.bad):,} more")
        if self.warnings:
            lines += ["", *self.warnings]
        return "\n".join(lines)

    def summary(self) -> str:
        """One line: what happened."""
        would = "would be " if self.dry_run else ""
        kind = "rows of a history" if self.log else "rows"
        said = (
            f"{self.rows:,} {kind} read, {self.tickets:,} tickets: {self.made:,} {would}made, "
            f"{self.updated:,} {would}updated, {self.unchanged:,} unchanged, "
            f"{self.bad_count:,} rows left out ({self.seconds:.1f} s)."
        )
        if self.as_of:
            said += f" As of {self.as_of}."
        if self.cancelled:
            said = f"Cancelled. {said}"
            kept = self.operations and not self.dry_run
            said += " Run it again to go on." if kept else " Nothing was changed."
        return said


def _file(file: FileReport) -> list[str]:
    how = ", ".join(part for part in (file.encoding, file.delimiter, file.dates, file.zone) if part)
    lines = [f"{file.file}: {file.title or file.format} ({how}), {file.rows:,} rows"]
    if file.mapped:
        lines.append("  Maps:")
        lines += [f"    {each.header} → {each.field}  {_samples(each)}" for each in file.mapped]
    kept = [each for each in file.facts if each.samples]
    if kept:
        lines.append("  Kept as facts, no field takes them:")
        lines += [f"    {each.header}  {_samples(each)}" for each in kept]
    empty = [each.header for each in (*file.mapped, *file.facts) if not each.samples]
    if empty:
        lines.append(f"  Empty: {', '.join(empty)}")
    return lines


def _samples(column: Mapped) -> str:
    shown = (repr(" ".join(sample.split())) for sample in column.samples)
    return ", ".join(shown) or "(empty)"


def _counted(words: dict[str, int]) -> str:
    return ", ".join(f"{word!r} ({count:,})" for word, count in words.items())
