-- No names: these may have been sent between the two migrations.
INSERT INTO notes (account_id, body) VALUES (1, 'first');
SELECT * FROM notes;
