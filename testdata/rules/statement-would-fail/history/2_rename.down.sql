ALTER TABLE people RENAME TO users; CREATE TYPE mood AS ENUM ('ok');
