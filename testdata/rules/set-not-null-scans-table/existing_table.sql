ALTER TABLE orders ALTER COLUMN email SET NOT NULL;
alter table app.orders alter "userId" set not null, alter total set not null;
-- A column that was just added is scanned like any: the table has rows.
ALTER TABLE orders ADD COLUMN kind text DEFAULT 'web';
ALTER TABLE orders ALTER kind SET NOT NULL;
ALTER TABLE orders ADD COLUMN source text DEFAULT 'web',
    ALTER COLUMN source SET NOT NULL;
