/*
 * What rules call: reporting, writing help texts, asking for options. A
 * finding goes to the engine's list; what is said about files that nobody
 * asked about is made and forgotten.
 */
#include "lint/engine.h"

#include "replay/replay.h"
#include "sql/lexer.h"

#include <stdlib.h>
#include <string.h>

struct finding *check_report_at(struct check *check, struct place place,
                                const void *cause, const char *message,
                                const char *help)
{
    struct engine *engine = check->engine;
    const struct rule_levels *levels = &engine->settings->levels;
    struct finding *finding = arena_alloc(engine->arena, sizeof *finding);
    const struct file *file = engine_file(engine, place.source);
    size_t index = check->rule_index;

    finding->rule = check->rule;
    finding->rule_index = index;
    finding->severity = levels->levels[index];
    finding->is_level_set = levels->is_set[index];
    finding->message = message;
    finding->help = help;
    finding->source = place.source;
    finding->span = place.span;
    finding->cause = cause;
    finding->statement = check->statement;
    if (!file || !file->is_named)
        return finding;
    finding->path = place.source->path;
    finding->file_order = file->order;
    if (check->statement && place.source == check->source)
        finding->context = words_of_statement(check->statement);
    *array_push(engine->arena, &engine->findings) = finding;
    return finding;
}

struct finding *check_report(struct check *check, struct span span,
                             const void *cause, const char *message,
                             const char *help)
{
    struct place place = {.source = check->source, .span = span};

    return check_report_at(check, place, cause, message, help);
}

void check_conceal(struct check *check, struct span words)
{
    struct engine *engine = check->engine;
    struct file *file = engine_file(engine, check->source);
    size_t end = words.offset + words.length;

    if (file && words.length > 0 && words.offset > 0)
        *array_push(&engine->run, &file->secrets) = (struct secret){
            words, arena_copy_slice(
                       &engine->run,
                       slice_part(check->text, words.offset - 1, end + 1))};
}

void finding_lower(struct finding *finding, enum severity severity)
{
    if (!finding->is_level_set && severity < finding->severity)
        finding->severity = severity;
}

void finding_raise(struct finding *finding, enum severity severity)
{
    if (!finding->is_level_set && severity > finding->severity)
        finding->severity = severity;
}

void finding_restate(struct finding *finding, const char *message)
{
    finding->message = message;
}

void finding_advise(struct finding *finding, const char *help)
{
    finding->help = help;
}

void check_confirm_later(struct check *check, struct finding *finding,
                         enum confirm_scope scope, const void *subject)
{
    struct engine *engine = check->engine;
    struct pending *pending = array_push(&engine->run, &engine->pending[scope]);

    pending->finding = finding;
    pending->subject = subject;
    if (scope == CONFIRM_AFTER_TRANSACTION)
        engine->pending_transaction = check->transaction->number;
}

void finding_note(struct check *check, struct finding *finding,
                  struct place place, const char *message)
{
    struct finding_note *note;
    struct position position;

    if (!place.source || !engine_load(place.source))
        return;
    position = source_position(place.source, place.span.offset);
    note = array_push(check->arena, &finding->notes);
    note->message = message;
    note->path = place.source->path;
    note->line = position.line;
    note->column = position.column;
    engine_unload(check->engine, place.source);
}

const struct effects *check_effects(struct check *check)
{
    struct engine *engine = check->engine;
    struct locks_context context = {
        .transaction = check->transaction_kind,
        .is_in_do = check->is_in_do,
    };

    if (engine->has_effects)
        return &engine->effects;
    context.is_first = check->transaction_kind == TRANSACTION_PIPELINE &&
                       check_is_first_of_section(check);
    arena_clear(&engine->effects_arena);
    engine->effects = locks_of(&engine->effects_arena, engine->schema,
                               check->source, check->statement, &context);
    engine->has_effects = true;
    return &engine->effects;
}

