/*
 * Histories: which files form one, in what order, what in them is up and down,
 * and in what transaction the tools run them.
 */
#include "input/migration.h"
#include "input/recognise.h"

#include <setjmp.h>
#include <stdarg.h>
/* Needs the headers above. */
#include <cmocka.h>

#include "grouped.h"

static void test_the_projects_of_testdata(void **state)
{
    (void)state;
    assert_string_equal(grouped("testdata/migrations/golang-migrate"),
                        "golang-migrate .\n"
                        "  000001 create_accounts up down \n"
                        "  000002 add_account_status up down \n"
                        "  000003 index_sessions_account up down \n"
                        "  000004 validate_account_status up down \n");
    assert_string_equal(grouped("testdata/migrations/goose"),
                        "goose .\n"
                        "  00001 create_articles up down \n"
                        "  00002 index_article_titles up! down! \n"
                        "  00003 index_article_updates up! down! \n"
                        "  00010 add_author up down \n");
    assert_string_equal(grouped("testdata/migrations/dbmate"),
                        "dbmate migrations\n"
                        "  20240105093000 create_bookings up down \n"
                        "  20240212101500 index_bookings_room up! down! \n"
                        "plain .\n"
                        "    up \n");
    assert_string_equal(grouped("testdata/migrations/diesel"),
                        "diesel migrations\n"
                        "  00000000000000 diesel_initial_setup up down \n"
                        "  2024-03-01-120000 create_posts up down \n"
                        "  2024-05-20-083000 index_posts_title up! down! \n");
    assert_string_equal(grouped("testdata/migrations/sqlx"),
                        "sqlx migrations\n"
                        "  20240301120000 create_todos up down \n"
                        "  20240402080000 index_open_todos up! down! \n"
                        "plain queries\n"
                        "    up \n");
    assert_string_equal(grouped("testdata/migrations/flyway"),
                        "plain db/callback\n"
                        "    up \n"
                        "flyway db/migration\n"
                        "  1 create_orders up down \n"
                        "  1_1 index_orders_customer up down \n"
                        "  2.0 add_order_state up down \n"
                        "  10 rebuild_order_index up! down \n"
                        "   open_orders repeatable up \n"
                        "flyway db/migration\n"
                        "  2 baseline up \n");
    assert_string_equal(grouped("testdata/migrations/prisma"),
                        "prisma prisma/migrations\n"
                        "  20240110090000 init up \n"
                        "  20240220150000 add_user_name up \n"
                        "  20240301080000 index_user_name up \n");
    assert_string_equal(grouped("testdata/migrations/plain"),
                        "plain .\n    up \n"
                        "plain .\n    up \n"
                        "plain .\n    up \n"
                        "plain queries\n    up \n");
}

/* Numbers as numbers; two of one version stay two; a down file without an up
 * file is a migration all the same. */
static void test_versions_order_and_join_files(void **state)
{
    (void)state;
    scratch_write(&scratch, "10_ten.up.sql", "");
    scratch_write(&scratch, "2_two.up.sql", "");
    scratch_write(&scratch, "002_undo_two.down.sql", "");
    scratch_write(&scratch, "3_a.up.sql", "");
    scratch_write(&scratch, "3_a.down.sql", "");
    scratch_write(&scratch, "3_b.up.sql", "");
    scratch_write(&scratch, "3_b.down.sql", "");
    scratch_write(&scratch, "5_orphan.down.sql", "");
    scratch_write(&scratch, "18446744073709551615_last.up.sql", "");
    assert_string_equal(grouped_scratch(), "golang-migrate .\n"
                                           "  2 two up down \n"
                                           "  3 a up down \n"
                                           "  3 b up down \n"
                                           "  5 orphan down \n"
                                           "  10 ten up \n"
                                           "  18446744073709551615 last up \n");
}

static void test_dbmate_and_diesel_order_by_text(void **state)
{
    (void)state;
    scratch_write(&scratch, "b/10_x.sql", "-- migrate:up\n");
    scratch_write(&scratch, "b/9_y.sql", "-- migrate:up\n");
    scratch_write(&scratch, "d/20200101_b/up.sql", "");
    scratch_write(&scratch, "d/2019-12-31_a/up.sql", "");
    scratch_write(&scratch, "d/2020-01-02_c/up.sql", "");
    assert_string_equal(grouped_scratch(), "dbmate b\n"
                                           "  10 x up \n"
                                           "  9 y up \n"
                                           "diesel d\n"
                                           "  2019-12-31 a up \n"
                                           "  20200101 b up \n"
                                           "  2020-01-02 c up \n");
}

