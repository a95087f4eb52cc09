"""Waiting for what may never answer: a keyring with a question, a daemon that hangs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class TooLateError(Exception):
    """It did not answer in time. Its thread is left behind: nobody can tell it to give up."""

    def __init__(self, thread: threading.Thread) -> None:
        """`thread` is still waiting; it may come back one day."""
        super().__init__(f"{thread.name} did not answer")
        self.thread = thread


def within(seconds: float, work: Callable[[], _T], name: str) -> _T:
    """What `work` answers, on a thread "tierline-{name}" that keeps nobody from quitting.

    Raises:
        TooLateError: it took longer than that.
        BaseException: whatever `work` raised.
    """
    answers: list[_T] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as failure:  # noqa: BLE001 - raised again where it is waited for
            failures.append(failure)

    thread = threading.Thread(target=run, name=f"tierline-{name}", daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    if not answers:
        raise TooLateError(thread)
    return answers[0]
