"""Hand over, merge, link, read: what people do for each other, judged."""

from __future__ import annotations

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, blank, first_status, need
from tierline.domain.team_folds import told_key
from tierline.domain.tongue import tr


def hand_over(act: Act, command: cmd.HandOver) -> Answer:
    """Give it to the coming shift: the note first, so that it is read before the work."""
    ticket, to, group = act.ticket, command.to.strip(), command.group.strip()
    if refusal := act.must_be_open("handed over"):
        return refusal
    if not to and not group:
        return Refusal(tr("Nobody was named."), tr("Say who takes it over, or which team."), "to")
    if to and to == ticket.assignee:
        return Refusal(
            tr("{to} holds {number} already.", to=to, number=ticket.number),
            tr("Choose someone else."),
            "to",
        )
    if refusal := need(command.note, "note", "Say in a line what was done and what comes next."):
        return refusal
    key = told_key(act.by, act.now)
    note = command.note.strip()
    handed = ev.HandedOver(at=act.now, by=act.by, note=note, key=key, to=to, group=group)
    given = ev.Assigned(at=act.now, by=act.by, assignee=to, group=group or None)
    return [*act.stop_timer(), handed, given]


def merge(act: Act, command: cmd.Merge) -> Answer:
    """End a duplicate: its clocks stop, its number stays, its contact is told where it goes on."""
    ticket, number = act.ticket, command.number
    if refusal := act.must_be_open("merged"):
        return refusal
    if command.into == ticket.id:
        return Refusal(
            tr("A ticket is not merged into itself."), tr("Name the one that stays."), "into"
        )
    if any(tie.how == "from" and tie.other == command.into for tie in ticket.links):
        return Refusal(
            tr("{number} was merged into {number2}.", number=number, number2=ticket.number),
            tr("Nothing was changed."),
            "into",
        )
    if refusal := need(command.reason, "reason", "Say why it is the same."):
        return refusal
    events: list[ev.AnyEvent] = list(act.stop_timer())
    if not blank(command.message):
        events.append(act.message(command.message, command.message_channel))
    events.append(
        ev.Cancelled(
            at=act.now,
            by=act.by,
            status=first_status(act.policy, "cancelled"),
            reason=command.reason.strip(),
            merged_into=number,
            into=command.into,
        )
    )
    return events


def absorb(act: Act, command: cmd.Absorb) -> Answer:
    """Go on with what a duplicate was about; only an open ticket does."""
    ticket = act.ticket
    if into := next((tie.number for tie in ticket.links if tie.how == "into"), ""):
        what = f"{ticket.number} was itself merged into {into}."
        return Refusal(what, tr("Merge it into {into}.", into=into), "into")
    if refusal := act.must_be_open("gone on with"):
        return refusal
    linked = ev.Linked(
        at=act.now, by=act.by, other=command.other, number=command.number, how="from"
    )
    return [linked]


def link(act: Act, command: cmd.Link) -> Answer:
    """Say what another ticket is to this one; ended ones are linked too."""
    ticket = act.ticket
    if command.other == ticket.id:
        return Refusal(tr("A ticket is not linked to itself."), tr("Name another one."), "other")
    there = any((each.other, each.how) == (command.other, command.how) for each in ticket.links)
    if there == command.on:
        state = "linked so already" if there else "not linked so"
        return Refusal(
            tr(
                "{number} and {number2} are {state}.",
                number=ticket.number,
                number2=command.number,
                state=state,
            ),
            tr("Nothing was changed."),
        )
    linked = ev.Linked(
        at=act.now,
        by=act.by,
        other=command.other,
        number=command.number,
        how=command.how,
        on=command.on,
    )
    return [linked]


def hear(act: Act, command: cmd.Hear) -> Answer:
    """Say that I have read it; what was told to others stays unread."""
    mine = [told.key for told in act.ticket.told if told.to == act.by]
    keys = [key for key in mine if not command.keys or key in command.keys]
    if not keys:
        return Refusal(
            tr("There is nothing here that you have not read."), tr("Nothing was changed.")
        )
    return [ev.Heard(at=act.now, by=act.by, keys=tuple(dict.fromkeys(keys)))]