static void test_several_histories_in_one_repository(void **state)
{
    (void)state;
    scratch_write(&scratch, "a/1_x.up.sql", "");
    scratch_write(&scratch, "b/1_x.sql", "-- +goose Up\n");
    scratch_write(&scratch, "b/2_x.up.sql", "");
    scratch_write(&scratch, "c/1_x.up.sql", "");
    assert_string_equal(grouped_scratch(), "golang-migrate a\n  1 x up \n"
                                           "goose b\n  1 x up \n"
                                           "golang-migrate b\n  2 x up \n"
                                           "golang-migrate c\n  1 x up \n");
}

static void test_the_nearest_project_file_decides(void **state)
{
    (void)state;
    scratch_write(&scratch, "Cargo.toml", "[dependencies]\nsqlx = \"0.8\"\n");
    scratch_write(&scratch, "m/1_x.up.sql", "");
    scratch_write(&scratch, "m/2_y.sql", "");
    scratch_write(&scratch, "go/go.mod",
                  "require github.com/golang-migrate/migrate/v4 v4.18.0\n");
    scratch_write(&scratch, "go/m/1_x.up.sql", "");
    scratch_write(&scratch, "go/m/2_y.sql", "");
    scratch_write(&scratch, "inner/Cargo.toml", "[package]\nname = \"x\"\n");
    scratch_write(&scratch, "inner/1_x.up.sql", "");
    assert_string_equal(grouped_scratch(), "golang-migrate go/m\n  1 x up \n"
                                           "plain go/m\n    up \n"
                                           "sqlx inner\n  1 x up \n"
                                           "sqlx m\n  1 x up \n  2 y up \n");
}

/* A feature or a comment that contains the word does not name the crate. */
static void test_sqlx_must_be_named(void **state)
{
    (void)state;
    scratch_write(&scratch, "Cargo.toml",
                  "[dependencies]\n# sqlx = \"0.8\"\n"
                  "sea-orm = { features = [\"sqlx-postgres\"] }\n");
    scratch_write(&scratch, "1_x.up.sql", "");
    scratch_write(&scratch, "2_y.sql", "");
    assert_string_equal(grouped_scratch(), "golang-migrate .\n  1 x up \n"
                                           "plain .\n    up \n");
}

static void test_query_files_are_no_migrations(void **state)
{
    (void)state;
    scratch_write(&scratch, "Cargo.toml", "sqlx = \"0.8\"\n");
    scratch_write(&scratch, "1_x.sql", "\n-- name: GetUser :one\nSELECT 1;\n");
    scratch_write(&scratch, "2_y.sql", "-- name your price\nSELECT 1;\n");
    assert_string_equal(grouped_scratch(), "plain .\n    up \n"
                                           "sqlx .\n  2 y up \n");
}

static void test_numbered_folders_are_no_history(void **state)
{
    (void)state;
    scratch_write(&scratch, "v1.1/a.sql", "");
    scratch_write(&scratch, "v1.10/b.sql", "");
    scratch_write(&scratch, "v1.2/c.sql", "");
    assert_string_equal(grouped_scratch(), "plain v1.1\n    up \n"
                                           "plain v1.2\n    up \n"
                                           "plain v1.10\n    up \n");
}

static void test_the_settings_word_wins(void **state)
{
    (void)state;
    scratch_write(&scratch, "1_x.sql", "-- +goose Up\n");
    scratch_write(&scratch, "2_y.up.sql", "");
    scratch_write(&scratch, "10_z.sql", "");
    scratch_write(&scratch, "notes.sql", "");
    assert_string_equal(
        grouped_by(scratch.folder, tool_find(SLICE("plain-numbered"))),
        "plain-numbered .\n  1 _x up \n  2 _y.up up \n  10 _z up \n"
        "plain .\n    up \n");
    assert_string_equal(
        grouped_by(scratch.folder, tool_find(SLICE("golang-migrate"))),
        "plain .\n    up \n"
        "golang-migrate .\n  2 y up \n"
        "plain .\n    up \n"
        "plain .\n    up \n");
    assert_string_equal(grouped_by(scratch.folder, tool_find(SLICE("plain"))),
                        "plain .\n    up \nplain .\n    up \n"
                        "plain .\n    up \nplain .\n    up \n");
}