const struct schema_contents *check_contents(struct check *check)
{
    struct engine *engine = check->engine;

    if (!engine->has_contents)
        schema_list_contents(engine->schema, &engine->contents_arena,
                             &engine->contents);
    engine->has_contents = true;
    return &engine->contents;
}

const struct held *check_held(const struct check *check)
{
    return &check->engine->held;
}

bool check_is_first_in_transaction(struct check *check)
{
    struct engine *engine = check->engine;
    size_t *spoken_in = &engine->spoken_in[check->rule_index];
    bool is_first = *spoken_in != engine->transaction.number;

    *spoken_in = engine->transaction.number;
    return is_first;
}

bool check_runner_sets_timeouts(const struct check *check)
{
    return check->engine->settings->runner_sets_timeouts;
}

bool check_find_newer_syntax(struct check *check, struct newer_use *use)
{
    return newer_syntax_find(&check->engine->walker, check->text,
                             check->statement, check->postgres_version, use);
}

const char *check_rerun_failure(struct check *check)
{
    struct schema *schema = check->engine->schema;
    size_t savepoint = replay_save_for_try(schema);
    struct replay_failure failure = {0};
    const char *message = NULL;

    if (replay_try(schema, check->source, check->statement, &failure) &&
        !replay_try(schema, check->source, check->statement, &failure) &&
        failure.message)
        message = arena_copy(check->arena, slice_from(failure.message));
    replay_restore_after_try(schema, savepoint);
    return message;
}

void *check_section_memory(struct check *check, size_t size)
{
    struct engine *engine = check->engine;
    void **memory = &engine->section_memory[check->rule_index];

    if (!*memory)
        *memory = arena_alloc(&engine->section_arena, size);
    return *memory;
}

struct arena *check_section_arena(struct check *check)
{
    return &check->engine->section_arena;
}

bool check_is_refused_mixture(struct check *check)
{
    struct arena *scratch = &check->engine->scratch;
    struct slice *texts =
        arena_alloc(scratch, check->section_statement_count * sizeof *texts);
    size_t count = 0;
    bool is_refused;

    for (size_t i = 0; i < check->section_statement_count; i++)
        if (check->section_statements[i].kind == STATEMENT_SQL)
            texts[count++] =
                statement_text(check->text, &check->section_statements[i]);
    is_refused = tool_refuses_mixture(check->history, texts, count);
    arena_clear(scratch);
    return is_refused;
}

struct place check_transaction_place(const struct check *check)
{
    struct lexer lexer = lexer_of(check->text);
    struct place place = {.source = check->source};
    struct token word;

    lexer.offset = check->transaction->begun_at;
    word = lexer_next_significant(&lexer);
    place.span = (struct span){word.offset, word.length};
    return place;
}

bool check_is_first_of_section(const struct check *check)
{
    struct lexer lexer = lexer_of(check->text);

    lexer.offset = check->section->offset;
    return lexer_next_significant(&lexer).offset == check->statement->offset;
}

const char *check_format(struct check *check, const char *format, ...)
{
    va_list arguments;
    const char *text;

    va_start(arguments, format);
    text = arena_vformat(check->arena, format, arguments);
    va_end(arguments);
    return text;
}

const char *check_quote(struct check *check, const char *name)
{
    return parser_quote_identifier(check->arena, name);
}

const char *check_quote_name(struct check *check, struct qualified_name name)
{
    return name_to_sql(check->arena, name);
}

const char *check_rewrite(struct check *check, struct span at, const char *text)
{
    const struct statement *statement = check->statement;
    size_t end = statement->offset + statement->length;
    struct buffer buffer;

    buffer_init(&buffer, check->arena);
    buffer_add(&buffer, slice_part(check->text, statement->offset, at.offset));
    buffer_add_text(&buffer, text);
    buffer_add(&buffer, slice_part(check->text, at.offset + at.length, end));
    buffer_add_char(&buffer, ';');
    return buffer_text(&buffer);
}

