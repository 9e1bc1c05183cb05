ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);
alter table only app.users add unique (tenant, "eMail");
ALTER TABLE users ADD PRIMARY KEY (id);
ALTER TABLE users
    ADD COLUMN phone text,
    ADD CONSTRAINT by_phone UNIQUE (phone) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT "by Name" UNIQUE (name, born) INCLUDE (id)
        WITH (fillfactor = 70) USING INDEX TABLESPACE fast;
ALTER TABLE users ADD UNIQUE NULLS NOT DISTINCT (nickname);
ALTER TABLE a_table_whose_name_is_as_long_as_it_can_possibly_be_in_postgres
    ADD UNIQUE (a_column_of_which_the_same_could_be_said);
