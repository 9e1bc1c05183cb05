/*
 * The tools beyond those of input_migration_test.c: how their files are told,
 * put in order and joined, and in what transaction they run.
 */
#include "input/tool_rows.h"

#include <setjmp.h>
#include <stdarg.h>
/* Needs the headers above. */
#include <cmocka.h>

#include "grouped.h"

static void test_the_projects_of_testdata(void **state)
{
    (void)state;
    assert_string_equal(grouped("testdata/migrations/sql-migrate"),
                        "sql-migrate migrations\n"
                        "  20230104101500-recipes  up down \n"
                        "  20230211090000-ingredients  up down \n"
                        "  20230612143000-index-titles  up! down! \n"
                        "  20230612144500-index-ingredients  up! down! \n"
                        "  seed_units  up down \n");
    assert_string_equal(grouped("testdata/migrations/node-pg-migrate"),
                        "node-pg-migrate migrations\n"
                        "  1710000000000 create-tickets up down \n"
                        "  1712000000000 create-comments up down \n"
                        "  1715000000000 close-tickets up down \n");
    assert_string_equal(grouped("testdata/migrations/tern"),
                        "tern migrations\n"
                        "  001 accounts up down \n"
                        "  002 entries up down \n"
                        "  003 index_entries up! down! \n"
                        "  004 index_amounts up! down! \n");
    assert_string_equal(grouped("testdata/migrations/yoyo"),
                        "yoyo migrations\n"
                        "  20230108_01_4kQ2x-create-readers  up down \n"
                        "  20230215_01_mZ81c-loans  up down \n"
                        "  20230301_01_Xq77d-index-loans  up! down! \n"
                        "  20230302_01_b0Tw9-index-due  up! down! \n");
    assert_string_equal(grouped("testdata/migrations/supabase"),
                        "supabase supabase/migrations\n"
                        "  20240115101010 create_notes up \n"
                        "  20240122083000 index_notes_owner up \n"
                        "  20240305164500 add_note_pins up \n"
                        "plain supabase\n"
                        "    up \n");
    assert_string_equal(grouped("testdata/migrations/hasura"),
                        "hasura migrations/default\n"
                        "  1651000000000 init up down \n"
                        "  1652000000000 create_books up down \n"
                        "  1653000000000 add_books_isbn up down \n");
    assert_string_equal(grouped("testdata/migrations/refinery"),
                        "refinery migrations\n"
                        "  1 create_items up \n"
                        "  2 create_moves up \n"
                        "  10 add_item_name up \n");
    assert_string_equal(grouped("testdata/migrations/postgrator"),
                        "postgrator migrations\n"
                        "  001 create-dishes up down \n"
                        "  002 index-dishes up down \n"
                        "  010  up down \n");
    assert_string_equal(grouped("testdata/migrations/pop"),
                        "pop migrations\n"
                        "  20220110090000 create_visitors up down \n"
                        "  20220305113000 index_visitors up! down! \n"
                        "  20220401080000 add_visitor_agent up down \n"
                        "skipped 2\n");
    assert_string_equal(grouped("testdata/migrations/atlas"),
                        "atlas migrations\n"
                        "  20230601080000 create_devices up \n"
                        "  20230714101500 add_readings up \n"
                        "  20230920120000 index_readings up! \n"
                        "  20230920121500 index_reading_values up! \n"
                        "atlas migrations\n"
                        "  20231001090000 checkpoint up \n");
}

static void test_the_projects_with_lists(void **state)
{
    (void)state;
    assert_string_equal(grouped("testdata/migrations/liquibase"),
                        "liquibase db/changelog\n"
                        "  anna:create-shelves  up down \n"
                        "  anna:create-boxes  up down \n"
                        "  anna:box-trigger  up down \n"
                        "  bert:1  up! down! \n"
                        "  bert:2  up! down! \n"
                        "  bert:add-color  up down \n"
                        "  anna:heavy-boxes  repeatable up down \n");
    assert_string_equal(grouped("testdata/migrations/sqitch"),
                        "sqitch .\n"
                        "  appschema  up down \n"
                        "  routes  up down \n"
                        "  views/open_routes@v1.0  up down \n"
                        "  add_distance  up down \n"
                        "  views/open_routes  up down \n"
                        "plain verify\n    up \n"
                        "plain verify\n    up \n");
    assert_string_equal(grouped("testdata/migrations/drizzle"),
                        "drizzle drizzle\n"
                        "  0000_silent_hulk  up \n"
                        "  0001_brave_nova  up \n"
                        "  0002_warm_sif  up \n");
    assert_string_equal(grouped("testdata/migrations/drizzle-folders"),
                        "drizzle drizzle\n"
                        "  20250903101500_silent_hulk  up \n"
                        "  20250910084200_brave_nova  up \n");
    assert_string_equal(grouped("testdata/migrations/graphile-migrate"),
                        "graphile-migrate migrations\n"
                        "  000001  up \n"
                        "  000002 votes up \n"
                        "  000003 index-voters up! \n"
                        "  current  up \n");
}

