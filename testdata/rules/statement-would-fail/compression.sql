CREATE TABLE notes (body text COMPRESSION zip);
CREATE TABLE notes (body text COMPRESSION lz4);
