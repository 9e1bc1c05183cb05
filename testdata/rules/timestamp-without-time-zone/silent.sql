CREATE DOMAIN local_time AS timestamp;
CREATE TABLE orders (
    made_at timestamptz,
    paid_at timestamp(3) with time zone,
    day date,
    -- Its name says that it is meant.
    opens_at local_time
);
