-- Silent: undo migrations are for some editions of Flyway, and none is here.
CREATE TABLE orders (id bigint PRIMARY KEY);
