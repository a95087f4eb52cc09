"""Brings to the window what others told me, asks for the hand-over, opens linked tickets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tierline.desk.shift_change import Change
from tierline.desk.when import when
from tierline.domain.tongue import tr
from tierline.present.console import ConsolePresenter
from tierline.present.messages import Message, Severity
from tierline.widgets.window.parts import Parts

_TOPIC = tr("shift change")


class TeamBar(QObject):
    """Connects `Teamwork` with status bar and bands; `do` opens the sheets."""

    def __init__(self, parts: Parts, console: ConsolePresenter, do: Callable[[str], None]) -> None:
        """Everything is connected when this returns."""
        super().__init__(parts.frame)
        self._parts, self._console, self._do = parts, console, do
        team = console.team
        team.told_changed.connect(parts.status.tell_told)
        team.change_near.connect(self._ask)
        team.change_over.connect(lambda: parts.bands.withdraw(_TOPIC))
        parts.status.told_clicked.connect(lambda: do("for_me"))
        parts.ticket.composer.offer_people(console.desk.people.alike)

    def _ask(self, change: Change, holds: int) -> None:
        desk = self._console.desk
        at = when(change.at, desk.clock(), desk.zone)
        what = tr(
            "Your shift ends at {at}, the {word} comes.", at=at, word=change.duty.word.lower()
        )
        many = tr("1 open ticket") if holds == 1 else tr("{holds} open tickets", holds=holds)
        rest = tr("You hold {many}. Each goes with a note (Ctrl Shift H).", many=many)
        self._console.messages.say(
            Message(
                what, rest, Severity.SOON, tr("Hand over"), lambda: self._do("handover"),
                question=True, topic=_TOPIC,
            )
        )  # fmt: skip
