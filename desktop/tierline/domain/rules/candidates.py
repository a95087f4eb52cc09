"""What the rules of a policy would do on a ticket as it stands, and when: before any `now`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from tierline.domain.clock_runs import Run, runs
from tierline.domain.policy import Policy
from tierline.domain.policy_process import Does, FollowUpTable, RuleTable
from tierline.domain.rules.keys import resolution_key, run_key, status_key
from tierline.domain.rules.times import follow_up_at, later, opening, reached
from tierline.domain.ticket import Ticket

MOVES = ("escalate", "raise", "resolve")  # what could go round in circles
ENOUGH = 3  # times one rule moves one ticket; then a person looks at it
LOOP = "loop"
END = "end"  # of a series of follow-ups
_ACTED_WITH = ("message", "remind", "ask")


class Candidate(NamedTuple):
    """A rule that acts at `at` (UTC) unless something happens before; `key` is on what.

    `run` is set when a clock sets it off, `follow` when it is one of a series of follow-ups, and
    `place` says which. With `loop` it has acted too often, and tells someone instead.
    """

    name: str
    table: RuleTable
    key: str
    at: datetime
    run: Run | None = None
    follow: FollowUpTable | None = None
    place: int = 0
    loop: bool = False

    @property
    def occasion(self) -> str:
        """Rule and key: what is done once."""
        return f"{self.name}/{self.key}"


def candidates(
    ticket: Ticket, policy: Policy, going: Iterable[Run] | None = None
) -> list[Candidate]:
    """Everything that is still to come, soonest first; empty for a ticket no rule waits for.

    `going` are the ticket's runs, where the caller has them already.
    """
    if not policy.acts or ticket.ended == "cancelled":
        return []
    acted = {each.occasion for each in ticket.acted}
    found = (_guarded(ticket, each) for each in _all(ticket, policy, going))
    return sorted((each for each in found if each.occasion not in acted), key=_order)


def overruled(ticket: Ticket, name: str, table: RuleTable, run: str) -> bool:
    """Whether a person keeps the ticket here against this rule."""
    if not table.overrule:
        return False
    return any(
        stay.run == run and (stay.clock == table.clock if table.clock else stay.name == name)
        for stay in ticket.stays
    )


def _order(candidate: Candidate) -> tuple[datetime, str]:
    return (candidate.at, candidate.occasion)


def _guarded(ticket: Ticket, candidate: Candidate) -> Candidate:
    """A rule that moved the ticket often enough tells whoever is in charge, once, instead."""
    if candidate.table.does not in MOVES:
        return candidate
    acts = [each.occasion for each in ticket.acted if each.rule == candidate.name]
    times = sum(not candidate.follow or each.endswith(END) for each in acts)
    return candidate._replace(key=LOOP, loop=True) if times >= ENOUGH else candidate


def _all(ticket: Ticket, policy: Policy, going: Iterable[Run] | None) -> Iterator[Candidate]:
    if ticket.open:
        yield from _by_clock(ticket, policy, going)
        yield from _by_status(ticket, policy)
        yield from _follow_ups(ticket, policy)
    for name, table in policy.timed_occasions:
        at, key = _happened(ticket, policy, table)
        due = later(policy, at, table.after) if at and table.after else at
        if due is None or not _fits(ticket, policy, table):
            continue
        if not overruled(ticket, name, table, key):
            yield Candidate(name, table, key, due)


def _by_clock(ticket: Ticket, policy: Policy, going: Iterable[Run] | None) -> Iterator[Candidate]:
    wanted = policy.clock_acts
    if not wanted:
        return
    for run in runs(ticket, policy) if going is None else going:
        rules = wanted.get(run.rule.name, ())
        key = run_key(ticket, run.rule.table) if rules else ""
        for name, table in rules:
            if overruled(ticket, name, table, key) or not _fits(ticket, policy, table):
                continue
            at = reached(run, table.at)
            if at is not None and _still_right(ticket, table, at):
                yield Candidate(name, table, key, at, run)


def _by_status(ticket: Ticket, policy: Policy) -> Iterator[Candidate]:
    entered, key = ticket.statuses[-1].at, status_key(ticket)
    for name, table in policy.status_acts:
        if table.status != ticket.status or not _fits(ticket, policy, table):
            continue
        if overruled(ticket, name, table, key):
            continue
        done = {each.occasion for each in ticket.acted}
        for place in range(1, table.times + 1):
            if f"{name}/{key}-{place}" in done:
                continue
            at = entered
            for _ in range(place):
                at = later(policy, at, table.after) or at
            at = opening(policy, at) if table.does in _ACTED_WITH else at
            yield Candidate(name, table, f"{key}-{place}", at, place=place)
            break


def _follow_ups(ticket: Ticket, policy: Policy) -> Iterator[Candidate]:
    """The next of each series; the contact's reply or another status ends it."""
    entered, key = ticket.statuses[-1].at, status_key(ticket)
    if ticket.last_in_at is not None and ticket.last_in_at > entered:
        return
    made = {each.occasion: each.at for each in ticket.acted}
    for name, follow in policy.file.follow_ups.items():
        if follow.status != ticket.status or follow.times < 1:
            continue
        done = [made.get(f"{name}/{key}-{place}") for place in range(1, follow.times + 1)]
        place = next((n for n, at in enumerate(done, 1) if at is None), follow.times + 1)
        if place > follow.times and not follow.then:
            continue
        before = done[place - 2] if place > 1 else None
        at = follow_up_at(policy, follow, entered, place, before)
        if at is not None:
            does: Does = "remind" if place <= follow.times else _ENDS[follow.then]
            table = RuleTable(does=does, status=follow.status, tell=follow.tell, overrule=False)
            which = str(place) if place <= follow.times else END
            yield Candidate(name, table, f"{key}-{which}", at, follow=follow, place=place)


