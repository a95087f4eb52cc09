"""A macro as one writes it: its name, its key, for whom it is, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from tierline.desk.filling import filled
from tierline.desk.macros import text_of, word_of
from tierline.desk.when import status_phrase
from tierline.domain import macros as steps
from tierline.domain.macros import MOST_STEPS, AnyStep, Macro
from tierline.domain.tongue import tr
from tierline.present.bindings import MACRO, Keys, holder
from tierline.present.wishes import Keep
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.fields import ChoiceField, LineField, TextField, note
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.key_field import KeyField
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, line
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.shelf_sheet import SHARED, only_mine
from tierline.widgets.sheets.tick import Tick

WIDTH, LIST = 640, 190
_NEW = Macro(id="", name="")
_WORDS = {
    "note": tr("Write a note"),
    "message": tr("Write to the contact"),
    "status": tr("Set a status, or wait"),
    "take": tr("Take it"),
    "release": tr("Release it"),
    "assign": tr("Assign it"),
    "priority": tr("Judge impact and urgency"),
    "time": tr("Log time"),
    "resolve": tr("Resolve"),
}
_TEXTS = {
    "note": tr("Note"),
    "message": tr("Message"),
    "status": tr("Reason"),
    "priority": tr("Reason"),
}
_TEXTS |= {"time": tr("What was done"), "resolve": tr("What was done")}
_ICONS = {"note": "sticky-note", "message": "mail", "status": "circle-dot", "time": "timer"}
_ICONS |= {"resolve": "check", "priority": "triangle-alert"}
_LONGEST = 60 * 24 * 28  # minutes


class MacroSheet(Sheet):
    """The chosen step is edited below the list; wishes for `Keep(macro)`."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "macro", tr("Macro"), WIDTH)
        self._macro, self._steps, self._keys = _NEW, list[AnyStep](), dict[str, tuple[str, ...]]()
        self._showing = False
        self.chip.hide()
        self.name, self.key = LineField(self.hub, tr("Name")), KeyField(self.hub, tr("Key"))
        self.list = RowList(self.hub, ItemLook(self.hub), tr("Steps"), LIST)
        self.list.digits = False
        self.what = ChoiceField(self.hub, tr("Step"))
        self.which = ChoiceField(self.hub, tr("Which"))
        self.minutes = LineField(self.hub, tr("Minutes"), tr("whole ones"))
        self.text = TextField(self.hub, tr("Text"), "", 3)
        self.shared, self.why_mine = Tick(self.hub, SHARED), note()
        self._lay_out()
        self.list.picked.connect(lambda _: self._show())
        self.what.changed.connect(self._turned)
        for field in (self.which, self.minutes, self.text):
            field.changed.connect(self._changed)

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """For `macro`, else a new one of `steps`; `keys` are those in force."""
        del view
        known: Macro | None = more.get("macro")
        self._macro = known or _NEW
        self._steps = list(known.steps if known else more.get("steps", ())) or [steps.TakeStep()]
        self._keys = dict(more.get("keys", {}))
        self.relabel(
            tr("Change {name}", name=known.name) if known else tr("New macro"), tr("Save macro")
        )
        self.about.setText(tr("Several acts under one name, and a key if you like."))
        self.name.put(self._macro.name)
        self.key.put(self._macro.key)
        why = only_mine(self.desk)
        self.shared.setChecked(self._macro.shared)
        self.shared.setEnabled(not why)
        self.why_mine.setText(why)
        self.why_mine.setVisible(bool(why))
        self._list(0)
        super().begin(None, more)

    def kept(self) -> dict[str, str]:
        """Nothing of this is a draft."""
        return {}

    def lacks(self) -> list[tuple[str, str]]:
        """A name, steps that are whole, and a key that is free."""
        found = [] if self.name.text() else [("name", tr("a name"))]
        if not self._steps:
            found.append(("", tr("a step")))
        for at, step in enumerate(self._steps, 1):
            if what := _wants(step):
                found.append(("text", tr("{what} of step {at}", what=what, at=at)))
        if self._taken():
            found.append(("key", tr("a key that is free")))
        return found

    def renew(self) -> None:
        """A key that somebody has is told at once."""
        taken = self._taken()
        self.key.show_error(
            tr("That key is taken: {taken}. Press another one.", taken=taken) if taken else ""
        )
        super().renew()

    def send(self) -> None:
        """Ask for it."""
        if self.lacks():
            super().send()
            return
        told = {"name": self.name.text(), "key": self.key.text(), "steps": tuple(self._steps)}
        self.wished.emit(Keep(replace(self._macro, **told, shared=self.shared.isChecked())))

    def add_step(self) -> None:
        """A note after the chosen step."""
        if len(self._steps) < MOST_STEPS:
            at = self.list.chosen() + 1
            self._steps.insert(at, steps.NoteStep(text=""))
            self._list(at)
            self.what.focus()

    def remove_step(self) -> None:
        """Without the chosen step."""
        at = self.list.chosen()
        if at >= 0:
            del self._steps[at]
            self._list(min(at, len(self._steps) - 1))

    def move_step(self, by: int) -> None:
        """The chosen step so many places further down."""
        at = self.list.chosen()
        if at >= 0 and 0 <= at + by < len(self._steps):
            self._steps.insert(at + by, self._steps.pop(at))
            self._list(at + by)

    def _keep(self) -> None:
        """Nothing of this is a draft."""

    def _taken(self) -> str:
        keys: Keys = self._keys
        macros = self.desk.replica.templates.macros(self.desk.me)
        return holder(self.key.text(), MACRO + self._macro.id, keys, macros)

    def _list(self, chosen: int) -> None:
        self.list.put([self._item(at, each) for at, each in enumerate(self._steps, 1)], chosen)
        self._show()

    def _item(self, at: int, step: AnyStep) -> Item:
        policy = self.desk.policy(self.desk.book.default)
        icon = _ICONS.get(_kind(step), "user-round")
        return Item(str(at), word_of(step, self.desk, policy), text_of(step) or "–", f"{at}", icon)

    def _show(self) -> None:
        """The chosen step in the fields below."""
        at = self.list.chosen()
        step = self._steps[at] if 0 <= at < len(self._steps) else None
        self._showing = True
        self.what.setVisible(step is not None)
        kind = _kind(step) if step else ""
        self.what.put(kind)
        choices = self._choices(kind)
        self.which.setVisible(bool(choices))
        self.which.offer(choices)
        self.which.put(_chosen(step))
        self.minutes.setVisible(kind in ("status", "time"))
        self.minutes.set_word(
            tr("Look again after") if kind == "status" else tr("Minutes"), "minutes"
        )
        self.minutes.put(str(getattr(step, "minutes", 0) or ""))
        self.text.setVisible(kind in _TEXTS)
        self.text.set_word(_TEXTS.get(kind, tr("Text")))
        self.text.put(text_of(step) if step else "")
        self._showing = False
        self.renew()

    def _choices(self, kind: str) -> list[tuple[str, str]]:
        policy = self.desk.policy(self.desk.book.default)
        if kind == "status":
            keys = [k for phase in ("active", "waiting") for k in policy.statuses(phase)]
            return [(key, status_phrase(policy, key)) for key in keys]
        if kind == "assign":
            return [(p.id, p.name) for p in self.desk.people.assignable()]
        if kind == "message":
            return [("mail", tr("By e-mail")), ("phone", tr("Told by phone"))]
        if kind == "priority":
            cells = [(i, u) for i in (1, 2, 3) for u in (1, 2, 3)]
            return [(f"{i}{u}", tr("Impact {i}, urgency {u}", i=i, u=u)) for i, u in cells]
        return []

    def _turned(self) -> None:
        """Another kind of step in place of the chosen one; its text goes with it."""
        at = self.list.chosen()
        if not self._showing and 0 <= at < len(self._steps):
            kind, text = self.what.text(), self.text.text()
            first = next(iter(self._choices(kind)), ("", ""))[0]
            self._steps[at] = _made(kind, first, text, 0)
            self._list(at)

    def _changed(self) -> None:
        at = self.list.chosen()
        if self._showing or not 0 <= at < len(self._steps):
            return
        typed = self.minutes.text()
        minutes = min(int(typed), _LONGEST) if typed.isascii() and typed.isdecimal() else 0
        made = _made(self.what.text(), self.which.text(), self.text.text(), minutes)
        self._steps[at] = _carried(self._steps[at], made)
        self._showing = True
        self.list.put([self._item(n, each) for n, each in enumerate(self._steps, 1)], at)
        self._showing = False
        self.renew()

    def _lay_out(self) -> None:
        self.what.offer(list(_WORDS.items()))
        self.add("name", self.name)
        self.add("key", self.key)
        self.rows.addWidget(framed(self.list, self.hub))
        tools = line(self.hub, 6)
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            (tr("Add step"), self.add_step),
            (tr("Up"), lambda: self.move_step(-1)),
            (tr("Down"), lambda: self.move_step(1)),
            (tr("Remove"), self.remove_step),
        )
        for word, act in acts:
            button = Button(word, self.hub, kind=Kind.SMALL)
            button.clicked.connect(act)
            tools.addWidget(button)
        tools.addStretch(1)
        self.rows.addLayout(tools)
        for field in (self.what, self.which, self.minutes, self.text):
            self.rows.addWidget(field)
        self.enroll("text", self.text)
        for part in (note(filled()), self.shared, self.why_mine):
            self.rows.addWidget(part)


