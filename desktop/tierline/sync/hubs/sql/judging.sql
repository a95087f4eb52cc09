-- The checks of `judging.py` and `rights.py`, for the function push: order and rights, no process.

CREATE FUNCTION now_us() RETURNS bigint LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint $$;

CREATE FUNCTION role_of(login text) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  -- Who keeps the hub could do anything anyway.
  SELECT coalesce(
    (SELECT CASE name WHEN 'owner' THEN 'admin' ELSE name END
     FROM unnest(ARRAY['owner', 'admin', 'lead', 'technician', 'wallboard', 'bi'])
       WITH ORDINALITY AS role(name, place)
     WHERE pg_has_role(login, 'tierline_' || name, 'member')
     ORDER BY place LIMIT 1),
    '')
$$;

CREATE FUNCTION rank_of(role text) RETURNS int LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE role WHEN 'technician' THEN 1 WHEN 'lead' THEN 2 WHEN 'admin' THEN 3 ELSE 0 END $$;

CREATE FUNCTION in_directory(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT kind IN ('person', 'client', 'contact', 'policy', 'template') $$;

CREATE FUNCTION chained(before text, l log) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', before, l.seq, l.op_id, l.console_id, l.cseq,
    l.ticket_id, l.kind, l.v, l.author, l.at, l.received_at, l.base_seq, l.seen_seq,
    l.restricted::int, encode(sha256(convert_to(l.payload, 'UTF8')), 'hex')), 'UTF8')), 'hex')
$$;

CREATE FUNCTION line_json(l lines) RETURNS json LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
  SELECT json_build_object('seq', l.seq, 'op_id', l.op_id, 'console_id', l.console_id,
    'cseq', l.cseq, 'ticket_id', l.ticket_id, 'kind', l.kind, 'v', l.v, 'author', l.author,
    'at', l.at, 'received_at', l.received_at, 'base_seq', l.base_seq, 'seen_seq', l.seen_seq,
    'payload', l.payload, 'chain', l.chain, 'restricted', l.restricted)
$$;

CREATE FUNCTION offered(offers json) RETURNS SETOF offer LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
  SELECT coalesce(op_id, ''), coalesce(cseq, 0), coalesce(ticket_id, ''), coalesce(kind, ''),
    coalesce(at, 0), coalesce(payload, ''), coalesce(base_seq, 0), coalesce(seen_seq, 0),
    coalesce(v, 1), coalesce("row", ''), coalesce(number, ''), coalesce(open, true),
    coalesce(restricted, false)
  FROM json_to_recordset(offers) AS x(op_id text, cseq bigint, ticket_id text, kind text,
    at bigint, payload text, base_seq bigint, seen_seq bigint, v int, "row" text, number text,
    open boolean, restricted boolean)
$$;

-- JSON as PostgreSQL can look into it: its text cannot hold the character that \u0000 stands for.
CREATE FUNCTION readable(told text) RETURNS json LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN position('\u0000' IN told) = 0 THEN told
    ELSE regexp_replace(told, '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g') END::json
$$;

CREATE FUNCTION unreadable(o offer) RETURNS text LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  payload json;
BEGIN
  -- An index holds no more, and one entry must not stop a console for good.
  IF octet_length(o.op_id) > 200 OR octet_length(o.ticket_id) > 2000 THEN
    RETURN 'Its name is too long.';
  END IF;
  payload := readable(o.payload);
  IF o."row" <> '' AND json_typeof(readable(o."row")) <> 'object' THEN
    RETURN 'Its content is not a ticket''s.';
  END IF;
  IF NOT in_directory(o.kind) AND o.v <= 1 AND (
    json_typeof(payload) <> 'array'
    OR EXISTS (SELECT 1 FROM json_array_elements(payload) e WHERE json_typeof(e) <> 'object')
  ) THEN
    RETURN 'Its content is not a ticket''s.';
  END IF;
  RETURN '';
EXCEPTION WHEN OTHERS THEN
  RETURN 'Its content is no JSON.';
END $$;

-- An entry must not pass for one of another kind, nor for a ticket; nor a ticket for one.
CREATE FUNCTION misnamed(o offer) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
  SELECT CASE WHEN
    CASE WHEN o.ticket_id LIKE '%/%' AND in_directory(split_part(o.ticket_id, '/', 1))
      THEN split_part(o.ticket_id, '/', 1) ELSE '' END
    = CASE WHEN in_directory(o.kind) THEN o.kind ELSE '' END
    THEN '' ELSE 'It goes by the name of something else.' END
