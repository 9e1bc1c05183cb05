ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
alter table app."Note" force row level security;
