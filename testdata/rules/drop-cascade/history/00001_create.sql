-- +goose Up
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE SEQUENCE numbers;
CREATE TABLE people (
    id bigint PRIMARY KEY DEFAULT nextval('numbers'),
    mood mood,
    moods mood[],
    email text UNIQUE
);
CREATE TABLE letters (id bigint PRIMARY KEY, person_id bigint REFERENCES people);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touch_people BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER touch_letters BEFORE UPDATE ON letters FOR EACH ROW EXECUTE FUNCTION touch();
CREATE VIEW happy AS SELECT id, email FROM people WHERE mood = 'happy';
CREATE VIEW happier AS SELECT id FROM happy;
CREATE VIEW lonely AS SELECT 1 AS one;
