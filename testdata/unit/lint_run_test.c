/*
 * The main job, with rules of the test's own that say what they see: what is
 * judged and what only replayed, in which order, transaction and direction,
 * and that neither threads nor batches change a word.
 */
#include "lint/run.h"

#include "base/buffer.h"
#include "lint/suppression.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static bool has_table(const struct check *check, const char *name)
{
    return schema_find_table(check->schema,
                             (struct qualified_name){NULL, NULL, name});
}

/* Every column reference of queries. */
static void see_column(struct check *check, const Node *node)
{
    const ColumnRef *column = (const ColumnRef *)node;
    size_t offset = check->statement->tree_base + (size_t)column->location;

    check_report(check, words_at(check->text, check->statement, offset), node,
                 check->is_in_body ? "column in a body" : "column", NULL);
}

/* Every statement, and what was there before it. */
static void see_statement(struct check *check)
{
    struct slice text = statement_text(check->text, check->statement);
    bool is_new = check_is_new(check, (struct qualified_name){NULL, NULL, "t"});

    check_report(check, words_at_start(check->text, check->statement, 2), NULL,
                 check_format(check, "%.*s: %s%s%s", SLICE_ARGUMENTS(text),
                              transaction_kind_name(check->transaction_kind),
                              has_table(check, "t") ? ", t" : "",
                              is_new ? " is new" : ""),
                 NULL);
}

/* Every file, when its statements have been seen. */
static void see_source(struct check *check)
{
    size_t failed = 0;

    for (size_t i = 0; i < check->section_statement_count; i++)
        failed += check->section_statements[i].outcome == PARSE_FAILED;
    check_report(check, (struct span){0, 0}, NULL,
                 check_format(check, "%zu statements, %zu failed",
                              check->section_statement_count, failed),
                 NULL);
}

static void see_migration(struct check *check)
{
    check_report(check, (struct span){0, 0}, NULL,
                 check_format(check, "version %s%s", check->migration->version,
                              has_table(check, "t") ? ", t" : ""),
                 NULL);
}

/* Every table that is there at the end, where it was made. */
static void see_end(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct relation *relation = &tables->items[i]->relation;

        check_report_at(check, relation->made_at, relation,
                        check_format(check, "made %s", relation->name), NULL);
    }
}

static void see_suppression(struct check *check,
                            const struct suppression *suppression)
{
    struct place place = {suppression->source, suppression->id_span, 0};

    if (!suppression->is_used)
        check_report_at(check, place, NULL, "unused", NULL);
}

static const NodeTag column_tags[] = {T_ColumnRef, T_Invalid};
static const struct rule columns = {.id = "columns",
                                    .family = FAMILY_MIGRATION,
                                    .severity = SEVERITY_WARNING,
                                    .directions = RULE_UP,
                                    .tags = column_tags,
                                    .check_node = see_column};
static const struct rule ends = {.id = "ends",
                                 .family = FAMILY_MIGRATION,
                                 .severity = SEVERITY_WARNING,
                                 .finish = see_end};
static const struct rule migrations = {.id = "migrations",
                                       .severity = SEVERITY_WARNING,
                                       .needs_history = true,
                                       .check_migration = see_migration};
static const struct rule never = {.id = "never",
                                  .severity = SEVERITY_WARNING,
                                  .version_min = 18,
                                  .check_statement = see_statement};
static const struct rule sources = {.id = "sources",
                                    .family = FAMILY_MIGRATION,
                                    .severity = SEVERITY_WARNING,
                                    .directions = RULE_UP_DOWN,
                                    .check_source = see_source};
static const struct rule statements = {.id = "statements",
                                       .family = FAMILY_MIGRATION,
                                       .severity = SEVERITY_WARNING,
                                       .directions = RULE_UP_DOWN,
                                       .check_statement = see_statement};
static const struct rule suppressions = {.id = "suppressions",
                                         .severity = SEVERITY_WARNING,
                                         .check_suppression = see_suppression};
const struct rule *const rule_table[] = {
    &columns, &ends, &migrations, &never, &sources, &statements, &suppressions,
};
const size_t rule_count = 7;

struct fixture {
    struct arena arena;
    char folder[32];
    struct lint_settings settings;
};

