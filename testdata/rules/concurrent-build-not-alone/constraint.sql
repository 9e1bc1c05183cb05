-- What makes a constraint of the new index, or attaches it, belongs to it.
CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (email);
ALTER TABLE customers DROP CONSTRAINT customers_mail_key,
    ADD CONSTRAINT customers_email_key UNIQUE USING INDEX customers_email_key;
