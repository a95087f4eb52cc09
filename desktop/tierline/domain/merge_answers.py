"""The part of the merge about acts on other acts: taking one back, settling a conflict."""

from __future__ import annotations

from tierline.domain import conflicts
from tierline.domain import events as ev
from tierline.domain.merge_case import KINDS, Case, Events, Unseen, noted

# Acts that change something. One without such an event in the log wanted what was so already, or
# is in a conflict with it.
_CHANGE = frozenset(
    (
        *("answerquote", "assign", "cancel", "changestatus", "close", "escalate", "filldetails"),
        *("prioritise", "handover", "merge", "release", "reopen", "resolve", "restrict", "take"),
        *("passgate", "planvisit", "cancelvisit", "setout", "arrive", "leavesite"),
    )
)


def undone(case: Case, events: Events) -> Events:
    """An act is not taken back when somebody has changed more since than adding words or time.

    Nor when somebody else's act met it: one that wanted the same is only words in the log.
    """
    back = [e for e in events if isinstance(e, ev.Undone)]
    changing = [kind for kind, of in KINDS.items() if of != "timer"]
    since = case.theirs(*changing, ev.Undone) or _met(case)
    if not back or not since:
        return events
    stay = [e for e in events if not isinstance(e, ev.Undone)]
    return [*stay, case.mine_lost("undo", ("", since[-1]), "", back)]


def _met(case: Case) -> list[Unseen]:
    acts = (op for op in case.others if op.kind in _CHANGE)
    return [Unseen(op, ev.Noted(at=op.at, by=op.by, text="")) for op in acts]


def settled(case: Case, events: Events) -> Events:
    """The first answer to a conflict counts; what another one would have done is kept aside."""
    answers = {made.event.key: made for made in case.theirs(ev.Settled)}
    mine = next((e for e in events if isinstance(e, ev.Settled) and e.key in answers), None)
    if mine is None:
        return events
    theirs = answers[mine.key]
    stay = [e for e in events if e is not mine]
    if mine.text and not any(isinstance(e, ev.Noted) and e.text == mine.text for e in stay):
        stay.append(noted(case, mine.text, mine.at))
    found = conflicts.find(case.seen, mine.key)
    if (
        found is None
        or "both" in (mine.choice, theirs.event.choice)
        or (mine.choice == theirs.event.choice)
    ):
        return stay
    lost = [e for e in stay if KINDS.get(type(e), "added") not in ("added", "timer")]
    stay = [e for e in stay if e not in lost]
    stands, gone = found.kept, found.lost
    if mine.choice == "keep":
        stands, gone = gone, stands
    made = case.mine_lost(found.what, (stands, theirs), gone, lost, was=found.was)
    return [*stay, made]
