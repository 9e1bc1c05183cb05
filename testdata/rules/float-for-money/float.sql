CREATE TABLE orders (
    price real,
    total_price double precision,
    "unitPrice" float8,
    fees float(10),
    "AmountUSD" double precision,
    cost_cents float4[]
);
