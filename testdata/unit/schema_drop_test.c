/* schema/replay_drop: what goes with what is dropped. Compared with servers. */
#include "replayed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const struct replay_case column_cases[] = {
    {"a column takes its indexes and constraints along", 15,
     "CREATE TABLE r (id int PRIMARY KEY); "
     "CREATE TABLE c (id int PRIMARY KEY, v int UNIQUE CHECK (v > 0) "
     "REFERENCES r, w serial, x int, CHECK (v > x), CONSTRAINT k CHECK (x > "
     "1), UNIQUE (x, v)); CREATE INDEX ON c (x, v); CREATE INDEX ON c (x) "
     "WHERE v > 1; CREATE INDEX ON c (x) INCLUDE (v); CREATE INDEX ON c ((v + "
     "1)); CREATE INDEX stays ON c (x); "
     "ALTER TABLE c DROP COLUMN v, DROP w",
     "c",
     "table public.c\n"
     "  id integer not null\n"
     "  x integer\n"
     "  check k (x): x > 1\n"
     "  primary key c_pkey (id)\n"
     "  index c_pkey unique btree (id)\n"
     "  index stays btree (x)\n"},
    {"its sequence is gone: the name is free", 15,
     "CREATE TABLE c (w serial, x int); ALTER TABLE c DROP w; "
     "ALTER TABLE c ADD w serial",
     "c",
     "table public.c\n"
     "  x integer\n"
     "  w integer not null serial default ...\n"
     "  sequence c_w_seq of w\n"},
    {"a referenced column needs CASCADE", 15,
     "CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE d (c_id int REFERENCES "
     "c); ALTER TABLE c DROP id",
     "c",
     "table public.c\n"
     "  id integer not null\n"
     "  primary key c_pkey (id)\n"
     "  index c_pkey unique btree (id)\n"},
    {"which drops the foreign keys", 15,
     "CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE d (c_id int REFERENCES "
     "c); ALTER TABLE c DROP id CASCADE",
     "d", "table public.d\n  c_id integer\n"},
    {"so does dropping the key", 15,
     "CREATE TABLE c (id int PRIMARY KEY, u int UNIQUE); CREATE TABLE d (a int "
     "REFERENCES c, b int REFERENCES c (u)); "
     "ALTER TABLE c DROP CONSTRAINT c_u_key CASCADE",
     "d",
     "table public.d\n"
     "  a integer\n"
     "  b integer\n"
     "  foreign key d_a_fkey (a) references c (id)\n"},
    {"or the index that it relies on", 15,
     "CREATE TABLE c (u int); CREATE UNIQUE INDEX i ON c (u); CREATE TABLE d "
     "(b int REFERENCES c (u)); DROP INDEX i CASCADE",
     "d", "table public.d\n  b integer\n"},
    {"a type's columns", 15,
     "CREATE TYPE t AS ENUM ('a'); CREATE TABLE c (a t, b t[], d int); "
     "DROP TYPE t CASCADE",
     "c", "table public.c\n  d integer\n"},
    {"the default of a sequence", 15,
     "CREATE TABLE c (a serial); DROP SEQUENCE c_a_seq CASCADE", "c",
     "table public.c\n  a integer not null serial\n"},
};

