/*
 * Describes the statement's query once for all rules and keeps what its names
 * mean in the engine, sorted, until the next statement.
 */
#include "lint/query_names.h"

#include "lint/engine.h"

#include <stdlib.h>

const Node *query_names_tree(const Node *tree)
{
    for (int i = 0; i < 3 && tree != NULL; i++)
        switch (nodeTag(tree)) {
        case T_ViewStmt: tree = ((const ViewStmt *)tree)->query; break;
        case T_CreateTableAsStmt:
            tree = ((const CreateTableAsStmt *)tree)->query;
            break;
        case T_DeclareCursorStmt:
            tree = ((const DeclareCursorStmt *)tree)->query;
            break;
        case T_PrepareStmt: tree = ((const PrepareStmt *)tree)->query; break;
        case T_ExplainStmt: tree = ((const ExplainStmt *)tree)->query; break;
        case T_PLAssignStmt:
            tree = (const Node *)((const PLAssignStmt *)tree)->val;
            break;
        case T_CopyStmt: tree = ((const CopyStmt *)tree)->query; break;
        case T_SelectStmt:
        case T_InsertStmt:
        case T_UpdateStmt:
        case T_DeleteStmt:
        case T_MergeStmt: return tree;
        default: return NULL;
        }
    return NULL;
}

static int compare_names(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)((const struct query_name *)a)->reference;
    uintptr_t y = (uintptr_t)((const struct query_name *)b)->reference;

    return (x > y) - (x < y);
}

static int compare_operations(const void *a, const void *b)
{
    const struct query_operation *x = a, *y = b;

    if (x->location != y->location)
        return (x->location > y->location) - (x->location < y->location);
    return (x->number > y->number) - (x->number < y->number);
}

static int compare_values(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t) * (const ColumnRef *const *)a;
    uintptr_t y = (uintptr_t) * (const ColumnRef *const *)b;

    return (x > y) - (x < y);
}

/* A body without quotes: its statements stand in lists, or it is RETURN. */
static void find_in_body(struct engine *engine,
                         const CreateFunctionStmt *create)
{
    struct arena *arena = &engine->names_arena;
    struct query_description description;
    struct query_place place = {
        .function_name = name_from_list(create->funcname).name,
        .names = &engine->names,
        .values = &engine->values,
        .operations = &engine->operations,
    };
    const ReturnStmt *value = node_as(ReturnStmt, create->sql_body);

    judge_set_parameters(engine, arena, create, &place);
    if (value != NULL) {
        query_describe_expression(engine->schema, arena, value->returnval,
                                  &place, &description);
        return;
    }
    foreach_node (List, list, (const List *)create->sql_body)
        foreach_node (Node, statement, list) {
            const Node *query = query_names_tree(statement);

            if (query != NULL)
                query_describe(engine->schema, arena, query, &place,
                               &description);
        }
}

static void find_in_query(struct engine *engine, const Node *query)
{
    struct query_description description;
    const struct query_place *own = engine->check.place;
    struct query_place place =
        own ? *own : (struct query_place){.clause = CLAUSE_QUERY};

    place.names = &engine->names;
    place.values = &engine->values;
    place.operations = &engine->operations;
    query_describe(engine->schema, &engine->names_arena, query, &place,
                   &description);
}

static void find_names(struct engine *engine)
{
    const Node *tree = engine->check.statement->tree;
    const Node *query = query_names_tree(tree);
    const CreateFunctionStmt *create =
        tree != NULL ? node_as(CreateFunctionStmt, tree) : NULL;

    arena_clear(&engine->names_arena);
    engine->names = (struct query_name_array){0};
    engine->values = (struct query_value_array){0};
    engine->operations = (struct query_operation_array){0};
    engine->has_names = true;
    if (create != NULL && create->sql_body != NULL)
        find_in_body(engine, create);
    else if (query != NULL)
        find_in_query(engine, query);
    if (engine->names.count > 0)
        qsort(engine->names.items, engine->names.count,
              sizeof *engine->names.items, compare_names);
    if (engine->values.count > 0)
        qsort(engine->values.items, engine->values.count,
              sizeof *engine->values.items, compare_values);
    if (engine->operations.count > 0)
        qsort(engine->operations.items, engine->operations.count,
              sizeof *engine->operations.items, compare_operations);
}

bool query_name_is_value(struct check *check, const ColumnRef *reference)
{
    struct engine *engine = check->engine;

    if (!engine->has_names)
        find_names(engine);
    return engine->values.count > 0 &&
           bsearch(&reference, engine->values.items, engine->values.count,
                   sizeof reference, compare_values) != NULL;
}

const struct query_name *query_name_of(struct check *check,
                                       const ColumnRef *reference)
{
    struct engine *engine = check->engine;
    struct query_name key = {.reference = reference};

    if (!engine->has_names)
        find_names(engine);
    if (engine->names.count == 0)
        return NULL;
    return bsearch(&key, engine->names.items, engine->names.count, sizeof key,
                   compare_names);
}

const struct query_name *query_name_of_node(struct check *check,
                                            const Node *expression)
{
    const ColumnRef *reference = node_as(ColumnRef, expression);

    return reference != NULL ? query_name_of(check, reference) : NULL;
}

const struct query_operation *query_operation_at(struct check *check,
                                                 ParseLoc location,
                                                 size_t number)
{
    struct engine *engine = check->engine;
    size_t from = 0, to;

    if (!engine->has_names)
        find_names(engine);
    to = engine->operations.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (engine->operations.items[middle].location < location)
            from = middle + 1;
        else
            to = middle;
    }
    if (location < 0 || engine->operations.count - from <= number ||
        engine->operations.items[from + number].location != location)
        return NULL;
    return &engine->operations.items[from + number];
}

bool query_names_differ(struct check *check, struct arena *arena,
                        const RangeVar *item, const Node *a, const Node *b)
{
    return query_expressions_differ(check->engine->schema, arena, item, a, b);
}
