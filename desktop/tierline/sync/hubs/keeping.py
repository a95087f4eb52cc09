"""What a hub's keeper does, wherever it is kept: make, upgrade, verify, back up, let in and out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import uuid_utils

from tierline.domain.tongue import tr
from tierline.sync.errors import HubError, WrongHubError
from tierline.sync.hubs import (
    postgres_keeping,
    postgres_proof,
    postgres_safety,
    sqlite_keeping,
    sqlite_proof,
    sqlite_safety,
)
from tierline.sync.hubs.address import Address, parsed
from tierline.sync.hubs.backups import UNMARKED, Archived, check_whole
from tierline.sync.hubs.opening import signed
from tierline.sync.hubs.persons import Notice
from tierline.sync.hubs.proving import Proof
from tierline.sync.hubs.rights import Role

Password = Callable[[], str]
LONGEST_LOGIN = 63  # bytes: PostgreSQL takes a longer name for the one it begins with


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


def backup(url: str, target: Path) -> Proof:
    """Copy a hub in a file, prove the copy, and mark what is in it as safe; the proof.

    Raises:
        HubDownError, HubError: there is no backup, and nothing was marked.
    """
    address = parsed(url)
    if not address.path:
        raise WrongHubError(
            tr("The hub {text} is backed up by its server's own tools.", text=address.text),
            safe=UNMARKED,
            todo=tr(
                "pg_dump makes a backup, pg_restore puts it into a database of its own; "
                "then: tierline hub safe URL COPY"
            ),
        )
    return sqlite_safety.backup(Path(address.path), target)


def safe(
    url: str, copy: str, password: Password | None = None, copy_password: Password | None = None
) -> Proof:
    """Prove a backup that was put back at `copy`, and mark what is in it as safe; the proof.

    Raises:
        HubDownError, HubError: it is no whole backup of this hub; nothing was marked.
    """
    address, other = signed(parsed(url)), signed(parsed(copy))
    if _place(address) == _place(other):
        raise WrongHubError(
            tr("That is the hub itself, no backup of it."),
            safe=UNMARKED,
            todo=tr("Put the backup back into another database or file, and name that."),
        )
    proof = verify(copy, copy_password)
    check_whole(other.text, proof)
    if address.path:
        sqlite_safety.mark_safe(Path(address.path), proof)
    else:
        postgres_safety.mark_safe(address, password, proof)
    return proof


def archive(url: str, days: int, password: Password | None = None) -> Archived:
    """Move safe lines older than so many days out of the way of the others.

    Consoles that had not read them yet fetch the tickets whole; histories stay complete.

    Raises:
        HubDownError, HubError: nothing more was moved.
    """
    address = signed(parsed(url))
    if address.path:
        raise WrongHubError(
            tr("A hub in a file keeps all of its log in one place."),
            safe=tr("Nothing was moved."),
            todo=tr("Nothing: archives are for hubs on PostgreSQL."),
        )
    return postgres_safety.archive(address, password, days)


def grant(
    url: str,
    login: str,
    role: Role,
    password: Password | None = None,
    notice: Notice | None = None,
) -> str:
    """Let a person in with a role; the password of a login that is new, "" else.

    A role of "" is the one they have, or technician.
    With a `notice` everybody's directory has them, under that role and what it says of them.

    Raises:
        HubDownError, HubError: nothing was changed.
    """
    if not 0 < len(login.encode()) <= LONGEST_LOGIN:
        raise HubError(
            tr(
                '"{login}" cannot be a login: it has 1 to {longest_login} bytes.',
                login=login,
                longest_login=LONGEST_LOGIN,
            ),
            safe=tr("Nothing was changed."),
            todo=tr("Choose another name."),
        )
    address = signed(parsed(url), notice.by if notice else "")
    if address.path:
        sqlite_keeping.grant(Path(address.path), login, role, _signed(notice, address))
        return ""
    return postgres_keeping.grant(address, password, login, role, notice)


def renew(url: str, login: str, password: Password | None = None) -> str:
    """A new password for a person who lost theirs.

    Raises:
        HubDownError, HubError: nothing was changed.
    """
    address = signed(parsed(url))
    if address.path:
        raise WrongHubError(
            tr("A hub in a file knows people by their login on this machine, without a password."),
            safe=tr("Nothing was changed."),
            todo=tr("Nothing: who was let in joins without one."),
        )
    return postgres_keeping.renew(address, password, login)


def revoke(
    url: str, login: str, password: Password | None = None, notice: Notice | None = None
) -> None:
    """Let a person in no more; what they wrote stays, and with a `notice` their name beside it.

    Raises:
        HubDownError, HubError: nothing was changed.
    """
    address = signed(parsed(url), notice.by if notice else "")
    if address.path:
        sqlite_keeping.revoke(Path(address.path), login, _signed(notice, address))
    else:
        postgres_keeping.revoke(address, password, login, notice)


def _signed(notice: Notice | None, address: Address) -> Notice | None:
    return notice._replace(by=address.login) if notice else None


def _place(address: Address) -> tuple[object, ...]:
    """Where a hub is, whoever asks."""
    path = str(Path(address.path).resolve()) if address.path else ""
    return path, address.hosts, address.database, address.options.get("host")
