"""Visits to the client: planned, travelled, on site, left; nobody's leaving is ever guessed.

What the policy counts of a visit is logged as work once the engineer has left, and only then.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tierline.domain import commands as cmd
from tierline.domain import durations
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, need, working_status
from tierline.domain.policy import Policy
from tierline.domain.policy_process import VisitTable
from tierline.domain.ticket_parts import Visit
from tierline.domain.tongue import tr
from tierline.domain.visit_folds import find
from tierline.domain.wording import told_time

# A policy without rules for visits still marks such statuses by their signs.
_TRAVEL_SIGN, _SITE_SIGN = "truck", "map-pin"
_LONGEST_PLAN = 24 * 60
_BACKWARDS = "Give a time after {since} and not in the future."


def visit_rules(policy: Policy) -> VisitTable:
    """The policy's rules for visits; a status that it does not have is ""."""
    if policy.file.visits is not None:
        return policy.file.visits
    signs = {table.icon: key for key, table in policy.file.statuses.items()}
    travel, on_site = signs.get(_TRAVEL_SIGN, ""), signs.get(_SITE_SIGN, "")
    return VisitTable(tiers=(), travel=travel, on_site=on_site, done=working_status(policy))


def away_statuses(policy: Policy) -> tuple[str, ...]:
    """The statuses of being on the way and on site, in this order, as far as there are any."""
    rules = visit_rules(policy)
    return tuple(status for status in (rules.travel, rules.on_site) if status)


def counted(visit: Visit, policy: Policy, left_at: datetime) -> int:
    """The seconds of a visit that the policy counts as work, for one that ends at `left_at`."""
    counts, seconds = visit_rules(policy).counts, timedelta()
    if "travel" in counts and visit.set_out_at is not None:
        seconds += max(timedelta(), (visit.arrived_at or left_at) - visit.set_out_at)
    if "on_site" in counts and visit.arrived_at is not None:
        seconds += max(timedelta(), left_at - visit.arrived_at)
    return int(seconds.total_seconds())


def counting(act: Act) -> bool:
    """Whether a visit of this person's is counted as work right now: no timer runs beside it."""
    counts = visit_rules(act.policy).counts
    states = {"travelling": "travel", "on site": "on_site"}
    return any(v.engineer == act.by and states.get(v.state) in counts for v in act.ticket.visits)


def wrong_line(act: Act) -> Refusal | None:
    """Why a visit by this line wants a reason, None where its policy lets the line go."""
    rules = visit_rules(act.policy)
    if not rules.tiers or act.ticket.tier in rules.tiers:
        return None
    line = act.policy.tier_word(act.ticket.tier)
    todo = "Escalate it (E), or say why it is you who goes."
    return Refusal(tr("{line} makes no visits.", line=line), todo, "reason")


def plan(act: Act, command: cmd.PlanVisit) -> Answer:
    """Plan a visit, or plan one anew while nobody has set out for it."""
    if refusal := act.must_be_open("visited"):
        return refusal
    known = find(act.ticket, command.key) if command.key else None
    if command.key and (known is None or known.state == "done"):
        return Refusal(tr("There is no such visit to plan anew."), tr("Plan a new one."), "visit")
    if known is not None and known.under_way:
        where = f"{act.ticket.number}: somebody is {known.state} already"
        return Refusal(f"{where}.", tr("Plan another visit beside it."), "visit")
    past = command.start is not None and command.start <= act.now
    if past and (known is None or known.start != command.start):
        return Refusal(
            tr("The visit would begin in the past."), tr("Give a time to come."), "start"
        )
    if not 0 <= command.minutes <= _LONGEST_PLAN:
        return Refusal(
            tr("A visit takes a day at most."), tr("Give its minutes, or plan several."), "for"
        )
    planned = ev.VisitPlanned(
        at=act.now,
        by=act.by,
        key=command.key or _key(act),
        start=command.start,
        minutes=command.minutes,
        engineer=command.engineer.strip(),
        site=command.site.strip(),
        address=command.address.strip(),
        text=command.text.strip(),
    )
    if known is not None and _same_plan(known, planned):
        return Refusal(tr("The visit is planned so already."), tr("Nothing was changed."))
    return [planned]


def cancel_visit(act: Act, command: cmd.CancelVisit) -> Answer:
    """Take a planned visit from the day of whoever would go."""
    planned = [each for each in act.ticket.visits if each.state == "planned"]
    if command.visit:
        planned = [each for each in planned if each.key == command.visit]
    if not planned:
        return Refusal(
            tr("No visit is planned for {number}.", number=act.ticket.number),
            tr("Nothing was changed."),
        )
    if len(planned) > 1:
        keys = ", ".join(each.key for each in planned)
        return Refusal(
            tr("Several visits are planned."), tr("Name one: {keys}.", keys=keys), "visit"
        )
    if refusal := need(command.reason, "reason", "Say why nobody goes."):
        return refusal
    reason = command.reason.strip()
    return [ev.VisitCancelled(at=act.now, by=act.by, key=planned[0].key, reason=reason)]


def called_off(act: Act, reason: str) -> list[ev.AnyEvent]:
    """Planned visits of a ticket that ends for good: nobody drives there for nothing."""
    planned = [each for each in act.ticket.visits if each.state == "planned"]
    return [ev.VisitCancelled(at=act.now, by=act.by, key=v.key, reason=reason) for v in planned]


