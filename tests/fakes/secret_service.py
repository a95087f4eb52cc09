"""A real gnome-keyring-daemon on a D-Bus session of its own, with everything below one folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import Proxy, open_dbus_connection

TOOLS = ("dbus-daemon", "gnome-keyring-daemon")
NAME = "org.freedesktop.secrets"
_PATIENCE = 30.0
_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


def lacking() -> list[str]:
    """What is not installed here."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


class Session:
    """A session of a desktop: programs run in it see its keyring and no other."""

    def __init__(self, home: Path, address: str) -> None:
        self.home = home
        self.env = _home(home) | {"DBUS_SESSION_BUS_ADDRESS": address}

    def python(self, script: str, *words: str, stdin: str = "") -> str:
        """Run a script in the session; what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            env=self.env, input=stdin, text=True, capture_output=True, check=False,
            timeout=_PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files(self) -> list[Path]:
        """Every file that anybody wrote in it."""
        return [each for each in self.home.rglob("*") if each.is_file()]


@contextmanager
def session(home: Path, unlock: str | None) -> Iterator[Session]:
    """Start both; `unlock` is the password of the keyring, None leaves it locked. Ended by id."""
    env = _home(home)
    for each in ("XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
        Path(env[each]).mkdir(mode=0o700, parents=True)
    with ExitStack() as ends:
        bus = _started(ends, ["dbus-daemon", "--session", "--nofork", "--print-address=1"], env)
        assert bus.stdout is not None
        address = bus.stdout.readline().decode().strip()
        made = Session(home, address)
        with open_dbus_connection(bus=address) as listening:
            words = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
            if unlock is not None:
                words.append("--unlock")
            daemon = _started(ends, words, made.env)
            assert daemon.stdin is not None
            daemon.stdin.write((unlock or "").encode())
            daemon.stdin.close()
            _wait_for_name(listening)
        yield made


def _wait_for_name(bus: object) -> None:
    rule = MatchRule(
        type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged",
        path="/org/freedesktop/DBus",
    )  # fmt: skip
    rule.add_arg_condition(0, NAME)
    Proxy(message_bus, bus).AddMatch(rule)
    with bus.filter(rule) as changes:  # type: ignore[attr-defined]
        asked = new_method_call(_BUS, "NameHasOwner", "s", (NAME,))
        if not bus.send_and_get_reply(asked).body[0]:  # type: ignore[attr-defined]
            bus.recv_until_filtered(changes, timeout=_PATIENCE)  # type: ignore[attr-defined]


def _started(ends: ExitStack, words: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    made = subprocess.Popen(words, env=env, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    ends.callback(_stop, made)
    return made


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _home(home: Path) -> dict[str, str]:
    source = Path(__file__).resolve().parents[2] / "desktop"
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "PYTHONPATH": str(source),
        "PYTHONUTF8": "1",
    }
