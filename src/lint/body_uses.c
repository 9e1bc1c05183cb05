/*
 * Looks an object up in the queries of a body, by what query/ says they need;
 * then in what no query shows: body_use_kinds.c. For rules about what a DROP
 * leaves behind.
 */
#include "lint/body_uses.h"

#include "lint/body_use_kinds.h"
#include "lint/engine.h"
#include "schema/builtin/builtin.h"
#include "schema/model.h"

#include <string.h>

static const char *name_of(const struct object *object)
{
    switch (object->class) {
    case CLASS_RELATION: return ((const struct relation *)object)->name;
    case CLASS_COLUMN: return ((const struct column *)object)->name;
    case CLASS_FUNCTION: return ((const struct function *)object)->name;
    case CLASS_TYPE: return ((const struct type *)object)->name;
    case CLASS_NAMESPACE: return ((const struct namespace *)object)->name;
    case CLASS_EXTENSION:
    case CLASS_DEFAULT:
    case CLASS_CONSTRAINT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: break;
    }
    return "";
}

/* The relation that a command makes; null if it makes none. */
static const RangeVar *made_by(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_CreateStmt: return ((const CreateStmt *)tree)->relation;
    case T_CreateTableAsStmt:
        return ((const CreateTableAsStmt *)tree)->into->rel;
    case T_SelectStmt: {
        const IntoClause *into = ((const SelectStmt *)tree)->intoClause;

        return into ? into->rel : NULL;
    }
    default: return NULL;
    }
}

/* The body makes a table of that name, which may be the one that it means. */
static bool makes_its_own(const struct function_body *body,
                          const struct object *object)
{
    const struct relation *relation = body_use_relation(object);
    const struct routine *routine = &body->routine;

    for (size_t i = 0; relation && i < routine->queries.count; i++) {
        const Node *tree = routine->queries.items[i].statement.tree;
        const RangeVar *made = tree ? made_by(tree) : NULL;

        if (made && strcmp(made->relname, relation->name) == 0)
            return true;
    }
    return false;
}

static bool needs(const struct query_description *description,
                  const struct object *object)
{
    for (size_t i = 0; i < description->needs.count; i++)
        if (description->needs.items[i] == object)
            return true;
    return false;
}

/* Where a name of the query means the column; -1 if none is known to. */
static ParseLoc location_of(const struct query_name_array *names,
                            const struct object *object)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i].column && &names->items[i].column->object == object)
            return names->items[i].reference->location;
    return -1;
}

static struct span words_of_use(const struct routine_query *query,
                                const char *name, ParseLoc location)
{
    const struct statement *statement = &query->statement;
    size_t offset = location >= 0 ? statement->tree_base + (size_t)location
                                  : statement->offset;
    struct span words = words_find_name(query->text, statement, offset, name);
    struct slice rest;

    if (words.length > 0)
        return words;
    /* nextval('orders_id_seq') */
    rest =
        slice_part(query->text, offset, statement->offset + statement->length);
    offset = slice_find(rest, slice_from(name));
    if (offset == SLICE_NOT_FOUND)
        return (struct span){0, 0};
    return (struct span){(size_t)(rest.start - query->text.start) + offset,
                         strlen(name)};
}

static bool find_in_query(struct check *check, struct arena *arena,
                          const struct function_body *body,
                          struct search_path *path, size_t index,
                          struct body_use *use)
{
    const struct routine_query *query = &body->routine.queries.items[index];
    struct query_description description;
    struct query_name_array names = {0};

    if (words_of_use(query, name_of(use->object), -1).length == 0 ||
        !function_body_describe(check, arena, body, query, path, &names, NULL,
                                &description) ||
        description.sqlstate[0] != '\0' || !needs(&description, use->object))
        return false;
    use->kind = BODY_USE_NAME;
    use->query = index;
    use->location = location_of(&names, use->object);
    use->words = words_of_use(query, name_of(use->object), use->location);
    return true;
}

