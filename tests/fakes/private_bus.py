"""A D-Bus session of a test's own: nothing in it sees the desktop's, nothing outlives the test."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import Proxy, open_dbus_connection

PATIENCE = 30.0
_CONFIG = """<busconfig>
<type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<servicedir>{services}</servicedir>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""
_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


def lacking(*tools: str) -> list[str]:
    """Which of these programs are not installed here."""
    return [tool for tool in tools if shutil.which(tool) is None]


def home_env(home: Path) -> dict[str, str]:
    """The environment of programs that keep everything below one folder, which is made."""
    made = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "desktop"),
        "PYTHONUTF8": "1",
    }
    for each in ("XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
        Path(made[each]).mkdir(mode=0o700, parents=True)
    return made


@contextmanager
def bus(env: dict[str, str], starts: Mapping[str, str] | None = None) -> Iterator[str]:
    """A session bus; its address. It starts these programs for these names, and no others."""
    place = Path(env["HOME"])
    for name, program in (starts or {}).items():
        told = f"[D-BUS Service]\nName={name}\nExec={program}\n"
        (place / f"{name}.service").write_text(told)
    config = place / "bus.conf"
    config.write_text(_CONFIG.format(services=place))
    with ExitStack() as ends:
        words = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
        daemon = started(ends, words, env)
        assert daemon.stdout is not None
        yield daemon.stdout.readline().decode().strip()


def started(ends: ExitStack, words: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """A program that is ended, by its id, with the stack."""
    pipe = subprocess.PIPE
    made = subprocess.Popen(words, env=env, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    ends.callback(_stop, made)
    return made


@contextmanager
def mute(address: str, name: str) -> Iterator[None]:
    """Somebody who owns a name on the bus and never answers a call."""
    with open_dbus_connection(bus=address) as owner:
        Proxy(message_bus, owner).RequestName(name)
        yield


def wait_for_name(link: Any, name: str) -> None:
    """Until somebody owns a name; `link` is a jeepney connection."""
    rule = MatchRule(
        type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged",
        path="/org/freedesktop/DBus",
    )  # fmt: skip
    rule.add_arg_condition(0, name)
    Proxy(message_bus, link).AddMatch(rule)
    with link.filter(rule) as changes:
        asked = new_method_call(_BUS, "NameHasOwner", "s", (name,))
        if not link.send_and_get_reply(asked).body[0]:
            link.recv_until_filtered(changes, timeout=PATIENCE)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
