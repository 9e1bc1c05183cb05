/*
 * Preparing files ahead: in order, whole, and the same for every number of
 * threads; large files piece by piece.
 */
#include "lint/prepare.h"

#include "base/buffer.h"
#include "sql/ast.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define SCRIPT_COUNT 500

struct fixture {
    struct arena arena;
    struct source sources[SCRIPT_COUNT];
    struct section sections[SCRIPT_COUNT];
    struct part parts[SCRIPT_COUNT];
    struct script scripts[SCRIPT_COUNT];
};

/* Script i has i statements, the last of them wrong. */
static void fill(struct fixture *fixture)
{
    *fixture = (struct fixture){0};
    for (size_t i = 0; i < SCRIPT_COUNT; i++) {
        struct buffer text;

        buffer_init(&text, &fixture->arena);
        for (size_t j = 0; j < i; j++)
            buffer_add_format(&text, "%s t%zu;\n",
                              j + 1 < i ? "DROP TABLE" : "DORP TABLE", j);
        fixture->sources[i] = source_of_path("a.sql");
        source_load_text(&fixture->sources[i], buffer_slice(&text));
        fixture->sections[i] = (struct section){.source = &fixture->sources[i],
                                                .length = text.length};
        fixture->parts[i].section = &fixture->sections[i];
        fixture->scripts[i] = (struct script){.source = &fixture->sources[i],
                                              .parts = &fixture->parts[i],
                                              .part_count = 1};
    }
    /* One whose file cannot be read. */
    source_unload(&fixture->sources[100]);
    fixture->sources[100] = source_of_path("/nonexistent/x.sql");
    /* One of the same file as another. */
    fixture->scripts[201].source = fixture->scripts[200].source;
    fixture->scripts[201].is_shared = true;
    fixture->sections[201] = fixture->sections[200];
}

static void release(struct fixture *fixture)
{
    for (size_t i = 0; i < SCRIPT_COUNT; i++)
        source_unload(&fixture->sources[i]);
    arena_release(&fixture->arena);
}

static void verify(const struct script *script, size_t count)
{
    assert_int_equal(script->statement_count, count);
    assert_int_equal(script->parts->count, count);
    for (size_t i = 0; i < count; i++) {
        const struct statement *statement = &script->statements[i];

        if (i + 1 == count) {
            assert_int_equal(statement->outcome, PARSE_FAILED);
            continue;
        }
        assert_int_equal(statement->outcome, PARSE_DONE);
        assert_int_equal(nodeTag(statement->tree), T_DropStmt);
    }
}

static void run(int jobs)
{
    static struct fixture fixture;
    struct preparer *preparer;
    struct script *script;

    fill(&fixture);
    preparer = preparer_start(fixture.scripts, SCRIPT_COUNT, jobs);
    for (size_t i = 0; i < SCRIPT_COUNT; i++) {
        script = preparer_next(preparer);
        assert_ptr_equal(script, &fixture.scripts[i]);
        if (i == 100) {
            assert_int_equal(script->statement_count, 0);
            assert_non_null(strstr(script->workspace->error,
                                   "cannot read \"/nonexistent/x.sql\""));
        } else {
            assert_string_equal(script->workspace->error, "");
            verify(script, i == 201 ? 200 : i);
        }
        preparer_give_back(preparer, script);
    }
    assert_null(preparer_next(preparer));
    preparer_stop(preparer);
    release(&fixture);
}

static void test_alone(void **state)
{
    (void)state;
    run(1);
}

static void test_threads(void **state)
{
    (void)state;
    run(2);
    run(3);
    run(1000);
}

/* Threads that wait for room, or for the run, end when they are told. */
static void test_early_stop(void **state)
{
    static struct fixture fixture;

    (void)state;
    for (size_t taken = 0; taken < 3; taken++) {
        struct preparer *preparer;

        fill(&fixture);
        preparer = preparer_start(fixture.scripts, SCRIPT_COUNT, 2);
        for (size_t i = 0; i < taken; i++)
            preparer_give_back(preparer, preparer_next(preparer));
        preparer_stop(preparer);
        release(&fixture);
    }
}

/* Two sections, run in another order than they stand in the file. */
static void test_parts(void **state)
{
    struct source source = source_of_path("a.sql");
    struct section down = {.source = &source, .length = 13};
    struct section up = {.source = &source, .offset = 14, .length = 24};
    struct part parts[] = {{.section = &up}, {.section = &down}};
    struct script script = {.source = &source, .parts = parts, .part_count = 2};
    struct workspace *workspace = workspace_new();

    (void)state;
    source_load_text(&source, SLICE("DROP TABLE t;\nDROP TABLE u;DROP VIEW v"));
    script_prepare(&script, workspace);
    assert_int_equal(script.statement_count, 3);
    assert_int_equal(parts[1].first, 0);
    assert_int_equal(parts[1].count, 1);
    assert_int_equal(parts[0].first, 1);
    assert_int_equal(parts[0].count, 2);
    assert_int_equal(script.statements[2].outcome, PARSE_DONE);
    workspace_free(workspace);
    source_unload(&source);
}

/* Of a large file only a batch of trees exists at a time. */
static void test_large_file(void **state)
{
    struct arena arena = {0};
    struct source source = source_of_path("a.sql");
    struct section section = {.source = &source};
    struct part part = {.section = &section};
    struct script script = {.source = &source, .parts = &part, .part_count = 1};
    struct workspace *workspace = workspace_new();
    struct parser *parser = parser_new();
    struct buffer text;

    (void)state;
    buffer_init(&text, &arena);
    while (text.length <= SCRIPT_WHOLE_SIZE_MAX)
        buffer_add_text(&text, "INSERT INTO t VALUES (1, 2, 3);\n");
    source_load_text(&source, buffer_slice(&text));
    section.length = text.length;
    script_prepare(&script, workspace);
    assert_int_equal(part.count, text.length / 32);
    assert_int_equal(script.statements[0].outcome, PARSE_PENDING);
    for (size_t i = 0; i < part.count; i++) {
        script_parse(&script, parser, &part, i);
        assert_int_equal(script.statements[i].outcome, PARSE_DONE);
        assert_int_equal(nodeTag(script.statements[i].tree), T_InsertStmt);
    }
    assert_int_equal(script.statements[0].outcome, PARSE_DONE);
    assert_null(script.statements[0].tree);
    assert_true(script.parsed_until - script.parsed_from < part.count / 4);
    parser_free(parser);
    workspace_free(workspace);
    source_unload(&source);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),      cmocka_unit_test(test_threads),
        cmocka_unit_test(test_early_stop), cmocka_unit_test(test_parts),
        cmocka_unit_test(test_large_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
