-- +goose Up
TRUNCATE users CASCADE;
TRUNCATE days, logs;
TRUNCATE logs CASCADE;
