/*
 * DO blocks: their plain DDL counts as if it stood in the file. Conditions that
 * ask the catalogs are answered where the model can (guard.h); what is dynamic,
 * or depends on what nobody can know, makes the schema incomplete.
 */
#include "replay/context.h"

#include "replay/guard.h"
#include "sql/do_body.h"
#include "sql/lexer.h"
#include "sql/parser.h"
#include "sql/placeholder.h"

#include <string.h>

enum do_outcome {
    DO_DONE,
    DO_FAILED, /* the failure has been told */
    DO_RETURNED,
};

struct run {
    struct replay *replay;
    struct replay_failure failure; /* of the statement that failed */
    enum guard_answer found;
    size_t doubt; /* how many branches are open that may not have been taken */
};

static enum do_outcome run_steps(struct run *run, const struct do_step *steps);

/* At once: what follows in the block may depend on what is not known. */
static void note_opaque(struct run *run)
{
    run->replay->is_opaque = true;
    replay_note_opaque(run->replay->schema);
}

static void note_unread(const struct replay *replay, struct span words)
{
    if (replay->watcher && replay->watcher->unread)
        replay->watcher->unread(replay->watcher->closure, words);
}

static struct parser *parser_of(struct schema *schema)
{
    if (!schema->parser)
        schema->parser = parser_new();
    if (!schema->parser)
        arena_exhausted();
    return schema->parser;
}

/* What a template will fill in is none. */
static bool is_syntax_error(struct slice text,
                            const struct statement *statement)
{
    return statement->outcome == PARSE_FAILED &&
           slice_has_prefix(slice_from(statement->error),
                            SLICE("syntax error")) &&
           !placeholder_explains(text, statement);
}

/* One that is parsed: of the file, or of a text that was put together. */
static enum do_outcome run_parsed(struct run *run, struct source *source,
                                  const struct statement *statement)
{
    struct replay *replay = run->replay;
    struct replay_failure failure = {0};

    if (is_syntax_error(source->text, statement)) {
        run->failure.message =
            arena_copy(&replay->schema->scratch, slice_from(statement->error));
        memcpy(run->failure.sqlstate, "42601", sizeof run->failure.sqlstate);
        return DO_FAILED;
    }
    if (statement->outcome != PARSE_DONE ||
        nodeTag(statement->tree) == T_DoStmt ||
        nodeTag(statement->tree) == T_TransactionStmt) {
        note_opaque(run);
        return DO_DONE;
    }
    if (replay->watcher && source == replay->source)
        replay->watcher->before(replay->watcher->closure, statement);
    if (replay_inner(replay->schema, source, statement, &failure))
        note_opaque(run);
    if (!failure.message)
        return DO_DONE;
    run->failure = failure;
    if (source == replay->source)
        run->failure.words = words_of_statement(statement);
    return DO_FAILED;
}

static enum do_outcome run_statement(struct run *run,
                                     const struct do_step *step)
{
    struct parser *parser = parser_of(run->replay->schema);
    struct statement statement = step->statement;
    enum do_outcome outcome;

    parser_parse(parser, run->replay->source->text, &statement, 1);
    outcome = run_parsed(run, run->replay->source, &statement);
    parser_clear(parser);
    return outcome;
}

/* The tree of `SELECT words`; null if they are no expression. It lives until
 * parser_clear(). */
static const Node *parse_words(struct run *run, struct span words)
{
    struct replay *replay = run->replay;
    struct slice part =
        slice_part(replay->text, words.offset, words.offset + words.length);
    struct slice text = slice_from(arena_format(
        &replay->schema->scratch, "SELECT %.*s", SLICE_ARGUMENTS(part)));
    struct statement statement = {.offset = 0,
                                  .length = text.length,
                                  .end = text.length};

    parser_parse(parser_of(replay->schema), text, &statement, 1);
    return statement.outcome == PARSE_DONE ? statement.tree : NULL;
}

static const Node *only_target(const Node *tree)
{
    const SelectStmt *select = tree ? node_as(SelectStmt, tree) : NULL;
    const ResTarget *target =
        select && list_length(select->targetList) == 1 && !select->fromClause
            ? node_as(ResTarget, (Node *)linitial(select->targetList))
            : NULL;

    return target ? target->val : NULL;
}

/*
 * What may have run, or not: otherwise stands for what runs if it did not;
 * null: nothing. The migration is taken to get past it, so that what is bound to
 * fail did not run, as in IF ... THEN RAISE; and what does nothing but return
 * is taken not to have returned.
 */
