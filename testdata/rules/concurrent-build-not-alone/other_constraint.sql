CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (email);
ALTER TABLE customers ADD CONSTRAINT customers_phone_key UNIQUE USING INDEX
    customers_phone_key;
