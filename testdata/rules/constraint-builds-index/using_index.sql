-- Silent: the index is there already.
CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;
ALTER TABLE users ADD PRIMARY KEY USING INDEX users_key;
-- Silent: these build none.
ALTER TABLE users ADD CHECK (id > 0) NOT VALID;
ALTER TABLE users ADD FOREIGN KEY (boss) REFERENCES users NOT VALID;