/* The option's value in the settings; null if they do not give it. */
static const struct option_value *find_value(const struct check *check,
                                             const char *name)
{
    const struct option_value_array *values = &check->engine->settings->options;

    for (size_t i = values->count; i-- > 0;)
        if (values->items[i].rule == check->rule &&
            strcmp(values->items[i].name, name) == 0)
            return &values->items[i];
    return NULL;
}

/* "" for an option that the rule does not declare. */
static const char *default_of(const struct check *check, const char *name)
{
    const struct rule_option *option = check->rule->options;

    for (; option && option->name; option++)
        if (strcmp(option->name, name) == 0)
            return option->default_text;
    return "";
}

bool check_option_bool(const struct check *check, const char *name)
{
    const struct option_value *value = find_value(check, name);

    return value ? value->as_bool
                 : strcmp(default_of(check, name), "true") == 0;
}

long check_option_integer(const struct check *check, const char *name)
{
    const struct option_value *value = find_value(check, name);

    return value ? value->as_integer
                 : strtol(default_of(check, name), NULL, 10);
}

const char *check_option_string(const struct check *check, const char *name)
{
    const struct option_value *value = find_value(check, name);

    return value ? value->as_string : default_of(check, name);
}

/* `[a, b]`, as a rule declares its default. */
static const char *const *read_list(struct arena *arena, const char *text)
{
    static const char separators[] = "[], ";
    const char **items = arena_alloc(arena, (strlen(text) + 1) * sizeof *items);
    size_t count = 0;

    for (text += strspn(text, separators); *text;
         text += strspn(text, separators)) {
        size_t length = strcspn(text, separators);

        items[count++] = arena_copy(arena, (struct slice){text, length});
        text += length;
    }
    return items;
}

const char *const *check_option_list(struct check *check, const char *name)
{
    const struct option_value *value = find_value(check, name);

    return value ? value->as_list
                 : read_list(check->arena, default_of(check, name));
}

enum down_policy check_down_policy(const struct check *check)
{
    switch (check->engine->settings->down) {
    case DOWN_SETTING_ALWAYS: return DOWN_ALWAYS;
    case DOWN_SETTING_NEVER: return DOWN_NEVER;
    case DOWN_BY_TOOL: break;
    }
    return tool_down_policy(check->history->tool);
}

bool check_is_new(const struct check *check, struct qualified_name name)
{
    const struct relation *relation = schema_find_relation(check->schema, name);

    return relation && relation_is_new(check->schema, relation);
}

bool check_is_absent(const struct check *check, struct qualified_name name)
{
    return tool_has_history(check->history->tool) &&
           schema_is_complete(check->schema) &&
           !schema_find_relation(check->schema, name);
}

/* What the statement makes has queries that run later. */
static bool keeps_query(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_ViewStmt:
    case T_CreateFunctionStmt:
    case T_CreateTrigStmt:
    case T_CreatePolicyStmt:
    case T_AlterPolicyStmt:
    case T_RuleStmt: return true;
    case T_CreateTableAsStmt:
        return ((const CreateTableAsStmt *)tree)->objtype == OBJECT_MATVIEW;
    default: return false;
    }
}

bool check_runs_once(const struct check *check)
{
    if (!tool_has_history(check->history->tool))
        return false;
    return check->routine != NULL ? IsA(check->routine->node, DoStmt)
                                  : !keeps_query(check->statement->tree);
}

bool check_alters_existing(const struct check *check,
                           const AlterTableStmt *alter)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    const struct table *table;

    if (alter->objtype != OBJECT_TABLE || check->is_in_body)
        return false;
    if (alter->missing_ok && check_is_absent(check, name))
        return false;
    table = schema_find_table(check->schema, name);
    if (table == NULL)
        return true;
    return (table->relation.kind == RELATION_TABLE ||
            table->relation.kind == RELATION_PARTITIONED_TABLE) &&
           !relation_is_new(check->schema, &table->relation);
}
