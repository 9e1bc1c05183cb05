-- Foreign keys rely on the one that is to go.
CREATE TABLE workers (name text);
ALTER TABLE workers ADD CONSTRAINT workers_name_unique UNIQUE (name);
CREATE TABLE volumes (worker text REFERENCES workers (name));
ALTER TABLE workers ADD PRIMARY KEY (name);
