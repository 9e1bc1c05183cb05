-- In no transaction as it stands; with the other statements it would be.
CREATE INDEX ON orders (lower(id::text), day);
