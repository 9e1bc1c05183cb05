INSERT INTO colors VALUES (2, 'green', '#0f0') ON CONFLICT DO NOTHING;
INSERT INTO colors SELECT id, name FROM more;
-- More than there are: the server refuses it.
INSERT INTO colors VALUES (2, 'green', '#0f0', 'a', 'b');
