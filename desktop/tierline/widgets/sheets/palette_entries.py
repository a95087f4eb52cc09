"""What the palette offers for what was typed: commands first, then views, tickets, people.

No Qt here. Commands that cannot run now come last and say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from tierline.desk.desk import Desk
from tierline.desk.escalating import next_line, no_way
from tierline.desk.matching import Found, Span, found_in
from tierline.desk.queues import Count
from tierline.desk.ticket_view import TicketView
from tierline.present.acts import GO, GO_KEY, TICKET, WINDOW, Act, reason
from tierline.present.view_state import WORDS

T = TypeVar("T")
MOST, MOST_VIEWS, MOST_TICKETS, MOST_PEOPLE = 9, 5, 6, 4
_SEARCHED = 2
_HIDDEN = frozenset(("palette", "back", "next_pane", "previous_pane"))
_NOTES = {
    "escalate": "reason, note, message",
    "escalate3": "if critical or very technical",
    "consult": "it stays with you",
    "wait": "stops clocks",
    "resolve": "steps, message",
    "prioritise": "impact × urgency",
    "sev1": "two fields",
    "client_escalation": "tells the lead",
}
_VIEW_KEYS = {view: (GO_KEY, key) for key, view in GO.items()}


class Row(NamedTuple):
    """A line of the palette; a heading has no `what`.

    `what` and `value` are what `chosen` says: ("act", "escalate"), ("view", "my"), ("ticket", id),
    ("person", id), ("contact", name).
    """

    text: str
    what: str = ""
    value: str = ""
    icon: str = ""
    priority: int = 0
    note: str = ""
    keys: tuple[str, ...] = ()
    reason: str = ""
    spans: tuple[Span, ...] = ()


class Offers:
    """Reads a desk for the palette; `view` is the ticket the commands are about."""

    def __init__(self, desk: Desk, view: TicketView | None, counts: Mapping[str, Count]) -> None:
        """`counts` are those of the rail, by view."""
        self._desk, self._view, self._counts = desk, view, counts

    def rows(self, typed: str) -> list[Row]:
        """The lines for what was typed; `>` asks for commands only, `#` for a number."""
        text = typed.strip()
        if text.startswith("#"):
            return [*_headed("Tickets", self._tickets(text))]
        bare = text.removeprefix(">").strip()
        acts = self._acts(bare)
        on = f"On {self._view.ticket.number}, {self._view.ticket.subject}" if self._view else ""
        can = [row for row in acts if not row.reason]
        rows = [*_headed(on or "Commands", [r for r in can if _about_ticket(r)][:MOST])]
        window = [r for r in can if not _about_ticket(r)]
        if not text.startswith(">"):
            rows += _headed("Go to", self._views(bare))
            if len(bare) >= _SEARCHED:
                found = [*self._tickets(bare), *self._people(bare)]
                rows += _headed("Tickets and people", found)
        rows += _headed("Everywhere", window[:MOST])
        if bare or text.startswith(">"):
            rows += _headed("Not now", [row for row in acts if row.reason][:MOST])
        return rows

    def _acts(self, typed: str) -> list[Row]:
        acts = [act for act in (*TICKET, *WINDOW) if act.name not in _HIDDEN]
        return list(_fitting(acts, typed, self._word, self._act))

    def _word(self, act: Act) -> str:
        if act.name == "escalate" and self._view is not None:
            policy, tier = self._desk.policy(self._view.ticket.policy), self._view.ticket.tier
            to = next_line(policy, tier)
            return f"Escalate to {policy.tier_word(to)}" if to else act.word
        return act.word

    def _act(self, act: Act, found: Found) -> Row:
        why = reason(act, self._view) or self._barred(act)
        keys = (act.key,) if act.key else ()
        note = "" if why else _NOTES.get(act.name, "")
        word = self._word(act)
        return Row(word, "act", act.name, act.icon, 0, note, keys, why, found.spans)

    def _barred(self, act: Act) -> str:
        """Why the policy lets nothing go straight to the highest line from here."""
        if act.name != "escalate3" or self._view is None:
            return ""
        policy, here = self._desk.policy(self._view.ticket.policy), self._view.ticket.tier
        highest = max(int(key) for key in policy.file.tiers)
        return (
            ""
            if policy.escalation(here, highest)
            else no_way(policy, here, highest).partition(". ")[0]
        )

    def _views(self, typed: str) -> list[Row]:
        names = dict(WORDS) | {
            f"saved:{saved.id}": saved.name for saved in self._desk.saved_views()
        }
        if not typed:
            names = {view: names[view] for view in ("my", "unassigned", "due", "waiting")}
        found = _fitting(names, typed, names.__getitem__, lambda view, f: self._go(names, view, f))
        return list(found)[:MOST_VIEWS]

    def _go(self, names: Mapping[str, str], view: str, found: Found) -> Row:
        count = self._counts.get(view, Count())
        note = f"{count.total} open" if view not in ("resolved", "everything") else f"{count.total}"
        keys = _VIEW_KEYS.get(view, ())
        icon = "bookmark" if view.startswith("saved:") else "inbox"
        return Row(names[view], "view", view, icon, 0, note, keys, "", found.spans)

    def _tickets(self, typed: str) -> list[Row]:
        bare = typed.lstrip("#").strip()
        if not bare:
            return []
        rows = self._desk.rows(self._desk.search(typed, MOST_TICKETS))
        return [
            Row(
                f"{row.number} {row.subject}",
                "ticket",
                row.id,
                "",
                row.priority,
                f"{row.client}, {row.status.lower()}",
                (),
                "",
                spans.spans if (spans := found_in(f"{row.number} {row.subject}", bare)) else (),
            )
            for row in rows
        ]

    def _people(self, typed: str) -> list[Row]:
        load = self._desk.people.load()
        ours = _fitting(
            self._desk.people.assignable(),
            typed,
            lambda person: person.name,
            lambda person, found: Row(
                person.name,
                "person",
                person.id,
                "user-round",
                note=f"{load.get(person.id, 0)} open",
                spans=found.spans,
            ),
        )
        theirs = [
            Row(
                f"{c.name}, {c.title.lower()}" if c.title else c.name,
                "contact",
                c.name,
                "contact",
                note=c.client,
                spans=found.spans if (found := found_in(c.name, typed)) else (),
            )
            for c in self._desk.people.contacts("", typed, MOST_PEOPLE)
        ]
        return [*ours, *theirs][:MOST_PEOPLE]


def _headed(heading: str, rows: Iterable[Row]) -> Iterator[Row]:
    held = list(rows)
    if held:
        yield Row(heading)
        yield from held


def _about_ticket(row: Row) -> bool:
    return any(act.name == row.value for act in TICKET)


def _fitting(
    things: Iterable[T], typed: str, word: Callable[[T], str], made: Callable[[T, Found], Row]
) -> Iterator[Row]:
    """Things whose word has what was typed, the closest first, else in their own order."""
    found = [(found_in(word(thing), typed), thing) for thing in things]
    kept = [(hit, thing) for hit, thing in found if hit is not None]
    kept.sort(key=lambda pair: pair[0].rank)
    return (made(thing, hit) for hit, thing in kept)
