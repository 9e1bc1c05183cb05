CREATE TABLE orders (
    price numeric(12, 2),
    cents_amount bigint,
    -- Only part of another word, or a rate.
    costume double precision,
    europe real,
    coiffeur real,
    coffee real,
    price_factor double precision,
    amount_percent real,
    latitude double precision
);
