-- +goose Up
CREATE TABLE refunds (id bigint PRIMARY KEY);
COMMIT;
BEGIN;
-- The tool's COMMIT ends this one too.
CREATE INDEX refunds_id ON refunds (id);

-- +goose Down
DROP TABLE refunds;