/* In a new folder that is the current one. */
static void set_up(struct fixture *fixture)
{
    *fixture = (struct fixture){.folder = "/tmp/pgsquint-XXXXXX"};
    assert_non_null(mkdtemp(fixture->folder));
    assert_int_equal(chdir(fixture->folder), 0);
    fixture->settings.postgres_version = 15;
    fixture->settings.jobs = 1;
    rule_levels_init(&fixture->arena, &fixture->settings.levels);
}

static void tear_down(struct fixture *fixture)
{
    char command[64];

    snprintf(command, sizeof command, "rm -r %s", fixture->folder);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(system(command), 0);
    arena_release(&fixture->arena);
}

static void put_bytes(const char *path, struct slice text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(text.start, 1, text.length, file), text.length);
    assert_int_equal(fclose(file), 0);
}

static void put(const char *path, const char *text)
{
    put_bytes(path, slice_from(text));
}

/* Only these rules, separated by spaces, speak. */
static void ask(struct fixture *fixture, const char *ids)
{
    struct slice rest = slice_from(ids);

    rule_levels_set(&fixture->settings.levels, SLICE("all"), SEVERITY_OFF);
    while (rest.length) {
        size_t length = slice_find(rest, SLICE(" "));

        if (length == SLICE_NOT_FOUND)
            length = rest.length;
        assert_true(rule_levels_set(&fixture->settings.levels,
                                    slice_part(rest, 0, length),
                                    SEVERITY_WARNING));
        rest = slice_part(rest, length + 1, rest.length);
    }
}

static const char *describe(struct arena *arena,
                            const struct lint_result *result)
{
    struct buffer text;

    buffer_init(&text, arena);
    for (size_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = result->findings.items[i];

        buffer_add_format(&text, "%s:%zu:%zu-%zu:%zu %s %s\n", finding->path,
                          finding->line, finding->column, finding->end_line,
                          finding->end_column, finding->rule->id,
                          finding->message);
    }
    return buffer_text(&text);
}

/* path null: the current folder. */
static const char *run(struct fixture *fixture, const char *path,
                       struct lint_result *result)
{
    struct discover_request request = {.paths = &path,
                                       .path_count = path != NULL};
    struct discovery discovery = {0};

    discover(&fixture->arena, &request, &discovery);
    lint_run(&fixture->arena, &fixture->settings, &discovery, NULL, result);
    discovery_release(&discovery);
    return describe(&fixture->arena, result);
}

static void put_history(void)
{
    put("00001_a.sql", "-- +goose Up\nCREATE TABLE t (a int);\n"
                       "-- +goose Down\nDROP TABLE t;\n");
    put("00002_b.sql", "-- +goose NO TRANSACTION\n-- +goose Up\n"
                       "CREATE TABLE u (a int);\nDROP TABLE t;\n"
                       "-- +goose Down\nDROP TABLE u;\n"
                       "CREATE TABLE t (a int);\n");
    put("00003_c.sql", "-- +goose Up\nSELECT 1;\n");
}

/* The first file is replayed, up only; the second one's down step is judged
 * after its up step and leaves no trace. */
static void test_history(void **state)
{
    struct fixture fixture;
    struct lint_result result;

    (void)state;
    set_up(&fixture);
    put_history();
    ask(&fixture, "statements");
    assert_string_equal(
        run(&fixture, "00002_b.sql", &result),
        "00002_b.sql:3:1-3:13 statements CREATE TABLE u (a int): none, t\n"
        "00002_b.sql:4:1-4:11 statements DROP TABLE t: none, t\n"
        "00002_b.sql:6:1-6:11 statements DROP TABLE u: none\n"
        "00002_b.sql:7:1-7:13 statements CREATE TABLE t (a int): none\n");
    assert_int_equal(result.files, 1);
    assert_int_equal(result.files_replayed, 2);
    assert_int_equal(result.statements, 4);
    assert_string_equal(run(&fixture, "00003_c.sql", &result),
                        "00003_c.sql:2:1-2:9 statements SELECT 1: tool\n");
    tear_down(&fixture);
}

/* Files, migrations and the end of the history are asked about, in order; what
 * is said about files that nobody named is not heard. */
