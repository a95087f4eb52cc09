"""Prepared pictures, fonts and texts: bounded, and gone before Qt is.

A pixmap or a shaped text that outlives the application crashes the process at exit, so every
cache of such things is made here and emptied when the interpreter ends, before Qt is taken down.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_forget: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last `most` answers of a function whose arguments are hashable."""

    def keep(function: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=most)(function)
        _forget.append(kept.cache_clear)
        return cast("Callable[P, T]", kept)

    return keep


@atexit.register
def forget_all() -> None:
    """Empty every cache; also for tests that end an application of their own."""
    for forget in _forget:
        forget()
