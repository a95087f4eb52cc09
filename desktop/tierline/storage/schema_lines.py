"""Version 1.2 of the replica: it can be one of many, its journal a copy of the hub's log.

An act of this console has a positive `cseq`; every other row has minus its own `seq` there. A
row's `events` stay as they were written, `merged` is what the log has in their place.
"""

from __future__ import annotations

_COLUMNS = (
    "mine INTEGER NOT NULL DEFAULT 1",
    "console_id TEXT NOT NULL DEFAULT ''",
    "hub_seq INTEGER",
    "seen_seq INTEGER NOT NULL DEFAULT 0",
    "merged TEXT",
    "why TEXT NOT NULL DEFAULT ''",
)
_JOURNAL = (
    *(f"ALTER TABLE journal ADD COLUMN {column}" for column in _COLUMNS),
    "CREATE INDEX journal_line ON journal (hub_seq) WHERE hub_seq IS NOT NULL",
    "CREATE INDEX journal_pending ON journal (cseq) WHERE state = 'pending'",
    "CREATE INDEX journal_waiting ON journal (ticket_id) WHERE state = 'pending'",
    "CREATE INDEX journal_odd ON journal (state) WHERE state NOT IN ('pending', 'acked')",
    "DROP TRIGGER journal_keeps",
    """
CREATE TRIGGER journal_keeps BEFORE UPDATE OF
  seq, ticket_id, v, base_seq, at, "by", events, mine ON journal
BEGIN SELECT RAISE(ABORT, 'history is never edited'); END""",
    """
CREATE TRIGGER journal_voids BEFORE UPDATE OF op_id, kind ON journal WHEN NEW.kind <> 'void'
BEGIN SELECT RAISE(ABORT, 'history is never edited'); END""",
)
# Two consoles may have told the same number or imported the same ticket before they knew of each
# other: that must not stop a line, so neither is unique any more.
_TICKET = (
    """
CREATE TABLE ticket_2 (
  rid INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number TEXT COLLATE NOCASE NOT NULL,
  digits INTEGER,
  seq INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
  tier INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT '',
  phase TEXT NOT NULL DEFAULT '',
  ended TEXT NOT NULL DEFAULT '',
  status_why TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL DEFAULT '',
  client TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  assignee TEXT NOT NULL DEFAULT '',
  team TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '',
  type TEXT NOT NULL DEFAULT '',
  policy TEXT NOT NULL DEFAULT '',
  escalated INTEGER NOT NULL DEFAULT 0,
  replied INTEGER NOT NULL DEFAULT 0,
  first_contact INTEGER NOT NULL DEFAULT 0,
  timer_by TEXT NOT NULL DEFAULT '',
  until INTEGER,
  logged_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  resolved_at INTEGER,
  act_at INTEGER,
  due_at INTEGER,
  warn_at INTEGER,
  source TEXT,
  external_id TEXT,
  deadlines TEXT NOT NULL,
  state TEXT NOT NULL,
  rule_at INTEGER,
  hub_seq INTEGER NOT NULL DEFAULT 0
)""",
    "INSERT INTO ticket_2 SELECT *, 0 FROM ticket",
    "DROP TABLE ticket",
    "ALTER TABLE ticket_2 RENAME TO ticket",
    "CREATE INDEX ticket_number ON ticket (number)",
    "CREATE INDEX ticket_external ON ticket (source, external_id) WHERE source IS NOT NULL",
    "CREATE INDEX ticket_digits ON ticket (digits)",
    "CREATE INDEX ticket_changed ON ticket (changed_at)",
    "CREATE INDEX ticket_contact ON ticket (client, contact)",
    """
CREATE INDEX ticket_open ON ticket (act_at, priority, number, tier, assignee, phase, escalated,
  due_at, warn_at, client, status, id, ended) WHERE ended = ''""",
    """
CREATE INDEX ticket_tally ON ticket (tier, priority, assignee, phase, escalated, due_at, ended)
  WHERE ended = ''""",
    "CREATE INDEX ticket_timer ON ticket (timer_by) WHERE timer_by != ''",
    "CREATE INDEX ticket_warn ON ticket (warn_at) WHERE ended = ''",
    "CREATE INDEX ticket_ended ON ticket (ended, resolved_at)",
    "CREATE INDEX ticket_rule ON ticket (rule_at) WHERE rule_at IS NOT NULL",
    """CREATE INDEX ticket_letters ON ticket (rid) WHERE instr(state, '"outbox":[') > 0""",
    """CREATE INDEX ticket_tasks ON ticket (rid) WHERE instr(state, '"tasks":[') > 0""",
    """CREATE INDEX ticket_conflicts ON ticket (rid) WHERE instr(state, '"conflicts":[') > 0""",
)
LINES = (
    *_JOURNAL,
    *_TICKET,
    "CREATE TABLE chain (seq INTEGER NOT NULL PRIMARY KEY, hash TEXT NOT NULL)",
    "CREATE TABLE policy (name TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL)",
)
# Version 1.6: acts that the hub had before, perhaps from a copy of this desk, and whose lines have
# not come: they stand behind the log like those that wait.
PLACES = (
    """
CREATE INDEX journal_unplaced ON journal (ticket_id) WHERE state = 'acked' AND hub_seq IS NULL""",
)