def set_out(act: Act, command: cmd.SetOut) -> Answer:
    """On the way; who is on site here leaves it by that, to come back."""
    visit = _mine_under_way(act)
    if visit is not None and visit.state == "travelling":
        return Refusal(
            tr("You are on the way to {number} already.", number=act.ticket.number),
            tr("Say when you arrive."),
        )
    begun = _begin(act, command.visit, command.reason) if visit is None else _key(act)
    if isinstance(begun, Refusal):
        return begun
    left = _leave(act, visit, act.now) if visit is not None else []
    status = _status(act, visit_rules(act.policy).travel, command.reason)
    return [*_own_timer(act), *left, *status, ev.SetOut(at=act.now, by=act.by, visit=begun)]


def arrive(act: Act, command: cmd.Arrive) -> Answer:
    """On site, planned or not, with or without having said that one set out."""
    visit = _mine_under_way(act)
    if visit is not None and visit.state == "on site":
        what = f"You are on site for {act.ticket.number} already."
        return Refusal(what, tr("Say when you leave."))
    begun = visit.key if visit else _begin(act, command.visit, command.reason)
    if isinstance(begun, Refusal):
        return begun
    status = _status(act, visit_rules(act.policy).on_site, command.reason)
    return [*_own_timer(act), *status, ev.Arrived(at=act.now, by=act.by, visit=begun)]


def leave(act: Act, command: cmd.LeaveSite) -> Answer:
    """Away from the site at a time that is told; one that is long ago must be."""
    visit = _mine_under_way(act)
    if command.visit:
        visit = next((v for v in act.ticket.visits if v.key == command.visit and v.under_way), None)
    if visit is None or visit.since is None:
        return _leave_by_status(act)
    left_at, since = command.left_at, visit.since
    if left_at is None and act.now - since > longest(act.policy):
        where = "on site" if visit.state == "on site" else "on the way"
        what = f"You have been {where} since {told_time(since, act.policy)}."
        return Refusal(what, tr("Say when that ended: it is not guessed."), "left_at")
    left_at = left_at or act.now
    if not since <= left_at <= act.now:
        told = told_time(since, act.policy)
        return Refusal(tr("You cannot have left then."), _BACKWARDS.format(since=told), "left_at")
    others = any(v.under_way and v.key != visit.key for v in act.ticket.visits)
    back = [] if others else _status(act, visit_rules(act.policy).done, "")
    if act.ticket.status not in away_statuses(act.policy):
        back = []
    return [*_own_timer(act), *back, *_leave(act, visit, left_at)]


def longest(policy: Policy) -> timedelta:
    """After how long away somebody is asked when they left."""
    amount = durations.parse(visit_rules(policy).longest)
    return amount.duration if amount else timedelta.max


def _leave(act: Act, visit: Visit, left_at: datetime) -> list[ev.AnyEvent]:
    turned = visit.arrived_at is None
    left = ev.LeftSite(at=act.now, by=act.by, visit=visit.key, left_at=left_at, turned=turned)
    seconds = counted(visit, act.policy, left_at)
    if not seconds:
        return [left]
    return [left, ev.TimeLogged(at=act.now, by=visit.engineer, seconds=seconds)]


def _leave_by_status(act: Act) -> Answer:
    """A ticket that only has the status of a visit (from elsewhere, of old) is set back."""
    if act.ticket.open and act.ticket.status in away_statuses(act.policy):
        return _status(act, visit_rules(act.policy).done, "")
    what = f"You are neither on site for {act.ticket.number} nor on the way."
    return Refusal(what, tr("Nothing was changed."))


def _begin(act: Act, wanted: str, reason: str) -> str | Refusal:
    """The key of the visit that begins: the one named, my next one, or one that nobody planned."""
    if refusal := act.must_be_open("visited"):
        return refusal
    if not reason.strip() and (refusal := wrong_line(act)):
        return refusal
    planned = [each for each in act.ticket.visits if each.state == "planned"]
    if wanted:
        if all(each.key != wanted for each in planned):
            return Refusal(
                tr("There is no such visit to go to."), tr("It is over, or cancelled."), "visit"
            )
        return wanted
    mine = [each for each in planned if each.engineer in (act.by, "")]
    mine.sort(key=lambda each: (each.engineer == "", each.start or act.now))
    return mine[0].key if mine else _key(act)


def _mine_under_way(act: Act) -> Visit | None:
    mine = (v for v in act.ticket.visits if v.under_way and v.engineer == act.by)
    return next(mine, None)


def _own_timer(act: Act) -> list[ev.AnyEvent]:
    """My work timer here ends: from now on the visit counts."""
    return act.stop_timer() if act.ticket.timer_by == act.by else []


def _status(act: Act, status: str, reason: str) -> list[ev.AnyEvent]:
    if not status or act.ticket.status == status or not act.ticket.open:
        return []
    return [ev.StatusChanged(at=act.now, by=act.by, status=status, reason=reason.strip())]


def _same_plan(known: Visit, planned: ev.VisitPlanned) -> bool:
    names = ("start", "minutes", "engineer", "site", "address", "text")
    same = all(getattr(known, name) == getattr(planned, name) for name in names)
    return same and known.state == "planned"


def _key(act: Act) -> str:
    """What a new visit is called on its ticket: which one it is, and when it was made."""
    made = len(act.ticket.visits) + len(act.ticket.visited) + 1
    return f"V{made}@{act.now.astimezone(UTC):%Y%m%dT%H%M%S.%f}"
