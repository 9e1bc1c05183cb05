-- goose fills in the role, which is read as a name meanwhile.

-- +goose Up
-- +goose ENVSUB ON
GRANT SELECT ON orders TO ${REPORT_ROLE};
-- +goose ENVSUB OFF
COMMENT ON TABLE orders IS 'read by the reports';

-- +goose Down
COMMENT ON TABLE orders IS NULL;
