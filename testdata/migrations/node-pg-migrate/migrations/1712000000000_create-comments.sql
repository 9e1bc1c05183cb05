-- Up Migration
CREATE TABLE comments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_id bigint NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    body text NOT NULL
);
CREATE INDEX comments_ticket_id_idx ON comments (ticket_id);

-- Down Migration
DROP TABLE comments;
