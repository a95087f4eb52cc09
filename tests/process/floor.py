"""A desk on disk under one policy, with a clock that tests turn and rules that they let run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.fakes.books import bundled_book
from tests.fakes.desks import PEOPLE, TurnedClock
from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.desk.timed_rules import RulesReport
from tierline.domain import commands as cmd
from tierline.domain.clocks import Clock, clocks
from tierline.domain.errors import Refusal
from tierline.domain.events import AnyEvent
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket
from tierline.storage.replica import Replica

WHOLE = {"computer": "MF-017", "start_date": "2026-12-01", "last_day": "2026-11-06"}


class Floor:
    """One desk. Times are local text of the policy's zone, "2026-11-05 09:38"."""

    def __init__(self, folder: Path, policy: str, book: PolicyBook | None = None) -> None:
        """Make (or open) the desk in a folder."""
        self.book = book or bundled_book()
        self.policy = self.book.get(policy)
        self.zone = ZoneInfo(self.policy.file.zone)
        self.clock = TurnedClock()
        self.replica = Replica.open(folder, self.clock())
        if not self.replica.directory.people():
            self.replica.directory.put_people(PEOPLE)
        self.desk = Desk(self.replica, self.book, "mira", self.clock, self.zone)
        self.id = ""

    def utc(self, local: str) -> datetime:
        """The instant of a local time."""
        return datetime.fromisoformat(local).replace(tzinfo=self.zone).astimezone(UTC)

    def at(self, local: str) -> Floor:
        """Turn the clock."""
        self.clock.now = self.utc(local)
        return self

    def log(self, local: str, **told: object) -> Ticket:
        """Log the ticket that everything is about from now."""
        facts: dict[str, object] = {
            "number": "",
            "subject": "Cannot print",
            "channel": "phone",
            "client": "Marrowby Foods",
            "contact": "Ada Prior",
            "contact_reach": "5550 0142",
            "description": "Error 0x61",
            "priority": 3,
            "details": WHOLE,
        }
        self.at(local)
        made = self.desk.log(cmd.Log(**{**facts, **told}), self.policy.name)  # type: ignore[arg-type]
        assert isinstance(made, Done), made
        self.id = made.ticket.id
        return made.ticket

    def do(self, local: str, command: cmd.Command) -> Refusal | None:
        """Give a command at a local time; the refusal, if it was refused."""
        answer = self.at(local).desk.act(self.id, command)
        return answer if isinstance(answer, Refusal) else None

    def run(self, local: str) -> list[str]:
        """Let the rules run at a local time; what they did, as "rule does"."""
        return did(self.at(local).desk.run_rules())

    @property
    def ticket(self) -> Ticket:
        """The ticket as the disk has it."""
        stored = self.replica.tickets.get(self.id)
        assert stored is not None
        return stored.ticket

    def events(self) -> list[AnyEvent]:
        """Everything that happened to it, in order."""
        return [e for r in self.replica.tickets.operations(self.id) for e in r.operation.events]

    def said(self) -> list[str]:
        """What the contact was told, in order."""
        told = (e for e in self.events() if type(e).__name__ == "Messaged")
        return [e.text for e in told if e.direction == "out"]  # type: ignore[union-attr]

    def read(self) -> dict[str, Clock]:
        """Every clock of the ticket now."""
        found = clocks(self.ticket, self.policy, self.clock.now)
        return {each.name: each for each in found}

    def close(self) -> None:
        """Let go of the file."""
        self.replica.close()


def did(report: RulesReport) -> list[str]:
    """The acts of a report as "rule does"."""
    return [f"{act.rule.partition(',')[0]} {act.does}" for act in report.made]
