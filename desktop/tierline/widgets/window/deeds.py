"""What each act does: the one table behind keys, buttons, menus and the palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from tierline.desk.alarms.noisy import Noisy, noisiest
from tierline.desk.bulk import Preview
from tierline.desk.tray_words import from_epoch, quiet_words
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.events import Choice
from tierline.domain.tongue import tr
from tierline.present.acting import Outcome
from tierline.present.acts import of_kind, of_many, reason
from tierline.present.bindings import MACRO
from tierline.present.console import ConsolePresenter
from tierline.present.messages import Message, Severity
from tierline.present.quiet import Quiet
from tierline.present.recent import recent
from tierline.system.settings import Settings
from tierline.widgets.window.files import PaneFiles
from tierline.widgets.window.panes import Panes
from tierline.widgets.window.parts import Parts
from tierline.widgets.window.popout import COMPOSED, SENT
from tierline.widgets.window.preferring import Preferring
from tierline.widgets.window.process_deeds import ProcessDeeds
from tierline.widgets.window.shelf_deeds import ShelfDeeds
from tierline.widgets.window.targets import Targets

QUIET_MINUTES = 60
SHEETS = frozenset(
    tr(
        "escalate escalate3 consult assign wait status visit prioritise resolve "
        "reopen close cancel fill verify"
    ).split()
)


class Deeds(QObject):
    """`do(act)` by a name of `present.acts`; what cannot be done says why.

    `field_asked()` for field mode, `popout_asked(ticket id)` for a window of its own,
    `wall_asked()` for the wallboard.
    """

    popout_asked = Signal(str)
    field_asked = Signal()
    wall_asked = Signal()

    def __init__(
        self,
        parts: Parts,
        console: ConsolePresenter,
        targets: Targets,
        panes: Panes,
        settings: Settings,
    ) -> None:
        """Wired to the sheets' and the composer's wishes at once."""
        super().__init__(parts.frame)
        self._parts, self._console, self._targets = parts, console, targets
        self._panes, self._settings = panes, settings
        self.process = ProcessDeeds(parts, console, targets)
        self.quiet = Quiet(settings, lambda: console.desk.clock().timestamp(), self)
        self.prefer = Preferring(settings, self.quiet, parts.strip)
        self.has_tray: Callable[[], bool] = lambda: False
        self.files = PaneFiles(parts.ticket, console.files)
        self.files.show_ready()
        self._asked_for: list[str] = []
        self._sheet_asks = False
        self._written: tuple[str, str] | None = None
        self.shelf = ShelfDeeds(parts, console, targets, settings)
        self._table = self._deeds()
        book = parts.book
        book.submitted.connect(self._submit)
        book.logged.connect(self._log)
        parts.ticket.composed.connect(self._composed)
        console.selection.previewed.connect(self._look_first)
        console.selection.begun.connect(self._many_begun)
        console.actor.acted.connect(self._acted)
        console.actor.refused.connect(self._refused)
        console.actor.failed.connect(self._failed)

    def do(self, name: str) -> None:
        """Do it, or say why not: by an act's name, its action's kind, or a macro's name of keys."""
        if name.startswith(MACRO):
            self.shelf.rehearse(name.removeprefix(MACRO))
            return
        act = of_kind(name)
        name = act.name
        ids = self._targets.ids()
        why = reason(act, self._targets.view()) if not act.many or len(ids) < 2 else ""
        if name == "take" and not ids:
            self._take_top()
        elif why:
            self._console.messages.say(Message(f"{act.word}: {why}", "", Severity.NOTE))
        else:
            self._table[name]()

    def _deeds(self) -> dict[str, Callable[[], None]]:
        console, parts = self._console, self._parts
        table: dict[str, Callable[[], None]] = {
            name: self._opening(name) for name in (*SHEETS, "sev1")
        }
        table |= {name: self._composing(name) for name in COMPOSED}
        table |= self.process.table(self._opening)
        table |= self.shelf.table()
        return table | {
            "new": self._opening("log"),
            "import": self._opening("import"),
            "palette": self._palette,
            "settings": self._settings_sheet,
            "doctor": self._doctor,
            "quiet": self._quieten,
            "take": self._take_or_release,
            "why": lambda: self.why(""),
            "timer": lambda: console.actor.start_or_stop_timer(self._targets.one()),
            "copy": self._copy,
            "attach": self.files.choose,
            "field": self.field_asked.emit,
            "wallboard": self._show_wall,
            "popout": lambda: self.popout_asked.emit(self._targets.one()),
            "undo": console.actor.undo,
            "sync": self._sync,
            "filter": parts.header.begin_filter,
            "apply": console.queue.model.apply_held,
            "next_pane": lambda: self._step(1),
            "previous_pane": lambda: self._step(-1),
            "next_warning": parts.strip.next,
            "previous_warning": parts.strip.previous,
            "snooze": parts.strip.snooze,
            "run_warning": parts.strip.run_action,
            "noisy": self._noisy,
            "back": self.back,
            "settle_keep": lambda: self._settle_first("keep"),
            "settle_mine": lambda: self._settle_first("mine"),
            "settle_both": lambda: self._settle_first("both"),
            "unsent": self._opening("unsent"),
            "attention": self._opening("attention"),
            "password": self._password,
        }

    def settle(self, key: str, choice: Choice) -> None:
        """Answer a conflict of the open ticket."""
        ticket = self._console.ticket
        settled = cmd.Settle(conflict=key, choice=choice)
        self._console.actor.act([ticket.current_id], settled, ticket.seq)

    def why(self, clock: str) -> None:
        """Explain a clock of the open ticket, "" for the next one."""
        self._parts.book.open("why", self._targets.view(), clock=clock)

    def back(self) -> None:
        """Close what lies over the list, then the filter, then just go to the list."""
        parts = self._parts
        if parts.frame.over and parts.frame.ticket_open:
            parts.frame.open_ticket(False)
        elif parts.queue.hasFocus() and parts.header.clear_filter():
            return
        parts.queue.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _opening(self, kind: str) -> Callable[[], None]:
        def open_sheet() -> None:
            shown = self._parts.book.current
            if kind == "sev1" and shown is not None and shown.kind == kind:
                return  # a second F9 must not take away what the caller has said
            self._asked_for = self._targets.ids()
            many = len(self._asked_for) if of_many(kind) else 1
            if not self._parts.book.open(kind, self._targets.view(), many=many):
                self._console.messages.note(tr("No ticket is open."), tr("Choose one in the list."))

        return open_sheet

    def _composing(self, kind: str) -> Callable[[], None]:
        def compose() -> None:
            if len(self._targets.ids()) > 1 and of_many(kind):
                self._opening(f"{kind}_many")()
                return
            self._parts.frame.open_ticket(True)
            self._parts.ticket.compose(kind)

        return compose

    def _settings_sheet(self) -> None:
        now = self.prefer.in_force()
        self._parts.book.open("settings", None, now=now, tray=self.has_tray())

    def _doctor(self) -> None:
        self._parts.book.open("doctor", None, machine=self._console.machine)

    def _quieten(self) -> None:
        """An hour without alarms outside the window; asked for again, they are back."""
        if self.quiet.until:
            self.quiet.end()
            self._console.messages.note(tr("You are disturbed again."))
            return
        self.quiet.begin(QUIET_MINUTES)
        until, desk = from_epoch(self.quiet.until), self._console.desk
        assert until is not None
        what = tr("{words}.", words=quiet_words(until, desk.clock(), desk.zone))
        self._console.messages.note(what, tr("Once more: you are disturbed again."))

    def _palette(self) -> None:
        known = self._console.facts.known
        habits = {
            "keys": self.shelf.keys(),
            "recent": recent(self._settings),
            "many": len(self._targets.ids()),
            "counts": known.counts if known else {},
        }
        self._parts.book.open("palette", self._targets.view(), **habits)

    def _show_wall(self) -> None:
        self.wall_asked.emit()

    def _copy(self) -> None:
        numbers = [row.number for row in self._console.desk.rows(self._targets.ids())]
        QGuiApplication.clipboard().setText("\n".join(numbers))
        self._console.messages.note(
            tr("Copied {names}{what}.", names=", ".join(numbers[:3]), what="…" * (len(numbers) > 3))
        )

    def _sync(self) -> None:
        self._console.changed(())
        if self._console.sync.joined:
            self._console.sync.try_now()
        else:
            self._console.messages.note(
                tr("Everything is on this computer."), tr("There is nothing to send.")
            )

    def _noisy(self) -> None:
        """Count in a thread of its own: a week of a large desk takes a while."""
        console = self._console
        console.messages.note(tr("Counting the alarms of the last seven days…"))
        desk = console.desk

        def counted(rules: tuple[Noisy, ...]) -> None:
            self._parts.book.open("noisy", None, rules=rules)

        console.tasks.run(
            "counting the alarms",
            lambda: noisiest(desk.replica, desk.book, desk.clock()),
            counted,
            replace=True,
            thread="counting",
        )

    def _settle_first(self, choice: Choice) -> None:
        self.settle(self._parts.ticket.conflicts.first_key, choice)

    def _password(self) -> None:
        sync = self._console.sync
        if sync.joined:
            self._parts.book.open("password", None, trouble=sync.keyring_trouble)
        else:
            self._console.messages.note(tr("This desk is not joined to a hub."))

    def _step(self, by: int) -> None:
        self._panes.step(by)

    def _take_or_release(self) -> None:
        ids = self._targets.ids()
        if len(ids) > 1:
            self._console.selection.take_or_release(ids)
        else:
            self._console.actor.take_or_release(ids)

    def _take_top(self) -> None:
        free = self._console.desk.ids("unassigned")
        if isinstance(free, Refusal) or not free:
            self._console.messages.note(tr("There is nothing to take."), tr("Unassigned is empty."))
        else:
            self._console.actor.take(free[:1])

    # What sheets and composer ask for

    def _submit(self, ticket_id: str, command: cmd.Command) -> None:
        sheet = self._parts.book.current
        if sheet is not None and sheet.many > 1:
            self._written = (ticket_id, sheet.kind)
            self._console.selection.ask(self._asked_for, command)
            return
        self._sheet_asks = True
        self._console.actor.act([ticket_id], command, self._console.ticket.seq)

    def _look_first(self, preview: Preview) -> None:
        self._parts.book.open("bulk", None, preview=preview)

    def _many_begun(self) -> None:
        """What was written for all of them is no draft of the one it was written at any more."""
        self._parts.book.done()
        if self._written is not None:
            self._console.ticket.keep_draft(*self._written, "")
            self._written = None

    def _log(self, command: cmd.Log, policy: str) -> None:
        self._sheet_asks = True
        self._console.actor.log(command, policy)

    def _composed(self, command: cmd.Command) -> None:
        ticket = self._console.ticket
        self._console.actor.act([ticket.current_id], command, ticket.seq)

    def _acted(self, outcome: Outcome) -> None:
        if self._sheet_asks:
            self._sheet_asks = False
            self._parts.book.done()
        if outcome.kind in SENT:
            self._parts.ticket.sent(SENT[outcome.kind])
        if outcome.kind == "log":
            self._targets.open(outcome.ids[0])

    def _refused(self, refusal: Refusal) -> None:
        if self._sheet_asks:
            self._sheet_asks = False
            self._parts.book.refused(refusal)
        else:
            self._console.messages.refuse(refusal)

    def _failed(self) -> None:
        self._sheet_asks = False
