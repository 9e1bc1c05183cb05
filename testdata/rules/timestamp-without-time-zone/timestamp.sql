CREATE TABLE orders (
    made_at timestamp NOT NULL DEFAULT now(),
    "paidAt" TIMESTAMP(3),
    sent_at timestamp without time zone,
    seen_at timestamp[]
);
