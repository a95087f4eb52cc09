"""What a hub's keeper does, wherever it is kept: make, upgrade, verify, let in, let out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import uuid_utils

from tierline.sync.hubs import postgres_keeping, postgres_proof, sqlite_keeping, sqlite_proof
from tierline.sync.hubs.address import parsed
from tierline.sync.hubs.opening import signed
from tierline.sync.hubs.proving import Proof
from tierline.sync.hubs.rights import Role

Password = Callable[[], str]


def create(url: str, password: Password | None = None, *, login: str = "") -> str:
    """Make a hub in a database or file; its id. Whoever makes a file is its admin.

    Raises:
        HubDownError, HubError: it cannot be made; nothing was.
    """
    address, hub_id = signed(parsed(url), login), str(uuid_utils.uuid7())
    if address.path:
        sqlite_keeping.create(Path(address.path), hub_id, address.login)
    else:
        postgres_keeping.create(address, password, hub_id)
    return hub_id


def upgrade(url: str, password: Password | None = None) -> None:
    """Bring a hub up to this program's version. Interrupted, it is done again from where it was.

    Raises:
        HubDownError, HubError: as above.
    """
    address = signed(parsed(url))
    if address.path:
        sqlite_keeping.upgrade(Path(address.path))
    else:
        postgres_keeping.upgrade(address, password)


def verify(url: str, password: Password | None = None) -> Proof:
    """Prove rights, chain and rows; what is wrong names ticket, field and author.

    Raises:
        HubDownError, HubError: it could not be looked at.
    """
    address = signed(parsed(url))
    if address.path:
        return sqlite_proof.prove(Path(address.path))
    return postgres_proof.prove(address, password)


def grant(url: str, login: str, role: Role, password: Password | None = None) -> str:
    """Let a person in with a role; the password of a login that is new, "" else.

    Raises:
        HubDownError, HubError: nothing was changed.
    """
    address = signed(parsed(url))
    if address.path:
        sqlite_keeping.grant(Path(address.path), login, role)
        return ""
    return postgres_keeping.grant(address, password, login, role)


def revoke(url: str, login: str, password: Password | None = None) -> None:
    """Let a person in no more; what they wrote stays.

    Raises:
        HubDownError, HubError: nothing was changed.
    """
    address = signed(parsed(url))
    if address.path:
        sqlite_keeping.revoke(Path(address.path), login)
    else:
        postgres_keeping.revoke(address, password, login)