static void test_flyway_versions(void **state)
{
    (void)state;
    scratch_write(&scratch, "V2__b.sql", "");
    scratch_write(&scratch, "V1.10__c.sql", "");
    scratch_write(&scratch, "V1_9__d.sql", "");
    scratch_write(&scratch, "V1.9.0.1__e.sql", "");
    scratch_write(&scratch, "V1__a.sql", "");
    scratch_write(&scratch, "U1.0__undo.sql", "");
    scratch_write(&scratch, "R__z.sql", "");
    scratch_write(&scratch, "R__y.sql", "");
    scratch_write(&scratch, "Vx__no.sql", "");
    scratch_write(&scratch, "V3_no.sql", "");
    assert_string_equal(grouped_scratch(), "flyway .\n"
                                           "  1 a up down \n"
                                           "  1_9 d up \n"
                                           "  1.9.0.1 e up \n"
                                           "  1.10 c up \n"
                                           "  2 b up \n"
                                           "   y repeatable up \n"
                                           "   z repeatable up \n"
                                           "plain .\n    up \n"
                                           "plain .\n    up \n");
}

static void test_flyway_folders(void **state)
{
    (void)state;
    /* Sub-folders of one location. */
    scratch_write(&scratch, "a/V1__x.sql", "");
    scratch_write(&scratch, "a/y/V2__x.sql", "");
    scratch_write(&scratch, "a/y/z/V3__x.sql", "");
    /* Two locations: the versions repeat. */
    scratch_write(&scratch, "b/V1__x.sql", "");
    scratch_write(&scratch, "b/y/V01__x.sql", "");
    scratch_write(&scratch, "b/y/V2__x.sql", "");
    /* One version given twice by mistake among others. */
    scratch_write(&scratch, "c/db/migration/p/V1__x.sql", "");
    scratch_write(&scratch, "c/db/migration/p/V2__x.sql", "");
    scratch_write(&scratch, "c/db/migration/q/V2__y.sql", "");
    scratch_write(&scratch, "c/db/migration/q/V3__y.sql", "");
    scratch_write(&scratch, "c/db/migration/q/V4__y.sql", "");
    /* Folders beside each other have nothing to do with each other. */
    scratch_write(&scratch, "d/p/V1__x.sql", "");
    scratch_write(&scratch, "d/q/V2__x.sql", "");
    assert_string_equal(grouped_scratch(),
                        "flyway a\n  1 x up \n  2 x up \n  3 x up \n"
                        "flyway b\n  1 x up \n"
                        "flyway b/y\n  01 x up \n  2 x up \n"
                        "flyway c/db/migration/p\n  1 x up \n  2 x up \n"
                        "  2 y up \n  3 y up \n  4 y up \n"
                        "flyway d/p\n  1 x up \n"
                        "flyway d/q\n  2 x up \n");
}

static void test_flyway_baselines(void **state)
{
    (void)state;
    scratch_write(&scratch, "a/B5__base.sql", "");
    scratch_write(&scratch, "a/V5__x.sql", "");
    scratch_write(&scratch, "a/V6__y.sql", "");
    scratch_write(&scratch, "b/B5__base.sql", "");
    scratch_write(&scratch, "b/V6__y.sql", "");
    assert_string_equal(grouped_scratch(), "flyway a\n  5 base up \n"
                                           "flyway a\n  5 x up \n  6 y up \n"
                                           "flyway b\n  5 base up \n"
                                           "  6 y up \n");
}

static void test_prisma_of_another_database(void **state)
{
    (void)state;
    scratch_write(&scratch, "a/migration_lock.toml", "provider = \"mysql\"\n");
    scratch_write(&scratch, "a/1_x/migration.sql", "");
    scratch_write(&scratch, "a/2_y/migration.sql", "");
    scratch_write(&scratch, "b/migration_lock.toml",
                  "provider = \"postgresql\"\n");
    scratch_write(&scratch, "b/1_x/migration.sql", "");
    assert_string_equal(grouped_scratch(), "prisma b\n  1 x up \nskipped 2\n");
}

/* What a repository's own folder is called does not count, but where in it
 * the current folder is does. */
static void test_a_folder_tells_the_database(void **state)
{
    (void)state;
    if (scratch_run(&scratch, "git init -q oracle/repo 2>/dev/null") != 0)
        skip();
    scratch_write(&scratch, "oracle/repo/a/1_x.up.sql", "");
    scratch_write(&scratch, "oracle/repo/mysql/v8/1_x.up.sql", "");
    scratch_write(&scratch, "oracle/repo/mysql/postgres/1_x.up.sql", "");
    assert_string_equal(grouped(scratch_path(&scratch, "oracle/repo")),
                        "golang-migrate a\n  1 x up \n"
                        "golang-migrate mysql/postgres\n  1 x up \n"
                        "skipped 1\n");
    assert_string_equal(grouped_in("oracle/repo/mysql/v8", "1_x.up.sql"),
                        "skipped 1\n");
    assert_string_equal(grouped_in("oracle/repo/mysql/v8", "."), "skipped 1\n");
}

