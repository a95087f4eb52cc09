"""What a wallboard writes, and where: for tests of what can be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QRectF

from tierline.widgets.wallboard.pen import Pen


class Written(NamedTuple):
    """A text in units: its size, and a box as high as its capitals; an icon has the size 0."""

    text: str
    size: int
    box: QRectF


@contextmanager
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Written]]:
    """Everything that is written meanwhile."""
    found: list[Written] = []
    before, drawn = Pen.text, Pen.icon

    def text(pen: Pen, x: float, base: float, text: str, size: int, *more: Any) -> float:
        wide = before(pen, x, base, text, size, *more)
        if text.strip():
            found.append(Written(text, size, QRectF(x, base - size * 0.7, wide, size * 0.7)))
        return wide

    def icon(pen: Pen, x: float, middle: float, name: str, size: float, *more: Any) -> float:
        found.append(Written(name, 0, QRectF(x, middle - size / 2, size, size)))
        return drawn(pen, x, middle, name, size, *more)

    with monkeypatch.context() as patch:
        patch.setattr(Pen, "text", text)
        patch.setattr(Pen, "icon", icon)
        yield found
