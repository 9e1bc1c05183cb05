-- Silent: nobody notes the versions of these files.
CREATE TABLE orders (id bigint PRIMARY KEY);
