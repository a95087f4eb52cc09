"""A hub by its address."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from tierline.sync.hub import Hub
from tierline.sync.hubs.address import Address, parsed

Clock = Callable[[], int]


def machine_clock() -> int:
    """This machine's time in microseconds UTC: what a hub in a file goes by."""
    return time.time_ns() // 1000


def open_hub(
    url: str,
    password: Callable[[], str] | None = None,
    *,
    login: str = "",
    clock: Clock = machine_clock,
) -> Hub:
    """A session with the hub at `url` (see `address.FORMS`).

    `password` is asked each time a connection is made and not kept; a file needs none. `login` is
    who one is when the address does not say: by default whoever uses this machine.

    Raises:
        HubDownError: it cannot be reached at the moment.
        HubError: it can, and a person has to do something.
    """
    address = signed(parsed(url), login)
    # Each kind is loaded when it is needed: a desk alone waits for neither.
    if address.path:
        from tierline.sync.hubs.sqlite import SqliteHub  # noqa: PLC0415

        return SqliteHub(Path(address.path), address.login, clock)
    from tierline.sync.hubs.postgres import PostgresHub  # noqa: PLC0415

    return PostgresHub(address, password)


def signed(address: Address, login: str = "") -> Address:
    """The address with a login in it."""
    return replace(address, login=address.login or login or _machine_login())


def _machine_login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
