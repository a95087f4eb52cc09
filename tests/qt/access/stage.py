"""The looks a scene is judged in, and the scenes themselves: see `scenes`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget

from tierline.widgets.theme import ThemeHub


class Waiting(Protocol):
    """What a scene asks of pytest-qt; the command has a little of its own."""

    def waitExposed(self, widget: QWidget) -> AbstractContextManager[None]: ...
    def waitUntil(self, over: Callable[[], bool], timeout: int = 5_000) -> None: ...
    def addWidget(self, widget: QWidget) -> None: ...


@dataclass
class Place:
    """Where scenes are played: the application, somebody who waits, a folder of one's own."""

    app: QApplication
    bot: Waiting
    folder: Path


@dataclass
class Stage:
    """A moment to be judged: `root` has all of it, and Tab stays within `root`."""

    name: str
    root: QWidget
    hub: ThemeHub
    skip: frozenset[str] = field(default_factory=frozenset)
    """Criteria that say nothing here, with the reason beside the scene."""


Play = Callable[[Place], Iterator[Stage]]
SCENES: dict[str, Play] = {}


def scene(play: Play) -> Play:
    """Register a play: a generator that brings one stage after the other, and tidies up."""
    SCENES[play.__name__] = play
    return play
