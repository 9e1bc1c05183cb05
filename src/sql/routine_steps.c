/*
 * From PL/pgSQL's trees to steps and queries, in the order of the text.
 */
#include "sql/routine_places.h"

#include <string.h>

/* Blocks, loops and branches within one another. */
#define DEPTH_MAX 200

static void read_list(struct reader *reader, const List *list, size_t parent);

/* The name of a variable; null for several, which have none. */
static const char *target_name(const PLpgSQL_variable *variable)
{
    const PLpgSQL_row *row = (const PLpgSQL_row *)variable;

    if (!variable)
        return NULL;
    if (variable->dtype != PLPGSQL_DTYPE_ROW)
        return variable->refname;
    return row->nfields == 1 ? row->fieldnames[0] : NULL;
}

/* The name of a variable by its number; null for what has none. */
static const char *variable_name(const struct reader *reader, int number)
{
    return number >= 0 && number < reader->request->datum_count
               ? target_name(
                     (const PLpgSQL_variable *)reader->request->datums[number])
               : NULL;
}

/* The defaults of a block's variables, and the queries of its cursors. */
static void read_declarations(struct reader *reader, size_t step,
                              const PLpgSQL_stmt_block *block)
{
    for (int i = 0; i < block->n_initvars; i++) {
        int number = block->initvarnos[i];
        const PLpgSQL_var *variable;

        if (number < 0 || number >= reader->request->datum_count)
            continue;
        variable = (const PLpgSQL_var *)reader->request->datums[number];
        if (!variable->default_val && (variable->dtype != PLPGSQL_DTYPE_VAR ||
                                       !variable->cursor_explicit_expr))
            continue;
        places_go_to_line(reader, variable->lineno);
        places_go_behind(reader, variable->refname, false);
        places_add_query(reader, step, QUERY_EXPRESSION, variable->default_val);
        if (variable->dtype == PLPGSQL_DTYPE_VAR)
            places_add_query(reader, step, QUERY_ROWS,
                             variable->cursor_explicit_expr);
    }
}

static bool catches_all(const PLpgSQL_exception *exception)
{
    const PLpgSQL_condition *condition = exception->conditions;

    for (; condition; condition = condition->next)
        if (condition->sqlerrstate == PLPGSQL_OTHERS)
            return true;
    return false;
}

static void read_handlers(struct reader *reader, size_t block,
                          const PLpgSQL_exception_block *exceptions)
{
    const ListCell *cell;

    places_go_behind(reader, "exception", true);
    foreach (cell, exceptions->exc_list) {
        const PLpgSQL_exception *exception = lfirst(cell);
        size_t step;

        reader->parent = block;
        step =
            places_begin_step(reader, STEP_HANDLER, exception->lineno, "when");
        places_step(reader, step)->catches_all = catches_all(exception);
        places_end_head(reader, step, "then");
        read_list(reader, exception->action, step);
    }
}

static void read_block(struct reader *reader, const PLpgSQL_stmt_block *block)
{
    size_t step = places_add_step(reader, STEP_BLOCK);

    read_declarations(reader, step, block);
    places_go_to_line(reader, block->lineno);
    if (places_go_behind(reader, "begin", true))
        places_step(reader, step)->words =
            (struct span){reader->routine->body.offset + reader->lexer.offset -
                              strlen("begin"),
                          strlen("begin")};
    read_list(reader, block->body, step);
    if (block->exceptions)
        read_handlers(reader, step, block->exceptions);
}

/* ELSIF and WHEN, whose words are found already. */
static void read_branch(struct reader *reader, size_t step,
                        const PLpgSQL_expr *condition, const List *body)
{
    places_add_query(reader, step, QUERY_EXPRESSION, condition);
    places_end_head(reader, step, "then");
    read_list(reader, body, step);
}

