/*
 * volatility-missing: functions whose bodies only read and that say nothing of
 * their volatility. Asked at the end of the history, when all that they call is
 * known.
 */
#include "lint/advice.h"
#include "lint/body_extent.h"
#include "lint/function_advice.h"
#include "lint/function_body.h"
#include "schema/contents.h"

#include <string.h>

/* The judging of one function. */
struct judging {
    struct check *check;
    struct arena *arena;
    struct walker *walker;
    struct function_body body;
    bool reads_tables;
    enum volatility most; /* of all that it calls */
};

/* False if it may do more than read. */
static bool judge_query(struct judging *judging,
                        const struct routine_query *query)
{
    struct query_description description;
    struct body_extent extent;

    if (query->statement.tree == NULL || query->role == QUERY_DYNAMIC)
        return false;
    extent = body_extent_of(judging->walker, query->statement.tree);
    if (!body_extent_only_reads(&extent) ||
        !function_body_describe(judging->check, judging->arena, &judging->body,
                                query, NULL, NULL, NULL, &description) ||
        description.sqlstate[0] != '\0' ||
        description.volatility_most == VOLATILITY_VOLATILE)
        return false;
    judging->reads_tables |= extent.table_count > 0;
    if (description.volatility_most > judging->most)
        judging->most = description.volatility_most;
    return true;
}

/* It runs what is not seen here, or ends a transaction. */
static bool does_more(enum step_kind kind)
{
    return kind == STEP_COMMIT || kind == STEP_ROLLBACK || kind == STEP_CALL ||
           kind == STEP_EXECUTE || kind == STEP_FOR_EXECUTE;
}

static bool only_reads(struct judging *judging)
{
    const struct routine *routine = &judging->body.routine;

    if (routine->is_opaque || routine->queries.count == 0)
        return false;
    for (size_t i = 0; i < routine->steps.count; i++)
        if (does_more(routine->steps.items[i].kind))
            return false;
    for (size_t i = 0; i < routine->queries.count; i++)
        if (!judge_query(judging, &routine->queries.items[i]))
            return false;
    return true;
}

static void report(struct judging *judging)
{
    struct check *check = judging->check;
    const struct function *function = judging->body.function;
    bool is_immutable =
        !judging->reads_tables && judging->most == VOLATILITY_IMMUTABLE;

    check_report_at(
        check, function->defined_at, function,
        check_format(check,
                     "%s only reads but declares no volatility: the server "
                     "takes it for VOLATILE, calls it for every row and looks "
                     "for its result in no index",
                     function_advice_name(check, function)),
        check_format(check, "ALTER %s %s;",
                     function_advice_sql(check, function),
                     is_immutable ? "IMMUTABLE" : "STABLE"));
}

static bool is_of_interest(const struct function *function)
{
    const struct type *result = function->result.type;

    return function->kind == FUNCTION_FUNCTION &&
           function->volatility == VOLATILITY_VOLATILE &&
           function->volatility_at.source == NULL &&
           function->defined_at.source != NULL &&
           !function_advice_is_trigger(function) &&
           (result == NULL || strcmp(result->name, "void") != 0);
}

static void finish(struct check *check)
{
    const struct schema_contents *contents = check_contents(check);
    struct arena arena = {0};
    struct walker walker;

    walker_init(&walker);
    for (size_t i = 0; i < contents->functions.count; i++) {
        struct judging judging = {
            .check = check,
            .arena = &arena,
            .walker = &walker,
            .most = VOLATILITY_IMMUTABLE,
        };

        if (!is_of_interest(contents->functions.items[i]) ||
            !function_body_open(check, &arena, contents->functions.items[i],
                                &judging.body))
            continue;
        if (only_reads(&judging))
            report(&judging);
        function_body_close(&judging.body);
        arena_clear(&arena);
    }
    walker_release(&walker);
    arena_release(&arena);
}

const struct rule rule_volatility_missing = {
    .id = "volatility-missing",
    .family = FAMILY_PLPGSQL,
    .severity = SEVERITY_OFF,
    .summary = "A function only reads and declares no volatility",
    .rationale =
        "A function that says nothing is VOLATILE: it might give something "
        "else at every call, or write. The server therefore calls it anew for "
        "every row, compares a column with its result row by row where an "
        "index could find the rows, and takes a new snapshot for each query in "
        "it.\n\n"
        "STABLE says that it gives the same for the same arguments within one "
        "statement, as everything does that only reads; IMMUTABLE, that it "
        "does so for ever. Reported are functions in SQL and PL/pgSQL whose "
        "every query is known to read only and to call nothing VOLATILE; not "
        "those that return nothing, functions of triggers, and those with "
        "texts that EXECUTE runs.",
    .ignore_when = "It is to see what others commit while the statement that "
                   "calls it runs.",
    .setup = "CREATE TABLE settings (name text PRIMARY KEY, value bigint NOT "
             "NULL);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric);",
    .bad = "CREATE FUNCTION first_order() RETURNS bigint LANGUAGE plpgsql AS "
           "$$\n"
           "BEGIN\n"
           "    RETURN (SELECT s.value FROM settings AS s WHERE s.name = "
           "'first');\n"
           "END $$;\n"
           "SELECT o.amount FROM orders AS o WHERE o.id = first_order();",
    .good = "CREATE FUNCTION first_order() RETURNS bigint LANGUAGE plpgsql "
            "STABLE AS $$\n"
            "BEGIN\n"
            "    RETURN (SELECT s.value FROM settings AS s WHERE s.name = "
            "'first');\n"
            "END $$;\n"
            "SELECT o.amount FROM orders AS o WHERE o.id = first_order();",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Cond",
    .directions = RULE_UP,
    .finish = finish,
};
