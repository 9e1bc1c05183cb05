CREATE TABLE t (id bigint PRIMARY KEY, a int, b int,
    "Höchstzulässiges Gesamtgewicht der Fahrzeuge und Anhänger in Tonnen" int);
CREATE INDEX THIS_IS_A_NAME_THAT_IS_MUCH_TOO_LONG_TO_BE_KEPT_BY_ANY_SERVER_AS_IT_IS ON t (a);
ALTER TABLE t ADD CONSTRAINT "this is a ""name"" that is much too long to be kept by any server, as it is" CHECK (a > 0);
ALTER TABLE t RENAME COLUMN b TO this_is_a_name_that_is_much_too_long_to_be_kept_by_any_server_as_it_is;
