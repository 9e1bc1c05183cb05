DELETE FROM sessions;
-- Silent: it has one row.
DELETE FROM settings;