/* Each file that Django or Alembic printed is a history by itself. */
static void test_printed_scripts(void **state)
{
    (void)state;
    assert_string_equal(grouped("testdata/migrations/django"),
                        "django .\n  0001_initial  up \n"
                        "django .\n  0002_event_starts_idx  up \n"
                        "django .\n  0003_event_notes  up \n");
    assert_string_equal(grouped("testdata/migrations/alembic"),
                        "alembic .\n  downgrade  down \n"
                        "alembic .\n  upgrade  up \n");
    scratch_write(&scratch, "1.sql", "BEGIN;\n--\n-- Add x\n--\nSELECT 1;\n");
    scratch_write(&scratch, "2.sql", "BEGIN;\n--\nSELECT 1;\n--\n");
    scratch_write(&scratch, "3.sql", "-- Running upgrade a -> b\n");
    scratch_write(&scratch, "4.sql",
                  "--\n-- PostgreSQL database dump\n--\n\nSET x = 1;\n");
    assert_string_equal(grouped_scratch(), "django .\n  1  up \n"
                                           "plain .\n    up \n"
                                           "plain .\n    up \n"
                                           "plain .\n    up \n");
}

static const char *edited(const char *text)
{
    struct source source = source_of_path("1.sql");
    const char *judged;

    source_load_text(&source, slice_from(text));
    atlas_edit(&arena, &source);
    judged = arena_copy(&arena, source.text);
    source_unload(&source);
    return judged;
}

static void test_delimiters_of_atlas(void **state)
{
    (void)state;
    assert_string_equal(
        edited("-- atlas:delimiter -- end\n\na\n-- end\nb\n-- end\n"),
        "-- atlas:delimiter -- end\n\na\n;     \nb\n;     \n");
    assert_string_equal(
        edited("-- atlas:delimiter \\nGO\\n\n\na GO\nGO\nb\nGO\n"),
        "-- atlas:delimiter \\nGO\\n\n\na GO\n; \nb\n; \n");
    assert_string_equal(edited("-- atlas:delimiter \\n\\n\n\na;\n\nb;\n"),
                        "-- atlas:delimiter \\n\\n\n\na;\n\nb;\n");
    assert_string_equal(edited("-- atlas:delimiter //\na//\n"),
                        "-- atlas:delimiter //\na//\n");
}

/* In its order; what it does not name is not run. */
static void test_the_journal_of_drizzle(void **state)
{
    (void)state;
    scratch_write(&scratch, "a/meta/_journal.json",
                  "{\"dialect\": \"postgresql\", \"entries\": ["
                  "{\"idx\": 0, \"tag\": \"0001_b\"}, {\"tag\": 3}, 4,"
                  "{\"idx\": 1, \"tag\": \"0000_a\"}]}");
    scratch_write(&scratch, "a/0000_a.sql", "");
    scratch_write(&scratch, "a/0001_b.sql", "");
    scratch_write(&scratch, "a/0002_c.sql", "");
    scratch_write(&scratch, "b/meta/_journal.json",
                  "{\"dialect\": \"sqlite\", \"entries\": ["
                  "{\"idx\": 0, \"tag\": \"0000_a\"}]}");
    scratch_write(&scratch, "b/0000_a.sql", "");
    scratch_write(&scratch, "c/meta/_journal.json", "[[[");
    scratch_write(&scratch, "c/0000_a.sql", "");
    scratch_write(&scratch, "c/0001_b.sql", "");
    assert_string_equal(grouped_scratch(), "drizzle a\n"
                                           "  0001_b  up \n"
                                           "  0000_a  up \n"
                                           "plain a\n    up \n"
                                           "drizzle c\n"
                                           "  0000_a  up \n"
                                           "  0001_b  up \n"
                                           "skipped 1\n");
}