/* The last word of a name tells the database only where there is a choice. */
static void test_a_twin_tells_the_database(void **state)
{
    (void)state;
    scratch_write(&scratch, "1_init_mysql.up.sql", "");
    scratch_write(&scratch, "1_init_postgres.up.sql", "");
    scratch_write(&scratch, "2_drop_mysql.up.sql", "");
    assert_string_equal(grouped_scratch(), "golang-migrate .\n"
                                           "  1 init_postgres up \n"
                                           "  2 drop_mysql up \n"
                                           "skipped 1\n");
}

static void test_diesel_metadata(void **state)
{
    (void)state;
    scratch_write(&scratch, "1_a/up.sql", "");
    scratch_write(&scratch, "1_a/metadata.toml", "run_in_transaction = true\n");
    scratch_write(&scratch, "2_b/up.sql", "");
    scratch_write(&scratch, "2_b/metadata.toml", "# nothing\n");
    scratch_write(&scratch, "3_c/up.sql", "");
    assert_string_equal(grouped_scratch(), "diesel .\n  1 a up \n"
                                           "  2 b up! \n"
                                           "  3 c up \n");
}

static void group_one(struct source *source, const struct tool *forced,
                      struct grouping *grouping)
{
    struct recogniser *recogniser = recogniser_new(&arena, forced);

    migration_group(&arena, recogniser, NULL, &source, 1, grouping);
    recogniser_free(recogniser);
}

static void test_a_file_that_cannot_be_read_is_reported(void **state)
{
    struct source gone = source_of_path(scratch_path(&scratch, "1_x.up.sql"));
    struct grouping grouping;

    (void)state;
    group_one(&gone, NULL, &grouping);
    assert_int_equal(grouping.histories.count, 0);
    assert_int_equal(grouping.unreadable.count, 1);
    assert_string_equal(grouping.unreadable.items[0].path, gone.path);
    assert_non_null(strstr(grouping.unreadable.items[0].message,
                           "No such file or directory"));
}

static const char *tool_of_input(const char *text, const struct tool *forced)
{
    struct source input = source_of_path("<stdin>");
    struct grouping grouping;

    source_load_text(&input, slice_from(text));
    group_one(&input, forced, &grouping);
    source_unload(&input);
    assert_int_equal(grouping.histories.count, 1);
    return tool_name(grouping.histories.items[0]->tool);
}

static void test_standard_input_without_a_name(void **state)
{
    (void)state;
    assert_string_equal(tool_of_input("SELECT 1;", NULL), "plain");
    assert_string_equal(tool_of_input("-- +goose Up\n", NULL), "goose");
    assert_string_equal(tool_of_input("", tool_find(SLICE("sqlx"))), "sqlx");
    assert_string_equal(
        tool_of_input("-- +goose Up\n", tool_find(SLICE("plain"))), "plain");
}

static void test_tools_are_found_by_name(void **state)
{
    size_t count = 0;

    (void)state;
    while (tool_at(count)) {
        const struct tool *tool = tool_at(count++);
        const struct tool *first = tool_find(slice_from(tool_name(tool)));

        /* Drizzle has two rows. */
        assert_string_equal(tool_name(first), tool_name(tool));
        assert_int_equal(tool_down_policy(tool) == DOWN_NEVER,
                         tool_down_advice(tool) == NULL);
    }
    assert_int_equal(count, 27);
    assert_null(tool_find(SLICE("Goose")));
    assert_null(tool_find(SLICE("")));
    assert_false(tool_has_history(tool_find(SLICE("plain"))));
    assert_true(tool_has_history(tool_find(SLICE("prisma"))));
}

static void assert_transaction(const char *name, bool has_opted_out,
                               const char *first, const char *second,
                               enum transaction_kind expected)
{
    struct section section = {.has_opted_out = has_opted_out};
    struct slice statements[] = {slice_from(first), slice_from(second)};

    assert_int_equal(tool_transaction(tool_find(slice_from(name)), &section,
                                      statements, second ? 2 : 1),
                     expected);
}

