/*
 * Which files begin as files of queries do.
 */
#include "input/query_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
/* Needs the headers above. */
#include <cmocka.h>

#define BEGINS(text) query_file_begins(SLICE(text))
#define HAS_NAMES(text) query_file_has_names(SLICE(text))

static void test_first_words(void **state)
{
    (void)state;
    assert_true(BEGINS("SELECT 1"));
    assert_true(BEGINS("\n\t select 1"));
    assert_true(BEGINS("With x AS (SELECT 1) SELECT * FROM x"));
    assert_true(BEGINS("(SELECT 1) UNION (SELECT 2)"));
    assert_true(BEGINS("INSERT INTO t VALUES (1)"));
    assert_true(BEGINS("update"));
    assert_false(BEGINS("selection"));
    assert_false(BEGINS("select_all"));
    assert_false(BEGINS("CREATE TABLE t (a int)"));
    assert_false(BEGINS("BEGIN"));
    assert_false(BEGINS(""));
}

static void test_what_is_replaced(void **state)
{
    (void)state;
    assert_true(BEGINS("CREATE OR REPLACE FUNCTION f() ..."));
    assert_true(BEGINS("create or -- x\n replace view v"));
    assert_false(BEGINS("CREATE FUNCTION f() ..."));
    assert_false(BEGINS("CREATE OR"));
    assert_false(BEGINS("CREATE"));
}

static void test_comments_are_passed_over(void **state)
{
    (void)state;
    assert_true(BEGINS("-- name: Get :one\nSELECT 1"));
    assert_true(BEGINS("/* a\n -- b */ SELECT 1"));
    assert_false(BEGINS("-- SELECT 1"));
    assert_false(BEGINS("/* SELECT 1"));
    assert_false(BEGINS("/**/-"));
}

static void test_names(void **state)
{
    (void)state;
    assert_true(HAS_NAMES("-- name: Get :one\nSELECT 1"));
    assert_true(HAS_NAMES("\n-- :name get :? :1\nselect 1"));
    assert_true(HAS_NAMES("/* @name Get */ SELECT 1"));
    assert_false(HAS_NAMES("-- the name: Get\nSELECT 1"));
    assert_false(HAS_NAMES("SELECT 1"));
    assert_false(HAS_NAMES(""));
}

static void test_schema_names(void **state)
{
    (void)state;
    assert_true(query_file_is_schema_name(SLICE("schema.sql")));
    assert_true(query_file_is_schema_name(SLICE("structure.sql")));
    assert_true(query_file_is_schema_name(SLICE("schema_auth.sql")));
    assert_false(query_file_is_schema_name(SLICE("my_schema.sql")));
    assert_false(query_file_is_schema_name(SLICE("schema.rb")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_words),
        cmocka_unit_test(test_what_is_replaced),
        cmocka_unit_test(test_comments_are_passed_over),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_schema_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
