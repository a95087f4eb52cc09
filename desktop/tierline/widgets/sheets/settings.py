"""What a person can set for themselves, each with what it is for in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from tierline.desk.moments import Quick
from tierline.desk.tray_words import from_epoch, length
from tierline.domain.tongue import tr
from tierline.present.idleness import MINUTES, MOST_MINUTES, SETTING, minutes_typed
from tierline.present.quiet import MINUTES as MINUTES_QUIET
from tierline.widgets.controls import Button
from tierline.widgets.sheets.fields import ChoiceField, Field, LineField, note
from tierline.widgets.sheets.options import Option, OptionField
from tierline.widgets.sheets.parts import Ground, column, label
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.tick import Tick
from tierline.widgets.sheets.when_field import WhenField
from tierline.widgets.theme import SCALES, Mode

STEPS = (100, 110, 125, 150, 175, 200)
WIDTH, TWO_COLUMNS = 900, 720
ON, OFF = "1", ""


class SettingsSheet(Sheet):
    """Each change is in force at once, and told by `chosen(key of the setting, value)`.

    Ticks say "1" or "", `quiet_until` epoch seconds or "". Open it with `now`, the values in force
    by their keys; what is not in there is as usual. `tray` tells whether there is one.
    """

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "settings", tr("Settings"), WIDTH)
        self.chip.hide()
        self.about.setText(tr("In force at once, on this computer only."))
        self._named: dict[str, Field] = {}
        self._ticks: dict[str, Tick] = {}
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        left, right = column(self.hub, 12), column(self.hub, 12)
        self._look(left)
        self._person(left)
        self._alarms(right)
        self._tray(right)
        for side in (left, right):
            side.addStretch(1)
            self.columns.addLayout(side, 1)
        self.rows.addLayout(self.columns)
        for name, field in self._named.items():
            field.changed.connect(lambda name=name: self._changed(name))
        for name, tick in self._ticks.items():
            tick.toggled.connect(lambda on, name=name: self._say(name, ON if on else OFF))
        # Half a number is a number too: it counts once the field is left.
        self.idle.entry.editingFinished.connect(self._idle_typed)
        self.quiet.entry.editingFinished.connect(self._quiet_typed)
        self._foot()

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """As things are."""
        del view
        self._filling = True
        now: dict[str, Any] = more.get("now", {})
        self.theme.offer([Option(str(m), word) for m, word in _modes().items()], str(self.hub.mode))
        steps = sorted({*STEPS, self.hub.scale})
        self.text_size.offer([(str(step), f"{step} %") for step in steps])
        self.text_size.put(str(self.hub.scale))
        self._offer_people()
        self.idle.put(f"{now.get(SETTING, MINUTES):g}")
        self.idle.show_error("")
        for name in ("popups", "sound", "flash", "motion", "start"):
            self._named[name].put(str(now.get(name, "")))
        usual = {"single_keys": True, "quiet_but_p1": True, "keep_running": False}
        for name, tick in self._ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(bool(now.get(name, usual[name])))
        self._begin_quiet(float(now.get("quiet_until", 0.0)))
        self._tell_tray(there=bool(more.get("tray", True)))
        self._filling = False
        super().begin(None, more)

    def first(self) -> Any:  # noqa: ANN401 - any control
        """The theme."""
        return self.theme.control

    def kept(self) -> dict[str, str]:
        """Nothing: settings are no draft."""
        return {}

    def send(self) -> None:
        """Everything is in force already."""
        self.dismiss()

    def arrange(self, width: int) -> None:
        """Side by side where there is room."""
        way, wide = QBoxLayout.Direction, width >= self.hub.px(TWO_COLUMNS)
        self.columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.columns.setSpacing(self.hub.px(28 if wide else 18))

    # What stands where

    def _look(self, into: QVBoxLayout) -> None:
        _head(into, tr("Look"))
        self.theme = OptionField(self.hub, tr("Theme"))
        self._add(into, "theme", self.theme)
        self.text_size = ChoiceField(
            self.hub,
            tr("Text size"),
            tr("{scales} to {scales2} %", scales=SCALES[0], scales2=SCALES[1]),
        )
        self._add(into, "scale", self.text_size)
        motion = ChoiceField(self.hub, tr("Motion"))
        motion.offer([("system", tr("As the desktop has it")), ("reduced", tr("Reduced"))])
        told = tr("Only a new P1 warning moves: it pulses for ten seconds. Reduced: nothing does.")
        self._add(into, "motion", motion, told)

    def _person(self, into: QVBoxLayout) -> None:
        _head(into, tr("You and the keyboard"))
        self.me = ChoiceField(self.hub, tr("I am"), tr("acts are written under this name"))
        self._add(into, "me", self.me)
        start = ChoiceField(self.hub, tr("Begins with"))
        start.offer([("console", tr("The console")), ("field", tr("Field mode: my visits"))])
        self._add(into, "start", start, tr("The other one is F10 away, or in the menu."))
        word, hint = tr("Ask whether I was working"), tr("after so many minutes away")
        self.idle = LineField(self.hub, word, hint)
        told = tr("While your work timer runs and nobody touches the console. 0 never asks.")
        self._add(into, SETTING, self.idle, told)
        word = tr("Single keys act while the list or the ticket has the focus")
        told = tr("Keys with Ctrl and F1 to F9 always act. ? shows all of them.")
        self.singles = self._tick(into, "single_keys", word, told)

    def _alarms(self, into: QVBoxLayout) -> None:
        _head(into, tr("Alarms outside the window"))
        which = [("all", tr("All alarms")), ("p1", tr("A P1 only")), ("none", tr("None"))]
        told = {
            "popups": tr("Copies of the strip, two in ten minutes at most, the rest as one list."),
            "sound": tr("Once for each that may disturb you, never repeated."),
            "flash": tr("Only while you work in another window."),
        }
        words = {"popups": tr("Pop-ups"), "sound": tr("Sound"), "flash": tr("Flash the task bar")}
        for name, word in words.items():
            field = ChoiceField(self.hub, word)
            field.offer(which)
            self._add(into, name, field, told[name])
        self.quiet = WhenField(self.hub, tr("Do not disturb until"), self.desk)
        self._add(
            into,
            "quiet_until",
            self.quiet,
            tr("Empty it to be disturbed again. The strip goes on."),
        )
        word = tr("A P1 disturbs all the same")
        self.but_p1 = self._tick(into, "quiet_but_p1", word)

    def _tray(self, into: QVBoxLayout) -> None:
        _head(into, tr("Tray"))
        word = tr("Closing the window leaves Tierline in the tray")
        self.keep = self._tick(into, "keep_running", word)
        self.tray_note = note()
        into.addWidget(self.tray_note)

    def _foot(self) -> None:
        doctor = Button(tr("What works on this computer…"), self.hub)
        keys = Button(tr("All keys…"), self.hub)
        doctor.clicked.connect(lambda: self.chosen.emit("act", "doctor"))
        keys.clicked.connect(lambda: self.chosen.emit("act", "keys"))
        for button in (doctor, keys):
            self.before.addWidget(button)
        self.primary.setText(tr("Done"))
        self.primary.set_key("Esc")
        self.cancel.hide()

    def _add(self, into: QVBoxLayout, name: str, field: Field, told: str = "") -> None:
        """A field, and below it what it is for."""
        self._named[name] = field
        box = column(self.hub, 4)
        box.addWidget(field)
        if told:
            box.addWidget(note(told))
            field.explained = told
            field.show_error("")
        into.addLayout(box)

    def _tick(self, into: QVBoxLayout, name: str, word: str, told: str = "") -> Tick:
        made = self._ticks[name] = Tick(self.hub, word)
        into.addWidget(made, 0, Qt.AlignmentFlag.AlignLeading)
        if told:
            into.addWidget(note(told))
            made.setAccessibleDescription(told)
        return made

    # What is in force

    def _offer_people(self) -> None:
        people = self.desk.people.assignable()
        names = [(p.id, p.name) for p in sorted(people, key=lambda p: p.name)]
        known = any(key == self.desk.me for key, _ in names)
        self.me.offer(
            names if known else [(self.desk.me, self.desk.me or tr("nobody yet")), *names]
        )
        self.me.put(self.desk.me)

    def _begin_quiet(self, until: float) -> None:
        now = self.desk.clock()
        self.quiet.offer_moments(
            Quick(length(each), now + timedelta(minutes=each)) for each in MINUTES_QUIET
        )
        self.quiet.put("")
        self.quiet.show_error("")
        if (at := from_epoch(until)) is not None and at > now:
            self.quiet.show_moment(at)

    def _tell_tray(self, *, there: bool) -> None:
        self.keep.setEnabled(there)
        told = tr("So that alarms go on. Quit is in the menu of its icon.")
        if not there:
            told = tr(
                "This desktop has no tray. Nothing is missing but the icon: the window has all."
            )
        self.tray_note.setText(told)
        self.keep.setAccessibleDescription(told)

    def _changed(self, name: str) -> None:
        if self._filling:
            return
        text = self._named[name].text()
        if name == SETTING:
            wrong = tr("Whole minutes from 0 to {most}. Until then it stays as it was.")
            usable = minutes_typed(text) is not None
            self.idle.show_error("" if usable else wrong.format(most=MOST_MINUTES))
        elif name == "quiet_until":
            self.quiet.show_error("")
        elif text:
            self._say(name, text)

    def _idle_typed(self) -> None:
        if self.idle.edited and minutes_typed(self.idle.text()) is not None:
            self._say(SETTING, self.idle.text())

    def _quiet_typed(self) -> None:
        wrong, until = self.quiet.wrong(), self.quiet.moment()
        self.quiet.show_error(wrong)
        if self.quiet.edited and not wrong:
            self._say("quiet_until", str(until.timestamp()) if until else "")

    def _say(self, name: str, value: str) -> None:
        if not self._filling:
            self.chosen.emit(name, value)


def _head(into: QVBoxLayout, word: str) -> None:
    if into.count():
        into.addSpacing(6)
    into.addWidget(label(word, "head"))


def _modes() -> dict[Mode, str]:
    return {
        Mode.SYSTEM: tr("As the desktop has it"),
        Mode.LIGHT: tr("Light"),
        Mode.DARK: tr("Dark"),
        Mode.CONTRAST: tr("High contrast"),
    }
