"""One simulated console: a real replica, a real desk and a real core, in virtual time."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.fakes.books import bundled_book
from tests.sync.simulator.disk import Disk, PowerCutError
from tests.sync.simulator.world import START, World
from tierline.desk.desk import Desk
from tierline.storage.replica import FILE, Replica
from tierline.sync.core import Core
from tierline.sync.errors import HubDownError, NoEntryError
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs.rights import Role
from tierline.sync.status import SyncStatus
from tierline.sync.steps import (
    Action,
    Ask,
    Came,
    Event,
    Failed,
    Keep,
    Moment,
    Open,
    Rest,
    Tell,
    Woke,
)
from tierline.sync.steps import Shut as Shutting

PREFIXES = ("CS",)


class SimConsole:
    """Carries out its core's actions through a bad network; may lose power at any write."""

    def __init__(
        self, world: World, name: str, login: str, role: Role, folder: Path, skew: float
    ) -> None:
        """Sit down at the desk in `folder`; `skew` is how wrong its clock is, in seconds."""
        self.world, self.name, self.login, self.role = world, name, login, role
        self.folder, self.skew = folder, skew
        self.version = "1.0"
        self.cut_off = False
        self.last = self.said = ""
        self.life = 0
        self.boot()

    # Life and death

    def boot(self) -> None:
        """Start the program on what is on the disk."""
        self.life += 1
        self.session: Hub | None = None
        self.resting: Rest | None = None
        self.poked = False
        self.replica = Replica.open(self.folder, START, mounts=())
        self.replica.book = bundled_book()
        self.disk = Disk(self.replica)
        self.desk = Desk(self.replica, bundled_book(), self.login, self.clock)
        self.core = Core(Console(console_id="", version=self.version, name=self.name), PREFIXES)
        self.up = True

    def begin(self, seconds: float = 0.0) -> None:
        """Let the sync start, after some seconds."""
        self._after(seconds, lambda: self._step(None))

    def crash(self) -> None:
        """Lose power: what was not committed is gone, and so is everything in memory."""
        self.world.note(self.name, "crash")
        self.up = False
        self.life += 1
        self.session = None
        self.resting = None
        self.replica.close()

    def reboot(self) -> None:
        """Come back after a crash."""
        if not self.up:
            self.world.note(self.name, "boot")
            self.boot()
            self.begin()

    def lose_power(self) -> None:
        """Crash, and come back in a while."""
        self.crash()
        self.world.later(self.world.rng.uniform(0.1, 5.0), self.reboot)

    @property
    def place(self) -> tuple[int, str]:
        """How far in the log this console is, and the hash there."""
        state = self.core._run.state
        return state.cursor, state.chain

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the desk's file says."""
        with self.replica._store.reading() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query, values)]

    def saw(self, ticket_id: str) -> frozenset[str]:
        """The acts on a ticket that are on this console's screen."""
        query = "SELECT op_id FROM journal WHERE ticket_id = ?"
        return frozenset(row[0] for row in self.rows(query, ticket_id))

    def own_acts(self) -> set[str]:
        """The acts in this disk's journal that it would offer again if the hub lost them."""
        if not self.up:
            self.replica = Replica.open(self.folder, START, mounts=())
        found = {row[0] for row in self.rows("SELECT op_id FROM journal WHERE mine = 1")}
        if not self.up:
            self.replica.close()
        return found

    def clock(self) -> datetime:
        """The desk's time: what this machine believes, set right by what the sync has learned."""
        offset = self.core.status.offset
        return START + timedelta(seconds=self.world.now + self.world.leap + self.skew + offset)

    def moment(self) -> Moment:
        """What this machine's clocks say."""
        wall = self.world.hub_us() + round(self.skew * 1e6)
        return Moment(wall, self.world.now + 1000.0)

    # The core's actions

    def poke(self) -> None:
        """There is a new act."""
        self.poked = True
        if self.resting:
            self._wake(self.resting, Woke(poked=True))

    def hurry(self) -> None:
        """F5."""
        if self.resting:
            self._wake(self.resting, Woke(hurried=True))

    def _step(self, event: Event | None) -> None:
        if isinstance(event, Failed):
            self.world.note(self.name, f"failed {event.error!r}")
        for action in self.core.step(event, self.moment(), self.world.rng):
            self._act(action)

    def _after(self, seconds: float, do: Callable[[], None], life: int = 0) -> None:
        """Do it later, if this life (or the one given) still goes on then."""
        whose = life or self.life

        def then() -> None:
            if self.life == whose:
                do()

        self.world.later(seconds, then)

    def _act(self, action: Action) -> None:
        match action:
            case Keep():
                self._after(self.world.rng.uniform(0.0, 0.004), lambda: self._keep(action))
            case Open():
                self._after(self._delay(), lambda: self._open(action))
            case Ask():
                self._ask(action)
            case Rest():
                self._rest(action)
            case Shutting():
                self.session = None
            case Tell():
                self._say(action.status)

    def _say(self, status: SyncStatus) -> None:
        if status.what and status.what != self.said:
            self.world.note(self.name, f"says {status.what}")
        self.said = status.what

    def _keep(self, action: Keep) -> None:
        try:
            value = action.do(self.replica.sync)
        except PowerCutError:
            self.lose_power()
            return
        except Exception as error:  # noqa: BLE001 - as the runner does
            self._step(Failed(action.token, error))
            return
        self.world.note(self.name, f"{action.name} {_short(value)}")
        if self.disk.dies_after():
            self.lose_power()
            return
        self._step(Came(action.token, value))

    def _open(self, action: Open) -> None:
        if self.cut_off or self.world.down:
            self._step(Failed(action.token, _gone("no route")))
            return
        self.session = self.world.session(self.login, self.role)
        self._step(Came(action.token, None))

    def _ask(self, action: Ask) -> None:
        """A call: lost on the way there or back, carried out twice, answered late or twice.

        No answer reaches a later life: a program that was started since has asked nothing yet.
        """
        world, weather, dice = self.world, self.world.weather, self.world.rng
        session, life = self.session, self.life
        if session is None or self.cut_off or dice.random() < weather.lost:
            self._after(weather.patience, lambda: self._step(Failed(action.token, _gone("lost"))))
            return
        answer_lost = dice.random() < weather.lost
        again = dice.random() < weather.twice

        def arrive() -> None:
            answer = self._answer(action, session)
            if again:
                answer = self._answer(action, session)
            world.announce()
            if answer_lost or self.cut_off:
                gone = Failed(action.token, _gone("no answer"))
                self._after(weather.patience, lambda: self._step(gone), life)
                if dice.random() < weather.late:
                    late = weather.patience + self._delay()
                    self._after(late, lambda: self._step(answer), life)
                return
            self._after(self._delay(), lambda: self._step(answer), life)
            if again:
                self._after(self._delay(), lambda: self._step(answer), life)

        # The request is on its way whatever becomes of the one who sent it.
        world.later(self._delay(), arrive)

    def _answer(self, action: Ask, session: Hub) -> Event:
        try:
            value = action.do(session)
        except Exception as error:  # noqa: BLE001 - as the runner does
            return Failed(action.token, error)
        self.world.note(self.name, f"{action.name} -> {_short(value)}")
        return Came(action.token, value)

    def _rest(self, action: Rest) -> None:
        self.resting = action
        if self.poked:
            self._after(0.0, lambda: self._wake(action, Woke(poked=True)))
        if action.until is not None:
            left = action.until - self.moment().steady
            self._after(left, lambda: self._wake(action, Woke()))
        self.hear()

    def hear(self) -> None:
        """News may be there for a console that rests."""
        action, dice, weather = self.resting, self.world.rng, self.world.weather
        if action is None or self.session is None or self.cut_off:
            return
        try:
            news = self.session.wait(0)
        except (HubDownError, NoEntryError) as error:
            failed = Failed(action.token, error)
            self._after(self._delay(), lambda: self._rested(action, failed))
            return
        told = news * 2 if dice.random() < weather.twice else news
        if told and dice.random() >= weather.deaf:
            self._after(self._delay(), lambda: self._wake(action, Woke(news=told)))

    def _wake(self, action: Rest, woke: Woke) -> None:
        if self.resting is action:
            woke = woke._replace(poked=woke.poked or self.poked)
            self.poked = False
        self._rested(action, Came(action.token, woke))

    def _rested(self, action: Rest, event: Event) -> None:
        if self.resting is action:
            self.resting = None
        self._step(event)

    def _delay(self) -> float:
        return self.world.rng.expovariate(1 / self.world.weather.slow)

    # The machine's disk

    def image(self) -> Path:
        """A copy of the desk's file as it is, for a backup or another laptop."""
        target = self.folder.parent / f"{self.folder.name}-{self.world.now:.3f}"
        target.mkdir()
        with (
            closing(sqlite3.connect(self.folder / FILE)) as source,
            closing(sqlite3.connect(target / FILE)) as copy,
        ):
            source.backup(copy)
        return target

    def put_back(self, image: Path) -> None:
        """Lose the disk and go on from a backup."""
        if self.up:
            self.crash()
        self.world.note(self.name, "restored")
        shutil.rmtree(self.folder)
        shutil.copytree(image, self.folder)
        self.reboot()


def _gone(why: str) -> HubDownError:
    return HubDownError(f"The hub does not answer ({why}).", safe="All is kept.", todo="Wait.")


def _short(value: object) -> str:
    return str(value)[:240]
