-- +goose Up
ALTER TABLE orders SET SCHEMA app;
ALTER TYPE mood SET SCHEMA app;
ALTER FUNCTION f(integer) SET SCHEMA app;
ALTER SEQUENCE numbers SET SCHEMA app;
-- Silent: the view is where the table was.
ALTER TABLE lines SET SCHEMA app;
CREATE VIEW public.lines AS SELECT * FROM app.lines;
-- Silent: it is there already.
ALTER TABLE app.there SET SCHEMA app;
-- Silent: the history knows of none.
ALTER TABLE IF EXISTS never SET SCHEMA app;
