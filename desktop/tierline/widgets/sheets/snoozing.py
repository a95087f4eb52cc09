"""Putting an alarm off: until when, before its breach, and why; the lead sees both."""

from __future__ import annotations

from tierline.desk.ticket_view import TicketView
from tierline.desk.warnings import Card, snooze_until
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.present.wishes import Act
from tierline.widgets.sheets.fields import LineField, note
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet

_CHOICES = (("5", "5 minutes"), ("15", "15 minutes"), ("30", "30 minutes"))
_BEFORE = ("before", tr("Until 5 minutes before it is over"))


class SnoozeSheet(Sheet):
    """For one card of the strip (`card`); the ticket in the list stays where it is."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "snooze", tr("Snooze a warning"), 520)
        self.until = OptionField(self.hub, tr("For how long"), KEYS)
        self.why = LineField(self.hub, tr("Reason"), tr("needed, your lead sees it"))
        self.hint = note()
        self.add("until", self.until)
        self.add("reason", self.why)
        self.rows.addWidget(self.hint)

    @property
    def card(self) -> Card | None:
        """The warning that is put off."""
        return self.more.get("card")

    def fill(self, view: TicketView) -> None:
        """The moments that lie before the breach, each with its time of day."""
        card = self.card
        if card is None:
            return
        now, due = self.desk.clock(), card.countdown.due
        options = []
        for key, word in (*_CHOICES, _BEFORE):
            until = snooze_until(key, card, now)
            if now < until and (due is None or until < due):
                options.append(Option(key, word, when(until, now, self.desk.zone)))
        if not options and due is not None:
            options = [Option("30", tr("Until it is over"), when(due, now, self.desk.zone))]
        self.until.offer(options, options[0].key if options else "")
        self.why.put("")
        self.hint.setText(
            tr("It comes back by itself. Once it is over, it is not put off any more.")
        )
        self.relabel(
            tr("Snooze {word} of {number}", word=card.word.lower(), number=view.ticket.number),
            tr("Snooze"),
        )

    def lacks(self) -> list[tuple[str, str]]:
        """A moment and the reason."""
        told = (("until", tr("until when"), self.until), ("reason", tr("the reason"), self.why))
        return [(name, word) for name, word, field in told if not field.text()]

    def make(self) -> cmd.Command:
        """The answer to the alarm of this card's clock."""
        card = self.card
        assert card is not None
        until = snooze_until(self.until.text(), card, self.desk.clock())
        return cmd.Snooze(until=until, reason=self.why.text(), clock=card.clock)

    def send(self) -> None:
        """For the card's ticket alone, whatever is chosen in the list."""
        if self.lacks():
            super().send()
            return
        self.trouble.setText("")
        self.wished.emit(Act(self.ticket_id, self.make()))
