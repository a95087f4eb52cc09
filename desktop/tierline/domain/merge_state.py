"""The part of the merge about status and line: one act, both, or the open side wins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum
from typing import Literal, NamedTuple

from tierline.domain import events as ev
from tierline.domain.judging import working_status
from tierline.domain.merge_case import STATE, Case, Events, Unseen, noted, typed, without_deeds
from tierline.domain.ticket import Ended

Verdict = Literal["both", "same", "mine", "theirs"]
LINE = "tier:"  # before a line where a conflict keeps it as a value
_MEANWHILE = "Work went on at the same time."
_ENDS: dict[type[ev.Event], Ended] = {
    ev.Resolved: "resolved",
    ev.Closed: "closed",
    ev.Cancelled: "cancelled",
}


class Rank(IntEnum):
    """Which outcome wins over which, when two did not know of each other."""

    NONE = 0
    OVER = 1  # closed, cancelled
    RESOLVED = 2
    OPEN = 3
    REOPENED = 4
    ESCALATED = 5


class Claim(NamedTuple):
    """Where an act wants the ticket to be: a status (and its end), a line, or both."""

    status: str = ""
    ended: Ended = ""
    tier: int = 0
    reopened: bool = False

    @property
    def rank(self) -> Rank:
        """Its rank as an outcome."""
        if self.ended:
            return Rank.RESOLVED if self.ended == "resolved" else Rank.OVER
        if self.tier:
            return Rank.ESCALATED
        if self.reopened:
            return Rank.REOPENED
        return Rank.OPEN if self.status else Rank.NONE

    @property
    def value(self) -> str:
        """The claim as a conflict keeps it."""
        return self.status if self.ended or not self.tier else f"{LINE}{self.tier}"


def part(case: Case, events: Events) -> Events:
    """My status and line changes as they stand beside the others'."""
    moves = [e for e in events if isinstance(e, STATE)]
    theirs = _standing(case)
    if not moves or theirs == Claim():
        return events
    mine = _claim(moves)
    verdict = _verdict(mine, theirs)
    if verdict == "theirs":
        return _lost(case, events, mine, theirs)
    if verdict == "same":
        return _same(case, events)
    if mine.tier and mine.tier == theirs.tier:
        events = _told(case, events, ev.Escalated)
    made = _possible(case, events)
    return [*made, _won(case, mine, theirs)] if verdict == "mine" else made


def _verdict(mine: Claim, theirs: Claim) -> Verdict:
    if mine.tier and theirs.tier == mine.tier:
        mine = mine._replace(tier=0)
        if not mine.status:
            return "same"
    elif mine.tier and theirs.tier:
        return "theirs"
    if mine.status and (mine.status, mine.ended) == (theirs.status, theirs.ended):
        return "both" if mine.tier else "same"
    if mine.ended or theirs.ended:
        return "mine" if mine.rank > theirs.rank else "theirs"
    if not (mine.status and theirs.status):
        return "both"
    return "mine" if mine.rank > theirs.rank else "theirs"


def _claim(events: Iterable[ev.Event]) -> Claim:
    claim = Claim()
    for event in events:
        if isinstance(event, ev.Escalated):
            claim = claim._replace(tier=event.tier)
        else:
            ended = _ENDS.get(type(event), "")
            reopened = claim.reopened or isinstance(event, ev.Reopened)
            status = str(getattr(event, "status", ""))
            claim = claim._replace(status=status, ended=ended, reopened=reopened)
    return claim


def _standing(case: Case) -> Claim:
    """What the others made of it, as far as my own earlier acts have left it so."""
    claim = _claim(made.event for made in case.theirs(*STATE))
    before, seen = case.before, case.seen
    if claim.status and not _still(case, claim):
        claim = Claim(tier=claim.tier)
    if not case.taken_back:
        return claim
    if not claim.status and (before.status, before.ended) != (seen.status, seen.ended):
        claim = claim._replace(status=before.status, ended=before.ended)
    if not claim.tier and before.tier != seen.tier:
        claim = claim._replace(tier=before.tier)
    return claim


