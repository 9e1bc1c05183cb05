-- Silent: nobody said which version the server is.
CREATE TABLE users (id bigint PRIMARY KEY, email text);
ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT VALID;
