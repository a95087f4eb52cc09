"""The language of what people read: English in the code, another one where a translator is.

Qt's own tools read the calls (`pyside6-lupdate` knows `tr` in Python), so a text is one literal at
its call. A table of texts in a window's module is read once, when that is loaded: the language is
settled before. Layers that commands load too have no such tables. Values go in by name:

    tr("Taken {number}. Undo {keys}", number=ticket.number, keys="Ctrl Z")
    tr("{n} tickets wait", "{n} ticket waits", count)     # many, one, how many
    tr("Open", "the state of a ticket")                   # a note where one word means two things

Without Qt (commands, tests of the layers below) nothing is installed and the English stands.
"""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str, str, int], str]
"""(source, note or singular, n or −1) → the text in the person's language, "" if it has none."""


class _Tongue:
    """What is installed, and what it was asked before: a list is painted many times a second."""

    def __init__(self) -> None:
        self.translate: Translate | None = None
        self.known: dict[tuple[str, str, int], str] = {}


_tongue = _Tongue()


def install(translate: Translate | None) -> None:
    """From now on texts come from `translate`; None goes back to the English of the code."""
    _tongue.translate = translate
    _tongue.known.clear()


def tr(text: str, note: str = "", n: int | None = None, /, **values: object) -> str:
    """The text in the person's language, its `{names}` filled from `values`.

    With `n` the text is the plural and `note` the singular; `{n}` is filled too. A translation
    whose names do not fit falls back to the English: a slip of a translator closes no window.
    """
    english = note if n == 1 else text
    given = values if n is None else {"n": n, **values}
    found = _found(text, note, -1 if n is None else n) if _tongue.translate else ""
    if not given:
        return found or english
    try:
        return (found or english).format_map(given)
    except (KeyError, IndexError, ValueError):
        return english.format_map(given)


def _found(text: str, note: str, n: int) -> str:
    key = (text, note, n)
    known = _tongue.known.get(key)
    if known is None:
        assert _tongue.translate is not None
        known = _tongue.known[key] = _tongue.translate(text, note, n)
    return known
