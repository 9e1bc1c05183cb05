-- Up Migration
CREATE TABLE tickets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject text NOT NULL
);

-- Down Migration
DROP TABLE tickets;
