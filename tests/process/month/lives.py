"""What people do with a ticket, by dice: what is right mostly, what is refused now and then."""

from __future__ import annotations

from collections.abc import Callable

from tests.process.month.month import MONTH, TEAM, Month
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket

WHOLE = {"computer": "MF-017", "start_date": "2026-12-20", "last_day": "2026-12-18", "group": "All"}
Move = Callable[[Month, Ticket, str], bool]


def arrivals(month: Month, tickets: int) -> None:
    """Tickets come over the whole month, nine of ten of them in opening hours."""
    rng = month.rng
    for _ in range(tickets):
        minute = rng.randrange(MONTH)
        if rng.random() < 0.9:
            minute = month.hours.next_open(minute) + rng.randrange(60)
        month.plan(minute, arrive)
    for night in range(1, 30):
        if rng.random() < 0.3:
            month.plan(night * 1440, lambda m, _, n=night: m.sleep(n * 1440 + rng.randrange(480)))


def arrive(month: Month, _: str) -> None:
    """One is logged: by phone by who answered, else by whoever looks."""
    rng, file = month.rng, month.policy.file
    channel = rng.choice([name for name in file.channels if name != "direct"])
    priority = rng.choices((1, 2, 3, 4), (3, 12, 60, 25))[0]
    plain = [key for key, table in file.types.items() if table.kind in ("incident", "request")]
    by = rng.choice([person.id for person in TEAM if person.tier == 1])
    answered = channel == "phone" and rng.random() < 0.7
    command = cmd.Log(
        number="",
        subject=rng.choice(("Cannot print", "Mailbox full", "VPN drops", "Slow laptop")),
        channel=channel,
        client=rng.choice(("Marrowby Foods", "Pellow & Voss Legal", "Tamsin Vale")),
        contact=rng.choice(("Ada Prior", "Elspeth Marlow", "Jo Vale")),
        contact_reach="" if rng.random() < 0.05 else "5550 0142",
        description="Error 0x61",
        type=rng.choices(plain, [8] + [1] * (len(plain) - 1))[0],
        priority=priority,
        details=WHOLE if rng.random() < 0.97 else {},
        assignee=by if answered else "",
        start_timer=answered and month.may_time(by) and rng.random() < 0.5,
        later=rng.random() < 0.1,
    )
    ticket_id = month.log(command, by)
    if ticket_id:
        again(month, ticket_id)


def again(month: Month, ticket_id: str, line: int = 1) -> None:
    """Someone turns to it later: soon mostly, after days for what is forgotten."""
    rng = month.rng
    longest = 3_500 if line == 1 else 14_000
    wait = rng.randrange(2, 90) if rng.random() < 0.8 else rng.randrange(90, longest)
    minute = month.now + wait
    always = month.policy.name == "tiered"
    month.plan(minute if always else month.hours.next_open(minute), touch, ticket_id)


def touch(month: Month, ticket_id: str) -> None:
    """One act on a ticket, of those that fit it; and some that do not."""
    ticket, rng = month.ticket(ticket_id), month.rng
    if ticket.ended == "resolved" and rng.random() < 0.3:
        return  # nobody thinks of it any more, but the rules
    if ticket.ended in ("closed", "cancelled"):
        if rng.random() < 0.1:
            month.reply(ticket_id, "It is back", _someone(month, ticket))
        return
    moves = _RESOLVED if ticket.ended else _WAITING if _waits(month, ticket) else _OPEN
    if not ticket.ended and not ticket.assignee:
        moves = _FREE
    by = ticket.assignee or _someone(month, ticket)
    if rng.random() < 0.06:
        _slip(month, ticket, by)
    move = rng.choices([each for each, _ in moves], [weight for _, weight in moves])[0]
    move(month, ticket, by)
    again(month, ticket_id, ticket.tier)


def _someone(month: Month, ticket: Ticket) -> str:
    return month.rng.choice([person.id for person in TEAM if person.tier == ticket.tier])


def _waits(month: Month, ticket: Ticket) -> bool:
    return month.policy.status(ticket.status).phase == "waiting"


def _take(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.Take(timer=month.may_time(by) and month.rng.random() < 0.5), by)


def _note(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.Note(text="Looked at the logs.", plan=True), by)


def _message(month: Month, ticket: Ticket, by: str) -> bool:
    channel = month.rng.choice(("phone", "mail"))
    return month.do(ticket.id, cmd.Message(text="We are at it.", channel=channel), by)


def _work(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.LogTime(seconds=60 * month.rng.randrange(1, 20)), by)


def _timer(month: Month, ticket: Ticket, by: str) -> bool:
    if ticket.timer_since is None and not month.may_time(by):
        return _work(month, ticket, by)
    command = cmd.StartTimer() if ticket.timer_since is None else cmd.StopTimer()
    return month.do(ticket.id, command, by)


def _wait(month: Month, ticket: Ticket, by: str) -> bool:
    rng, statuses = month.rng, month.policy.statuses("waiting")
    status = "waiting-client" if rng.random() < 0.5 else rng.choice(statuses)
    until = month.hours.at(month.now + rng.randrange(60, 3_000)) if rng.random() < 0.5 else None
    return month.do(ticket.id, cmd.ChangeStatus(status=status, reason="asked", until=until), by)


def _go_on(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.ChangeStatus(status="in-progress"), by)


def _asks(month: Month, ticket: Ticket, by: str) -> bool:
    return month.reply(ticket.id, "Any news?", by)


