-- Nothing is known of these tables: they have rows.
CREATE UNIQUE INDEX ON users (email);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "Users lower" ON ONLY app.users
    USING btree (lower(email) text_pattern_ops DESC, (a || ',' || b), "Tenant")
    INCLUDE (id) NULLS NOT DISTINCT WITH (fillfactor = 70)
    WHERE deleted_at IS NULL OR a = 'WHERE' -- comment
    ;
CREATE UNIQUE INDEX ON users (tenant, app.normal(email, 'x')) WHERE NOT gone;
ALTER TABLE users ADD CONSTRAINT users_key UNIQUE (a, b),
    ADD PRIMARY KEY (id);
ALTER TABLE users ADD COLUMN c integer DEFAULT 1 UNIQUE,
    ADD COLUMN d text DEFAULT 'x'::text PRIMARY KEY;
