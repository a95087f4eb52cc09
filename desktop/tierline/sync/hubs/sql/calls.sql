-- What consoles call beside push.

-- Tell everybody that lines were added, with the lines when they are small and nobody's secret.
-- Anyone may NOTIFY: each announcement shows the token whose hash the one before has told, so that
-- nobody else's is taken for the hub's. Returns the milliseconds it was held off, 0 when told.
CREATE FUNCTION announce(hold_ms int, now bigint) RETURNS int LANGUAGE plpgsql
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  h hub;
  shown text;
  fresh text := gen_random_uuid()::text || gen_random_uuid()::text;
  told json := '[]';
  hidden boolean;
  body text;
BEGIN
  SELECT * INTO h FROM hub;
  IF h.seq = h.announced_seq THEN
    RETURN 0;
  END IF;
  IF hold_ms > 0 AND now - h.announced_at < hold_ms * 1000 AND now >= h.announced_at THEN
    RETURN hold_ms;
  END IF;
  SELECT token INTO shown FROM secret;
  h.next_token := encode(sha256(convert_to(fresh, 'UTF8')), 'hex');
  IF h.seq - h.announced_seq <= 50 THEN
    SELECT coalesce(json_agg(line_json(l) ORDER BY l.seq), '[]'), bool_or(l.hidden)
      INTO told, hidden FROM lines l WHERE l.seq > h.announced_seq;
  END IF;
  body := announcement(h, shown, CASE WHEN hidden THEN '[]' ELSE told END);
  IF octet_length(body) > 7500 THEN
    body := announcement(h, shown, '[]');
  END IF;
  UPDATE secret SET token = fresh;
  UPDATE hub SET announced_seq = h.seq, announced_at = now, next_token = h.next_token;
  PERFORM pg_notify('tierline', body);
  RETURN 0;
END $$;

CREATE FUNCTION announcement(h hub, shown text, lines json) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT json_build_object('token', shown, 'next', h.next_token, 'before', h.announced_seq,
    'seq', h.seq, 'chain', h.chain, 'lines', lines)::text
$$;

-- The trailing edge of a hold-off: whoever was told to hold an announcement back calls this.
CREATE FUNCTION flush() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, tierline, pg_temp AS $$
BEGIN
  PERFORM 1 FROM hub FOR UPDATE;
  PERFORM announce(hold_off_ms(now_us()), now_us());
END $$;

-- The timeline only grows: a promoted standby's is higher by itself, and a server that was filled
-- from a dump counts on from what the one before had reached.
CREATE FUNCTION timeline() RETURNS int LANGUAGE plpgsql
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  h hub;
  here text := (SELECT system_identifier::text FROM pg_control_system());
  line int := ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int;
BEGIN
  SELECT * INTO h FROM hub;
  IF h.system_id <> here OR h.timeline_seen < line THEN
    PERFORM 1 FROM hub FOR UPDATE;
    UPDATE hub SET
      timeline_base = CASE WHEN system_id IN ('', here) THEN timeline_base
        ELSE timeline_base + timeline_seen END,
      timeline_seen = line, system_id = here
      RETURNING * INTO h;
  END IF;
  RETURN h.timeline_base + line;
END $$;

