-- +goose Up
-- What the help says.
ALTER TABLE events_1 ADD CONSTRAINT events_1_bound CHECK (at IS NOT NULL AND at >= '2024-01-01' AND at < '2025-01-01') NOT VALID;
ALTER TABLE users_1 ADD CONSTRAINT users_1_bound CHECK (region IS NULL OR region IN ('it''s', 'fr')) NOT VALID;
ALTER TABLE users_other ADD CONSTRAINT users_other_bound CHECK (NOT (region IS NULL OR region IN ('it''s', 'fr'))) NOT VALID;
ALTER TABLE app.items_1 ADD CONSTRAINT items_1_bound CHECK (a IS NOT NULL AND b IS NOT NULL AND "C" IS NOT NULL AND a = 1 AND (b > 'a' OR (b = 'a' AND "C" >= '2024-01-01')) AND b <= 'b') NOT VALID;
ALTER TABLE app.items_2 ADD CONSTRAINT items_2_bound CHECK (a IS NOT NULL AND b IS NOT NULL AND "C" IS NOT NULL AND (a < -5 OR (a = -5 AND b < 'x') OR (a = -5 AND b = 'x' AND "C" < '2024-01-01'))) NOT VALID;
ALTER TABLE app.items_3 ADD CONSTRAINT items_3_bound CHECK (a IS NOT NULL AND b IS NOT NULL AND "C" IS NOT NULL AND a >= 7 AND a <= 9) NOT VALID;
ALTER TABLE hashed_1 ADD CONSTRAINT hashed_1_bound CHECK (satisfies_hash_partition('hashed'::regclass, 4, 0, a, b)) NOT VALID;
ALTER TABLE lowered_1 ADD CONSTRAINT lowered_1_bound CHECK ((lower(a)) IS NOT NULL AND (lower(a)) = 'x') NOT VALID;
-- NOT NULL of the column itself.
ALTER TABLE events_2 ADD CONSTRAINT events_2_bound CHECK (at >= '2025-01-01' AND at < '2026-01-01') NOT VALID;
