/*
 * exception-swallowed: WHEN OTHERS that makes nothing of the error. Whatever a
 * handler does with it counts: raising, writing, calling, or naming SQLERRM.
 */
#include "lint/routine_advice.h"

#include <string.h>

/* Somebody may hear of the error by such a step. */
static bool tells(enum step_kind kind)
{
    switch (kind) {
    case STEP_RAISE:
    case STEP_SQL:
    case STEP_PERFORM:
    case STEP_CALL:
    case STEP_EXECUTE:
    case STEP_GET_DIAGNOSTICS:
    case STEP_ROLLBACK:
    case STEP_COMMIT:
    case STEP_RETURN_QUERY:
    case STEP_OPEN: return true;
    case STEP_BLOCK:
    case STEP_HANDLER:
    case STEP_IF:
    case STEP_BRANCH:
    case STEP_CASE:
    case STEP_LOOP:
    case STEP_WHILE:
    case STEP_FOR_INTEGER:
    case STEP_FOR_QUERY:
    case STEP_FOR_CURSOR:
    case STEP_FOR_EXECUTE:
    case STEP_FOREACH:
    case STEP_ASSIGN:
    case STEP_RETURN:
    case STEP_RETURN_NEXT:
    case STEP_ASSERT:
    case STEP_FETCH:
    case STEP_CLOSE:
    case STEP_EXIT: break;
    }
    return false;
}

/* What is looked for in the queries of some steps. */
struct search {
    bool names_error; /* SQLERRM, SQLSTATE */
    bool reads_table;
    bool is_query; /* other than SELECT */
};

static bool is_error_name(const char *name)
{
    return name != NULL &&
           (strcmp(name, "sqlerrm") == 0 || strcmp(name, "sqlstate") == 0);
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct search *search = closure;

    (void)walk;
    if (IsA(node, ColumnRef)) {
        if (is_error_name(
                name_from_string(linitial(((const ColumnRef *)node)->fields))))
            search->names_error = true;
    } else if (IsA(node, RangeVar)) {
        search->reads_table = true;
    }
    return true;
}

static struct search search_queries(const struct routine *routine, size_t from,
                                    size_t to)
{
    struct search search = {0};
    struct walker walker;

    walker_init(&walker);
    for (size_t i = routine_first_query(routine, from);
         i < routine_first_query(routine, to); i++) {
        const struct routine_query *query = &routine->queries.items[i];
        const Node *tree = query->statement.tree;

        if (tree == NULL)
            continue;
        search.is_query = search.is_query ||
                          (!IsA(tree, SelectStmt) && !IsA(tree, PLAssignStmt));
        walk_tree(&walker, tree, visit, &search);
    }
    walker_release(&walker);
    return search;
}

/* The handler's own steps say nothing to anyone. */
static bool is_silent(const struct routine *routine, size_t handler)
{
    const struct routine_step *steps = routine->steps.items;

    for (size_t i = handler + 1; i < steps[handler].end; i++)
        if (tells(steps[i].kind) || is_error_name(steps[i].target))
            return false;
    return !search_queries(routine, handler + 1, steps[handler].end)
                .names_error;
}

static bool returns(const struct routine *routine, size_t handler)
{
    const struct routine_step *steps = routine->steps.items;

    for (size_t i = handler + 1; i < steps[handler].end; i++)
        if (steps[i].kind == STEP_RETURN || steps[i].kind == STEP_ASSIGN)
            return true;
    return false;
}

/* A block that only computes, and whose handler gives another value: what cannot
 * be converted is null, or not valid. That is what it is for. */
static bool is_conversion(const struct routine *routine, size_t block,
                          size_t handler)
{
    const struct routine_step *steps = routine->steps.items;
    struct search search;

    for (size_t i = block + 1; i < handler; i++)
        if (steps[i].kind == STEP_EXECUTE || steps[i].kind == STEP_CALL)
            return false;
    search = search_queries(routine, block, handler);
    return returns(routine, handler) && !search.reads_table && !search.is_query;
}