static enum do_outcome run_doubtful(struct run *run,
                                    const struct do_step *steps,
                                    const struct do_step *otherwise)
{
    struct schema *schema = run->replay->schema;
    size_t mark = journal_mark(&schema->journal, MARK_STATEMENT, NULL);
    size_t before = schema->journal.entries.count;
    bool was_opaque = run->replay->is_opaque;
    enum do_outcome outcome;
    bool is_idle;

    run->doubt++;
    outcome = run_steps(run, steps);
    run->doubt--;
    is_idle = schema->journal.entries.count == before;
    if (outcome == DO_FAILED)
        replay_undo(schema, mark);
    journal_keep(&schema->journal, mark);
    if (outcome == DO_FAILED) {
        run->failure = (struct replay_failure){0};
        run->replay->is_opaque = was_opaque;
        return run_steps(run, otherwise);
    }
    note_opaque(run);
    return outcome == DO_RETURNED && is_idle ? run_steps(run, otherwise)
                                             : outcome;
}

static enum do_outcome run_if(struct run *run, const struct do_step *step)
{
    const Node *condition = only_target(parse_words(run, step->span));
    enum guard_answer answer =
        condition ? guard_ask(run->replay, condition, run->found)
                  : ANSWER_UNKNOWN;

    parser_clear(parser_of(run->replay->schema));
    if (answer == ANSWER_UNKNOWN)
        return run_doubtful(run, step->body, step->otherwise);
    return run_steps(run, answer == ANSWER_NO ? step->otherwise : step->body);
}

static void run_query(struct run *run, const struct do_step *step)
{
    const Node *query = parse_words(run, step->span);

    run->found = query ? guard_finds(run->replay, query) : ANSWER_UNKNOWN;
    if (query)
        replay_note_calls(run->replay, query);
    if (run->replay->is_opaque)
        note_opaque(run);
    parser_clear(parser_of(run->replay->schema));
}

/* The text as a file of its own, which has the path of the block's. */
static struct source *source_of_text(struct replay *replay, const char *text)
{
    struct arena *arena = &replay->schema->arena;
    struct source *source = arena_alloc(arena, sizeof *source);

    *source = source_of_path(replay->source->path);
    source->text = slice_from(arena_copy(arena, slice_from(text)));
    return source;
}

static enum do_outcome run_execute(struct run *run, const struct do_step *step)
{
    struct replay *replay = run->replay;
    struct parser *parser = parser_of(replay->schema);
    const Node *expression = only_target(parse_words(run, step->span));
    const char *text = expression ? guard_text(replay, expression) : NULL;
    struct statement statement = {0};
    enum do_outcome outcome;
    struct source *source;

    parser_clear(parser);
    if (!text) {
        note_opaque(run);
        note_unread(replay, step->span);
        return DO_DONE;
    }
    source = source_of_text(replay, text);
    statement.length = statement.end = source->text.length;
    parser_parse(parser, source->text, &statement, 1);
    outcome = run_parsed(run, source, &statement);
    parser_clear(parser);
    return outcome;
}

/* USING may say another message and SQLSTATE. */
static bool is_plain_raise(struct slice words, struct token message,
                           struct lexer lexer)
{
    struct slice text = token_text(words, message);
    struct token token;

    if (message.kind != TOKEN_STRING || text.start[0] != '\'' ||
        memchr(text.start, '%', text.length) ||
        memchr(text.start + 1, '\'', text.length - 2))
        return false;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        if (token_is_word(words, token, "errcode") ||
            token_is_word(words, token, "message"))
            return false;
    }
    return true;
}

/* RAISE 'text' and RAISE EXCEPTION 'text' fail; of what is put into the text
 * nobody knows, but that it fails. */
static enum do_outcome run_raise(struct run *run, const struct do_step *step)
{
    struct replay *replay = run->replay;
    struct slice words = slice_part(replay->text, step->span.offset,
                                    step->span.offset + step->span.length);
    struct lexer lexer = lexer_of(words);
    struct token token = lexer_next_significant(&lexer);
    static const char *const mild[] = {"debug", "log", "info", "notice",
                                       "warning"};
    bool is_plain;

    for (size_t i = 0; i < sizeof mild / sizeof *mild; i++) {
        if (token_is_word(words, token, mild[i]))
            return DO_DONE;
    }
    if (token_is_word(words, token, "exception"))
        token = lexer_next_significant(&lexer);
    is_plain = is_plain_raise(words, token, lexer);
    if (!run->doubt && (!is_plain || !replay_knows_all(replay))) {
        note_opaque(run);
        return DO_DONE;
    }
    words = token_text(words, token);
    run->failure.message =
        is_plain ? arena_copy(&replay->schema->scratch,
                              slice_part(words, 1, words.length - 1))
                 : "";
    memcpy(run->failure.sqlstate, "P0001", sizeof run->failure.sqlstate);
    return DO_FAILED;
}

