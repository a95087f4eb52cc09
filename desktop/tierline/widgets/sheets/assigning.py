"""Give a ticket to someone of the same line, or ask another line and keep it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from tierline.desk.suggesting import Suggestion, best, suggested
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import LineField, TextField
from tierline.widgets.sheets.options import Option, OptionField, framed
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.people_rows import PersonLook, ReasonLine, suggestion_row
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class PeopleField(LineField):
    """A line that narrows the list of people below it; arrows move in the list."""

    def __init__(self, ground: Ground, word: str, most: int = 240) -> None:
        """Empty until `offer`."""
        super().__init__(ground.hub, word, tr("type to narrow, ↑ ↓ to choose"), tr("Name or skill"))
        self._desk = ground.desk
        self._people: Sequence[Suggestion] = ()
        self.list = RowList(ground.hub, PersonLook(ground.hub), word, most)
        self.list.digits = False
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.none = label(tr("Nobody of that name."), "quiet")
        self.box.addWidget(framed(self.list, ground.hub))
        self.reason = ReasonLine()
        self.box.addWidget(self.reason)
        self.box.addWidget(self.none)
        self.entry.installEventFilter(self)
        self.list.picked.connect(lambda _: self.changed.emit())
        self.changed.connect(self._announce)
        self.entry.textEdited.connect(self._narrow)

    def offer(self, people: Sequence[Suggestion], chosen: str = "") -> None:
        """Offer these people, with what they hold."""
        self._people = people
        self.reason.put(people)
        self.entry.clear()
        self.edited = False
        self._narrow(chosen=chosen)

    def person(self) -> str:
        """The id of the chosen person, "" for none."""
        row = self.list.choice()
        return row.id if row else ""

    def person_name(self) -> str:
        """The name of the chosen person."""
        row = self.list.choice()
        return row.name if row else ""

    def restore(self, text: str) -> None:
        """What was typed to narrow the list is no text to keep."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Up and down move in the list while the line has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = _MOVES.get(Qt.Key(event.key()))
            if by is not None:
                self.list.step(by)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, _: str = "", chosen: str = "") -> None:
        wanted = self.entry.text().strip().casefold()
        found = [
            each
            for each in self._people
            if wanted in each.person.name.casefold()
            or any(wanted in skill.casefold() for skill in each.person.skills)
        ]
        most = max((each.load for each in self._people), default=0)
        rows = [suggestion_row(each, most, me=self._desk.me) for each in found]
        ids = [row.id for row in rows]
        at = ids.index(chosen) if chosen in ids else (0 if rows and wanted else -1)
        self.list.put(rows, at)
        self.none.setVisible(not rows)
        self.changed.emit()

    def _announce(self) -> None:
        row = self.list.choice()
        self.reason.tell(row)
        self.entry.setAccessibleDescription(self.list.sentence(row) if row else "")


class AssignSheet(Sheet):
    """People of the ticket's line, who fits best first; the best who is in is chosen already."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "assign", tr("Assign"), 520)
        self.people = PeopleField(ground, tr("To"))
        self.add("assignee", self.people)

    def fill(self, view: TicketView) -> None:
        """Those of the line, without whoever holds it."""
        ticket = view.ticket
        people = suggested(self.desk, ticket)
        first = best(people)
        wanted = str(self.more.get("assignee", "")) or (first.person.id if first else "")
        self.people.offer(people, wanted)
        self.people.none.setText(tr("Nobody else on this line."))
        line = self.desk.policy(ticket.policy).tier_word(ticket.tier)
        held = (
            tr("now {assignee}", assignee=view.assignee)
            if ticket.assignee
            else tr("nobody holds it")
        )
        self.people.set_word(
            tr("To someone on {line}", line=line),
            tr("{held}, type to narrow, ↑ ↓ to choose", held=held),
        )
        self.relabel(tr("Assign {number}", number=ticket.number), tr("Assign"))

    def lacks(self) -> list[tuple[str, str]]:
        """A person."""
        return [] if self.people.person() else [("assignee", tr("a person"))]

    def make(self) -> cmd.Command:
        """The assignment."""
        return cmd.Assign(assignee=self.people.person())

    def renew(self) -> None:
        """Name the receiver on the button."""
        name = self.people.person_name()
        self.primary.setText(
            tr("Assign to {split}", split=name.split()[0]) if name else tr("Assign")
        )
        self.primary.updateGeometry()
        super().renew()


class ConsultSheet(Sheet):
    """Which line was asked, whom, and what; the ticket stays where it is."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "consult", tr("Consult"), 560)
        self.line = OptionField(self.hub, tr("Line"), tr("the ticket stays with you"))
        self.people = PeopleField(ground, tr("Whom"), 150)
        self.question = TextField(self.hub, tr("Asked or told"), tr("it goes into the history"), 4)
        self.add("tier", self.line)
        self.add("whom", self.people)
        self.add("question", self.question)
        self.line.changed.connect(self._offer)

    def fill(self, view: TicketView) -> None:
        """The other lines; the next one up is chosen."""
        policy, here = self.desk.policy(view.ticket.policy), view.ticket.tier
        tiers = [int(key) for key in policy.file.tiers if int(key) != here]
        wanted = int(self.more.get("tier", 0)) or min((t for t in tiers if t > here), default=0)
        load = self.desk.people.load()
        options = [
            Option(str(t), policy.tier_word(t), self.desk.people.room(t, load)) for t in tiers
        ]
        self.line.offer(options, str(wanted or (tiers[-1] if tiers else "")))
        self.question.put("")
        self._offer()
        self.relabel(tr("Consult on {number}", number=view.ticket.number), tr("Record"))

    def first(self) -> Any:  # noqa: ANN401 - any control
        """The question: line and person are mostly right."""
        return self.people.control

    def lacks(self) -> list[tuple[str, str]]:
        """A line and a text."""
        found = [] if self.line.text() else [("tier", tr("the line"))]
        return (
            found if self.question.text() else [*found, ("question", tr("what was asked or told"))]
        )

    def make(self) -> cmd.Command:
        """The consultation."""
        return cmd.Consult(
            tier=int(self.line.text()),
            whom=self.people.person_name() or self.people.text(),
            text=self.question.text(),
        )

    def _offer(self) -> None:
        if self.line.text() and self.view is not None:
            self.people.offer(suggested(self.desk, self.view.ticket, int(self.line.text())))
            self.people.none.setText(tr("Nobody here by that name. It is kept as typed."))
