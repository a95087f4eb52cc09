"""Lines as PostgreSQL gives them, and the queries that read them under the asker's own rights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tierline.domain.log import Line

FIELDS = Line.__struct_fields__
LINE = ", ".join(f"l.{name}" for name in FIELDS)
PULL = f"""
SELECT h.seq, h.chain, h.safe_seq, h.first_seq, coalesce(c.last_cseq, 0), {LINE}
FROM tierline.hub h
LEFT JOIN tierline.console c ON c.console_id = %s
LEFT JOIN LATERAL (
  SELECT * FROM tierline.log WHERE log.seq > %s ORDER BY log.seq LIMIT %s) l ON true
ORDER BY l.seq"""
PAGE = """
SELECT id, last_seq, "row" FROM tierline.ticket
WHERE {} AND id > %s ORDER BY id LIMIT %s"""
HOW_MANY = "SELECT count(*) FROM tierline.ticket"
SOME = 'SELECT id, last_seq, "row" FROM tierline.ticket WHERE id = ANY (%s) ORDER BY id'
HISTORIES = f"""
SELECT {LINE} FROM tierline.lines l WHERE l.ticket_id = ANY (%s) ORDER BY l.ticket_id, l.seq"""
DIRECTORY = f"""
SELECT {LINE} FROM tierline.directory d JOIN tierline.lines l ON l.seq = d.seq
WHERE d.id > %s ORDER BY d.id LIMIT %s"""
EVERY_LINE = f"SELECT {LINE} FROM tierline.lines l WHERE l.seq > %s ORDER BY l.seq LIMIT %s"
EVERY_TICKET = """
SELECT id, last_seq, "row" FROM tierline.ticket WHERE id > %s ORDER BY id LIMIT %s"""


def line_of(row: Sequence[Any]) -> Line:
    """A line from the columns `LINE`."""
    return Line(**dict(zip(FIELDS, row, strict=True)))