def _kind(step: AnyStep) -> str:
    return str(step.__struct_config__.tag)


def _chosen(step: AnyStep | None) -> str:
    match step:
        case steps.StatusStep():
            return step.status
        case steps.AssignStep():
            return step.person
        case steps.MessageStep():
            return step.channel
        case steps.PriorityStep():
            return f"{step.impact}{step.urgency}"
        case _:
            return ""


def _made(kind: str, which: str, text: str, minutes: int) -> AnyStep:
    made: dict[str, Callable[[], AnyStep]] = {
        "note": lambda: steps.NoteStep(text=text),
        "message": lambda: steps.MessageStep(
            text=text, channel="phone" if which == "phone" else "mail"
        ),
        "status": lambda: steps.StatusStep(status=which, reason=text, minutes=minutes),
        "take": steps.TakeStep,
        "release": steps.ReleaseStep,
        "assign": lambda: steps.AssignStep(person=which),
        "priority": lambda: steps.PriorityStep(
            impact=int(which[:1] or 3), urgency=int(which[1:] or 3), reason=text
        ),
        "time": lambda: steps.TimeStep(minutes=minutes, text=text),
        "resolve": lambda: steps.ResolveStep(steps=text),
    }
    return made[kind]()


def _carried(before: AnyStep, after: AnyStep) -> AnyStep:
    """What the fields do not show stays as it was recorded."""
    if isinstance(before, steps.ResolveStep) and isinstance(after, steps.ResolveStep):
        return replace(after, message=before.message, channel=before.channel)
    if isinstance(before, steps.NoteStep) and isinstance(after, steps.NoteStep):
        return replace(after, plan=before.plan)
    return after


def _wants(step: AnyStep) -> str:
    """What a step still needs, "" for nothing."""
    match step:
        case steps.NoteStep() | steps.MessageStep() | steps.ResolveStep():
            return "" if text_of(step) else tr("the text")
        case steps.TimeStep():
            return "" if step.minutes else tr("the minutes")
        case steps.AssignStep():
            return "" if step.person else tr("the person")
        case _:
            return ""