static const struct replay_case relation_cases[] = {
    {"a constraint's index stays", 15,
     "CREATE TABLE c (a int UNIQUE); DROP INDEX c_a_key", "c",
     "table public.c\n"
     "  a integer\n"
     "  unique c_a_key (a)\n"
     "  index c_a_key unique btree (a)\n"},
    {"names are free again", 15,
     "CREATE TABLE c (id serial PRIMARY KEY, u int UNIQUE); DROP TABLE c; "
     "CREATE TABLE c (id serial PRIMARY KEY, u int UNIQUE)",
     "c",
     "table public.c\n"
     "  id integer not null serial default ...\n"
     "  u integer\n"
     "  primary key c_pkey (id)\n"
     "  unique c_u_key (u)\n"
     "  index c_pkey unique btree (id)\n"
     "  index c_u_key unique btree (u)\n"
     "  sequence c_id_seq of id\n"},
    {"foreign keys go with CASCADE", 15,
     "CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE d (a int REFERENCES "
     "c); DROP TABLE c CASCADE",
     "d", "table public.d\n  a integer\n"},
    {"not without", 15,
     "CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE d (a int REFERENCES "
     "c); DROP TABLE c",
     "d",
     "table public.d\n"
     "  a integer\n"
     "  foreign key d_a_fkey (a) references c (id)\n"},
    {"unless both go", 15,
     "CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE d (a int REFERENCES "
     "c); DROP TABLE c, d",
     "d", "none\n"},
    {"views of views", 15,
     "CREATE TABLE c (id int); CREATE VIEW v AS SELECT * FROM c; CREATE "
     "MATERIALIZED VIEW w AS SELECT * FROM v; DROP TABLE c CASCADE",
     "w", "none\n"},
    {"partitions", 15,
     "CREATE TABLE m (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION "
     "OF m DEFAULT; DROP TABLE m",
     "p", "none\n"},
    {"a table of another kind", 15, "CREATE TABLE c (id int); DROP VIEW c", "c",
     "table public.c\n  id integer\n"},
    {"a schema with all it has", 15,
     "CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a'); CREATE TABLE s.t (id int "
     "PRIMARY KEY); CREATE TABLE o (id int REFERENCES s.t, e s.e); "
     "DROP SCHEMA s CASCADE",
     "o", "table public.o\n  id integer\n"},
    {"and made again it is empty", 15,
     "CREATE SCHEMA s; CREATE TABLE s.t (id int PRIMARY KEY); DROP SCHEMA s "
     "CASCADE; CREATE SCHEMA s; CREATE TABLE s.u (id int)",
     "s.t", "none\n"},
    {"what was only mentioned may be dropped", 15,
     "ALTER TABLE old ADD x int; DROP TABLE old", "old", "none\n"},
    {"extensions' types", 15,
     "CREATE EXTENSION citext; CREATE TABLE t (a citext, b int); "
     "DROP EXTENSION citext CASCADE",
     "t", "table public.t\n  b integer\n"},
};

static void test_columns(void **state)
{
    (void)state;
    replayed_check_cases(column_cases);
}

static void test_relations(void **state)
{
    (void)state;
    replayed_check_cases(relation_cases);
}

/* An incomplete history is believed: what it says was there is gone. */
static void test_belief(void **state)
{
    struct replayed replayed = replayed_new(15);

    (void)state;
    replayed_add(&replayed, "CREATE TABLE t (old int);"
                            "DO $$ BEGIN EXECUTE 'DROP TABLE ' || x; END $$;"
                            "CREATE TABLE t (young int)");
    assert_string_equal(replayed_describe(&replayed, "t"),
                        "table public.t\n  young integer\n");
    assert_false(schema_is_complete(replayed.schema));
    replayed_release(&replayed);
}

/* 30,000 views of one another: no recursion, no square. */
static void test_chain(void **state)
{
    struct replayed replayed = replayed_new(15);
    struct buffer sql;

    (void)state;
    buffer_init(&sql, &replayed.arena);
    buffer_add_text(&sql, "CREATE TABLE v0 (a int);");
    for (int i = 1; i < 30000; i++)
        buffer_add_format(&sql, "CREATE VIEW v%d AS SELECT a FROM v%d;", i,
                          i - 1);
    buffer_add_text(&sql, "DROP TABLE v0 CASCADE;");
    replayed_add(&replayed, buffer_text(&sql));
    assert_int_equal(schema_tables(replayed.schema)->count, 0);
    replayed_release(&replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_relations),
        cmocka_unit_test(test_belief),
        cmocka_unit_test(test_chain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
