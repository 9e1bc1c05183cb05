-- +goose Up
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TYPE pair AS (a integer, b integer);
CREATE TYPE color AS ENUM ('red');
CREATE TYPE unit AS ENUM ('token', 'character');
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE prices (id bigint PRIMARY KEY, unit unit, levels level[]);
CREATE TABLE tickets (id bigint PRIMARY KEY, level level, state state);
