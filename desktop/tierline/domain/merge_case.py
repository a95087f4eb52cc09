"""What every part of the merge looks at: who saw what, the class of an event, what was lost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from tierline.domain import events as ev
from tierline.domain.policy import Policy
from tierline.domain.rules.keys import KIND
from tierline.domain.ticket import Ticket, undone_operations

Events = list[ev.AnyEvent]
Kind = Literal["added", "timer", "value", "owner", "state"]
STATE = (ev.StatusChanged, ev.Resolved, ev.Reopened, ev.Closed, ev.Cancelled, ev.Escalated)
KINDS: dict[type[ev.Event], Kind] = {
    **dict.fromkeys(STATE, "state"),
    ev.Assigned: "owner",
    ev.Prioritised: "value",
    ev.Detailed: "value",
    ev.PolicyChanged: "value",
    ev.Restricted: "value",
    ev.QuoteAnswered: "value",
    ev.VisitPlanned: "value",
    ev.VisitCancelled: "value",
    ev.Checked: "value",
    ev.TimerStarted: "timer",
    ev.TimeLogged: "timer",
}
_WATCHED = (
    *STATE,
    ev.Assigned,
    ev.Prioritised,
    ev.PolicyChanged,
    ev.Messaged,
    ev.Disputed,
    ev.Complained,
    ev.Consulted,
    ev.WorkedAround,
    ev.Stayed,
    ev.GatePassed,
    ev.TimeCorrected,
    ev.Quoted,
    ev.QuoteAnswered,
    ev.Undone,
)
_PROSE = ("reason", "handover", "steps", "text")
_NAMED = ("tried", "confirmed_by", "merged_into", "person", "way")
_SETS_OFF = {
    "line": "state",
    "resolved": "state",
    "closed": "state",
    "priority": "priority",
    "judged": "priority",
}


class Unseen(NamedTuple):
    """An event of somebody else's act, and the act."""

    operation: ev.Operation
    event: Any

    @property
    def by(self) -> str:
        """Who did it; "" for a rule."""
        return str(self.event.by or ("" if self.event.rule else self.operation.by))


@dataclass(frozen=True, slots=True)
class Case:
    """One act to be merged; see `merge.merge`. `others` hold only what was really not seen."""

    before: Ticket
    others: tuple[ev.Operation, ...]
    mine: ev.Operation
    policy: Policy
    seen: Ticket
    leads: Container[str]

    @classmethod
    def of(
        cls,
        before: Ticket,
        others: Sequence[ev.Operation],
        mine: ev.Operation,
        policy: Policy,
        seen: Ticket,
        leads: Container[str],
    ) -> Case:
        """Leave out what was taken back, and rules' acts that my own console made as well."""
        gone = undone_operations(others)
        acted = {each.occasion for each in seen.acted}
        unseen = (op for op in others if op.op_id not in gone and not _made_too(op, acted))
        return cls(before, tuple(unseen), mine, policy, seen, leads)

    @property
    def void(self) -> bool:
        """Whether it is a rule's act that did not see what the rule looks at."""
        if self.mine.kind != KIND:
            return False
        return any(isinstance(e, _WATCHED) for op in self.others for e in op.events)

    @property
    def events(self) -> Events:
        """My events, without what a rule has done on the same occasion for somebody else."""
        done = {each.occasion for each in self.before.acted}
        kept: Events = []
        for deed in deeds(self.mine.events):
            if not (deed[0].occasion and deed[0].occasion in done):
                kept += [e for e in deed if not isinstance(e, ev.Logged)]
        return kept

    def theirs(self, *kinds: type[ev.Event]) -> list[Unseen]:
        """The unseen events of these kinds, in the log's order."""
        found = (Unseen(op, e) for op in self.others for e in op.events)
        return [each for each in found if isinstance(each.event, kinds)]

    @property
    def taken_back(self) -> bool:
        """Whether somebody took back an act that my author saw."""
        return bool(self.theirs(ev.Undone))

    def mine_lost(
        self,
        what: str,
        stands: tuple[str, Unseen],
        lost: str,
        events: Iterable[ev.AnyEvent],
        *,
        was: str = "",
        grave: bool = False,
    ) -> ev.Conflicted:
        """The conflict in which the log's value stands; it goes on from an earlier one, if any."""
        again = self.earlier(what)
        kept, made = stands
        return ev.Conflicted(
            at=self.mine.at,
            by=self.mine.by,
            key=f"{self.mine.op_id}/{what}",
            what=what,
            kept=kept,
            kept_by=made.by,
            kept_at=made.event.at,
            lost=lost,
            lost_by=self.mine.by,
            lost_at=self.mine.at,
            was=again.was if again else was,
            events=((*again.events, *events) if again and what == "status" else tuple(events)),
            grave=grave or (again is not None and again.grave),
            instead=again.key if again else "",
        )

    def theirs_lost(self, what: str, kept: str, lost: str, made: Unseen, was: str) -> ev.Conflicted:
        """The conflict in which my value stands over one that is in the log already."""
        return ev.Conflicted(
            at=self.mine.at,
            by=self.mine.by,
            key=f"{made.operation.op_id}/{what}",
            what=what,
            kept=kept,
            kept_by=self.mine.by,
            kept_at=self.mine.at,
            lost=lost,
            lost_by=made.by,
            lost_at=made.event.at,
            was=was,
            events=(made.event,),
            grave=True,
        )

    def earlier(self, what: str) -> ev.Conflicted | None:
        """A conflict about the same that my earlier act was in, and I had not been told of."""
        known = {each.key for each in self.seen.conflicts}
        own = (c for c in self.before.conflicts if (c.what, c.lost_by) == (what, self.mine.by))
        return next((c for c in own if c.key not in known), None)


def deeds(events: Iterable[ev.AnyEvent]) -> list[list[ev.AnyEvent]]:
    """The events one by one, those of one rule's deed together."""
    found: list[list[ev.AnyEvent]] = []
    for event in events:
        goes_on = event.rule and not event.occasion and found and found[-1][0].rule == event.rule
        if goes_on:
            found[-1].append(event)
        else:
            found.append([event])
    return found


def without_deeds(events: Events, cause: str) -> tuple[Events, Events]:
    """What stays and what goes of the events, when what set rules off did not come about."""
    stay: Events = []
    go: Events = []
    for deed in deeds(events):
        key = deed[0].occasion.partition("/")[2].partition("-")[0]
        (go if deed[0].rule and _SETS_OFF.get(key) == cause else stay).extend(deed)
    return stay, go


def noted(case: Case, text: str, at: datetime) -> ev.Noted:
    """Words of an act that was the same as another's, or lost, kept as a note of its author."""
    return ev.Noted(at=at, by=case.mine.by, text=text)


def typed(event: ev.Event) -> list[str]:
    """Everything a person wrote in an event; what is no sentence is named."""
    found = [text for name in _PROSE if (text := getattr(event, name, "")).strip()]
    for name in _NAMED:
        value = getattr(event, name, "")
        text = value if isinstance(value, str) else ", ".join(value)
        found += [f"{name.replace('_', ' ')}: {text}"] if text.strip() else []
    return found


def _made_too(op: ev.Operation, acted: set[str]) -> bool:
    occasions = {event.occasion for event in op.events if event.occasion}
    return op.kind == KIND and bool(occasions) and occasions <= acted
