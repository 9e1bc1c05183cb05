-- +goose Up
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (owner = current_user);
ALTER TABLE lines ENABLE ROW LEVEL SECURITY;
-- Silent: everybody may do everything.
CREATE POLICY all_rows ON open USING (true);
ALTER TABLE open ENABLE ROW LEVEL SECURITY;
-- But not here.
CREATE POLICY all_rows ON less_open USING (true);
CREATE POLICY not_these ON less_open AS RESTRICTIVE USING (id > 7);
ALTER TABLE less_open ENABLE ROW LEVEL SECURITY;
-- Silent: it is enabled already. But the owner is affected by this.
ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
ALTER TABLE secured FORCE ROW LEVEL SECURITY;
-- Silent: taken back, or gone.
ALTER TABLE gone ENABLE ROW LEVEL SECURITY;
DROP TABLE gone;