/* The handler whose conditions name what failed. */
static bool catches(struct run *run, const struct do_step *handler)
{
    struct slice words =
        slice_part(run->replay->text, handler->span.offset,
                   handler->span.offset + handler->span.length);
    struct lexer lexer = lexer_of(words);
    struct token token;

    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        struct slice text = token_text(words, token);

        if (token_is_word(words, token, "others"))
            return true;
        if (token.kind == TOKEN_STRING && text.length == 7 &&
            memcmp(text.start + 1, run->failure.sqlstate, 5) == 0)
            return true;
        if (token.kind == TOKEN_WORD &&
            do_condition_is(text, run->failure.sqlstate))
            return true;
    }
    return false;
}

/* With handlers it is a transaction of its own. */
static enum do_outcome run_block(struct run *run, const struct do_step *step)
{
    struct schema *schema = run->replay->schema;
    enum do_outcome outcome;
    size_t mark;

    if (!step->handlers)
        return run_steps(run, step->body);
    mark = journal_mark(&schema->journal, MARK_STATEMENT, NULL);
    outcome = run_steps(run, step->body);
    if (outcome == DO_FAILED)
        replay_undo(schema, mark);
    journal_keep(&schema->journal, mark);
    if (outcome != DO_FAILED)
        return outcome;
    for (const struct do_step *handler = step->handlers; handler;
         handler = handler->next) {
        if (!catches(run, handler))
            continue;
        run->failure = (struct replay_failure){0};
        return run_steps(run, handler->body);
    }
    return DO_FAILED;
}

static enum do_outcome run_step(struct run *run, const struct do_step *step)
{
    switch (step->kind) {
    case DO_STATEMENT: return run_statement(run, step);
    case DO_IF: return run_if(run, step);
    case DO_BLOCK: return run_block(run, step);
    case DO_LOOP: return run_doubtful(run, step->body, NULL);
    case DO_QUERY: run_query(run, step); return DO_DONE;
    case DO_EXECUTE: return run_execute(run, step);
    case DO_RAISE: return run_raise(run, step);
    case DO_RETURN: return DO_RETURNED;
    case DO_HANDLER: return DO_DONE;
    case DO_UNKNOWN: note_opaque(run); return DO_DONE;
    }
    return DO_DONE;
}

/* Nested no deeper than do_body.c reads. A statement that fails ends the block,
 * where that is certain. */
static enum do_outcome run_steps(struct run *run, const struct do_step *steps)
{
    for (const struct do_step *step = steps; step; step = step->next) {
        enum do_outcome outcome = run_step(run, step);

        if (outcome == DO_RETURNED)
            return outcome;
        if (outcome == DO_FAILED &&
            (step->kind == DO_RAISE || replay_refuse(run->replay)))
            return outcome;
    }
    return DO_DONE;
}

static bool check_statement(struct replay *replay,
                            const struct statement *original)
{
    struct slice text = replay->source->text;
    struct statement statement = *original;
    struct parser *parser = parser_of(replay->schema);
    bool is_refused;

    parser_parse(parser, text, &statement, 1);
    is_refused = is_syntax_error(text, &statement);
    if (is_refused) {
        if (replay->failure && !replay->failure->message)
            replay->failure->words =
                words_at(text, &statement, statement.error_offset);
        replay_fail(replay, "42601", "%s", statement.error);
    }
    parser_clear(parser);
    return !is_refused;
}

/* The whole block is read before any of it runs (plpgsql_compile_inline()). */
static bool check_syntax(struct replay *replay, const struct do_step *steps)
{
    for (const struct do_step *step = steps; step; step = step->next) {
        if ((step->kind == DO_STATEMENT && !step->is_executed &&
             !check_statement(replay, &step->statement)) ||
            !check_syntax(replay, step->body) ||
            !check_syntax(replay, step->otherwise) ||
            !check_syntax(replay, step->handlers))
            return false;
    }
    return true;
}

bool replay_do(struct replay *replay, const DoStmt *statement)
{
    struct do_body body = do_body_of(&replay->schema->scratch, replay->text,
                                     replay->statement, statement);
    struct run run = {.replay = replay};

    if (!body.steps) {
        replay->is_opaque = replay->is_opaque || body.is_opaque;
        if (body.is_opaque)
            note_unread(replay,
                        words_at_start(replay->text, replay->statement, 1));
        return true;
    }
    if (!check_syntax(replay, body.steps))
        return false;
    if (run_steps(&run, body.steps) != DO_FAILED)
        return true;
    if (!run.failure.message)
        return false;
    if (replay->failure && !replay->failure->message)
        replay->failure->words = run.failure.words;
    return replay_fail(replay, run.failure.sqlstate, "%s", run.failure.message);
}
