"""The tables of a hub in a SQLite file. Instants are microseconds UTC; payloads are text."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tierline.domain.log import GENESIS
from tierline.storage.migrations import Migration
from tierline.sync.hubs.sqlite_blobs import TABLES

APPLICATION_ID = 0x5449_4548  # "TIEH"

_FIRST = (
    f"""
CREATE TABLE hub (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  hub_id TEXT NOT NULL,
  seq INTEGER NOT NULL DEFAULT 0,
  chain TEXT NOT NULL DEFAULT '{GENESIS}',
  safe_seq INTEGER NOT NULL DEFAULT 0,
  least TEXT NOT NULL DEFAULT '',
  least_since INTEGER NOT NULL DEFAULT 0
)""",
    """
CREATE TABLE person (
  login TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0
)""",
    """
CREATE TABLE console (
  console_id TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  last_cseq INTEGER NOT NULL DEFAULT 0,
  version TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  seen INTEGER NOT NULL DEFAULT 0
)""",
    """
CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  op_id TEXT NOT NULL UNIQUE,
  console_id TEXT NOT NULL,
  cseq INTEGER NOT NULL,
  ticket_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  v INTEGER NOT NULL,
  author TEXT NOT NULL,
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  base_seq INTEGER NOT NULL,
  seen_seq INTEGER NOT NULL,
  payload TEXT NOT NULL,
  chain TEXT NOT NULL,
  restricted INTEGER NOT NULL,
  UNIQUE (console_id, cseq)
)""",
    "CREATE INDEX log_ticket ON log (ticket_id, seq)",
    """
CREATE TABLE answer (
  console_id TEXT NOT NULL,
  cseq INTEGER NOT NULL,
  op_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  seq INTEGER NOT NULL,
  why TEXT NOT NULL,
  offer TEXT NOT NULL,
  PRIMARY KEY (console_id, cseq)
)""",
    """
CREATE TABLE ticket (
  id TEXT PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  open INTEGER NOT NULL,
  restricted INTEGER NOT NULL,
  "row" TEXT NOT NULL
)""",
    "CREATE INDEX ticket_open ON ticket (open, id)",
    "CREATE TABLE directory (id TEXT PRIMARY KEY, seq INTEGER NOT NULL)",
    """
CREATE TABLE number (
  number TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  PRIMARY KEY (number, ticket_id)
)""",
    "CREATE TABLE lease (prefix TEXT PRIMARY KEY, next INTEGER NOT NULL)",
    """
CREATE TABLE block (
  prefix TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  console_id TEXT NOT NULL,
  PRIMARY KEY (prefix, first)
)""",
    """
CREATE TABLE presence (
  console_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  login TEXT NOT NULL,
  mode TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (console_id, ticket_id)
)""",
    """
CREATE TRIGGER log_keeps BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END""",
    """
CREATE TRIGGER log_stays BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END""",
)
MIGRATIONS: tuple[Migration, ...] = (Migration(1, 0, (*_FIRST, *TABLES)),)


def migrate(base: sqlite3.Connection, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the file up to our version; the caller's transaction makes it all or nothing."""
    (version,) = base.execute("PRAGMA user_version").fetchone()
    for step in steps:
        if step.version > version:
            for statement in step.statements:
                base.execute(statement)
    base.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    base.execute(f"PRAGMA user_version = {max(version, steps[-1].version)}")
