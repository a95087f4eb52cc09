"""A quote: give one by its sum, and record who approved or declined it, and how."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tierline.desk.quoting import after_yes, cents_of, terms
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import LineField, TextField, note
from tierline.widgets.sheets.message_field import MessageField
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet

YES, NO = "yes", "no"
_SUM, _TEXT = "cents", "text"


class QuoteSheet(Sheet):
    """A sum and what it is for; how it was read and how long it holds is said below."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "quote", tr("Give a quote"))
        self.sum = LineField(self.hub, tr("Sum"))
        self.what = TextField(self.hub, tr("What the money is for"), "needed", 3)
        self.message = MessageField(self.hub, tr("Message"), tr("left empty, none is sent"), 4)
        self.terms = note()
        self.add(_SUM, self.sum)
        self.rows.addWidget(self.terms)
        self.add(_TEXT, self.what)
        self.add("message", self.message)

    def fill(self, view: TicketView) -> None:
        """The policy's currency; an open quote that this one replaces is named."""
        currency = self._currency()
        self.sum.set_word(
            tr("Sum"), ", ".join(each for each in (currency, tr("such as 12,500.00")) if each)
        )
        self.sum.put("")
        self.what.put("")
        self.message.address(view)
        self.message.put("")
        self.relabel(tr("Quote on {number}", number=view.ticket.number), tr("Give the quote"))

    def lacks(self) -> list[tuple[str, str]]:
        """A sum that can be read, and what it is for."""
        found = [] if self._cents() else [(_SUM, tr("a sum above 0"))]
        return found if self.what.text() else [*found, (_TEXT, tr("what it is for"))]

    def make(self) -> cmd.Command:
        """The quote, and the message that tells of it."""
        return cmd.GiveQuote(
            cents=self._cents(),
            text=self.what.text(),
            message=self.message.text(),
            message_channel=self.message.channel(),
        )

    def renew(self) -> None:
        """Say how the sum was read, until when it holds, and what it replaces."""
        if self.view is not None:
            ticket, desk = self.view.ticket, self.desk
            policy = desk.policy(ticket.policy)
            said = terms(ticket, policy, self._cents(), desk.clock(), desk.zone)
            self.terms.setText(" ".join(said))
            self.terms.setVisible(bool(said))
        super().renew()

    def _cents(self) -> int:
        return cents_of(self.sum.text(), self._currency())

    def _currency(self) -> str:
        policy = self.desk.policy(self.view.ticket.policy) if self.view else None
        return policy.file.quotes.currency if policy and policy.file.quotes else ""


class AnswerQuoteSheet(Sheet):
    """Yes or no, by whom and in which way of the policy's list; a no with its reason."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "answer_quote", tr("Answer to the quote"))
        self.quote = note("", "second")
        self.answer = OptionField(self.hub, tr("They said"), KEYS)
        self.way = OptionField(self.hub, tr("How they approved it"), tr("needed for a yes"))
        self.person = LineField(self.hub, tr("Who"), tr("the name of whoever answered"))
        self.why = TextField(self.hub, tr("In their words"), tr("needed for a no"), 2)
        self.next = note()
        self.rows.addWidget(self.quote)
        self.add("answer", self.answer)
        self.add("way", self.way)
        self.add("person", self.person)
        self.add(_TEXT, self.why)
        self.rows.addWidget(self.next)

    def fill(self, view: TicketView) -> None:
        """The open quote in words, and the ways the policy takes a yes."""
        given, table = view.ticket.quote, self._policy(view).file.quotes
        self.quote.setText(": ".join(p for p in (given.text if given else "", view.quote) if p))
        yes = Option(YES, tr("Yes"), "approved")
        self.answer.offer([yes, Option(NO, tr("No"), tr("declined, with the reason"))])
        ways = table.approvals if table else ()
        self.way.offer([Option(e.word, e.word, e.by) for e in ways])
        self.person.put("")
        self.why.put("")
        self.relabel(
            tr("The quote on {number}: yes or no?", number=view.ticket.number),
            tr("Record the answer"),
        )

    def first(self) -> QWidget | None:
        """The answer."""
        return self.answer.control

    def lacks(self) -> list[tuple[str, str]]:
        """The answer, who gave it, and its way or reason."""
        needed = [
            ("answer", tr("yes or no"), self.answer.text()),
            ("way", tr("how they approved it"), self.way.text() or self.answer.text() != YES),
            ("person", tr("who answered"), self.person.text()),
            (_TEXT, tr("why not"), self.why.text() or self.answer.text() != NO),
        ]
        return [(name, word) for name, word, there in needed if not there]

    def make(self) -> cmd.Command:
        """The answer."""
        accepted = self.answer.text() == YES
        return cmd.AnswerQuote(
            person=self.person.text(),
            accepted=accepted,
            way=self.way.text() if accepted else "",
            text=self.why.text(),
        )

    def renew(self) -> None:
        """The ways belong to a yes, and so does what is to be done next."""
        yes = self.answer.text() == YES
        self.way.setVisible(self.answer.text() != NO)
        self.next.setText(after_yes(self._policy(self.view)) if yes and self.view else "")
        self.next.setVisible(bool(self.next.text()))
        super().renew()

    def _policy(self, view: TicketView) -> Policy:
        return self.desk.policy(view.ticket.policy)
