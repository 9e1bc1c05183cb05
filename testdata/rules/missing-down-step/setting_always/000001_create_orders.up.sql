-- The settings want one, though no other migration has any.
CREATE TABLE orders (id bigint PRIMARY KEY);
