/*
 * Where the tools that keep up and down in one file cut it.
 */
#include "input/tool_rows.h"

#include <setjmp.h>
#include <stdarg.h>
/* Needs the headers above. */
#include <cmocka.h>

#include "base/buffer.h"

static struct arena arena;

static int clear(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void add_sections(struct buffer *buffer, const char *name,
                         const struct section_array *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        const struct section *section = &sections->items[i];

        buffer_add_format(buffer, "%s%s%s{", name,
                          section->has_opted_out ? "!" : "",
                          section->is_string ? "s" : "");
        buffer_add(buffer, slice_part(section->source->text, section->offset,
                                      section->offset + section->length));
        buffer_add_text(buffer, "}");
    }
}

static const char *cut(const char *tool, struct slice text)
{
    struct source source = source_of_path("1_x.sql");
    struct migration migration = {0};
    struct buffer buffer;

    source_load_text(&source, text);
    tool_find(slice_from(tool))->cut(&arena, &source, &migration);
    buffer_init(&buffer, &arena);
    add_sections(&buffer, "up", &migration.up);
    add_sections(&buffer, "down", &migration.down);
    source_unload(&source);
    return buffer_text(&buffer);
}

/* Changesets, as the judged text has them. */
static const char *cut_changesets(struct slice text)
{
    struct source source = source_of_path("x.sql");
    struct migration_array changesets = {0};
    struct buffer buffer;

    buffer_init(&buffer, &arena);
    source_load_text(&source, text);
    if (!changesets_cut(&arena, &source, &changesets))
        buffer_add_text(&buffer, "others ");
    for (size_t i = 0; i < changesets.count; i++) {
        const struct migration *changeset = changesets.items[i];

        buffer_add_format(&buffer, "[%s%s]", changeset->version,
                          changeset->is_repeatable ? "*" : "");
        add_sections(&buffer, "up", &changeset->up);
        add_sections(&buffer, "down", &changeset->down);
    }
    source_unload(&source);
    return buffer_text(&buffer);
}

#define ASSERT_CUT(tool, text, expected) \
    assert_string_equal(cut(tool, SLICE(text)), expected)

static void test_goose(void **state)
{
    (void)state;
    ASSERT_CUT("goose", "-- +goose Up\na;\n-- +goose Down\nb;\n",
               "up{a;\n}down{b;\n}");
    ASSERT_CUT("goose", "-- +goose Up\na;\n", "up{a;\n}");
    ASSERT_CUT("goose", "-- +goose Up\n-- +goose Down\n", "up{}down{}");
    ASSERT_CUT("goose", "-- +goose Up", "up{}");
    ASSERT_CUT("goose", "-- x\n\n-- +goose UP\r\na;\r\n-- +goose down\r\nb;",
               "up{a;\r\n}down{b;}");
    ASSERT_CUT("goose", "--+goose  Up  \na;\n--   +goose Down --\nb;\n",
               "up{a;\n}down{b;\n}");
    ASSERT_CUT("goose", "\xEF\xBB\xBF-- +goose Up\na;", "up{a;}");
}

static void test_goose_without_transaction(void **state)
{
    (void)state;
    ASSERT_CUT("goose",
               "-- +goose NO TRANSACTION\n-- +goose Up\na;\n-- +goose Down\n",
               "up!{a;\n}down!{}");
    ASSERT_CUT("goose", "-- +goose Up\n-- +goose no transaction\na;\n",
               "up!{-- +goose no transaction\na;\n}");
    ASSERT_CUT("goose", "-- +goose Up\n-- +goose NO  TRANSACTION\n",
               "up{-- +goose NO  TRANSACTION\n}");
    ASSERT_CUT("goose", "-- +goose Up\n-- write: -- +goose NO TRANSACTION\n",
               "up{-- write: -- +goose NO TRANSACTION\n}");
}

