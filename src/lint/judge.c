/*
 * Asks the rules about what the run has come to: a statement, with one walk
 * over its tree for all of them, a file, a migration, a history. The run has
 * set what they see in engine->check.
 */
#include "lint/engine.h"
#include "lint/typed_columns.h"

static void begin_rule(struct check *check, const struct rule_list *list,
                       size_t i)
{
    check->rule_index = list->items[i];
    check->rule = rule_table[check->rule_index];
}

/* The node is below the BEGIN ATOMIC body of the CREATE FUNCTION that is the
 * root of the walk. */
static bool is_in_body(const struct walk *walk)
{
    size_t depth = walk_depth(walk);

    return depth > 0 &&
           walk_field(walk, depth - 1) ==
               offsetof(CreateFunctionStmt, sql_body) &&
           nodeTag(walk_ancestor(walk, depth - 1)) == T_CreateFunctionStmt;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct engine *engine = closure;
    struct check *check = &engine->check;
    const struct rule_list *list = &engine->dispatch->by_tag[nodeTag(node)];

    check->walk = walk;
    check->is_in_body = is_in_body(walk);
    for (size_t i = 0; i < list->count; i++) {
        begin_rule(check, list, i);
        check->rule->check_node(check, node);
    }
    return true;
}

static bool is_last_of_section(const struct check *check)
{
    return check->statement ==
           check->section_statements + check->section_statement_count - 1;
}

/* What rules may ask about the transaction later, when the schema is no longer
 * what it was before the statement. */
static void hold_locks(struct engine *engine, struct place place)
{
    struct check *check = &engine->check;
    const Node *tree = check->statement->tree;

    if (!tree || is_last_of_section(check))
        return;
    if (nodeTag(tree) == T_TransactionStmt)
        held_control(&engine->held, (const TransactionStmt *)tree);
    else if ((check->transaction_kind != TRANSACTION_NONE || check->is_in_do) &&
             !locks_are_light(engine->schema, tree))
        held_add(&engine->held, engine->schema, place, check_effects(check));
}

static void ask_rules(struct engine *engine)
{
    struct check *check = &engine->check;
    const struct rule_list *list = &engine->dispatch->statement;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(check, list, i);
        check->rule->check_statement(check);
    }
    if (check->statement->tree && engine->dispatch->has_tags) {
        walk_tree_for(&engine->walker, check->statement->tree,
                      engine->dispatch->is_wanted, visit, engine);
        check->walk = NULL;
        check->is_in_body = false;
    }
}

void judge_statement(struct engine *engine)
{
    struct check *check = &engine->check;
    struct place place;

    if (!engine->dispatch->needs_locks) {
        ask_rules(engine);
        return;
    }
    place = (struct place){check->source, words_of_statement(check->statement),
                           schema_unit(engine->schema)};
    held_begin_statement(&engine->held, engine->schema,
                         engine->transaction.number, place);
    ask_rules(engine);
    hold_locks(engine, place);
}

void judge_failure(struct engine *engine, const struct replay_failure *failure)
{
    const struct rule_list *list = &engine->dispatch->failure;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->check_failure(&engine->check, failure);
    }
}

void judge_unread(struct engine *engine, struct span words)
{
    const struct rule_list *list = &engine->dispatch->unread;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->check_unread(&engine->check, words);
    }
}

void judge_section(struct engine *engine)
{
    const struct rule_list *list = &engine->dispatch->section;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->check_section(&engine->check);
    }
}

void judge_source(struct engine *engine)
{
    const struct rule_list *list = &engine->dispatch->source;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->check_source(&engine->check);
    }
}

void judge_migration(struct engine *engine)
{
    const struct rule_list *list = &engine->dispatch->migration;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->check_migration(&engine->check);
    }
}

void judge_down_step(struct engine *engine)
{
    const struct rule_list *list = &engine->dispatch->down_step;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->check_down_step(&engine->check);
    }
}

static void judge_column(struct engine *engine,
                         const struct typed_column *typed)
{
    const struct rule_list *list = &engine->dispatch->column;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->check_column(&engine->check, typed);
    }
}

void judge_history(struct engine *engine)
{
    const struct rule_list *list = &engine->dispatch->finish;
    struct typed_column typed = {0};

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->finish(&engine->check);
    }
    while (engine->dispatch->column.count > 0 &&
           typed_columns_next(&engine->check, &typed))
        judge_column(engine, &typed);
    arena_clear(&engine->contents_arena);
    engine->has_contents = false;
}

void judge_suppression(struct engine *engine,
                       const struct suppression *suppression)
{
    const struct rule_list *list = &engine->dispatch->suppression;

    for (size_t i = 0; i < list->count; i++) {
        begin_rule(&engine->check, list, i);
        engine->check.rule->check_suppression(&engine->check, suppression);
    }
}

static void confirm(struct engine *engine, const struct pending *pending)
{
    struct check *check = &engine->check;
    struct finding *finding = pending->finding;

    check->rule = finding->rule;
    check->rule_index = finding->rule_index;
    if (!finding->is_dropped &&
        !check->rule->confirm(check, finding, pending->subject))
        finding->is_dropped = true;
}

static void confirm_all(struct engine *engine, enum confirm_scope scope)
{
    struct pending_array *pending = &engine->pending[scope];

    for (size_t i = 0; i < pending->count; i++)
        confirm(engine, &pending->items[i]);
    pending->count = 0;
}

static bool is_about_effects(const struct rule *rule)
{
    return rule->family == FAMILY_LOCKING ||
           rule->family == FAMILY_COMPATIBILITY ||
           rule->family == FAMILY_SCHEMA;
}

/*
 * A script that takes back all that it did is a test or a try: pgTAP's are
 * written so. What a migration rolls back was meant to be done.
 */
void judge_rollback(struct engine *engine, const struct statement *statement)
{
    const struct transaction *transaction = &engine->transaction;
    const TransactionStmt *control = node_as(TransactionStmt, statement->tree);

    if (control == NULL || control->kind != TRANS_STMT_ROLLBACK ||
        !transaction->has_begun_in_file ||
        tool_has_history(engine->check.history->tool))
        return;
    for (size_t i = engine->findings.count; i > 0; i--) {
        struct finding *finding = engine->findings.items[i - 1];

        if (finding->source != engine->check.source ||
            finding->span.offset < transaction->begun_at)
            return;
        if (is_about_effects(finding->rule))
            finding->is_dropped = true;
    }
}

void judge_pending(struct engine *engine, bool is_section_over)
{
    confirm_all(engine, CONFIRM_AFTER_STATEMENT);
    if (is_section_over ||
        engine->pending_transaction != engine->transaction.number)
        confirm_all(engine, CONFIRM_AFTER_TRANSACTION);
    if (is_section_over)
        confirm_all(engine, CONFIRM_AFTER_SECTION);
}

void judge_pending_history(struct engine *engine)
{
    confirm_all(engine, CONFIRM_AFTER_HISTORY);
}
