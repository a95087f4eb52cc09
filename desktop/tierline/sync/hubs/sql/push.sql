-- The one way into the log.

CREATE FUNCTION trouble(c console, h hub, login text, offers json, OUT what text, OUT why text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  o offer;
  last bigint := c.last_cseq;
  known text;
  here jsonb := '{}';
BEGIN
  what := '';
  why := '';
  IF c.login <> login THEN
    what := 'forked';
    why := format('This console is %s''s.', c.login);
    RETURN;
  END IF;
  FOR o IN SELECT * FROM offered(offers) LOOP
    IF last = c.last_cseq AND here = '{}' AND outdated(h, c, o.at) THEN
      what := 'outdated';
      why := format('New acts need Tierline %s or newer.', h.least);
      RETURN;
    END IF;
    IF o.cseq > last + 1 THEN
      what := 'gap';
      why := format('Offer %s is missing.', last + 1);
      RETURN;
    END IF;
    IF o.cseq <= c.last_cseq THEN
      known := (recorded(c.console_id, o.cseq)).op_id;
    ELSE
      known := coalesce(here ->> o.cseq::text, o.op_id);
    END IF;
    IF known IS DISTINCT FROM o.op_id THEN
      what := 'forked';
      why := format('Offer %s was another act.', o.cseq);
      RETURN;
    END IF;
    here := here || jsonb_build_object(o.cseq, o.op_id);
    last := greatest(last, o.cseq);
  END LOOP;
END $$;

CREATE FUNCTION outdated(h hub, c console, at bigint) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, tierline, pg_temp AS
$$ SELECT h.least <> '' AND figures(c.version) < figures(h.least) AND at >= h.least_since $$;

CREATE FUNCTION recorded(console text, number bigint) RETURNS answer LANGUAGE sql STABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
  SELECT l.console_id, l.cseq, l.op_id, 'known', l.seq, '', '{}'::json FROM lines l
    WHERE l.console_id = console AND l.cseq = number
  UNION ALL
  SELECT a.* FROM answer a WHERE a.console_id = console AND a.cseq = number
  LIMIT 1
$$;

CREATE FUNCTION answered(number bigint, outcome text, seq bigint DEFAULT 0, why text DEFAULT '',
  lines json DEFAULT '[]') RETURNS json LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT json_build_object('cseq', number, 'outcome', outcome, 'seq', seq, 'why', why,
    'lines', lines)
$$;

-- What reports ask for, out of a row that a console sent; nothing when it cannot be read.
CREATE FUNCTION facts(told text) RETURNS ticket LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  whole json := readable(told);
  state json := whole -> 'state';
  t ticket;
BEGIN
  t.subject := state ->> 'subject';
  t.client := state ->> 'client';
  t.contact := state ->> 'contact';
  t.status := state ->> 'status';
  t.priority := (state ->> 'priority')::int;
  t.tier := (state ->> 'tier')::int;
  t.assignee := state ->> 'assignee';
  t.team := state ->> 'group';
  t.type := coalesce(state ->> 'type', 'incident');
  t.category := state ->> 'category';
  t.policy := state ->> 'policy';
  t.logged_at := (state ->> 'logged_at')::timestamptz;
  t.resolved_at := (state ->> 'resolved_at')::timestamptz;
  t.due_at := (whole ->> 'due_at')::timestamptz;
  RETURN t;
EXCEPTION WHEN OTHERS THEN
  RETURN t;
END $$;

CREATE FUNCTION write_row(l log, o offer) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  t ticket;
BEGIN
  IF o."row" = '' THEN
    UPDATE ticket SET last_seq = l.seq WHERE id = l.ticket_id;
    RETURN;
  END IF;
  t := facts(o."row");
  t.id := l.ticket_id;
  t.last_seq := l.seq;
  t.open := o.open;
  t.restricted := o.restricted;
  t.number := o.number;
  t."row" := o."row";
  INSERT INTO ticket (id, last_seq, open, restricted, number, subject, client, contact, status,
      priority, tier, assignee, team, type, category, policy, logged_at, resolved_at, due_at, "row")
    VALUES (t.id, t.last_seq, t.open, t.restricted, t.number, t.subject, t.client, t.contact,
      t.status, t.priority, t.tier, t.assignee, t.team, t.type, t.category, t.policy, t.logged_at,
      t.resolved_at, t.due_at, t."row")
  ON CONFLICT (id) DO UPDATE SET (last_seq, open, restricted, number, subject, client, contact,
      status, priority, tier, assignee, team, type, category, policy, logged_at, resolved_at,
      due_at, "row")
    = (excluded.last_seq, excluded.open, excluded.restricted, excluded.number, excluded.subject,
      excluded.client, excluded.contact, excluded.status, excluded.priority, excluded.tier,
      excluded.assignee, excluded.team, excluded.type, excluded.category, excluded.policy,
      excluded.logged_at, excluded.resolved_at, excluded.due_at, excluded."row");
END $$;

CREATE FUNCTION append(l log, o offer, was_restricted boolean, is_new boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  leased text[];
BEGIN
  INSERT INTO log (seq, op_id, console_id, cseq, ticket_id, kind, v, author, at, received_at,
      base_seq, seen_seq, payload, chain, restricted, hidden)
    VALUES (l.seq, l.op_id, l.console_id, l.cseq, l.ticket_id, l.kind, l.v, l.author, l.at,
      l.received_at, l.base_seq, l.seen_seq, l.payload, l.chain, l.restricted, l.restricted);
  IF in_directory(l.kind) THEN
    INSERT INTO directory VALUES (l.ticket_id, l.seq)
      ON CONFLICT (id) DO UPDATE SET seq = excluded.seq;
    RETURN;
  END IF;
  PERFORM write_row(l, o);
  IF was_restricted <> o.restricted AND NOT is_new THEN
    UPDATE log SET hidden = o.restricted WHERE ticket_id = l.ticket_id;
    UPDATE log_archive SET hidden = o.restricted WHERE ticket_id = l.ticket_id;
  END IF;
  IF octet_length(o.number) BETWEEN 1 AND 200 THEN
    INSERT INTO number VALUES (lower(o.number), l.ticket_id) ON CONFLICT DO NOTHING;
  END IF;
  leased := regexp_match(o.number, '^([^0-9]{0,12})([0-9]{1,9})$');
  IF is_new AND leased IS NOT NULL THEN
    INSERT INTO lease AS known VALUES (leased[1], leased[2]::bigint + 1)
      ON CONFLICT (prefix) DO UPDATE SET next = greatest(known.next, excluded.next);
  END IF;
END $$;

CREATE FUNCTION line_of(o offer, seq bigint, console text, author text, now bigint) RETURNS log
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  l log;
BEGIN
  l.seq := seq;
  l.op_id := o.op_id;
  l.console_id := console;
  l.cseq := o.cseq;
  l.ticket_id := o.ticket_id;
  l.kind := o.kind;
  l.v := o.v;
  l.author := author;
  l.at := least(o.at, now);
  l.received_at := now;
  l.base_seq := o.base_seq;
  l.seen_seq := o.seen_seq;
  l.payload := o.payload;
  l.restricted := o.restricted;
  RETURN l;
END $$;

CREATE FUNCTION push(console text, offers json) RETURNS json
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  who text := session_user;
  role text := role_of(session_user);
  h hub;
  c console;
  o offer;
  a answer;
  t ticket;
  l log;
  now bigint;
  bad record;
  answers json[] := '{}';
  refused text[] := '{}';
  ended boolean := false;
  seen bigint;
  reason text;
  held int;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'push needs READ COMMITTED' USING ERRCODE = '25001';
  END IF;
  IF rank_of(role) = 0 THEN
    RETURN json_build_object('answers', '[]'::json, 'seq', 0, 'last_cseq', 0,
      'trouble', 'revoked', 'why', format('The login %s may not write to this hub.', who));
  END IF;
  IF current_setting('synchronous_commit') IN ('off', 'local') THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  SELECT * INTO h FROM hub FOR UPDATE;
  INSERT INTO console (console_id, login) VALUES (push.console, who) ON CONFLICT DO NOTHING;
  SELECT * INTO c FROM console k WHERE k.console_id = push.console;
  now := now_us();
  bad := trouble(c, h, who, offers);
  IF bad.what <> '' THEN
    RETURN json_build_object('answers', '[]'::json, 'seq', h.seq, 'last_cseq', c.last_cseq,
      'trouble', bad.what, 'why', bad.why);
  END IF;

  FOR o IN SELECT * FROM offered(offers) LOOP
    IF ended OR o.ticket_id = ANY (refused) OR outdated(h, c, o.at) THEN
      ended := true;
      answers := answers || answered(o.cseq, 'later');
      CONTINUE;
    END IF;
    IF o.cseq <= c.last_cseq THEN
      a := recorded(c.console_id, o.cseq);
      IF a.outcome = 'refused' THEN
        refused := refused || o.ticket_id;
      END IF;
      answers := answers || answered(o.cseq, a.outcome, a.seq, a.why);
      CONTINUE;
    END IF;
    SELECT x.seq INTO seen FROM lines x WHERE x.op_id = o.op_id;
    IF FOUND THEN
      INSERT INTO answer VALUES
        (c.console_id, o.cseq, o.op_id, 'known', seen, '', row_to_json(o));
      answers := answers || answered(o.cseq, 'known', seen);
      c.last_cseq := o.cseq;
      CONTINUE;
    END IF;
    SELECT * INTO t FROM ticket x WHERE x.id = o.ticket_id;
    IF NOT FOUND THEN
      t.last_seq := 0;
      t.restricted := false;
    END IF;
    IF o."row" = '' THEN
      o.restricted := t.restricted;
    END IF;
    reason := refusal(who, role, o, t.restricted);
    IF reason = '' AND NOT in_directory(o.kind) AND t.last_seq <> o.base_seq AND (
      o.base_seq > t.last_seq OR EXISTS (SELECT 1 FROM lines x WHERE x.ticket_id = o.ticket_id
        AND x.seq > o.base_seq AND x.console_id <> c.console_id)
    ) THEN
      ended := true;
      answers := answers || answered(o.cseq, 'stale', lines => (
        SELECT coalesce(json_agg(line_json(x) ORDER BY x.seq), '[]') FROM lines x
        WHERE x.ticket_id = o.ticket_id AND x.seq > o.base_seq));
      CONTINUE;
    END IF;
    IF reason = '' AND o."row" = '' AND NOT in_directory(o.kind) THEN
      reason := CASE WHEN t.last_seq = 0 THEN 'It begins a ticket without saying how it stands.'
        WHEN o.kind = 'restrict'
          THEN 'It says who may read a ticket that its console cannot read itself.'
        ELSE '' END;
    END IF;
    c.last_cseq := o.cseq;
    IF reason <> '' THEN
      INSERT INTO answer VALUES
        (c.console_id, o.cseq, o.op_id, 'refused', 0, reason, row_to_json(o));
      answers := answers || answered(o.cseq, 'refused', 0, reason);
      refused := refused || o.ticket_id;
      CONTINUE;
    END IF;
    l := line_of(o, h.seq + 1, c.console_id, who, now);
    l.chain := chained(h.chain, l);
    PERFORM append(l, o, t.restricted, t.last_seq = 0);
    h.seq := l.seq;
    h.chain := l.chain;
    answers := answers || answered(o.cseq, 'taken', l.seq);
  END LOOP;

  UPDATE console k SET last_cseq = c.last_cseq, seen = now WHERE k.console_id = c.console_id;
  UPDATE hub SET seq = h.seq, chain = h.chain;
  held := announce(hold_off_ms(now), now);
  RETURN json_build_object('answers', array_to_json(answers), 'seq', h.seq,
    'last_cseq', c.last_cseq, 'held_ms', held);
END $$;
