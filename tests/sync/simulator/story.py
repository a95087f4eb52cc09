"""One seed's story: people work, everything fails, then all is healed and must come together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.sync.simulator import acts
from tests.sync.simulator.console import SimConsole
from tests.sync.simulator.disk import PowerCutError
from tests.sync.simulator.faults import Faults
from tests.sync.simulator.ledger import Ledger, Seen
from tests.sync.simulator.world import START, World, settled_ids
from tierline.desk.acting import Done
from tierline.domain.errors import Refusal
from tierline.storage.records import Client, Contact
from tierline.storage.replica import FILE, Replica
from tierline.sync.hubs.rights import Role

Act = Callable[[], Done | Refusal]
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
LENGTH = 90.0  # seconds in which people act
HEALED = 900.0  # seconds after which all must have come together
ROLES: dict[str, Role] = {acts.LEAD: "lead"}


class Told(NamedTuple):
    """How it ended."""

    world: World
    consoles: list[SimConsole]
    ledger: Ledger


class Story:
    """The people, their consoles, and what they saw."""

    def __init__(self, seed: int, folder: Path, desk: bytes) -> None:
        """Set the stage."""
        self.world = World(seed)
        self.folder = folder
        self.ledger = Ledger()
        self.consoles: list[SimConsole] = []
        self.desk = desk
        self.spread = 1
        self.faults = Faults(self)

    def seat(self, name: str, login: str, image: bytes = b"") -> SimConsole:
        """One more console; on a fresh desk, or on the image of another."""
        folder = self.folder / name
        folder.mkdir()
        (folder / FILE).write_bytes(image or self.desk)
        dice = self.world.rng
        skew = dice.choice((0.0, 0.3, -40.0, 3600.0, -31_000_000.0, 31_000_000.0))
        made = SimConsole(self.world, name, login, ROLES.get(login, "technician"), folder, skew)
        if not image:
            made.replica.sync.join("memory:", self.world.hub.state.hub_id, login, f"console-{name}")
        self.consoles.append(made)
        self.world.listeners.append(made.hear)
        made.begin(dice.uniform(0.0, 5.0))
        return made

    def play(self) -> None:
        """Let people work and everything fail, as the dice will have it."""
        dice = self.world.rng
        self.spread, busy = dice.choice((1, 2, 4, 8)), dice.choice((6, 10, 14))
        for login in acts.PEOPLE[: dice.choice((2, 2, 3, 3, 4, 5))]:
            console = self.seat(login, login)
            for _ in range(busy):
                self.world.later(dice.uniform(0.0, LENGTH), lambda who=console: self.turn(who))
        self.faults.plan()
        self.world.run(LENGTH)

    def end(self) -> Told:
        """Heal everything and wait until all has come together, or should have."""
        self.faults.heal()
        self.world.run(self.world.now + HEALED, self.quiet)
        return Told(self.world, self.consoles, self.ledger)

    def quiet(self) -> bool:
        """Whether nothing is left to do anywhere."""
        head = self.world.hub.state.head()
        return all(
            c.up and c.core.status.caught_up and not c.core.status.pending and c.place == head
            for c in self.consoles
        ) and all(c.resting and c.resting.settled and not c.poked for c in self.consoles)

    def turn(self, console: SimConsole) -> None:
        """Somebody does something, on what they have been looking at for a while."""
        if not console.up:
            return
        dice = self.world.rng
        shown, kind = acts.look(console.desk, dice, self.spread), dice.random()
        if shown is None or kind < 0.1:
            self.attempt(console, lambda: acts.log(console.desk, dice), frozenset())
        elif kind < 0.2:
            self._settle(console)
        elif kind < 0.25:
            self._undo(console)
        elif kind < 0.35:
            self.rules(console)
        elif kind < 0.4:
            self._directory(console)
        else:
            self._act(console, shown)

    def _act(self, console: SimConsole, shown: acts.Shown) -> None:
        dice = self.world.rng
        saw = console.saw(shown.ticket.id)
        pause = dice.choice((0.0, 0.0, 0.5, 8.0))
        life = console.life

        def then() -> None:
            if console.life == life:
                self.attempt(console, lambda: acts.act(console.desk, shown, dice), saw)

        self.world.later(pause, then)

    def _settle(self, console: SimConsole) -> None:
        if found := acts.in_conflict(console.desk):
            saw, dice = console.saw(found.ticket.id), self.world.rng
            self.attempt(console, lambda: acts.settle(console.desk, found, dice), saw)

    def _undo(self, console: SimConsole) -> None:
        if known := console.replica.tickets.operation(console.last):
            saw = console.saw(known.operation.ticket_id)
            self.attempt(console, lambda: console.desk.undo(console.last), saw)

    def _directory(self, console: SimConsole) -> None:
        """A contact has another telephone now."""
        dice, now = self.world.rng, console.desk.clock()
        name, phone = dice.choice(("Ada Prior", "Bo Quill")), str(dice.randrange(1000))
        entry = Contact(client="Marrowby Foods", name=name, phone=phone)
        try:
            console.replica.directory.put_contacts([entry], now)
        except PowerCutError:
            console.lose_power()
            return
        self.world.note(console.name, f"did contact {name} {phone}")
        console.poke()

    def rules(self, console: SimConsole) -> None:
        """The policies' timed rules act where all is here, as the window lets them."""
        if not console.up or not console.core.status.caught_up:
            return
        try:
            made = console.desk.run_rules(5).made
        except PowerCutError:
            console.lose_power()
            return
        self.world.note(console.name, f"rules did {[each.does for each in made]}")
        console.poke()

    def attempt(self, console: SimConsole, do: Act, saw: frozenset[str]) -> None:
        """Somebody acts; what their screen says goes into the ledger."""
        try:
            answer = do()
        except PowerCutError:
            console.lose_power()
            return
        if not isinstance(answer, Done):
            return
        console.last = answer.op_id
        found = console.replica.tickets.operation(answer.op_id)
        assert found is not None
        made = found.operation
        self.world.note(console.name, f"did {made.kind} {answer.ticket.number}")
        self.ledger.confirmed(
            Seen(made.op_id, console.name, made.ticket_id, made.kind, made.events, saw)
        )
        console.poke()


@contextmanager
def tell(seed: int) -> Iterator[Told]:
    """Play the story of a seed to its end; the disks stay until it is judged."""
    with staged(seed) as story:
        story.play()
        yield story.end()


@contextmanager
def staged(seed: int) -> Iterator[Story]:
    """A story about to begin, on disks in memory."""
    desk = _desk()
    with TemporaryDirectory(prefix="tierline-sim-", dir=_MEMORY) as folder, settled_ids(seed):
        story = Story(seed, Path(folder), desk)
        try:
            yield story
        finally:
            for each in story.consoles:
                each.replica.close()


@cache
def _desk() -> bytes:
    """The file of an empty desk, made once and copied."""
    with TemporaryDirectory(prefix="tierline-sim-", dir=_MEMORY) as folder:
        replica = Replica.open(Path(folder), START, mounts=())
        replica.directory.put_clients(
            [Client(name=name, policy=policy) for name, policy in acts.CLIENTS]
        )
        replica.close()
        with closing(sqlite3.connect(Path(folder) / FILE)) as base:
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (Path(folder) / FILE).read_bytes()
