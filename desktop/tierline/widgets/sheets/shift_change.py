"""Hand over at the change of shift: each ticket with its note, to a person or the coming team."""

from __future__ import annotations

from typing import Any

from tierline.desk.shift_change import Handed, held, next_change
from tierline.desk.teaming import Handing
from tierline.desk.when import when
from tierline.domain.tongue import tr
from tierline.present.wishes import HandAll
from tierline.widgets.sheets.fields import LineField
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.list_sheet import ListSheet
from tierline.widgets.sheets.options import KEYS, Option, OptionField, framed
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.tick import Tick

WIDTH, LIST_HIGH, MOST_PEOPLE = 680, 276, 8
TEAM = "team:"


class HandoverSheet(ListSheet):
    """The tickets I hold; arrows choose one, Tab goes to its note, Ctrl Enter hands over all.

    One that is not to go is left out by its tick, and stays mine.
    """

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(
            ground, "handover", tr("Hand over"), ItemLook(ground.hub), LIST_HIGH, WIDTH
        )
        self._held: tuple[Handed, ...] = ()
        self._notes: dict[str, str] = {}
        self._stay: set[str] = set()
        self._group, self._at = "", -1
        self.none = label(tr("You hold no open ticket: there is nothing to hand over."), "quiet")
        self.text = LineField(self.hub, tr("Note"), tr("what was done, and what comes next"))
        self.goes = Tick(self.hub, tr("Hand this one over"))
        self.to = OptionField(self.hub, tr("To"), KEYS)
        self.rows.addWidget(framed(self.list, self.hub))
        self.rows.addWidget(self.none)
        self.add("note", self.text)
        self.rows.addWidget(self.goes)
        self.add("to", self.to)
        self.before.addWidget(self.opener)
        self.text.changed.connect(self._noted)
        self.goes.toggled.connect(self._left_out)

    def chosen_ticket(self) -> str:
        """The one whose note is shown."""
        return self._current.ticket_id if self._current else ""

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """All I hold now, with notes made from what was done."""
        self._notes, self._stay, self._at = {}, set(), -1
        super().begin(view, more)
        self._choose_note()

    def lacks(self) -> list[tuple[str, str]]:
        """Somebody, a ticket, and a note on each that goes."""
        found = [] if self.to.text() else [("to", tr("to whom"))]
        if not self._going:
            return [*found, ("", tr("a ticket"))]
        empty = [each.number for each in self._going if not self._notes[each.ticket_id].strip()]
        return (
            [*found, ("note", tr("a note on {names}", names=", ".join(empty)))] if empty else found
        )

    def send(self) -> None:
        """Hand over all that goes."""
        if self.lacks():
            super().send()
            return
        chosen = self.to.text()
        to, group = ("", self._group) if chosen == TEAM else (chosen, "")
        notes = tuple(Handing(e.ticket_id, self._notes[e.ticket_id]) for e in self._going)
        self.wished.emit(HandAll(notes, to, group))

    def granted(self) -> None:
        """Nothing is left to do here, unless some stayed."""
        self._read()
        if self._held:
            self.renew()
        else:
            self.finish()

    def picked(self) -> None:
        """Show the note of the one that is chosen."""
        if self.list.chosen() != self._at:
            self._at = self.list.chosen()
            self._choose_note()
        super().picked()

    def renew(self) -> None:
        """Say on the button how many go, and to whom."""
        row, count = self.to.list.choice(), len(self._going)
        whom = (self._group if row.key == TEAM else row.text.split()[0]) if row else ""
        self.primary.setText(
            tr("Hand over {count} to {whom}", count=count, whom=whom) if whom else tr("Hand over")
        )
        self.primary.updateGeometry()
        super().renew()
        missing = [word for _, word in self.lacks()]
        self.lack.setText(tr("Still needed: {names}.", names=", ".join(missing)) if missing else "")

    @property
    def _current(self) -> Handed | None:
        row: Item | None = self.list.choice()
        return next((each for each in self._held if row and each.ticket_id == row.key), None)

    @property
    def _going(self) -> list[Handed]:
        return [each for each in self._held if each.ticket_id not in self._stay]

    def _read(self) -> None:
        self._held = held(self.desk)
        self._notes = {e.ticket_id: self._notes.get(e.ticket_id, e.note) for e in self._held}
        self._offer()
        self._show()
        self.none.setVisible(not self._held)
        for part in (self.text, self.goes, self.to):
            part.setVisible(bool(self._held))

    def _offer(self) -> None:
        change, desk = next_change(self.desk), self.desk
        people = list(change.people) if change else []
        if change is None:
            people = [p for p in desk.people.assignable() if p.id != desk.me and p.present]
            self.relabel(tr("Hand over what you hold"), tr("Hand over"))
        else:
            at = when(change.at, desk.clock(), desk.zone)
            shift = change.duty.word[:1].lower() + change.duty.word[1:]
            title = tr("Hand over at {at}, to the {shift}", at=at, shift=shift)
            self.relabel(title, tr("Hand over"))
        self._group = change.duty.group if change else ""
        load = desk.people.load()
        lines = desk.policy(desk.book.default)
        options = [
            Option(
                p.id,
                p.name,
                tr("{line}, {load} open", line=lines.tier_word(p.tier), load=load.get(p.id, 0)),
            )
            for p in people[:MOST_PEOPLE]
        ]
        if self._group:
            options.append(Option(TEAM, tr("{group}, whoever is free first", group=self._group)))
        chosen = self.to.text()
        self.to.offer(options, chosen or (options[-1].key if self._group else ""))

    def _show(self) -> None:
        at = self.list.chosen()
        rows = [
            Item(
                each.ticket_id,
                each.subject,
                f"{each.number}, {self._notes[each.ticket_id]}",
                tr("stays with you") if each.ticket_id in self._stay else each.status,
                priority=each.priority,
            )
            for each in self._held
        ]
        self.list.put(rows, min(max(at, 0), len(rows) - 1))

    def _choose_note(self) -> None:
        current = self._current
        if current is not None:
            self.text.put(self._notes[current.ticket_id])
            self.text.set_word(
                tr("Note on {number}", number=current.number),
                tr("what was done, and what comes next"),
            )
            self.goes.blockSignals(True)
            self.goes.setChecked(current.ticket_id not in self._stay)
            self.goes.blockSignals(False)

    def _noted(self) -> None:
        current = self._current
        if current is not None and self.text.edited:
            self._notes[current.ticket_id] = self.text.text()
            self._show()
            self.renew()

    def _left_out(self, goes: bool) -> None:
        current = self._current
        if current is not None:
            (self._stay.discard if goes else self._stay.add)(current.ticket_id)
            self._show()
            self.renew()
