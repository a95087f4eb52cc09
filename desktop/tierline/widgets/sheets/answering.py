"""Sheets that take a reason: stay on a ticket, tell a lead, record what the contact holds against.

Each is one act of the process with its own list of the policy.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tierline.desk import process_choices
from tierline.desk.tasks_for_roles import role_word
from tierline.desk.ticket_view import TicketView
from tierline.desk.wording import priority_name
from tierline.domain import commands as cmd
from tierline.widgets.sheets.fields import LineField, TextField, note
from tierline.widgets.sheets.message_field import MessageField
from tierline.widgets.sheets.options import KEYS, Option, OptionField, keys_words
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet

_TEXT, _REASON = "text", "reason"


class StaySheet(Sheet):
    """The third answer to a rule's question: it stays here, and why."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "stay", "Stay on it", 520)
        self.asked = OptionField(self.hub, "The rule asks")
        self.why = TextField(self.hub, "Why it stays", "needed, it goes into the history", 3)
        self.hint = note("The rule does not ask again for this run of its clock. R and E remain.")
        self.add("rule", self.asked)
        self.add(_REASON, self.why)
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """The questions that are open, the latest chosen."""
        options = [Option(p.name, p.text) for p in view.prompts]
        wanted = str(self.more.get("rule", "")) or (options[-1].key if options else "")
        self.asked.offer(options, wanted)
        self.asked.setVisible(bool(options))
        self.why.put("")
        self.relabel(f"Stay on {view.ticket.number}", "Stay")

    def first(self) -> QWidget | None:
        """The reason: there is mostly one question."""
        return self.why.control

    def lacks(self) -> list[tuple[str, str]]:
        """The reason."""
        return [] if self.why.text() else [(_REASON, "the reason")]

    def make(self) -> cmd.Command:
        """The answer."""
        return cmd.Stay(reason=self.why.text(), rule=self.asked.text())


class ComplainSheet(Sheet):
    """The contact's own escalation: a reason of the policy, what they said, a reference."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "complain", "The client’s own escalation")
        self.reason = OptionField(self.hub, "Reason")
        self.said = TextField(self.hub, "What they said", "if more than the reason", 3)
        self.reference = LineField(self.hub, "Reference")
        self.hint = note()
        self.add(_REASON, self.reason)
        self.add(_TEXT, self.said)
        self.add("reference", self.reference)
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """The policy's reasons, the reference it gets, and who is told."""
        policy, ticket = self.desk.policy(view.ticket.policy), view.ticket
        reasons = process_choices.complaint_reasons(policy)
        self.reason.offer([Option(each, each) for each in reasons])
        self.reason.set_word("Reason", f"one is needed, {keys_words(len(reasons))}")
        self.said.put("")
        given = f"{ticket.number}-E{ticket.complaints + 1}"
        self.reference.set_word("Reference", f"{given} unless they have one of their own")
        self.reference.entry.setPlaceholderText(given)
        self.reference.put("")
        table = policy.file.complaints
        role = role_word(policy, table.role) if table else ""
        told = f"{role} is told and gets a task." if role else ""
        self.hint.setText(f"{told} The ticket stays on its line; E hands it on.".strip())
        self.relabel(f"{view.contact.name or 'The contact'} escalates {ticket.number}", "Record")

    def lacks(self) -> list[tuple[str, str]]:
        """A reason of the list."""
        return [] if self.reason.text() else [(_REASON, "a reason")]

    def make(self) -> cmd.Command:
        """Their escalation."""
        return cmd.Complain(
            reason=self.reason.text(), text=self.said.text(), reference=self.reference.text()
        )


