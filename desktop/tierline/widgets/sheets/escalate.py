"""Escalation: reason, receiver, hand-over and message on one sheet; `E`, `1`, `Ctrl Enter`."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from tierline.desk import composing, escalating
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.tongue import tr
from tierline.domain.wording import NOBODY_YET
from tierline.widgets.keycap import KeyCap
from tierline.widgets.sheets.fields import note
from tierline.widgets.sheets.handover import HandoverField
from tierline.widgets.sheets.head_clock import HeadClock
from tierline.widgets.sheets.message_field import MessageField
from tierline.widgets.sheets.options import Option, OptionField
from tierline.widgets.sheets.parts import Ground, column, frame, label, line
from tierline.widgets.sheets.receivers import ReceiverField
from tierline.widgets.sheets.sheet import SEND, Sheet
from tierline.widgets.sheets.steps import Steps

WIDTH, TWO_COLUMNS = 982, 760


class EscalateSheet(Sheet):
    """Hands a ticket to another line. `straight` goes to the highest one at once."""

    def __init__(self, ground: Ground, *, straight: bool = False) -> None:
        """Built hidden."""
        super().__init__(ground, "escalate3" if straight else "escalate", tr("Escalate"), WIDTH)
        self._straight, self._to = straight, 0
        self._told_for: tuple[object, ...] = ()
        self._tried: tuple[escalating.Tried, ...] = ()
        self.clock = HeadClock(self.hub, self.ticker)
        self.beside.addWidget(self.clock)
        self.steps, self.barred = Steps(self.hub), note("", "error")
        self.instead = note("", "second")
        self.reason = OptionField(self.hub, tr("Reason"))
        self.to = ReceiverField(ground)
        self.handover = HandoverField(self.hub)
        self.message = MessageField(self.hub, tr("Message"), "", 7)
        self.after, self.told = note("", "second"), QWidget()
        named = {
            "reason": self.reason,
            "to": self.to,
            "handover": self.handover,
            "message": self.message,
        }
        for name, field in named.items():
            self.enroll(name, field)
        self._lay_out()
        self.steps.asked.connect(self._turn_to)
        self.reason.changed.connect(self._compose)
        self.to.changed.connect(self._compose)

    def fill(self, view: TicketView) -> None:
        """What the policy and the ticket's own history have to say."""
        policy, here = self._policy(view), view.ticket.tier
        self._tried = escalating.tried(view, self.desk)
        self.handover.offer(self._tried)
        self.handover.put("")
        self.message.address(view)
        self.message.offer(composing.offers(policy), self._template)
        self.message.put("")
        worked = view.ticket.work.get(here, 0)
        spent = (
            tr("Work so far {what} min on {tier}", what=worked // 60, tier=policy.tier_word(here))
            if worked
            else ""
        )
        self.handover.worked.setText(spent)
        self._show_clock(view, policy)
        highest = max(int(key) for key in policy.file.tiers)
        wanted = int(self.more.get("tier", 0)) or (highest if self._straight else 0)
        self._go(wanted or escalating.next_line(policy, here))

    def first(self) -> Any:  # noqa: ANN401 - any control
        """The reasons."""
        return self.reason.control if self._path() else self.steps.first() or self.cancel

    def lacks(self) -> list[tuple[str, str]]:
        """Reason, one sentence, and the message where the policy wants one."""
        path = self._path()
        if path is None:
            return [("", tr("a line that takes it"))]
        found = [] if self.reason.text() else [("reason", tr("a reason"))]
        if not self.handover.text():
            found.append(("handover", tr("one sentence")))
        if path.message and not self.message.text():
            found.append(("message", tr("the message")))
        return found

    def make(self) -> cmd.Command:
        """The escalation."""
        return cmd.Escalate(
            tier=self._to,
            reason=self.reason.text(),
            handover=self.handover.text(),
            tried=self.handover.tried(),
            assignee=self.to.person(),
            message=self.message.text(),
            message_channel=self.message.channel(),
        )

    def renew(self) -> None:
        """Name the receiver, and say what the clocks will do."""
        if self.view is not None:
            self.primary.setText(
                tr("Escalate to {short}", short=self.to.short()) if self._path() else tr("Escalate")
            )
            self.primary.updateGeometry()
            self._tell_clocks(self.view)
        super().renew()
        if not self.lack.text():
            self.lack.setText(tr("Undo for 10 s, the message leaves after that"))

    def draft_saved(self, words: str) -> None:
        """Below the sentence, where one looks while typing."""
        self.handover.saved.setText(words)

    def arrange(self, width: int) -> None:
        """Two columns where there is room for them."""
        wide, way = width >= self.hub.px(TWO_COLUMNS), QBoxLayout.Direction
        self.columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.columns.setSpacing(self.hub.px(18))
        self.divider.setVisible(wide)
        self.keys.setVisible(wide and self._path() is not None)

    def aside(self, free: int) -> int:
        """At the end of the area, so that the list stays in sight."""
        return 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else free

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A digit from anywhere but a text chooses a reason."""
        place = int(event.text()) - 1 if event.text().isdecimal() else -1
        if 0 <= place < len(self.reason.list.rows):
            self.reason.list.choose(place)
            event.accept()
            return
        super().keyPressEvent(event)

    def _go(self, to: int) -> None:
        """Show what a line asks for; where it takes nothing from here, say so."""
        if self.view is None:
            return
        self._to = to
        view, policy = self.view, self._policy(self.view)
        ticket, path = view.ticket, self._path()
        word = policy.tier_word(to) if to else tr("another line")
        self.relabel(
            tr("Escalate {number} to {word}", number=ticket.number, word=word), tr("Escalate")
        )
        self.steps.put(escalating.ways(view, policy, to if path else 0), to if path else 0)
        barred = "" if path else escalating.no_way(policy, ticket.tier, to)
        self.instead.setText(escalating.instead(policy, ticket.tier, to) if barred else "")
        self.instead.setVisible(bool(barred))
        self.barred.setText(barred)
        self.barred.setVisible(bool(barred))
        reasons = path.reasons if path else ()
        self.reason.offer([Option(reason.key, reason.text) for reason in reasons])
        self.reason.set_word(
            tr("Reason"), tr("one is needed, keys 1 to {count}", count=len(reasons))
        )
        asked = escalating.certificate(ticket, policy)
        self.to.offer(ticket, to, word, asked, theirs=to in view.client.co_managed)
        for part in (self.reason, self.to, self.handover, self.message, self.told):
            part.setVisible(path is not None)
        needed = (
            tr("needed, no escalation without it")
            if path and path.message
            else tr("if they should know")
        )
        self.message.set_word(self.message.word, needed)
        self._compose()

    def _template(self, kind: str) -> str:
        """The words of another template, for the line and person that are chosen."""
        if self.view is None:
            return ""
        policy = self._policy(self.view)
        who = self.to.person_name() or NOBODY_YET
        more = {"tier": policy.tier_word(self._to), "assignee": who}
        return self.desk.prepare(self.ticket_id, kind, **more).text

    def _turn_to(self, tier: int) -> None:
        self._go(tier)
        self.renew()
        self.reason.focus()

    def _compose(self) -> None:
        """Sentence and message from what is known, as long as nobody has written them."""
        if self.view is None or self._path() is None:
            return
        row = self.reason.list.choice()
        if not self.handover.edited:
            text = escalating.handover_sentence(row.text, self._tried) if row else ""
            self.handover.put(text)
        if not self.message.edited:
            policy = self._policy(self.view)
            name = self.to.person_name()
            words = escalating.contact_message(self.view.ticket, policy, self._to, name)
            self.message.put(words)

    def _tell_clocks(self, view: TicketView) -> None:
        path = self._path()
        if path is None:
            self.after.setText("")
            return
        draft = cmd.Escalate(
            tier=self._to,
            reason=path.reasons[0].key,
            handover="draft",
            assignee=self.to.person(),
            message="draft" if path.message or self.message.text() else "",
            message_channel=self.message.channel(),
        )
        asked = (view.seq, draft, self.ticker.now() // 60)
        if asked == self._told_for:
            return
        self._told_for = asked
        said = escalating.clocks_after(self.desk, view.ticket, draft)
        self.after.setText(said or tr("No clock counts on this ticket."))

    def _show_clock(self, view: TicketView, policy: Policy) -> None:
        limits = [c for c in view.clocks if c.reading.rule.table.starts == "tier"]
        panel = next((c for c in limits if not c.reading.stopped), None)
        word = tr("{tier} limit", tier=policy.tier_word(view.ticket.tier)) if panel else ""
        panel = panel or next(iter(view.clocks), None)
        self.clock.show_clock(
            word or (panel.word if panel else ""), panel.countdown if panel else None
        )

    def _policy(self, view: TicketView) -> Policy:
        return self.desk.policy(view.ticket.policy)

    def _path(self) -> Any:  # noqa: ANN401 - the policy's own table
        if self.view is None or not self._to:
            return None
        return self._policy(self.view).escalation(self.view.ticket.tier, self._to)

    def _lay_out(self) -> None:
        left, right = column(self.hub, 14), column(self.hub, 14)
        for part in (self.steps, self.barred, self.instead, self.reason, self.to):
            left.addWidget(part)
        told = column(self.hub, 2)
        told.addWidget(label(tr("Clocks after this"), "label"))
        told.addWidget(self.after)
        self.told.setLayout(told)
        for under in (self.handover, self.message, self.told):
            right.addWidget(under)
        left.addStretch(1)
        right.addStretch(1)
        self.divider = frame("vrule")
        self.divider.setFixedWidth(1)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.addLayout(left, 44)
        self.columns.addWidget(self.divider)
        self.columns.addLayout(right, 48)
        self.rows.addLayout(self.columns)
        keys, self.keys = line(self.hub, 6), QWidget()
        for key in ("E", "1", SEND):
            keys.addWidget(KeyCap(key, self.hub))
        keys.addWidget(label(tr("three keys when the draft is right"), "quiet"))
        self.keys.setLayout(keys)
        self.before.addWidget(self.keys)
