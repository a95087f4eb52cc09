"""The way into a gated status: its keeper is asked, may ask others, and says yes or no."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tierline.desk import process_choices
from tierline.desk.process_choices import Gate
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import LineField, TextField, note
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet

YES, NO = "yes", "no"


class _GateBase(Sheet):
    """A sheet about one of the policy's gates."""

    gate: OptionField

    def gates(self) -> tuple[Gate, ...]:
        """The gates of the ticket's policy."""
        if self.view is None:
            return ()
        ticket = self.view.ticket
        return process_choices.gates(ticket, self.desk.policy(ticket.policy))

    def words(self) -> str:
        """What there is to ask for: "project or testing"."""
        return " or ".join(gate.word.lower() for gate in self.gates())

    def picked(self) -> Gate | None:
        """The gate that is chosen."""
        return next((each for each in self.gates() if each.gate == self.gate.text()), None)


class AskGateSheet(_GateBase):
    """Ask the keeper of a gate, or note that the keeper asked someone else in turn."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "gate", tr("Ask for project or testing"), 560)
        self.gate = OptionField(self.hub, tr("For"), KEYS)
        self.role = OptionField(self.hub, tr("Ask"), tr("the keeper first"))
        self.why = TextField(self.hub, tr("Why it should go there"), "needed", 3)
        self.add("gate", self.gate)
        self.add("role", self.role)
        self.add("text", self.why)
        self.gate.changed.connect(self._offer_roles)

    def fill(self, view: TicketView) -> None:
        """The gates, and how far each has come."""
        options = [Option(g.gate, g.word, _so_far(g)) for g in self.gates()]
        self.gate.offer(options, options[0].key if len(options) == 1 else "")
        self.why.put("")
        self._offer_roles()
        title = tr("Ask for {words} on {number}", words=self.words(), number=view.ticket.number)
        self.relabel(title, tr("Record the question"))

    def lacks(self) -> list[tuple[str, str]]:
        """A gate and why."""
        found = [] if self.gate.text() else [("gate", self.words())]
        return found if self.why.text() else [*found, ("text", "why")]

    def make(self) -> cmd.Command:
        """The question."""
        return cmd.AskGate(gate=self.gate.text(), text=self.why.text(), role=self.role.text())

    def _offer_roles(self) -> None:
        gate = self.picked()
        if gate is None:
            self.role.offer([])
            self.role.hide()
            return
        keeper = Option(gate.role, gate.role_word, "decides")
        others = [Option(key, word, tr("asked by the keeper")) for key, word in gate.may_ask]
        asked = gate.role in gate.asked and bool(others)
        self.role.offer([keeper, *others], others[0].key if asked else gate.role)
        self.role.show()


class PassGateSheet(_GateBase):
    """What the keeper of a gate decided: yes enters the status, no is recorded."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "pass_gate", tr("Answer of the gate’s keeper"), 560)
        self.gate = OptionField(self.hub, tr("About"))
        self.answer = OptionField(self.hub, tr("They said"), KEYS)
        self.person = LineField(self.hub, tr("Who"), tr("the name of whoever decided"))
        self.why = TextField(self.hub, tr("In their words"), tr("needed for a no"), 2)
        self.known = note()
        self.add("gate", self.gate)
        self.add("answer", self.answer)
        self.add("person", self.person)
        self.add("text", self.why)
        self.rows.addWidget(self.known)

    def fill(self, view: TicketView) -> None:
        """Only gates whose keeper was asked."""
        asked = [g for g in self.gates() if g.role in g.asked]
        self.gate.offer(
            [Option(g.gate, g.word, g.role_word) for g in asked], asked[-1].gate if asked else ""
        )
        self.gate.setVisible(len(asked) > 1)
        yes = Option(YES, tr("Yes"), tr("the ticket enters it"))
        self.answer.offer([yes, Option(NO, tr("No"), tr("it stays as it is"))])
        self.person.put("")
        self.why.put("")
        said = [
            tr("{so_far} about {word}.", so_far=_so_far(g).capitalize(), word=g.word.lower())
            for g in asked
        ]
        self.known.setText(" ".join(said))
        number = view.ticket.number
        title = (
            tr("{word} for {number}: yes or no?", word=asked[0].word, number=number)
            if len(asked) == 1
            else ""
        )
        self.relabel(title or tr("Answer about {number}", number=number), tr("Record the answer"))

    def first(self) -> QWidget | None:
        """The answer: there is mostly one question."""
        return self.answer.control

    def lacks(self) -> list[tuple[str, str]]:
        """Gate, answer, who, and for a no why."""
        needed = [
            ("gate", tr("a question that was asked"), self.gate.text()),
            ("answer", tr("yes or no"), self.answer.text()),
            ("person", tr("who decided"), self.person.text()),
        ]
        found = [(name, word) for name, word, text in needed if not text]
        no = self.answer.text() == NO and not self.why.text()
        return [*found, ("text", tr("why not"))] if no else found

    def make(self) -> cmd.Command:
        """The answer."""
        return cmd.PassGate(
            gate=self.gate.text(),
            person=self.person.text(),
            allowed=self.answer.text() == YES,
            text=self.why.text(),
        )


def _so_far(gate: Gate) -> str:
    words = {gate.role: gate.role_word} | dict(gate.may_ask)
    asked = tr(" and the ").join(words.get(each, each).lower() for each in gate.asked)
    return (
        tr("asked the {asked}", asked=asked)
        if asked
        else tr("through the {role}", role=gate.role_word.lower())
    )
