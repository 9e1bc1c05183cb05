-- +goose Up
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TYPE pair AS (a integer, b integer);
CREATE TYPE color AS ENUM ('red');
