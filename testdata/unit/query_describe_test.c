/* query/query and query/binding: what is known of expressions, and how they
 * are written again. Types and refusals of whole queries are compared with
 * servers: testdata/schema/query_*.sql. */
#include "replayed.h"

#include "query/binding.h"
#include "query/query.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define SCHEMA                                                                 \
    "CREATE TYPE mood AS ENUM ('sad', 'ok');"                                  \
    "CREATE SEQUENCE s;"                                                       \
    "CREATE TABLE t (a int, b text, m mood, at timestamptz);"                  \
    "CREATE TABLE u (a int, t_id int);"                                        \
    "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';"            \
    "CREATE FUNCTION two() RETURNS int RETURN 2;"                              \
    "CREATE FUNCTION today() RETURNS date LANGUAGE sql AS "                    \
    "'SELECT current_date';"                                                   \
    "CREATE FUNCTION next(i int) RETURNS int LANGUAGE sql AS 'SELECT $1 + 1';" \
    "CREATE FUNCTION plain() RETURNS int LANGUAGE plpgsql AS "                 \
    "'BEGIN RETURN 1; END';"

struct described {
    struct replayed replayed;
    struct parser *parser;
    struct slice text;
    struct statement statement;
    struct query_description description;
    struct binding binding;
};

/* What SELECT gives, whose only target is an expression over the table t. */
static const Node *target_of(const struct described *described)
{
    const SelectStmt *select = (const SelectStmt *)described->statement.tree;

    return ((const ResTarget *)linitial(select->targetList))->val;
}

static void describe(struct described *described, const char *expression,
                     enum query_clause clause)
{
    struct splitter splitter;
    struct query_place place = {.clause = clause};
    struct arena *arena;

    described->replayed = replayed_new(18);
    replayed_add(&described->replayed, SCHEMA);
    arena = &described->replayed.arena;
    described->text = slice_from(arena_format(arena, "SELECT %s", expression));
    splitter = splitter_of(described->text, 0, described->text.length);
    assert_true(splitter_next(&splitter, &described->statement));
    described->parser = parser_new();
    parser_parse(described->parser, described->text, &described->statement, 1);
    assert_int_equal(described->statement.outcome, PARSE_DONE);
    described->binding =
        (struct binding){.arena = arena,
                         .text = described->text,
                         .base = described->statement.tree_base};
    place.table =
        (struct table *)(uintptr_t)replayed_table(&described->replayed, "t");
    place.binding = &described->binding;
    query_describe_expression(described->replayed.schema, arena,
                              target_of(described), &place,
                              &described->description);
}

static void release(struct described *described)
{
    parser_free(described->parser);
    replayed_release(&described->replayed);
}

