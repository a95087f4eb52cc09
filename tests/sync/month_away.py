"""Thirty days of an engineer without a network, while the desk goes on: who does what, day by day.

The desk's clocks are virtual, so a month passes in seconds; server, replicas and sync are real.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.sync_seat import Seat, copied
from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock, done, open_desk
from tests.sync.hubs.server_place import Server
from tests.sync.slow_proxy import SlowProxy
from tierline.app.hubs import Door
from tierline.app.joining import join
from tierline.app.syncing import HubEngine
from tierline.desk.acting import Done
from tierline.desk.visits import visit_steps
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket
from tierline.storage.records import Client, Person
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.opening import open_hub

# A hub never believes in the future, so the month lies safely behind every run.
LEFT = datetime(2025, 6, 1, 22, 0, tzinfo=UTC)  # Monday 08:00 in Sydney
NO_RULES = "Marrowby Foods"  # its policy has none that change a priority
DAYS, A_DAY, OF_OTHERS = 30, 34, 12  # acts a day
ONE_WAY = 0.05  # seconds
CLIENTS = (
    Client(name="Quillham Freight", policy="tiered"),
    Client(name="Loxhaven Property", policy="service-definition"),
    Client(name="Marrowby Foods", policy="playbook"),
)
PEOPLE = (
    Person(id="dana", name="Dana Whitlock", tier=1),
    Person(id="mira", name="Mira Okonedo", tier=1),
    Person(id="priya", name="Priya Rao", tier=2),
    Person(id="ravi", name="Ravi Sato", tier=2),
)
NEW = 0.1  # of what he does; more than the numbers he has been lent
Ways = dict[Callable[[Ticket, random.Random], cmd.Command | None], int]


class Month:
    """Ravi on the road; Mira, a lead, and Priya at the desk. `close` takes all of it away.

    `own` are tickets only Ravi works on, `shared` such that the others write on as well. Of `met`
    he and Priya change the priority, each in their own way, of `agreed` in the same, and each
    another field. `told` are
    the acts that were confirmed to each (op_id), `logged` the tickets that Ravi made, `resolved`
    when he resolved which.
    """

    def __init__(self, place: Server, seed: int) -> None:
        """Everybody is online and has everything."""
        self.place, self.dice = place, random.Random(seed)
        self.clock = TurnedClock(LEFT - timedelta(days=1))
        self._found()
        self.proxy = SlowProxy(("127.0.0.1", place.server.port), ONE_WAY)
        self.mira = self._seat(place.let_in("mira", "lead"))
        self.priya = self._seat(place.let_in("priya", "technician"))
        place.let_in("ravi", "technician")
        self.ravi = self._seat(place.server.address("ravi", place.database, self.proxy.port))
        self.seats = (self.mira, self.priya, self.ravi)
        self.told: dict[str, list[str]] = {seat.login: [] for seat in self.seats}
        self.logged: list[str] = []
        self.resolved: dict[str, datetime] = {}
        ids = self._before()
        self.own, self.shared, self.met, self.agreed = ids[:52], ids[52:80], ids[80:86], ids[86:]
        self.ravi.start()
        self.ravi.until(lambda: copied(self.ravi))

    def go(self) -> None:
        """He leaves, and the network is gone."""
        self.clock.now = LEFT
        self.proxy.go()
        self.ravi.until(lambda: self.ravi.status.link == "offline")

    def pass_by(self) -> None:
        """All of the month: what each did is on their disks, the office's on the hub too."""
        for day in range(DAYS):
            for part in range(A_DAY):
                self.clock.now = LEFT + timedelta(days=day, minutes=14 * part)
                self._road()
                if part % (A_DAY // OF_OTHERS) == 0:
                    self._office()
            self._meet(day)
            self._rule()
        self.clock.now = LEFT + timedelta(days=DAYS)
        self._rule()

    def come_back(self) -> None:
        """The network is back, and he presses F5."""
        self.proxy.come_back()
        self.ravi.engine.try_now()

    def together(self) -> None:
        """Let everybody have everything."""
        for seat in (self.mira, self.priya, self.mira):
            assert seat.engine.once().link == "online"
        self.ravi.engine.try_now()
        seq = self.mira.replica.sync.state().cursor
        self.ravi.until(lambda: self.ravi.whole and self.ravi.replica.sync.state().cursor == seq)

    def ledgers(self) -> list[Path]:
        """The folders, with what was confirmed in each as the verdict reads it."""
        for seat in self.seats:
            (seat.folder / "ledger").write_text("\n".join(self.told[seat.login]), "utf-8")
        return [seat.folder for seat in self.seats]

    def close(self) -> None:
        """Stop everything."""
        for seat in self.seats:
            seat.close()
        self.proxy.close()

    def _found(self) -> None:
        """The admin brings the directory."""
        address = self.place.let_in("dana", "admin")
        secret = self.place.secret("dana")
        door = Door(address, opening=lambda url, _, **who: open_hub(url, lambda: secret, **who))
        desk = open_desk(self.place.server.folder / "dana", "dana", self.clock)
        desk.replica.directory.put_people(PEOPLE)
        desk.replica.directory.put_clients(CLIENTS)
        join(desk.replica, address, door, self.clock())
        assert HubEngine(desk, door).once().link == "online"
        desk.replica.close()

    def _seat(self, address: Address) -> Seat:
        return Seat(address, self.place.secret(address.login), self.clock)

    def _before(self) -> list[str]:
        self.mira.engine.once()
        ids = [self._log(self.mira, tier=2, assignee="ravi") for _ in range(80)]
        ids += [
            self._log(self.mira, tier=2, assignee="ravi", priority=3, client=NO_RULES)
            for _ in range(12)
        ]
        for _ in range(30):
            self._log(self.mira)
        assert self.mira.engine.once().link == "online"
        assert self.priya.engine.once().link == "online"
        return ids

    def _log(self, seat: Seat, **more: object) -> str:
        told: dict[str, object] = {
            "number": "", "subject": f"Trouble {self.dice.randrange(10_000)}", "channel": "phone",
            "client": self.dice.choice(CLIENTS).name, "contact": "Wes Calder",
            "contact_reach": "5550 0188", "description": "It does not work.",
            "details": {"outage": "Scanners", "affected": "Warehouse", "computer": "W-12"},
            "priority": self.dice.choice((3, 3, 4)),
        }  # fmt: skip
        answer = done(seat.desk.log(cmd.Log(**(told | more))))  # type: ignore[arg-type]
        self.told[seat.login].append(answer.op_id)
        return answer.ticket.id

    def _road(self) -> None:
        if self.dice.random() < NEW:
            self.logged.append(self._log(self.ravi, tier=2, assignee="ravi"))
            self.own.append(self.logged[-1])
        elif self.dice.random() < 0.6:
            self._one_of(self.ravi, self.own, _ALONE)
        else:
            self._one_of(self.ravi, self.shared, _ROAD)

    def _office(self) -> None:
        seat = self.dice.choice((self.mira, self.priya))
        known = {each.ticket.id for each in seat.replica.tickets.open()}
        self._one_of(seat, sorted(known - {*self.own, *self.met}), _DESK)

    def _one_of(self, seat: Seat, ids: Sequence[str], ways: Ways) -> None:
        """Do one thing; what the desk refuses is not done, and something else is."""
        for _ in range(99):
            stored = seat.replica.tickets.get(self.dice.choice(ids))
            assert stored is not None
            (way,) = self.dice.choices([*ways], [*ways.values()])
            command = way(stored.ticket, self.dice)
            if command is not None and self._do(seat, stored.ticket.id, command):
                return
        raise AssertionError("nothing can be done any more")

    def _do(self, seat: Seat, ticket_id: str, command: cmd.Command) -> bool:
        answer = seat.desk.act(ticket_id, command)
        if isinstance(answer, Done):
            self.told[seat.login].append(answer.op_id)
            if isinstance(command, cmd.Resolve):
                self.resolved[ticket_id] = self.clock.now
        return isinstance(answer, Done)

    def _meet(self, day: int) -> None:
        """On one day Ravi, two days later Priya changes what the other has not seen changed."""
        for when, seat, priority in ((9, self.ravi, 2), (11, self.priya, 1)):
            reason = f"{seat.login} saw how bad it is."
            for ticket_id in self.met if when == day else ():
                assert self._do(seat, ticket_id, cmd.Prioritise(priority=priority, reason=reason))
            for ticket_id in self.agreed if when == day else ():
                assert self._do(seat, ticket_id, cmd.Prioritise(priority=2, reason=reason))
                field = "category" if seat is self.ravi else "subject"
                assert self._do(seat, ticket_id, cmd.FillDetails(**{field: reason}))

    def _rule(self) -> None:
        """The office syncs, and one of its consoles runs the rules."""
        self.priya.engine.once()
        self.mira.engine.once()
        self.mira.desk.run_rules()
        self.mira.engine.once()


def _visit(ticket: Ticket, _: random.Random) -> cmd.Command | None:
    steps = visit_steps(ticket, bundled_book().get(ticket.policy), "ravi")
    return steps[0].command if steps else None


def _another_priority(ticket: Ticket, dice: random.Random) -> cmd.Command | None:
    """Not where the office's rules raise it: that is asked, and only of `met` it shall be."""
    if any(rule.does == "raise" for rule in bundled_book().get(ticket.policy).file.rules.values()):
        return None
    return cmd.Prioritise(priority=dice.randrange(2, 5), reason=_words(dice))


def _words(dice: random.Random) -> str:
    return f"words {dice.randrange(1_000_000)}"


_ALONE: Ways = {
    lambda _, dice: cmd.Note(text=_words(dice)): 6,
    lambda _, dice: cmd.LogTime(seconds=60 * dice.randrange(1, 50), text="On site."): 5,
    _visit: 5,
    _another_priority: 2,
    lambda _, dice: cmd.Message(text=_words(dice), channel="phone"): 2,
    lambda _, dice: cmd.Resolve(steps=_words(dice), message="It works again."): 1,
}
_ROAD: Ways = {
    lambda _, dice: cmd.Note(text=_words(dice)): 4,
    lambda _, dice: cmd.LogTime(seconds=60 * dice.randrange(1, 50)): 3,
    lambda _, dice: cmd.FillDetails(category=_words(dice)): 1,
    _visit: 2,
}
_DESK: Ways = {
    lambda _, dice: cmd.Note(text=_words(dice)): 4,
    lambda _, dice: cmd.Message(text=_words(dice)): 2,
    lambda _, dice: cmd.Receive(text=_words(dice)): 2,
    lambda _, dice: cmd.LogTime(seconds=60 * dice.randrange(1, 50)): 1,
}
