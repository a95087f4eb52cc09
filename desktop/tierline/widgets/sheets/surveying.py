"""What the contact answered to the survey, in its own words, and who will read it."""

from __future__ import annotations

from tierline.desk.tasks_for_roles import role_word
from tierline.desk.ticket_view import TicketView
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.surveys import Survey, survey_of
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import TextField, note
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet


class FeedbackSheet(Sheet):
    """One answer of the policy's list, chosen by its digit, and what else they said."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "feedback", tr("The contact’s feedback"), 520)
        self.asked = note("", "second")
        self.answer = OptionField(self.hub, tr("They answered"), KEYS)
        self.said = TextField(self.hub, tr("In their words"), tr("if they said more"), 3)
        self.reader = note()
        self.rows.addWidget(self.asked)
        self.add("answer", self.answer)
        self.add("text", self.said)
        self.rows.addWidget(self.reader)

    def fill(self, view: TicketView) -> None:
        """The question that was asked last, its answers, and who reads them."""
        survey = self._survey()
        answers = survey.table.answers if survey else ()
        self.answer.offer([Option(str(n), each.word) for n, each in enumerate(answers, 1)])
        self.asked.setText(self._question(survey))
        self.said.put("")
        who = view.contact.name or tr("the contact")
        self.relabel(
            tr("Feedback of {who} on {number}", who=who, number=view.ticket.number), tr("Keep it")
        )

    def lacks(self) -> list[tuple[str, str]]:
        """An answer of the list."""
        return [] if self.answer.text() else [("answer", tr("their answer"))]

    def make(self) -> cmd.Command:
        """The answer, by its place in the list."""
        return cmd.Feedback(answer=self.answer.text(), text=self.said.text())

    def renew(self) -> None:
        """Who is told of this answer, before it is kept."""
        self.reader.setText(self._told(self._survey()))
        self.reader.setVisible(bool(self.reader.text()))
        super().renew()

    def _survey(self) -> Survey | None:
        if self.view is None:
            return None
        return survey_of(self.view.ticket, self.desk.policy(self.view.ticket.policy))

    def _question(self, survey: Survey | None) -> str:
        if survey is None:
            return ""
        if survey.asked_at is None:
            return tr("{word} They were not asked yet.", word=survey.table.word)
        return tr(
            "{word} Asked {when}.",
            word=survey.table.word,
            when=when(survey.asked_at, self.desk.clock(), self.desk.zone),
        )

    def _told(self, survey: Survey | None) -> str:
        if survey is None or self.view is None:
            return ""
        table, picked = survey.table, self.answer.text()
        if not table.task:
            role = table.read_by
        else:
            role = table.task if picked and table.answers[int(picked) - 1].poor else ""
        policy = self.desk.policy(self.view.ticket.policy)
        known = role in policy.file.roles
        return tr("{role} is told and gets a task.", role=role_word(policy, role)) if known else ""