/* goose refuses these lines; none of them begins a section. */
static void test_what_goose_takes_for_no_marker(void **state)
{
    (void)state;
    ASSERT_CUT("goose", "-- +goose Up\na;\n  -- +goose Down\nb;\n",
               "up{a;\n  -- +goose Down\nb;\n}");
    ASSERT_CUT("goose", "-- +goose Up\na;\n-- +goose Down this\nb;\n",
               "up{a;\n-- +goose Down this\nb;\n}");
    ASSERT_CUT("goose", "-- +goose Up\na;\n-- +Goose Down\nb;\n",
               "up{a;\n-- +Goose Down\nb;\n}");
    ASSERT_CUT("goose", "-- +goose Up\na;\n-- +goose Up\nb;\n",
               "up{a;\n-- +goose Up\nb;\n}");
    ASSERT_CUT("goose", "a;\nb;\n", "up{a;\nb;\n}");
    assert_false(sections_are_goose(SLICE("SELECT '+goose Up';\n")));
    assert_false(sections_are_goose(SLICE("-- see +goose Up\n")));
    assert_true(sections_are_goose(SLICE("-- x\n--\t+goose up\n")));
}

static void test_dbmate(void **state)
{
    (void)state;
    ASSERT_CUT("dbmate", "-- migrate:up\na;\n-- migrate:down\nb;\n",
               "up{a;\n}down{b;\n}");
    ASSERT_CUT("dbmate", "--migrate:up\r\na;\r\n--\tmigrate:down \r\nb;",
               "up{a;\r\n}down{b;}");
    ASSERT_CUT("dbmate",
               "-- migrate:up\na;\n-- migrate:down\nb;\n"
               "-- migrate:up transaction:false\nc;\n-- migrate:down\nd;\n",
               "up{a;\n}up!{c;\n}down{b;\n}down{d;\n}");
    ASSERT_CUT("dbmate", "a;\n", "up{a;\n}");
}

static void test_dbmate_options(void **state)
{
    (void)state;
    ASSERT_CUT("dbmate", "-- migrate:up x:y  transaction:false\na;", "up!{a;}");
    ASSERT_CUT("dbmate", "-- migrate:up transaction:true\na;", "up{a;}");
    ASSERT_CUT("dbmate", "-- migrate:up transaction: false\na;", "up{a;}");
    ASSERT_CUT("dbmate", "-- migrate:up no transaction\na;", "up{a;}");
    ASSERT_CUT("dbmate",
               "-- migrate:up\na;\n-- migrate:down transaction:false\nb;",
               "up{a;\n}down!{b;}");
}

static void test_what_dbmate_takes_for_no_marker(void **state)
{
    (void)state;
    ASSERT_CUT("dbmate", "-- migrate:up\na;\n -- migrate:down\nb;",
               "up{a;\n -- migrate:down\nb;}");
    ASSERT_CUT("dbmate", "-- migrate:up\na;\n-- migrate:downwards\nb;",
               "up{a;\n-- migrate:downwards\nb;}");
    ASSERT_CUT("dbmate", "-- migrate:up\na;\n-- Migrate:down\nb;",
               "up{a;\n-- Migrate:down\nb;}");
    assert_false(sections_are_dbmate(SLICE("-- migrate:update\n")));
    assert_false(sections_are_dbmate(SLICE("/* -- migrate:up */\n")));
    assert_true(sections_are_dbmate(SLICE("-- x\n-- migrate:up\n")));
}

/* Outside of a transaction a block is one string of its own. */
static void test_goose_statement_blocks(void **state)
{
    (void)state;
    ASSERT_CUT("goose",
               "-- +goose NO TRANSACTION\n-- +goose Up\na;\n"
               "-- +goose StatementBegin\nb;\nc;\n-- +goose StatementEnd\nd;\n",
               "up!{a;\n}up!s{b;\nc;\n}up!{d;\n}");
    ASSERT_CUT("goose", "-- +goose Up\n-- +goose StatementBegin\na;\n",
               "up{-- +goose StatementBegin\na;\n}");
}

