-- +goose Up
-- Silent: an index comes later.
CREATE VIEW by_author AS SELECT id FROM posts WHERE author = 3;
-- Silent: it is replaced, or gone, later.
CREATE VIEW by_place AS SELECT id FROM posts WHERE place = 'here';
CREATE VIEW by_title AS SELECT id FROM posts WHERE title = 'a';
-- Reported: it stays. The index has other rows.
CREATE VIEW by_state AS SELECT id FROM posts WHERE state = 'new';
-- Reported: the help begins with the column that the join fixes.
CREATE VIEW errors AS
    SELECT l.id FROM logs l JOIN jobs j ON j.id = l.job
    WHERE j.id = 3 AND l.level = 'error';
-- Reported, but for the function that is replaced later.
-- +goose StatementBegin
CREATE FUNCTION find_level(wanted text) RETURNS SETOF bigint LANGUAGE sql AS $$
    SELECT id FROM logs WHERE level = wanted $$;
CREATE FUNCTION find_place(wanted text) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT id FROM posts WHERE place = wanted;
END $$;
-- +goose StatementEnd
-- +goose Down
DROP FUNCTION find_place(text);
DROP FUNCTION find_level(text);
DROP VIEW errors, by_state, by_title, by_place, by_author;
