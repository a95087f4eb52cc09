"""What goes wrong in a story, and how all of it is put right at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.sync.simulator.console import SimConsole
from tierline.domain.log import Offer
from tierline.storage.replica import FILE
from tierline.sync.hub import Console
from tierline.sync.hubs.memory_state import State
from tierline.sync.hubs.terms import Terms

if TYPE_CHECKING:
    from tests.sync.simulator.story import Story

LENGTH = 90.0
_STRANGE: tuple[tuple[int, dict[str, object]], ...] = (
    (1, {"kind": "dreamt", "depth": 3}),
    (2, {"kind": "dreamt", "depth": 3}),
    (1, {"kind": "noted"}),
    (1, {"kind": "noted", "text": ["no", "text"]}),
    (2, {"kind": "noted", "text": "Of a later format, though it can be read."}),
)


class Faults:
    """Plans from the story's dice what fails when."""

    def __init__(self, story: Story) -> None:
        """Know whom it may hit."""
        self.story, self.world, self.dice = story, story.world, story.world.rng
        self.strangers = 0
        self.kinds = (
            (self.crash, 2, 0.7),
            (self.power_cut, 6, 0.7),
            (self.offline, 3, 0.7),
            (self.hub_down, 1, 0.3),
            (self.failover, 2, 0.45),
            (self.old_image, 1, 0.2),
            (self.second_laptop, 1, 0.2),
            (self.newer_program, 2, 0.25),
            (self.clock_set, 1, 0.2),
            (self.leap, 2, 0.4),
            (self.too_old, 1, 0.12),
            (self.revoked, 1, 0.12),
        )

    def plan(self) -> None:
        """Roll the dice for every kind of fault."""
        for fault, most, chance in self.kinds:
            if self.dice.random() < chance:
                for _ in range(self.dice.randint(1, most)):
                    self.world.later(self.dice.uniform(1.0, LENGTH - 5.0), fault)

    def heal(self) -> None:
        """From now on everything works, and everybody is there."""
        world = self.world
        world.note("world", "healed")
        world.weather.calm()
        self._end_zombie()
        world.down = False
        world.hub.state.terms = Terms()
        world.revoked.clear()
        for console in self.story.consoles:
            console.disk.fuse = console.disk.after = 0
            console.cut_off = False
            console.reboot()
            self._back(console)

    def _back(self, console: SimConsole) -> None:
        self.world.hub.session(console.login, console.role)
        self.world.later(6.0, console.hurry)
        self.world.later(12.0, console.hurry)

    def _soon(self, seconds: tuple[float, ...], do: Callable[[], None]) -> None:
        """After one of these times, but before all is healed."""
        left = max(LENGTH - 1.0 - self.world.now, 0.0)
        self.world.later(min(self.dice.choice(seconds), left), do)

    def _one(self) -> SimConsole:
        return self.dice.choice(self.story.consoles)

    def crash(self) -> None:
        """Kill a program at any moment."""
        console = self._one()
        if console.up:
            console.lose_power()

    def power_cut(self) -> None:
        """Kill it at some statement of some transaction still to come, or just after one."""
        disk = self._one().disk
        if self.dice.random() < 0.3:
            disk.after = self.dice.randint(1, 12)
        else:
            disk.fuse = self.dice.randint(1, 120)

    def offline(self) -> None:
        """Somebody drives into a basement."""
        console = self._one()
        console.cut_off = True
        self.world.note(console.name, "offline")

        def back() -> None:
            console.cut_off = False
            self.world.note(console.name, "in reach again")

        self.world.later(self.dice.choice((3.0, 15.0, 60.0)), back)

    def hub_down(self) -> None:
        """The hub is away for a while, with what it has."""
        self.world.down = True
        self.world.note("hub", "down")
        self.world.hub.restore(self.world.hub.image(), self.world.timeline)

        def back() -> None:
            self.world.down = False

        self.world.later(self.dice.uniform(0.5, 20.0), back)

    def failover(self) -> None:
        """A standby that was behind takes over, or yesterday's backup is put back."""
        image = self.world.hub.image()
        replaced = self.dice.random() < 0.7
        self._soon((0.3, 3.0, 20.0), lambda: self._take_over(image, replaced=replaced))

    def _take_over(self, image: State, *, replaced: bool) -> None:
        kept = {line.op_id for line in image.lines}
        lost = {line.op_id for line in self.world.hub.state.lines} - kept
        have = set[str]()
        for console in self.story.consoles:
            have |= console.own_acts()
        # Only a disk that was lost too can make an act that the hub forgot impossible to find.
        self.story.ledger.excused |= lost - have
        self._end_zombie()
        self.world.lost_suffix(image, replaced=replaced)
        self._soon((0.0, 5.0, 30.0), self._end_zombie)

    def _end_zombie(self) -> None:
        """Somebody switches the replaced server off."""
        zombie, self.world.zombie = self.world.zombie, None
        if zombie is not None:
            zombie.restore(zombie.image())
            for console in self.story.consoles:
                console.hear()

    def old_image(self) -> None:
        """A machine's disk dies and a backup of some seconds ago is put back."""
        console = self._one()
        if not console.up:
            return
        image = console.image()

        def put_back() -> None:
            had = console.own_acts()
            console.put_back(image)
            gone = had - console.own_acts()
            self.story.ledger.excused |= gone - set(self.world.hub.state.seqs)

        self._soon((1.0, 10.0, 40.0), put_back)

    def second_laptop(self) -> None:
        """Somebody copies their desk to another machine and works on both."""
        console = self._one()
        if not console.up or len(self.story.consoles) > 5:
            return
        image = console.image()
        name = f"{console.name}-copy{len(self.story.consoles)}"
        self.world.note(console.name, f"copied to {name}")
        copy = self.story.seat(name, console.login, (image / FILE).read_bytes())
        for _ in range(3):
            self.world.later(self.dice.uniform(0.0, 20.0), lambda: self.story.turn(copy))

    def newer_program(self) -> None:
        """A colleague has an update already, or one that is broken: events nobody here reads."""
        tickets = sorted(self.world.hub.state.tickets)
        if not tickets:
            return
        session = self.world.session("zoe", "technician")
        self.strangers += 1
        name = f"newer-{self.strangers}"
        session.hello(Console(console_id=name, version="9.9"), 0)
        ticket_id = self.dice.choice(tickets)
        at = self.world.hub_us()
        v, strange = self.dice.choice(_STRANGE)
        event = {"at": "2026-11-05T00:00:00Z", "by": "zoe", **strange}
        offer = Offer(
            op_id=f"dream-{name}",
            cseq=1,
            ticket_id=ticket_id,
            kind="dream",
            at=at,
            payload=json.dumps([event]),
            base_seq=self.world.hub.state.of_ticket[ticket_id][-1],
            v=v,
        )
        session.push(name, (offer,))
        self.world.note("zoe", f"dreamt on {ticket_id}")
        self.world.announce()

    def clock_set(self) -> None:
        """Somebody sets the clock of their machine."""
        self._one().skew += self.dice.choice((-3600.0, 7200.0, 86_400.0 * 300))

    def leap(self) -> None:
        """Hours go by in which nobody does anything: rules fall due."""
        self.world.leap += self.dice.choice((1200.0, 10_800.0, 200_000.0))
        for console in self.story.consoles:
            self.world.later(self.dice.uniform(0.0, 5.0), lambda who=console: self.story.rules(who))

    def too_old(self) -> None:
        """The admin asks for a newer program; it is installed at the end."""
        self.world.hub.state.terms = Terms("2.0", self.world.hub_us())
        for console in self.story.consoles:
            console.version = "2.0" if self.dice.random() < 0.3 else "1.0"

    def revoked(self) -> None:
        """Somebody's login is taken away by mistake, until the end."""
        login = self._one().login
        self.world.note("hub", f"revoked {login}")
        self.world.revoked.add(login)
        self.world.hub.revoke(login)
