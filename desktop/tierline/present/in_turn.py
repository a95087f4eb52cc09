"""One thing after the other on the storage thread, with room in between for everybody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tierline.desk.acting import Done
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.present.tasks import Tasks

DOING = tr("carrying that out")
Work = Callable[[], Done | Refusal]


class InTurn:
    """A run of `works`, `portion` of them at a time.

    Each is on the disk when the next begins: who is killed in between has lost none. `answers` are
    those so far, also when the world failed in the middle of a portion.
    """

    def __init__(self, tasks: Tasks, works: Sequence[Work], portion: int) -> None:
        """Idle until `begin`."""
        self._tasks, self._works, self._portion = tasks, works, portion
        self._stopped = False
        self.answers: list[Done | Refusal] = []

    def begin(
        self, told: Callable[[int, int], None], over: Callable[[BaseException | None], None]
    ) -> None:
        """`told(done, total)` after every portion but the last; `over(error)` once, at the end."""

        def done(_: None) -> None:
            count, total = len(self.answers), len(self._works)
            if count < total:
                told(count, total)
            if count == total or self._stopped:
                over(None)
            else:
                self._tasks.run(DOING, self._next, done, over)

        self._tasks.run(DOING, self._next, done, over)

    def stop(self) -> None:
        """No portion more; what is done stays."""
        self._stopped = True

    def _next(self) -> None:
        begun = len(self.answers)
        self.answers.extend(work() for work in self._works[begun : begun + self._portion])
