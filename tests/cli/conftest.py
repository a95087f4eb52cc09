"""A terminal for tests: a whole desk in a temp folder, and commands run on it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from tests.fakes.desks import START, open_desk
from tierline.cli.program import loaded


class Answer(NamedTuple):
    """What a command said, and the code it left."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


@dataclass
class Terminal:
    """Runs commands as mira, on one desk, at one moment that tests move."""

    folder: Path
    now: str = START.isoformat()
    me: str = "mira"
    numbers: list[str] = field(default_factory=list)

    def __call__(self, *words: str, stdin: str | None = None, json: bool = False) -> Answer:
        """Run one command."""
        shared = ["--data", str(self.folder), "--now", self.now, "--me", self.me]
        said = [*shared, *(["--json"] if json else []), *words]
        result = CliRunner().invoke(loaded(), said, input=stdin, prog_name="tierline")
        return Answer(result.exit_code, result.stdout, result.stderr)

    def done(self, *words: str, json: bool = False, stdin: str | None = None) -> Answer:
        """Run one that must not be refused."""
        answer = self(*words, json=json, stdin=stdin)
        assert answer.code == 0, answer
        return answer

    def refused(self, *words: str) -> tuple[str, str]:
        """Run one that must be refused: the line why, and the line what to do."""
        answer = self(*words)
        assert (answer.code, answer.out) == (1, ""), answer
        why, todo = answer.err.rstrip("\n").split("\n")
        return why, todo

    def log(self, subject: str = "Label printer prints blank", *more: str) -> str:
        """Log a ticket by mail; its number."""
        words = ("log", subject, "--client", "Pellow & Voss Legal", "--contact", "Elspeth Marlow")
        given = (*words, "--channel", "mail", "--impact", "3", "--urgency", "2", *more)
        number = str(self.done(*given, json=True).data["ticket"]["number"])
        self.numbers.append(number)
        return number


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and default desks below a temp folder."""
    monkeypatch.setenv("TIERLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path / "home"


@pytest.fixture
def cli(tmp_path: Path, home: Path) -> Terminal:
    """Commands on a desk with people and clients, and no tickets."""
    folder = tmp_path / "desk"
    open_desk(folder).replica.close()
    return Terminal(folder)


@pytest.fixture
def number(cli: Terminal) -> str:
    """A ticket on that desk."""
    return cli.log()
