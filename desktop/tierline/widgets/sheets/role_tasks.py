"""What leads and others in charge have to see to: open tasks by role."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tierline.desk.tasks_for_roles import RoleTask
from tierline.desk.ticket_view import TicketView
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.present.wishes import Act
from tierline.widgets.controls import Button
from tierline.widgets.sheets.fields import ChoiceField, LineField
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.options import KEYS, Option, OptionField, framed
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

ALL = "*"


class TasksSheet(Sheet):
    """Tasks of every role or of one, the oldest first; Enter opens the ticket."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "tasks", "Tasks for leads", 640)
        self._tasks: tuple[RoleTask, ...] = ()
        self.role = ChoiceField(self.hub, "For")
        self.list = RowList(self.hub, ItemLook(self.hub), "Tasks", 322)
        self.list.digits = False
        self.none = label("Nothing is left to see to.", "quiet")
        self.text = LineField(self.hub, "What came of it", "if it helps the next reader")
        self.add("role", self.role)
        self.rows.addWidget(framed(self.list, self.hub))
        self.rows.addWidget(self.none)
        self.add("text", self.text)
        self.opener = Button("Open the ticket", self.hub, key="Enter")
        self.opener.clicked.connect(self.open_ticket)
        self.before.addWidget(self.opener)
        self.chip.hide()
        self.cancel.setText("Close")
        self.role.changed.connect(self._show)
        self.list.picked.connect(lambda _: self.renew())
        self.list.ran.connect(lambda _: self.open_ticket())

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """All of them, or those of the role that was looked at last."""
        del view
        self.text.put("")
        self._read()
        super().begin(None, more)

    def first(self) -> RowList:
        """The list."""
        return self.list

    def kept(self) -> dict[str, str]:
        """Nothing of this is a draft."""
        return {}

    def lacks(self) -> list[tuple[str, str]]:
        """A task."""
        return [] if self.task else [("", "a task")]

    @property
    def task(self) -> RoleTask | None:
        """The task that is chosen."""
        row: Item | None = self.list.choice()
        found = (t for t in self._tasks if row and row.key == f"{t.ticket_id}/{t.key}")
        return next(found, None)

    def send(self) -> None:
        """It is done."""
        task = self.task
        if task is not None:
            done = cmd.FinishTask(key=task.key, text=self.text.text())
            self.wished.emit(Act(task.ticket_id, done))

    def granted(self) -> None:
        """The next one."""
        self.text.put("")
        self._read()
        self.renew()

    def open_ticket(self) -> None:
        """Show its ticket."""
        task = self.task
        if task is not None:
            self.dismiss()
            self.chosen.emit("ticket", task.ticket_id)

    def renew(self) -> None:
        """The ticket below the title."""
        task = self.task
        self.about.setText(f"{task.number} {task.subject}" if task else "")
        self.whose.setText(task.client if task else "")
        self.opener.setEnabled(task is not None)
        super().renew()
        self.lack.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter in the list opens; only Ctrl Enter finishes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self.open_ticket()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        """Nothing of this is a draft."""

    def _read(self) -> None:
        role = self.role.text() or ALL
        self._tasks = self.desk.tasks()
        words = {task.role: task.role_word for task in self._tasks}
        many = Counter(task.role for task in self._tasks)
        every = (ALL, f"Everyone, {len(self._tasks)}")
        self.role.offer([every, *((key, f"{word}, {many[key]}") for key, word in words.items())])
        self.role.put(role)
        self.relabel("Tasks for leads", "Done")
        self._show()

    def _show(self) -> None:
        role, at = self.role.text() or ALL, self.list.chosen()
        now, zone = self.desk.clock(), self.desk.zone
        rows = [
            Item(
                f"{t.ticket_id}/{t.key}",
                t.text,
                f"{t.number}, {t.role_word}, {t.client}",
                when(t.at, now, zone),
                priority=t.priority,
            )
            for t in self._tasks
            if role in (ALL, t.role)
        ]
        self.list.put(rows, min(max(at, 0), len(rows) - 1))
        self.none.setVisible(not rows)
        self.renew()


class TaskDoneSheet(Sheet):
    """A task of the open ticket is done, and what came of it."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "task_done", "Task done", 520)
        self.task = OptionField(self.hub, "Task", KEYS)
        self.text = LineField(self.hub, "What came of it", "if it helps the next reader")
        self.add("key", self.task)
        self.add("text", self.text)

    def fill(self, view: TicketView) -> None:
        """The ticket's open tasks."""
        roles = self.desk.policy(view.ticket.policy).file.roles
        options = [Option(t.key, t.text, roles.get(t.role, "")) for t in view.ticket.tasks]
        self.task.offer(options, options[0].key if len(options) == 1 else "")
        self.text.put("")
        self.relabel(f"Task on {view.ticket.number}", "Done")

    def lacks(self) -> list[tuple[str, str]]:
        """Which."""
        return [] if self.task.text() else [("key", "which task")]

    def make(self) -> cmd.Command:
        """It is done."""
        return cmd.FinishTask(key=self.task.text(), text=self.text.text())
