/*
 * commit-in-function: COMMIT and ROLLBACK where the server refuses to end the
 * transaction: in functions, and in procedures that cannot either. DO blocks are
 * forbidden-in-transaction's.
 */
#include "lint/routine_advice.h"

#include <string.h>

/* Such a procedure runs as if it were in a transaction block. */
static const char *option_that_forbids(const CreateFunctionStmt *create)
{
    foreach_node (DefElem, option, create->options) {
        const Boolean *value = node_as(Boolean, option->arg);

        if (strcmp(option->defname, "set") == 0)
            return "a procedure with SET";
        if (strcmp(option->defname, "security") == 0 && value != NULL &&
            value->boolval)
            return "a SECURITY DEFINER procedure";
    }
    return NULL;
}

/* Whether a block around the step, which is not in its handlers, has any. */
static bool is_in_subtransaction(const struct routine *routine, size_t index)
{
    const struct routine_step *steps = routine->steps.items;

    for (size_t inner = index, i = steps[index].parent; i != ROUTINE_NO_STEP;
         inner = i, i = steps[i].parent) {
        if (steps[i].kind != STEP_BLOCK || steps[inner].kind == STEP_HANDLER)
            continue;
        /* Handlers are the last of the block's own steps. */
        for (size_t j = inner; j < steps[i].end; j = steps[j].end)
            if (steps[j].kind == STEP_HANDLER)
                return true;
    }
    return false;
}

static void report(struct check *check, const CreateFunctionStmt *create,
                   struct span words, bool is_commit, const char *where)
{
    const char *name = is_commit ? "COMMIT" : "ROLLBACK";

    check_report(
        check, words, create,
        check_format(check, "%s fails in %s: %s cannot end the transaction",
                     name, routine_advice_name(check), where),
        create->is_procedure
            ? "end the transaction in a PL/pgSQL procedure without such "
              "clauses, outside of blocks with EXCEPTION, or let the caller do "
              "it"
            : "make it a procedure (CREATE PROCEDURE ... LANGUAGE plpgsql, run "
              "by CALL), or let the caller end the transaction");
}

static void check_plpgsql(struct check *check, const CreateFunctionStmt *create)
{
    const struct routine *routine = check->routine;
    const char *option = option_that_forbids(create);

    for (size_t i = 0; i < routine->steps.count; i++) {
        const struct routine_step *step = &routine->steps.items[i];
        const char *where = NULL;

        if (step->kind != STEP_COMMIT && step->kind != STEP_ROLLBACK)
            continue;
        if (!create->is_procedure)
            where = "a function";
        else if (option != NULL)
            where = option;
        else if (is_in_subtransaction(routine, i))
            where = "a block with EXCEPTION";
        if (where != NULL)
            report(check, create, step->words, step->kind == STEP_COMMIT,
                   where);
    }
}

static void check_sql(struct check *check, const CreateFunctionStmt *create)
{
    const struct routine *routine = check->routine;

    for (size_t i = 0; i < routine->queries.count; i++) {
        const struct statement *statement =
            &routine->queries.items[i].statement;
        const TransactionStmt *control =
            node_as(TransactionStmt, statement->tree);

        if (control != NULL && (control->kind == TRANS_STMT_COMMIT ||
                                control->kind == TRANS_STMT_ROLLBACK))
            report(check, create, words_of_statement(statement),
                   control->kind == TRANS_STMT_COMMIT,
                   create->is_procedure ? "a procedure in SQL" : "a function");
    }
}

static void check_body(struct check *check)
{
    const CreateFunctionStmt *create =
        node_as(CreateFunctionStmt, check->routine->node);

    if (create == NULL)
        return;
    if (check->routine->language == ROUTINE_PLPGSQL)
        check_plpgsql(check, create);
    else
        check_sql(check, create);
}

const struct rule rule_commit_in_function = {
    .id = "commit-in-function",
    .family = FAMILY_PLPGSQL,
    .severity = SEVERITY_ERROR,
    .summary = "COMMIT or ROLLBACK in a function",
    .rationale =
        "A function runs inside of the statement that calls it, which is in a "
        "transaction already, and cannot end that: the server makes the "
        "function without a word, and fails when it comes to the COMMIT, with "
        "`invalid transaction termination`.\n\n"
        "Procedures in PL/pgSQL, run by CALL outside of a transaction block, "
        "can: CREATE PROCEDURE exists for that. Not so where the procedure is "
        "SECURITY DEFINER or has a SET clause, nor within a block that has an "
        "EXCEPTION clause (`cannot commit while a subtransaction is active`), "
        "nor in procedures in SQL.",
    .ignore_when = "Never: it fails when it is reached.",
    .setup = "CREATE TABLE jobs (id bigint PRIMARY KEY, done boolean);",
    .bad = "CREATE FUNCTION finish_jobs() RETURNS void LANGUAGE plpgsql AS $$\n"
           "BEGIN\n"
           "    UPDATE jobs SET done = true WHERE NOT done;\n"
           "    COMMIT;\n"
           "END $$;\n"
           "SELECT finish_jobs();",
    .good = "CREATE PROCEDURE finish_jobs() LANGUAGE plpgsql AS $$\n"
            "BEGIN\n"
            "    UPDATE jobs SET done = true WHERE NOT done;\n"
            "    COMMIT;\n"
            "END $$;\n"
            "CALL finish_jobs();",
    .claim = CLAIM_REFUSED,
    .claim_text = "invalid transaction termination",
    .directions = RULE_UP,
    .check_body = check_body,
};
