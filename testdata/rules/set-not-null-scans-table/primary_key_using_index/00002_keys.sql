-- +goose NO TRANSACTION
-- +goose Up
CREATE UNIQUE INDEX CONCURRENTLY orders_key ON orders (tenant, number, id);
ALTER TABLE orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_key DEFERRABLE;
-- Silent: the column is NOT NULL.
CREATE UNIQUE INDEX CONCURRENTLY users_key ON users (id);
ALTER TABLE users ADD PRIMARY KEY USING INDEX users_key;
-- Silent: a unique constraint does not care about nulls.
CREATE UNIQUE INDEX CONCURRENTLY orders_number_key ON orders (number, id);
ALTER TABLE orders ADD UNIQUE USING INDEX orders_number_key;
-- Silent: nobody knows the index, nor whether its columns are nullable.
ALTER TABLE older ADD PRIMARY KEY USING INDEX older_key;
CREATE UNIQUE INDEX CONCURRENTLY oldest_key ON oldest (id);
ALTER TABLE oldest ADD PRIMARY KEY USING INDEX oldest_key;
-- Silent: ADD PRIMARY KEY that builds an index is constraint-builds-index's.
ALTER TABLE ancient ADD PRIMARY KEY (id);
