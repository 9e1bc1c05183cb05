-- +goose Up
CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);

-- +goose Down
DROP TABLE events;
