"""A ticket as plain values for `--json`: instants ISO 8601 UTC, lengths whole seconds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tierline.cli.moments import iso
from tierline.cli.visit_data import site_data
from tierline.desk.allowance import Allowance
from tierline.desk.conflicts import ConflictWords
from tierline.desk.rows import QueueRow, clock_text
from tierline.desk.ticket_view import ClockPanel, TicketView
from tierline.desk.timeline import Entry
from tierline.domain.countdown import Countdown, Phase
from tierline.domain.ticket import Feedback, Letter, Quote, Ticket


def row_data(row: QueueRow, now: datetime) -> dict[str, Any]:
    """A row of a queue."""
    return {
        "number": row.number,
        "id": row.id,
        "priority": row.priority,
        "subject": row.subject,
        "client": row.client,
        "status": row.status,
        "status_note": row.status_note,
        "tier": row.tier,
        "assignee": row.assignee,
        "mine": row.mine,
        "arrived": row.arrived,
        "clocks": [_ticking(c, now) for c in row.clocks if isinstance(c, Countdown)],
    }


def ticket_data(view: TicketView, now: datetime) -> dict[str, Any]:
    """A ticket with its clocks."""
    ticket = view.ticket
    return {
        **_facts(ticket),
        "policy": view.policy_label,
        "status": ticket.status,
        "status_word": view.status_word,
        "status_why": ticket.status_why,
        "until": iso(ticket.until),
        "assignee": ticket.assignee,
        "assignee_name": view.assignee if ticket.assignee else "",
        "logged_at": iso(ticket.logged_at),
        "changed_at": iso(ticket.changed_at),
        "resolved_at": iso(ticket.resolved_at),
        "closed_at": iso(ticket.closed_at),
        "missing": [name for name, _ in view.missing],
        "to_send": [_letter(letter) for letter in ticket.outbox],
        "prompts": [
            {"rule": each.name, "at": iso(each.at), "text": each.text} for each in view.prompts
        ],
        "tasks": [
            {"key": each.key, "role": each.role, "text": each.text, "at": iso(each.at)}
            for each in ticket.tasks
        ],
        "flags": [
            {"kind": each.kind, "text": each.text, "since": iso(each.since)} for each in view.flags
        ],
        "work_seconds": {str(tier): seconds for tier, seconds in ticket.work.items()},
        "clocks": [_panel(each, now) for each in view.clocks],
    }


def whole_data(view: TicketView, now: datetime) -> dict[str, Any]:
    """A ticket with its clocks, its history in words, and what can be done with it."""
    return {
        **ticket_data(view, now),
        **_standing(view.ticket),
        **site_data(view.ticket),
        "allowance": _allowance(view.allowance) if view.allowance else None,
        "conflicts": [_conflict(each) for each in view.conflicts],
        "assists": list(view.ticket.assists),
        "restricted": view.ticket.restricted,
        "timeline": _timeline(view.timeline),
        "actions": {each.kind: each.reason or None for each in view.actions},
    }


def _conflict(card: ConflictWords) -> dict[str, Any]:
    return {
        "key": card.key,
        "title": card.title,
        "was": card.was,
        "grave": card.grave,
        "mine": card.mine,
        "sides": [side._asdict() for side in card.sides],
        "answers": {each.choice: each.word for each in card.answers},
    }


def _standing(ticket: Ticket) -> dict[str, Any]:
    """How it stands with the contact and with those who were asked."""
    return {
        "call_back": ticket.call_back,
        "verified": ticket.verified,
        "proven": ticket.proven,
        "consents": list(ticket.consents),
        "disputed_at": iso(ticket.disputed_at),
        "complaints": ticket.complaints,
        "gates": {ask.gate: list(ask.asked) for ask in ticket.gates},
        "first_contact": ticket.first_contact,
        "quote": _quote(ticket.quote) if ticket.quote else None,
        "feedback": [_feedback(each) for each in ticket.feedback],
    }


def _facts(ticket: Ticket) -> dict[str, Any]:
    names = (
        "number id subject description type category client contact contact_reach channel priority "
        "impact urgency tier group ended source external_id reopens"
    )
    return {name: getattr(ticket, name) for name in names.split()} | {
        "details": dict(ticket.details),
        "facts": dict(ticket.facts),
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "key": letter.key,
        "at": iso(letter.at),
        "channel": letter.channel,
        "to": letter.to,
        "delivery": letter.delivery,
        "why": letter.why,
    }


def _feedback(each: Feedback) -> dict[str, Any]:
    told = {name: getattr(each, name) for name in "survey answer word score poor text".split()}
    return {**told, "at": iso(each.at), "asked_at": iso(each.asked_at)}


def _allowance(each: Allowance) -> dict[str, Any]:
    return {
        "word": each.word,
        "period": each.period,
        "since": iso(each.since),
        "used_seconds": each.used,
        "included_seconds": each.included,
        "left_seconds": each.left,
        "over": each.over,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    told = {name: getattr(quote, name) for name in "cents currency text state person way".split()}
    moments = {name: iso(getattr(quote, name)) for name in ("at", "until", "ended_at")}
    return {**told, **moments}


def _panel(panel: ClockPanel, now: datetime) -> dict[str, Any]:
    clock = panel.reading
    return {
        **_ticking(panel.countdown, now),
        "state": str(clock.state),
        "started": iso(clock.started),
        "stopped": iso(clock.stopped),
        "required_seconds": int(clock.required.total_seconds()),
        "worked_seconds": int(clock.worked.total_seconds()),
        "paused_seconds": int(clock.paused.total_seconds()),
    }


def _ticking(clock: Countdown, now: datetime) -> dict[str, Any]:
    face = clock.face(now.timestamp())
    return {
        "name": clock.deadline.name,
        "word": face.word,
        "phase": Phase(face.phase).name.lower(),
        "due": iso(clock.due),
        "left_seconds": face.left,
        "text": clock_text(clock, face),
    }


def _timeline(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "at": iso(each.at),
            "by": each.by,
            "verb": each.verb,
            "text": each.text,
            "kind": each.kind,
            "rule": each.rule,
            "delivery": each.delivery,
            "message": each.message,
            "mark": each.mark,
            "undone": each.undone,
        }
        for each in entries
    ]
