"""The parts of the window, built once and placed; who hears whom is wired elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from tierline.present.console import ConsolePresenter
from tierline.present.ticker import Ticker
from tierline.widgets.queue.view import QueueView
from tierline.widgets.rail.rail import Rail
from tierline.widgets.strip.strip import WarningsStrip
from tierline.widgets.sync_parts.band import SyncBand
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.pane import TicketPane
from tierline.widgets.window.bands import Bands
from tierline.widgets.window.frame import Frame
from tierline.widgets.window.late_book import LateBook
from tierline.widgets.window.list_footer import ListFooter
from tierline.widgets.window.list_header import ListHeader
from tierline.widgets.window.status_bar import StatusBar
from tierline.widgets.window.toolbar import Toolbar


@dataclass(frozen=True, slots=True)
class Parts:
    """Every part by name, from top to bottom."""

    toolbar: Toolbar
    link: SyncBand
    bands: Bands
    rail: Rail
    header: ListHeader
    queue: QueueView
    footer: ListFooter
    listing: QFrame
    ticket: TicketPane
    frame: Frame
    strip: WarningsStrip
    status: StatusBar
    book: LateBook


def build(hub: ThemeHub, ticker: Ticker, console: ConsolePresenter) -> Parts:
    """Make and place all parts; nothing is connected yet."""
    zone = console.desk.zone
    header, footer = ListHeader(hub), ListFooter(hub)
    queue = QueueView(hub, ticker)
    queue.set_queue(console.queue.model)
    listing = QFrame()
    listing.setProperty("role", "sheet")
    stack(listing, header, queue, footer)
    rail, ticket = Rail(hub), TicketPane(hub, ticker, zone)
    frame = Frame(hub, rail, listing, ticket)
    return Parts(
        Toolbar(hub),
        SyncBand(hub),
        Bands(hub),
        rail,
        header,
        queue,
        footer,
        listing,
        ticket,
        frame,
        WarningsStrip(hub, ticker),
        StatusBar(hub, ticker, zone),
        LateBook(frame, hub, ticker, console.desk),
    )


def stack(into: QWidget, *parts: QWidget) -> None:
    """Lay parts below each other without gaps; the list, frame or page takes what is left."""
    column = QVBoxLayout(into)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    # What gets too narrow folds by itself; a part must never make the window wider.
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, QueueView | Frame) else 0)
