"""Which key asks for which act: the usual ones, a person's own, and those of macros."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tierline.domain.macros import Macro
from tierline.domain.tongue import tr
from tierline.present.acts import ACTS, GO_KEY, is_single
from tierline.system.settings import Settings

SETTING, SINGLES, MACRO = "keys", "single_keys", "macro:"
Keys = Mapping[str, tuple[str, ...]]
FIXED: dict[str, str] = {
    "J": tr("Move down in the list"),
    "K": tr("Move up in the list"),
    "Shift+J": tr("Extend the selection"),
    "Shift+K": tr("Extend the selection"),
    "X": tr("Select a row"),
    GO_KEY: tr("Go to a view"),
    "Ctrl+A": tr("Select all rows"),
    "Ctrl+Return": tr("Send what was written"),
}
"""Keys that are no act's and cannot be given to one."""


def keys_of(settings: Settings, macros: Iterable[Macro] = ()) -> dict[str, tuple[str, ...]]:
    """The keys in force by the name of the act, or "macro:" and the id of the macro.

    Where two would have the same key, the person's own choice goes first, then the act.
    """
    own: dict[str, list[str]] = settings.get(SETTING, {})
    singles = settings.get(SINGLES, True)
    found = {}
    for name, act in ACTS.items():
        keys = tuple(own[name]) if isinstance(own.get(name), list) else act.keys
        found[name] = tuple(key for key in keys if singles or not is_single(key))
    taken = {key for keys in found.values() for key in keys} | FIXED.keys()
    for macro in macros:
        usable = macro.key and macro.key not in taken and (singles or not is_single(macro.key))
        found[MACRO + macro.id] = (macro.key,) if usable else ()
        taken.add(macro.key)
    return found


def holder(key: str, name: str, keys: Keys, macros: Iterable[Macro] = ()) -> str:
    """Who has this key already, in words; "" when it is free, or `name`'s own."""
    if key in FIXED:
        return FIXED[key]
    words = {MACRO + macro.id: macro.name for macro in macros}
    for other, held in keys.items():
        if other != name and key in held:
            return words.get(other) or ACTS[other].word
    return ""


def bind(settings: Settings, name: str, keys: tuple[str, ...] | None) -> None:
    """Give an act these keys, none for (), the usual ones for None; of a blank name: all of them.

    They are in force once the window has learned them.
    """
    own: dict[str, list[str]] = dict(settings.get(SETTING, {}))
    if not name:
        own = {}
    elif keys is None:
        own.pop(name, None)
    else:
        own[name] = list(keys)
    settings.put(SETTING, own)
