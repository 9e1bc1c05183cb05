-- Silent: a file that no migration tool runs has no way back to write.
CREATE TABLE orders (id bigint PRIMARY KEY);
