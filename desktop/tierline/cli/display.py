"""What a window needs of this machine: a display, Qt's libraries, a language that there is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tierline.cli.call import Call, RefusedError
from tierline.system import qt_parts


def no_display() -> str:
    """Why no window can be seen here, "" when it can."""
    if not qt_parts.has_display():
        return "There is no display to open the console on."
    if not qt_parts.display_answers():
        named = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "")
        return f"The display {named} does not answer, or does not let you in."
    return ""


def settle_language(call: Call) -> None:
    """Settle the language of the windows, before their modules are loaded.

    One that there is not is refused: English instead would look like a fault.
    """
    with naming_libraries():
        from tierline.app.language import languages, settle  # noqa: PLC0415  (no Qt in commands)

    asked, known = call.options.language, languages()
    if asked and asked not in known:
        listed = ", ".join(f"{code} ({name})" for code, name in known.items())
        raise RefusedError(f'Tierline does not speak "{asked}".', f"One of: {listed}.", "language")
    settle(asked or call.settings.get("language", ""))


def check_qt(*, window: bool) -> None:
    """Refuse with the packages to install, before Qt ends the program in its own way.

    Raises:
        RefusedError: a library is missing.
    """
    if lacking := qt_parts.missing(window=window):
        raise RefusedError(*qt_parts.advice(lacking))


@contextmanager
def naming_libraries() -> Iterator[None]:
    """An import of Qt that fails for a library which nobody foresaw names it all the same."""
    try:
        yield
    except ImportError as failure:
        lacking = qt_parts.blamed(failure)
        if not lacking:
            raise
        raise RefusedError(*qt_parts.advice(lacking)) from failure
