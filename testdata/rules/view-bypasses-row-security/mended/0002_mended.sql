-- Silent: altered, replaced, dropped.
ALTER VIEW a SET (security_invoker = on);
CREATE OR REPLACE VIEW b WITH (security_invoker) AS SELECT id FROM notes;
DROP VIEW c;