static void test_ends(void **state)
{
    struct fixture fixture;
    struct lint_result result;

    (void)state;
    set_up(&fixture);
    put_history();
    ask(&fixture, "ends migrations sources");
    assert_string_equal(run(&fixture, "00002_b.sql", &result),
                        "00002_b.sql:1:1-1:1 migrations version 00002\n"
                        "00002_b.sql:1:1-1:1 sources 4 statements, 0 failed\n"
                        "00002_b.sql:3:14-3:15 ends made u\n");
    assert_string_equal(run(&fixture, NULL, &result),
                        "00001_a.sql:1:1-1:1 migrations version 00001, t\n"
                        "00001_a.sql:1:1-1:1 sources 2 statements, 0 failed\n"
                        "00002_b.sql:1:1-1:1 migrations version 00002\n"
                        "00002_b.sql:1:1-1:1 sources 4 statements, 0 failed\n"
                        "00002_b.sql:3:14-3:15 ends made u\n"
                        "00003_c.sql:1:1-1:1 migrations version 00003\n"
                        "00003_c.sql:1:1-1:1 sources 1 statements, 0 failed\n");
    assert_int_equal(result.files, 3);
    assert_int_equal(result.files_replayed, 0);
    tear_down(&fixture);
}

/* Rules of RULE_UP are asked about down steps only with lint_down. */
static void test_directions(void **state)
{
    static const char up[] = "00001_a.sql:2:8-2:9 columns column\n";
    static const char both[] = "00001_a.sql:2:8-2:9 columns column\n"
                               "00001_a.sql:4:8-4:9 columns column\n";
    struct fixture fixture;
    struct lint_result result;

    (void)state;
    set_up(&fixture);
    put("00001_a.sql", "-- +goose Up\nSELECT a;\n-- +goose Down\nSELECT b;\n");
    ask(&fixture, "columns");
    assert_string_equal(run(&fixture, NULL, &result), up);
    fixture.settings.lint_down = true;
    assert_string_equal(run(&fixture, NULL, &result), both);
    tear_down(&fixture);
}

static void test_plain_files(void **state)
{
    struct fixture fixture;
    struct lint_result result;

    (void)state;
    set_up(&fixture);
    put("one.sql", "CREATE TABLE t (a int);\nDORP TABLE t;\n"
                   "BEGIN;\nDROP TABLE t;\nROLLBACK;\nSELECT 1");
    put("two.sql", "SELECT 2;");
    assert_string_equal(
        run(&fixture, NULL, &result),
        "one.sql:1:1-1:1 sources 6 statements, 1 failed\n"
        "one.sql:1:1-1:13 statements CREATE TABLE t (a int): none\n"
        "one.sql:1:14-1:15 ends made t\n"
        "one.sql:2:1-2:11 statements DORP TABLE t: none, t is new\n"
        "one.sql:3:1-3:6 statements BEGIN: none, t is new\n"
        "one.sql:4:1-4:11 statements DROP TABLE t: explicit, t is new\n"
        "one.sql:5:1-5:9 statements ROLLBACK: explicit\n"
        "one.sql:6:1-6:9 statements SELECT 1: none, t is new\n"
        "two.sql:1:1-1:1 sources 1 statements, 0 failed\n"
        "two.sql:1:1-1:9 statements SELECT 2: none\n");
    tear_down(&fixture);
}

static void test_bodies(void **state)
{
    struct fixture fixture;
    struct lint_result result;

    (void)state;
    set_up(&fixture);
    put("a.sql", "CREATE FUNCTION f(a int DEFAULT b) RETURNS int\n"
                 "BEGIN ATOMIC SELECT c; SELECT d FROM x WHERE e; END;");
    ask(&fixture, "columns");
    assert_string_equal(run(&fixture, "a.sql", &result),
                        "a.sql:1:33-1:34 columns column\n"
                        "a.sql:2:21-2:22 columns column in a body\n"
                        "a.sql:2:31-2:32 columns column in a body\n"
                        "a.sql:2:46-2:47 columns column in a body\n");
    tear_down(&fixture);
}

/* Silenced, unused, and those that nobody can judge. */
static void test_suppressions(void **state)
{
    struct fixture fixture;
    struct lint_result result;

    (void)state;
    set_up(&fixture);
    put("a.sql", "SELECT a; -- pgsquint: allow columns -- fine\n"
                 "SELECT b;\n"
                 "SELECT 1; -- pgsquint: allow columns\n"
                 "SELECT 1; -- pgsquint: allow statements, never\n"
                 "SELEC 1; -- pgsquint: allow columns\n"
                 "-- pgsquint: allow nothing\n");
    ask(&fixture, "columns suppressions");
    assert_string_equal(run(&fixture, "a.sql", &result),
                        "a.sql:2:8-2:9 columns column\n"
                        "a.sql:3:30-3:37 suppressions unused\n"
                        "a.sql:6:20-6:27 suppressions unused\n");
    assert_int_equal(result.suppressed, 1);
    put("a.sql", "SELECT a;\n-- pgsquint: allow-file columns, suppressions\n"
                 "SELECT 1; -- pgsquint: allow columns\n");
    assert_string_equal(run(&fixture, "a.sql", &result), "");
    assert_int_equal(result.suppressed, 2);
    tear_down(&fixture);
}

