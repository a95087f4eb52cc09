"""The README's way to a shared desk, walked command by command on a real server."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.servers import KEEPER, PASSWORD, Postgres

TOP = Path(__file__).parents[3]
PEOPLE = re.compile(r"(?<=[ /])(dana|mira|ravi|wall)\b")
SHOWN = re.compile(r"^Password: (\S+)$", re.MULTILINE)


def _blocks() -> list[list[str]]:
    """The commands of that section, block by block, without the remarks beside them."""
    text = (TOP / "README.md").read_text("utf-8")
    section = text.split("## One desk for many consoles\n")[1].split("\n## ")[0]
    blocks = re.findall(r"```\n(.*?)```", section, re.DOTALL)
    return [[re.split(r"\s{3,}", line)[0] for line in each.splitlines()] for each in blocks]


class Walk:
    """Does what the README says, on this server, with a home of its own for each person."""

    def __init__(self, server: Postgres, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.names = {"desk": server.make_database(), "desk_copy": server.make_database()}
        self.secrets = {KEEPER: PASSWORD}

    def tierline(self, line: str, who: str = "") -> str:
        """Run one command, answering what it asks; what it said."""
        words = shlex.split(self._here(line))[1:]
        logins = re.findall(r"postgresql://(\w[\w-]*)@", self._here(line))
        logins = logins or [f"{who}-{self.names['desk']}"]  # no keyring here: it is asked each time
        asked = "".join(f"{self.secrets[each]}\n" for each in reversed(logins))
        done = subprocess.run(
            [sys.executable, "-m", "tierline", *words],
            input=asked, capture_output=True, text=True, check=False,
            env={
                **os.environ,
                "PYTHONPATH": str(TOP / "desktop"),
                "TIERLINE_HOME": str(self.folder / (who or "keeper")),
            },
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        return done.stdout

    def grant(self, line: str) -> None:
        """Let a person in, and note the password that is shown."""
        told = SHOWN.search(self.tierline(line))
        assert told
        self.secrets[shlex.split(self._here(line))[4]] = told[1]

    def dump(self, line: str) -> None:
        """Back the hub up and put it back, with the programs that the line names."""
        assert line.startswith("pg_dump -Fc -f desk.dump desk && createdb desk_copy && pg_restore")
        secret = PASSWORD.replace("'", "\\'")
        there = f"host=127.0.0.1 port={self.server.port} user={KEEPER} password='{secret}'"
        file = self.server.folder / "desk.dump"
        desk, copy = (f"{there} dbname={self.names[each]}" for each in ("desk", "desk_copy"))
        self.server._run("pg_dump", "-Fc", "-f", file, "-d", desk)
        self.server._run("pg_restore", "-d", copy, file)

    def _here(self, line: str) -> str:
        line = line.replace("db.example.org", f"127.0.0.1:{self.server.port}")
        for name, database in self.names.items():
            line = re.sub(rf"/{name}\b(?!_)", f"/{database}", line)
        # Logins are the server's, and outlive this test's databases.
        return PEOPLE.sub(lambda found: f"{found[0]}-{self.names['desk']}", line)


@pytest.fixture
def walk(server: Postgres, tmp_path: Path) -> Walk:
    return Walk(server, tmp_path)


def test_the_way_to_a_shared_desk(walk: Walk) -> None:
    making, keeping = _blocks()
    create, *grants, join = making
    assert [len(making), len(grants)] == [6, 4]
    assert "Made a hub" in walk.tierline(create)
    for line in grants:
        walk.grant(line)
    assert "Joined" in walk.tierline(join, "dana")
    walk.tierline("tierline sync --once", "dana")
    other = join.replace("dana@", "ravi@")
    assert "as ravi-" in walk.tierline(other, "ravi")
    verify, dump, safe, archive = keeping
    assert "All of it holds." in walk.tierline(verify)
    walk.dump(dump)
    assert "are safe" in walk.tierline(safe)
    assert "Moved 0 lines" in walk.tierline(archive)
    for database in walk.names.values():
        walk.server.drop_database(database)
