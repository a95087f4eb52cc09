"""The menus of the window: acts on the chosen tickets, the order, the look of the list, me."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.present.acts import ACTS, TICKET, Act, keycap, reason
from tierline.present.bindings import Keys
from tierline.present.queue_model import HEADERS
from tierline.present.view_state import ORDERS, ViewState
from tierline.system.settings import Settings
from tierline.widgets import icons
from tierline.widgets.queue.columns import CAN_HIDE
from tierline.widgets.theme import Mode, ThemeHub

Ask = Callable[[str], None]
MODES = {
    Mode.SYSTEM: tr("As the desktop"),
    Mode.LIGHT: tr("Light"),
    Mode.DARK: tr("Dark"),
    Mode.CONTRAST: tr("High contrast"),
}
TEXT_SIZES = (100, 110, 125, 150, 175, 200)


def ticket_menu(
    parent: QWidget,
    hub: ThemeHub,
    view: TicketView | None,
    many: int,
    ask: Ask,
    keys: Keys | None = None,
) -> QMenu:
    """What can be done with the chosen tickets; what cannot says why in its tooltip."""
    menu = _menu(
        parent, tr("Acts on the ticket") if many < 2 else tr("Acts on {many} tickets", many=many)
    )
    for act in TICKET:
        if many > 1 and not act.many:
            continue
        word = tr("{word} ({many} tickets)", word=act.word, many=many) if many > 1 else act.word
        action = _act(menu, hub, act, word, ask, keys)
        why = reason(act, view) if many < 2 else ""
        action.setEnabled(not why)
        action.setToolTip(why or word)
    return menu


def order_menu(parent: QWidget, state: ViewState, order: Ask) -> QMenu:
    """The orders a list can be put in; the present one again turns it round."""
    menu = _menu(parent, tr("Order of the list"))
    group = QActionGroup(menu)
    for key, word in ORDERS.items():
        action = menu.addAction(word)
        action.triggered.connect(_calling(order, key))
        action.setCheckable(True)
        action.setChecked(key == (state.sort or "next"))
        group.addAction(action)
    return menu


def list_menu(
    parent: QWidget, hub: ThemeHub, settings: Settings, turn: Callable[[], None], ask: Ask
) -> QMenu:
    """How the list looks, and keeping it as a view."""
    menu = _menu(parent, tr("How the list looks"))
    rows = menu.addAction(tr("Compact rows, one line each"))
    rows.setCheckable(True)
    rows.setChecked(settings.get("compact_rows", False))
    rows.toggled.connect(_then(turn, lambda on: settings.put("compact_rows", on)))
    menu.addSeparator()
    for column in CAN_HIDE:
        word = HEADERS[column]
        shown = menu.addAction(tr("{word} column", word=word))
        shown.setCheckable(True)
        shown.setChecked(word not in hidden_columns(settings))
        shown.toggled.connect(_then(turn, partial(_show_column, settings, word)))
    menu.addSeparator()
    for name in ("save_view", "views"):
        _act(menu, hub, ACTS[name], ACTS[name].word, ask)
    return menu


def hidden_columns(settings: Settings) -> tuple[str, ...]:
    """The columns that this person does not want to see, by their words."""
    kept: list[object] = settings.get("hidden_columns", [])
    return tuple(each for each in kept if isinstance(each, str))


def _show_column(settings: Settings, word: str, shown: bool) -> None:
    others = [each for each in hidden_columns(settings) if each != word]
    settings.put("hidden_columns", others if shown else [*others, word])


def _then(turn: Callable[[], None], keep: Callable[[bool], None]) -> Callable[[bool], None]:
    def toggled(on: bool) -> None:
        keep(on)
        turn()

    return toggled


def me_menu(
    parent: QWidget, hub: ThemeHub, settings: Settings, ask: Ask, warn: Callable[[bool], None]
) -> QMenu:
    """Theme, text size, whose warnings, and the window's own acts."""
    menu = _menu(parent, tr("Look and settings"))
    theme, size = menu.addMenu(tr("Theme")), menu.addMenu(tr("Text size"))
    for mode, word in MODES.items():
        _choice(theme, word, hub.mode == mode, _calling(set_mode, hub, settings, mode))
    for percent in TEXT_SIZES:
        chosen = hub.scale == percent
        _choice(size, f"{percent} %", chosen, _calling(set_scale, hub, settings, percent))
    everyone = menu.addAction(tr("Warn about everyone’s tickets"))
    everyone.setCheckable(True)
    everyone.setChecked(settings.get("warn_everyone", False))
    everyone.toggled.connect(warn)
    menu.addSeparator()
    for name in ("wallboard", "import", "field", "quiet", "settings", "doctor", "keys"):
        _act(menu, hub, ACTS[name], ACTS[name].word, ask)
    return menu


def set_mode(hub: ThemeHub, settings: Settings, mode: str) -> None:
    """Light, dark or as the desktop, from now on and in the next run."""
    settings.put("theme", str(Mode(mode)))
    hub.set_mode(mode)


def set_scale(hub: ThemeHub, settings: Settings, percent: int) -> None:
    """The text size in per cent, from now on and in the next run."""
    settings.put("scale", percent)
    hub.set_scale(percent)


def _menu(parent: QWidget, name: str) -> QMenu:
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    menu.setToolTipsVisible(True)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _act(
    menu: QMenu, hub: ThemeHub, act: Act, word: str, ask: Ask, keys: Keys | None = None
) -> QAction:
    # The key is shown only: the window's own keys do the work, wherever the focus is.
    key = next(map(keycap, act.keys if keys is None else keys.get(act.name, ())), "")
    text = f"{word}\t{key}" if key else word
    action = menu.addAction(text)
    if act.icon:
        action.setIcon(icons.icon(act.icon, hub.theme.ink2, hub.theme.ink3))
    action.triggered.connect(_calling(ask, act.name))
    return action


def _choice(menu: QMenu, word: str, chosen: bool, choose: Callable[[], None]) -> None:
    action = menu.addAction(word)
    action.setCheckable(True)
    action.setChecked(chosen)
    action.triggered.connect(choose)


def _calling(function: Callable[..., object], *args: object) -> Callable[[], None]:
    """A call that takes no notice of what the signal says."""

    def call() -> None:
        function(*args)

    return call
