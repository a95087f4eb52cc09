-- The log is never edited: not by a mistake, not by its owner. Whole chunks move to the archive.

CREATE FUNCTION log_keeps() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, tierline, pg_temp AS $$
DECLARE
  shown log := NEW;
BEGIN
  shown.hidden := OLD.hidden;
  IF shown IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'the log is never edited' USING ERRCODE = '55000';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION log_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, tierline, pg_temp AS $$
BEGIN
  -- Out of the log only what is in the archive, word for word; out of the archive nothing.
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'log' THEN
    IF EXISTS (SELECT 1 FROM log_archive a WHERE a.seq = OLD.seq AND ROW(a.*) = ROW(OLD.*)) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'the log is never edited' USING ERRCODE = '55000';
END $$;

CREATE FUNCTION archive_true() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, tierline, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM log l WHERE l.seq = NEW.seq AND ROW(l.*) = ROW(NEW.*)) THEN
    RAISE EXCEPTION 'only lines of the log are archived' USING ERRCODE = '55000';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER log_keeps BEFORE UPDATE ON log FOR EACH ROW EXECUTE FUNCTION log_keeps();
CREATE TRIGGER log_stays BEFORE DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_stays();
CREATE TRIGGER log_whole BEFORE TRUNCATE ON log EXECUTE FUNCTION log_stays();
CREATE TRIGGER log_keeps BEFORE UPDATE ON log_archive FOR EACH ROW EXECUTE FUNCTION log_keeps();
CREATE TRIGGER log_stays BEFORE DELETE ON log_archive FOR EACH ROW EXECUTE FUNCTION log_stays();
CREATE TRIGGER log_whole BEFORE TRUNCATE ON log_archive EXECUTE FUNCTION log_stays();
CREATE TRIGGER archive_true BEFORE INSERT ON log_archive
  FOR EACH ROW EXECUTE FUNCTION archive_true();