static void test_sql_migrate(void **state)
{
    (void)state;
    ASSERT_CUT("sql-migrate", "-- +migrate Up\na;\n-- +migrate Down\nb;\n",
               "up{a;\n}down{b;\n}");
    ASSERT_CUT("sql-migrate", "-- +migrate Up notransaction\na;\n",
               "up!{a;\n}");
    ASSERT_CUT("sql-migrate", "-- +migrate Up  x notransaction\r\na;\r\n",
               "up!{a;\r\n}");
    ASSERT_CUT("sql-migrate",
               "-- +migrate Up\na;\n-- +migrate Down notransaction\nb;\n"
               "-- +migrate StatementBegin\nc;\n-- +migrate StatementEnd\n",
               "up{a;\n}down!{b;\n}down!s{c;\n}down!{}");
    /* A second mark goes on with its direction; one option is for all. */
    ASSERT_CUT("sql-migrate",
               "-- +migrate Up\na;\n-- +migrate Down\nb;\n"
               "-- +migrate Up notransaction\nc;\n",
               "up!{a;\n}up!{c;\n}down{b;\n}");
    assert_false(sections_are_sql_migrate(SLICE("-- +migrate up\n")));
    assert_false(sections_are_sql_migrate(SLICE("--+migrate Up\n")));
    assert_false(sections_are_sql_migrate(SLICE(" -- +migrate Up\n")));
    assert_false(sections_are_sql_migrate(SLICE("-- +migrate Upwards\n")));
}

static void test_node_pg_migrate(void **state)
{
    (void)state;
    ASSERT_CUT("node-pg-migrate", "-- Up Migration\na;\n-- Down Migration\nb;",
               "up{a;\n}down{b;}");
    ASSERT_CUT("node-pg-migrate",
               "x;\n  ---- - UP   MIGRATION now\na;\n--down migrations\nb;",
               "up{a;\n}down{b;}");
    ASSERT_CUT("node-pg-migrate", "-- Down Migration\nb;\n-- Up Migration\na;",
               "up{a;}down{b;\n}");
    ASSERT_CUT("node-pg-migrate", "a;\n-- Down Migration\nb;",
               "up{a;\n}down{b;}");
    ASSERT_CUT("node-pg-migrate", "a;\n", "up{a;\n}");
    assert_false(sections_are_node_pg_migrate(SLICE("-- upmigration\n")));
    assert_false(sections_are_node_pg_migrate(SLICE("x -- up migration\n")));
    assert_false(sections_are_node_pg_migrate(SLICE("-- up\nmigration\n")));
}

static void test_tern(void **state)
{
    (void)state;
    ASSERT_CUT("tern", "a;\n---- create above / drop below ----\nb;\n",
               "up{a;\n}down{\nb;\n}");
    ASSERT_CUT("tern", "a;\n", "up{a;\n}");
    ASSERT_CUT("tern",
               "---- tern: disable-tx ----\na;\n"
               "---- create above / drop below ----\nb;\n",
               "up!{---- tern: disable-tx ----\na;\n}down{\nb;\n}");
    ASSERT_CUT("tern",
               "a; ---- tern: disable-tx ----\n"
               "---- create above / drop below ----\n"
               "---- tern: disable-tx ----\nb;\n",
               "up{a; ---- tern: disable-tx ----\n}"
               "down!{\n---- tern: disable-tx ----\nb;\n}");
}

#define ASSERT_CHANGESETS(text, expected) \
    assert_string_equal(cut_changesets(SLICE(text)), expected)

static void test_changesets(void **state)
{
    (void)state;
    ASSERT_CHANGESETS("--liquibase formatted sql\nx;\n--changeset a:1\na;\n"
                      "  --  ChangeSet \"b c\":\"2 3\" context:x\nb;",
                      "[a:1]up{a;\n}[\"b c\":\"2 3\"]up{b;}");
    ASSERT_CHANGESETS(
        "--changeset a:1 runInTransaction:false\na;\n"
        "--changeset a:2 splitStatements:FALSE runOnChange:true\n",
        "[a:1]up!{a;\n}[a:2*]ups{}");
    ASSERT_CHANGESETS("--changeset a:1 dbms:mysql,h2\na;\n", "others ");
    ASSERT_CHANGESETS("--changeset a:1 dbms:mysql,postgresql\na;\n"
                      "--changeset a:2 dbms:!postgresql\nb;\n"
                      "--changeset a:3 dbms:!mysql\nc;\n"
                      "--changeset a:4 ignore:true\nd;\n",
                      "[a:1]up{a;\n}[a:3]up{c;\n}");
    ASSERT_CHANGESETS("a;\n--changesets a:1\n--changeset\n", "");
    ASSERT_CHANGESETS("--changeset a:1\na;\n--ignoreLines:1\nx;\nb;\n"
                      "--ignoreLines:start\ny;\n--ignoreLines:end\nc;\n",
                      "[a:1]up{a;\n--ignoreLines:1\n  \nb;\n"
                      "--ignoreLines:start\n  \n--ignoreLines:end\nc;\n}");
}

