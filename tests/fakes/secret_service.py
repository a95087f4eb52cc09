"""A real gnome-keyring-daemon on a D-Bus session of its own, with everything below one folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from jeepney.io.blocking import open_dbus_connection

from tests.fakes import private_bus
from tests.fakes.private_bus import PATIENCE, home_env, started, wait_for_name

TOOLS = ("dbus-daemon", "gnome-keyring-daemon")
NAME = "org.freedesktop.secrets"


def lacking() -> list[str]:
    """What is not installed here."""
    return private_bus.lacking(*TOOLS)


class Session:
    """A session of a desktop: programs run in it see its keyring and no other."""

    def __init__(self, home: Path, env: dict[str, str]) -> None:
        self.home, self.env = home, env

    def python(self, script: str, *words: str, stdin: str = "") -> str:
        """Run a script in the session; what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            env=self.env, input=stdin, text=True, capture_output=True, check=False,
            timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files(self) -> list[Path]:
        """Every file that anybody wrote in it."""
        return [each for each in self.home.rglob("*") if each.is_file()]


@contextmanager
def session(home: Path, unlock: str | None) -> Iterator[Session]:
    """Start both; `unlock` is the password of the keyring, None leaves it locked. Ended by id."""
    env = home_env(home)
    with ExitStack() as ends:
        address = ends.enter_context(private_bus.bus(env))
        made = Session(home, env | {"DBUS_SESSION_BUS_ADDRESS": address})
        with open_dbus_connection(bus=address) as listening:
            words = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
            if unlock is not None:
                words.append("--unlock")
            daemon = started(ends, words, made.env)
            assert daemon.stdin is not None
            daemon.stdin.write((unlock or "").encode())
            daemon.stdin.close()
            wait_for_name(listening, NAME)
        yield made