static void read_else(struct reader *reader, size_t parent, const List *body)
{
    size_t step;

    reader->parent = parent;
    step = places_begin_step(reader, STEP_BRANCH, 0, "else");
    read_list(reader, body, step);
}

/* ELSIF or ELSEIF: whichever is first, in this line. */
static size_t begin_else_if(struct reader *reader, int line)
{
    struct lexer start = reader->lexer;
    size_t there;
    bool is_there;

    places_go_to_line(reader, line);
    is_there = places_go_behind(reader, "elsif", true);
    there = reader->lexer.offset;
    reader->lexer = start;
    places_go_to_line(reader, line);
    if (!places_go_behind(reader, "elseif", true) ||
        (is_there && there < reader->lexer.offset)) {
        reader->lexer = start;
        return places_begin_step(reader, STEP_BRANCH, line, "elsif");
    }
    reader->lexer = start;
    return places_begin_step(reader, STEP_BRANCH, line, "elseif");
}

static void read_if(struct reader *reader, const PLpgSQL_stmt_if *statement)
{
    size_t step = places_begin_step(reader, STEP_IF, statement->lineno, "if");
    const ListCell *cell;

    read_branch(reader, step, statement->cond, statement->then_body);
    foreach (cell, statement->elsif_list) {
        const PLpgSQL_if_elsif *branch = lfirst(cell);

        reader->parent = step;
        read_branch(reader, begin_else_if(reader, branch->lineno), branch->cond,
                    branch->stmts);
    }
    if (statement->else_body)
        read_else(reader, step, statement->else_body);
}

static void read_case(struct reader *reader, const PLpgSQL_stmt_case *statement)
{
    size_t step =
        places_begin_step(reader, STEP_CASE, statement->lineno, "case");
    const ListCell *cell;

    places_add_query(reader, step, QUERY_EXPRESSION, statement->t_expr);
    foreach (cell, statement->case_when_list) {
        const PLpgSQL_case_when *branch = lfirst(cell);
        size_t when;

        reader->parent = step;
        when = places_begin_step(reader, STEP_BRANCH, branch->lineno, "when");
        read_branch(reader, when, branch->expr, branch->stmts);
    }
    if (statement->else_stmts)
        read_else(reader, step, statement->else_stmts);
}

static void read_while(struct reader *reader,
                       const PLpgSQL_stmt_while *statement)
{
    size_t step =
        places_begin_step(reader, STEP_WHILE, statement->lineno, "while");

    places_add_query(reader, step, QUERY_EXPRESSION, statement->cond);
    places_end_head(reader, step, "loop");
    read_list(reader, statement->body, step);
}

static void read_loop(struct reader *reader, const PLpgSQL_stmt_loop *statement)
{
    size_t step =
        places_begin_step(reader, STEP_LOOP, statement->lineno, "loop");

    read_list(reader, statement->body, step);
}

/* FOR target IN. */
static size_t begin_for(struct reader *reader, enum step_kind kind, int line,
                        const char *target)
{
    size_t step = places_begin_step(reader, kind, line, "for");

    places_step(reader, step)->target = target;
    places_go_behind(reader, "in", false);
    return step;
}

static void read_for_integer(struct reader *reader,
                             const PLpgSQL_stmt_fori *statement)
{
    size_t step = begin_for(reader, STEP_FOR_INTEGER, statement->lineno,
                            statement->var->refname);

    if (statement->reverse)
        places_go_behind(reader, "reverse", false);
    places_add_query(reader, step, QUERY_EXPRESSION, statement->lower);
    places_add_query(reader, step, QUERY_EXPRESSION, statement->upper);
    places_add_query(reader, step, QUERY_EXPRESSION, statement->step);
    places_end_head(reader, step, "loop");
    read_list(reader, statement->body, step);
}

