"""The console without its widgets: one desk, the queue and the ticket looked at, and what changes.

The window shows what the feeds emit and hands every wish to them; nothing here paints.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from tierline.desk.desk import Desk
from tierline.desk.warnings import Card
from tierline.domain import commands as cmd
from tierline.present.acting import Actor, Outcome
from tierline.present.alarms import AlarmsPresenter
from tierline.present.attached import Files
from tierline.present.facts import DeskFacts
from tierline.present.import_run import ImportRun
from tierline.present.machine import Machine
from tierline.present.messages import Messages
from tierline.present.process import Process
from tierline.present.pulse import Live, Pulse
from tierline.present.queue_feed import QueueFeed
from tierline.present.rules_run import RulesRun
from tierline.present.selection import Selection
from tierline.present.shelving import Shelving
from tierline.present.sync_state import SyncState
from tierline.present.tasks import Tasks
from tierline.present.teamwork import Teamwork
from tierline.present.ticket_feed import TicketFeed
from tierline.present.view_state import ViewState, view_word
from tierline.storage.records import SavedView
from tierline.sync.status import SyncStatus


class ConsolePresenter(QObject):
    """Composes the feeds: an act repaints its rows, its ticket, the order and the counts, in turn.

    `logged(ticket_id)` when a new ticket is on the disk, `sent(kind)` when a composer's text is.
    """

    logged = Signal(str)
    sent = Signal(str)

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, live: Live | None = None
    ) -> None:
        """Ready; nothing is read before `open`."""
        super().__init__()
        self.desk, self.tasks, self.messages = desk, tasks, messages
        self._count_later = False
        self.queue = QueueFeed(desk, tasks, self)
        self.ticket = TicketFeed(desk, tasks, messages, self)
        self.facts = DeskFacts(desk, tasks, self)
        self.machine = Machine(tasks, self)
        self.alarms = AlarmsPresenter(desk, tasks, messages, self)
        self.actor = Actor(desk, tasks, messages, self)
        self.team = Teamwork(desk, tasks, self)
        self.selection = Selection(desk, tasks, self.actor, self)
        self.shelving = Shelving(desk, tasks, messages, self.actor, self)
        self.pulse = Pulse(desk, tasks, live, self)
        self.process = Process(desk, tasks, messages, self.actor, self)
        self.rules = RulesRun(desk, tasks, messages, self)
        self.imports = ImportRun(desk, tasks, messages, self)
        self.sync = SyncState(desk, tasks, self)
        self.files = Files(desk, tasks, messages, self.actor, self.sync, self)
        self.imports.reported.connect(lambda _: self.changed(()))
        self.files.arrived.connect(self.ticket.again)
        self.queue.refused.connect(messages.refuse)
        self.actor.asked.connect(self._asked)
        self.actor.acted.connect(self._acted)
        self.ticket.loaded.connect(self._ticket_loaded)
        self.pulse.changed.connect(self.changed)
        self.pulse.minute.connect(self._minute)
        self.pulse.beaten.connect(self.rules.beat)
        self.pulse.minute.connect(self.sync.minute)  # the rules go by today's policies
        self.pulse.minute.connect(self.rules.run)
        self.rules.acted.connect(self.changed)
        self._alarms()
        self._sync()

    def _alarms(self) -> None:
        """Whatever may have changed a clock, or an answer to it, is a reason to look."""
        alarms, pulse = self.alarms, self.pulse
        told = (self.actor.acted, self.rules.acted, pulse.changed, self.sync.arrived)
        for signal in told:
            signal.connect(lambda *_: alarms.look())
        pulse.minute.connect(alarms.look)
        pulse.beaten.connect(alarms.beat)

    def _sync(self) -> None:
        """What came is shown as if another program had written it; what was done goes out."""
        sync = self.sync
        sync.arrived.connect(self.changed)
        sync.marks_changed.connect(lambda: self.changed(()))
        sync.ruling.connect(lambda: self.rules.run(missed=True))
        sync.changed.connect(self._standing)
        told = (self.actor.acted, self.pulse.changed, self.rules.acted, self.imports.reported)
        for signal in told:
            signal.connect(lambda _: sync.poke())

    def _standing(self, status: SyncStatus) -> None:
        self.queue.model.filling = status.link == "joining"

    def open(self, state: ViewState) -> None:
        """The first picture: the queue is there when this returns, the rest follows."""
        self.queue.show_now(state)

    def start(self) -> None:
        """Once the first picture is painted: read the counts, and keep an eye on the desk."""
        self.facts.refresh()
        self.team.look()
        self.pulse.start()
        self.rules.start()
        self.alarms.start()
        self.sync.start()

    def stop(self) -> None:
        """Look no more; what is on its way ends by itself."""
        self.pulse.stop()
        self.imports.stop()
        self.sync.stop()

    def tick(self, now: float) -> None:
        """A second passed (epoch seconds)."""
        self.actor.undo_offer.tick(now)
        self.facts.tick(now)
        self.alarms.tick(now)
        self.sync.tick(now)

    @property
    def pending(self) -> int:
        """How many acts and drafts are not on the disk yet."""
        return self.actor.pending + self.ticket.unsaved

    def view_name(self) -> str:
        """What the list shows, as its header says it."""
        view = self.queue.state.view
        return view_word(view, self._saved(view))

    def own_order(self, view: str) -> str:
        """The order a view has by itself, a key of `view_state.ORDERS`."""
        for each in self._saved(view):
            if view == f"saved:{each.id}":
                return each.sort.lstrip("-") or "next"
        return {"resolved": "resolved", "everything": "changed"}.get(view, "next")

    def _saved(self, view: str) -> tuple[SavedView, ...]:
        """The saved views; read anew for one that has only just been saved."""
        if not view.startswith("saved:"):
            return ()
        known = self.facts.known
        saved = known.saved if known else ()
        found = any(view == f"saved:{each.id}" for each in saved)
        return saved if found else self.desk.saved_views()

    def changed(self, ids: tuple[str, ...]) -> None:
        """These tickets changed, or anything may have for ()."""
        if not ids or self.ticket.wanted in ids:
            self.ticket.again()
        if ids:
            self.queue.refresh(ids)
        else:
            self.queue.repaint_all()
        self.facts.refresh()
        self.team.look()

    def _asked(self, ids: tuple[str, ...]) -> None:
        """Read what an act will have changed right behind it: the ticket first, then the rows."""
        if self.ticket.wanted in ids:
            self.ticket.again()
        self.queue.read(ids)

    def _ticket_loaded(self) -> None:
        """Order and counts wait until the ticket is painted: they would hold that up."""
        if self._count_later:
            self._count_later = False
            QTimer.singleShot(0, self._count)

    def _count(self) -> None:
        self.queue.order()
        self.facts.refresh()
        self.team.look()

    def acknowledge(self, card: Card) -> None:
        """Note that I have seen a warning that is not put off."""
        self.actor.act([card.ticket_id], cmd.Acknowledge(clock=card.clock))

    def _acted(self, outcome: Outcome) -> None:
        if outcome.kind == "log":
            self.logged.emit(outcome.ids[0])
        if not outcome.read:
            self.changed(outcome.ids)
        elif self.ticket.loading:
            self._count_later = True
        else:
            self._count()
        self.sent.emit(outcome.kind)

    def _minute(self) -> None:
        self.queue.refresh()
        self.facts.refresh()
        self.team.look()
        self.ticket.retry()
        known = self.facts.known
        if known and known.timer and known.timer.ticket_id == self.ticket.current_id:
            self.ticket.again()
