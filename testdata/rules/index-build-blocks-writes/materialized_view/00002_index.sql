-- +goose Up
CREATE UNIQUE INDEX totals_user_id_idx ON totals (user_id);
