"""The hub's schema on PostgreSQL, version by version.

A plain ordered list, not Alembic: there is no model to compare with, the functions are SQL anyway,
and PostgreSQL takes a whole version back when it is interrupted. Each version runs in one
transaction under an advisory lock; an interruption at any statement leaves the version before, and
the next run goes on from there. Versions only add (a minor) until a new major takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from typing import NamedTuple

import psycopg
from psycopg import sql

OWNER = "tierline_owner"
_LOCK = 0x5449_4552  # "TIER"
_GROUPS = ("technician", "lead", "admin", "wallboard", "bi")
_WITHIN = (("technician", "lead"), ("lead", "admin"))  # the second has all rights of the first
Connection = psycopg.Connection[tuple[object, ...]]


class Version(NamedTuple):
    """The scripts that lead to a version from the one before it."""

    major: int
    minor: int
    scripts: tuple[str, ...]

    @property
    def number(self) -> int:
        """As the hub's row keeps it."""
        return self.major * 1000 + self.minor


def script(name: str) -> str:
    """A file of SQL beside this module."""
    return resources.files(__package__).joinpath("sql", name).read_text("utf-8")


VERSIONS: tuple[Version, ...] = (
    Version(
        1,
        0,
        tuple(
            script(f"{name}.sql")
            for name in (
                "tables",
                "guards",
                "judging",
                "push",
                "calls",
                "rights",
                "attachments",
            )
        ),
    ),
)


def version_of(base: Connection) -> int | None:
    """The version of the hub in a database, None when there is none."""
    row = base.execute("SELECT to_regclass('tierline.hub')::text").fetchone()
    if row is None or row[0] is None:
        return None
    found = base.execute("SELECT schema FROM tierline.hub").fetchone()
    return int(str(found[0])) if found else None


def migrate(
    base: Connection,
    steps: Sequence[Version] = VERSIONS,
    began: Callable[[Connection], None] | None = None,
) -> None:
    """Bring a database up to the last version; `began` fills the tables of a new hub.

    `base` belongs to whoever keeps the server: a superuser, or the one who made the hub.
    """
    for step in steps:
        with base.transaction():
            base.execute("SET LOCAL lock_timeout = '10s'")
            base.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            have = version_of(base)
            if have is not None and have >= step.number:
                continue
            if have is None:
                _make_room(base)
            become_owner(base)
            for each in step.scripts:
                base.execute(each.encode())
            if have is None and began:
                began(base)
            base.execute("UPDATE hub SET schema = %s", (step.number,))
            base.execute("RESET ROLE")


def _make_room(base: Connection) -> None:
    """The roles and the schema; roles may be there from another hub of this server."""
    for name in ("owner", *_GROUPS):
        known = base.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (f"tierline_{name}",))
        if known.fetchone() is None:
            base.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(_group(name)))
    for lower, upper in _WITHIN:
        base.execute(sql.SQL("GRANT {} TO {}").format(_group(lower), _group(upper)))
    base.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
    made = "CREATE SCHEMA IF NOT EXISTS tierline AUTHORIZATION {}"
    base.execute(sql.SQL(made).format(sql.Identifier(OWNER)))


def become_owner(base: Connection) -> None:
    """Act as the hub's owner until the transaction ends."""
    base.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
    base.execute("SET LOCAL search_path = tierline")


def _group(name: str) -> sql.Identifier:
    return sql.Identifier(f"tierline_{name}")