class AlertSheet(Sheet):
    """Tell someone in charge; the ticket stays where it is."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "alert", "Alert a lead", 520)
        self.role = OptionField(self.hub, "Whom", KEYS)
        self.why = TextField(self.hub, "What they should know", "needed", 3)
        self.add("role", self.role)
        self.add(_REASON, self.why)
        self.rows.addWidget(note("They get a task. Line, holder and clocks stay as they are."))

    def fill(self, view: TicketView) -> None:
        """The policy's roles, the desk's lead first."""
        leads = process_choices.leads(self.desk.policy(view.ticket.policy))
        options = [Option(key, word) for key, word in leads.items()]
        self.role.offer(options, options[0].key if options else "")
        self.why.put("")
        self.relabel(f"Alert a lead about {view.ticket.number}", "Alert")

    def first(self) -> QWidget | None:
        """The text: the first lead is mostly right."""
        return self.why.control

    def lacks(self) -> list[tuple[str, str]]:
        """A role and a text."""
        found = [] if self.role.text() else [("role", "whom")]
        return found if self.why.text() else [*found, (_REASON, "what they should know")]

    def make(self) -> cmd.Command:
        """The alert."""
        return cmd.AlertLead(reason=self.why.text(), role=self.role.text())

    def renew(self) -> None:
        """Name whom on the button."""
        row = self.role.list.choice()
        self.primary.setText(f"Alert {row.text.lower()}" if row else "Alert")
        self.primary.updateGeometry()
        super().renew()


class DisputeSheet(Sheet):
    """The contact does not accept the priority: it is judged again, both values stay."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "dispute", "Priority disputed", 520)
        self.why = TextField(self.hub, "What they say against it", "needed", 3)
        self.add(_REASON, self.why)
        self.hint = note()
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """Nothing but the words, and what holds meanwhile."""
        self.why.put("")
        priority = priority_name(view.ticket.priority)
        now = " ".join(dict.fromkeys((priority, view.priority_word)))
        self.hint.setText(f"{now} and its clocks stay until someone judges it again (P).")
        title = f"{priority} of {view.ticket.number} is disputed"
        self.relabel(title, "Record the dispute")

    def lacks(self) -> list[tuple[str, str]]:
        """The words."""
        return [] if self.why.text() else [(_REASON, "what they say")]

    def make(self) -> cmd.Command:
        """The dispute."""
        return cmd.Dispute(reason=self.why.text())


class ConsentSheet(Sheet):
    """The contact agreed to remote control, asked in these words."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "consent", "Consent", 520)
        self.what = LineField(self.hub, "To what")
        self.words = TextField(self.hub, "Asked in these words", "the policy’s, unless changed", 2)
        self.add("what", self.what)
        self.add("words", self.words)
        self.given = note()
        self.rows.addWidget(self.given)

    def fill(self, view: TicketView) -> None:
        """The policy's words, and what was agreed to before."""
        self.what.put("remote control")
        self.words.put(process_choices.consent_words(self.desk.policy(view.ticket.policy)))
        before = ", ".join(view.ticket.consents)
        self.given.setText(f"Agreed to before: {before}." if before else "")
        self.given.setVisible(bool(before))
        self.relabel(f"{view.contact.name or 'The contact'} agrees", "They agreed")

    def first(self) -> QWidget | None:
        """The button: mostly all is right, and Enter records it."""
        return self.primary

    def lacks(self) -> list[tuple[str, str]]:
        """To what."""
        return [] if self.what.text() else [("what", "to what")]

    def make(self) -> cmd.Command:
        """The consent."""
        return cmd.Consent(what=self.what.text(), words=self.words.text())


class WorkaroundSheet(Sheet):
    """The contact can work by a detour; the ticket stays open for the cause."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "workaround", "Workaround found")
        self.how = TextField(self.hub, "How they can work", "needed", 3)
        self.message = MessageField(self.hub, "Message", "left empty, none is sent", 4)
        self.hint = note()
        self.add(_TEXT, self.how)
        self.add("message", self.message)
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """Say which clock it meets."""
        self.how.put("")
        self.message.address(view)
        self.message.put("")
        rules = [c for c in view.clocks if c.reading.stopped is None]
        met = [c.word for c in rules if "workaround" in c.reading.rule.table.stops]
        meets = f"It meets the {', '.join(met).lower()}. " if met else "No clock stops for it. "
        self.hint.setText(f"{meets}The ticket stays open.")
        self.relabel(f"Workaround for {view.ticket.number}", "Record the workaround")

    def lacks(self) -> list[tuple[str, str]]:
        """How."""
        return [] if self.how.text() else [(_TEXT, "how they can work")]

    def make(self) -> cmd.Command:
        """The workaround."""
        return cmd.Workaround(
            text=self.how.text(),
            message=self.message.text(),
            message_channel=self.message.channel(),
        )
