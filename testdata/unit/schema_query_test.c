/* schema/replay_query and replay_do: relations made by queries, and DDL in
 * DO blocks. Compared with servers. */
#include "replayed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define TABLES                                                     \
    "CREATE TABLE s (id int PRIMARY KEY, n text, d numeric(5,2));" \
    "CREATE TABLE r (s_id int, k text);"

static const struct replay_case query_cases[] = {
    {"star", 15, TABLES "CREATE TABLE c AS SELECT * FROM s", "c",
     "table public.c\n"
     "  id integer\n"
     "  n text\n"
     "  d numeric(5,2)\n"},
    {"names and types", 15,
     TABLES
     "CREATE TABLE c AS SELECT id, x.n AS m, id::bigint AS b, 'x' AS l, "
     "1, NULL AS nul, true AS t, lower(n), count(*) OVER (), now(), (d + 1) AS e, CASE "
     "WHEN true THEN 1 END, (SELECT k FROM r), EXISTS (SELECT 1), "
     "ARRAY[1], '1'::varchar(3) FROM s x",
     "c",
     "table public.c\n"
     "  id integer\n"
     "  m text\n"
     "  b bigint\n"
     "  l text\n"
     "  ?column? integer\n"
     "  nul text\n"
     "  t boolean\n"
     "  lower text\n"
     "  count bigint\n"
     "  now timestamp with time zone\n"
     "  e numeric\n"
     "  case integer\n"
     "  k text\n"
     "  exists boolean\n"
     "  array integer[]\n"
     "  varchar character varying(3)\n"},
    {"a name twice: the server refuses", 15,
     TABLES "CREATE TABLE c AS SELECT id, d AS id FROM s", "c", "none\n"},
    {"columns are named", 15,
     TABLES "CREATE TABLE c (a, b) AS SELECT id, n FROM s", "c",
     "table public.c\n  a integer\n  b text\n"},
    {"SELECT INTO", 15, TABLES "SELECT id, n INTO c FROM s", "c",
     "table public.c\n  id integer\n  n text\n"},
    {"joins, sub-selects, WITH", 15,
     TABLES "CREATE TABLE c AS WITH w AS (SELECT id AS wid FROM s), v (vk) AS "
            "(SELECT k FROM r) SELECT w.*, q.*, r.k, v.vk FROM w JOIN (SELECT "
            "n AS m FROM s) q ON true, r, v",
     "c",
     "table public.c\n"
     "  wid integer\n"
     "  m text\n"
     "  k text\n"
     "  vk text\n"},
    {"UNION: the common type", 15,
     TABLES "CREATE TABLE c AS SELECT id, n, d FROM s UNION ALL SELECT s_id, "
            "'x', 1 FROM r UNION SELECT 1, k, 2.5 FROM r",
     "c",
     "table public.c\n"
     "  id integer\n"
     "  n text\n"
     "  d numeric\n"},
    {"VALUES", 15, "CREATE TABLE c AS VALUES (1, 'a'), (2, 'b')", "c",
     "table public.c\n  column1 integer\n  column2 text\n"},
    {"star of what nobody has shown", 15,
     "CREATE TABLE c AS SELECT u.*, 1 AS one FROM u", "c",
     "table public.c incomplete\n  one integer\n"},
    {"star of USING merges columns", 15,
     TABLES "CREATE TABLE c AS SELECT * FROM s JOIN (SELECT id, 1 AS one FROM "
            "s) t USING (id)",
     "c",
     "table public.c\n"
     "  id integer\n"
     "  n text\n"
     "  d numeric(5,2)\n"
     "  one integer\n"},
    {"a view, replaced", 15,
     TABLES "CREATE VIEW v AS SELECT id, n FROM s; CREATE OR REPLACE VIEW v "
            "(id, n, e) AS SELECT id, n, d FROM s",
     "v",
     "view public.v\n"
     "  id integer\n"
     "  n text\n"
     "  e numeric(5,2)\n"},
    {"a view's columns do not follow the table's", 15,
     TABLES "CREATE VIEW v AS SELECT * FROM s; ALTER TABLE s ADD x int, DROP d;"
            "ALTER TABLE s RENAME n TO m; ALTER VIEW v RENAME n TO q",
     "v",
     "view public.v\n"
     "  id integer\n"
     "  q text\n"
     "  d numeric(5,2)\n"},
    {"IF NOT EXISTS", 15,
     TABLES "CREATE TABLE IF NOT EXISTS s AS SELECT 1 AS one", "r",
     "table public.r\n  s_id integer\n  k text\n"},
};

