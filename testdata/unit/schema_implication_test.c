/* schema/implication: what a condition proves about NULL. */
#include "schema/implication.h"

#include "base/buffer.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

/* The WHERE of a SELECT, for as long as the parser lives. */
static const Node *parse_condition(struct parser *parser, struct slice sql)
{
    struct splitter splitter = splitter_of(sql, 0, sql.length);
    struct statement statement;

    assert_true(splitter_next(&splitter, &statement));
    parser_parse(parser, sql, &statement, 1);
    assert_int_equal(statement.outcome, PARSE_DONE);
    return ((const SelectStmt *)statement.tree)->whereClause;
}

static const struct {
    const char *condition;
    bool proves; /* that c is not null */
    bool is_only;
} cases[] = {
    {"c IS NOT NULL", true, true},
    {"t.c IS NOT NULL", true, true},
    {"\"c\" IS NOT NULL", true, true},
    {"\"C\" IS NOT NULL", false, false},
    {"(c) IS NOT NULL", true, true},
    {"NOT (c IS NULL)", true, false},
    {"NOT c IS NULL", true, false},
    {"c IS DISTINCT FROM NULL", true, false},
    {"NULL IS DISTINCT FROM c", true, false},
    {"NOT (c IS NOT DISTINCT FROM NULL)", true, false},
    {"(c IS NOT NULL) = true", true, false},
    {"true = (c IS NOT NULL)", true, false},
    {"c IS NOT NULL AND c > 0", true, false},
    {"c > 0 AND (d > 1 AND c IS NOT NULL)", true, false},
    {"c IS NOT NULL AND d IS NOT NULL", true, true},
    {"c IS NOT NULL AND e IS NOT NULL", true, false},
    {"c IS NOT NULL OR (c IS NOT NULL AND d > 0)", true, false},
    {"c IS NOT NULL OR d > 0", false, false},
    {"d IS NOT NULL", false, true},
    {"c IS NULL", false, false},
    {"c > 0", false, false},
    {"c IS DISTINCT FROM NULL::text", false, false},
    {"c IS DISTINCT FROM 1", false, false},
    {"NOT (c IS NOT NULL)", false, false},
    {"NOT (c IS NULL OR d IS NULL)", true, false},
    {"NOT (c IS NULL AND d IS NULL)", false, false},
    {"NOT (d > 0 OR NOT (c IS NOT NULL AND d > 1))", true, false},
    {"NOT ((c IS NULL) = true)", true, false},
    {"(c IS NULL) = false", true, false},
    {"(c IS NOT NULL) <> false", true, false},
    {"(c IS NOT NULL) = 't'", true, false},
    {"(c IS NOT NULL)::boolean = true::boolean", true, false},
    {"(c IS NOT NULL)::text = 'true'", false, false},
    {"c IS NOT NULL OR false", true, false},
    {"c IS NOT NULL OR true", false, false},
    {"c IS NOT NULL OR NULL", false, false},
    {"(d, c) IS NOT NULL", true, false},
    {"NOT ((d, c) IS NULL)", false, false},
    {"(c IS NOT NULL) = false", false, false},
    {"(c IS NOT NULL) <> true", false, false},
    {"lower(c) IS NOT NULL", false, false},
    {"CASE WHEN true THEN c IS NOT NULL END", false, false},
    {"coalesce(c IS NOT NULL, true)", false, false},
};

static void test_cases(void **state)
{
    static const char *const columns[] = {"c", "d"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parser *parser = parser_new();
        struct arena arena = {0};
        const Node *condition = parse_condition(
            parser, slice_from(arena_format(&arena, "SELECT WHERE %s",
                                            cases[i].condition)));

        if (implication_proves_not_null(condition, "c") != cases[i].proves ||
            implication_is_only_not_null(condition, columns, 2) !=
                cases[i].is_only)
            fail_msg("%s", cases[i].condition);
        arena_release(&arena);
        parser_free(parser);
    }
}

static const struct {
    const char *condition;
    bool fixes; /* c to one value */
} fixing_cases[] = {
    {"c = 'x'", true},
    {"'x' = c", true},
    {"(c = 'x'::bpchar)", true},
    {"c::text = 'x'::text", true},
    {"c = 1 AND d > 2", true},
    {"d > 2 AND t.c = -1", true},
    {"c", true},
    {"NOT c", true},
    {"c IS TRUE", true},
    {"c IS NOT FALSE", false},
    {"c = 'x' OR c = 'y'", false},
    {"c IN ('x', 'y')", false},
    {"c = d", false},
    {"c = NULL", false},
    {"c <> 'x'", false},
    {"lower(c) = 'x'", false},
    {"d = 'x'", false},
};

static void test_fixing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fixing_cases / sizeof *fixing_cases; i++) {
        struct parser *parser = parser_new();
        struct arena arena = {0};
        const Node *condition = parse_condition(
            parser, slice_from(arena_format(&arena, "SELECT WHERE %s",
                                            fixing_cases[i].condition)));

        if (implication_fixes(condition, "c") != fixing_cases[i].fixes)
            fail_msg("%s", fixing_cases[i].condition);
        arena_release(&arena);
        parser_free(parser);
    }
}

/* A chain of 100,000 terms is a list in the tree: neither depth nor a square
 * of time. What is nested deeper than anyone writes proves nothing. */
static void test_size(void **state)
{
    struct parser *parser = parser_new();
    struct arena arena = {0};
    struct buffer sql;
    clock_t start = clock();

    (void)state;
    buffer_init(&sql, &arena);
    buffer_add_text(&sql, "SELECT WHERE c > 0");
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&sql, " AND c > 0");
    buffer_add_text(&sql, " AND c IS NOT NULL");
    assert_true(implication_proves_not_null(
        parse_condition(parser, buffer_slice(&sql)), "c"));
    parser_clear(parser);

    buffer_init(&sql, &arena);
    buffer_add_text(&sql, "SELECT WHERE ");
    for (int i = 0; i < 1500; i++)
        buffer_add_text(&sql, "d OR (d AND (");
    buffer_add_text(&sql, "c IS NOT NULL");
    for (int i = 0; i < 1500; i++)
        buffer_add_text(&sql, "))");
    assert_false(implication_proves_not_null(
        parse_condition(parser, buffer_slice(&sql)), "c"));
    assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
    arena_release(&arena);
    parser_free(parser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_fixing),
        cmocka_unit_test(test_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
