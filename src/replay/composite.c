/*
 * Composite types: a relation without rows, whose columns are the attributes.
 *
 * Facts: src/backend/commands/typecmds.c (DefineCompositeType),
 * src/backend/commands/tablecmds.c.
 */
#include "replay/deletion.h"
#include "replay/dependency.h"
#include "replay/lookup.h"
#include "replay/types.h"

#include <string.h>

/* An attribute: a column of which nothing but the type is said. */
static bool add_attribute(struct replay *replay, struct table *table,
                          const ColumnDef *definition)
{
    struct schema *schema = replay->schema;
    struct data_type type;
    struct column *column;

    if (!types_resolve(replay, definition->typeName, &type))
        return false;
    if (!types_check_column(replay, table, definition->colname, type.type))
        return false;
    if (definition->typeName->setof)
        return replay_fail(replay, "42P16",
                           "column \"%s\" cannot be declared SETOF",
                           definition->colname);
    column = model_add_column(schema, table, definition->colname,
                              replay_place_of_word(replay, definition->location,
                                                   definition->colname));
    if (!column)
        return replay_fail(replay, "54011",
                           "tables can have at most %d columns",
                           COLUMN_COUNT_MAX);
    column->is_local = true;
    column->data_type = type;
    model_use_type(type.type);
    return true;
}

/* Names are compared before types are looked at. */
static bool check_names(struct replay *replay, const List *definitions)
{
    const ListCell *cell, *earlier;

    if (list_length(definitions) > COLUMN_COUNT_MAX)
        return replay_fail(replay, "54011",
                           "tables can have at most %d columns",
                           COLUMN_COUNT_MAX);
    foreach (cell, definitions) {
        const char *name = ((const ColumnDef *)lfirst(cell))->colname;

        foreach (earlier, definitions) {
            if (earlier == cell)
                break;
            if (strcmp(((const ColumnDef *)lfirst(earlier))->colname, name) ==
                0)
                return replay_fail(replay, "42701",
                                   "column \"%s\" specified more than once",
                                   name);
        }
    }
    return true;
}

bool replay_create_composite(struct replay *replay,
                             const CompositeTypeStmt *create)
{
    struct namespace *namespace =
        replay_namespace(replay, create->typevar->schemaname);
    const char *name = create->typevar->relname;
    struct table *table;
    const ListCell *cell;

    if (!namespace || !types_free_name(replay, namespace, name) ||
        !replay_free_name(replay, namespace, name))
        return false;
    table = model_add_table(
        replay->schema, RELATION_COMPOSITE_TYPE, namespace, name,
        replay_place_of_name(replay, create->typevar->location));
    if (!check_names(replay, create->coldeflist))
        return false;
    foreach (cell, create->coldeflist) {
        const ColumnDef *definition = node_as(ColumnDef, (Node *)lfirst(cell));

        if (!definition || !add_attribute(replay, table, definition))
            return false;
    }
    return true;
}
