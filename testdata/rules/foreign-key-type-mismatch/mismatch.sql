CREATE TABLE users (id bigint PRIMARY KEY, number integer UNIQUE, code numeric UNIQUE, grade smallint UNIQUE);
-- Too narrow, too wide, a cast each time.
CREATE TABLE orders (user_id integer REFERENCES users);
CREATE TABLE items (number bigint REFERENCES users (number));
CREATE TABLE notes (code integer REFERENCES users (code));
CREATE TABLE marks (grade integer, id smallint,
    FOREIGN KEY (grade) REFERENCES users (grade),
    FOREIGN KEY (id) REFERENCES users (id));
-- A reference that was made with a serial's word.
ALTER TABLE notes ADD COLUMN "userId" serial REFERENCES users;
