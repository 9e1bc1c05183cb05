-- +goose Up
DROP VIEW IF EXISTS active, ages;
