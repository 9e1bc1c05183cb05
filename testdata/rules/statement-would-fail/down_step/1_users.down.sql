DROP TABLE users;
DROP INDEX users_id_idx;
