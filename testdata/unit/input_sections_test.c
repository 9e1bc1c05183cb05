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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
