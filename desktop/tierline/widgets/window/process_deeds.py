"""What the acts of the process do that is more than opening a sheet, and who grants wishes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from tierline.desk.outbox import Outgoing
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.present.console import ConsolePresenter
from tierline.present.view_state import ViewState
from tierline.present.wishes import GivePassword, Mark, OnMany, ShelfWish, WindowWish, Wish
from tierline.widgets.window.parts import Parts
from tierline.widgets.window.targets import Targets

# Each is named like its sheet.
SHEETS: tuple[str, ...] = ("stay", "workaround", "alert", "dispute", "gate", "pass_gate")
SHEETS += ("consent", "set_pin", "correct_time", "task_done", "outbox", "tasks")
SHEETS += ("quote", "answer_quote", "feedback", "restrict")
SHEETS += ("merge", "link", "handover", "for_me")
SHEETS += ("plan_visit", "part", "sign_off")
RENAMED = {"client_escalation": "complain", "received": "receive"}


class ProcessDeeds(QObject):
    """Copies and marks messages, hands wishes to the presenter, shows what rules acted on."""

    def __init__(self, parts: Parts, console: ConsolePresenter, targets: Targets) -> None:
        """Wired at once."""
        super().__init__(parts.frame)
        self._parts, self._console, self._targets = parts, console, targets
        parts.book.wished.connect(self._grant)
        console.process.granted.connect(self._granted)
        console.process.refused.connect(self._refused)
        console.process.went_on.connect(targets.open)
        console.rules.show_asked.connect(self.show_tickets)

    def table(self, opening: Callable[[str], Callable[[], None]]) -> dict[str, Callable[[], None]]:
        """Every act of the process by its name; `opening` makes the deed that opens a sheet."""
        table = {name: opening(name) for name in SHEETS}
        table |= {name: opening(sheet) for name, sheet in RENAMED.items()}
        return table | {"copy_message": self.copy_message, "deliver": self.deliver}

    def show_tickets(self, numbers: tuple[str, ...]) -> None:
        """One ticket is opened, several are listed."""
        found = self._console.desk.search(f"#{numbers[0]}", 1) if len(numbers) == 1 else []
        if found:
            self._targets.open(found[0])
            self._parts.frame.open_ticket(True)
            return
        self._console.queue.show(ViewState("everything", f"number:{','.join(numbers)}"))
        self._parts.queue.setFocus()

    def copy_message(self) -> None:
        """The ticket's next message to send, whole: to whom, about what, the words."""
        message = self._next()
        if message is None:
            self._console.messages.note(tr("This ticket has no message to send."))
            return
        QGuiApplication.clipboard().setText(message.copyable())
        whom = message.to or tr("the contact")
        todo = tr("Ctrl Shift M marks it as sent by hand.")
        self._console.messages.note(tr("Copied the message to {whom}.", whom=whom), todo)

    def deliver(self) -> None:
        """The same message has gone out."""
        message = self._next()
        if message is None:
            self._console.messages.note(tr("This ticket has no message to send."))
            return
        marked = cmd.MarkDelivered(message=message.key)
        self._console.actor.act([message.ticket_id], marked)

    def _grant(self, wish: Wish) -> None:
        if isinstance(wish, ShelfWish | WindowWish):  # see `shelf_deeds`
            return
        if isinstance(wish, GivePassword):
            self._console.sync.give_password(wish.secret, keep=wish.keep)
            self._granted(wish, tr("Signing in…"))
        elif isinstance(wish, OnMany):
            self._console.selection.go(wish.preview)
        else:
            self._console.process.grant(wish)

    def _next(self) -> Outgoing | None:
        waiting = self._console.desk.to_send(self._targets.one())
        return waiting[0] if waiting else None

    def _granted(self, wish: object, message: str) -> None:
        self._parts.book.granted()
        if not isinstance(wish, Mark):
            self._console.messages.note(message)

    def _refused(self, refusal: Refusal) -> None:
        if self._parts.book.current is not None:
            self._parts.book.refused(refusal)
        else:
            self._console.messages.refuse(refusal)
