"""A whole desk in a temp folder, with a clock that tests turn by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fakes.books import bundled_book
from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.storage.records import Client, Contact, Person
from tierline.storage.replica import Replica

# Thu 5 Nov 2026 10:42:08 in Melbourne, the moment of the design's pictures.
START = datetime(2026, 11, 4, 23, 42, 8, tzinfo=UTC)
PEOPLE = (
    Person(id="mira", name="Mira Okonedo", tier=1, skills=("printer",)),
    Person(id="tobias", name="Tobias Lund", tier=1),
    Person(id="priya", name="Priya Rao", tier=2, skills=("printer", "gateway")),
    Person(id="ravi", name="Ravi Sato", tier=2, skills=("gateway",)),
    Person(id="ines", name="Ines Dray", tier=2, present=False, skills=("printer", "gateway")),
    Person(id="hana", name="Hana Sato", tier=3),
    Person(id="joan", name="Joan Client", tier=1, owner="Pellow & Voss Legal"),
)


class TurnedClock:
    """Gives the time it was set to."""

    def __init__(self, now: datetime = START) -> None:
        """Start at an aware instant."""
        self.now = now

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def turn(self, **amount: float) -> datetime:
        """Go on by so many minutes, hours …; negative goes back."""
        self.now += timedelta(**amount)
        return self.now


def open_desk(folder: Path, me: str = "mira", clock: TurnedClock | None = None) -> Desk:
    """A desk with people, two clients and no tickets; a second call opens the same one."""
    now = clock or TurnedClock()
    replica = Replica.open(folder, now())
    if not replica.directory.people():
        replica.directory.put_people(PEOPLE)
        replica.directory.put_clients(
            (Client(name="Pellow & Voss Legal", policy="playbook"), Client(name="Marrowby Foods"))
        )
        contact = Contact(client="Pellow & Voss Legal", name="Elspeth Marlow", title="Manager")
        replica.directory.put_contacts([contact])
    return Desk(replica, bundled_book(), me, now)


def done(answer: Done | Refusal) -> Done:
    """The answer, which must not be a refusal."""
    assert isinstance(answer, Done), answer
    return answer


def refusal(answer: object) -> Refusal:
    """The answer, which must be a refusal that says what to do."""
    assert isinstance(answer, Refusal), answer
    return answer


def log(desk: Desk, subject: str = "Label printer prints blank", **told: object) -> str:
    """The id of a ticket just logged."""
    facts: dict[str, object] = {
        "number": "",
        "channel": "mail",
        "client": "Pellow & Voss Legal",
        "contact": "Elspeth Marlow",
        "impact": 3,
        "urgency": 2,
    }
    command = cmd.Log(subject=subject, **(facts | told))  # type: ignore[arg-type]
    return done(desk.log(command)).ticket.id
