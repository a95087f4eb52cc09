"""A desk on disk under one policy, driven by commands alone, at times told in the policy's zone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from tests.fakes.books import bundled_book
from tests.fakes.desks import PEOPLE
from tierline.app.opening import open_desk
from tierline.cli.program import loaded
from tierline.storage.records import Client, Contact

CLIENT, CONTACT = "Fenn & Hollis", "Ada Prior"
FULL = (
    "--client", CLIENT, "--contact", CONTACT, "--reach", "020 5550 0142",
    "--description", "Error 0x61", "--detail", "computer=FH-017",
)  # fmt: skip
DEFAULT_NOW = "2026-11-05 10:42"  # a Thursday


class Answer:
    """What a command said, and the code it left."""

    def __init__(self, code: int, out: str, err: str) -> None:
        """Take what came back."""
        self.code, self.out, self.err = code, out, err

    @property
    def data(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


class Desk:
    """A terminal at a desk whose client's contract runs under one policy."""

    def __init__(self, folder: Path, policy: str) -> None:
        """Make the desk, with people and one contact in its directory."""
        self.folder, self.policy = folder, policy
        self.zone = ZoneInfo(bundled_book().get(policy).file.zone)
        self.me = "mira"
        self.at(DEFAULT_NOW)
        desk = open_desk(
            folder, lambda: datetime.fromisoformat(self.now), me=self.me, default_policy=policy
        )
        desk.replica.directory.put_people(PEOPLE)
        desk.replica.directory.put_clients((Client(name=CLIENT, policy=policy),))
        contact = Contact(
            client=CLIENT, name=CONTACT, phone="020 5550 0142", mail="ada@fenn.example"
        )
        desk.replica.directory.put_contacts((contact,))
        desk.replica.close()

    def at(self, local: str) -> None:
        """Let it be that time in the policy's zone."""
        self.now = datetime.fromisoformat(local).replace(tzinfo=self.zone).isoformat()

    def run(self, *words: str, stdin: str = "", json_: bool = False) -> Answer:
        """Run one command, however it ends."""
        shared = ["--data", str(self.folder), "--now", self.now, "--me", self.me]
        said = [*shared, *(["--json"] if json_ else []), *words]
        result = CliRunner().invoke(loaded(), said, input=stdin, prog_name="tierline")
        return Answer(result.exit_code, result.stdout, result.stderr)

    def do(self, *words: str, stdin: str = "") -> Any:
        """Run one that is done; its JSON."""
        answer = self.run(*words, stdin=stdin, json_=True)
        assert answer.code == 0, (words, answer.out, answer.err)
        return answer.data

    def refused(self, *words: str, stdin: str = "") -> str:
        """Run one that is refused: both lines, why and what to do."""
        answer = self.run(*words, stdin=stdin)
        assert (answer.code, answer.out) == (1, ""), (words, answer.out, answer.err)
        assert len(answer.err.splitlines()) == 2
        return answer.err

    def log(self, subject: str = "Cannot print", *more: str, priority: int = 2) -> str:
        """Log a ticket by phone unless told otherwise, with every detail; its number."""
        said = ("log", subject, *FULL, "--priority", str(priority), *more)
        return str(self.do(*said)["ticket"]["number"])

    def show(self, number: str) -> Any:
        """A ticket with its history."""
        return self.do("show", number)

    def said(self, number: str, kind: str = "out") -> list[str]:
        """What was written to the contact ("out"), by them ("in"), or noted ("note")."""
        return [each["text"] for each in self.show(number)["timeline"] if each["kind"] == kind]

    def verbs(self, number: str) -> list[str]:
        """What happened, line by line."""
        return [each["verb"] for each in self.show(number)["timeline"]]

    def clock(self, number: str, name: str) -> Any:
        """One clock of a ticket as it stands."""
        return next(each for each in self.show(number)["clocks"] if each["name"] == name)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Desk]:
    """Makes the desk of a policy: `desk("tiered")`; settings and logs go to a temp folder."""
    monkeypatch.setenv("TIERLINE_HOME", str(tmp_path / "home"))
    return lambda policy: Desk(tmp_path / "desk", policy)
