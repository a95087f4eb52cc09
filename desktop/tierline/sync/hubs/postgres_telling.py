"""A grant in the log of a PostgreSQL hub: the keeper's own push, in the grant's transaction."""

from __future__ import annotations

import time

import msgspec

from tierline.sync.hub import Console, Pushed
from tierline.sync.hubs.persons import Change, check_taken, entry_id, offer_of
from tierline.sync.hubs.postgres_schema import Connection, become_owner

_BEFORE = """
SELECT l.payload FROM tierline.directory d JOIN tierline.lines l ON l.seq = d.seq
WHERE d.id = %s"""
_MAY = "SELECT pg_has_role(session_user, 'tierline_technician', 'usage')"


def tell(base: Connection, console: Console, login: str, change: Change) -> None:
    """Change the entry of a person, from a console that has offered nothing yet.

    Raises:
        HubError: the hub does not take it.
    """
    if base.execute(_MAY).fetchone() != (True,):
        become_owner(base)
    row = base.execute(_BEFORE, (entry_id(login),)).fetchone()
    if payload := change(str(row[0]) if row else ""):
        known = (console.console_id, console.version, console.name)
        base.execute("SELECT tierline.hello(%s, %s, %s, 0)", known)
        offers = [offer_of(login, payload, time.time_ns() // 1000)]
        told = base.execute(
            "SELECT tierline.push(%s, %s::json)::text",
            (console.console_id, msgspec.json.encode(offers).decode()),
        ).fetchone()
        check_taken(msgspec.json.decode(str(told and told[0]), type=Pushed))
    base.execute("RESET ROLE")
