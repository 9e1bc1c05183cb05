-- Silent: sqlc's named parameters look like an operator and a column.
CREATE TABLE users (id bigint PRIMARY KEY, email text);
SELECT id FROM users WHERE email = @email::text;
UPDATE users SET email = @address WHERE id = @id;
