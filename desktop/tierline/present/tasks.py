"""The only place that awaits: blocking work goes to one storage thread and comes back as a call.

Every piece of work has a name that finishes the sentence "a mistake while …". What fails goes to
`messages`; nothing is ever lost in a forgotten task, since all of them are held until they end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from tierline.present.messages import Messages
from tierline.present.pace import Pace, stand_back

T = TypeVar("T")
STORAGE, LOOKING = "storage", "looking"


@dataclass(eq=False, slots=True)
class _Job(Generic[T]):
    name: str
    work: Callable[[], T]
    done: Callable[[T], None]
    failed: Callable[[BaseException], None] | None
    thread: str
    future: Future[T] | None = None


class _Wish(NamedTuple):
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]


class _Look:
    """A look that keeps its turn while what is wanted of it changes."""

    def __init__(self, wish: _Wish) -> None:
        self._wish = self._chosen = wish
        self._begun = False

    def take(self, wish: _Wish) -> bool:
        """Do this instead; False when it may have begun already."""
        self._wish = wish
        return not self._begun

    def work(self) -> Any:  # noqa: ANN401 - whatever is read
        self._begun = True
        self._chosen = self._wish
        return self._chosen.work()

    def done(self, result: Any) -> None:  # noqa: ANN401 - as above
        self._chosen.done(result)

    def failed(self, error: BaseException) -> None:
        self._chosen.failed(error)


class Tasks:
    """Runs work on the storage thread, in the order it was asked for, and calls back on the GUI's.

    Work asked for before `begin` waits for it: no task exists before the loop runs.
    """

    def __init__(self, messages: Messages) -> None:
        """Idle until `begin`; failures that nobody else takes go to `messages`."""
        self._messages = messages
        self._loop: asyncio.AbstractEventLoop | None = None
        self._threads: dict[str, ThreadPoolExecutor] = {}
        self._paces: dict[str, Pace] = {}
        self._looks: dict[str, _Look] = {}
        self._early: list[_Job[Any]] = []
        self._running: dict[_Job[Any], asyncio.Task[None]] = {}
        self._latest: dict[str, _Job[Any]] = {}

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits."""
        return not self._running and not self._early

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """The loop runs: start what waited."""
        self._loop = loop
        early, self._early = self._early, []
        for job in early:
            self._start(job)

    def run(
        self,
        name: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        replace: bool = False,
        thread: str = STORAGE,
    ) -> None:
        """Do `work` on the storage thread, then `done(result)` or `failed(error)` on this one.

        `replace` makes it the successor of earlier work of its name: that is not begun if it still
        waits, and its result is ignored if it runs. `thread` names another thread for work that
        takes long: it would keep acts waiting.
        """
        job = _Job(name, work, done, failed, thread)
        if replace:
            self._supersede(job)
        if self._loop is None:
            self._early.append(job)
        else:
            self._start(job)

    def look(
        self,
        name: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        thread: str = LOOKING,
    ) -> None:
        """Read something anew that nobody waits for, on a thread that rests more than it works.

        Asked for many times it is read once: while it waits it is done as the newest wish says, in
        its turn; what is under way is told as well. So there is always an answer, however much
        news there is.
        """
        wish = _Wish(work, done, failed or partial(self._messages.failed, name))
        known = self._looks.get(name)
        if known is not None and known.take(wish):
            return
        look = self._looks[name] = _Look(wish)
        paced = partial(self._paces.setdefault(thread, Pace()).after_rest, look.work)
        self.run(name, paced, look.done, look.failed, thread=thread)

    def close(self) -> None:
        """Finish what was asked for (a draft may be among it), tell nobody, stop the threads."""
        self._early.clear()
        for pace in self._paces.values():
            pace.end()
        for task in self._running.values():
            task.remove_done_callback(self._ended)
        for name, thread in self._threads.items():
            thread.shutdown(wait=True, cancel_futures=name in self._paces)
        self._threads.clear()
        for task in self._running.values():
            task.cancel()
        self._running.clear()
        self._loop = None

    def _supersede(self, job: _Job[Any]) -> None:
        earlier, self._latest[job.name] = self._latest.get(job.name), job
        if earlier is None:
            return
        if earlier in self._early:
            self._early.remove(earlier)
        if earlier.future is not None:
            earlier.future.cancel()
        task = self._running.get(earlier)
        if task is not None:
            task.cancel()

    def _start(self, job: _Job[Any]) -> None:
        assert self._loop is not None
        # Handed to the thread at once, not by the task: what was asked for is done even if the
        # loop ends before the task begins.
        job.future = self._on(job.thread).submit(job.work)
        task = self._loop.create_task(self._carry(job, job.future), name=job.name)
        self._running[job] = task
        task.add_done_callback(self._ended)

    def _on(self, name: str) -> ThreadPoolExecutor:
        if name not in self._threads:
            self._threads[name] = ThreadPoolExecutor(
                1,
                thread_name_prefix=f"tierline-{name}",
                initializer=stand_back if name in self._paces else None,
            )
        return self._threads[name]

    async def _carry(self, job: _Job[T], future: Future[T]) -> None:
        try:
            result = await asyncio.wrap_future(future, loop=self._loop)
        except Exception as error:  # noqa: BLE001 - every failure of any work must be told
            self._fail(job, error)
            return
        job.done(result)

    def _fail(self, job: _Job[Any], error: BaseException) -> None:
        if job.failed is not None:
            job.failed(error)
        else:
            self._messages.failed(job.name, error)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Let go of a task; what its callback did wrong is told like any other failure."""
        job = next((j for j, each in self._running.items() if each is task), None)
        if job is not None:
            del self._running[job]
            if self._latest.get(job.name) is job:
                del self._latest[job.name]
        if not task.cancelled() and (error := task.exception()) is not None:
            self._messages.failed(task.get_name(), error)
