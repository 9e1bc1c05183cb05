-- +goose Up
-- Silent: it has all values again.
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('sad', 'content', 'happy');
DROP TYPE size;
CREATE TYPE size AS ENUM ('small');
DROP TYPE pair;
-- Silent: the rename has been spoken of by rename-other.
ALTER TYPE color RENAME TO color_old;
CREATE TYPE color AS ENUM ('red', 'green');
DROP TYPE color_old;
-- Silent: the history knows of none.
DROP TYPE IF EXISTS never;
