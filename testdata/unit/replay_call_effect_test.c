/* replay/call_effect, replay/do: after which calls and branches the schema may
 * not be all that there is. */
#include "replayed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char functions[] =
    "CREATE TABLE t (a int);"
    "CREATE FUNCTION harmless() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
    "EXECUTE 'UPDATE t SET a = 1'; EXECUTE format('DELETE FROM %I', 't'); "
    "CREATE TEMP TABLE s (a int); END $$;"
    "CREATE FUNCTION makes() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
    "EXECUTE 'CREATE ' || 'TABLE made (a int)'; END $$;"
    "CREATE FUNCTION around() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
    "PERFORM around(); PERFORM MAKES(); END $$;"
    "CREATE PROCEDURE proc() LANGUAGE sql AS 'SELECT around()';"
    "CREATE SCHEMA other;"
    "CREATE FUNCTION other.drops() RETURNS int LANGUAGE sql AS "
    "'DROP TABLE t; SELECT 1';";

struct call_case {
    const char *sql;
    bool is_complete;
};

static const struct call_case cases[] = {
    {"SELECT harmless()", true},
    {"SELECT makes()", false},
    {"SELECT a FROM t WHERE a IN (SELECT other.drops())", false},
    {"SELECT around()", false},
    {"CALL proc()", false},
    {"CALL harmless()", true},
    {"SELECT drops()", true}, /* not in the search_path */
    {"SELECT count(*) FROM t", true},
    {"DO $$ BEGIN PERFORM harmless(); END $$", true},
    {"DO $$ BEGIN PERFORM makes(); END $$", false},
    /* The migration got past what would have failed. */
    {"DO $$ BEGIN IF (SELECT count(*) FROM t) > 0 THEN RAISE EXCEPTION "
     "'not empty: %', 1; END IF; END $$",
     true},
    {"DO $$ BEGIN IF (SELECT count(*) FROM t) > 0 THEN CREATE TABLE t (); "
     "END IF; END $$",
     true},
    {"DO $$ BEGIN IF (SELECT count(*) FROM t) > 0 THEN CREATE TABLE u (); "
     "END IF; END $$",
     false},
    {"DO $$ BEGIN FOR i IN 1..2 LOOP CREATE TABLE u (); END LOOP; END $$",
     false},
};

static void test_calls(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct replayed replayed = replayed_new(15);

        replayed.schema->begins_empty = true;
        replayed_add(&replayed, functions);
        assert_true(replayed.schema->is_complete);
        replayed_add(&replayed, cases[i].sql);
        if (replayed.schema->is_complete != cases[i].is_complete)
            print_error("%s\n", cases[i].sql);
        assert_int_equal(replayed.schema->is_complete, cases[i].is_complete);
        assert_non_null(replayed_table(&replayed, "t"));
        replayed_release(&replayed);
    }
}

/* A branch that does nothing but return is taken not to have been. */
static void test_return(void **state)
{
    struct replayed replayed = replayed_new(15);

    (void)state;
    replayed.schema->begins_empty = true;
    replayed_add(&replayed, "CREATE TABLE t (a int)");
    replayed_add(&replayed,
                 "DO $$ BEGIN IF (SELECT count(*) FROM t) > 0 THEN RAISE "
                 "NOTICE 'x'; RETURN; END IF; CREATE TABLE u (); END $$");
    assert_non_null(replayed_table(&replayed, "u"));
    replayed_add(&replayed,
                 "DO $$ BEGIN IF (SELECT count(*) FROM t) > 0 THEN CREATE "
                 "TABLE v (); RETURN; END IF; CREATE TABLE w (); END $$");
    assert_non_null(replayed_table(&replayed, "v"));
    assert_null(replayed_table(&replayed, "w"));
    replayed_release(&replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_return),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
