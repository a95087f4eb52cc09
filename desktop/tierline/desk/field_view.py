"""One visit as its engineer works through it: the next step, checks, notes, photos, parts, end."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.acting import Done
from tierline.desk.attaching import files_in
from tierline.desk.desk import Desk
from tierline.desk.ticket_view import TicketView
from tierline.desk.timeline import Entry
from tierline.desk.visit_sayings import WAYS, part_word
from tierline.desk.visits import Step, mine, visit_steps
from tierline.desk.when import status_phrase, when
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.site_work import confirmed_by
from tierline.domain.ticket import Ticket, Visit
from tierline.domain.tongue import tr
from tierline.domain.visiting import longest, visit_rules

NOTES = 8
_SIGNATURE = "Signature {name} {at:%Y-%m-%d %H.%M}.png"


class Point(NamedTuple):
    """A point of the check-list."""

    item: str
    done: bool


class PartLine(NamedTuple):
    """A part that stays here, in words."""

    key: str
    text: str


class Wait(NamedTuple):
    """A status in which the ticket waits, and whether its policy wants the reason."""

    status: str
    word: str
    reason: bool


class FieldView(NamedTuple):
    """Everything of one visit; made of a ticket that was read, without touching the disk.

    `ask_left`: they have been away for so long that the time of leaving is asked. `closes_by` is
    who has signed off so that resolving may close as well, "" for nobody.
    """

    view: TicketView
    visit: Visit | None
    place: str
    steps: tuple[Step, ...]
    checks: tuple[Point, ...]
    notes: tuple[Entry, ...]
    files: tuple[Entry, ...]
    parts: tuple[PartLine, ...]
    signed: str
    sign_words: str
    closes_by: str
    waits: tuple[Wait, ...]
    limit: str
    ask_left: bool

    @property
    def ticket(self) -> Ticket:
        """The ticket it is for."""
        return self.view.ticket


def field_view(desk: Desk, view: TicketView) -> FieldView:
    """The visit of mine that a ticket has, or may have, as of the desk's now."""
    ticket, policy = view.ticket, desk.policy(view.ticket.policy)
    visit = mine(ticket, desk.me) or _last(ticket, desk.me)
    since = visit.since if visit and visit.under_way else None
    return FieldView(
        view=view,
        visit=visit,
        place=_place(visit, view),
        steps=visit_steps(ticket, policy, desk.me) if ticket.open or since else (),
        checks=_checks(ticket, policy),
        notes=_notes(view),
        files=files_in(view.timeline),
        parts=tuple(PartLine(each.key, part_word(each)) for each in ticket.parts),
        signed=_signed(desk, ticket),
        sign_words=visit_rules(policy).sign_off,
        closes_by=confirmed_by(ticket, policy),
        waits=_waits(ticket, policy),
        limit=_limit(policy),
        ask_left=since is not None and desk.clock() - since > longest(policy),
    )


def sign(desk: Desk, ticket_id: str, name: str, png: bytes, words: str) -> Done | Refusal:
    """Keep a drawn signature as a file of the ticket, and who it is of: one act, or none.

    Raises:
        WorldError: the picture could not be kept.
    """
    at = desk.clock().astimezone(desk.zone)
    file = _SIGNATURE.format(name=name.strip() or tr("of nobody"), at=at)
    taken = desk.attachments.take_in_bytes(ticket_id, file, png)
    if isinstance(taken, Refusal):
        return taken
    signed = cmd.SignOff(name=name, way="signature", sha256=taken.sha256, words=words)
    return desk.acting.act_all(ticket_id, (taken, signed), desk.clock(), desk.me)


def end_visit(
    desk: Desk, ticket_id: str, resolve: cmd.Resolve, *, close: bool, seq: int = 0
) -> Done | Refusal:
    """Resolve from the site, and close as well where the contact has signed it off; one act."""
    commands = (resolve, cmd.Close()) if close else (resolve,)
    return desk.acting.act_all(ticket_id, commands, desk.clock(), desk.me, seq)


def _last(ticket: Ticket, me: str) -> Visit | None:
    return next((each for each in reversed(ticket.visited) if each.engineer == me), None)


def _place(visit: Visit | None, view: TicketView) -> str:
    told = ", ".join(part for part in (visit.site, visit.address) if part) if visit else ""
    return told or view.client.city


def _checks(ticket: Ticket, policy: Policy) -> tuple[Point, ...]:
    listed = visit_rules(policy).checks
    more = (each for each in ticket.checks if each not in listed)
    return tuple(Point(each, each in ticket.checks) for each in (*listed, *more))


def _notes(view: TicketView) -> tuple[Entry, ...]:
    """The latest words about it, newest first."""
    kinds = ("note", "in", "out")
    said = [e for e in view.timeline if e.kind in kinds and e.text and not e.rule]
    return tuple(reversed(said[-NOTES:]))


def _signed(desk: Desk, ticket: Ticket) -> str:
    signed = ticket.signed
    if signed is None:
        return ""
    return f"{signed.name}, {WAYS[signed.way]}, {when(signed.at, desk.clock(), desk.zone)}"


def _waits(ticket: Ticket, policy: Policy) -> tuple[Wait, ...]:
    """What a ticket can wait for, parts and other people's deliveries before the rest."""
    if not ticket.open:
        return ()
    found = [
        Wait(key, status_phrase(policy, key), bool(policy.status(key).reason))
        for key in policy.statuses("waiting")
        if key != ticket.status
    ]
    return tuple(sorted(found, key=lambda each: not _of_parts(each)))


def _of_parts(wait: Wait) -> bool:
    said = f"{wait.status} {wait.word}".casefold()
    return any(word in said for word in ("part", "deliver", "vendor", "third"))


def _limit(policy: Policy) -> str:
    table = policy.file.attachments
    refused = (
        tr("; none that end in {names}", names=", ".join(table.refused)) if table.refused else ""
    )
    return tr("Up to {largest_mb} MB each{refused}.", largest_mb=table.largest_mb, refused=refused)