static void test_the_plan_of_sqitch(void **state)
{
    (void)state;
    scratch_write(&scratch, "sqitch.plan",
                  "%project=x\n\n# b\n"
                  " c 2020-01-01T00:00:00Z A <a@b> # c\r\n"
                  "+a [c] 2020-01-01T00:00:00Z A <a@b>\n@t1\nd\n@t2\n"
                  "a [a@t2]\n@t3\na\n");
    scratch_write(&scratch, "deploy/a.sql", "");
    scratch_write(&scratch, "revert/a.sql", "");
    scratch_write(&scratch, "deploy/a@t2.sql", "");
    scratch_write(&scratch, "deploy/a@t3.sql", "");
    scratch_write(&scratch, "deploy/b.sql", "");
    scratch_write(&scratch, "deploy/c.sql", "");
    scratch_write(&scratch, "deploy/d.sql", "");
    scratch_write(&scratch, "verify/a.sql", "");
    assert_string_equal(grouped_scratch(), "sqitch .\n"
                                           "  c  up \n"
                                           "  a@t2  up \n"
                                           "  d  up \n"
                                           "  a@t3  up \n"
                                           "  a  up down \n"
                                           "plain deploy\n    up \n"
                                           "plain verify\n    up \n");
}

/* Without a changelog of other formats, a folder's files are one history, in
 * the order of their paths. */
static void test_changelogs_of_liquibase(void **state)
{
    const char *changeset = "--liquibase formatted sql\n--changeset a:1\n";

    (void)state;
    scratch_write(&scratch, "a/10.sql", changeset);
    scratch_write(&scratch, "a/9.sql", changeset);
    scratch_write(&scratch, "b/changelog.xml",
                  "<databaseChangeLog><!-- <include file=\"u.sql\"/> -->"
                  "<include relativeToChangelogFile=\"true\" file=\"y.sql\"/>"
                  "<include file='sub/changelog.json'/></databaseChangeLog>");
    scratch_write(&scratch, "b/sub/changelog.json",
                  "{\"databaseChangeLog\": [{\"includeAll\": {\"path\": "
                  "\"b/sub/sql/\"}}, {\"include\": {\"file\": "
                  "\"classpath:/b/changelog.xml\"}}]}");
    scratch_write(&scratch, "b/sub/sql/x/c.sql",
                  "--liquibase formatted sql\n--changeset b:2\n");
    scratch_write(&scratch, "b/sub/sql/a.sql",
                  "--liquibase formatted sql\n--changeset b:1\n");
    scratch_write(&scratch, "b/y.sql",
                  "--liquibase formatted sql\n--changeset y:1\n"
                  "--changeset y:2\n");
    scratch_write(&scratch, "b/u.sql",
                  "--liquibase formatted sql\n--changeset u:1\n");
    assert_string_equal(grouped_scratch(), "liquibase a\n"
                                           "  a:1  up \n"
                                           "  a:1  up \n"
                                           "liquibase b\n"
                                           "  y:1  up \n"
                                           "  y:2  up \n"
                                           "  b:1  up \n"
                                           "  b:2  up \n"
                                           "  u:1  up \n");
}

static void test_files_of_up_and_down_folders(void **state)
{
    (void)state;
    scratch_write(&scratch, "a/up/1_x.up.sql", "");
    scratch_write(&scratch, "a/down/1_x.down.sql", "");
    scratch_write(&scratch, "a/up/2_y.up.sql", "");
    assert_string_equal(grouped_scratch(), "golang-migrate a\n"
                                           "  1 x up down \n"
                                           "  2 y up \n");
    assert_string_equal(
        grouped_by(scratch.folder, tool_find(SLICE("plain-numbered"))),
        "plain-numbered a\n"
        "  1 _x.up up down \n"
        "  2 _y.up up \n");
}

/* A word of the nearest project file, a marker, a name: any one is enough. */
static void test_what_tells_the_tool(void **state)
{
    (void)state;
    scratch_write(&scratch, "a/1_x.sql", "-- Up Migration\n");
    scratch_write(&scratch, "b/1_x.sql",
                  "---- create above / drop below ----\n");
    scratch_write(&scratch, "c/1.x.sql", "");
    scratch_write(&scratch, "c/1.x.rollback.sql", "");
    scratch_write(&scratch, "d/1_x.postgres.up.sql", "");
    scratch_write(&scratch, "e/package.json",
                  "{\"dependencies\": {\"node-pg-migrate\": \"1\"}}");
    scratch_write(&scratch, "e/1_x.sql", "");
    scratch_write(&scratch, "f/000001.sql", "--! Previous: -\n");
    scratch_write(&scratch, "g/.sqlx/query-1.json", "{}");
    scratch_write(&scratch, "g/1_x.sql", "");
    scratch_write(&scratch, "h/V1__x.sql", "");
    assert_string_equal(grouped_scratch(), "node-pg-migrate a\n  1 x up \n"
                                           "tern b\n  1 x up down \n"
                                           "yoyo c\n  1.x  up down \n"
                                           "pop d\n  1 x up \n"
                                           "node-pg-migrate e\n  1 x up \n"
                                           "graphile-migrate f\n"
                                           "  000001  up \n"
                                           "sqlx g\n  1 x up \n"
                                           "flyway h\n  1 x up \n");
}

