-- The tables of a hub. Instants are bigint microseconds UTC; payloads and rows are text, so that
-- Python, SQLite and PostgreSQL hash the very same bytes. Ids sort by byte, whatever the locale.

CREATE TABLE hub (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  hub_id text NOT NULL,
  schema int NOT NULL,
  seq bigint NOT NULL DEFAULT 0,
  chain text NOT NULL DEFAULT repeat('0', 64),
  safe_seq bigint NOT NULL DEFAULT 0,
  first_seq bigint NOT NULL DEFAULT 1,
  least text NOT NULL DEFAULT '',
  least_since bigint NOT NULL DEFAULT 0,
  announced_seq bigint NOT NULL DEFAULT 0,
  announced_at bigint NOT NULL DEFAULT 0,
  next_token text NOT NULL DEFAULT '',
  system_id text NOT NULL DEFAULT '',
  timeline_base int NOT NULL DEFAULT 0,
  timeline_seen int NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- What the next announcement will show to prove that the hub itself makes it.
CREATE TABLE secret (one boolean PRIMARY KEY DEFAULT true CHECK (one), token text NOT NULL)
  WITH (fillfactor = 10);

-- Kinds of acts that need more than a technician's rights.
CREATE TABLE kind_right (kind text PRIMARY KEY, role text NOT NULL);
INSERT INTO kind_right VALUES ('restrict', 'lead'), ('import', 'lead'), ('infer', 'lead'),
  ('import-again', 'lead'), ('client', 'lead'), ('template', 'lead'), ('policy', 'admin'), ('person', 'admin');

CREATE TABLE console (
  console_id text COLLATE "C" PRIMARY KEY,
  login text NOT NULL,
  last_cseq bigint NOT NULL DEFAULT 0,
  version text NOT NULL DEFAULT '',
  name text NOT NULL DEFAULT '',
  seen bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE log (
  seq bigint PRIMARY KEY,
  op_id text COLLATE "C" NOT NULL UNIQUE,
  console_id text COLLATE "C" NOT NULL,
  cseq bigint NOT NULL,
  ticket_id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  v int NOT NULL,
  author text NOT NULL,
  at bigint NOT NULL,
  received_at bigint NOT NULL,
  base_seq bigint NOT NULL,
  seen_seq bigint NOT NULL,
  payload text NOT NULL,
  chain text NOT NULL,
  restricted boolean NOT NULL,
  hidden boolean NOT NULL,  -- as its ticket stands now; the rights compare this very column
  UNIQUE (console_id, cseq)
);
CREATE INDEX log_ticket ON log (ticket_id, seq);

CREATE TABLE log_archive (LIKE log INCLUDING ALL);
CREATE TABLE chain_anchor (seq bigint PRIMARY KEY, chain text NOT NULL, at bigint NOT NULL);

-- Every line, archived or not, under the rights of whoever asks.
CREATE VIEW lines WITH (security_invoker = true) AS
  SELECT * FROM log UNION ALL SELECT * FROM log_archive;

-- Offers that were counted and are no line of their own: refused, or known from elsewhere.
CREATE TABLE answer (
  console_id text COLLATE "C" NOT NULL,
  cseq bigint NOT NULL,
  op_id text COLLATE "C" NOT NULL,
  outcome text NOT NULL,
  seq bigint NOT NULL,
  why text NOT NULL,
  offer json NOT NULL,
  PRIMARY KEY (console_id, cseq)
);

-- As its console sent it ("row"); the columns beside are read out of it for queries and reports.
CREATE TABLE ticket (
  id text COLLATE "C" PRIMARY KEY,
  last_seq bigint NOT NULL,
  open boolean NOT NULL,
  restricted boolean NOT NULL,
  number text NOT NULL DEFAULT '',
  subject text,
  client text,
  contact text,
  status text,
  priority int,
  tier int,
  assignee text,
  team text,
  type text,
  category text,
  policy text,
  logged_at timestamptz,
  resolved_at timestamptz,
  due_at timestamptz,
  "row" text NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX ticket_open ON ticket (id) WHERE open;
CREATE INDEX ticket_ended ON ticket (id) WHERE NOT open;

CREATE TABLE directory (id text COLLATE "C" PRIMARY KEY, seq bigint NOT NULL);

CREATE TABLE number (
  number text COLLATE "C" NOT NULL,
  ticket_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (number, ticket_id)
);

CREATE TABLE lease (prefix text PRIMARY KEY, next bigint NOT NULL);
CREATE TABLE block (
  prefix text NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  console_id text NOT NULL,
  PRIMARY KEY (prefix, first)
);

CREATE UNLOGGED TABLE presence (
  console_id text COLLATE "C" NOT NULL,
  ticket_id text COLLATE "C" NOT NULL,
  login text NOT NULL,
  mode text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (console_id, ticket_id)
);

CREATE TYPE offer AS (
  op_id text,
  cseq bigint,
  ticket_id text,
  kind text,
  at bigint,
  payload text,
  base_seq bigint,
  seen_seq bigint,
  v int,
  "row" text,
  number text,
  open boolean,
  restricted boolean
);