def _still(case: Case, claim: Claim) -> bool:
    """Whether the ticket's status is the one that their last change of it made."""
    before = case.before
    if (before.status, before.ended) != (claim.status, claim.ended):
        return False
    event = [m for m in case.theirs(*STATE) if not isinstance(m.event, ev.Escalated)][-1].event
    why = event.steps if isinstance(event, ev.Resolved) else event.reason
    return (why, getattr(event, "until", None)) == (before.status_why, before.until)


def _last(case: Case, *, status: bool) -> Unseen:
    """Their last change of the status, or of the line; what they took back is one too."""
    every = case.theirs(*STATE, ev.Undone)
    wanted = [m for m in every if isinstance(m.event, ev.Escalated) != status]
    return (wanted or every)[-1]


def _lost(case: Case, events: Events, mine: Claim, theirs: Claim) -> Events:
    """Time and notes of the act stay; its moves and what would have been sent are kept aside."""
    moved = bool(theirs.tier)
    rest, lost = without_deeds(events, "state")
    unsent = _unsent(rest)
    stay: Events = []
    gone: Events = []
    for event in rest:
        away = isinstance(event, STATE) or (moved and isinstance(event, ev.Assigned))
        (gone if away or event in unsent else stay).append(event)
    helpers = [
        ev.Assisted(at=e.at, by=case.mine.by, person=e.assignee)
        for e in gone
        if isinstance(e, ev.Assigned) and e.assignee and e.assignee != case.before.assignee
    ]
    whole = mine.tier or mine.ended
    kept = theirs.value if whole or not theirs.status else theirs.status
    made = _last(case, status=not kept.startswith(LINE))
    conflict = case.mine_lost(
        "status",
        (kept, made),
        mine.value,
        (*gone, *lost),
        was=case.seen.status,
        grave=bool(mine.ended or theirs.ended or mine.tier or theirs.tier),
    )
    return [*stay, *helpers, conflict]


def _unsent(events: Events) -> Events:
    """Messages to the contact that have not left."""
    sent = {e.message for e in events if isinstance(e, ev.Delivered) and e.state != "failed"}
    return [
        e
        for e in events
        if isinstance(e, ev.Messaged)
        and e.direction == "out"
        and e.delivery == "to send"
        and e.key not in sent
    ]


def _same(case: Case, events: Events) -> Events:
    """One act: theirs is in the log; what my author wrote stays as a note."""
    kept = _told(case, events, *STATE)
    mine = next(reversed([e for e in events if isinstance(e, ev.StatusChanged)]), None)
    if mine is None or mine.until == case.before.until:
        return kept
    stands = (_iso(case.before.until), _last(case, status=True))
    was = _iso(case.seen.until)
    conflict = case.mine_lost("until", stands, _iso(mine.until), (mine,), was=was, grave=True)
    return [*kept, conflict]


def _told(case: Case, events: Events, *kinds: type[ev.Event]) -> Events:
    """The events without those of these kinds; words nobody else wrote become notes."""
    known = {text for made in case.theirs(*STATE) for text in typed(made.event)}
    kept: Events = []
    for event in events:
        if not isinstance(event, kinds):
            kept.append(event)
        elif said := [text for text in typed(event) if text not in known]:
            kept.append(noted(case, "\n".join(said), event.at))
    return kept


def _possible(case: Case, events: Events) -> Events:
    """My moves on the ticket as it is now: an ended one is opened first, an open one not again."""
    ended = case.before.ended
    made: Events = []
    for event in events:
        if isinstance(event, STATE):
            if isinstance(event, ev.Reopened) and not ended:
                made.append(
                    ev.StatusChanged(
                        at=event.at, by=event.by, status=event.status, reason=event.reason
                    )
                )
                continue
            if ended and not isinstance(event, ev.Reopened | ev.Closed):
                made.append(_opened(case, event))
            ended = _ENDS.get(type(event), "")
        made.append(event)
    return made


def _opened(case: Case, event: ev.Event) -> ev.Reopened:
    seen = case.seen
    status = working_status(case.policy) if seen.ended else seen.status
    return ev.Reopened(at=event.at, by=case.mine.by, status=status, reason=_MEANWHILE)


def _won(case: Case, mine: Claim, theirs: Claim) -> ev.Conflicted:
    made = _last(case, status=True)
    return case.theirs_lost("status", mine.value, theirs.value, made, case.seen.status)


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
