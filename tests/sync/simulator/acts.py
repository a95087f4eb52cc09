"""What technicians do all day, at random: real commands on a real desk, refusals and all."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.ticket import Ticket

CLIENTS = (("Marrowby Foods", "playbook"), ("Pellow & Voss Legal", "tiered"))
PEOPLE = ("ann", "dov", "ben", "cleo", "eve")
LEAD = "dov"


class Shown(NamedTuple):
    """A ticket as somebody looks at it: what they act on, perhaps much later."""

    ticket: Ticket
    seq: int


def look(desk: Desk, dice: random.Random, spread: int) -> Shown | None:
    """Open one of the first few tickets of the desk, so that people meet."""
    found = sorted(desk.ids("all") or (), key=str)
    if not found:
        return None
    chosen = desk.replica.tickets.get(dice.choice(found[:spread]))
    return Shown(chosen.ticket, chosen.seq) if chosen else None


def log(desk: Desk, dice: random.Random) -> Done | Refusal:
    """Somebody calls."""
    return desk.log(
        cmd.Log(
            number="",
            subject=f"Trouble {dice.randrange(1000)}",
            channel=dice.choice(("mail", "phone")),
            client=dice.choice(CLIENTS)[0],
            contact="Ada Prior",
            impact=dice.choice((2, 3)),
            urgency=dice.choice((2, 3)),
        )
    )


def act(desk: Desk, shown: Shown, dice: random.Random) -> Done | Refusal:
    """Do something that the screen offers on the ticket as it was shown."""
    ticket = shown.ticket
    names, weights = zip(*_WEIGHTS.items(), strict=True)
    make = dice.choices(names, weights)[0]
    if desk.me == LEAD and dice.random() < (0.5 if ticket.restricted else 0.08):
        make = _restrict
    if _away(desk, ticket) and dice.random() < 0.5:
        make = _visit
    elif any(told.to == desk.me for told in ticket.told) and dice.random() < 0.3:
        make = _hear
    command = make(desk, ticket, dice)
    offered = decide(ticket, command, desk.policy(ticket.policy), desk.clock(), desk.me)
    if isinstance(offered, Refusal):
        return offered
    return desk.act(ticket.id, command, shown.seq)


def in_conflict(desk: Desk) -> Shown | None:
    """A ticket on which two have met."""
    found = (each for each in desk.replica.tickets.open() if each.ticket.conflicts)
    stored = min(found, key=lambda each: each.ticket.id, default=None)
    return Shown(stored.ticket, stored.seq) if stored else None


def settle(desk: Desk, shown: Shown, dice: random.Random) -> Done | Refusal:
    """Answer a conflict."""
    choice = dice.choice(("keep", "mine", "both"))
    command = cmd.Settle(conflict=shown.ticket.conflicts[0].key, choice=choice)
    return desk.act(shown.ticket.id, command, shown.seq)


def _escalate(desk: Desk, ticket: Ticket, dice: random.Random) -> cmd.Command:
    to = dice.choice([tier for tier in (1, 2, 3) if tier != ticket.tier])
    way = desk.policy(ticket.policy).escalation(ticket.tier, to)
    reason = way.reasons[0].key if way and way.reasons else "skill"
    return cmd.Escalate(tier=to, reason=reason, handover=_text(dice), message="On its way.")


def _wait(desk: Desk, _: Ticket, dice: random.Random) -> cmd.Command:
    known = desk.policy(_.policy).file.statuses
    status = dice.choice([name for name, each in known.items() if each.phase == "waiting"])
    until = desk.clock() + timedelta(hours=dice.randrange(1, 48))
    return cmd.ChangeStatus(status=status, reason="For a part.", until=until)


def _restrict(_: Desk, ticket: Ticket, __: random.Random) -> cmd.Command:
    return cmd.Restrict(on=not ticket.restricted, reason="Private.")


def _other(desk: Desk, ticket: Ticket, dice: random.Random) -> Ticket:
    """Another of the first few tickets, so that two meet in a ring; this one where it is alone."""
    found = sorted(each for each in desk.ids("all") or () if each != ticket.id)[:4]
    stored = desk.replica.tickets.get(dice.choice(found)) if found else None
    return stored.ticket if stored else ticket


def _merge(desk: Desk, ticket: Ticket, dice: random.Random) -> cmd.Command:
    other = _other(desk, ticket, dice)
    said = dice.choice(("", "We go on there."))
    return cmd.Merge(into=other.id, number=other.number, reason=_text(dice), message=said)


def _link(desk: Desk, ticket: Ticket, dice: random.Random) -> cmd.Command:
    if ticket.links and dice.random() < 0.5:
        tie = ticket.links[0]
        if tie.how not in ("into", "from"):
            return cmd.Link(other=tie.other, number=tie.number, how=tie.how, on=False)
    other = _other(desk, ticket, dice)
    how = dice.choice(("related", "parent", "cause"))
    return cmd.Link(other=other.id, number=other.number, how=how)


def _mention(_: Desk, __: Ticket, dice: random.Random) -> cmd.Command:
    return cmd.Note(text=f"@{dice.choice(PEOPLE)} {_text(dice)}")


def _snooze(desk: Desk, _: Ticket, dice: random.Random) -> cmd.Command:
    until = desk.clock() + timedelta(minutes=dice.choice((5, 15, 30)))
    return cmd.Snooze(until=until, reason=_text(dice))


def _hand_over(_: Desk, __: Ticket, dice: random.Random) -> cmd.Command:
    return cmd.HandOver(note=_text(dice), to=dice.choice(PEOPLE))


def _away(desk: Desk, ticket: Ticket) -> bool:
    """Whether this very person is on the way or on site for it."""
    return any(each.under_way and each.engineer == desk.me for each in ticket.visits)


def _hear(*_: object) -> cmd.Command:
    return cmd.Hear()


def _visit(desk: Desk, ticket: Ticket, dice: random.Random) -> cmd.Command:
    """Whatever somebody may do about a visit; a plan of somebody else's may meet another's."""
    if _away(desk, ticket):
        return cmd.LeaveSite(left_at=desk.clock())
    start = desk.clock() + timedelta(hours=dice.randrange(1, 48))
    planned = [each.key for each in ticket.visits if each.state == "planned"]
    key = dice.choice(planned) if planned and dice.random() < 0.7 else ""
    plan = cmd.PlanVisit(key=key, start=start, engineer=dice.choice(PEOPLE), site=_text(dice))
    parts = [each.key for each in ticket.parts] or [""]
    return dice.choice((
        plan,
        plan,
        cmd.CancelVisit(visit=key, reason=_text(dice)),
        cmd.SetOut(reason="I am near."),
        cmd.Arrive(reason="I am near."),
        cmd.Arrive(reason="I am near."),
        cmd.UsePart(part=_text(dice), quantity=dice.randrange(1, 5)),
        cmd.ReturnPart(key=dice.choice(parts), reason=_text(dice)),
        cmd.Check(item=dice.choice("AB"), done=dice.random() < 0.6),
        cmd.SignOff(name=_text(dice), way="phone"),
    ))  # fmt: skip


def _text(dice: random.Random) -> str:
    return f"words {dice.randrange(10_000)}"


_WEIGHTS: dict[Callable[[Desk, Ticket, random.Random], cmd.Command], int] = {
    lambda _, __, dice: cmd.Note(text=_text(dice)): 5,
    lambda _, __, dice: cmd.Message(text=_text(dice)): 2,
    lambda _, __, dice: cmd.Receive(text=_text(dice)): 2,
    lambda _, __, dice: cmd.LogTime(seconds=60 * dice.randrange(1, 30)): 2,
    lambda *_: cmd.Take(): 4,
    lambda *_: cmd.Release(): 1,
    lambda _, __, dice: cmd.Assign(assignee=dice.choice(PEOPLE)): 3,
    lambda _, __, dice: cmd.Prioritise(priority=dice.randrange(1, 5), reason="As agreed."): 3,
    lambda _, __, dice: cmd.FillDetails(subject=_text(dice)): 3,
    lambda _, __, dice: cmd.FillDetails(description=_text(dice)): 1,
    lambda _, __, dice: cmd.FillDetails(category=_text(dice)): 2,
    _wait: 3,
    _escalate: 3,
    lambda _, __, dice: cmd.Resolve(steps=_text(dice), message="It works again."): 3,
    lambda *_: cmd.Reopen(reason="It does not."): 3,
    lambda *_: cmd.Close(confirmed_by="Ada Prior"): 2,
    lambda *_: cmd.Cancel(reason="Logged twice."): 1,
    lambda *_: cmd.StopTimer(): 1,
    _snooze: 1,
    lambda *_: cmd.Acknowledge(): 1,
    _visit: 4,
    _restrict: 1,
    _merge: 2,
    _link: 2,
    _mention: 2,
    _hand_over: 1,
    _hear: 1,
}
