-- Silent: simple migrations of sqlx have no down step, and no pair is here.
CREATE TABLE orders (id bigint PRIMARY KEY);
