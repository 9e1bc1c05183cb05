-- options: --postgres-version 18
-- Silent: not enforced, so nothing is looked at.
ALTER TABLE orders ADD CONSTRAINT a CHECK (total > 0) NOT ENFORCED;
ALTER TABLE orders ADD COLUMN tax integer CHECK (tax > 0) NOT ENFORCED;
ALTER TABLE orders ADD CHECK (total > 1) ENFORCED;
ALTER TABLE orders ADD COLUMN fee integer CHECK (fee > 0) ENFORCED;