static void read_for_query(struct reader *reader,
                           const PLpgSQL_stmt_fors *statement)
{
    size_t step = begin_for(reader, STEP_FOR_QUERY, statement->lineno,
                            target_name(statement->var));

    places_add_query(reader, step, QUERY_ROWS, statement->query);
    places_end_head(reader, step, "loop");
    read_list(reader, statement->body, step);
}

static void read_for_cursor(struct reader *reader,
                            const PLpgSQL_stmt_forc *statement)
{
    size_t step = begin_for(reader, STEP_FOR_CURSOR, statement->lineno,
                            target_name(statement->var));

    places_add_query(reader, step, QUERY_EXPRESSION, statement->argquery);
    places_end_head(reader, step, "loop");
    read_list(reader, statement->body, step);
}

static void read_for_execute(struct reader *reader,
                             const PLpgSQL_stmt_dynfors *statement)
{
    size_t step = begin_for(reader, STEP_FOR_EXECUTE, statement->lineno,
                            target_name(statement->var));

    places_go_behind(reader, "execute", false);
    places_add_query(reader, step, QUERY_DYNAMIC, statement->query);
    places_add_queries(reader, step, QUERY_EXPRESSION, statement->params);
    places_end_head(reader, step, "loop");
    read_list(reader, statement->body, step);
}

static void read_foreach(struct reader *reader,
                         const PLpgSQL_stmt_foreach_a *statement)
{
    size_t step =
        places_begin_step(reader, STEP_FOREACH, statement->lineno, "foreach");

    places_step(reader, step)->target = variable_name(reader, statement->varno);
    places_go_behind(reader, "array", false);
    places_add_query(reader, step, QUERY_EXPRESSION, statement->expr);
    places_end_head(reader, step, "loop");
    read_list(reader, statement->body, step);
}

/* The compiler makes no query of a variable alone. */
static void read_return(struct reader *reader, enum step_kind kind, int line,
                        const PLpgSQL_expr *expr, int variable)
{
    size_t step = places_begin_step(reader, kind, line, "return");

    places_step(reader, step)->target = variable_name(reader, variable);
    if (kind == STEP_RETURN_NEXT)
        places_go_behind(reader, "next", false);
    places_add_query(reader, step, QUERY_EXPRESSION, expr);
    places_end_step(reader, step);
}

static void read_return_query(struct reader *reader,
                              const PLpgSQL_stmt_return_query *statement)
{
    size_t step = places_begin_step(reader, STEP_RETURN_QUERY,
                                    statement->lineno, "return");

    places_go_behind(reader, "query", false);
    if (statement->dynquery)
        places_go_behind(reader, "execute", false);
    places_add_query(reader, step, QUERY_ROWS, statement->query);
    places_add_query(reader, step, QUERY_DYNAMIC, statement->dynquery);
    places_add_queries(reader, step, QUERY_EXPRESSION, statement->params);
    places_end_step(reader, step);
}

static void read_raise(struct reader *reader,
                       const PLpgSQL_stmt_raise *statement)
{
    size_t step =
        places_begin_step(reader, STEP_RAISE, statement->lineno, "raise");
    const ListCell *cell;

    /* RAISE alone, in a handler, is one of an error. */
    places_step(reader, step)->raises = statement->elog_level >= PGERROR;
    places_add_queries(reader, step, QUERY_EXPRESSION, statement->params);
    foreach (cell, statement->options) {
        const PLpgSQL_raise_option *option = lfirst(cell);

        places_add_query(reader, step, QUERY_EXPRESSION, option->expr);
    }
    places_end_step(reader, step);
}

static void read_open(struct reader *reader, const PLpgSQL_stmt_open *statement)
{
    size_t step =
        places_begin_step(reader, STEP_OPEN, statement->lineno, "open");

    if (statement->query || statement->dynquery)
        places_go_behind(reader, "for", false);
    if (statement->dynquery)
        places_go_behind(reader, "execute", false);
    places_add_query(reader, step, QUERY_EXPRESSION, statement->argquery);
    places_add_query(reader, step, QUERY_ROWS, statement->query);
    places_add_query(reader, step, QUERY_DYNAMIC, statement->dynquery);
    places_add_queries(reader, step, QUERY_EXPRESSION, statement->params);
    places_end_step(reader, step);
}