/* The settings' schema is there before the first statement, old, and silent. */
static void test_base_schema(void **state)
{
    struct fixture fixture;
    struct lint_result result;

    (void)state;
    set_up(&fixture);
    assert_int_equal(mkdir("sql", 0700), 0);
    put("schema.sql", "CREATE TABLE t (a int);");
    put("sql/a.sql", "SELECT 1; DROP TABLE t;");
    put("sql/b.sql", "SELECT 2;");
    fixture.settings.schema_path = "schema.sql";
    ask(&fixture, "statements ends");
    assert_string_equal(run(&fixture, "sql", &result),
                        "sql/a.sql:1:1-1:9 statements SELECT 1: none, t\n"
                        "sql/a.sql:1:11-1:21 statements DROP TABLE t: none, "
                        "t\n"
                        "sql/b.sql:1:1-1:9 statements SELECT 2: none, t\n");
    assert_string_equal(
        run(&fixture, "schema.sql", &result),
        "schema.sql:1:1-1:13 statements CREATE TABLE t (a int): none\n"
        "schema.sql:1:14-1:15 ends made t\n");
    fixture.settings.schema_path = "missing.sql";
    run(&fixture, "sql", &result);
    assert_int_equal(result.errors.count, 1);
    assert_string_equal(result.errors.items[0].path, "missing.sql");
    assert_int_equal(result.findings.count, 3);
    tear_down(&fixture);
}

static void test_unreadable(void **state)
{
    struct fixture fixture;
    struct lint_result result;

    (void)state;
    set_up(&fixture);
    put("b.sql", "SELECT a;");
    assert_int_equal(mkfifo("a.sql", 0600), 0);
    ask(&fixture, "columns");
    assert_string_equal(run(&fixture, "b.sql", &result),
                        "b.sql:1:8-1:9 columns column\n");
    run(&fixture, "a.sql", &result);
    assert_int_equal(result.errors.count, 1);
    assert_int_equal(result.findings.count, 0);
    run(&fixture, "missing.sql", &result);
    assert_int_equal(result.errors.count, 1);
    assert_string_equal(result.errors.items[0].path, "missing.sql");
    tear_down(&fixture);
}

/* Many files, some of them large, with errors here and there. */
static void put_many(struct arena *arena)
{
    for (int i = 1; i <= 200; i++) {
        struct buffer text;

        buffer_init(&text, arena);
        buffer_add_text(&text, "-- +goose Up\n");
        if (i == 1)
            buffer_add_text(&text, "CREATE TABLE t (a int);\n");
        for (int j = 0; j < i % 7 + (i % 90 == 0) * 40000; j++)
            buffer_add_format(&text, "SELECT a%d,\n b%d %s t;\n", j, i,
                              j % 50 == 3 ? "FORM" : "FROM");
        buffer_add_text(&text, "-- +goose Down\nDROP TABLE t;\n");
        put_bytes(arena_format(arena, "%05d_x.sql", i), buffer_slice(&text));
    }
}

static void test_jobs(void **state)
{
    struct fixture fixture;
    struct lint_result alone, together;
    const char *expected;

    (void)state;
    set_up(&fixture);
    put_many(&fixture.arena);
    expected = run(&fixture, NULL, &alone);
    assert_true(alone.findings.count > 200000);
    for (int jobs = 2; jobs < 5; jobs++) {
        fixture.settings.jobs = jobs;
        assert_string_equal(run(&fixture, NULL, &together), expected);
        assert_int_equal(together.statements, alone.statements);
        for (size_t i = 0; i < alone.findings.count; i++)
            assert_string_equal(together.findings.items[i]->fingerprint,
                                alone.findings.items[i]->fingerprint);
    }
    tear_down(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history),     cmocka_unit_test(test_ends),
        cmocka_unit_test(test_directions),  cmocka_unit_test(test_plain_files),
        cmocka_unit_test(test_bodies),      cmocka_unit_test(test_suppressions),
        cmocka_unit_test(test_base_schema), cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_jobs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
