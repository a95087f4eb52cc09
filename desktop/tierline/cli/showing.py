"""Tickets as text: the table of a queue, and one ticket with its clocks and its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tierline.cli import safe
from tierline.cli.conflict_lines import conflict_lines
from tierline.cli.output import Out
from tierline.desk.desk import Desk
from tierline.desk.rows import QueueRow, TickingClock, clock_sentence, clock_text
from tierline.desk.ticket_view import TicketView
from tierline.desk.timeline import Entry
from tierline.desk.when import when
from tierline.desk.wording import priority_name
from tierline.domain.countdown import Phase

_HEADS = ("P", "Number", "Subject", "Client", "Status", "Line", "Assignee", "Came", "Next clock")
_SUBJECT, _CLIENT = 2, 3
_LONGEST_SUBJECT, _LONGEST = 60, 28
_MARKS = {"unsent": "not sent yet", "conflict": "in conflict", "lost": "did not stand"}
_SAID = {
    Phase.OVER: "over",
    Phase.SOON: "soon",
    Phase.PAUSED: "paused",
    Phase.CLOSED: "closed",
    Phase.MET: "met",
    Phase.MISSED: "late",
}


def print_rows(out: Out, rows: Sequence[QueueRow], total: int, now: datetime) -> None:
    """A queue as a table, and how much of it is not shown."""
    if not rows:
        out.say("No tickets.")
        return
    colours = [_colour(row.clocks, now) for row in rows]
    out.table(
        _HEADS, [_cells(row, now) for row in rows], flexible=(_SUBJECT, _CLIENT), colours=colours
    )
    if total > len(rows):
        out.hint(f"{len(rows)} of {total} shown; --limit 0 shows all.")


def print_ticket(out: Out, view: TicketView, desk: Desk, now: datetime) -> None:
    """A ticket from its head to its latest entry."""
    ticket = view.ticket
    name = priority_name(ticket.priority)
    out.say(f"{name} {safe.line(ticket.number)}  {safe.line(ticket.subject)}", bold=True)
    for label, text in _facts(view, desk.zone, now):
        if text:
            out.say(f"  {label:<10}{safe.line(text)}")
    _print_clocks(out, view, now)
    if view.conflicts:
        out.say("\nConflicts", bold=True)
    for line in conflict_lines(ticket.number, view.conflicts):
        out.say(line)
    if ticket.description and ticket.description != ticket.subject:
        out.say(f"\n{ticket.description}")
    out.say("\nHistory", bold=True)
    for entry in view.timeline:
        out.say(_entry(entry, desk, now))


def _cells(row: QueueRow, now: datetime) -> tuple[str, ...]:
    note = f", {row.status_note}" if row.status_note else ""
    return (
        priority_name(row.priority),
        row.number,
        safe.cut(safe.line(row.subject), _LONGEST_SUBJECT),
        safe.cut(safe.line(row.client), _LONGEST),
        safe.cut(f"{row.status}{note}", _LONGEST),
        row.tier_word,
        safe.cut(safe.line(row.assignee), _LONGEST) or "-",
        row.arrived,
        next_clock(row.clocks, now),
    )


def _colour(clocks: Sequence[TickingClock], now: datetime) -> str:
    phase = clocks[0].face(now.timestamp()).phase if clocks else Phase.NONE
    return {Phase.OVER: "red", Phase.SOON: "yellow"}.get(Phase(phase), "")


def next_clock(clocks: Sequence[TickingClock], now: datetime) -> str:
    """The first clock as text: "Update 08:52 soon"; "-" when there is none."""
    if not clocks:
        return "-"
    face = clocks[0].face(now.timestamp())
    said = _SAID.get(Phase(face.phase), "")
    if face.opens:
        said = f"opens {face.opens}"
    return f"{face.word} {clock_text(clocks[0], face)} {said}".rstrip()


def _facts(view: TicketView, zone: ZoneInfo, now: datetime) -> list[tuple[str, str]]:
    ticket, contact = view.ticket, view.contact
    note = f", {view.status_note}" if view.status_note else ""
    here = next((step.word for step in view.tiers if step.here), f"line {ticket.tier}")
    reach = ", ".join(part for part in (contact.name, contact.title, contact.phone) if part)
    facts = [
        ("Client", ticket.client),
        ("Contact", reach),
        ("Came", f"{when(ticket.logged_at, now, zone)}, {view.channel_word}"),
        ("Status", f"{view.status_word}{note}"),
        ("Line", f"{here}, {view.assignee}"),
        ("With", ", ".join(view.assists)),
        ("Policy", view.policy_label),
        ("Verified", view.verified),
        ("Missing", ", ".join(word for _, word in view.missing)),
        *(("Asked", f"{prompt.text}: resolve, escalate or stay?") for prompt in view.prompts),
        *(("Task", f"{task.text} ({task.key})") for task in ticket.tasks),
        *(("Look", flag.text) for flag in view.flags),
        ("Package", view.allowance.text if view.allowance else ""),
        ("Quote", view.quote),
        *view.site,
        ("Feedback", view.feedback),
        ("Category", ticket.category),
    ]
    return facts + [(name.capitalize(), value) for name, value in ticket.details.items()]


def _print_clocks(out: Out, view: TicketView, now: datetime) -> None:
    if view.clocks:
        out.say("\nClocks", bold=True)
    for panel in view.clocks:
        sentence = clock_sentence(panel.countdown, now.timestamp())
        note = f"  ({panel.note})" if panel.note else ""
        over = panel.countdown.face(now.timestamp()).phase in (Phase.OVER, Phase.MISSED)
        out.say(f"  {sentence[:1].upper()}{sentence[1:]}{note}", colour="red" if over else "")


def _entry(entry: Entry, desk: Desk, now: datetime) -> str:
    who = desk.people.name(entry.by) if entry.by else "·"
    if entry.kind == "in":
        who = "The contact"
    marks = (
        "taken back" if entry.undone else "",
        f"rule {safe.line(entry.rule)}" if entry.rule else "",
        entry.delivery,
        "not here yet" if entry.away else "",
        _MARKS.get(entry.mark, ""),
    )
    said = "; ".join(mark for mark in marks if mark)
    mark = f" ({said})" if said else ""
    head = f"  {when(entry.at, now, desk.zone):>12}  {safe.line(who)} {safe.line(entry.verb)}{mark}"
    text = safe.block(entry.text).strip("\n")
    if not text:
        return head
    return head + "".join(f"\n{'':16}{line}" for line in text.split("\n"))