static void test_volatility(void **state)
{
    static const struct {
        const char *expression;
        enum volatility volatility;
    } cases[] = {
        {"1 + 2", VOLATILITY_IMMUTABLE},
        {"now()", VOLATILITY_STABLE},
        {"current_timestamp(3)", VOLATILITY_STABLE},
        {"random()", VOLATILITY_VOLATILE},
        {"clock_timestamp()", VOLATILITY_VOLATILE},
        {"nextval('s')", VOLATILITY_VOLATILE},
        {"lower(b) || 'x'", VOLATILITY_IMMUTABLE},
        {"at::text", VOLATILITY_STABLE},
        {"at + interval '1 day'", VOLATILITY_STABLE},
        {"'2020-01-01'::timestamptz", VOLATILITY_IMMUTABLE},
        /* The planner puts their bodies in their place. */
        {"one()", VOLATILITY_IMMUTABLE},
        {"two()", VOLATILITY_IMMUTABLE},
        {"today()", VOLATILITY_STABLE},
        {"next(next(a))", VOLATILITY_IMMUTABLE},
        {"next(random()::int)", VOLATILITY_VOLATILE},
        {"plain()", VOLATILITY_VOLATILE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct described described = {0};

        describe(&described, cases[i].expression, CLAUSE_QUERY);
        if (described.description.volatility != cases[i].volatility)
            print_error("%s\n", cases[i].expression);
        assert_true(described.description.is_volatility_known);
        assert_int_equal(described.description.volatility, cases[i].volatility);
        release(&described);
    }
}

/* The columns it reads, `a, b`, and whether the whole row. */
static const char *reads_of(struct described *described)
{
    const struct column_array *reads = &described->description.reads;
    struct buffer buffer;

    buffer_init(&buffer, &described->replayed.arena);
    for (size_t i = 0; i < reads->count; i++)
        buffer_add_format(&buffer, "%s%s", i ? ", " : "",
                          reads->items[i]->name);
    if (described->description.reads_whole_row)
        buffer_add_text(&buffer, " *");
    return buffer_text(&buffer);
}

static void test_reads(void **state)
{
    static const struct {
        const char *expression, *reads;
    } cases[] = {
        {"a > 0 AND lower(b) = 'x'", "a, b"},
        {"t.b || b", "b"},
        {"t IS NOT NULL", " *"},
        {"EXISTS (SELECT 1 FROM u WHERE t_id = b::int)", "b"},
        {"(SELECT a FROM u LIMIT 1)", ""},
        {"(SELECT t.a FROM u LIMIT 1)", "a"},
        {"1", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct described described = {0};

        describe(&described, cases[i].expression, CLAUSE_POLICY);
        assert_string_equal(reads_of(&described), cases[i].reads);
        release(&described);
    }
}

static void test_written_again(void **state)
{
    static const struct {
        const char *expression, *changes, *written;
    } cases[] = {
        {"a > 0 AND t.b = 'x'", "ALTER TABLE t RENAME a TO \"A b\"",
         "\"A b\" > 0 AND b = 'x'"},
        {"m = 'sad'", "ALTER TYPE mood RENAME VALUE 'sad' TO 'it''s'",
         "m = 'it''s'"},
        {"m = 'sad'::mood", "ALTER TYPE mood RENAME TO feeling",
         "m = 'sad'::public.feeling"},
        {"nextval('s')", "ALTER SEQUENCE s RENAME TO \"S t\"",
         "nextval('public.\"S t\"')"},
        {"'s'::text", "ALTER SEQUENCE s RENAME TO r", "'s'::text"},
        {"next(a)", "ALTER FUNCTION next RENAME TO after", "public.after(a)"},
        {"EXISTS (SELECT 1 FROM u WHERE u.t_id = b::int)",
         "ALTER TABLE u RENAME TO v; ALTER TABLE t RENAME b TO c",
         "EXISTS (SELECT 1 FROM public.v AS u WHERE u.t_id = t.c::int)"},
        {"EXISTS (SELECT * FROM u AS x WHERE t_id = 1)",
         "ALTER TABLE u RENAME t_id TO id; ALTER TABLE u ADD z int",
         "EXISTS (SELECT x.a, x.t_id FROM public.u AS x(a, t_id, z_1) WHERE "
         "t_id = 1)"},
        {"one()", "CREATE SCHEMA x; ALTER FUNCTION one() SET SCHEMA x",
         "x.one()"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct described described = {0};
        struct expression *bound;
        size_t from = strlen("SELECT ");

        describe(&described, cases[i].expression, CLAUSE_POLICY);
        bound =
            binding_finish(described.replayed.schema, &described.binding,
                           (struct span){from, described.text.length - from});
        replayed_add(&described.replayed, cases[i].changes);
        assert_string_equal(expression_to_sql(&described.replayed.arena,
                                              described.replayed.schema, bound),
                            cases[i].written);
        release(&described);
    }
}

/* Chains that hang on their left end are walked; what is nested is given up. */
static void test_depth(void **state)
{
    struct described described = {0};
    struct arena arena;
    struct buffer sql;

    (void)state;
    arena_init(&arena);
    buffer_init(&sql, &arena);
    buffer_add_text(&sql, "a");
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&sql, " + 1");
    describe(&described, buffer_text(&sql), CLAUSE_QUERY);
    assert_string_equal(type_to_text(&arena, described.description.type),
                        "integer");
    assert_int_equal(described.description.unknown_count, 0);
    release(&described);

    buffer_init(&sql, &arena);
    for (int i = 0; i < 2000; i++)
        buffer_add_text(&sql, "abs(");
    buffer_add_text(&sql, "a");
    for (int i = 0; i < 2000; i++)
        buffer_add_char(&sql, ')');
    describe(&described, buffer_text(&sql), CLAUSE_QUERY);
    assert_null(described.description.type.type);
    assert_true(described.description.unknown_count > 0);
    assert_false(described.description.is_volatility_known);
    release(&described);
    arena_release(&arena);
}

/* What belongs to a place is refused there; what is not known never is. */
static void test_refusals(void **state)
{
    static const struct {
        const char *expression;
        enum query_clause clause;
        const char *sqlstate;
    } cases[] = {
        {"(SELECT 1)", CLAUSE_CHECK, "0A000"},
        {"sum(a) > 1", CLAUSE_CHECK, "42803"},
        {"a", CLAUSE_DEFAULT, "0A000"},
        {"a", CLAUSE_CHECK, "42804"},
        {"missing > 1", CLAUSE_CHECK, "42703"},
        {"row_number() OVER ()", CLAUSE_INDEX, "42P20"},
        {"generate_series(1, 2)", CLAUSE_GENERATED, "0A000"},
        {"a > 1", CLAUSE_CHECK, ""},
        {"missing(a) > 1", CLAUSE_CHECK, ""},
        {"a + b", CLAUSE_QUERY, ""},
        {"(SELECT x.y FROM x)", CLAUSE_QUERY, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct described described = {0};

        describe(&described, cases[i].expression, cases[i].clause);
        assert_string_equal(described.description.sqlstate, cases[i].sqlstate);
        release(&described);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_volatility),    cmocka_unit_test(test_reads),
        cmocka_unit_test(test_written_again), cmocka_unit_test(test_depth),
        cmocka_unit_test(test_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
