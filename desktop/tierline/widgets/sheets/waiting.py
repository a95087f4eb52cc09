"""Wait for someone or something until a time; or set another status in which work goes on."""

from __future__ import annotations

from tierline.desk.ticket_view import TicketView
from tierline.desk.when import status_phrase
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.policy import ALWAYS
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import LineField
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.when_field import WhenField


class WaitSheet(Sheet):
    """Sets a waiting status of the policy, with its reason and when to look again."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "wait", tr("Wait for…"))
        self.status = OptionField(self.hub, tr("Wait for"), KEYS)
        self.why = LineField(self.hub, tr("Reason"), "", tr("What has to come before work goes on"))
        self.until = WhenField(self.hub, tr("Look again"), self.desk)
        self.add("status", self.status)
        self.add("reason", self.why)
        self.add("until", self.until)

    def fill(self, view: TicketView) -> None:
        """The policy's waiting statuses, and which clocks each of them stops."""
        policy, ticket = self.desk.policy(view.ticket.policy), view.ticket
        keys = policy.statuses("waiting")
        chosen = str(self.more.get("status", "")) or (
            ticket.status if ticket.status in keys else ""
        )
        rules = [c.reading.rule for c in view.clocks if c.reading.stopped is None]
        options = []
        for key in keys:
            stopped = dict.fromkeys(rule.table.word for rule in rules if key in rule.pauses)
            note = (
                tr("stops {names}", names=", ".join(stopped).lower())
                if stopped
                else tr("stops no clock")
            )
            options.append(Option(key, status_phrase(policy, key), note))
        self.status.offer(options, chosen)
        self.why.put(ticket.status_why if ticket.status in keys else "")
        self.until.put("")
        hours = "desk" if "desk" in policy.file.calendars else ALWAYS
        self.until.offer(policy.calendar(hours))

    def lacks(self) -> list[tuple[str, str]]:
        """A status, its reason where the policy wants one, and a time still to come if any."""
        return [*self._status_lacks(), *self._until_lacks()]

    def make(self) -> cmd.Command:
        """The change of status."""
        return cmd.ChangeStatus(
            status=self.status.text(), reason=self.why.text(), until=self.until.moment()
        )

    def renew(self) -> None:
        """Name what is waited for on the button."""
        row = self.status.list.choice()
        number = self.view.ticket.number if self.view else ""
        self.relabel(
            tr("Let {number} wait", number=number),
            tr("Wait: {rpartition}", rpartition=row.text.rpartition(": ")[2])
            if row
            else tr("Wait"),
        )
        self.until.error.setText(self.until.wrong())
        self.until.error.setVisible(bool(self.until.wrong()))
        super().renew()

    def _status_lacks(self) -> list[tuple[str, str]]:
        key = self.status.text()
        if not key or self.view is None:
            return [("status", tr("what it waits for"))]
        table = self.desk.policy(self.view.ticket.policy).status(key)
        needs = table.reason and not self.why.text()
        return [("reason", tr("the reason"))] if needs else []

    def _until_lacks(self) -> list[tuple[str, str]]:
        return [("until", tr("a time that can be read"))] if self.until.wrong() else []


class StatusSheet(Sheet):
    """Sets one of the statuses in which the ticket is worked on."""

    def __init__(self, ground: Ground, kind: str = "status", name: str = "Change status") -> None:
        """Built hidden."""
        super().__init__(ground, kind, name, 480)
        self.status = OptionField(self.hub, tr("Status"), KEYS)
        self.why = LineField(self.hub, tr("Reason"), tr("if it helps the next reader"))
        self.add("status", self.status)
        self.add("reason", self.why)

    def fill(self, view: TicketView) -> None:
        """New and working statuses, without the present one."""
        policy = self.desk.policy(view.ticket.policy)
        keys = [*policy.statuses("new"), *policy.statuses("active")]
        offered = [key for key in keys if key != view.ticket.status]
        options = [
            Option(k, status_phrase(policy, k), "", "", policy.status(k).icon) for k in offered
        ]
        self.status.offer(options, str(self.more.get("status", "")))
        self.why.put("")
        self.relabel(tr("Status of {number}", number=view.ticket.number), tr("Set status"))

    def lacks(self) -> list[tuple[str, str]]:
        """A status, and its reason where the policy wants one."""
        key = self.status.text()
        if not key or self.view is None:
            return [("status", tr("a status"))]
        ticket, desk = self.view.ticket, self.desk
        answer = decide(ticket, self.make(), desk.policy(ticket.policy), desk.clock(), desk.me)
        owed = isinstance(answer, Refusal) and answer.field == "reason"
        return [("reason", tr("the reason"))] if owed else []

    def make(self) -> cmd.Command:
        """The change of status."""
        return cmd.ChangeStatus(status=self.status.text(), reason=self.why.text())
