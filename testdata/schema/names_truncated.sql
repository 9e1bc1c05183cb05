-- A generated name is cut to 63 bytes: the longer of the table's and the
-- columns' part first, never inside a character.
CREATE TABLE a_table_whose_name_is_so_long_that_it_fills_all_there_is_of_it_ (
    a_column_whose_name_is_so_long_that_it_fills_all_there_is_of_it serial PRIMARY KEY,
    short int UNIQUE CHECK (short > 0)
);
CREATE TABLE short (
    a_column_whose_name_is_so_long_that_it_fills_all_there_is_of_it serial PRIMARY KEY,
    another_column_whose_name_is_so_long_that_it_fills_all_there_is int UNIQUE
        CHECK (another_column_whose_name_is_so_long_that_it_fills_all_there_is > 0)
        REFERENCES short
);
CREATE INDEX ON short (
    a_column_whose_name_is_so_long_that_it_fills_all_there_is_of_it,
    another_column_whose_name_is_so_long_that_it_fills_all_there_is);
CREATE INDEX ON short (
    a_column_whose_name_is_so_long_that_it_fills_all_there_is_of_it,
    another_column_whose_name_is_so_long_that_it_fills_all_there_is);
ALTER TABLE short ADD UNIQUE (
    another_column_whose_name_is_so_long_that_it_fills_all_there_is,
    a_column_whose_name_is_so_long_that_it_fills_all_there_is_of_it);
CREATE TABLE a_name_that_is_longer_than_what_an_identifier_may_have_namely_63_bytes (a serial);
CREATE TABLE über_die_größe_der_länder_und_völker_ääääääääääääää (
    schlüssel_ööööööööööööööööööööööööööööööö serial PRIMARY KEY,
    größe int UNIQUE CHECK (größe > 0)
);
CREATE INDEX ON über_die_größe_der_länder_und_völker_ääääääääääääää (größe, schlüssel_ööööööööööööööööööööööööööööööö);
CREATE INDEX ON über_die_größe_der_länder_und_völker_ääääääääääääää (größe, schlüssel_ööööööööööööööööööööööööööööööö);
CREATE TABLE 表表表表表表表表表表表表表表表表表表表表表 (列列列列列列列列列列列列列列列列列列列列列 int UNIQUE, 短 serial);
CREATE TABLE 表表表表表表表表表表表表表表表表表表表表表表表 (a int PRIMARY KEY);
CREATE INDEX ON short (lower(a_column_whose_name_is_so_long_that_it_fills_all_there_is_of_it::text), (1 + 2));
CREATE TABLE many (aaaaaaaaaaaaaaaaaaaa int, bbbbbbbbbbbbbbbbbbbb int, cccccccccccccccccccc int, dddddddddd int);
CREATE INDEX ON many (aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccc, dddddddddd);
ALTER TABLE many ADD UNIQUE (aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccc);
ALTER TABLE many ADD CHECK (aaaaaaaaaaaaaaaaaaaa > bbbbbbbbbbbbbbbbbbbb);
