"""What leads and others in charge have to see to: open tasks by role."""

from __future__ import annotations

from collections import Counter

from tierline.desk.tasks_for_roles import RoleTask
from tierline.desk.ticket_view import TicketView
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.present.wishes import Act
from tierline.widgets.sheets.fields import ChoiceField, LineField
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.list_sheet import ListSheet
from tierline.widgets.sheets.options import KEYS, Option, OptionField, framed
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.sheet import Sheet

ALL = "*"
WIDTH, LIST_HIGH = 640, 322


class TasksSheet(ListSheet):
    """Tasks of every role or of one, the oldest first; Enter opens the ticket."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        look = ItemLook(ground.hub)
        super().__init__(ground, "tasks", tr("Tasks for leads"), look, LIST_HIGH, WIDTH)
        self._tasks: tuple[RoleTask, ...] = ()
        self.role = ChoiceField(self.hub, tr("For"))
        self.none = label(tr("Nothing is left to see to."), "quiet")
        self.text = LineField(self.hub, tr("What came of it"), tr("if it helps the next reader"))
        self.add("role", self.role)
        self.rows.addWidget(framed(self.list, self.hub))
        self.rows.addWidget(self.none)
        self.add("text", self.text)
        self.before.addWidget(self.opener)
        self.role.changed.connect(self._show)

    def chosen_ticket(self) -> str:
        """The task's."""
        return self.task.ticket_id if self.task else ""

    def lacks(self) -> list[tuple[str, str]]:
        """A task."""
        return [] if self.task else [("", tr("a task"))]

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

    def renew(self) -> None:
        """The ticket below the title."""
        task = self.task
        self.about.setText(f"{task.number} {task.subject}" if task else "")
        self.whose.setText(task.client if task else "")
        super().renew()

    def _read(self) -> None:
        role = self.role.text() or ALL
        self.text.put("")
        self._tasks = self.desk.tasks()
        words = {task.role: task.role_word for task in self._tasks}
        many = Counter(task.role for task in self._tasks)
        every = (ALL, tr("Everyone, {count}", count=len(self._tasks)))
        self.role.offer([every, *((key, f"{word}, {many[key]}") for key, word in words.items())])
        self.role.put(role)
        self.relabel(tr("Tasks for leads"), tr("Done"))
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
        super().__init__(ground, "task_done", tr("Task done"), 520)
        self.task = OptionField(self.hub, tr("Task"), KEYS)
        self.text = LineField(self.hub, tr("What came of it"), tr("if it helps the next reader"))
        self.add("key", self.task)
        self.add("text", self.text)

    def fill(self, view: TicketView) -> None:
        """The ticket's open tasks."""
        roles = self.desk.policy(view.ticket.policy).file.roles
        options = [Option(t.key, t.text, roles.get(t.role, "")) for t in view.ticket.tasks]
        self.task.offer(options, options[0].key if len(options) == 1 else "")
        self.text.put("")
        self.relabel(tr("Task on {number}", number=view.ticket.number), tr("Done"))

    def lacks(self) -> list[tuple[str, str]]:
        """Which."""
        return [] if self.task.text() else [("key", tr("which task"))]

    def make(self) -> cmd.Command:
        """It is done."""
        return cmd.FinishTask(key=self.task.text(), text=self.text.text())