static void test_transactions(void **state)
{
    const char *any = "SELECT 1";

    (void)state;
    assert_transaction("golang-migrate", false, any, NULL, TRANSACTION_NONE);
    assert_transaction("golang-migrate", false, any, any, TRANSACTION_IMPLICIT);
    assert_transaction("goose", false, any, NULL, TRANSACTION_TOOL);
    assert_transaction("goose", true, any, any, TRANSACTION_NONE);
    for (size_t i = 0; i < 3; i++) {
        const char *name = (const char *[]){"dbmate", "diesel", "sqlx"}[i];

        assert_transaction(name, false, any, NULL, TRANSACTION_TOOL);
        assert_transaction(name, true, any, NULL, TRANSACTION_NONE);
        assert_transaction(name, true, any, any, TRANSACTION_IMPLICIT);
    }
    assert_transaction("plain", false, any, any, TRANSACTION_NONE);
    assert_transaction("plain-numbered", false, any, any, TRANSACTION_NONE);
}

static void test_transactions_of_prisma(void **state)
{
    const char *any = "SELECT 1";
    const char *create = "create /* now */ UNIQUE\n-- x\nindex concurrently i";
    const char *drop = "DROP INDEX CONCURRENTLY i";

    (void)state;
    assert_transaction("prisma", false, any, NULL, TRANSACTION_NONE);
    assert_transaction("prisma", false, any, any, TRANSACTION_IMPLICIT);
    assert_transaction("prisma", false, any, create, TRANSACTION_NONE);
    assert_transaction("prisma", false, drop, create, TRANSACTION_IMPLICIT);
    assert_transaction("prisma", false, drop, NULL, TRANSACTION_NONE);
    assert_transaction("prisma-6", false, any, create, TRANSACTION_IMPLICIT);
}

static void test_transactions_of_flyway(void **state)
{
    static const char *const alone[] = {
        "CREATE INDEX CONCURRENTLY i ON t (a)",
        "create unique index concurrently i on t (a)",
        "DROP INDEX CONCURRENTLY i",
        "CREATE DATABASE d",
        "drop tablespace x",
        "ALTER SYSTEM SET work_mem = '1GB'",
        "REINDEX SCHEMA s",
        "REINDEX VERBOSE DATABASE d",
        "VACUUM",
        "VACUUM (ANALYZE) t",
        "DISCARD ALL",
    };
    static const char *const others[] = {
        "CREATE INDEX i ON t (a)",
        "CREATE TABLE concurrently (a int)",
        "REINDEX INDEX CONCURRENTLY i",
        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
        "ALTER TYPE e ADD VALUE 'x'",
        "DISCARD PLANS",
        "VACUUMED",
        "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
        assert_transaction("flyway", false, alone[i], NULL, TRANSACTION_NONE);
        assert_transaction("flyway", false, "SELECT 1", alone[i],
                           TRANSACTION_NONE);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_transaction("flyway", false, others[i], NULL, TRANSACTION_TOOL);
    assert_transaction("flyway", true, others[0], NULL, TRANSACTION_NONE);
}

static void test_advice_names_what_to_write(void **state)
{
    struct section up = {.direction = DIRECTION_UP};
    struct section down = {.direction = DIRECTION_DOWN};
    struct section alone = {.has_opted_out = true};
    const struct tool *dbmate = tool_find(SLICE("dbmate"));

    (void)state;
    assert_string_equal(
        tool_opt_out_advice(tool_find(SLICE("goose")), &up),
        "write \"-- +goose NO TRANSACTION\" at the top of the file");
    assert_non_null(strstr(tool_opt_out_advice(dbmate, &up), "migrate:up "));
    assert_non_null(strstr(tool_opt_out_advice(dbmate, &down), "e:down "));
    assert_null(strstr(tool_opt_out_advice(dbmate, &alone), "transaction"));
    assert_null(tool_opt_out_advice(tool_find(SLICE("plain")), &up));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_projects_of_testdata),
        TEST(test_versions_order_and_join_files),
        TEST(test_dbmate_and_diesel_order_by_text),
        TEST(test_several_histories_in_one_repository),
        TEST(test_the_nearest_project_file_decides),
        TEST(test_sqlx_must_be_named),
        TEST(test_query_files_are_no_migrations),
        TEST(test_numbered_folders_are_no_history),
        TEST(test_the_settings_word_wins),
        TEST(test_flyway_versions),
        TEST(test_flyway_folders),
        TEST(test_flyway_baselines),
        TEST(test_prisma_of_another_database),
        TEST(test_a_folder_tells_the_database),
        TEST(test_a_twin_tells_the_database),
        TEST(test_diesel_metadata),
        TEST(test_a_file_that_cannot_be_read_is_reported),
        TEST(test_standard_input_without_a_name),
        TEST(test_tools_are_found_by_name),
        TEST(test_transactions),
        TEST(test_transactions_of_prisma),
        TEST(test_transactions_of_flyway),
        TEST(test_advice_names_what_to_write),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
