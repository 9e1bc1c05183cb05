-- +goose Up
-- Nobody writes to a view's rows.
CREATE TRIGGER z INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
