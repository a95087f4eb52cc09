"""What sending a text does to the clocks of a ticket, in a few words."""

from __future__ import annotations

from tierline.desk.ticket_view import ClockPanel, TicketView
from tierline.domain.tongue import tr


def effect(view: TicketView, kind: str) -> str:
    """The hint beside the send button; `kind` is note, message or time."""
    if kind == "message":
        return _message(view)
    if kind == "time":
        limits = [p.word.lower() for p in view.clocks if p.reading.rule.table.measure == "work"]
        return (
            tr("counts on the {limits}", limits=limits[0])
            if limits
            else tr("adds to the work logged")
        )
    return tr("colleagues only, no clock changes")


def _message(view: TicketView) -> str:
    parts = []
    for panel in view.clocks:
        table = panel.reading.rule.table
        if not view.ticket.open:
            break
        if "responded" in table.stops and panel.reading.stopped is None:
            parts.append(tr("meets the {word}", word=panel.word.lower()))
        elif table.starts == "message_out":
            parts.append(tr("restarts the {clock}", clock=_clock(panel)))
        elif table.starts == "message_in":
            parts.append(tr("answers the {clock}", clock=_clock(panel)))
    if not parts and view.ticket.open:
        return tr("no clock changes")
    return ", ".join(dict.fromkeys(parts))


def _clock(panel: ClockPanel) -> str:
    return tr("{word} clock", word=panel.word.lower())
