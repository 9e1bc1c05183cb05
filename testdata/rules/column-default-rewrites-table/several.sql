-- One rewrite, one finding.
ALTER TABLE orders
    ADD COLUMN a uuid DEFAULT gen_random_uuid(),
    ADD COLUMN b integer DEFAULT 1,
    ADD COLUMN c serial;
ALTER TABLE orders
    ADD COLUMN e uuid DEFAULT gen_random_uuid(),
    ADD COLUMN f uuid DEFAULT gen_random_uuid(),
    ADD COLUMN g uuid DEFAULT gen_random_uuid(),
    ADD COLUMN h uuid DEFAULT gen_random_uuid();
