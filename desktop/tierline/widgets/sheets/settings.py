"""What a person can set for themselves: look, text size, who they are, single keys."""

from __future__ import annotations

from typing import Any

from tierline.present.idleness import MINUTES, MOST_MINUTES, SETTING, minutes_typed
from tierline.widgets.sheets.fields import ChoiceField, Field, LineField, note
from tierline.widgets.sheets.options import Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.tick import Tick
from tierline.widgets.theme import SCALES, Mode

STEPS = (100, 110, 125, 150, 175, 200)
_IDLE = "While your work timer runs and nobody touches the console. 0 never asks."
_NO_MINUTES = f"Whole minutes from 0 to {MOST_MINUTES}. Until then it stays as it was."
_MODES = {Mode.SYSTEM: "As the desktop has it", Mode.LIGHT: "Light", Mode.DARK: "Dark"}


class SettingsSheet(Sheet):
    """Each change is in force at once, and told by `chosen`.

    Of "theme", "scale", "me", "idle_minutes", and "single_keys", which is "1" or "". Open it with
    `single_keys=False` when they are off, and with the `idle_minutes` in force.
    """

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "settings", "Settings", 480)
        self.chip.hide()
        self.about.setText("In force at once, on this computer only.")
        self.theme = OptionField(self.hub, "Theme")
        self.text_size = ChoiceField(self.hub, "Text size", f"{SCALES[0]} to {SCALES[1]} %")
        self.me = ChoiceField(self.hub, "I am", "acts are written under this name")
        self.singles = Tick(self.hub, "Single keys act while the list or the ticket has the focus")
        self.idle = LineField(self.hub, "Ask whether I was working", "after so many minutes away")
        self._named: dict[str, Field] = {
            "theme": self.theme,
            "scale": self.text_size,
            "me": self.me,
            SETTING: self.idle,
        }
        for name, field in self._named.items():
            self.rows.addWidget(field)
            field.changed.connect(lambda name=name: self._changed(name))
        # Half a number is a number too: it counts once the field is left.
        self.idle.entry.editingFinished.connect(self._idle_typed)
        self.rows.addWidget(note(_IDLE))
        self.rows.addWidget(self.singles)
        self.rows.addWidget(note("Keys with Ctrl and F1 to F9 always act. ? shows all of them."))
        self.singles.toggled.connect(self._singles)
        self.primary.setText("Done")
        self.primary.set_key("Esc")
        self.cancel.hide()
        self._filling = False

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """As things are."""
        del view
        self._filling = True
        self.theme.offer([Option(str(m), word) for m, word in _MODES.items()], str(self.hub.mode))
        steps = sorted({*STEPS, self.hub.scale})
        self.text_size.offer([(str(step), f"{step} %") for step in steps])
        self.text_size.put(str(self.hub.scale))
        people = self.desk.people.assignable()
        names = [(p.id, p.name) for p in sorted(people, key=lambda p: p.name)]
        known = any(key == self.desk.me for key, _ in names)
        self.me.offer(names if known else [(self.desk.me, self.desk.me or "nobody yet"), *names])
        self.me.put(self.desk.me)
        self.idle.put(f"{more.get(SETTING, MINUTES):g}")
        self.idle.show_error("")
        self.singles.setChecked(bool(more.get("single_keys", True)))
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

    def _changed(self, name: str) -> None:
        text = self._named[name].text()
        if self._filling:
            return
        if name == SETTING:
            self.idle.show_error("" if minutes_typed(text) is not None else _NO_MINUTES)
        elif text:
            self.chosen.emit(name, text)

    def _idle_typed(self) -> None:
        if self.idle.edited and minutes_typed(self.idle.text()) is not None:
            self.chosen.emit(SETTING, self.idle.text())

    def _singles(self, on: bool) -> None:
        if not self._filling:
            self.chosen.emit("single_keys", "1" if on else "")
