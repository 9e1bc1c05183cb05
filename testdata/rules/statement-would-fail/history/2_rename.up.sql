ALTER TABLE users RENAME TO people;
DROP TYPE mood;
