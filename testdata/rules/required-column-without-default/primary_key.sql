ALTER TABLE orders ADD COLUMN id uuid PRIMARY KEY;
ALTER TABLE customers ADD COLUMN number bigint,
    ADD CONSTRAINT customers_pkey PRIMARY KEY (number);
