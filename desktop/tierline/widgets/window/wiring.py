"""Who hears whom: every connection between the parts of the window and the presenter."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Signal

from tierline.desk.queues import Count
from tierline.desk.sync_words import CLOCKS_RUN, BandWords, present_words
from tierline.desk.warnings import Card
from tierline.domain.tongue import tr
from tierline.present.console import ConsolePresenter
from tierline.present.messages import Message, Severity
from tierline.present.recent import used
from tierline.present.ticker import Ticker
from tierline.present.view_state import ViewState
from tierline.system.settings import Settings
from tierline.widgets.queue.columns import Column
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window import menus
from tierline.widgets.window.deeds import Deeds
from tierline.widgets.window.empty import empty_text
from tierline.widgets.window.parts import Parts
from tierline.widgets.window.targets import Targets
from tierline.widgets.window.team_bar import TeamBar

_SORTS = {
    Column.PRIORITY: "priority",
    Column.NUMBER: "number",
    Column.SUBJECT: "subject",
    Column.STATUS: "status",
    Column.LINE: "tier",
    Column.ASSIGNEE: "assignee",
    Column.CLOCK: "next",
}


class Wiring(QObject):
    """Connects the parts; holds no state but who they are.

    `keys_changed()` and `me_changed(id)` for what only the window or the program can do.
    """

    keys_changed = Signal()
    me_changed = Signal(str)

    def __init__(
        self,
        parts: Parts,
        console: ConsolePresenter,
        deeds: Deeds,
        targets: Targets,
        hub: ThemeHub,
        settings: Settings,
    ) -> None:
        """Everything is connected when this returns, but the clock: see `tick_by`."""
        super().__init__(parts.frame)
        self._parts, self._console, self._deeds = parts, console, deeds
        self._targets, self._hub, self._settings = targets, hub, settings
        self._sought = ""
        self._bars()
        self._list()
        self._ticket()
        self._sheets()
        self._strip()
        self._facts()
        self._sync()
        self.team = TeamBar(parts, console, deeds.do)
        parts.ticket.links.opened.connect(self.open_ticket)

    def tick_by(self, ticker: Ticker) -> None:
        """Seconds move the undo line and the thresholds."""
        ticker.tick.connect(self._console.tick)
        ticker.tick.connect(self._parts.footer.tick)

    def _bars(self) -> None:
        parts, console = self._parts, self._console
        parts.toolbar.asked.connect(self._deeds.do)
        parts.toolbar.me_asked.connect(self._me_menu)
        parts.status.timer_clicked.connect(lambda: self._deeds.do("timer"))
        parts.status.outbox_clicked.connect(lambda: self._deeds.do("outbox"))
        parts.status.tasks_clicked.connect(lambda: self._deeds.do("tasks"))
        parts.status.missing_clicked.connect(lambda: self._deeds.do("doctor"))
        console.machine.missing_changed.connect(parts.status.tell_missing)
        parts.footer.undo_asked.connect(console.actor.undo)
        parts.footer.stop_asked.connect(console.actor.stop)
        console.actor.progressed.connect(parts.footer.tell_progress)
        parts.frame.compact_changed.connect(parts.rail.set_compact)
        parts.frame.compact_changed.connect(parts.strip.set_calm)
        parts.frame.back_asked.connect(self._deeds.back)
        console.messages.said.connect(self._said)
        now = console.desk.clock
        console.actor.undo_offer.changed.connect(
            lambda line: parts.footer.offer_undo(line, now().timestamp())
        )
        console.actor.pending_changed.connect(self._tell_pending)
        console.ticket.unsaved_changed.connect(self._tell_pending)
        console.actor.acted.connect(lambda _: parts.status.tell_saved(now()))
        console.ticket.draft_saved.connect(lambda _: parts.status.tell_saved(now()))

    def _list(self) -> None:
        parts, console = self._parts, self._console
        queue, header, feed = parts.queue, parts.header, console.queue
        queue.opened.connect(self._opened)
        queue.current_changed.connect(self._targets.follow)
        queue.menu_asked.connect(self._ticket_menu)
        queue.range_changed.connect(parts.footer.tell_range)
        queue.sort_asked.connect(self._sort_column)
        header.filter_typed.connect(feed.filter)
        header.left.connect(queue.setFocus)
        header.applied.connect(feed.model.apply_held)
        header.sort_asked.connect(self._order_menu)
        header.columns_asked.connect(self._list_menu)
        feed.model.waiting_changed.connect(header.tell_held)
        feed.model.rowsInserted.connect(self._tell_count)
        feed.model.rowsRemoved.connect(self._tell_count)
        feed.shown.connect(self.show_view)
        feed.reordered.connect(self._choose_first)

    def _ticket(self) -> None:
        pane, console = self._parts.ticket, self._console
        console.ticket.shown.connect(pane.show_ticket)
        console.ticket.draft_saved.connect(pane.draft_saved)
        pane.act_asked.connect(self._deeds.do)
        pane.why_asked.connect(self._deeds.why)
        pane.settled.connect(self._deeds.settle)
        pane.drafted.connect(
            lambda kind, text: console.ticket.keep_draft(pane.ticket_id, kind, text)
        )

    def _sheets(self) -> None:
        book = self._parts.book
        book.drafted.connect(self._console.ticket.keep_draft)
        book.chosen.connect(self._chosen)
        self._console.ticket.draft_saved.connect(book.draft_saved)
        imports = self._console.imports
        book.import_asked.connect(imports.start)
        imports.progressed.connect(book.import_progress)
        imports.reported.connect(book.import_done)
        imports.failed.connect(book.import_failed)

    def _strip(self) -> None:
        strip, console = self._parts.strip, self._console
        strip.set_people(console.desk.people.first, console.desk.me, console.desk.zone)
        console.facts.strip_changed.connect(strip.show_strip)
        strip.opened.connect(lambda card: self.open_ticket(card.ticket_id))
        strip.acted.connect(self._act_on)
        strip.put_off.connect(self._put_off)
        strip.acknowledged.connect(console.acknowledge)
        strip.all_asked.connect(lambda level: console.queue.show(ViewState("all", f"is:{level}")))

    def _facts(self) -> None:
        parts, facts = self._parts, self._console.facts
        facts.everyone = self._settings.get("warn_everyone", False)
        facts.counts_changed.connect(parts.rail.show_counts)
        facts.counts_changed.connect(self._tell_empty)
        facts.first_contact_changed.connect(parts.rail.show_first_contact)
        facts.timer_changed.connect(parts.status.show_timer)
        facts.owed_changed.connect(parts.status.tell_owed)
        parts.rail.chosen.connect(self._console.queue.view)

    def _sync(self) -> None:
        parts, sync, do = self._parts, self._console.sync, self._deeds.do
        sync.words_changed.connect(parts.status.tell_sync)
        sync.age_changed.connect(parts.header.tell_age)
        sync.age_changed.connect(lambda age: parts.strip.tell_remark(CLOCKS_RUN if age else ""))
        sync.band_changed.connect(self._tell_link)
        sync.changed.connect(lambda _: self._tell_link(sync.band))
        sync.password_wanted.connect(self._ask_password)
        sync.arrived.connect(self._open_sought)
        sync.changed.connect(lambda _: self._tell_present())
        self._console.ticket.shown.connect(lambda _: self._tell_view())
        parts.ticket.composer.writing_changed.connect(self._tell_view)
        sync.noted.connect(lambda text: self._said(Message(text, "", Severity.SOON, topic="sync")))
        parts.link.retry_asked.connect(lambda: do("sync"))
        parts.link.show_asked.connect(lambda: do("unsent"))
        parts.link.password_asked.connect(lambda: do("password"))
        parts.status.sync.pending_asked.connect(lambda: do("unsent"))
        parts.status.sync.attention_asked.connect(lambda: do("attention"))
        parts.status.sync.conflicts_asked.connect(lambda: self._console.queue.view("conflicts"))

    def _tell_present(self) -> None:
        console, pane = self._console, self._parts.ticket
        desk = console.desk
        present = desk.standing.present
        words = present_words(present, pane.ticket_id, desk.me, desk.people.first)
        pane.head.tell_present(words)

    def _tell_view(self) -> None:
        """Let the others know what is open here, and whether it is being written on."""
        pane = self._parts.ticket
        self._console.sync.view(pane.ticket_id, writing=pane.composer.writing)
        self._tell_present()

    def _tell_link(self, words: BandWords | None) -> None:
        self._parts.link.show_words(words, password=self._console.sync.wants_password)

    def _ask_password(self) -> None:
        """At once, unless something else is being written: then the band's button waits for it."""
        if self._parts.book.current is None and not self._parts.ticket.composer.writing:
            self._deeds.do("password")

    # What needs more than a connection

    def show_view(self, state: ViewState) -> None:
        """Header and rail say what the list shows."""
        parts, console = self._parts, self._console
        word = state.order_word(console.own_order(state.view))
        name = console.view_name()
        parts.header.tell_view(name, word, state.filter, descending=state.descending)
        parts.rail.choose(state.view)
        parts.queue.hide_columns(self._columns_of(state.view))
        self._tell_count()
        known = console.facts.known
        self._tell_empty(known.counts if known else {})
        self._choose_first()

    def _columns_of(self, view: str) -> tuple[str, ...]:
        """A saved view has its own columns; all others have the person's."""
        saved = self._console.desk.saved_views() if view.startswith("saved:") else ()
        mine = menus.hidden_columns(self._settings)
        return next((each.hidden for each in saved if view == f"saved:{each.id}"), mine)

    def _choose_first(self) -> None:
        """The keys have something to act on, also where the first tickets have only just come."""
        queue = self._parts.queue
        if not queue.current_id() and queue.hasFocus():
            queue.choose(self._console.queue.model.id_at(0))

    def open_ticket(self, ticket_id: str) -> None:
        """Show a ticket from anywhere, and bring the keys to it."""
        self._targets.open(ticket_id)
        self._parts.frame.open_ticket(True)
        self._parts.ticket.setFocus()

    def _opened(self, ticket_id: str) -> None:
        self._targets.follow(ticket_id)
        self._parts.frame.open_ticket(True)
        self._parts.ticket.setFocus()

    def _tell_count(self) -> None:
        model, parts = self._console.queue.model, self._parts
        count = model.rowCount()
        parts.header.tell_count(count)
        parts.queue.setAccessibleName(
            tr("Queue, {view_name}, {count}", view_name=self._console.view_name(), count=count)
        )

    def _tell_empty(self, counts: Mapping[str, Count], _saved: object = ()) -> None:
        facts = self._console.facts.known
        coming, zone = facts.strip.coming if facts else None, self._console.desk.zone
        text = empty_text(self._console.queue.state, counts, coming, zone)
        self._parts.queue.set_empty_text(text)
        self._parts.ticket.tell_none(any_=bool(counts.get("everything", Count()).total))

    def _tell_pending(self) -> None:
        self._parts.status.tell_pending(self._console.pending)

    def _said(self, message: Message) -> None:
        if message.severity is Severity.NOTE:
            self._parts.footer.pass_by(message)
        else:
            self._parts.bands.say(message)

    def _sort_column(self, column: int) -> None:
        if key := _SORTS.get(Column(column)):
            self._console.queue.sort_or_turn(key)

    def _put_off(self, card: Card) -> None:
        view = self._console.desk.open_ticket(card.ticket_id)
        self._parts.book.open("snooze", view, card=card)

    def _act_on(self, card: Card) -> None:
        self._targets.open(card.ticket_id)
        if card.action == "take":
            self._console.actor.take([card.ticket_id])
            return
        self._parts.frame.open_ticket(True)
        acts = {"message": "message", "ask": "note", "escalate": "escalate"}
        acts |= {"resolve": "resolve", "stay": "stay"}
        if card.action in acts:
            self._console.ticket.when_shown(
                card.ticket_id, lambda: self._deeds.do(acts[card.action])
            )
        else:
            self._parts.ticket.setFocus()

    def _found(self, what: str, value: str) -> None:
        """Run what was found in the palette, and offer it first from now on."""
        used(self._settings, what, value)
        match what:
            case "act":
                self._deeds.do(value)
            case "view":
                self._console.queue.view(value)
            case "ticket":
                self.open_ticket(value)
            case "macro":
                self._deeds.shelf.rehearse(value)
            case _:
                key = "assignee" if what == "person" else what
                self._console.queue.show(ViewState("all", f'{key}:"{value}"'))

    def _chosen(self, what: str, value: str) -> None:
        match what:
            case "act" | "view" | "ticket" | "person" | "contact" | "client" | "macro":
                self._found(what, value)
            case "seek":
                self._seek(value)
            case "theme":
                menus.set_mode(self._hub, self._settings, value)
            case "scale":
                menus.set_scale(self._hub, self._settings, int(value))
            case "me":
                self.me_changed.emit(value)
            case _:
                self._deeds.prefer.choose(what, value)
                self.keys_changed.emit()

    def _seek(self, number: str) -> None:
        self._sought = number
        self._console.sync.seek(number)
        rest = tr("It opens as soon as the hub has sent it.")
        self._console.messages.note(
            tr("Looking for {number} on the shared desk.", number=number), rest
        )

    def _open_sought(self) -> None:
        if self._sought and (found := self._console.desk.find(self._sought)):
            self._sought = ""
            self.open_ticket(found.ticket.id)

    # Menus

    def _ticket_menu(self, where: QPoint, ids: list[str]) -> None:
        view = self._console.desk.open_ticket(ids[0]) if len(ids) == 1 else None
        queue, keys = self._parts.queue, self._deeds.shelf.keys()
        menu = menus.ticket_menu(queue, self._hub, view, len(ids), self._deeds.do, keys)
        menu.popup(where)

    def _order_menu(self, where: QPoint) -> None:
        state = self._console.queue.state
        menu = menus.order_menu(self._parts.header, state, self._console.queue.sort_or_turn)
        menu.popup(where)

    def _list_menu(self, where: QPoint) -> None:
        header = self._parts.header
        menu = menus.list_menu(header, self._hub, self._settings, self._turn, self._deeds.do)
        menu.popup(where)

    def _turn(self) -> None:
        self._parts.queue.set_compact(self._settings.get("compact_rows", False))
        self._parts.queue.hide_columns(menus.hidden_columns(self._settings))

    def _warn_everyone(self, everyone: bool) -> None:
        self._settings.put("warn_everyone", everyone)
        self._console.facts.look_at_everyone(everyone)

    def _me_menu(self) -> None:
        me = self._parts.toolbar.me
        menu = menus.me_menu(me, self._hub, self._settings, self._deeds.do, self._warn_everyone)
        menu.popup(me.mapToGlobal(QPoint(0, me.height() + 4)))
