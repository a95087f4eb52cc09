"""SEV 1 quick log: Client, Tab, Caller, Enter; everything else can follow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame

from tierline.desk import quick_log
from tierline.desk.duplicates import Duplicate, joining
from tierline.desk.quick_log import Match
from tierline.domain.policy import Policy
from tierline.domain.tongue import tr
from tierline.present.wishes import Act
from tierline.widgets.sheets.known import KnownBand
from tierline.widgets.sheets.match_field import MatchField, MatchLook
from tierline.widgets.sheets.parts import Ground, column, frame, label
from tierline.widgets.sheets.points import Glyph, Points
from tierline.widgets.sheets.sheet import Sheet

WIDTH, TOP = 638, 60


class Sev1Sheet(Sheet):
    """Two fields. Enter takes the highlighted match and logs; works without a network."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden, at start, so that F9 is there at once."""
        super().__init__(ground, "sev1", tr("SEV 1 quick log"), WIDTH)
        self._since = 0.0
        look = MatchLook(self.hub, "building-2", tr("New client"))
        self.client_line = MatchField(self.hub, tr("Client"), self._clients, look, "building-2")
        look = MatchLook(self.hub, "contact", tr("New caller"))
        self.caller = MatchField(
            self.hub, tr("Caller"), self._callers, look, "phone-call", tr("name or number")
        )
        self.at_once = Points(self.hub, tr("At once"), done=True)
        self.later = Points(self.hub, tr("Later, on the ticket"), done=False)
        self.caller.always = True
        self.add("client", self.client_line)
        self.add("contact", self.caller)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.addWidget(self.at_once, 1, Qt.AlignmentFlag.AlignTop)
        self.columns.addWidget(self.later, 1, Qt.AlignmentFlag.AlignTop)
        self.known = KnownBand(ground, self)
        self.rows.addWidget(self.known)
        self.rows.addLayout(self.columns)
        self.primary.setText(tr("Log SEV 1"))
        self.primary.set_key("↵")
        self.client_line.taken.connect(self._client_taken)
        self.client_line.entered.connect(self.caller.focus)
        self.caller.taken.connect(self._caller_taken)
        self.caller.entered.connect(self.send)
        self.known.join_asked.connect(self._join)
        self.ticker.tick.connect(self._tick)

    def begin(self, view: object, more: dict[str, object]) -> None:
        """Fresh at every F9: the last call is not this one."""
        del view
        self._filling = True
        for field in (self.client_line, self.caller):
            field.put("")
            field.show_list(False)
        self._since = self.ticker.now()
        self._promise("")
        self.known.forget()
        super().begin(None, more)
        self._tick(self.ticker.now())

    def lacks(self) -> list[tuple[str, str]]:
        """The client; a caller may follow."""
        return [] if self._client() else [("client", tr("the client"))]

    def send(self) -> None:
        """Take what is highlighted, then log."""
        if self.client_line.open:
            self.client_line.accept()
        if self.caller.open:
            self.caller.accept()
        if self.lacks():
            super().send()
            return
        self.trouble.setText("")
        match = self.caller.match
        name = match.name if match else self.caller.text()
        command = quick_log.sev1(self.desk, self._client(), name, match.reach if match else "")
        self.logged.emit(command, self.desk.policy_for(command.client))

    def renew(self) -> None:
        """What happens at once, worked out for what is filled in so far."""
        policy = self._policy()
        draft = quick_log.sev1(self.desk, self._client() or "?", self.caller.text(), "")
        self.at_once.put(quick_log.at_once(self.desk, draft))
        self.later.put(quick_log.later_words(policy))
        self.known.look(self._client(), self.caller.text(), "", critical=True)
        super().renew()
        self.lack.setText(tr("Missing details block closing, not working. Works offline."))

    def arrange(self, width: int) -> None:
        """The two lists side by side where there is room."""
        way = QBoxLayout.Direction
        wide = width >= self.hub.px(480)
        self.columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.columns.setSpacing(self.hub.px(16))

    def above(self, free: int) -> int:
        """It grows downwards: the line that is typed in stays where it is."""
        return min(free // 2, self.hub.px(TOP))

    def kept(self) -> dict[str, str]:
        """Nothing: a quick log starts empty."""
        return {}

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count from F9."""
        self.ticker.add(self)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """No tick for what nobody sees."""
        self.ticker.drop(self)
        super().hideEvent(event)

    def _join(self, found: Duplicate) -> None:
        """Somebody more calls about the same: it is told on the ticket that is there."""
        match, stored = self.caller.match, self.desk.replica.tickets.get(found.ticket_id)
        name = match.name if match else self.caller.text()
        call = quick_log.sev1(self.desk, self._client(), name, match.reach if match else "")
        contact = stored.ticket.contact if stored else ""
        self.wished.emit(Act(found.ticket_id, joining(call, contact)))

    def _clients(self, typed: str) -> list[Match]:
        return quick_log.clients(self.desk, typed)

    def _callers(self, typed: str) -> list[Match]:
        return quick_log.callers(self.desk, self._client(), typed)

    def _client(self) -> str:
        match = self.caller.match
        known = self.client_line.match
        typed = known.name if known else self.client_line.text()
        return typed or (match.client if match else "")

    def _policy(self) -> Policy:
        return self.desk.policy(self.desk.policy_for(self._client()))

    def _client_taken(self, match: Match) -> None:
        self._promise(match.name)
        self.caller.focus()

    def _caller_taken(self, match: Match) -> None:
        if match.client and not self.client_line.text():
            self.client_line.put(match.client)
            self._promise(match.client)

    def _promise(self, client: str) -> None:
        words = quick_log.promise(self._policy()) if client else ""
        self.client_line.line_edit.tell(words, sure=bool(client))

    def _edited(self) -> None:
        if self._filling:
            return
        if self.client_line.match is None and self.client_line.line_edit.hasFocus():
            self._promise("")
        self.renew()

    def _tick(self, now: float) -> None:
        minutes, seconds = divmod(max(int(now - self._since), 0), 60)
        self.elapsed.setText(f"{minutes}:{seconds:02d}")

    def _build_head(self) -> None:
        super()._build_head()
        self.chip.hide()
        self.about.setText(tr("Stabilise first. Two fields, details later."))
        self.elapsed = label("0:00", "figure")
        under = label("since F9", "small")
        for words in (self.elapsed, under):
            words.setAlignment(Qt.AlignmentFlag.AlignRight)
        count = column(self.hub, 0)
        count.addWidget(self.elapsed)
        count.addWidget(under)
        self.beside.addLayout(count)
        red: QFrame = frame("alarm")
        self.body.insertWidget(0, red)
        row = self.head.layout()
        assert isinstance(row, QBoxLayout)
        row.insertWidget(0, Glyph(self.hub, "siren", 24, alarm=True))
