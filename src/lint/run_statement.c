/*
 * One statement of the run: shown to the rules of a reported file, with the
 * schema as it is before it, or to who looks on; then carried out on the schema.
 * Stands below run_section.c, which knows the files.
 */
#include "lint/running.h"

#include "replay/replay.h"
#include "sql/newer_syntax.h"
#include "sql/placeholder.h"

#include <string.h>

/* The server's SQLSTATEs of what its grammar refuses. */
#define SYNTAX_ERROR "42601"
#define FEATURE_NOT_SUPPORTED "0A000"

static void judge(struct engine *engine, const struct statement *statement)
{
    struct check *check = &engine->check;

    check->statement = statement;
    check->transaction_kind = transaction_kind_now(&engine->transaction);
    engine_begin_statement(engine);
    judge_statement(engine);
    if (statement->tree && engine->dispatch->has_bodies &&
        (nodeTag(statement->tree) == T_CreateFunctionStmt ||
         nodeTag(statement->tree) == T_DoStmt))
        judge_body(engine);
}

/* After rules have seen all that there is of a statement. */
static void settle(struct engine *engine)
{
    gather_settle(engine);
    engine->check.statement = NULL;
}

static void note_unread(void *closure, struct span words)
{
    struct run *run = closure;
    struct engine *engine = &run->engine;

    engine->check.statement = run->do_block;
    judge_unread(engine, words);
    settle(engine);
}

static void judge_inner(void *closure, const struct statement *statement)
{
    struct run *run = closure;

    judge(&run->engine, statement);
    settle(&run->engine);
}

/*
 * The plain DDL of a DO block counts as statements of the migration: each is
 * judged with the schema as those before it left it.
 */
static void run_do_block(struct run *run, const struct statement *statement,
                         struct replay_failure *failure)
{
    struct engine *engine = &run->engine;
    const struct do_watcher watcher = {judge_inner, note_unread, run};

    run->do_block = statement;
    engine->check.is_in_do = true;
    replay_do_block(run->schema, run->script->source, statement, &watcher,
                    failure);
    engine->check.is_in_do = false;
}

/*
 * Tools stop at the first statement that fails: what comes after it would have
 * been run on another schema, and what it seems to lack may have been in that
 * statement. A template is not the statement that will be run.
 */
static void note_failed(struct run *run, const struct statement *statement)
{
    const struct check *check = &run->engine.check;

    if (statement->outcome == PARSE_FAILED &&
        placeholder_explains(check->text, statement)) {
        replay_note_opaque(run->schema);
        return;
    }
    if (!tool_has_history(check->history->tool))
        return;
    run->has_failed = true;
    if (run->engine.settings->is_history_complete)
        replay_note_opaque(run->schema);
}

static void judge_and_replay(struct run *run, const struct statement *statement)
{
    struct engine *engine = &run->engine;
    size_t first = engine->findings.count;
    struct replay_failure failure;

    judge(engine, statement);
    if (statement->tree && nodeTag(statement->tree) == T_DoStmt) {
        settle(engine);
        run_do_block(run, statement, &failure);
    } else {
        replay_statement(run->schema, run->script->source, statement, &failure);
    }
    if (failure.message && !run->has_failed && !run->is_of_some_time &&
        !statement->is_filled && replay_is_certain(run->schema, &failure)) {
        engine->check.statement = statement;
        judge_failure(engine, &failure);
        gather_apply_heard(engine, first);
    }
    if (failure.message || statement->outcome == PARSE_FAILED)
        note_failed(run, statement);
    settle(engine);
}

/* The parser tells no SQLSTATE: attributes that a constraint cannot have are
 * no errors of syntax (gram.y, processCASbits). */
static struct replay_failure failure_of_syntax(const char *message)
{
    struct replay_failure failure = {.message = message,
                                     .sqlstate = SYNTAX_ERROR};

    if (strstr(message, " constraints cannot be marked "))
        memcpy(failure.sqlstate, FEATURE_NOT_SUPPORTED,
               sizeof failure.sqlstate);
    return failure;
}

static void show_and_replay(struct run *run, const struct statement *statement)
{
    const struct observer *observer = run->engine.observer;
    struct replay_failure failure;
    struct moment moment = {
        .source = run->script->source,
        .statement = statement,
        .transaction_kind = transaction_kind_now(&run->engine.transaction),
        .is_first = run->is_first,
        .schema = run->schema,
    };

    if (statement->kind != STATEMENT_SQL)
        return;
    run->is_first = false;
    if (observer->before)
        observer->before(observer->closure, &moment);
    replay_statement(run->schema, moment.source, statement, &failure);
    if (statement->outcome == PARSE_FAILED)
        failure = failure_of_syntax(statement->error);
    moment.failure = &failure;
    if (observer->after)
        observer->after(observer->closure, &moment);
}

/*
 * The server, being older than the parser, does not know the statement's
 * syntax: what its own parser makes of it. Only schemas and locks are of that
 * very server; rules judge what may run on a newer one than the settings say.
 */
static bool is_newer(struct run *run, const struct statement *statement,
                     struct statement *unparsed)
{
    struct engine *engine = &run->engine;
    struct slice text = run->script->source->text;
    struct newer_use use;

    if (!newer_syntax_find(&engine->walker, text, statement,
                           engine->settings->postgres_version, &use))
        return false;
    *unparsed = *statement;
    unparsed->outcome = PARSE_FAILED;
    unparsed->tree = NULL;
    unparsed->error = newer_syntax_message(&engine->run, text, statement, &use);
    unparsed->error_offset = use.words.length > 0
                                 ? use.words.offset
                                 : statement->offset + statement->length;
    return true;
}

void run_statement(struct run *run, const struct statement *statement,
                   bool is_named)
{
    struct engine *engine = &run->engine;

    struct statement unparsed;

    if (engine->observer && is_newer(run, statement, &unparsed))
        statement = &unparsed;
    if (!is_named) {
        replay_statement(run->schema, run->script->source, statement, NULL);
        return;
    }
    if (engine->observer)
        show_and_replay(run, statement);
    else
        judge_and_replay(run, statement);
    if (statement->tree) {
        judge_rollback(engine, statement);
        transaction_after(&engine->transaction, statement);
    }
    judge_pending(engine, false);
}
