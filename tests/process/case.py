"""A ticket driven by commands alone, with no store and no window, under one policy."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tierline.domain import commands as cmd
from tierline.domain.clocks import Clock, clocks, deadlines
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket, evolve


class Case:
    """One ticket under one policy. Times are given as local text, "2026-11-02 16:30"."""

    def __init__(self, policy: Policy) -> None:
        """Begin without a ticket."""
        self.policy = policy
        self.ticket: Ticket | None = None
        self.zone = ZoneInfo(policy.file.zone)

    def utc(self, local: str) -> datetime:
        """The instant of a local time of the policy's zone."""
        return datetime.fromisoformat(local).replace(tzinfo=self.zone).astimezone(UTC)

    def do(self, local: str, command: cmd.Command, by: str = "mira") -> Refusal | None:
        """Give the command; the refusal, if it was refused."""
        answer = decide(self.ticket, command, self.policy, self.utc(local), by)
        if isinstance(answer, Refusal):
            return answer
        for event in answer:
            self.ticket = evolve(self.ticket, event, "ticket-1")
        return None

    def log(self, local: str, **told: object) -> Refusal | None:
        """Log the ticket with every detail that any bundled policy asks for."""
        facts: dict[str, object] = {
            "number": "CS0000001",
            "subject": "Cannot print",
            "channel": "phone",
            "client": "Marrowby Foods",
            "contact": "Ada Prior",
            "contact_reach": "5550 0142",
            "description": "Error 0x61",
            "priority": 3,
        }
        details = {"computer": "MF-017", "start_date": "2026-12-01", "last_day": "2026-11-06"}
        told.setdefault("details", details)
        return self.do(local, cmd.Log(**{**facts, **told}))  # type: ignore[arg-type]

    def read(self, local: str) -> dict[str, Clock]:
        """All clocks at a local time, by name."""
        assert self.ticket is not None
        found = clocks(self.ticket, self.policy, self.utc(local))
        return {clock.name: clock for clock in found}

    def dues(self, local: str) -> dict[str, str]:
        """When each clock is due, as local text."""
        return {name: self.local(clock.due) for name, clock in self.read(local).items()}

    def first(self) -> str:
        """The name of the clock shown first."""
        assert self.ticket is not None
        return deadlines(self.ticket, self.policy)[0].name

    def local(self, at: datetime | None) -> str:
        """An instant as local text, "" for none."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}" if at else ""