/* A migration without the mark is one all the same beside those that have it. */
static void test_a_folder_tells_the_tool(void **state)
{
    (void)state;
    scratch_write(&scratch, "1_x.sql", "-- no-transaction\nSELECT 1;\n");
    scratch_write(&scratch, "2_y.sql", "");
    assert_string_equal(grouped_scratch(), "sqlx .\n  1 x up! \n  2 y up \n");
}

/* Since 1.0 each migration has a folder, as Prisma's have. */
static void test_folders_of_drizzle(void **state)
{
    (void)state;
    scratch_write(&scratch, "a/1_x/migration.sql", "");
    scratch_write(&scratch, "a/1_x/snapshot.json",
                  "{\"dialect\": \"postgres\"}");
    scratch_write(&scratch, "a/2_y/migration.sql",
                  "SELECT 1;--> statement-breakpoint\nSELECT 2;\n");
    scratch_write(&scratch, "b/1_x/migration.sql", "");
    scratch_write(&scratch, "b/1_x/snapshot.json", "{\"dialect\": \"sqlite\"}");
    scratch_write(&scratch, "c/1_x/migration.sql", "");
    assert_string_equal(grouped_scratch(), "drizzle a\n"
                                           "  1_x  up \n"
                                           "  2_y  up \n"
                                           "prisma c\n"
                                           "  1 x up \n"
                                           "skipped 1\n");
    assert_string_equal(
        grouped_by(scratch_path(&scratch, "c"), tool_find(SLICE("drizzle"))),
        "drizzle .\n  1_x  up \n");
}

/* What a migration depends on comes before it, whatever the names say; also
 * where it goes round in a circle. */
static void test_yoyo_goes_by_what_depends(void **state)
{
    (void)state;
    scratch_write(&scratch, "yoyo.ini", "");
    scratch_write(&scratch, "a/1.x.sql", "-- x\n-- depends: 3.z\n");
    scratch_write(&scratch, "a/1.x.rollback.sql", "");
    scratch_write(&scratch, "a/2.y.sql", "-- depends: 9.gone 1.x\n");
    scratch_write(&scratch, "a/3.z.sql", "-- depends:\n");
    scratch_write(&scratch, "a/4.w.sql", "SELECT 1;\n-- depends: 5.v\n");
    scratch_write(&scratch, "a/5.v.sql", "");
    scratch_write(&scratch, "b/1.x.sql", "-- depends: 2.y\n");
    scratch_write(&scratch, "b/2.y.sql", "-- depends: 1.x\n");
    assert_string_equal(grouped_scratch(), "yoyo a\n"
                                           "  3.z  up \n"
                                           "  1.x  up down \n"
                                           "  2.y  up \n"
                                           "  4.w  up \n"
                                           "  5.v  up \n"
                                           "yoyo b\n"
                                           "  2.y  up \n"
                                           "  1.x  up \n");
}

static void test_sql_migrate_orders_numbers_first(void **state)
{
    (void)state;
    scratch_write(&scratch, "b.sql", "-- +migrate Up\n");
    scratch_write(&scratch, "a.sql", "-- +migrate Up\n");
    scratch_write(&scratch, "10_c.sql", "-- +migrate Up\n");
    scratch_write(&scratch, "9_d.sql", "-- +migrate Up\n");
    scratch_write(&scratch, "9-d.sql", "-- +migrate Up\n");
    assert_string_equal(grouped_scratch(), "sql-migrate .\n"
                                           "  9-d  up \n"
                                           "  9_d  up \n"
                                           "  10_c  up \n"
                                           "  a  up \n"
                                           "  b  up \n");
}

