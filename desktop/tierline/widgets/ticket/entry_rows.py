"""The timeline as rows: entries, pieces of very long texts, and what is left out for now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.ticket_view import TicketView
from tierline.desk.timeline import Entry
from tierline.domain.tongue import tr
from tierline.widgets.ticket.prose import PIECE, piece, plain, size_word

NEWEST = 200
BUDGET = 3 * PIECE
BRIEF = 1000
AWAY = tr("not here yet, opens when online")


class Row(NamedTuple):
    """One row. `kind`: entry, text (a further piece), more (of a text), earlier (entries).

    `at` is the entry's place in the whole timeline, `upto` how far into its text this row reaches,
    `day` what the separator above says, "" for none.
    """

    kind: str
    at: int
    entry: Entry
    text: str = ""
    upto: int = 0
    day: str = ""


class Teller(NamedTuple):
    """What turns entries into words: the desk's zone, today, and the contact's first name."""

    zone: ZoneInfo
    now: datetime
    contact: str

    @property
    def today(self) -> date:
        """The day on which times need no date."""
        return self.now.astimezone(self.zone).date()

    def who(self, entry: Entry) -> str:
        """Who acted, "" for a rule and what follows by itself."""
        if entry.who or entry.by:
            return entry.who or entry.by
        return self.contact if entry.kind == "in" else ""

    def time(self, entry: Entry) -> str:
        """The time of day."""
        return f"{entry.at.astimezone(self.zone):%H:%M}"

    def day(self, entry: Entry) -> str:
        """The day, with the year when it is not this one."""
        local, today = entry.at.astimezone(self.zone), self.now.astimezone(self.zone)
        year = f" {local.year}" if local.year != today.year else ""
        return f"{local:%a} {local.day} {local:%b}{year}"

    def sentence(self, row: Row) -> str:
        """The row for a screen reader."""
        entry = row.entry
        if row.kind in ("more", "earlier"):
            return row.text
        if row.kind == "text":
            return plain(row.text[:500])
        who, verb = self.who(entry), entry.verb
        said = f"{self.day(entry)} {self.time(entry)}, {who + ' ' if who else ''}{verb}"
        undone = ", undone" if entry.undone else ""
        text = f": {entry.text[:500]}" if entry.text else ""
        sent = f", {entry.delivery}" if entry.delivery else ""
        away = f", {AWAY}" if entry.away and not entry.undone else ""
        return plain(said + undone + text + sent + away)

    def copied(self, entry: Entry) -> str:
        """The whole entry as text, for the clipboard."""
        who = self.who(entry)
        head = f"{self.day(entry)} {self.time(entry)} {who + ' ' if who else ''}{entry.verb}"
        return f"{head}\n{entry.text}".replace("\x00", "") if entry.text else head


def teller(view: TicketView, zone: ZoneInfo, now: datetime) -> Teller:
    """The teller of one ticket's timeline."""
    name = view.contact.name or view.ticket.contact
    return Teller(zone, now, plain(name.split(" ")[0]) or tr("The contact"))


def rows_of(entries: Sequence[Entry], told: Teller, newest: int = NEWEST) -> list[Row]:
    """The rows of the newest entries, texts cut where laying them out would take long."""
    start = max(0, len(entries) - newest)
    made: list[list[Row]] = []
    room = BUDGET
    for at in range(len(entries) - 1, start - 1, -1):
        entry = entries[at]
        most = PIECE if room > 0 else BRIEF
        rows = _entry_rows(at, entry, most)
        room -= len(rows[0].text)
        made.append(rows)
    found = [row for rows in reversed(made) for row in rows]
    if start:
        earlier = "entry" if start == 1 else "entries"
        text = tr(
            "Show {min} of {start} earlier {earlier}",
            min=min(start, NEWEST),
            start=start,
            earlier=earlier,
        )
        found.insert(0, Row("earlier", start - 1, entries[start - 1], text))
    return list(_with_days(found, told))


def more_rows(row: Row) -> list[Row]:
    """What takes the place of a "more" row: the next piece, and another such row if needed."""
    text, upto = piece(row.entry.text, row.upto)
    found = [Row("text", row.at, row.entry, text, upto)]
    return found + _rest(row.at, row.entry, upto)


def _entry_rows(at: int, entry: Entry, most: int) -> list[Row]:
    if len(entry.text) <= most and entry.text.count("\n") < 100:
        return [Row("entry", at, entry, plain(entry.text).strip("\n"), len(entry.text))]
    text, upto = piece(entry.text, most=most)
    return [Row("entry", at, entry, text, upto), *_rest(at, entry, upto)]


def _rest(at: int, entry: Entry, upto: int) -> list[Row]:
    left = len(entry.text) - upto
    if left <= 0:
        return []
    whole = left <= PIECE
    text = (
        tr("Show all, {size} more", size=size_word(left))
        if whole
        else tr("Show more, {size} left", size=size_word(left))
    )
    return [Row("more", at, entry, text, upto)]


def _with_days(rows: Iterable[Row], told: Teller) -> Iterator[Row]:
    day = told.today
    for row in rows:
        local = row.entry.at.astimezone(told.zone).date()
        if row.kind == "entry" and local != day:
            day = local
            yield row._replace(day=told.day(row.entry))
        else:
            yield row
