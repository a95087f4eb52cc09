"""Rows of people: who fits, who is here, what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QLabel

from tierline.desk.suggesting import Suggestion, best
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.sheets.ink import RADIO, Ink
from tierline.widgets.theme import ThemeHub

_MOST = 10


class PersonRow(NamedTuple):
    """Someone (or a queue, with `id` "") a ticket can go to.

    `shared` are the skills the ticket asks for, `skills` the others; `share` fills the load bar.
    `reason` says in words why they fit.
    """

    id: str
    name: str
    note: str
    load: str
    share: float
    shared: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    away: bool = False
    reason: str = ""


class PersonLook:
    """Radio, name over presence, skills, load."""

    def __init__(self, hub: ThemeHub) -> None:
        """Read sizes from this hub at every paint."""
        self._hub = hub

    def height(self, row: PersonRow, width: int) -> int:
        """Two lines."""
        del row, width
        return self._hub.px(46)

    def paint(self, ink: Ink, row: PersonRow, *, chosen: bool) -> None:
        """The row; skills give way first when it is narrow."""
        hub, theme, whole = self._hub, ink.theme, ink.whole
        middle, start = whole.center().y(), hub.px(10 + RADIO + 10)
        ink.radio(hub.px(10), middle, on=chosen)
        bar = min(hub.px(84), whole.width() * 0.24)
        name_wide = min(hub.px(116), whole.width() * 0.34)
        ink_name = theme.ink3 if row.away else theme.ink
        name = ink.box(start, hub.px(6), name_wide, hub.px(18))
        ink.text(name, row.name, 13, ink_name, fonts.MEDIUM if chosen else fonts.REGULAR)
        ink.text(ink.box(start, hub.px(24), name_wide, hub.px(15)), row.note, 11, theme.ink3)
        right = whole.width() - hub.px(12) - bar
        ink.text(ink.box(right, hub.px(7), bar, hub.px(16)), row.load, 12, theme.ink2, end=True)
        ink.load(ink.box(right, hub.px(28), bar, hub.px(6)), row.share)
        self._skills(ink, row, start + name_wide + hub.px(8), right - hub.px(8))

    def _skills(self, ink: Ink, row: PersonRow, left: float, right: float) -> None:
        hub, x, middle = self._hub, left, ink.whole.center().y()
        named = [(skill, True) for skill in row.shared] + [(skill, False) for skill in row.skills]
        if not named and not row.id:
            box = ink.box(x, 0, max(right - x, 1), ink.whole.height())
            ink.text(box, tr("no name set"), 12, ink.theme.ink3)
            return
        for at, (skill, strong) in enumerate(named):
            weight = fonts.SEMIBOLD if strong else fonts.REGULAR
            wide = fonts.width(skill, hub.px(11), weight) + hub.px(10 + 14 * strong)
            rest = len(named) - at - 1
            if x + wide + (hub.px(30) if rest else 0) > right:
                if x + hub.px(28) <= right:
                    ink.pill(x, middle, f"+{len(named) - at}", strong=False)
                return
            x += ink.pill(x, middle, skill, strong=strong) + hub.px(4)

    def sentence(self, row: PersonRow) -> str:
        """Name, presence, load, skills."""
        shared = f"fits: {', '.join(row.shared)}" if row.shared else ""
        told = (row.reason,) if row.reason else (row.note, row.load, shared)
        parts = (row.name, *told, ", ".join(row.skills))
        return ", ".join(part for part in parts if part)

    def rests(self, row: PersonRow) -> bool:
        """Everyone can be chosen: a warning is not a ban."""
        del row
        return False


def share_of(load: int, most: int) -> float:
    """How full the bar of someone is who holds `load` tickets, the fullest holding `most`."""
    return load / max(most, _MOST)


def suggestion_row(each: Suggestion, most: int, *, me: str = "") -> PersonRow:
    """The row of someone suggested; the fullest of them all holds `most`."""
    person = each.person
    others = tuple(skill for skill in person.skills if skill not in each.shared)
    here = each.presence
    you = "you, " if person.id == me else ""
    note = you + here + (f", {person.team}" if person.team else "")
    share = share_of(each.load, most)
    load = tr("{load} open", load=each.load)
    return PersonRow(
        person.id, person.name, note, load, share, each.shared, others, not each.on, each.reason
    )


class ReasonLine(QLabel):
    """Says in words why the chosen one fits, and of the best that they are suggested."""

    def __init__(self) -> None:
        """Empty until `put`."""
        super().__init__()
        self.setProperty("role", "quiet")
        self.setWordWrap(True)
        self._best = ""

    def put(self, found: Sequence[Suggestion]) -> None:
        """These are offered."""
        first = best(found)
        self._best = first.person.id if first else ""

    def tell(self, row: PersonRow | None) -> None:
        """This one is chosen."""
        if row is None or not row.reason:
            self.setText("")
        else:
            word = tr("Suggested") if row.id == self._best else tr("Instead")
            self.setText(f"{word}: {row.name}, {row.reason}.")