/* Atlas reads its directives only where an empty line follows them. */
static void test_headers_of_atlas(void **state)
{
    (void)state;
    scratch_write(&scratch, "atlas.sum", "h1:\n");
    scratch_write(&scratch, "1.sql", "-- atlas:txmode none\n\nSELECT 1;\n");
    scratch_write(&scratch, "2.sql", "-- atlas:txmode none\nSELECT 1;\n");
    scratch_write(&scratch, "3.sql",
                  "# x\r\n-- atlas:txmode  none \r\n\r\nSELECT 1;\r\n");
    scratch_write(&scratch, "4.sql", "\n-- atlas:txmode none\n\nSELECT 1;\n");
    scratch_write(&scratch, "5.sql", "-- atlas:txmode file\n\nSELECT 1;\n");
    scratch_write(&scratch, "6.up.sql", "");
    assert_string_equal(grouped_scratch(), "atlas .\n"
                                           "  1  up! \n"
                                           "  2  up \n"
                                           "  3  up! \n"
                                           "  4  up \n"
                                           "  5  up \n"
                                           "plain .\n    up \n");
}

static void test_headers_of_graphile_migrate_and_yoyo(void **state)
{
    (void)state;
    scratch_write(&scratch, "g/000001.sql",
                  "--! Previous: -\n--! Hash: x\n\n--! no-transaction\n");
    scratch_write(&scratch, "g/000002.sql",
                  "--! Previous: x\n--! Hash: y\n\n-- no-transaction\n");
    scratch_write(&scratch, "y/1.a.sql", "--\n-- transactional: false\n");
    scratch_write(&scratch, "y/1.a.rollback.sql", "");
    scratch_write(&scratch, "y/2.b.sql", "-- transactional: true\n");
    scratch_write(&scratch, "y/3.c.sql",
                  "-- depends: 2.b\nSELECT 1;\n-- transactional: false\n");
    assert_string_equal(grouped_scratch(), "graphile-migrate g\n"
                                           "  000001  up! \n"
                                           "  000002  up \n"
                                           "yoyo y\n"
                                           "  1.a  up! down! \n"
                                           "  2.b  up \n"
                                           "  3.c  up \n");
}

static void assert_transaction(const char *name, struct section section,
                               size_t count, enum transaction_kind expected)
{
    struct slice statements[] = {SLICE("SELECT 1"), SLICE("SELECT 2")};

    assert_int_equal(tool_transaction(tool_find(slice_from(name)), &section,
                                      statements, count),
                     expected);
}

static void test_transactions(void **state)
{
    static const char *const around[] = {"sql-migrate", "node-pg-migrate",
                                         "tern", "yoyo", "atlas"};
    static const char *const around_string[] = {"graphile-migrate", "hasura",
                                                "refinery", "pop"};
    struct section in = {.direction = DIRECTION_UP};
    struct section out = {.has_opted_out = true};
    struct section string = {.has_opted_out = true, .is_string = true};

    (void)state;
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        assert_transaction(around[i], in, 1, TRANSACTION_TOOL);
        assert_transaction(around[i], out, 2, TRANSACTION_NONE);
    }
    for (size_t i = 0; i < sizeof around_string / sizeof *around_string; i++) {
        assert_transaction(around_string[i], in, 1, TRANSACTION_TOOL);
        assert_transaction(around_string[i], out, 1, TRANSACTION_NONE);
        assert_transaction(around_string[i], out, 2, TRANSACTION_IMPLICIT);
    }
    assert_transaction("sql-migrate", string, 1, TRANSACTION_NONE);
    assert_transaction("sql-migrate", string, 2, TRANSACTION_IMPLICIT);
    assert_transaction("goose", string, 2, TRANSACTION_IMPLICIT);
    assert_transaction("supabase", in, 1, TRANSACTION_NONE);
    assert_transaction("supabase", in, 2, TRANSACTION_PIPELINE);
    assert_transaction("postgrator", in, 1, TRANSACTION_NONE);
    assert_transaction("postgrator", in, 2, TRANSACTION_IMPLICIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_projects_of_testdata),
        TEST(test_the_projects_with_lists),
        TEST(test_printed_scripts),
        TEST(test_delimiters_of_atlas),
        TEST(test_the_journal_of_drizzle),
        TEST(test_the_plan_of_sqitch),
        TEST(test_changelogs_of_liquibase),
        TEST(test_files_of_up_and_down_folders),
        TEST(test_what_tells_the_tool),
        TEST(test_a_folder_tells_the_tool),
        TEST(test_folders_of_drizzle),
        TEST(test_yoyo_goes_by_what_depends),
        TEST(test_sql_migrate_orders_numbers_first),
        TEST(test_headers_of_atlas),
        TEST(test_headers_of_graphile_migrate_and_yoyo),
        TEST(test_transactions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
