"""What the palette offers for what was typed: commands first, then views, tickets, people.

No Qt here. Commands that cannot run now come last and say why; what was used lately goes before
its equals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from tierline.desk.desk import Desk
from tierline.desk.escalating import next_line, no_way
from tierline.desk.matching import Found, Names, Span, found_in
from tierline.desk.queues import Count
from tierline.desk.ticket_view import TicketView
from tierline.domain.macros import Macro
from tierline.domain.tongue import tr
from tierline.present.acts import ACTS, GO, GO_KEY, NO_TICKET, TICKET, WINDOW, Act, keycap, reason
from tierline.present.view_state import WORDS

MOST, MOST_VIEWS, MOST_TICKETS, MOST_PEOPLE, MOST_RECENT = 9, 5, 6, 4, 5
_SEARCHED = 2
_HIDDEN = frozenset(("palette", "back", "next_pane", "previous_pane"))
_HOME_VIEWS = ("my", "unassigned", "due", "waiting")
_NOTES = {
    "escalate": tr("reason, note, message"),
    "escalate3": tr("if critical or very technical"),
    "consult": tr("it stays with you"),
    "wait": tr("stops clocks"),
    "resolve": tr("steps, message"),
    "prioritise": "impact × urgency",
    "sev1": tr("two fields"),
    "client_escalation": tr("tells the lead"),
}
_USUAL = {act.name: act.keys for act in ACTS.values()}
_VIEW_KEYS = {view: (GO_KEY, key) for key, view in GO.items()}
_ONE_ONLY = tr("For one ticket at a time.")


class Row(NamedTuple):
    """A line of the palette; a heading has no `what`.

    `what` and `value` are what `chosen` says: ("act", "escalate"), ("view", "my"), ("ticket", id),
    ("person", id), ("contact", name), ("client", name), ("seek", number).
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

    @property
    def mark(self) -> tuple[str, str]:
        """What it is known by from one opening to the next."""
        return self.what, self.value


class Habits(NamedTuple):
    """What the window knows of its person: keys in force, what was run last, how many are chosen.

    `keys` by the name of the act, as `acts` writes them; `recent` are marks, the latest first.
    """

    keys: Mapping[str, tuple[str, ...]] = _USUAL
    recent: tuple[tuple[str, str], ...] = ()
    many: int = 1