static void read_execute(struct reader *reader,
                         const PLpgSQL_stmt_dynexecute *statement)
{
    size_t step =
        places_begin_step(reader, STEP_EXECUTE, statement->lineno, "execute");

    places_step(reader, step)->has_into = statement->into;
    places_step(reader, step)->target = target_name(statement->target);
    places_add_query(reader, step, QUERY_DYNAMIC, statement->query);
    places_add_queries(reader, step, QUERY_EXPRESSION, statement->params);
    places_end_step(reader, step);
}

static void read_sql(struct reader *reader,
                     const PLpgSQL_stmt_execsql *statement)
{
    size_t step = places_add_step(reader, STEP_SQL);

    places_step(reader, step)->has_into = statement->into;
    places_step(reader, step)->target = target_name(statement->target);
    places_add_statement(reader, step, statement->lineno, QUERY_STATEMENT,
                         statement->sqlstmt);
    places_end_step(reader, step);
}

static void read_assign(struct reader *reader,
                        const PLpgSQL_stmt_assign *statement)
{
    size_t step = places_add_step(reader, STEP_ASSIGN);

    places_add_statement(reader, step, statement->lineno, QUERY_ASSIGNMENT,
                         statement->expr);
    places_end_step(reader, step);
}

static void read_perform(struct reader *reader,
                         const PLpgSQL_stmt_perform *statement)
{
    size_t step =
        places_begin_step(reader, STEP_PERFORM, statement->lineno, "perform");

    places_add_performed(reader, step, statement->expr);
    places_end_step(reader, step);
}

/* One that begins with a word and has at most one query. */
static void read_simple(struct reader *reader, enum step_kind kind, int line,
                        const char *word, const PLpgSQL_expr *expr)
{
    size_t step = places_begin_step(reader, kind, line, word);

    places_add_query(reader, step, QUERY_EXPRESSION, expr);
    places_end_step(reader, step);
}

static void read_exit(struct reader *reader, const PLpgSQL_stmt_exit *statement)
{
    size_t step = places_begin_step(reader, STEP_EXIT, statement->lineno,
                                    statement->is_exit ? "exit" : "continue");

    if (statement->cond)
        places_go_behind(reader, "when", false);
    places_add_query(reader, step, QUERY_EXPRESSION, statement->cond);
    places_end_step(reader, step);
}

static void read_assert(struct reader *reader,
                        const PLpgSQL_stmt_assert *statement)
{
    size_t step =
        places_begin_step(reader, STEP_ASSERT, statement->lineno, "assert");

    places_add_query(reader, step, QUERY_EXPRESSION, statement->cond);
    places_add_query(reader, step, QUERY_EXPRESSION, statement->message);
    places_end_step(reader, step);
}

static void read_call(struct reader *reader, const PLpgSQL_stmt_call *statement)
{
    size_t step = places_add_step(reader, STEP_CALL);

    places_add_statement(reader, step, statement->lineno, QUERY_STATEMENT,
                         statement->expr);
    places_end_step(reader, step);
}

