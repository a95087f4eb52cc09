"""Connections to a PostgreSQL hub: encrypted, read-write, and never waited for without end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any, TypeVar

import psycopg

from tierline.sync.errors import HubDownError
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.certificates import system_roots
from tierline.sync.hubs.postgres_failures import told_connecting

Password = Callable[[], str]
T = TypeVar("T")
PATIENCE = 10.0  # seconds in which nothing comes or goes
CONNECT = 5  # seconds a host has to let us in
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Link(psycopg.Connection[tuple[Any, ...]]):
    """A connection on which an answer that does not come is an error (`TimeoutError`)."""

    patience = PATIENCE

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **kwargs: Any) -> T:  # noqa: ANN401
        """As psycopg's, with an end. The connection is of no use after it was reached."""
        return super().wait(_limited(gen, self.patience), *args, **kwargs)


def connect(address: Address, password: Password | None, name: str = "tierline") -> Link:
    """A connection in autocommit to the host that takes writes.

    Raises:
        HubDownError, HubError: see `postgres_failures`.
    """
    secret = password() if password else None
    try:
        return Link.connect(
            **parameters(address),
            password=secret,
            application_name=name,
            autocommit=True,
            prepare_threshold=3,
        )
    except psycopg.Error as failure:
        raise told_connecting(failure, address) from None
    except TimeoutError:
        raise told_connecting(psycopg.OperationalError("timeout"), address) from None


def close(link: Link) -> None:
    """Let go of it, whatever state it is in; does not wait."""
    with suppress(psycopg.Error, HubDownError):
        link.close()


def parameters(address: Address) -> dict[str, Any]:
    """What libpq is told: a server on another machine must prove who it is, encrypted."""
    told: dict[str, Any] = {
        "user": address.login or None,
        "dbname": address.database,
        "target_session_attrs": "read-write",
        "connect_timeout": CONNECT,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "options": "-c statement_timeout=10s -c lock_timeout=8s",
        "sslmode": "prefer",
    }
    if address.hosts:
        told["host"] = ",".join(host for host, _ in address.hosts)
        told["port"] = ",".join(str(port) for _, port in address.hosts)
        if any(host not in _LOOPBACK for host, _ in address.hosts):
            told |= {"sslmode": "verify-full", "sslrootcert": system_roots()}
    if "sslrootcert" in address.options:
        told["sslmode"] = "verify-full"
    if sys.platform == "linux":
        told["tcp_user_timeout"] = 10_000
    return {k: v for k, v in (told | address.options).items() if v is not None}


def _limited(gen: Generator[Any, Any, T], patience: float) -> Generator[Any, Any, T]:
    """The same steps; psycopg resumes it ten times a second even when nothing came.

    A slow line that still moves is waited for.
    """
    end = time.monotonic() + patience
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                end = time.monotonic() + patience
            elif time.monotonic() > end:
                raise TimeoutError
            wanted = gen.send(ready)
    except StopIteration as done:
        result: T = done.value
        return result