class Offers:
    """Reads a desk for the palette; `view` is the ticket the commands are about.

    Made when the palette opens: names are read once, however much is typed.
    """

    def __init__(
        self,
        desk: Desk,
        view: TicketView | None,
        counts: Mapping[str, Count],
        habits: Habits | None = None,
    ) -> None:
        """`counts` are those of the rail, by view."""
        self._desk, self._view, self._counts = desk, view, counts
        self._habits = habits or Habits()
        self._acts = [act for act in (*TICKET, *WINDOW) if act.name not in _HIDDEN]
        self._act_names = Names(self._word(act) for act in self._acts)
        self._macros = desk.replica.templates.macros(desk.me)
        self._macro_names = Names(each.name for each in self._macros)
        self._views = dict(WORDS) | {f"saved:{each.id}": each.name for each in desk.saved_views()}
        self._view_names = Names(self._views.values())

    def rows(self, typed: str) -> list[Row]:
        """The lines for what was typed; `>` asks for commands only, `#` for a number."""
        text = typed.strip()
        if text.startswith("#"):
            return [*_headed(tr("Tickets"), self._tickets(text))]
        # Slips are forgiven only where nothing is called what was typed.
        return self._fitting(text) or self._fitting(text, near=True)

    def _fitting(self, text: str, *, near: bool = False) -> list[Row]:
        bare, commands = text.removeprefix(">").strip(), text.startswith(">")
        acts = self._found_acts(bare, near=near)
        can = [row for row in acts if not row.reason]
        rows = [] if text else [*_headed(tr("Recent"), self._recent())]
        rows += _headed(self._about(), [row for row in can if _about_ticket(row)][:MOST])
        macros = self._found_macros(bare, near=near) if text else []
        rows += _headed(tr("Macros"), [row for row in macros if not row.reason])
        acts += [row for row in macros if row.reason]
        if not commands:
            rows += _headed(tr("Go to"), self._found_views(bare, near=near))
            if len(bare) >= _SEARCHED:
                people = self._people(bare, near=near)
                rows += _headed(tr("Tickets and people"), [*self._tickets(bare), *people])
        rows += _headed(tr("Everywhere"), [row for row in can if not _about_ticket(row)][:MOST])
        if bare or commands:
            rows += _headed(tr("Not now"), [row for row in acts if row.reason][:MOST])
        return rows

    def _about(self) -> str:
        if self._habits.many > 1:
            return tr("On {many} tickets", many=self._habits.many)
        if self._view is None:
            return tr("Commands")
        return tr(
            "On {number}, {subject}",
            number=self._view.ticket.number,
            subject=self._view.ticket.subject,
        )

    def _recent(self) -> Iterator[Row]:
        rows = (self._row(what, value) for what, value in self._habits.recent)
        return (row for row in [row for row in rows if row and not row.reason][:MOST_RECENT])

    def _row(self, what: str, value: str) -> Row | None:
        """The line of something run before, None when it is gone."""
        match what:
            case "act" if value in ACTS:
                return self._act(ACTS[value])
            case "macro":
                known = (each for each in self._macros if each.id == value)
                return next(map(self._macro, known), None)
            case "view" if value in self._views:
                return self._go(value)
            case "ticket":
                return next(iter(self._listed([value], "")), None)
            case "person" if person := self._desk.people.get(value):
                return Row(person.name, what, value, "user-round")
            case "contact" | "client":
                icon = "contact" if what == "contact" else "building-2"
                return Row(value, what, value, icon)
            case _:
                return None

    def _found_acts(self, typed: str, *, near: bool) -> list[Row]:
        found = self._act_names.find(typed, len(self._acts), near=near)
        return self._by_use(found, lambda at, hit: self._act(self._acts[at], hit))

    def _word(self, act: Act) -> str:
        if act.name == "escalate" and self._view is not None:
            policy, tier = self._desk.policy(self._view.ticket.policy), self._view.ticket.tier
            to = next_line(policy, tier)
            return tr("Escalate to {tier}", tier=policy.tier_word(to)) if to else act.word
        return act.word

    def _act(self, act: Act, found: Found | None = None) -> Row:
        why = self._why_not(act)
        keys = tuple(keycap(key) for key in self._habits.keys.get(act.name, ())[:1])
        note = "" if why else _NOTES.get(act.name, "")
        spans = found.spans if found else ()
        return Row(self._word(act), "act", act.name, act.icon, 0, note, keys, why, spans)

    def _why_not(self, act: Act) -> str:
        if self._habits.many > 1 and act in TICKET:
            return "" if act.many else _ONE_ONLY
        return reason(act, self._view) or self._barred(act)

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

    def _found_macros(self, typed: str, *, near: bool) -> list[Row]:
        found = self._macro_names.find(typed, MOST, near=near)
        return self._by_use(found, lambda at, hit: self._macro(self._macros[at], hit))

    def _macro(self, macro: Macro, found: Found | None = None) -> Row:
        why = _ONE_ONLY if self._habits.many > 1 else "" if self._view else NO_TICKET
        keys = tuple(keycap(key) for key in self._habits.keys.get(f"macro:{macro.id}", ()))
        count = tr("{n} steps", "{n} step", len(macro.steps))
        spans = found.spans if found else ()
        note = "" if why else count
        return Row(macro.name, "macro", macro.id, "workflow", 0, note, keys, why, spans)

    def _found_views(self, typed: str, *, near: bool) -> list[Row]:
        if not typed:
            return [self._go(view) for view in _HOME_VIEWS]
        keys, found = list(self._views), self._view_names.find(typed, MOST, near=near)
        return self._by_use(found, lambda at, hit: self._go(keys[at], hit))[:MOST_VIEWS]

    def _go(self, view: str, found: Found | None = None) -> Row:
        count = self._counts.get(view, Count())
        note = (
            tr("{total} open", total=count.total)
            if view not in ("resolved", "everything")
            else f"{count.total}"
        )
        keys = _VIEW_KEYS.get(view, ())
        icon = "bookmark" if view.startswith("saved:") else "inbox"
        spans = found.spans if found else ()
        return Row(self._views[view], "view", view, icon, 0, note, keys, "", spans)

    def _tickets(self, typed: str) -> list[Row]:
        bare = typed.lstrip("#").strip()
        found = self._listed(self._desk.search(typed, MOST_TICKETS), bare) if bare else []
        return found or self._elsewhere(bare)

    def _elsewhere(self, bare: str) -> list[Row]:
        """A number that is not here, and a hub to ask: the first copy may be under way."""
        away = self._desk.standing.link not in ("joining", "online")
        if away or " " in bare or not any(map(str.isdecimal, bare)):
            return []
        return [
            Row(tr("Look for {bare} on the shared desk", bare=bare), "seek", bare, "refresh-cw")
        ]

    def _listed(self, ids: Sequence[str], typed: str) -> list[Row]:
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
                spans.spans if (spans := found_in(f"{row.number} {row.subject}", typed)) else (),
            )
            for row in self._desk.rows(ids)
        ]

    def _people(self, typed: str, *, near: bool) -> list[Row]:
        found = self._names.find(typed, MOST_PEOPLE, near=near)
        return self._by_use(found, lambda at, hit: self._named[at]._replace(spans=hit.spans))

    @cached_property
    def _named(self) -> list[Row]:
        """Everybody: our people, the contacts, the clients."""
        load, people = self._desk.people.load(), self._desk.people
        rows = [
            Row(
                p.name, "person", p.id, "user-round", note=tr("{load} open", load=load.get(p.id, 0))
            )
            for p in people.assignable()
        ]
        directory = self._desk.replica.directory
        for each in directory.contacts():
            name = f"{each.name}, {each.title.lower()}" if each.title else each.name
            rows.append(Row(name, "contact", each.name, "contact", note=each.client))
        names = (client.name for client in directory.clients())
        rows += (Row(name, "client", name, "building-2", note="client") for name in names)
        return rows

    @cached_property
    def _names(self) -> Names:
        return Names(row.text for row in self._named)

    def _by_use(
        self, found: Iterable[tuple[int, Found]], made: Callable[[int, Found], Row]
    ) -> list[Row]:
        """Closest first; among the equally close those used lately."""
        recent = self._habits.recent
        latest = {mark: place for place, mark in enumerate(recent)}
        pairs = [(hit.rank, made(at, hit)) for at, hit in found]
        pairs.sort(key=lambda pair: (pair[0], latest.get(pair[1].mark, len(recent))))
        return [row for _, row in pairs]


def _headed(heading: str, rows: Iterable[Row]) -> Iterator[Row]:
    held = list(rows)
    if held:
        yield Row(heading)
        yield from held


def _about_ticket(row: Row) -> bool:
    return any(act.name == row.value for act in TICKET)
