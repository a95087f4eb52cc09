"""The part of the merge about values: the log's stays, mine is kept; texts are woven together."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tierline.domain import events as ev
from tierline.domain.conflicts import DETAIL, VISIT, sets, value_of, visit_value
from tierline.domain.merge_case import Case, Events, Unseen, noted, typed, without_deeds
from tierline.domain.merge_text import three_way
from tierline.domain.ticket_parts import Visit

_GRAVE = ("priority", "client", "description", "quote")
_FIELDS = ("subject", "client", "contact", "contact_reach", "category", "type")
_ANSWERED = ("declined", "approved")


def part(case: Case, events: Events) -> Events:
    """My changes of values as they stand beside the others'."""
    made: Events = []
    for event in events:
        match event:
            case ev.Prioritised():
                made += _scalar(case, event, "priority", str(event.priority))
            case ev.PolicyChanged():
                made += _scalar(case, event, "policy", event.policy)
            case ev.Restricted():
                made += _scalar(case, event, "restricted", "yes" if event.on else "")
            case ev.QuoteAnswered():
                made += _scalar(case, event, "quote", _ANSWERED[event.accepted])
            case ev.Detailed():
                made += _detailed(case, event)
            case ev.VisitPlanned() | ev.VisitCancelled():
                made += _visit(case, event)
            case ev.Checked() if _done_by_others(case, event):
                continue
            case _:
                made.append(event)
    if not any(isinstance(e, ev.Conflicted) and e.what == "priority" for e in made):
        return made
    # What the policy says about a priority that does not hold is not said.
    return without_deeds(made, "priority")[0]


def _scalar(case: Case, event: ev.AnyEvent, what: str, value: str) -> Events:
    theirs = _changed(case, what)
    if theirs is None:
        return [event]
    if value == value_of(case.before, what):
        said = [text for text in typed(event) if text not in typed(theirs.event)]
        return [noted(case, "\n".join(said), event.at)] if said else []
    return [_lost(case, what, value, theirs, event)]


def _lost(case: Case, what: str, value: str, theirs: Unseen, event: ev.AnyEvent) -> ev.Conflicted:
    stands = (value_of(case.before, what), theirs)
    was = value_of(case.seen, what)
    grave = what in _GRAVE or what.startswith(VISIT)
    return case.mine_lost(what, stands, value, (event,), was=was, grave=grave)


def _visit(case: Case, event: ev.VisitPlanned | ev.VisitCancelled) -> Events:
    """A visit that another planned anew, cancelled or set out for meanwhile: theirs stands."""
    if isinstance(event, ev.VisitCancelled):
        return _scalar(case, event, f"{VISIT}{event.key}", "cancelled")
    told = (event.key, event.engineer, event.start, event.minutes, event.site, event.address)
    return _scalar(case, event, f"{VISIT}{event.key}", visit_value(Visit(*told)))


def _done_by_others(case: Case, event: ev.Checked) -> bool:
    """Of a point opened again here and ticked off elsewhere, done wins."""
    theirs = (made.event for made in case.theirs(ev.Checked))
    return not event.done and any(each.item == event.item and each.done for each in theirs)


def _detailed(case: Case, event: ev.Detailed) -> Events:
    beside: Events = []
    for what, value in _told(event):
        theirs = _changed(case, what)
        if theirs is None:
            continue
        if value != value_of(case.before, what):
            beside.append(_lost(case, what, value, theirs, _only(event, what)))
        event = _without(event, what)
    if event.description is not None:
        event, more = _described(case, event, event.description)
        beside += more
    empty = not event.facts and event == ev.Detailed(at=event.at, by=event.by, rule=event.rule)
    return beside if empty else [event, *beside]


def _described(case: Case, event: ev.Detailed, mine: str) -> tuple[ev.Detailed, Events]:
    """Both texts in one where they do not touch; else the newer, and the other as a note."""
    theirs, before = _changed(case, "description"), case.before.description
    if theirs is None or mine == before:
        return event, []
    both = three_way(case.seen.description, mine, before)
    if both is not None:
        return replace(event, description=both), []
    was = case.seen.description
    if event.at > theirs.event.at:
        conflict = case.theirs_lost("description", mine, before, theirs, was)
        return event, [noted(case, before, event.at), conflict]
    conflict = _lost(case, "description", mine, theirs, _only(event, "description"))
    return _without(event, "description"), [noted(case, mine, event.at), conflict]


def _changed(case: Case, what: str) -> Unseen | None:
    """Their last change of that value, if they made one; taking one back is one too."""
    found = [each for each in case.theirs(ev.Event) if sets(each.event, what)]
    if not found and value_of(case.seen, what) != value_of(case.before, what):
        found = case.theirs(ev.Undone)
    return found[-1] if found else None


def _told(event: ev.Detailed) -> Iterator[tuple[str, str]]:
    yield from ((name, v) for name in _FIELDS if (v := getattr(event, name)) is not None)
    yield from ((f"{DETAIL}{key}", value) for key, value in event.details.items())


def _only(event: ev.Detailed, what: str) -> ev.Detailed:
    bare = ev.Detailed(at=event.at, by=event.by)
    if what.startswith(DETAIL):
        key = what.removeprefix(DETAIL)
        return replace(bare, details={key: event.details[key]})
    return replace(bare, **{what: getattr(event, what)})


def _without(event: ev.Detailed, what: str) -> ev.Detailed:
    if what.startswith(DETAIL):
        key = what.removeprefix(DETAIL)
        left = {name: value for name, value in event.details.items() if name != key}
        return replace(event, details=left)
    return replace(event, **{what: None})
