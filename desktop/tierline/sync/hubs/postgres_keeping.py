"""What the keeper of a PostgreSQL hub does: make it, bring it up to date, let people in and out."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import LiteralString

import psycopg
from psycopg import sql

from tierline.domain.tongue import tr
from tierline.sync.errors import HubError, NoEntryError, WrongHubError
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.persons import Notice, granting, leaving
from tierline.sync.hubs.postgres_failures import failing, not_a_hub
from tierline.sync.hubs.postgres_link import Link, Password, connect
from tierline.sync.hubs.postgres_schema import Connection, migrate, version_of
from tierline.sync.hubs.postgres_telling import tell
from tierline.sync.hubs.rights import ROLES, Role
from tierline.sync.hubs.terms import check_format

OLDEST_SERVER = 150_000
_EACH_GIVES = 160_000
_SETTINGS = (
    "idle_in_transaction_session_timeout = '15s'",  # a sleeping laptop must not hold the counter
    "tcp_user_timeout = '20s'",
    "tcp_keepalives_idle = '30s'",
)


def create(address: Address, password: Password | None, hub_id: str) -> None:
    """Make a hub in a database that is there and empty of one.

    Raises:
        HubError: there is one already, the login may not, or the server is too old.
        HubDownError: the server cannot be reached.
    """

    def began(base: Connection) -> None:
        token = secrets.token_hex(32)
        base.execute("INSERT INTO secret (token) VALUES (%s)", (token,))
        base.execute(
            "INSERT INTO hub (hub_id, schema, next_token)"
            " VALUES (%s, 0, encode(sha256(convert_to(%s, 'UTF8')), 'hex'))",
            (hub_id, token),
        )

    with keeping(address, password) as base:
        _check_server(base, address)
        if version_of(base) is not None:
            raise WrongHubError(
                tr("The database {database} is a hub already.", database=address.database),
                safe=tr("It was not touched."),
                todo=tr("To bring it up to date: tierline hub upgrade."),
            )
        migrate(base, began=began)
        _close_to_public(base, address)


def upgrade(address: Address, password: Password | None) -> None:
    """Bring a hub up to this program's version; older consoles go on working with it.

    A database that was filled from a backup is closed to everybody else again.
    """
    with keeping(address, password) as base:
        version = version_of(base)
        if version is None:
            raise not_a_hub(address)
        check_format(address.text, version)
        migrate(base)
        _close_to_public(base, address)


def grant(
    address: Address,
    password: Password | None,
    login: str,
    role: Role,
    notice: Notice | None = None,
) -> str:
    """Let a person in with a role, in place of the one they had; the new login's password, if new.

    Roles are the server's: they hold for every hub on it, entry is per database. The `notice` goes
    into the log in the same transaction.
    """
    with keeping(address, password) as base, base.transaction():
        known = base.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
        role = role or (_role_of(base, login) if known else "") or "technician"
        made = "CREATE ROLE {} LOGIN PASSWORD {}"
        secret = "" if known else _set_password(base, made, login)
        _take_roles(base, login)
        base.execute(
            sql.SQL("GRANT {} TO {}").format(
                sql.Identifier(f"tierline_{role}"), sql.Identifier(login)
            )
        )
        base.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(address.database), sql.Identifier(login)
            )
        )
        if notice:
            tell(base, notice.console, login, granting(login, role, notice.told))
    return secret


def renew(address: Address, password: Password | None, login: str) -> str:
    """A new password for a person who lost theirs.

    Raises:
        WrongHubError: there is no such login, or it is the server's own keeper.
    """
    with keeping(address, password) as base:
        asked = "SELECT 1 FROM pg_roles WHERE rolname = %s AND NOT rolsuper"
        if base.execute(asked, (login,)).fetchone() is None:
            raise _unknown(address, login)
        return _set_password(base, "ALTER ROLE {} PASSWORD {}", login)


def revoke(
    address: Address, password: Password | None, login: str, notice: Notice | None = None
) -> None:
    """Let a person in no more and cut their sessions; what they wrote stays.

    Raises:
        WrongHubError: there is no such login.
        HubError: they have rights that are not the hub's to take.
    """
    with keeping(address, password) as base:
        known = base.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
        if known is None:
            raise _unknown(address, login)
        with base.transaction():
            _take_roles(base, login)
            base.execute(
                sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}").format(
                    sql.Identifier(address.database), sql.Identifier(login)
                )
            )
            _check_out(base, address, login)
            if notice:
                tell(base, notice.console, login, leaving(login))
        base.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = %s AND datname = current_database()",
            (login,),
        )


@contextmanager
def keeping(address: Address, password: Password | None) -> Iterator[Link]:
    """A connection of the keeper's: a superuser, or whoever made the hub.

    Raises:
        NoEntryError: the login may not do that.
    """
    with closing(connect(address, password, "tierline keeper")) as base:
        base.patience = 600.0  # a migration of a long log takes its time
        base.execute("SET statement_timeout = 0")
        try:
            with failing(address):
                yield base
        except NoEntryError:
            raise NoEntryError(
                tr("{login} may not do that on {text}.", login=address.login, text=address.text),
                safe=tr("Nothing was changed."),
                todo=tr("Use the login that made the hub, or the server's own (postgres)."),
            ) from None


def _check_server(base: Connection, address: Address) -> None:
    if base.info.server_version < OLDEST_SERVER:
        raise HubError(
            tr(
                "The server of {text} is PostgreSQL {what}.",
                text=address.text,
                what=base.info.server_version // 10000,
            ),
            safe=tr("Nothing was changed."),
            todo=tr("A hub needs PostgreSQL 15 or newer."),
        )
    encoding = base.execute("SHOW server_encoding").fetchone()
    if encoding != ("UTF8",):
        raise HubError(
            tr(
                "The database {database} cannot keep every character (it is not UTF-8).",
                database=address.database,
            ),
            safe=tr("Nothing was changed."),
            todo="Make one with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
        )


def _close_to_public(base: Connection, address: Address) -> None:
    database = sql.Identifier(address.database)
    base.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for setting in _SETTINGS:
        try:
            base.execute(sql.SQL("ALTER DATABASE {} SET {}").format(database, sql.SQL(setting)))
        except psycopg.errors.DatabaseError:
            continue  # not every system has it, and the hub does without


def _role_of(base: Connection, login: str) -> Role:
    """The highest role that a login is in, by a grant of its own."""
    asked = (
        "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
        " JOIN pg_roles p ON p.oid = m.member WHERE p.rolname = %s"
    )
    given = {str(row[0]).removeprefix("tierline_") for row in base.execute(asked, (login,))}
    return next((role for role in ROLES if role in given), "")


def _unknown(address: Address, login: str) -> WrongHubError:
    return WrongHubError(
        tr("The server of {text} knows no {login}.", text=address.text, login=login),
        safe=tr("Nothing was changed."),
        todo=tr("Check the name."),
    )


def _set_password(base: Connection, statement: LiteralString, login: str) -> str:
    """A password that only its hash leaves this program of."""
    secret = secrets.token_urlsafe(15)
    hashed = base.pgconn.encrypt_password(secret.encode(), login.encode(), b"scram-sha-256")
    base.execute(sql.SQL(statement).format(sql.Identifier(login), sql.Literal(hashed.decode())))
    return secret


def _take_roles(base: Connection, login: str) -> None:
    """Whoever gave them: a server newer than 15 keeps what each keeper gave by itself."""
    given = base.execute(
        "SELECT r.rolname, g.rolname FROM pg_auth_members m"
        " JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles p ON p.oid = m.member"
        " JOIN pg_roles g ON g.oid = m.grantor WHERE p.rolname = %s AND r.rolname = ANY (%s)",
        (login, [f"tierline_{role}" for role in ROLES]),
    )
    by = sql.SQL("GRANTED BY {}") if base.info.server_version >= _EACH_GIVES else sql.SQL("")
    for role, giver in given.fetchall():
        base.execute(
            sql.SQL("REVOKE {} FROM {} {}").format(
                sql.Identifier(str(role)),
                sql.Identifier(login),
                by.format(sql.Identifier(str(giver))),
            )
        )


def _check_out(base: Connection, address: Address, login: str) -> None:
    asked = "SELECT bool_or(pg_has_role(%s, role, 'member')) FROM unnest(%s::text[]) AS role"
    groups = [f"tierline_{role}" for role in ROLES]
    if base.execute(asked, (login, groups)).fetchone() == (True,):
        raise HubError(
            tr(
                "{login} has rights on {text} that no grant of the hub gave.",
                login=login,
                text=address.text,
            ),
            safe=tr("Nothing was changed."),
            todo=tr("They are the server's keeper, or in a group of the server that has them."),
        )
