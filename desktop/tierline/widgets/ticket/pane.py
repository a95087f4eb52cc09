"""The ticket pane: everything about one ticket, and everything that can be done with it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.present.ticker import Ticker
from tierline.storage.records import Draft
from tierline.widgets import fonts
from tierline.widgets.brush import Brush
from tierline.widgets.reading_order import set_reading_order
from tierline.widgets.sync_parts.conflict_place import ConflictPlace
from tierline.widgets.sync_parts.conflicts import Conflicts
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.action_bar import ActionBar
from tierline.widgets.ticket.asking import PromptCard
from tierline.widgets.ticket.clock_strip import ClockStrip
from tierline.widgets.ticket.composer import Composer
from tierline.widgets.ticket.contact_band import ContactBand
from tierline.widgets.ticket.dropping import DropZone
from tierline.widgets.ticket.flag_band import FlagBand
from tierline.widgets.ticket.head import TicketHead
from tierline.widgets.ticket.link_band import LinkBand
from tierline.widgets.ticket.missing import MissingBand
from tierline.widgets.ticket.parties import Parties
from tierline.widgets.ticket.stepper import TierStepper, limit_of
from tierline.widgets.ticket.timeline import Timeline

_CHOOSE = (tr("Choose a ticket on the left."), tr("Enter opens the one that is marked."))
_BEGIN = (tr("Your first ticket opens here."), tr("Ctrl N logs it."))
BAND_FROM = 330  # lower, and one band beside the clocks would push the head together
DENSE_BELOW, LOW_BELOW, FLAT_BELOW, LEAST_WIDE, LEAST_HIGH = 680, 440, 300, 320, 240


class TicketPane(QWidget):
    """Shows one `TicketView`; every act leaves as a signal, so nothing here can fail.

    `act_asked(kind)`: kinds of `desk.actions`, "copy", "why", "popout". `why_asked(clock)`: for
    one clock. `composed(command)`: to be carried out; answer with `sent(kind)`. `drafted(kind,
    text)`: to be saved on the ticket `ticket_id`; answer with `draft_saved`. `settled(key,
    choice)`: a conflict is answered. Files are asked for by `timeline`, `composer` and `dropped`.
    """

    act_asked = Signal(str)
    why_asked = Signal(str)
    composed = Signal(object)
    drafted = Signal(str, str)
    settled = Signal(str, str)

    def __init__(
        self, hub: ThemeHub, ticker: Ticker, zone: ZoneInfo, parent: QWidget | None = None
    ) -> None:
        """Empty until it is shown a ticket; `zone` is where times of day are written."""
        super().__init__(parent)
        self._hub, self._ticker = hub, ticker
        self._view: TicketView | None = None
        self._dense = self._low = self._flat = False
        self._roomy = self._any = True
        self._rule = QFrame()
        self._rule.setProperty("role", "rule")
        self._rule.setFixedHeight(1)
        self.head = TicketHead(hub)
        self.prompt = PromptCard(hub)
        self.stepper = TierStepper(hub, ticker)
        self.flags = FlagBand(hub)
        self.missing = MissingBand(hub)
        self.links = LinkBand(hub)
        self.clocks = ClockStrip(hub, ticker)
        self.parties = Parties(hub, zone)
        self.between = ContactBand(hub)
        self.conflicts = Conflicts(hub)
        self.met = ConflictPlace(self.conflicts)
        self.timeline = Timeline(hub, zone)
        self.composer = Composer(hub, zone)
        self.acts = ActionBar(hub)
        self.dropped = DropZone(hub, self)
        self.setAccessibleName(tr("Ticket"))
        self._lay_out()
        self._wire()
        self._show_parts(shown=False)
        hub.changed.connect(self._restyle)
        self._restyle()

    def _parts(self) -> tuple[QWidget, ...]:
        upper: tuple[QWidget, ...] = (self.head, self.stepper, self.prompt, self.flags)
        upper += (self.missing, self.links, self.clocks, self.parties, self.between, self.met)
        return (*upper, self.timeline, self.composer, self.acts)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # What must fold when it gets low must not keep the pane high.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for part in self._parts():
            if part is self.timeline:
                column.addWidget(self._rule)
            column.addWidget(part, 1 if part is self.timeline else 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Low enough for a laptop at twice the text size."""
        return QSize(self._hub.px(LEAST_WIDE), self._hub.px(LEAST_HIGH))

    def _wire(self) -> None:
        ask = self.act_asked.emit
        self.head.copy_asked.connect(lambda: ask("copy"))
        self.head.popout_asked.connect(lambda: ask("popout"))
        self.prompt.answered.connect(self.act_asked)
        self.missing.fill_asked.connect(lambda: ask("fill"))
        self.parties.verify_asked.connect(lambda: ask("verify"))
        self.between.act_asked.connect(self.act_asked)
        self.acts.act_asked.connect(self.act_asked)
        self.conflicts.settled.connect(self.settled)
        self.conflicts.fitted.connect(lambda: set_reading_order(self))
        self.clocks.why_asked.connect(self._why)
        self.composer.composed.connect(self.composed)
        self.composer.drafted.connect(self.drafted)
        self.composer.writing_changed.connect(self._make_room)
        self.composer.pasted.connect(self.dropped.give)
        self.timeline.pasted.connect(self.dropped.give)

    def _why(self, clock: str) -> None:
        if clock:
            self.why_asked.emit(clock)
        else:
            self.act_asked.emit("why")

    @property
    def ticket_id(self) -> str:
        """The ticket that is shown, and to which a text in `drafted` belongs; "" for none."""
        return self._view.ticket.id if self._view else ""

    def show_ticket(self, view: TicketView | None) -> None:
        """Show this ticket, or none. Unsaved text of the one before is handed out first."""
        if view is None or view.ticket.id != self.ticket_id:
            self.composer.leave()
        other = view is not None and view.ticket.id != self.ticket_id
        self._view = view
        self.dropped.target = view.ticket.number if view else ""
        if view is None:
            self.timeline.empty()
            self._show_parts(shown=False)
            return
        self.head.show_ticket(view)
        self.prompt.show_prompts(view)
        self.flags.show_flags(view.flags)
        self.stepper.show_steps(view.tiers, limit_of(view))
        self.missing.show_missing(view.missing)
        self.links.show_links(view.links)
        self.clocks.show_clocks(view.clocks, playing=view.ticket.timer_since is not None)
        self.parties.show_ticket(view)
        self.between.show_ticket(view)
        self.conflicts.show_cards(view.conflicts)
        self.composer.show_ticket(view)
        self.acts.show_ticket(view)
        self._show_parts(shown=True)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.timeline.show_ticket(view, self._ticker.now())
        if other:
            self.setAccessibleName(tr("Ticket {number}", number=view.ticket.number))

    def tell_none(self, *, any_: bool) -> None:
        """Whether the desk has tickets to choose from, for when none is shown."""
        if any_ != self._any:
            self._any = any_
            self.update()

    def compose(self, kind: str) -> None:
        """Write a note, a message or time."""
        if self._view is not None:
            if self.met.crowded:  # what is not on screen takes no keys
                self._show_parts(shown=True, writing=True)
            self.composer.compose(kind)

    def draft_saved(self, draft: Draft) -> None:
        """An unsent text is on the disk."""
        self.composer.draft_saved(draft)

    def sent(self, kind: str) -> None:
        """A composed text was carried out: clear it."""
        self.composer.sent(kind)

    # Looks

    def _show_parts(self, *, shown: bool, writing: bool = False) -> None:
        wanted = dict.fromkeys((*self._parts(), self._rule), shown)
        if shown and self._view is not None:
            wanted[self.prompt] = self.prompt.asking
            # Where it is very low, the queue and the strip say these things alone.
            wanted[self.flags] = bool(self.flags.flags) and not self._low
            room = self._roomy and not (self._low and self.prompt.asking)
            wanted[self.missing] = bool(self._view.missing) and room
            wanted[self.links] = self.links.any and not self._low
            wanted[self.between] = self.between.any and not self._low
            wanted[self.stepper] = wanted[self.parties] = not self._dense
            wanted[self.met] = self.conflicts.any
            # The clocks then stand aside while one writes, or a rule asks something.
            writing = writing or self.composer.writing
            aside = writing or self.prompt.asking
            wanted[self.clocks] = not (self._low and aside)
            self._squeeze(wanted, writing=writing)
            # While one writes where the card has no room, a word in the head stands for it.
            hidden = self.conflicts.any and not wanted[self.met]
            self.head.tell_conflicts(len(self._view.conflicts) if hidden else 0)
        for part, seen in wanted.items():
            if part.isHidden() == seen:
                part.setVisible(seen)
        # The keys of an empty pane must not go to a head that is hidden: Tab would end there.
        self.setFocusProxy(self.head if shown else None)  # type: ignore[arg-type]
        self.update()

    def _squeeze(self, wanted: dict[QWidget, bool], *, writing: bool) -> None:
        """Let go of what is least needed until nothing lies over anything else.

        A conflict that has no room takes that of the history, until one writes or it is answered.
        """
        self.conflicts.set_dense(self._low)
        seen = [part for part in self._parts() if wanted[part] and part is not self.timeline]
        for part in seen:
            _widen(part, self.width())
        room = self.height() - self.timeline.minimumHeight() - 1 - sum(map(_high, seen))
        upper = (
            self.flags,
            self.missing,
            self.links,
            self.between,
            self.parties,
            self.stepper,
            self.clocks,
        )
        for part in upper:
            if room < 0 and wanted[part]:
                wanted[part] = False
                room += _high(part)
        crowded = room < 0 and wanted[self.met] and not writing
        self.met.set_crowded(crowded)
        if crowded:
            self.conflicts.set_dense(False)
            wanted |= dict.fromkeys((self.timeline, self._rule, self.composer, self.acts), False)
        for part in () if crowded else (self.met, self.acts):
            if room < 0 and wanted[part]:
                wanted[part] = False
                room += _high(part)

    def _make_room(self) -> None:
        if self._view is not None:
            self._show_parts(shown=True)

    def _restyle(self) -> None:
        self.updateGeometry()
        self._weigh()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A low pane folds its panels into the head."""
        super().resizeEvent(event)
        self._weigh()

    def _weigh(self) -> None:
        px, high = self._hub.px, self.height()
        dense, low, flat = (high < px(each) for each in (DENSE_BELOW, LOW_BELOW, FLAT_BELOW))
        self._dense, self._low, self._flat = dense, low, flat
        self._roomy = high >= px(BAND_FROM)
        for part in (self.head, self.clocks):
            part.set_dense(dense, flat=flat)
        self.flags.set_dense(dense)
        self.links.set_dense(dense)
        self.composer.set_dense(dense, low=low)
        if self._view is not None:
            self._show_parts(shown=True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground; without a ticket, what to do."""
        del event
        brush, theme = Brush(self, self._hub), self._hub.theme
        brush.painter.fillRect(self.rect(), theme.pane if self._view is None else theme.sheet)
        if self._view is None:
            self._paint_empty(brush)
        brush.end()

    def _paint_empty(self, brush: Brush) -> None:
        px, theme, middle = self._hub.px, self._hub.theme, self.height() / 2
        first, then = _CHOOSE if self._any else _BEGIN
        lines = (
            (first, 13, theme.ink2, fonts.MEDIUM),
            (then, 12, theme.ink3, fonts.REGULAR),
        )
        side = px(24)
        brush.icon((self.width() - side) / 2, middle - px(40), "inbox", 24, theme.ink3)
        for at, (text, size, ink, weight) in enumerate(lines):
            text_wide = fonts.width(text, px(size), weight)
            left = (self.width() - text_wide) / 2
            brush.text(left, middle - px(8) + at * px(20), text, size, ink, weight)


def _widen(part: QWidget, width: int) -> None:
    """Let a part have its height for this width now; a hidden one would once it is shown."""
    if part.width() != width:
        before = part.size()
        part.resize(width, part.height())
        if part.isHidden():
            QCoreApplication.sendEvent(part, QResizeEvent(part.size(), before))


def _high(part: QWidget) -> int:
    """How high a part must at least be; most have a fixed height."""
    return max(part.minimumHeight(), part.minimumSizeHint().height())