bool body_uses_find(struct check *check, struct arena *arena,
                    const struct function_body *body, struct search_path *path,
                    const struct object *object, struct body_use *use)
{
    const struct routine_query_array *queries = &body->routine.queries;

    *use = (struct body_use){
        .object = object,
        .location = -1,
        .schema = body_use_relation(object)
                      ? body_use_relation(object)->namespace->name
                      : NULL,
        .doubts = check->engine->schema->doubts,
    };
    if (makes_its_own(body, object))
        return false;
    for (size_t i = 0; i < queries->count; i++)
        if (queries->items[i].statement.tree &&
            find_in_query(check, arena, body, path, i, use))
            return true;
    return body_use_find_row(check, body, use) ||
           body_use_find_type(check, body, path, use);
}

/* The server would say that something is not there. */
static bool is_missing(const char *sqlstate)
{
    static const char *const states[] = {"42703", "42P01", "42883", "42704",
                                         "3F000"};

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(sqlstate, states[i]) == 0)
            return true;
    return false;
}

static bool is_named(const struct query_name_array *names, ParseLoc location)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i].column &&
            names->items[i].reference->location == location)
            return true;
    return false;
}

/* A column of a table that is not known whole: the query is not refused for what
 * it may yet have. That it does not have this one is known. */
static bool is_lost_column(const struct function_body *body,
                           const struct body_use *use,
                           const struct query_name_array *names,
                           const struct query_description *description,
                           const char *name)
{
    const struct column *column = body_use_column(use->object);
    const struct routine_query *query =
        &body->routine.queries.items[use->query];

    return column && use->location >= 0 && !column->table->is_complete &&
           !column->table->relation.object.is_dropped &&
           description->relations.count == 1 &&
           description->relations.items[0].table == column->table &&
           !is_named(names, use->location) &&
           !routine_find_variable(query, &name, 1, NULL);
}

/* Another of that name is meant. */
static bool has_other(const struct query_description *description,
                      const char *name)
{
    for (size_t i = 0; i < description->needs.count; i++) {
        const struct object *object = description->needs.items[i];

        if ((object->class == CLASS_FUNCTION ||
             object->class == CLASS_RELATION) &&
            strcmp(name_of(object), name) == 0)
            return true;
    }
    return false;
}

/* A table or function of which nobody knows another that may be meant: the query
 * is not refused where a statement before was not understood, or the history
 * begins late. */
static bool is_lost(struct check *check, const struct body_use *use,
                    const struct query_description *description,
                    const char *name)
{
    const struct schema *schema = check->engine->schema;
    struct qualified_name written = {.schema = use->schema, .name = name};

    if (schema->doubts != use->doubts || has_other(description, name))
        return false;
    if (use->object->class == CLASS_RELATION)
        return schema_find_relation(schema, written) == NULL;
    return use->object->class == CLASS_FUNCTION &&
           builtin_functions_named(name).count == 0 &&
           !model_functions_in(
               schema, ((const struct function *)use->object)->namespace, name);
}

static bool is_name_broken(struct check *check, struct arena *arena,
                           const struct function_body *body,
                           struct search_path *path, const struct body_use *use,
                           const char *name)
{
    struct query_description description;
    struct query_name_array names = {0};

    if (use->query >= body->routine.queries.count ||
        !function_body_describe(check, arena, body,
                                &body->routine.queries.items[use->query], path,
                                &names, NULL, &description))
        return false;
    return is_missing(description.sqlstate) ||
           (description.sqlstate[0] == '\0' &&
            (is_lost_column(body, use, &names, &description, name) ||
             is_lost(check, use, &description, name)));
}

bool body_uses_is_broken(struct check *check, struct arena *arena,
                         const struct function_body *body,
                         struct search_path *path, const struct body_use *use,
                         const char *name)
{
    const struct column *column = body_use_column(use->object);
    const struct table *table = column ? column->table : NULL;

    switch (use->kind) {
    case BODY_USE_NAME:
        return is_name_broken(check, arena, body, path, use, name);
    case BODY_USE_ROW:
        return body_use_row_trigger(table, body->function) != NULL &&
               table_find_column(table, name) == NULL;
    case BODY_USE_TYPE: break;
    }
    if (table)
        return !table->relation.object.is_dropped &&
               table_find_column(table, name) == NULL;
    return body_use_is_type_lost(check, body, path, use, name);
}
