/*
 * CREATE TABLE OF, and ALTER TABLE OF and NOT OF: tables that have the columns
 * of a composite type.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformOfType),
 * src/backend/commands/tablecmds.c (check_of_type, ATExecAddOf).
 */
#include "replay/context.h"

#include "replay/dependency.h"

#include <string.h>

/* Only a type of its own will do, not a table's row type. */
static bool check_of_type(struct replay *replay, const struct type *type,
                          const char *name)
{
    bool is_new = replay->schema->postgres_version >= 15;

    if (type->kind == TYPE_COMPOSITE)
        return true;
    if (is_new && type->kind == TYPE_ROW)
        return replay_fail(replay, "42809",
                           "type %s is the row type of another table", name);
    return replay_fail(replay, "42809", "type %s is not a composite type",
                       name);
}

struct table *replay_type_of_table(struct replay *replay, struct table *table,
                                   const TypeName *name)
{
    struct data_type type;

    if (!replay_resolve_type(replay, name, &type))
        return NULL;
    if (!type.type) {
        SET(replay->schema, table->is_complete, false);
        return NULL;
    }
    if (!check_of_type(replay, type.type, type.type->name))
        return NULL;
    SET(replay->schema, table->of_type, type.type);
    dependency_add_type(replay, &table->relation.object, type.type);
    return type.type->table;
}

static bool fail_mismatch(struct replay *replay, const char *format,
                          const char *first, const char *second)
{
    return replay_fail(replay, "42804", format, first, second);
}

/* The next column from this position on that is there; null after the last. */
static const struct column *next_column(const struct table *table, size_t *at)
{
    while (*at < table->columns.count) {
        const struct column *column = table->columns.items[(*at)++];

        if (!column->object.is_dropped)
            return column;
    }
    return NULL;
}

/* The same columns, in the same order. */
static bool check_columns(struct replay *replay, const struct table *table,
                          const struct table *type)
{
    size_t at = 0, type_at = 0;
    const struct column *own, *attribute;

    while ((attribute = next_column(type, &type_at)) != NULL) {
        own = next_column(table, &at);
        if (!own)
            return fail_mismatch(replay, "table is missing column \"%s\"%s",
                                 attribute->name, "");
        if (strcmp(own->name, attribute->name) != 0)
            return fail_mismatch(
                replay, "table has column \"%s\" where type requires \"%s\"",
                own->name, attribute->name);
        if (own->data_type.type != attribute->data_type.type ||
            own->data_type.modifier != attribute->data_type.modifier)
            return fail_mismatch(
                replay, "table \"%s\" has different type for column \"%s\"",
                table->relation.name, own->name);
    }
    own = next_column(table, &at);
    return !own || fail_mismatch(replay, "table has extra column \"%s\"%s",
                                 own->name, "");
}

bool replay_add_of(struct replay *replay, struct table *table,
                   const TypeName *name)
{
    struct data_type type;

    if (!replay_resolve_type(replay, name, &type))
        return false;
    if (!type.type)
        return true;
    if (!check_of_type(replay, type.type, type.type->name))
        return false;
    if (table->parents.count > 0)
        return replay_fail(replay, "42809", "typed tables cannot inherit");
    if (type.type->table && table->is_complete &&
        !check_columns(replay, table, type.type->table))
        return false;
    if (table->of_type)
        model_forget_need(replay->schema, &table->relation.object,
                          &table->of_type->object);
    SET(replay->schema, table->of_type, type.type);
    dependency_add_type(replay, &table->relation.object, type.type);
    return true;
}

bool replay_drop_of(struct replay *replay, struct table *table)
{
    if (!table->of_type)
        return !table->is_complete ||
               replay_fail(replay, "42809", "\"%s\" is not a typed table",
                           table->relation.name);
    model_forget_need(replay->schema, &table->relation.object,
                      &table->of_type->object);
    SET(replay->schema, table->of_type, NULL);
    return true;
}

static bool is_typed(struct object *object, const struct type *type)
{
    struct table *table;

    if (object->class != CLASS_RELATION || object->is_dropped)
        return false;
    table = relation_as_table((struct relation *)object);
    return table && table->of_type == type;
}

struct table_array replay_typed_tables(struct replay *replay,
                                       const struct table *composite)
{
    const struct type *type = composite->row_type;
    struct table_array newest_first = {0}, tables = {0};

    for (const struct dependency *dependency = type ? type->object.dependents
                                                    : NULL;
         dependency; dependency = dependency->next_dependent) {
        if (!dependency->is_gone && is_typed(dependency->dependent, type))
            *array_push(&replay->schema->scratch, &newest_first) =
                (struct table *)dependency->dependent;
    }
    for (size_t i = newest_first.count; i-- > 0;)
        *array_push(&replay->schema->scratch, &tables) = newest_first.items[i];
    return tables;
}

bool replay_check_typed(struct replay *replay, const struct table *composite,
                        const struct table_array *tables, DropBehavior behavior)
{
    return tables->count == 0 || behavior == DROP_CASCADE ||
           !replay_refuse(replay) ||
           replay_fail(replay, "2BP01",
                       "cannot alter type \"%s\" because it is the type of a "
                       "typed table",
                       composite->relation.name);
}