static void test_rollbacks_of_changesets(void **state)
{
    (void)state;
    ASSERT_CHANGESETS("--changeset a:1\na;\n--rollback b;\n-- ROLLBACK c;\n\n",
                      "[a:1]up{a;\n}down{           b;\n            c;\n}");
    ASSERT_CHANGESETS("--changeset a:1\na;\n--rollback empty\n"
                      "--changeset a:2\nb;\n--rollback not required\n"
                      "--changeset a:3\nc;\n--rollback changesetId:1\n",
                      "[a:1]up{a;\n}down{--rollback empty\n}"
                      "[a:2]up{b;\n}down{--rollback not required\n}"
                      "[a:3]up{c;\n}down{--rollback changesetId:1\n}");
    ASSERT_CHANGESETS("--changeset a:1 rollbackSplitStatements:false\na;\n"
                      "/* liquibase rollback\nb;\nc; */\nd;\n",
                      "[a:1]up{a;\n}up{d;\n}downs{b;\nc; }");
    ASSERT_CHANGESETS("--changeset a:1\na;\n--rollback b;\nc;\n--rollback d;",
                      "[a:1]up{a;\n}up{c;\n}down{           b;\n}"
                      "down{           d;}");
    ASSERT_CHANGESETS("--changeset a:1\na;\n--rollbacks b;\n",
                      "[a:1]up{a;\n--rollbacks b;\n}");
}

static void test_delimiters_of_changesets(void **state)
{
    (void)state;
    ASSERT_CHANGESETS("--changeset a:1 endDelimiter://\na//\nb\n//\n",
                      "[a:1]up{a; \nb\n; \n}");
    ASSERT_CHANGESETS("--changeset a:1 endDelimiter:\\nGO\na GO\ngo\n",
                      "[a:1]up{a GO\n; \n}");
    ASSERT_CHANGESETS("--changeset a:1 rollbackEndDelimiter://\na//\n/\nGo\r\n",
                      "[a:1]up{a//\n;\n; \r\n}");
    ASSERT_CHANGESETS("--changeset a:1 splitStatements:false\na\n/\n",
                      "[a:1]ups{a\n/\n}");
}

static void test_what_liquibase_takes_for_its_first_line(void **state)
{
    (void)state;
    assert_true(changesets_have_marker(SLICE("--liquibase formatted sql")));
    assert_true(changesets_have_marker(
        SLICE("\n \n -- LIQUIBASE  Formatted SQL logicalFilePath:x\n")));
    assert_false(
        changesets_have_marker(SLICE("-- x\n--liquibase formatted sql")));
    assert_false(
        changesets_have_marker(SLICE("/* liquibase formatted sql */")));
    assert_false(changesets_have_marker(SLICE("")));
}

#define TEST(name) cmocka_unit_test_teardown(name, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_goose),
        TEST(test_goose_without_transaction),
        TEST(test_what_goose_takes_for_no_marker),
        TEST(test_dbmate),
        TEST(test_dbmate_options),
        TEST(test_what_dbmate_takes_for_no_marker),
        TEST(test_goose_statement_blocks),
        TEST(test_sql_migrate),
        TEST(test_node_pg_migrate),
        TEST(test_tern),
        TEST(test_changesets),
        TEST(test_rollbacks_of_changesets),
        TEST(test_delimiters_of_changesets),
        TEST(test_what_liquibase_takes_for_its_first_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
