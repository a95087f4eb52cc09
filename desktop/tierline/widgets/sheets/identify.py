"""Who is calling: by the PIN they say or in another way. No PIN is ever shown, nor kept here."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from tierline.desk import identity
from tierline.desk.identity import PinState
from tierline.desk.ticket_view import TicketView
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.present.wishes import CheckPin, SetPin
from tierline.widgets.sheets.fields import LineField, SecretField, note
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet

PIN = identity.HOW


class VerifySheet(Sheet):
    """How the caller proved who they are; the proof itself is never written down.

    Where the ticket's policy keeps PINs, what they say is compared, and wrong ones count.
    """

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "verify", tr("Identify the caller"), 520)
        self._state: PinState | None = None
        self.how = OptionField(self.hub, tr("Verified by"), KEYS)
        self.pin = SecretField(self.hub, tr("PIN they say"))
        self.other = LineField(self.hub, tr("In another way"), tr("how, not the proof itself"))
        self.hint = note()
        self.add("how", self.how)
        self.add("pin", self.pin)
        self.add("other", self.other)
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """The usual ways, with what the directory knows for each."""
        contact, ticket = view.contact, view.ticket
        self._state = state = self._pins(view)
        reach = contact.phone or ticket.contact_reach
        options = [Option(PIN, "PIN", self._pin_note(state, on_file=bool(contact.pin_hash)))]
        if not (state and state.needed):
            options += [
                Option("call-back", tr("Call back on the known number"), reach or tr("none known")),
                Option(
                    "mail", tr("Answer from the known mailbox"), contact.mail or tr("none known")
                ),
                Option("colleague", tr("A manager or colleague vouches")),
                Option(tr("in person"), tr("Seen in person")),
            ]
        usable = bool(state and state.set and not state.locked_until)
        self.how.offer(options, PIN if usable else "")
        self.how.set_word(
            tr("Verified by"), tr("keys 1 to {count}", count=len(options)) if options[1:] else ""
        )
        self.pin.put("")
        self.other.put("")
        self.hint.setText(self._hint(view, state))
        self.hint.setVisible(bool(self.hint.text()))
        self.relabel(tr("Who calls about {number}?", number=ticket.number), tr("Verified"))

    def first(self) -> QWidget | None:
        """The PIN where there is one to compare with."""
        return self.pin.control if self._compares() else self.how.control

    def lacks(self) -> list[tuple[str, str]]:
        """One way; for a PIN the PIN itself, if it can be compared at all."""
        state = self._state
        if self.how.text() == PIN and state is not None:
            if state.locked_until:
                return [("", tr("a PIN that is not locked"))]
            if not state.set:
                return [("", tr("a PIN on file"))]
            return [] if self.pin.text() else [("pin", tr("the PIN they say"))]
        if state is not None and state.needed:
            return [("how", "their PIN")]
        return [] if self.how.text() or self.other.text() else [("how", "how")]

    def make(self) -> cmd.Command:
        """The fact that it was done."""
        return cmd.Verify(how=self.other.text() or self.how.text())

    def send(self) -> None:
        """A PIN is compared first; everything else is simply recorded."""
        if not self._compares() or self.lacks():
            super().send()
            return
        self.pin.show_error("")
        self.primary.setEnabled(False)
        seq = self.view.seq if self.view else 0
        self.wished.emit(CheckPin(self.ticket_id, self.pin.text(), seq))

    def refused(self, refusal: Refusal) -> None:
        """A wrong PIN is gone from the line, and the tries left are counted anew."""
        self.pin.put("")
        if self.view is not None:
            self._state = self.desk.pin_state(self.ticket_id)
            words = self._pin_note(self._state, on_file=bool(self._state and self._state.set))
            first, *others = self.how.list.rows
            self.how.offer([first._replace(note=words), *others], self.how.text())
        self.renew()
        super().refused(refusal)
        self.primary.setEnabled(not self.lacks())

    def renew(self) -> None:
        """Only what the chosen way needs is asked for."""
        state = self._state
        self.pin.setVisible(self._compares())
        self.other.setVisible(not (state is not None and state.needed) and not self._compares())
        compares = self._compares()
        self.primary.setText(tr("Compare the PIN") if compares else tr("Verified"))
        self.primary.updateGeometry()
        super().renew()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whatever was typed as a PIN is gone."""
        self.pin.put("")
        super().hideEvent(event)

    def _compares(self) -> bool:
        """Whether a PIN is to be typed here."""
        state = self._state
        usable = state is not None and state.set and not state.locked_until
        return usable and self.how.text() == PIN

    def _pins(self, view: TicketView) -> PinState | None:
        """How it stands with the PIN; None where the policy keeps none."""
        table = self.desk.policy(view.ticket.policy).file.verification
        return self.desk.pin_state(view.ticket.id) if table is not None else None

    def _pin_note(self, state: PinState | None, *, on_file: bool) -> str:
        if state is None or not state.set:
            return tr("on file") if on_file else tr("none on file")
        if state.locked_until:
            return tr(
                "locked until {when}",
                when=when(state.locked_until, self.desk.clock(), self.desk.zone),
            )
        return tr("1 try left") if state.left == 1 else tr("{left} tries left", left=state.left)

    def _hint(self, view: TicketView, state: PinState | None) -> str:
        told = [f"{view.verified}."] if view.verified else []
        if state is not None and state.needed:
            told.append(tr("Nothing is done on this ticket before the caller is proven."))
            told.append(tr("Or the other way: {otherwise}.", otherwise=state.otherwise))
        elif state is not None and state.otherwise:
            told.append(tr("Without proof: {otherwise}.", otherwise=state.otherwise))
        return " ".join(told)


class SetPinSheet(Sheet):
    """Gives the contact a PIN, in place of the one they had."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "set_pin", tr("Set a PIN"), 460)
        self.pin = SecretField(self.hub, tr("New PIN"), tr("4 to 8 digits, the contact chooses"))
        self.again = SecretField(self.hub, tr("The same again"))
        self.hint = note()
        self.add("pin", self.pin)
        self.add("again", self.again)
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """Say whose it is and whether they had one."""
        self.pin.put("")
        self.again.put("")
        state = self.desk.pin_state(view.ticket.id)
        told = tr("Only its hash is kept; nobody can look it up.")
        if state is not None and state.set_at is not None:
            at = when(state.set_at, self.desk.clock(), self.desk.zone)
            told = tr("It takes the place of the one set {at}. {told}", at=at, told=told)
        self.hint.setText(told)
        self.relabel(tr("PIN of {name}", name=view.contact.name or "the contact"), tr("Set PIN"))

    def lacks(self) -> list[tuple[str, str]]:
        """The same twice."""
        if not self.pin.text():
            return [("pin", "the PIN")]
        same = self.pin.text() == self.again.text()
        return [] if same else [("again", tr("the same PIN again"))]

    def send(self) -> None:
        """Keep its hash."""
        if self.lacks() or self.view is None:
            super().send()
            return
        self.primary.setEnabled(False)
        name = self.view.contact.name or self.view.ticket.contact
        client = self.view.contact.client or self.view.ticket.client
        self.wished.emit(SetPin(self.ticket_id, client, name, self.pin.text()))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whatever was typed is gone."""
        self.pin.put("")
        self.again.put("")
        super().hideEvent(event)
