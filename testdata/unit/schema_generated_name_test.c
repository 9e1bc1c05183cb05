/* schema/generated_name: names to the byte. Compared with servers. */
#include "replayed.h"
#include "schema/generated_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#define A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B63 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const struct replay_case cases[] = {
    {"long names are cut, both alike", 15,
     "CREATE TABLE " A63 " (" B63
     " serial, c int CHECK (c > 0), UNIQUE (c, " B63 "), UNIQUE (" B63
     ", c)); CREATE INDEX ON " A63 " (c)",
     A63,
     "table public." A63 "\n"
     "  " B63 " integer not null serial default ...\n"
     "  c integer\n"
     "  check aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_c_check "
     "(c): c > 0\n"
     "  unique aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_c_bbbbbbbbbbbbbbbbbbbbbbbbbbb_key "
     "(c, " B63 ")\n"
     "  unique aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbbbbb_key "
     "(" B63 ", c)\n"
     "  index aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_c_bbbbbbbbbbbbbbbbbbbbbbbbbbb_key "
     "unique btree (c, " B63 ")\n"
     "  index aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbbbbb_key "
     "unique btree (" B63 ", c)\n"
     "  index aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_c_idx "
     "btree (c)\n"
     "  sequence aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbbbbb_seq "
     "of " B63 "\n"},
    {"a relation of that name is in the way", 15,
     "CREATE TABLE t_pkey (x int); CREATE SEQUENCE t_id_seq; CREATE TABLE t "
     "(id serial PRIMARY KEY)",
     "t",
     "table public.t\n"
     "  id integer not null serial default ...\n"
     "  primary key t_pkey1 (id)\n"
     "  index t_pkey1 unique btree (id)\n"
     "  sequence t_id_seq1 of id\n"},
    {"a constraint of another table of the schema is in the way", 15,
     "CREATE TABLE u (x int CONSTRAINT t_a_check CHECK (x > 0)); "
     "CREATE TABLE t (a int CHECK (a > 0))",
     "t", "table public.t\n  a integer\n  check t_a_check1 (a): a > 0\n"},
    {"one of another schema is not", 15,
     "CREATE SCHEMA s; CREATE TABLE s.u (x int CONSTRAINT t_a_check CHECK (x > "
     "0)); CREATE TABLE t (a int CHECK (a > 0))",
     "t", "table public.t\n  a integer\n  check t_a_check (a): a > 0\n"},
};

static void test_cases(void **state)
{
    (void)state;
    replayed_check_cases(cases);
}

/* No character is cut in two. */
static void test_clip(void **state)
{
    struct replayed replayed = replayed_new(15);
    const struct namespace *public;
    const char *name;

    (void)state;
    replayed_add(&replayed, "CREATE TABLE t (a int)");
    public = replayed_table(&replayed, "t")->relation.namespace;
    name = generated_name_relation(
        replayed.schema, public,
        "t\xc3\xa4"
        "bl\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
        "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4",
        "c\xc3\xb6l\xc3\xbcmn\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6"
        "\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6",
        "seq", false);
    assert_string_equal(
        name, "t\xc3\xa4"
              "bl\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
              "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
              "_c\xc3\xb6l\xc3\xbcmn\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6"
              "\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6_seq");
    replayed_release(&replayed);
}

/* 10,000 unnamed indexes on one column: seconds if each counted from 1. */
static void test_many(void **state)
{
    struct replayed replayed = replayed_new(15);
    struct buffer sql;
    clock_t start;

    (void)state;
    buffer_init(&sql, &replayed.arena);
    buffer_add_text(&sql, "CREATE TABLE t (a int);");
    for (int i = 0; i < 10000; i++)
        buffer_add_text(&sql, "CREATE INDEX ON t (a);");
    start = clock();
    replayed_add(&replayed, buffer_text(&sql));
    assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
    assert_non_null(schema_find_index(
        replayed.schema, (struct qualified_name){.name = "t_a_idx9999"}));
    replayed_release(&replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_clip),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
