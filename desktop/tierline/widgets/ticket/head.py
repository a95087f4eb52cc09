"""The top of a ticket: what it is, where it stands, and its subject in full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tierline.desk import sync_words
from tierline.desk.ticket_view import TicketView, TierStep
from tierline.domain.tongue import tr
from tierline.domain.wording import NOT_JUDGED, priority_name
from tierline.widgets import fonts, glyphs
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.package import draw_package, package_wide
from tierline.widgets.ticket.prose import plain, tip
from tierline.widgets.ticket.wrapped import Run, Wrapped, clamped

PAD, TOP, ROW, LINE, BUTTON, GAP = 16, 10, 24, 22, 24, 6
RESTRICTED = tr("Restricted")
MOST_LINES, DENSE_LINES, PEOPLE_ROW, FOOT = 3, 2, 20, 8


class TicketHead(QWidget):
    """Chip, number, status, channel and subject; `dense` adds line, contact and client below.

    `flat` is dense in two lines only.

    It takes the focus, so that the single keys of a ticket work from here.
    """

    copy_asked = Signal()
    popout_asked = Signal()

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Empty until it is shown a ticket."""
        super().__init__(parent)
        self._hub = hub
        self._view: TicketView | None = None
        self._dense = self._flat = False
        self._subject: Wrapped | None = None
        self._met, self._present = 0, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._copy = self._button("copy", tr("Copy the number"), self.copy_asked)
        self._pop = self._button(
            "square-arrow-out-up-right", tr("Open in a window"), self.popout_asked
        )
        hub.changed.connect(self._arrange)

    def _button(self, icon: str, name: str, told: SignalInstance) -> Button:
        made = Button("", self._hub, icon=icon, kind=Kind.FLAT, parent=self)
        made.setToolTip(name)
        made.setAccessibleName(name)
        made.clicked.connect(told)
        return made

    def show_ticket(self, view: TicketView) -> None:
        """Show this one."""
        self._view = view
        ticket = view.ticket
        parts = (
            " ".join(dict.fromkeys((priority_name(ticket.priority), view.priority_word))),
            ticket.number,
            ticket.subject[:300],
            view.status_word,
            view.status_note,
            RESTRICTED if ticket.restricted else "",
            sync_words.unsent(view.unsent),
            tr("by {channel}", channel=view.channel_word.lower()),
            view.assignee,
        )
        self.setAccessibleName(plain(", ".join(part for part in parts if part))[:500])
        self._arrange()

    def tell_present(self, text: str) -> None:
        """Who else has the ticket before them: "Hana is reading", "" for nobody."""
        if text != self._present:
            self._present = text
            self.setAccessibleDescription(text)
            self.update()

    def tell_conflicts(self, count: int) -> None:
        """So many changes met others here, and there is no room to show them."""
        if count != self._met:
            self._met = count
            self.update()

    def set_dense(self, dense: bool, *, flat: bool = False) -> None:
        """Two more facts in one line, for when the panels below are hidden; not when `flat`."""
        if (dense, flat) != (self._dense, self._flat):
            self._dense, self._flat = dense, flat
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A subject of several lines makes it higher."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another direction of reading."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._arrange()

    def _arrange(self) -> None:
        view, px = self._view, self._hub.px
        if view is None:
            return
        room = self.width() - 2 * px(PAD)
        ink, text = self._hub.theme.ink, plain(view.ticket.subject[:1000]) or tr("No subject")
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        run = Run(" ".join(text.split()), ink, fonts.SEMIBOLD)
        most = 1 if self._flat else DENSE_LINES if self._dense else MOST_LINES
        self._subject = clamped(run, px(16), px(LINE), room, most, mirrored=mirrored)
        who = (view.client.name, view.contact.name, view.contact.phone or view.contact.mail)
        lines = (view.ticket.subject, ", ".join(part for part in who if part))
        self.setToolTip(tip("\n".join(line for line in lines if line)))
        high = px(TOP + ROW + 5) + round(self._subject.high) + px(FOOT)
        if self._dense and not self._flat:
            high += px(PEOPLE_ROW)
        self.setFixedHeight(high)
        self._place_buttons()
        self.update()

    def _place_buttons(self) -> None:
        px, view = self._hub.px, self._view
        side, top = px(BUTTON), px(TOP) + (px(ROW) - px(BUTTON)) // 2
        number = view.ticket.number if view else ""
        after = px(PAD + glyphs.CHIP_WIDTH + 8) + round(self._number_wide(number)) + px(3)
        self._copy.setGeometry(placed(self, after, top, side, side))
        self._pop.setGeometry(placed(self, self.width() - px(PAD - 4) - side, top, side, side))

    def _number_wide(self, number: str) -> float:
        return fonts.width(number, self._hub.px(13), fonts.SEMIBOLD)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground, first row, subject, and in the dense form the people."""
        del event
        view, subject = self._view, self._subject
        brush, px = Brush(self, self._hub), self._hub.px
        brush.painter.fillRect(self.rect(), brush.theme.pane)
        if view is not None and subject is not None:
            self._first_row(brush, view, px(TOP) + px(ROW) / 2)
            top = px(TOP + ROW + 5)
            subject.draw(brush.painter, px(PAD), top)
            if self._dense and not self._flat:
                self._people(brush, view, top + subject.high + px(PEOPLE_ROW) / 2)
        brush.end()

    def _first_row(self, brush: Brush, view: TicketView, middle: float) -> None:
        theme, px, ticket = brush.theme, self._hub.px, view.ticket
        chip = glyphs.chip(ticket.priority, theme, self._hub.scale / 100, brush.dpr)
        brush.picture(px(PAD), middle, chip)
        left = float(px(PAD + glyphs.CHIP_WIDTH + 8))
        left += brush.text(left, middle, ticket.number, 13, theme.ink, fonts.SEMIBOLD)
        left += px(BUTTON + 8)
        end = float(self.width() - px(PAD + BUTTON + 4))
        if self._dense:
            end = self._line(brush, view, middle, left, end)
        if not ticket.priority:
            left += self._fact(brush, left, middle, end, "scale", NOT_JUDGED.capitalize())
        end = self._readers(brush, middle, left, end)
        note = f", {view.status_note}" if view.status_note else ""
        left += self._fact(brush, left, middle, end, view.status_icon, view.status_word + note)
        if ticket.restricted:
            left += self._fact(brush, left, middle, end, "shield-alert", RESTRICTED)
        if self._met:
            word = sync_words.conflicts(self._met)
            left += self._fact(brush, left, middle, end, "git-compare", word)
        if view.unsent:
            word = sync_words.unsent(view.unsent)
            left += self._fact(brush, left, middle, end, "cloud-upload", word)
        self._fact(brush, left, middle, end, view.channel_icon, view.channel_word)

    def _fact(
        self, brush: Brush, left: float, middle: float, end: float, icon: str, word: str
    ) -> float:
        """An icon with its word, left out when not even a few letters fit."""
        px, theme = self._hub.px, self._hub.theme
        room = end - left - px(14 + GAP)
        if not word or room < min(px(40), fonts.width(word, px(12))):
            return 0.0
        wide = brush.icon(left, middle, icon, 14, theme.ink2)
        wide += px(GAP)
        wide += brush.text(left + wide, middle, word, 12, theme.ink2, room=room)
        return wide + px(8)

    def _readers(self, brush: Brush, middle: float, start: float, end: float) -> float:
        """Who else is here, at the end of the row; answers where the room before it ends."""
        px, theme = self._hub.px, self._hub.theme
        wide = fonts.width(self._present, px(12)) + px(14 + GAP)
        if not self._present or wide > (end - start) * 0.6:
            return end
        left = end - wide
        brush.icon(left, middle, "eye", 14, theme.ink3)
        brush.text(left + px(14 + GAP), middle, self._present, 12, theme.ink3)
        return left - px(8)

    def _line(
        self, brush: Brush, view: TicketView, middle: float, start: float, end: float
    ) -> float:
        """The line the ticket is at, at the end of the row; answers where it begins."""
        px, theme = self._hub.px, self._hub.theme
        step = next((s for s in view.tiers if s.here), TierStep(view.ticket.tier, "", "", True))
        word, note = step.word.split(" ")[0], step.note
        wide = fonts.width(word, px(12), fonts.MEDIUM) + fonts.width(note, px(12)) + px(30)
        if wide > (end - start) * 0.6:
            note, wide = "", fonts.width(word, px(12), fonts.MEDIUM) + px(24)
        if wide > end - start:
            return end
        left = end - wide
        bars = glyphs.line_bars(view.ticket.tier, theme, self._hub.scale / 100, brush.dpr)
        brush.picture(left, middle, bars)
        after = left + px(23)
        after += brush.text(after, middle, word, 12, theme.ink2, fonts.MEDIUM) + px(6)
        brush.text(after, middle, note, 12, theme.ink3)
        return left - px(8)

    def _people(self, brush: Brush, view: TicketView, middle: float) -> None:
        """Client, contact and how to reach them, in one line."""
        px, theme, contact = self._hub.px, self._hub.theme, view.contact
        label = view.policy_label
        end = self.width() - px(PAD) - fonts.width(label, px(12))
        brush.text(end, middle, label, 12, theme.ink3)
        left, end = float(px(PAD)), self._package(brush, view, middle, end - px(12))
        who = ", ".join(part for part in (view.client.name, contact.name) if part)
        left += brush.text(left, middle, who, 12, theme.ink2, room=end - left) + px(8)
        reach = contact.phone or contact.mail
        if reach and end - left > px(60):
            icon = "phone" if contact.phone else "mail"
            left += brush.icon(left, middle, icon, 14, theme.ink2) + px(5)
            brush.text(left, middle, reach, 12, theme.ink2, room=end - left)

    def _package(self, brush: Brush, view: TicketView, middle: float, end: float) -> float:
        """The client's package where little or nothing is left of it; answers where it begins."""
        package = view.allowance
        if package is None or not (package.low or package.over):
            return end
        wide = package_wide(brush, package)
        if wide > (end - self._hub.px(PAD)) * 0.6:
            return end
        draw_package(brush, end - wide, middle, wide, package)
        return end - wide - self._hub.px(12)
