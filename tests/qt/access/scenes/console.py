"""The window: every state of list, bars, bands, ticket and strip; its menus; a pop-out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, done, log, open_desk
from tests.qt.access import keys
from tests.qt.access.stage import Place, Stage, scene
from tierline.domain import commands as cmd
from tierline.present.facts import WorkTimer
from tierline.present.messages import Message, Severity
from tierline.widgets.window import menus
from tierline.widgets.window.popout import PopOut

MANY = 14
# A menu is left by Esc, its entries are reached by arrows.
MENU = frozenset({keys.REACH, keys.SEEN})


def desktop(place: Place, **more: object) -> tuple[Desktop, list[str]]:
    """A console on a desk with tickets of every priority, some over, some due soon, one mine."""
    clock = TurnedClock()
    desk = open_desk(place.folder, clock=clock)
    clock.turn(minutes=-70)
    ids = [log(desk, "Payroll server is down", impact=1, urgency=1)]
    for at in range(MANY):
        clock.turn(minutes=4)
        subject = f"Label printer {at} prints blank after the update of last night"
        ids.append(log(desk, subject, impact=1 + at % 3, urgency=1 + at % 3))
    done(desk.act(ids[1], cmd.Take()))
    done(desk.act(ids[1], cmd.Message(text="We are on it.")))
    done(desk.act(ids[1], cmd.Note(text="Driver rolled back, still blank.")))
    done(desk.act(ids[2], cmd.Assign(assignee="priya")))
    clock.turn(minutes=14)
    made = Desktop(place.bot, place.app, place.folder, desk=desk, **more)  # type: ignore[arg-type]
    made.parts.queue.choose(ids[1])
    made.settle()
    return made, ids


@scene
def console(place: Place) -> Iterator[Stage]:
    """The list and the ticket, at rest and in every state."""
    made, ids = desktop(place)
    window, hub, parts = made.window, made.made.hub, made.parts
    yield Stage("console", window, hub)
    for kind in ("note", "message", "time"):
        parts.ticket.compose(kind)
        made.settle()
        yield Stage(f"composer, {kind}", parts.ticket, hub)
    parts.ticket.composer.leave()
    for severity in Severity:
        parts.bands.say(Message(f"Trouble {severity}.", "What to do about it.", severity))
        made.settle()
        yield Stage(f"message, {severity.name.lower()}", parts.bands, hub)
    for band in parts.bands.messages:
        parts.bands.withdraw(band.about)
    parts.queue.setFocus()
    parts.header.begin_filter()
    parts.header.field.setText("e")  # an empty one goes when the keys do
    made.settle()
    yield Stage("filter", parts.header, hub)
    parts.header.clear_filter()
    parts.queue.setFocus()
    log(made.desk, "A new one while the order is held")
    made.made.console.changed(())
    made.settle()
    yield Stage("order held", parts.header, hub)
    parts.queue.choose(ids[5])
    made.press(Qt.Key.Key_T)
    yield Stage("undo", parts.footer, hub)
    parts.footer.welcome(True)
    yield Stage("welcome", parts.footer, hub)
    since = made.desk.clock().timestamp() - 900
    parts.status.show_timer(WorkTimer(ids[1], "CS0000002", since, 60, 1800))
    parts.status.tell_owed(3, 2)
    made.settle()
    yield Stage("status", parts.status, hub)
    parts.queue.set_compact(True)
    yield Stage("compact rows", parts.listing, hub)
    made.close()


@scene
def narrow(place: Place) -> Iterator[Stage]:
    """A small laptop, and narrower than that: what folds can still be reached."""
    made, _ = desktop(place, size=(1180, 760))
    yield Stage("console 1180 × 760", made.window, made.made.hub)
    made.window.resize(900, 700)
    made.settle()
    yield Stage("console 900 × 700, list", made.window, made.made.hub)
    made.press(Qt.Key.Key_Return)
    yield Stage("console 900 × 700, ticket", made.window, made.made.hub)
    made.close()


@scene
def empty(place: Place) -> Iterator[Stage]:
    """A desk without a ticket."""
    desk = open_desk(place.folder)
    made = Desktop(place.bot, place.app, place.folder, desk=desk)  # type: ignore[arg-type]
    yield Stage("empty desk", made.window, made.made.hub)
    made.close()


@scene
def asked(place: Place) -> Iterator[Stage]:
    """A question stands above the list until it is answered."""
    made, _ = desktop(place)
    message = Message(
        "Were you working?", "Nobody touched it.", Severity.SOON, "Say", _nothing, question=True
    )
    made.parts.bands.say(message)
    made.settle()
    yield Stage("question", made.parts.bands, made.made.hub)
    made.close()


@scene
def popout(place: Place) -> Iterator[Stage]:
    """A ticket in a window of its own."""
    made, _ = desktop(place)
    made.window.deeds.do("popout")
    made.settle()
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, PopOut))
    window.activateWindow()
    made.settle()
    yield Stage("ticket of its own", window, made.made.hub)
    window.close()
    made.close()


@scene
def menus_of_the_window(place: Place) -> Iterator[Stage]:
    """Each menu, open."""
    made, ids = desktop(place)
    hub, window, settings = made.made.hub, made.window, made.settings
    view = made.desk.open_ticket(ids[1])
    state = made.made.console.queue.state
    kinds: dict[str, Callable[[], QMenu]] = {
        "ticket": lambda: menus.ticket_menu(window, hub, view, 1, _nothing),
        "tickets": lambda: menus.ticket_menu(window, hub, None, 3, _nothing),
        "order": lambda: menus.order_menu(window, state, _nothing),
        "list": lambda: menus.list_menu(window, hub, settings, _nothing, _nothing),
        "me": lambda: menus.me_menu(window, hub, settings, _nothing, _nothing),
    }
    for name, make in kinds.items():
        menu = make()
        menu.popup(window.mapToGlobal(window.rect().center()))
        made.settle()
        yield Stage(f"menu, {name}", menu, hub, skip=MENU)
        menu.close()
        made.settle()
    made.close()


def _nothing(*_: object) -> None:
    pass
