--liquibase formatted sql

--changeset a:1
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);
--rollback DROP INDEX CONCURRENTLY orders_a_idx;

--changeset a:2 runInTransaction:false
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);
CREATE INDEX CONCURRENTLY orders_b_idx ON orders (b);
--rollback DROP INDEX CONCURRENTLY orders_a_idx;
