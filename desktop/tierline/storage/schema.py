"""The tables of the replica. Instants are INTEGER microseconds UTC; blobs are JSON."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

_dialect = sqlite.dialect()
metadata = MetaData()


THEIRS = "theirs"  # in place of a status's phase: the client's own people have the ticket


def _int(name: str, *, default: str | None = "0") -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=default)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


meta = Table(
    "meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("cseq", Integer, nullable=False, unique=True),
    Column("ticket_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("v", Integer, nullable=False),
    Column("base_seq", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    _text("by"),
    Column("events", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="pending"),
    # Since 1.2, see schema_lines: "system" keeps a column out of CREATE TABLE.
    Column("mine", Integer, nullable=False, system=True),
    Column("console_id", Text, nullable=False, system=True),
    Column("hub_seq", Integer, system=True),
    Column("seen_seq", Integer, nullable=False, system=True),
    Column("merged", Text, system=True),
    Column("why", Text, nullable=False, system=True),
    Index("journal_ticket", "ticket_id", "seq"),
)

ticket = Table(
    "ticket",
    metadata,
    Column("rid", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("number", Text(collation="NOCASE"), nullable=False, unique=True),
    Column("digits", Integer),
    _int("seq"),
    _int("priority"),
    _int("tier"),
    _text("status"),
    _text("phase"),
    _text("ended"),
    _text("status_why"),
    _text("subject"),
    _text("client"),
    _text("contact"),
    _text("assignee"),
    _text("team"),
    _text("channel"),
    _text("type"),
    _text("policy"),
    _int("escalated"),
    _int("replied"),
    _int("first_contact"),
    _text("timer_by"),
    Column("until", Integer),
    Column("logged_at", Integer, nullable=False),
    Column("changed_at", Integer, nullable=False),
    Column("resolved_at", Integer),
    Column("act_at", Integer),
    Column("due_at", Integer),
    Column("warn_at", Integer),
    Column("source", Text),
    Column("external_id", Text),
    Column("deadlines", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Since 1.1, see RULES_AT, and 1.2.
    Column("rule_at", Integer, system=True),
    Column("hub_seq", Integer, nullable=False, system=True),
    UniqueConstraint("source", "external_id"),
    Index("ticket_digits", "digits"),
    Index("ticket_changed", "changed_at"),
    Index("ticket_contact", "client", "contact"),
)
_c = ticket.c
Index(
    "ticket_open",
    *(_c.act_at, _c.priority, _c.number, _c.tier, _c.assignee, _c.phase, _c.escalated),
    *(_c.due_at, _c.warn_at, _c.client, _c.status, _c.id, _c.ended),
    sqlite_where=_c.ended == "",
)
Index(
    "ticket_tally",
    *(_c.tier, _c.priority, _c.assignee, _c.phase, _c.escalated, _c.due_at, _c.ended),
    sqlite_where=_c.ended == "",
)
Index("ticket_timer", _c.timer_by, sqlite_where=_c.timer_by != "")
Index("ticket_warn", _c.warn_at, sqlite_where=_c.ended == "")
Index("ticket_ended", _c.ended, _c.resolved_at)

alias = Table(
    "alias",
    metadata,
    Column("number", Text(collation="NOCASE"), primary_key=True),
    Column("ticket_id", Text, ForeignKey("ticket.id"), nullable=False),
)

known_import = Table(
    "known_import",
    metadata,
    Column("source", Text, primary_key=True),
    Column("external_id", Text, primary_key=True),
    Column("ticket_id", Text, ForeignKey("ticket.id"), nullable=False),
    _text("mark"),
)

number_lease = Table(
    "number_lease",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("next", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", Text(collation="NOCASE"), primary_key=True),
    Column("name", Text(collation="NOCASE"), nullable=False),
    Column("state", Text, nullable=False),
)

client = Table(
    "client",
    metadata,
    Column("name", Text(collation="NOCASE"), primary_key=True),
    Column("state", Text, nullable=False),
)

contact = Table(
    "contact",
    metadata,
    Column("client", Text(collation="NOCASE"), primary_key=True),
    Column("name", Text(collation="NOCASE"), primary_key=True),
    Column("state", Text, nullable=False),
    Index("contact_name", "name"),
)

draft = Table(
    "draft",
    metadata,
    Column("ticket_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("shown_seq", Integer, nullable=False),
    Column("at", Integer, nullable=False),
)

view = Table(
    "view",
    metadata,
    Column("id", Text, primary_key=True),
    _text("name"),
    _text("filter"),
    _text("sort"),
    _int("position"),
)

warning = Table(
    "warning",
    metadata,
    Column("ticket_id", Text, primary_key=True),
    Column("clock", Text, primary_key=True),
    Column("level", Text, primary_key=True),
    Column("until", Integer),
    Column("acknowledged_at", Integer),
    _text("by"),
    _text("reason"),
)

# Search: one document per ticket, rowid = ticket.rid.
_WORDS = """
CREATE VIRTUAL TABLE words USING fts5(
  number, subject, client, contact, text,
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
)"""

# History is never edited: the database itself refuses.
_GUARDS = (
    """
CREATE TRIGGER journal_keeps BEFORE UPDATE OF
  seq, op_id, cseq, ticket_id, kind, v, base_seq, at, "by", events ON journal
BEGIN SELECT RAISE(ABORT, 'history is never edited'); END""",
    """
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'history is never edited'); END""",
)


# Notes come one at a time: merge the index less often, so that no single act pays for many.
_CALM = "INSERT INTO words (words, rank) VALUES ('automerge', 8)"


# When some rule of the policy acts next. 0 stands for "not worked out yet": the first run of the
# rules does that, from the history, for every ticket that was there before.
RULES_AT = (
    "ALTER TABLE ticket ADD COLUMN rule_at INTEGER",
    "CREATE INDEX ticket_rule ON ticket (rule_at) WHERE rule_at IS NOT NULL",
    "UPDATE ticket SET rule_at = 0 WHERE ended IN ('', 'resolved')",
)

# Who holds how many is told whenever a ticket is opened.
HELD = ("CREATE INDEX ticket_held ON ticket (assignee) WHERE ended = ''",)


def first_schema() -> tuple[str, ...]:
    """The statements that make an empty file a replica of version 1.0."""
    made: list[str] = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=_dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=_dialect)) for index in indexes]
    return (*made, _WORDS, _CALM, *_GUARDS)
