-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);

-- +goose Down
-- +goose StatementBegin
SELECT 'down SQL query';
-- +goose StatementEnd
