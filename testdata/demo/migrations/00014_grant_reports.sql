-- goose fills in the role, so the first statement is not SQL yet.

-- +goose Up
-- +goose ENVSUB ON
GRANT SELECT ON orders TO ${REPORT_ROLE};
-- +goose ENVSUB OFF
COMMENT ON TABLE orders IS 'read by the reports';

-- +goose Down
COMMENT ON TABLE orders IS NULL;
