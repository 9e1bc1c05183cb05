/* schema/formula: which conditions follow from which. */
#include "schema/formula.h"

#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* As servers decide it for ATTACH PARTITION. */
static const struct {
    const char *given;
    const char *wanted;
    bool follows;
} cases[] = {
    {"a >= 10", "a >= 10", true},
    {"a >= 10", "a >= 5", true},
    {"a >= 10", "a > 10", false},
    {"a > 10", "a >= 10", true},
    {"a < 5", "a <> 5", true},
    {"a <= 5", "a <> 5", false},
    {"a = 7", "a >= 5 AND a < 10", true},
    {"a = 10", "a >= 5 AND a < 10", false},
    {"10 > a", "a < 10", true},
    {"a > -5", "a > -10", true},
    {"a BETWEEN 1 AND 9", "a >= 1 AND a < 10", true},
    {"a BETWEEN 1 AND 10", "a >= 1 AND a < 10", false},
    {"a IN (1, 2)", "a IN (1, 2, 3)", true},
    {"a IN (1, 4)", "a IN (1, 2, 3)", false},
    {"a = ANY (ARRAY[1, 2])", "a IN (2, 1)", true},
    {"a NOT IN (1, 2)", "a <> 1", true},
    {"NOT (a < 5 OR a >= 10)", "a >= 5 AND a < 10", true},
    {"a = 1 OR a = 2", "a < 3", true},
    {"a = 1 OR a = 5", "a < 3", false},
    {"a < 3 AND b = 1", "a < 3", true},
    {"b < 3", "a < 3", false},
    /* Weakly: a CHECK is met by null too. */
    {"a > 3", "a IS NOT NULL", false},
    {"a IS NOT NULL AND a > 3", "a IS NOT NULL", true},
    {"NOT a IS NULL", "a IS NOT NULL", true},
    {"a IS NULL", "a IS NULL OR a > 1", true},
    {"d >= '2024-02-01'", "d >= '2024-01-01'", true},
    {"d >= '2024-02-01'", "d >= '2024-03-01'", false},
    {"s = 'a'", "s = 'a'", true},
    {"s > 'b'", "s > 'a'", false}, /* that is the collation's business */
    {"s::text = 'a'", "s = 'a'", true},
    {"f(a) > 3", "a > 3", false},
    {"a + 0 > 3", "a > 3", false},
    {"true", "a > 3", false},
};

static struct formula *formula_of(struct arena *arena, struct parser *parser,
                                  const char *condition)
{
    struct slice sql =
        slice_from(arena_format(arena, "SELECT 1 WHERE %s", condition));
    struct splitter splitter = splitter_of(sql, 0, sql.length);
    struct statement statement;

    assert_true(splitter_next(&splitter, &statement));
    parser_parse(parser, sql, &statement, 1);
    assert_int_equal(statement.outcome, PARSE_DONE);
    return formula_of_node(arena,
                           ((const SelectStmt *)statement.tree)->whereClause);
}

static void follows(void **state)
{
    struct parser *parser = parser_new();
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct formula *given = formula_of(&arena, parser, cases[i].given);
        struct formula *wanted = formula_of(&arena, parser, cases[i].wanted);

        if (formula_implies(given, wanted) != cases[i].follows)
            fail_msg("%s => %s", cases[i].given, cases[i].wanted);
    }
    parser_free(parser);
    arena_release(&arena);
}

/* What follows from an opposite's opposite is what followed from the first. */
static void negates(void **state)
{
    struct parser *parser = parser_new();
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct formula *given = formula_of(&arena, parser, cases[i].given);
        struct formula *wanted = formula_of(&arena, parser, cases[i].wanted);
        struct formula *same =
            formula_negate(&arena, formula_negate(&arena, given));

        assert_int_equal(formula_implies(same, wanted), cases[i].follows);
    }
    parser_free(parser);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows),
        cmocka_unit_test(negates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
