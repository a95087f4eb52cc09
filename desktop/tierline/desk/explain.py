"""Why a clock is due when it is: its own timeline, and the sum that adds up to the second.

Everything here is read off one `Clock`: the overlay draws it, `tierline why` prints it, and both
can be checked with a pencil. Times are written in the zone of the clock's calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.explain_facts import Fact, facts
from tierline.desk.explain_lane import Band, Flag, Segment, bands, flags, segments
from tierline.desk.explain_sum import SumRow, hms, sum_rows
from tierline.desk.wording import priority_name
from tierline.domain.clocks import Clock, State, clocks
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr

Namer = Callable[[str], str]
_SAID = {State.RUNNING: "left", State.PAUSED: "left, paused", State.MET: "left when met"}


class Tab(NamedTuple):
    """Another clock of the ticket that can be explained."""

    name: str
    word: str
    state: State


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clock explained. Instants are aware UTC, `left` whole seconds (negative: over by)."""

    ticket: Ticket
    clock: Clock
    zone: ZoneInfo
    now: datetime
    title: str
    place: str
    left: int
    left_word: str
    tabs: tuple[Tab, ...]
    bands: tuple[Band, ...]
    segments: tuple[Segment, ...]
    flags: tuple[Flag, ...]
    rows: tuple[SumRow, ...]
    facts: tuple[Fact, ...]

    def as_text(self) -> str:
        """The whole explanation as plain text, every figure in it."""
        ticket = self.ticket
        name = priority_name(ticket.priority)
        head = f"{name} {ticket.number}  {ticket.subject}  {ticket.client}".rstrip()
        lines = [self.title, head, f"{hms(self.left)} {self.left_word}", ""]
        lines += [_flag_line(flag, self.zone) for flag in self.flags]
        lines += ["", tr("How it adds up"), *_aligned(self.rows)]
        width = max(len(fact.label) for fact in self.facts)
        lines += ["", tr("What it counts on")]
        lines += [f"  {fact.label:<{width}}  {fact.text}" for fact in self.facts]
        return "\n".join(
            [*lines, "", tr("Times are {place} time, the clock's own.", place=self.place)]
        )

    def as_data(self) -> dict[str, object]:
        """The same as plain values for `--json`: instants ISO 8601 UTC, lengths whole seconds."""
        clock = self.clock
        instants = {"started": clock.started, "due": clock.due, "stopped": clock.stopped}
        lengths = {"required": clock.required, "worked": clock.worked, "paused": clock.paused}
        return {
            "number": self.ticket.number,
            "clock": clock.name,
            "state": str(clock.state),
            "title": self.title,
            "zone": self.zone.key,
            **{name: at.isoformat() if at else None for name, at in instants.items()},
            **{name: int(length.total_seconds()) for name, length in lengths.items()},
            "left": self.left,
            "spans": [
                {"start": s.start.isoformat(), "end": s.end.isoformat(), "kind": s.kind}
                | {"seconds": s.seconds, "why": s.why, "by": s.by}
                for s in self.segments
            ],
            "sum": [row._asdict() for row in self.rows],
            "counts_on": {fact.label: fact.text for fact in self.facts},
        }


def why(
    ticket: Ticket,
    wanted: str,
    policy: Policy,
    now: datetime,
    *,
    entries: int = 0,
    name: Namer = str,
) -> Explanation | Refusal:
    """Explain the clock of that name, word or letter ("" is the next one) as of `now` (aware).

    `entries` is how many operations the ticket's history has, `name` turns an id into a name.
    """
    found = clocks(ticket, policy, now)
    clock = _chosen(found, wanted)
    if clock is None:
        words = ", ".join(each.rule.table.word for each in found) or "none"
        what = (
            tr('{number} has no clock "{wanted}".', number=ticket.number, wanted=wanted)
            if wanted
            else (tr("No clock of {number} counts.", number=ticket.number))
        )
        return Refusal(what, tr("Its clocks: {words}.", words=words), "clock")
    zone = clock.rule.calendar.tz
    rows = sum_rows(clock, zone)
    return Explanation(
        ticket=ticket,
        clock=clock,
        zone=zone,
        now=now,
        title=_title(clock, zone),
        place=place_of(zone),
        left=next(row.seconds for row in rows if row.kind == "left"),
        left_word=_left_word(clock),
        tabs=tuple(Tab(each.name, each.rule.table.word, each.state) for each in found),
        bands=bands(clock, policy, now),
        segments=segments(clock, now),
        flags=flags(ticket, clock, policy, now, name),
        rows=rows,
        facts=facts(ticket, clock, policy, entries, name),
    )


def place_of(zone: ZoneInfo) -> str:
    """The zone as people call it: "Melbourne"."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def _chosen(found: tuple[Clock, ...], wanted: str) -> Clock | None:
    asked = wanted.strip().casefold()
    if asked:
        for each in found:
            table = each.rule.table
            if asked in (each.name.casefold(), table.word.casefold(), table.letter.casefold()):
                return each
        return None
    return min(found, key=_next_first, default=None)


def _next_first(clock: Clock) -> tuple[bool, bool, float]:
    due = clock.due.timestamp() if clock.due else 0.0
    return (clock.stopped is not None, clock.state == State.PAUSED, due)


def _title(clock: Clock, zone: ZoneInfo) -> str:
    word = clock.rule.table.word.lower()
    if clock.due is None:
        return tr("Why has the {word} clock no due time?", word=word)
    due = clock.due.astimezone(zone)
    verb = "was" if clock.stopped else "is"
    return tr(
        "Why {verb} the {word} due {due:%A} {day} {due:%B}, {due:%H:%M}?",
        verb=verb,
        word=word,
        due=due,
        day=due.day,
    )


def _left_word(clock: Clock) -> str:
    if clock.left.total_seconds() < 0:
        return (
            tr("over, paused") if clock.stopped is None and clock.state == State.PAUSED else "over"
        )
    if clock.stopped is not None:
        return _SAID[State.MET]
    return _SAID.get(clock.state, "left")


def _flag_line(flag: Flag, zone: ZoneInfo) -> str:
    local = flag.at.astimezone(zone)
    note = f"  {flag.note}" if flag.note else ""
    return f"  {local:%a} {local.day:>2} {local:%b %Y %H:%M:%S}  {flag.title}{note}"


def _aligned(rows: tuple[SumRow, ...]) -> list[str]:
    first = max(len(row.label) for row in rows)
    second = max(len(row.note) for row in rows)
    third = max(len(row.value) for row in rows)
    return [f"  {r.label:<{first}}  {r.note:<{second}}  {r.value:>{third}}" for r in rows]