def _escalate(month: Month, ticket: Ticket, by: str) -> bool:
    paths = [p for p in month.policy.file.escalations if p.from_tier == ticket.tier]
    if not paths:
        return _gate(month, ticket, by)
    path = month.rng.choice(paths)
    command = cmd.Escalate(
        tier=path.to_tier,
        reason=month.rng.choice(path.reasons).key,
        handover="Driver is new, queue is empty.",
        message="Our next line goes on." if month.rng.random() < 0.9 else "",
    )
    return month.do(ticket.id, command, by)


def _consult(month: Month, ticket: Ticket, by: str) -> bool:
    tier = ticket.tier % 3 + 1
    return month.do(ticket.id, cmd.Consult(tier=tier, whom="", text="Which driver?"), by)


def _judge(month: Month, ticket: Ticket, by: str) -> bool:
    priority = month.rng.choice((1, 2, 3, 4))
    return month.do(ticket.id, cmd.Prioritise(priority=priority, reason="More people"), by)


def _stay(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.Stay(reason="Nearly there"), by)


def _pass_on(month: Month, ticket: Ticket, by: str) -> bool:
    command = cmd.Assign(assignee=_someone(month, ticket))
    return month.do(ticket.id, command if month.rng.random() < 0.7 else cmd.Release(), by)


def _gate(month: Month, ticket: Ticket, by: str) -> bool:
    gate = next(iter(month.policy.file.gates), "project")
    command: cmd.Command = cmd.AskGate(gate=gate, text="Needs a project")
    if ticket.gates:
        yes = month.rng.random() < 0.5
        command = cmd.PassGate(gate=gate, person="Pat", allowed=yes, text="See plan")
    return month.do(ticket.id, command, by)


def _complain(month: Month, ticket: Ticket, by: str) -> bool:
    commands = (cmd.Complain(reason="2"), cmd.Dispute(reason="Worse"), cmd.AlertLead(reason="Hot"))
    return month.do(ticket.id, month.rng.choice(commands), by)


def _detour(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.Workaround(text="Use the other printer"), by)


def _prove(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.Verify(how="PIN", pin=True), by)


def _resolve(month: Month, ticket: Ticket, by: str) -> bool:
    message = "It should work again." if month.rng.random() < 0.5 else ""
    return month.do(ticket.id, cmd.Resolve(steps="New driver", message=message), by)


def _cancel(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.Cancel(reason="Asked twice"), by)


def _close(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.Close(confirmed_by=ticket.contact), by)


def _reopen(month: Month, ticket: Ticket, by: str) -> bool:
    return month.do(ticket.id, cmd.Reopen(reason="Not quite", channel="phone"), by)


def _back(month: Month, ticket: Ticket, by: str) -> bool:
    then = month.rng.choice(("reopen", "record", "confirm", ""))
    return month.reply(ticket.id, "About that printer", by, then)


def _fill(month: Month, ticket: Ticket, by: str) -> bool:
    told = dict.fromkeys(ticket.missing, "known now")
    reach = told.pop("contact_reach", None)
    return month.do(ticket.id, cmd.FillDetails(details=told, contact_reach=reach), by)


def _rest(_: Month, __: Ticket, ___: str) -> bool:
    return True


def _slip(month: Month, ticket: Ticket, by: str) -> None:
    """Something that is none of a person's business, or has no words."""
    slips: tuple[cmd.Command, ...] = (
        cmd.Note(text=" "),
        cmd.Message(text=""),
        cmd.LogTime(seconds=0),
        cmd.Escalate(tier=ticket.tier, reason="", handover=""),
        cmd.Escalate(tier=3, reason="nonsense", handover="", message=""),
        cmd.Consult(tier=9, whom="", text=""),
        cmd.ChangeStatus(status="nowhere"),
        cmd.ChangeStatus(status="resolved"),
        cmd.ChangeStatus(status="waiting-client"),
        cmd.ChangeStatus(status="project"),
        cmd.Prioritise(priority=7),
        cmd.Stay(reason="", rule="nothing"),
        cmd.Close(),
        cmd.Reopen(reason=""),
        cmd.AskGate(gate="nowhere", text=""),
        cmd.Complain(reason="none of them"),
        cmd.FailPin(tries=1),
        cmd.FinishTask(key="none"),
        cmd.MarkDelivered(message="none"),
        cmd.CorrectTime(seconds=-60_000, reason="Slip"),
    )
    month.do(ticket.id, month.rng.choice(slips), by)


_OPEN: tuple[tuple[Move, int], ...] = (
    (_note, 6), (_message, 8), (_work, 8), (_timer, 8), (_wait, 14), (_asks, 6), (_escalate, 8),
    (_consult, 3), (_judge, 3), (_stay, 2), (_pass_on, 2), (_gate, 2), (_complain, 2),
    (_detour, 2), (_prove, 2), (_resolve, 45), (_cancel, 2), (_fill, 2), (_rest, 4),
)  # fmt: skip
_WAITING: tuple[tuple[Move, int], ...] = (
    (_asks, 30), (_go_on, 25), (_rest, 25), (_note, 5), (_message, 5), (_resolve, 5), (_wait, 5),
)  # fmt: skip
_FREE: tuple[tuple[Move, int], ...] = ((_take, 75), (_rest, 15), (_asks, 5), (_judge, 5))
_RESOLVED: tuple[tuple[Move, int], ...] = (
    (_rest, 30), (_close, 35), (_reopen, 8), (_back, 10), (_fill, 10), (_note, 5),
)  # fmt: skip