_ENDS: dict[str, Does] = {"resolve": "resolve", "task": "task"}


def _fits(ticket: Ticket, policy: Policy, table: RuleTable) -> bool:
    """Whether the rule is meant for a ticket like this, and there is somewhere to bring it."""
    if table.tiers and ticket.tier not in table.tiers:
        return False
    if table.status and ticket.status != table.status:
        return False
    if table.does == "escalate":
        return receiving_line(ticket, policy, table) not in (0, ticket.tier)
    if table.does == "ask":
        return bool(ticket.contact)
    if table.does == "expire":
        return ticket.quote is not None and ticket.quote.open
    return table.does != "raise" or ticket.priority > 1


def receiving_line(ticket: Ticket, policy: Policy, table: RuleTable) -> int:
    """The line a rule escalates to: as it says, else the next one up; 0 for none."""
    if table.tier:
        return table.tier
    ways = (p.to_tier for p in policy.file.escalations if p.from_tier == ticket.tier)
    return min((way for way in ways if way > ticket.tier), default=0)


def _still_right(ticket: Ticket, table: RuleTable, at: datetime) -> bool:
    """No cascade: a raise needs a threshold that lies after the priority's last change."""
    return table.does != "raise" or at > ticket.priorities[-1].at


def _happened(ticket: Ticket, policy: Policy, table: RuleTable) -> tuple[datetime | None, str]:
    """When the rule's occasion was (or will be), and its key; no time when it was not."""
    match table.on:
        case "logged" if ticket.open:
            return ticket.logged_at, "logged"
        case "prioritised" if ticket.open:
            return ticket.priorities[-1].at, f"priority-{len(ticket.priorities)}"
        case "escalated" if ticket.open and len(ticket.tiers) > 1:
            return ticket.tiers[-1].at, f"line-{len(ticket.tiers)}"
        case "resolved" if ticket.ended == "resolved":
            return ticket.resolved_at, resolution_key(ticket)
        case "closed" if ticket.ended == "closed":
            return ticket.closed_at, f"closed-{ticket.reopens + 1}"
        case "quote ran out" if ticket.quote and ticket.quote.state in ("", "expired"):
            return ticket.quote.until, f"quote-{ticket.quotes}"
        case "re-open ran out" if ticket.ended == "resolved" and ticket.resolved_at:
            if table.does == "close" and ticket.missing:
                return None, ""
            reopen = policy.file.reopen
            until = later(policy, ticket.resolved_at, reopen.close_after or reopen.within)
            return until, resolution_key(ticket)
        case _:
            return None, ""