$$;

-- A text of a person's entry; NULL for what is no text, or hides from PostgreSQL behind \u0000.
CREATE FUNCTION said(told text, field text, usual text) RETURNS text LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  entry json;
BEGIN
  entry := told::json;
  IF position('\u0000' IN told) > 0 OR json_typeof(entry) <> 'object' THEN
    RETURN NULL;
  END IF;
  RETURN CASE WHEN entry -> field IS NULL THEN usual
    WHEN json_typeof(entry -> field) = 'string' THEN entry ->> field END;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END $$;

CREATE FUNCTION own(login text, o offer) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  before text := (SELECT l.payload FROM directory d JOIN lines l ON l.seq = d.seq
    WHERE d.id = o.ticket_id);
BEGIN
  IF said(o.payload, 'id', '') IS DISTINCT FROM login THEN
    RETURN false;
  END IF;
  -- Small letters beyond ASCII are up to a database's locale: there the grant's own entry counts.
  RETURN CASE WHEN before IS NULL THEN o.ticket_id = 'person/' ||
      replace(replace(lower(login COLLATE "C"), '%', '%25'), '/', '%2F')
    ELSE said(before, 'id', '') IS NOT DISTINCT FROM login END;
END $$;

-- A role that others trust is the hub's: no entry says another, an admin's neither.
CREATE FUNCTION misfit(o offer) RETURNS text LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  person text := coalesce(said(o.payload, 'id', ''), '');
  role text := said(o.payload, 'role', 'technician');
  given text := '';
BEGIN
  IF person = '' OR role IS NULL THEN
    RETURN 'Its content is not a person''s.';
  END IF;
  IF EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = person) THEN
    given := role_of(person);
  END IF;
  IF rank_of(given) > 0 AND role <> given THEN
    RETURN format('%s is %s on this hub, not %s. Its keeper changes that: tierline hub grant.',
      person, given, role);
  END IF;
  RETURN '';
END $$;

CREATE FUNCTION forged(login text, role text, o offer) RETURNS text LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  payload json := readable(o.payload);
  other text;
BEGIN
  -- A lead vouches for what others did; the line's author says who.
  IF rank_of(role) >= 2 OR json_typeof(payload) <> 'array' THEN
    RETURN '';
  END IF;
  SELECT e ->> 'by' INTO other FROM json_array_elements(payload) e
    WHERE json_typeof(e) = 'object' AND coalesce(e ->> 'kind', '') <> 'time'
      AND coalesce(e ->> 'by', '') NOT IN ('', login) LIMIT 1;
  RETURN coalesce('It is signed by ' || other || ', and came from ' || login || '.', '');
EXCEPTION WHEN OTHERS THEN
  RETURN 'Its content is no JSON.';
END $$;

CREATE FUNCTION refusal(login text, role text, o offer, restricted boolean) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  needed text;
  why text;
BEGIN
  IF restricted AND rank_of(role) < 2 THEN
    RETURN 'Only leads work on this ticket.';
  END IF;
  SELECT k.role INTO needed FROM kind_right k
    WHERE k.kind = o.kind OR (k.kind = 'restrict' AND o.restricted <> restricted)
    ORDER BY rank_of(k.role) DESC LIMIT 1;
  IF o.kind = 'person' AND own(login, o) THEN
    needed := '';
  END IF;
  IF rank_of(role) < rank_of(coalesce(needed, '')) THEN
    RETURN format('"%s" needs the role %s; %s is %s.', o.kind, needed, login, role);
  END IF;
  why := unreadable(o);
  why := CASE WHEN why <> '' THEN why ELSE misnamed(o) END;
  why := CASE WHEN why <> '' THEN why ELSE forged(login, role, o) END;
  RETURN CASE WHEN why = '' AND o.kind = 'person' THEN misfit(o) ELSE why END;
END $$;

CREATE FUNCTION figures(version text) RETURNS int[] LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(f), '{}') FROM (
    SELECT found[1]::int AS f FROM regexp_matches(version, '\d{1,9}', 'g') AS found LIMIT 3) each
$$;

CREATE FUNCTION hold_off_ms(now bigint) RETURNS int LANGUAGE sql STABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
  SELECT CASE WHEN count(*) <= 50 THEN 0 WHEN count(*) <= 300 THEN 50 ELSE 100 END
  FROM console WHERE seen > now - 90000000
$$;