static const struct replay_case do_cases[] = {
    {"plain statements", 15,
     "DO $$ BEGIN CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t ADD b "
     "int; CREATE INDEX ON t (b); END $$",
     "t",
     "table public.t\n"
     "  id integer not null\n"
     "  b integer\n"
     "  primary key t_pkey (id)\n"
     "  index t_pkey unique btree (id)\n"
     "  index t_b_idx btree (b)\n"},
    {"a string for a body", 15,
     "DO LANGUAGE plpgsql 'BEGIN CREATE TABLE t (id int); END'", "t",
     "table public.t\n  id integer\n"},
    {"another language", 15,
     "DO LANGUAGE plperl $$ BEGIN CREATE TABLE t (id int); END $$", "t",
     "none\n"},
    {"blocks, guards, handlers", 15,
     "DO $x$ DECLARE i int := 1; b text DEFAULT 'CREATE TABLE no (a int);'; "
     "BEGIN <<l>> BEGIN CREATE TYPE e AS ENUM ('x'); EXCEPTION WHEN "
     "duplicate_object THEN CREATE TABLE t (never int); END; "
     "IF NOT EXISTS (SELECT CASE WHEN true THEN 1 END) THEN "
     "CREATE TABLE t (a e); ELSIF true THEN CREATE TABLE t (b int); "
     "ELSE DROP TABLE t; END IF; "
     "i := CASE WHEN i = 1 THEN 2 ELSE 3 END; PERFORM 1; "
     "FOR i IN 1..2 LOOP NULL; END LOOP; "
     "CASE i WHEN 1 THEN DROP TABLE t; ELSE DROP TABLE t; END CASE; "
     "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; "
     "SELECT 2; END; "
     "ALTER TABLE t ADD z int; RETURN; END l $x$ LANGUAGE plpgsql",
     "t", "table public.t\n  a public.e\n  z integer\n"},
    {"EXECUTE of a text that is known", 15,
     "DO $$ BEGIN EXECUTE 'CREATE TABLE t (a int)'; "
     "EXECUTE format('ALTER TABLE %I ADD %I int', 't', 'B'); END $$",
     "t", "table public.t\n  a integer\n  B integer\n"},
    {"and of one that is not", 15,
     "DO $$ BEGIN EXECUTE 'CREATE TABLE t (a int)' || x; END $$", "t",
     "none\n"},
    {"a guard that asks the catalog", 15,
     "CREATE TABLE t (a int); DO $$ BEGIN IF EXISTS (SELECT FROM pg_class "
     "WHERE relname = 't') THEN ALTER TABLE t ADD b int; ELSE ALTER TABLE t "
     "ADD c int; END IF; END $$",
     "t", "table public.t\n  a integer\n  b integer\n"},
    {"a block that catches what fails is undone", 15,
     "CREATE TABLE t (a int); DO $$ BEGIN ALTER TABLE t ADD b int; CREATE "
     "TABLE t (); EXCEPTION WHEN duplicate_table THEN ALTER TABLE t ADD c "
     "int; END $$",
     "t", "table public.t\n  a integer\n  c integer\n"},
    {"SELECT INTO is an assignment", 15,
     "DO $$ DECLARE t int; BEGIN SELECT 1 INTO t; END $$", "t", "none\n"},
    {"rubbish", 15,
     "DO $$ ELSE END END IF; EXCEPTION WHEN IF CASE <<; CREATE TABLE t (a $$",
     "t", "none\n"},
    {"rolled back with the transaction", 15,
     "BEGIN; DO $$ BEGIN CREATE TABLE t (a int); END $$; ROLLBACK", "t",
     "none\n"},
};

static void test_query(void **state)
{
    (void)state;
    replayed_check_cases(query_cases);
}

static void test_do(void **state)
{
    (void)state;
    replayed_check_cases(do_cases);
}

/* Places in a DO block are those of the file. */
static void test_do_places(void **state)
{
    static const char sql[] = "SELECT 1; DO $$ BEGIN CREATE TABLE tab (a int);"
                              " END $$";
    struct replayed replayed = replayed_new(15);
    struct place place;

    (void)state;
    replayed_add(&replayed, sql);
    place = replayed_table(&replayed, "tab")->relation.made_at;
    assert_int_equal(place.span.offset, strstr(sql, "tab") - sql);
    assert_int_equal(place.span.length, 3);
    assert_true(schema_is_complete(replayed.schema));
    replayed_release(&replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_query),
        cmocka_unit_test(test_do),
        cmocka_unit_test(test_do_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