/* The condition that the block's statement was to be allowed to fail with; null
 * if there are several statements, or no such condition. */
static const char *likely_condition(const struct routine *routine, size_t block,
                                    size_t handler)
{
    const Node *only = NULL;

    for (size_t i = routine_first_query(routine, block);
         i < routine_first_query(routine, handler); i++) {
        const struct routine_query *query = &routine->queries.items[i];

        if (only != NULL || query->statement.tree == NULL)
            return NULL;
        only = query->statement.tree;
    }
    if (only == NULL)
        return NULL;
    switch (nodeTag(only)) {
    case T_CreateStmt:
    case T_IndexStmt:
    case T_CreateSeqStmt:
    case T_ViewStmt: return "duplicate_table";
    case T_CreateEnumStmt:
    case T_CompositeTypeStmt:
    case T_CreateDomainStmt:
    case T_CreateRoleStmt:
    case T_CreateTrigStmt:
    case T_CreatePolicyStmt: return "duplicate_object";
    case T_CreateFunctionStmt: return "duplicate_function";
    case T_CreateSchemaStmt: return "duplicate_schema";
    case T_InsertStmt: return "unique_violation";
    default: return NULL;
    }
}

static void check_handler(struct check *check, size_t handler)
{
    const struct routine *routine = check->routine;
    const struct routine_step *step = &routine->steps.items[handler];
    size_t block = step->parent;
    const char *condition;

    if (!step->catches_all || step->words.length == 0 ||
        !is_silent(routine, handler) || is_conversion(routine, block, handler))
        return;
    condition = likely_condition(routine, block, handler);
    check_report(
        check, step->words, routine->node,
        check_format(check,
                     "WHEN OTHERS in %s hides every error, also those that "
                     "nobody thought of: what failed is undone, and nobody is "
                     "told",
                     routine_advice_name(check)),
        condition != NULL
            ? check_format(check, "WHEN %s THEN NULL;", condition)
            : "name the condition that is expected (WHEN unique_violation "
              "THEN ...), or tell of the others: RAISE WARNING '%', SQLERRM;");
}

static void check_body(struct check *check)
{
    for (size_t i = 0; i < check->routine->steps.count; i++)
        if (check->routine->steps.items[i].kind == STEP_HANDLER)
            check_handler(check, i);
}

const struct rule rule_exception_swallowed = {
    .id = "exception-swallowed",
    .family = FAMILY_PLPGSQL,
    .severity = SEVERITY_WARNING,
    .summary = "WHEN OTHERS hides every error",
    .rationale =
        "EXCEPTION WHEN OTHERS THEN NULL was written for one error that was "
        "expected, and catches all the others too: a column that was renamed, "
        "a full disk, a lock timeout, a deadlock. The block's work is undone, "
        "what called it goes on as if it had been done, and there is no line "
        "in the log.\n\n"
        "Name the condition that is meant, as unique_violation or "
        "duplicate_object (manual, appendix A), or say in the handler what "
        "happened: RAISE WARNING '%', SQLERRM. A handler that writes, calls, "
        "raises or names SQLERRM is not reported, nor a function that only "
        "converts a value, and gives another where that cannot be done.",
    .ignore_when = "Whatever fails in the block, nobody needs to know.",
    .setup = "CREATE TABLE hits (page text PRIMARY KEY, count bigint);",
    .bad = "CREATE FUNCTION hit(name text) RETURNS void LANGUAGE plpgsql AS "
           "$$\n"
           "BEGIN\n"
           "    INSERT INTO hits (page, count) VALUES (name, 1);\n"
           "EXCEPTION WHEN OTHERS THEN\n"
           "    NULL;\n"
           "END $$;",
    .good = "CREATE FUNCTION hit(name text) RETURNS void LANGUAGE plpgsql AS "
            "$$\n"
            "BEGIN\n"
            "    INSERT INTO hits (page, count) VALUES (name, 1);\n"
            "EXCEPTION WHEN unique_violation THEN\n"
            "    NULL;\n"
            "END $$;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_body = check_body,
};
