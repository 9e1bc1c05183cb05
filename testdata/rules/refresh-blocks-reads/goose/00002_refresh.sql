-- +goose Up
REFRESH MATERIALIZED VIEW totals;
-- Its index is partial: that will not do.
REFRESH MATERIALIZED VIEW sums;
REFRESH MATERIALIZED VIEW sums WITH NO DATA;
-- Silent: nobody can read it before.
REFRESH MATERIALIZED VIEW later;
-- Silent: it is new.
CREATE MATERIALIZED VIEW fresh AS SELECT 1 AS a;
REFRESH MATERIALIZED VIEW fresh;
-- +goose Down
-- Silent: a down step.
REFRESH MATERIALIZED VIEW totals;
