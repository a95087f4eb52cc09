"""The program's own log: what broke and where, a few megabytes at most, no ticket text in it."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tierline.system import paths

FILE = "tierline.log"
_SIZE, _KEPT = 1_000_000, 3
_FORM = "%(asctime)s %(levelname)s %(name)s %(threadName)s: %(message)s"


def set_up(folder: Path | None = None) -> Path | None:
    """Write log records of this program to a rotating file in `folder`; where that file is.

    None when the folder cannot be written: a program without a log still runs. Calling it again
    moves the log.
    """
    place = (folder or paths.log_dir()) / FILE
    root = logging.getLogger("tierline")
    tear_down()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            place, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
        )
        with place.open("a", encoding="utf-8"):
            pass
    except OSError:
        return None
    handler.setFormatter(logging.Formatter(_FORM))
    handler.set_name(FILE)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return place


def tear_down() -> None:
    """Close the log file."""
    root = logging.getLogger("tierline")
    for handler in [each for each in root.handlers if each.get_name() == FILE]:
        root.removeHandler(handler)
        handler.close()


def trace(error: BaseException) -> str:
    """Where an error came from, without what it says when that may quote a ticket."""
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        told = f": {link}" if isinstance(link, _ABOUT_CODE) else ""
        frames = traceback.format_tb(link.__traceback__)
        lines[:0] = [*frames, f"{type(link).__name__}{told}\n"]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "".join(lines)


# Their messages name code or files, never what a person wrote.
_ABOUT_CODE = (AttributeError, ImportError, NameError, OSError, RecursionError, TypeError)
