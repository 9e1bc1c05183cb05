INSERT INTO products (title) VALUES ('Coffee');
INSERT INTO products (title) VALUES ('Barista's choice');
INSERT INTO products (title) VALUES ('Tea');
