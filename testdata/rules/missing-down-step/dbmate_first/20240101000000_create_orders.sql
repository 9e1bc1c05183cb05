-- dbmate wants one in every migration, whatever the others have.
-- migrate:up
CREATE TABLE orders (id bigint PRIMARY KEY);