CREATE FUNCTION chain_at(number bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, tierline, pg_temp AS $$
  SELECT CASE WHEN number = 0 THEN repeat('0', 64)
    ELSE coalesce((SELECT l.chain FROM lines l WHERE l.seq = number), '') END
$$;

CREATE FUNCTION hub_version() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, tierline, pg_temp AS
$$ SELECT schema FROM hub $$;

CREATE FUNCTION hello(console text, program text, machine text, cursor bigint) RETURNS json
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  who text := session_user;
  line int := timeline();
  now bigint := now_us();
  h hub;
  c console;
BEGIN
  INSERT INTO console AS k (console_id, login, version, name, seen)
    VALUES (console, who, program, machine, now)
    ON CONFLICT (console_id) DO UPDATE SET version = program, name = machine, seen = now
    WHERE k.login = who;
  SELECT * INTO c FROM console k WHERE k.console_id = hello.console;
  SELECT * INTO h FROM hub;
  RETURN json_build_object('hub_id', h.hub_id, 'timeline', line, 'seq', h.seq,
    'chain', chain_at(cursor), 'last_cseq', c.last_cseq, 'safe_seq', h.safe_seq,
    'schema', h.schema, 'now', now, 'login', who, 'role', role_of(who), 'least', h.least,
    'first_seq', h.first_seq, 'hold_off_ms', hold_off_ms(now));
END $$;

CREATE FUNCTION beat(console text, viewing json) RETURNS json
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  who text := session_user;
  sees_all boolean := rank_of(role_of(session_user)) >= 2;
  now bigint := now_us();
  h hub;
  last bigint;
  others json;
BEGIN
  UPDATE console k SET seen = now WHERE k.console_id = beat.console AND k.login = who
    RETURNING k.last_cseq INTO last;
  DELETE FROM presence p WHERE p.console_id = beat.console AND p.login = who;
  INSERT INTO presence
    SELECT beat.console, v.ticket_id, who, v.mode, now
    FROM json_to_recordset(viewing) AS v(ticket_id text, mode text)
    ON CONFLICT DO NOTHING;
  SELECT coalesce(json_agg(json_build_object('ticket_id', p.ticket_id, 'login', p.login,
      'mode', p.mode) ORDER BY p.console_id, p.ticket_id), '[]') INTO others
    FROM presence p
    WHERE p.console_id <> beat.console AND p.at > now - 45000000
      AND p.ticket_id IN (SELECT v.ticket_id
        FROM json_to_recordset(viewing) AS v(ticket_id text))
      AND (sees_all
        OR NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = p.ticket_id AND t.restricted));
  SELECT * INTO h FROM hub;
  RETURN json_build_object('now', now, 'seq', h.seq, 'last_cseq', coalesce(last, 0),
    'safe_seq', h.safe_seq, 'hold_off_ms', hold_off_ms(now), 'present', others);
END $$;

CREATE FUNCTION lease(console text, wanted text, size int) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  after bigint;
BEGIN
  IF size NOT BETWEEN 1 AND 1000 THEN
    RAISE EXCEPTION 'a block has 1 to 1000 numbers' USING ERRCODE = '22023';
  END IF;
  INSERT INTO lease AS known VALUES (wanted, 1 + size)
    ON CONFLICT (prefix) DO UPDATE SET next = known.next + size
    RETURNING next INTO after;
  INSERT INTO block VALUES (wanted, after - size, after - 1, console);
  RETURN ARRAY[after - size, after - 1];
END $$;

CREATE FUNCTION find(wanted text) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, tierline, pg_temp AS $$
  SELECT n.ticket_id FROM number n JOIN ticket t ON t.id = n.ticket_id
  WHERE n.number = lower(wanted)
    AND (NOT t.restricted OR rank_of(role_of(session_user)) >= 2)
  ORDER BY n.ticket_id
$$;

-- For the hub's keeper: lines up to `number` are on a backup.
CREATE FUNCTION mark_safe(number bigint) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, tierline, pg_temp AS
$$ UPDATE hub SET safe_seq = greatest(safe_seq, least(number, seq)) $$;

-- For the hub's keeper: move the lines before `number` out of the way, as many as are safe and were
-- announced; their chain stays provable. Returns how many. Consoles that are behind start anew.
CREATE FUNCTION archive(number bigint) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  h hub;
  upto bigint;
BEGIN
  SELECT * INTO h FROM hub FOR UPDATE;
  upto := least(number - 1, h.safe_seq, h.announced_seq);
  IF upto < h.first_seq THEN
    RETURN 0;
  END IF;
  INSERT INTO log_archive SELECT * FROM log l WHERE l.seq BETWEEN h.first_seq AND upto;
  INSERT INTO chain_anchor SELECT l.seq, l.chain, now_us() FROM log l WHERE l.seq = upto;
  DELETE FROM log l WHERE l.seq BETWEEN h.first_seq AND upto;
  UPDATE hub SET first_seq = upto + 1;
  RETURN upto + 1 - h.first_seq;
END $$;
