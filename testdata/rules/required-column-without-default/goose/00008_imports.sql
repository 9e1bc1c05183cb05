-- +goose Up
CREATE TABLE imports (line text);

-- +goose Down
DROP TABLE imports;
