-- The bytes of attached files, in chunks. Whoever may read a line that names a file may read it.

CREATE TABLE attachment_chunk (
  sha256 text COLLATE "C" NOT NULL,
  start bigint NOT NULL,
  data bytea NOT NULL,
  PRIMARY KEY (sha256, start)
);
ALTER TABLE attachment_chunk ALTER COLUMN data SET STORAGE EXTERNAL;  -- photos do not shrink

-- Files that are whole, and whose bytes were found to be what their name says.
CREATE TABLE attachment (sha256 text COLLATE "C" PRIMARY KEY, size bigint NOT NULL);

CREATE INDEX log_attached ON log (substring(payload FROM '"sha256":"([0-9a-f]{64})"'))
  WHERE kind = 'attach';
CREATE INDEX archive_attached
  ON log_archive (substring(payload FROM '"sha256":"([0-9a-f]{64})"')) WHERE kind = 'attach';

CREATE FUNCTION file_named(file text) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  sees_all boolean := rank_of(role_of(session_user)) >= 2;
BEGIN
  RETURN EXISTS (SELECT 1 FROM log l WHERE l.kind = 'attach' AND (sees_all OR NOT l.hidden)
      AND substring(l.payload FROM '"sha256":"([0-9a-f]{64})"') = file)
    OR EXISTS (SELECT 1 FROM log_archive l WHERE l.kind = 'attach' AND (sees_all OR NOT l.hidden)
      AND substring(l.payload FROM '"sha256":"([0-9a-f]{64})"') = file);
END $$;

CREATE FUNCTION file_there(file text) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, tierline, pg_temp AS $$
  SELECT coalesce((SELECT c.start + octet_length(c.data) FROM attachment_chunk c
    WHERE c.sha256 = file ORDER BY c.start DESC LIMIT 1), 0)
$$;

CREATE FUNCTION blob_size(file text) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, tierline, pg_temp AS $$
BEGIN
  RETURN CASE WHEN file_named(file) THEN file_there(file) END;
END $$;

CREATE FUNCTION get_blob(file text, start bigint, most int) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  found attachment_chunk;
BEGIN
  IF NOT file_named(file) THEN
    RETURN '';
  END IF;
  SELECT * INTO found FROM attachment_chunk c WHERE c.sha256 = file AND c.start <= get_blob.start
    ORDER BY c.start DESC LIMIT 1;
  RETURN coalesce(substr(found.data, (get_blob.start - found.start)::int + 1, most), '');
END $$;

-- Bytes that do not follow what is there change nothing; a whole file that is wrong is forgotten.
CREATE FUNCTION put_blob(file text, start bigint, bytes bytea, whole bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  there bigint;
  after bigint := start + octet_length(bytes);
  proof text;
BEGIN
  IF rank_of(role_of(session_user)) < 1 OR NOT file_named(file) THEN
    RETURN NULL;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(file, 0));
  there := file_there(file);
  IF start <> there OR after = there OR after > least(whole, 209715200)
      OR EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = file) THEN
    RETURN there;
  END IF;
  INSERT INTO attachment_chunk VALUES (file, there, bytes);
  IF after < whole THEN
    RETURN after;
  END IF;
  SELECT encode(sha256(string_agg(c.data, ''::bytea ORDER BY c.start)), 'hex') INTO proof
    FROM attachment_chunk c WHERE c.sha256 = file;
  IF proof <> file THEN
    DELETE FROM attachment_chunk c WHERE c.sha256 = file;
    RETURN 0;
  END IF;
  INSERT INTO attachment VALUES (file, whole);
  RETURN whole;
END $$;

REVOKE ALL ON attachment, attachment_chunk FROM PUBLIC;
REVOKE ALL ON FUNCTION file_named, file_there, blob_size, get_blob, put_blob FROM PUBLIC;
GRANT EXECUTE ON FUNCTION blob_size, get_blob, put_blob
  TO tierline_technician, tierline_wallboard;
