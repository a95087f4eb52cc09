"""The same hub kept in three ways, and the acts that tests offer to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec

from tierline.domain.log import GENESIS, Line, Offer, chain
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs import sqlite_keeping
from tierline.sync.hubs.memory import MemoryHub
from tierline.sync.hubs.persons import Notice
from tierline.sync.hubs.rights import Role
from tierline.sync.hubs.sqlite import SqliteHub

Session = Callable[..., Hub]
LONG_AGO = 1_700_000_000_000_000


def clock() -> int:
    """This machine's time in microseconds."""
    return time.time_ns() // 1000


class Place(Protocol):
    """Somewhere a hub is kept."""

    def session(self, login: str, role: Role = "technician") -> Hub:
        """A person's connection."""

    def revoke(self, login: str, notice: Notice | None = None) -> None:
        """Let a person in no more."""

    def grant(self, login: str, role: Role, notice: Notice) -> None:
        """Let a person in, and tell everybody."""

    def require(self, least: str, since: int) -> None:
        """Ask for a newer program from an instant on."""


class Memory:
    """In this process."""

    def __init__(self) -> None:
        self.hub = MemoryHub(clock)

    def session(self, login: str, role: Role = "technician") -> Hub:
        return self.hub.session(login, role)

    def revoke(self, login: str, notice: Notice | None = None) -> None:
        self.hub.revoke(login, notice)

    def grant(self, login: str, role: Role, notice: Notice) -> None:
        self.hub.grant(login, role, notice)

    def require(self, least: str, since: int) -> None:
        self.hub.state.terms = self.hub.state.terms._replace(least=least, since=since)


class File:
    """In a SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        sqlite_keeping.create(path, "hub", "root")

    def session(self, login: str, role: Role = "technician") -> Hub:
        sqlite_keeping.grant(self.path, login, role)
        return SqliteHub(self.path, login, clock)

    def revoke(self, login: str, notice: Notice | None = None) -> None:
        sqlite_keeping.revoke(self.path, login, notice)

    def grant(self, login: str, role: Role, notice: Notice) -> None:
        sqlite_keeping.grant(self.path, login, role, notice)

    def require(self, least: str, since: int) -> None:
        with sqlite_keeping.keeping(self.path) as file, file.writing() as base:
            base.execute("UPDATE hub SET least = ?, least_since = ?", (least, since))


def act(cseq: int, op_id: str = "", *, ticket: str = "t1", base: int = 0, **more: Any) -> Offer:
    """An offer of one note; `by` signs it."""
    by = more.pop("by", "")
    event = {"kind": "noted", "text": more.pop("text", f"note {cseq}"), "by": by}
    row = {"state": {"id": ticket, "subject": f"about {ticket}"}, "n": cseq}
    told: dict[str, Any] = {
        "kind": "note",
        "at": LONG_AGO + cseq,
        "payload": msgspec.json.encode([event]).decode(),
        "row": msgspec.json.encode(row).decode(),
        "number": f"CS-{ticket}",
    }
    told |= more
    return Offer(
        op_id=op_id or f"op-{ticket}-{cseq}", cseq=cseq, ticket_id=ticket, base_seq=base, **told
    )


def entry(cseq: int, kind: str, key: str, **more: Any) -> Offer:
    """An offer of an entry of the directory."""
    payload = msgspec.json.encode({"id": key, "name": "x"}).decode()
    told: dict[str, Any] = {"payload": payload, "row": "", "number": "", "kind": kind}
    return act(cseq, f"op-{key}-{cseq}", ticket=f"{kind}/{key}", **(told | more))


def greeted(hub: Hub, console_id: str, version: str = "1.0.0") -> Hub:
    """The session, introduced."""
    hub.hello(Console(console_id=console_id, version=version, name="laptop"), 0)
    return hub


def outcomes(hub: Hub, console_id: str, *offers: Offer) -> list[str]:
    """What became of offers, in short."""
    done = hub.push(console_id, offers)
    return [done.trouble] if done.trouble else [answer.outcome for answer in done.answers]


def whole_log(hub: Hub, console_id: str, limit: int = 500) -> tuple[Line, ...]:
    """Every line, pulled page by page; its chain is checked on the way."""
    found: list[Line] = []
    cursor = 0
    while True:
        page = hub.pull(console_id, cursor, limit)
        found += page.lines
        cursor = page.cursor
        if cursor >= page.seq:
            return tuple(found)


def check_chain(lines: tuple[Line, ...]) -> None:
    """No line is missing and none was touched."""
    before = GENESIS
    for number, line in enumerate(lines, 1):
        assert line.seq == number
        before = chain(before, line)
        assert line.chain == before
