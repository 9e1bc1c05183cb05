/*
 * Uses of columns and tables that no query of a body shows: NEW and OLD of a
 * trigger's function, and types of declarations. Stands beside body_uses.c.
 */
#include "lint/body_use_kinds.h"

#include "lint/engine.h"
#include "schema/model.h"
#include "sql/word_filter.h"

#include <string.h>

/* NEW.name or OLD.name, as a variable. */
struct row_search {
    const struct routine_query *query;
    const char *name;
    ParseLoc location; /* found; -1: not yet */
};

static bool is_row(const struct routine_query *query, const char *row,
                   const char *name)
{
    const char *names[2] = {row, name};

    return row && name &&
           (strcmp(row, "new") == 0 || strcmp(row, "old") == 0) &&
           routine_find_variable(query, names, 2, NULL);
}

static bool visit_row(void *closure, const Node *node, const struct walk *walk)
{
    struct row_search *search = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const PLAssignStmt *assignment = node_as(PLAssignStmt, node);
    const List *fields = NIL;
    const char *row = NULL;
    ParseLoc location = -1;

    (void)walk;
    if (reference && list_length(reference->fields) == 2) {
        row = name_from_string(linitial(reference->fields));
        fields = reference->fields;
        location = reference->location;
    } else if (assignment && assignment->indirection) {
        row = assignment->name;
        fields = assignment->indirection;
        location = assignment->location;
    }
    if (fields && search->location < 0) {
        const char *name =
            name_from_string(reference ? lsecond(fields) : linitial(fields));

        if (name && strcmp(name, search->name) == 0 &&
            is_row(search->query, row, name))
            search->location = location;
    }
    return search->location < 0;
}

static bool find_row_in_query(struct check *check,
                              const struct routine_query *query,
                              const struct column *column, struct body_use *use)
{
    struct row_search search = {query, column->name, -1};

    walk_tree(&check->engine->walker, query->statement.tree, visit_row,
              &search);
    if (search.location < 0)
        return false;
    use->words =
        words_of_name_at(query->text, &query->statement,
                         query->statement.tree_base + (size_t)search.location);
    return true;
}

const struct trigger *body_use_row_trigger(const struct table *table,
                                           const struct function *function)
{
    for (size_t i = 0; i < table->triggers.count; i++) {
        const struct trigger *trigger = table->triggers.items[i];

        if (!trigger->object.is_dropped && trigger->is_row &&
            trigger->function == function)
            return trigger;
    }
    return NULL;
}

static const struct trigger *next_trigger(const struct dependency **at)
{
    while (*at) {
        const struct dependency *dependency = *at;

        *at = dependency->next_dependent;
        if (!dependency->is_gone && !dependency->dependent->is_dropped &&
            dependency->dependent->class == CLASS_TRIGGER)
            return (const struct trigger *)dependency->dependent;
    }
    return NULL;
}

const struct trigger *body_uses_trigger(const struct function *function)
{
    const struct dependency *at = function->object.dependents;

    return next_trigger(&at);
}

/* It serves triggers of several tables, and may ask which one it is. */
static bool may_tell_tables_apart(const struct function_body *body,
                                  const struct table *table)
{
    static const char *const words[] = {
        "tg_table_name", "tg_relname", "tg_relid", "tg_table_schema",
        "tg_name",       "tg_argv",    "tg_nargs"};
    const struct function *function = body->function;
    const struct dependency *at = function->object.dependents;
    const struct trigger *trigger;
    bool is_shared = false;

    while ((trigger = next_trigger(&at)) != NULL)
        is_shared |= trigger->table != table;
    for (size_t i = 0; is_shared && i < sizeof words / sizeof *words; i++)
        if (word_filter_may_have(function->words, words[i]))
            return true;
    return false;
}

bool body_use_find_row(struct check *check, const struct function_body *body,
                       struct body_use *use)
{
    const struct column *column = body_use_column(use->object);
    const struct routine *routine = &body->routine;

    if (!column || !routine->is_trigger)
        return false;
    use->trigger = body_use_row_trigger(column->table, body->function);
    if (!use->trigger || may_tell_tables_apart(body, column->table))
        return false;
    use->kind = BODY_USE_ROW;
    for (size_t i = 0; i < routine->own_query_count; i++)
        if (routine->queries.items[i].statement.tree &&
            find_row_in_query(check, &routine->queries.items[i], column, use))
            return true;
    return false;
}

