-- Who may do what. PUBLIC has nothing; technicians write through functions only.

REVOKE ALL ON ALL TABLES IN SCHEMA tierline FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tierline FROM PUBLIC;
GRANT USAGE ON SCHEMA tierline TO tierline_technician, tierline_wallboard, tierline_bi;

ALTER TABLE log ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_archive ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket ENABLE ROW LEVEL SECURITY;
ALTER TABLE console ENABLE ROW LEVEL SECURITY;
CREATE POLICY shown ON log FOR SELECT USING (NOT hidden);
CREATE POLICY shown ON log_archive FOR SELECT USING (NOT hidden);
CREATE POLICY shown ON ticket FOR SELECT USING (NOT restricted);
CREATE POLICY own ON console FOR SELECT USING (login = session_user);
CREATE POLICY whole ON log FOR SELECT TO tierline_lead USING (true);
CREATE POLICY whole ON log_archive FOR SELECT TO tierline_lead USING (true);
CREATE POLICY whole ON ticket FOR SELECT TO tierline_lead USING (true);
CREATE POLICY whole ON console FOR SELECT TO tierline_lead USING (true);

GRANT SELECT ON hub, console, log, log_archive, lines, chain_anchor, ticket, directory, kind_right
  TO tierline_technician, tierline_wallboard;
GRANT SELECT ON log, log_archive, lines, ticket TO tierline_bi;
GRANT SELECT ON answer TO tierline_lead;
GRANT EXECUTE ON FUNCTION hello, beat, chain_at, find, hub_version
  TO tierline_technician, tierline_wallboard;
GRANT EXECUTE ON FUNCTION push, flush, lease TO tierline_technician;
