"""Version 1.3 of the replica: it remembers which alarms each person was told, and how.

`alarm` is one alarm (a run of a ticket's clock at a threshold) as a person was told it, `notice`
one pop-up and what became of it. Both are of this console alone and never travel. Tickets that
somebody snoozed an alarm of, or acknowledged it, are found by an index.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

ANSWERED = """instr(state, '"alarm_answers":[') > 0"""

_told = MetaData()
alarm = Table(
    "alarm",
    _told,
    Column("person", Text, primary_key=True),
    Column("ticket_id", Text, primary_key=True),
    Column("clock", Text, primary_key=True),
    Column("run", Text, primary_key=True),
    Column("threshold", Text, primary_key=True),
    Column("notice", Text, nullable=False),
    Column("told_at", Integer, nullable=False),
    Column("gone_at", Integer),
    Column("back_at", Integer),
)
notice = Table(
    "notice",
    _told,
    Column("person", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("level", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("counts", Integer, nullable=False),
    Column("how", Text, nullable=False),
    Column("problem", Text, nullable=False),
)
ALARMS = (
    """
CREATE TABLE alarm (
  person TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  clock TEXT NOT NULL,
  run TEXT NOT NULL,
  threshold TEXT NOT NULL,
  notice TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  gone_at INTEGER,
  back_at INTEGER,
  PRIMARY KEY (person, ticket_id, clock, run, threshold)
) WITHOUT ROWID""",
    """
CREATE TABLE notice (
  person TEXT NOT NULL,
  key TEXT NOT NULL,
  level TEXT NOT NULL,
  at INTEGER NOT NULL,
  counts INTEGER NOT NULL,
  how TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (person, key)
) WITHOUT ROWID""",
    f"CREATE INDEX ticket_answers ON ticket (rid) WHERE {ANSWERED}",
    # 0 stands for "not worked out yet": the rules' next run works each open ticket out anew, and
    # with it the instants of its alarms.
    "UPDATE ticket SET rule_at = 0 WHERE ended = ''",
)
