"""The first half of an import: read every file once, check it, put its rows aside by ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from tierline.desk.importing.formats import Choice, opened
from tierline.desk.importing.report import FileReport
from tierline.transfer.dates import find_orders
from tierline.transfer.layout import Layout
from tierline.transfer.mapping import check_zone
from tierline.transfer.objects import Objects
from tierline.transfer.opening import Part, parts_of, size_of
from tierline.transfer.spool import Spool
from tierline.transfer.table import Notes, Table
from tierline.transfer.watching import Watch, unreadable

_EVERY = 2_000  # rows between two words of progress
_LONGEST_ID = 200
SEPARATOR = "\n"


@dataclass(slots=True)
class Gathered:
    """A file that was read: its columns, what was noted, the order and zone of its dates."""

    layout: Layout
    notes: Notes
    order: str = ""
    zone: ZoneInfo | None = None

    def report(self) -> FileReport:
        """How the file was taken."""
        mapped, facts = self.layout.report()
        mapping, notes = self.layout.mapping, self.notes
        return FileReport(
            file=notes.file,
            format=mapping.name,
            title=mapping.title,
            encoding=notes.encoding,
            delimiter=notes.delimiter,
            dates=_ORDERS.get(self.order, ""),
            zone=str(self.zone or ""),
            rows=notes.rows,
            mapped=mapped,
            facts=facts,
        )


_ORDERS = {"dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year/month/day"}


def all_parts(files: Sequence[Path]) -> list[Part]:
    """What there is to read, file by file.

    Raises:
        WorldError: one of them cannot be taken.
    """
    if not files:
        raise unreadable("No file was named.", "Name the export to import.")
    return [part for file in dict.fromkeys(files) for part in parts_of(file)]


def weight(parts: Sequence[Part]) -> int:
    """About how many bytes of rows they hold."""
    packed = {"gzip": 25, "zip": 1, "": 1}
    return sum(
        size_of(part) * (12 if part.kind == "xlsx" else packed[part.packing]) for part in parts
    )


def gather(parts: Sequence[Part], choice: Choice, spool: Spool, watch: Watch) -> list[Gathered]:
    """Read every part to its end.

    Raises:
        WorldError: one of them cannot be taken; nothing of any was imported.
        CancelledError: the caller wants it to stop.
    """
    gathered: list[Gathered] = []
    before, whole = 0, sum(size_of(part) for part in parts)
    for part in parts:
        notes = Notes(part.name)
        with opened(part, notes, watch, choice) as table:
            _gather(table, gathered, choice, spool, _Meter(watch, before, size_of(part), whole))
        before += size_of(part)
    return gathered


class _Meter:
    """Progress through one file as progress through all."""

    def __init__(self, watch: Watch, before: int, size: int, whole: int) -> None:
        self._watch, self._before, self._size, self._whole = watch, before, size, whole

    def tell(self, table: Table) -> None:
        """Say how far it is."""
        share = min(table.done / table.total, 1.0) if table.total else 0.0
        self._watch.tell(self._before + int(share * self._size), self._whole, "read")


def _gather(
    table: Table, gathered: list[Gathered], choice: Choice, spool: Spool, meter: _Meter
) -> None:
    layout, width = _lay(table, gathered, choice), len(table.header)
    source = layout.mapping.origin
    for count, line in enumerate(table.lines(), start=1):
        if len(table.header) != width:
            layout, width = _lay(table, gathered, choice), len(table.header)
        values = layout.values(line.cells)
        layout.look(values)
        if count % _EVERY == 0:
            meter.tell(table)
        ticket = layout.id_of(values)
        if why := _unusable(ticket):
            table.notes.refuse(line.number, why)
        else:
            spool.put(f"{source}{SEPARATOR}{ticket}", len(gathered) - 1, line.number, values)
    meter.tell(table)


def _unusable(ticket: str) -> str:
    if not ticket:
        return "it has no ticket number"
    return "its ticket number is too long" if len(ticket) > _LONGEST_ID else ""


def _lay(table: Table, gathered: list[Gathered], choice: Choice) -> Layout:
    """A layout for the header as it is now (a log may name further attributes on its way)."""
    mapping = choice.mapping_for(table.header, table.notes.file)
    quoted = mapping.quoted and not isinstance(table, Objects)
    layout = Layout(table.header, mapping, quoted=quoted)
    if not {"number", "external_id"} & set(layout.names):
        wanted = "/".join(mapping.headers_of("number") or mapping.headers_of("external_id"))
        what = f'{table.notes.file} has no column "{wanted}", which tells its tickets apart.'
        raise unreadable(what, f"Is it {mapping.title or mapping.name}? Say so with --from.")
    gathered.append(Gathered(layout, table.notes))
    return layout


def settle_dates(gathered: Sequence[Gathered], default: ZoneInfo, learnt: dict[str, str]) -> None:
    """Give every file its order of day and month, and its zone.

    A file whose dates do not tell follows its sister files, then what an earlier import from
    there has shown (`learnt`, by source), then the day comes first.
    """
    for each in gathered:
        mapping = each.layout.mapping
        each.zone = check_zone(mapping.zone, mapping.name) or default
        each.order = mapping.date_order or find_orders(each.layout.orders.values())
    for each in gathered:
        columns = each.layout.orders.values()
        if len({column.order for column in columns} - {""}) > 1 and not each.order:
            each.notes.warnings.append(f"{each.notes.file}: its dates disagree on day and month.")
        if not each.order and any(column.either for column in columns):
            each.order = _order_by_others(each, gathered) or learnt.get(_origin(each), "")
        if not each.order and any(column.either for column in columns):
            each.order = "dmy"
            said = "no date tells day from month; read as day/month (date_order in a mapping)"
            each.notes.warnings.append(f"{each.notes.file}: {said}.")


def _order_by_others(one: Gathered, gathered: Sequence[Gathered]) -> str:
    sisters = (each for each in gathered if _origin(each) == _origin(one))
    return find_orders(column for each in sisters for column in each.layout.orders.values())


def _origin(gathered: Gathered) -> str:
    return gathered.layout.mapping.origin
