-- +goose Up
ALTER TABLE orders ADD PRIMARY KEY (id);
ALTER TABLE items RENAME TO entries;
ALTER TABLE entries ADD PRIMARY KEY (id);
DROP TABLE staging;
