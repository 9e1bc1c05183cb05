ALTER TABLE orders ADD COLUMN total numeric GENERATED ALWAYS AS (price * amount) STORED;
ALTER TABLE orders ADD COLUMN title text NOT NULL GENERATED ALWAYS AS (coalesce(name, '')) STORED CHECK (title <> 'x');
