-- Silent: nobody waits for a table that nobody knows.
CREATE TABLE users (id bigint, email text);
ALTER TABLE users ADD PRIMARY KEY (id);
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);
ALTER TABLE users ADD COLUMN phone text UNIQUE;
CREATE TABLE copied AS SELECT * FROM old_users;
ALTER TABLE copied ADD PRIMARY KEY (id);
CREATE TEMPORARY TABLE scratch (id bigint);
ALTER TABLE scratch ADD PRIMARY KEY (id);
CREATE TABLE made (id bigint PRIMARY KEY, email text UNIQUE);
