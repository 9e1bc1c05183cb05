-- +goose Up
ALTER FUNCTION tax(numeric) RENAME TO sales_tax;
ALTER PROCEDURE clean(integer) RENAME TO sweep;
ALTER TYPE shape RENAME TO form;
ALTER SEQUENCE numbers RENAME TO all_numbers;
-- Silent: the old name goes on.
ALTER FUNCTION fee(numeric) RENAME TO all_fees;
CREATE FUNCTION fee(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT all_fees($1)';
ALTER TYPE color RENAME TO colour;
CREATE DOMAIN color AS colour;
-- Silent: an enum is built anew, with more values.
CREATE TYPE mood_new AS ENUM ('sad', 'glad', 'happy');
ALTER TABLE people ALTER COLUMN mood TYPE mood_new USING mood::text::mood_new;
ALTER TYPE mood RENAME TO mood_old;
ALTER TYPE mood_new RENAME TO mood;
DROP TYPE mood_old;
-- Silent: one that loses a value, as column-narrowed says.
ALTER TYPE size RENAME TO size_old;
CREATE TYPE size AS ENUM ('small');
ALTER TABLE people ALTER COLUMN size TYPE size USING size::text::size;
DROP TYPE size_old;
-- For information only: the column's default follows.
ALTER SEQUENCE people_id_seq RENAME TO persons_id_seq;
-- Silent: only triggers call it, and they know it by identity.
ALTER FUNCTION touch() RENAME TO touch_row;
-- Another that does, which no column has.
ALTER TYPE grade RENAME TO grade_old;
CREATE TYPE grade AS ENUM ('good');
