-- +goose Up
UPDATE users SET city = 'Paris';
update users set city = '' where city is null;
UPDATE users AS u SET city = 'x' WHERE u.city IS NULL RETURNING id;
UPDATE users SET "Age" = 7 WHERE true;