static void read_by_kind(struct reader *reader, const PLpgSQL_stmt *statement)
{
    const void *any = statement;
    int line = statement->lineno;

    switch (statement->cmd_type) {
    case PLPGSQL_STMT_BLOCK: read_block(reader, any); break;
    case PLPGSQL_STMT_ASSIGN: read_assign(reader, any); break;
    case PLPGSQL_STMT_IF: read_if(reader, any); break;
    case PLPGSQL_STMT_CASE: read_case(reader, any); break;
    case PLPGSQL_STMT_LOOP: read_loop(reader, any); break;
    case PLPGSQL_STMT_WHILE: read_while(reader, any); break;
    case PLPGSQL_STMT_FORI: read_for_integer(reader, any); break;
    case PLPGSQL_STMT_FORS: read_for_query(reader, any); break;
    case PLPGSQL_STMT_FORC: read_for_cursor(reader, any); break;
    case PLPGSQL_STMT_DYNFORS: read_for_execute(reader, any); break;
    case PLPGSQL_STMT_FOREACH_A: read_foreach(reader, any); break;
    case PLPGSQL_STMT_EXIT: read_exit(reader, any); break;
    case PLPGSQL_STMT_RETURN:
        read_return(reader, STEP_RETURN, line,
                    ((const PLpgSQL_stmt_return *)any)->expr,
                    ((const PLpgSQL_stmt_return *)any)->retvarno);
        break;
    case PLPGSQL_STMT_RETURN_NEXT:
        read_return(reader, STEP_RETURN_NEXT, line,
                    ((const PLpgSQL_stmt_return_next *)any)->expr,
                    ((const PLpgSQL_stmt_return_next *)any)->retvarno);
        break;
    case PLPGSQL_STMT_RETURN_QUERY: read_return_query(reader, any); break;
    case PLPGSQL_STMT_RAISE: read_raise(reader, any); break;
    case PLPGSQL_STMT_ASSERT: read_assert(reader, any); break;
    case PLPGSQL_STMT_EXECSQL: read_sql(reader, any); break;
    case PLPGSQL_STMT_DYNEXECUTE: read_execute(reader, any); break;
    case PLPGSQL_STMT_OPEN: read_open(reader, any); break;
    case PLPGSQL_STMT_PERFORM: read_perform(reader, any); break;
    case PLPGSQL_STMT_CALL: read_call(reader, any); break;
    case PLPGSQL_STMT_GETDIAG:
        read_simple(reader, STEP_GET_DIAGNOSTICS, line, "get", NULL);
        break;
    case PLPGSQL_STMT_FETCH:
        read_simple(reader, STEP_FETCH, line,
                    ((const PLpgSQL_stmt_fetch *)any)->is_move ? "move"
                                                               : "fetch",
                    ((const PLpgSQL_stmt_fetch *)any)->expr);
        break;
    case PLPGSQL_STMT_CLOSE:
        read_simple(reader, STEP_CLOSE, line, "close", NULL);
        break;
    case PLPGSQL_STMT_COMMIT:
        read_simple(reader, STEP_COMMIT, line, "commit", NULL);
        break;
    case PLPGSQL_STMT_ROLLBACK:
        read_simple(reader, STEP_ROLLBACK, line, "rollback", NULL);
        break;
    }
}

static void read_statement(struct reader *reader, const PLpgSQL_stmt *statement)
{
    size_t index = reader->routine->steps.count;

    read_by_kind(reader, statement);
    if (index < reader->routine->steps.count)
        places_step(reader, index)->end = reader->routine->steps.count;
}

static void read_list(struct reader *reader, const List *list, size_t parent)
{
    const ListCell *cell;

    if (reader->depth == DEPTH_MAX) {
        reader->is_too_deep = true;
        return;
    }
    reader->depth++;
    foreach (cell, list) {
        reader->parent = parent;
        read_statement(reader, lfirst(cell));
    }
    reader->depth--;
    places_step(reader, parent)->end = reader->routine->steps.count;
}

bool routine_add_steps(struct arena *arena, struct routine *routine,
                       const struct compile_request *request,
                       struct query_source_array *sources)
{
    struct reader reader = {
        .arena = arena,
        .routine = routine,
        .sources = sources,
        .request = request,
        .text = slice_from(request->source),
        .parent = ROUTINE_NO_STEP,
    };

    places_begin(&reader);
    read_statement(&reader, (const PLpgSQL_stmt *)request->block);
    return !reader.is_too_deep;
}