/* A name with its parts, as it stands in a declaration. */
struct dotted {
    struct token parts[3];
    size_t count;
};

static struct dotted next_dotted(struct lexer *lexer, struct token *token)
{
    struct dotted dotted = {.count = 0};

    while (dotted.count < 3 && (token->kind == TOKEN_WORD ||
                                token->kind == TOKEN_QUOTED_IDENTIFIER)) {
        dotted.parts[dotted.count++] = *token;
        *token = lexer_next_significant(lexer);
        if (!token_is(lexer->text, *token, "."))
            return dotted;
        *token = lexer_next_significant(lexer);
    }
    return dotted;
}

/* `t.c%TYPE`, `t%ROWTYPE`: the last of these parts names the relation. */
static bool means(struct check *check, struct slice text,
                  const struct dotted *dotted, size_t last,
                  const struct relation *relation)
{
    const struct qualified_name name = {.name = relation->name};

    if (!token_is_name(text, dotted->parts[last], relation->name))
        return false;
    if (last > 0)
        return token_is_name(text, dotted->parts[last - 1],
                             relation->namespace->name);
    return schema_find_relation(check->schema, name) == relation;
}

/* A declaration's type that is a column's, or a row's; token is behind it. */
static bool is_type_of(struct check *check, const struct lexer *lexer,
                       const struct dotted *dotted, struct token after,
                       const struct object *object)
{
    struct slice text = lexer->text;
    const struct column *column = body_use_column(object);
    struct lexer ahead = *lexer;
    struct token word;

    if (!token_is(text, after, "%"))
        return false;
    word = lexer_next_significant(&ahead);
    if (token_is_word(text, word, "rowtype") && !column)
        return dotted->count <= 2 &&
               means(check, text, dotted, dotted->count - 1,
                     body_use_relation(object));
    return token_is_word(text, word, "type") && dotted->count >= 2 &&
           (!column || token_is_name(text, dotted->parts[dotted->count - 1],
                                     column->name)) &&
           means(check, text, dotted, dotted->count - 2,
                 body_use_relation(object));
}

static bool find_type(struct check *check, const struct function_body *body,
                      struct body_use *use)
{
    const struct body *text = &body->routine.body;
    struct lexer lexer = lexer_of(text->text);
    struct token token = lexer_next_significant(&lexer);

    if (body->routine.language != ROUTINE_PLPGSQL ||
        !body_use_relation(use->object))
        return false;
    use->kind = BODY_USE_TYPE;
    while (token.kind != TOKEN_END) {
        struct dotted dotted = next_dotted(&lexer, &token);

        if (dotted.count == 0) {
            token = lexer_next_significant(&lexer);
        } else if (is_type_of(check, &lexer, &dotted, token, use->object)) {
            use->is_qualified =
                dotted.count > (body_use_column(use->object) ? 2 : 1);
            use->words = (struct span){text->offset + dotted.parts[0].offset,
                                       token.offset - dotted.parts[0].offset};
            return true;
        }
    }
    return false;
}

/* With the session's path as the function has it when it is called. */
bool body_use_find_type(struct check *check, const struct function_body *body,
                        struct search_path *path, struct body_use *use)
{
    struct schema *schema = check->engine->schema;
    struct search_path *before = schema->local_search_path;
    bool is_found;

    schema->local_search_path =
        body->function->search_path ? body->function->search_path : path;
    is_found = find_type(check, body, use);
    schema->local_search_path = before;
    return is_found;
}

bool body_use_is_type_lost(struct check *check,
                           const struct function_body *body,
                           struct search_path *path, const struct body_use *use,
                           const char *name)
{
    struct schema *schema = check->engine->schema;
    struct search_path *before = schema->local_search_path;
    struct qualified_name written = {.name = name};
    bool is_found;

    if (use->is_qualified)
        written.schema = use->schema;
    schema->local_search_path =
        body->function->search_path ? body->function->search_path : path;
    is_found = schema_find_relation(check->schema, written) != NULL;
    schema->local_search_path = before;
    return !is_found;
}
