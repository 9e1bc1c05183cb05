-- Silent: switched on later.
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
