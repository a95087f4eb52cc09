"""The doctor's page: the findings of `tierline doctor`, in the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from tierline.domain.tongue import tr
from tierline.present.machine import Machine, serious_first
from tierline.system.findings import Check
from tierline.widgets import fonts
from tierline.widgets.controls import Button
from tierline.widgets.sheets.ink import Ink, lines_high
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.theme import ThemeHub

WIDTH, LIST_HIGH = 720, 520
_NAME, _TEXT, _PAD = 38, 160, 8
_ICONS = {"ok": "check", "note": "triangle-alert", "bad": "octagon-alert"}


class FindingLook:
    """A mark, the name, what was found, and below it how to mend it."""

    def __init__(self, hub: ThemeHub) -> None:
        """Read sizes from this hub at every paint."""
        self._hub = hub

    def height(self, row: Check, width: int) -> int:
        """As many lines as the words need."""
        words = self._high(_said(row), width) + self._high(self._mend(row), width)
        return max(self._hub.px(30), words + 2 * self._hub.px(_PAD))

    def paint(self, ink: Ink, row: Check, *, chosen: bool) -> None:
        """The row."""
        hub, theme, width = self._hub, ink.theme, round(ink.whole.width())
        inks = {"ok": theme.ink3, "note": theme.soon, "bad": theme.now}
        top, first = hub.px(_PAD), self._high(_said(row), width)
        middle = ink.whole.top() + top + hub.px(8)
        ink.icon(hub.px(12), middle, _ICONS[row.state], 16, inks[row.state])
        weight = fonts.SEMIBOLD if row.state != "ok" or chosen else fonts.MEDIUM
        name = ink.box(hub.px(_NAME), top, hub.px(_TEXT - _NAME - 8), hub.px(16))
        ink.text(name, row.word, 12, theme.ink, weight)
        room = self._room(width)
        ink.wrapped(ink.box(hub.px(_TEXT), top, room, first), _shown(_said(row)), 12, theme.ink2)
        if mend := self._mend(row):
            box = ink.box(hub.px(_TEXT), top + first, room, self._high(mend, width))
            ink.wrapped(box, _shown(mend), 12, theme.ink)

    def sentence(self, row: Check) -> str:
        """All of it, the state in words."""
        words = {"ok": tr("well"), "note": tr("good to know"), "bad": tr("to mend")}
        return ", ".join(
            part for part in (row.word, words[row.state], row.found, self._mend(row)) if part
        )

    def rests(self, row: Check) -> bool:
        """Every finding can be read."""
        del row
        return False

    def _mend(self, row: Check) -> str:
        return row.mend if row.state != "ok" else ""

    def _room(self, width: int) -> int:
        return width - self._hub.px(_TEXT) - self._hub.px(12)

    def _high(self, words: str, width: int) -> int:
        return lines_high(_shown(words), 12, self._hub, self._room(width)) if words else 0


class DoctorSheet(Sheet):
    """Fills while the round goes on: a keyring that does not answer keeps nothing back."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "doctor", tr("What works on this computer"), WIDTH)
        self.chip.hide()
        self.cancel.hide()
        self._machine: Machine | None = None
        self._checks: list[Check] = []
        self.list = RowList(self.hub, FindingLook(self.hub), tr("Findings"), LIST_HIGH)
        self.list.digits = False
        self.again = Button(tr("Look again"), self.hub, icon="refresh-cw")
        self.copy = Button(tr("Copy all"), self.hub, icon="copy")
        self.again.clicked.connect(self.look)
        self.copy.clicked.connect(self._copy)
        for button in (self.again, self.copy):
            self.before.addWidget(button)
        self.rows.addWidget(framed(self.list, self.hub))
        self.primary.setText(tr("Done"))
        self.primary.set_key("Esc")

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """A new round, by the `machine`'s findings."""
        del view
        machine = more.get("machine")
        if isinstance(machine, Machine) and machine is not self._machine:
            self._machine = machine
            machine.found.connect(self._found)
            machine.finished.connect(self._finished)
        super().begin(None, more)
        self.look()

    def first(self) -> RowList:
        """The findings."""
        return self.list

    def kept(self) -> dict[str, str]:
        """Nothing is typed here."""
        return {}

    def send(self) -> None:
        """Enter closes."""
        self.dismiss()

    def arrange(self, width: int) -> None:
        """The list takes what is left between head and foot, and scrolls by itself."""
        del width
        ends = self.head.sizeHint().height() + self.foot.sizeHint().height()
        self.list.cap(max(self.height() - ends - 32 - self.hub.px(56), self.hub.px(80)))

    def look(self) -> None:
        """See how it is now."""
        if self._machine is None or self._machine.looking:
            return
        self._checks = []
        self.again.setEnabled(False)
        self.about.setText(tr("Looking. What does not answer is left after a few seconds."))
        self._machine.look()

    def _found(self, check: Check) -> None:
        self._checks.append(check)
        self._show(self._checks)

    def _finished(self) -> None:
        self._show(serious_first(self._checks))
        self.again.setEnabled(True)
        self.about.setText(summary(self._checks))

    def _show(self, checks: list[Check]) -> None:
        self.list.put(checks, self.list.chosen())
        self.place()

    def _copy(self) -> None:
        """As lines that a colleague can read."""
        words = {"ok": "ok", "note": "note", "bad": "MEND"}
        lines = [
            f"{words[each.state]:<4}  {each.name}: {each.found} {self._todo(each)}".rstrip()
            for each in serious_first(self._checks)
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.draft_saved(tr("Copied."))

    def _todo(self, check: Check) -> str:
        return check.mend if check.state != "ok" else ""


def summary(checks: list[Check]) -> str:
    """How it is, in one line."""
    bad = sum(each.state == "bad" for each in checks)
    notes = sum(each.state == "note" for each in checks)
    if not bad and not notes:
        return tr("All of it works.")
    told = [
        tr("{n} things to mend", "{n} thing to mend", bad) if bad else "",
        tr("{n} things to know", "{n} thing to know", notes) if notes else "",
    ]
    return tr("{found}. The console goes on without.", found=", ".join(filter(None, told)))


def _said(row: Check) -> str:
    """What was found; a trouble begins like the sentence that it is."""
    return row.found if row.state == "ok" else row.found[:1].upper() + row.found[1:]


def _shown(words: str) -> str:
    """A path is let break after its slashes."""
    return words.replace("/", "/\u200b").replace("\\", "\\\u200b")
