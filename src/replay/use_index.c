/*
 * ADD PRIMARY KEY or UNIQUE USING INDEX: a constraint for an index that is
 * there already, which takes the constraint's name.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformIndexConstraint),
 * src/backend/commands/tablecmds.c (ATExecAddIndexConstraint).
 */
#include "replay/context.h"

#include <string.h>

/* An index from before the history: its columns are not known. */
static struct index *mention_index(struct replay *replay, struct table *table,
                                   const char *name)
{
    struct schema *schema = replay->schema;
    struct index *index =
        model_new_object(schema, CLASS_RELATION, sizeof *index);

    model_add_relation(schema, &index->relation, RELATION_INDEX,
                       table->relation.namespace, name, (struct place){0});
    index->table = table;
    index->method = "btree";
    index->is_unique = true;
    index->is_valid = true;
    *PUSH(schema, &table->indexes) = index;
    return index;
}

static bool check_columns(struct replay *replay, const struct index *index)
{
    const char *name = index->relation.name;

    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *key = &index->columns[i];

        if (!key->column)
            return replay_fail(replay, "42809",
                               "index \"%s\" contains expressions", name);
        if (key->is_descending || key->is_nulls_first || key->opclass ||
            key->collation)
            return replay_fail(replay, "42809",
                               "index \"%s\" column number %zu does not have "
                               "default sorting behavior",
                               name, i + 1);
    }
    return true;
}

/* What makes an index unfit for a constraint. */
static bool check_index(struct replay *replay, const struct table *table,
                        const struct index *index)
{
    const char *name = index->relation.name;

    if (index->constraint)
        return replay_fail(
            replay, "55000",
            "index \"%s\" is already associated with a constraint", name);
    if (index->table != table)
        return replay_fail(replay, "55000",
                           "index \"%s\" does not belong to table \"%s\"", name,
                           table->relation.name);
    if (!index->is_valid)
        return replay_fail(replay, "55000", "index \"%s\" is not valid", name);
    if (!index->is_unique)
        return replay_fail(replay, "42809", "\"%s\" is not a unique index",
                           name);
    for (size_t i = 0; i < index->column_count; i++) {
        if (!index->columns[i].column)
            return replay_fail(replay, "42809",
                               "index \"%s\" contains expressions", name);
    }
    if (index->predicate)
        return replay_fail(replay, "42809", "\"%s\" is a partial index", name);
    return check_columns(replay, index);
}

struct index *replay_find_used_index(struct replay *replay, struct table *table,
                                     const Constraint *node)
{
    const char *name = node->indexname;
    struct relation *relation =
        model_relation_in(replay->schema, table->relation.namespace, name);
    struct index *index = relation_as_index(relation);

    if (index)
        return check_index(replay, table, index) ? index : NULL;
    if (!relation && !table->is_complete)
        return mention_index(replay, table, name);
    if (relation)
        replay_fail(replay, "42809", "\"%s\" is not an index", name);
    else
        replay_fail(replay, "42704", "index \"%s\" does not exist", name);
    return NULL;
}

/* The constraint's columns, and that they are NOT NULL in a primary key. */
static bool fill_columns(struct replay *replay, struct constraint *constraint)
{
    struct schema *schema = replay->schema;
    const struct index *index = constraint->index;

    for (size_t i = 0; i < index->column_count; i++) {
        struct column *column = index->columns[i].column;

        *array_push(&schema->arena, &constraint->columns) = column;
        if (constraint->type == CONSTRAINT_PRIMARY_KEY &&
            !replay_set_key_not_null(replay, column, constraint->made_at, true))
            return false;
    }
    return true;
}

static bool add_constraint(struct replay *replay, struct index *index,
                           const Constraint *node, const char *name)
{
    struct schema *schema = replay->schema;
    bool is_primary = node->contype == CONSTR_PRIMARY;
    struct constraint *constraint = model_add_constraint(
        schema, index->table,
        is_primary ? CONSTRAINT_PRIMARY_KEY : CONSTRAINT_UNIQUE, name,
        replay_place_at(replay, node->location));

    constraint->is_deferrable = node->deferrable;
    constraint->is_initially_deferred = node->initdeferred;
    constraint->index = index;
    SET(schema, index->constraint, constraint);
    if (is_primary)
        SET(schema, index->is_primary, true);
    return fill_columns(replay, constraint);
}

bool replay_use_index(struct replay *replay, struct table *table,
                      const Constraint *node)
{
    struct schema *schema = replay->schema;
    const char *name = node->conname ? node->conname : node->indexname;
    struct index *index;

    index = replay_find_used_index(replay, table, node);
    if (index && table->relation.kind == RELATION_PARTITIONED_TABLE)
        return replay_fail(replay, "0A000",
                           "ALTER TABLE / ADD CONSTRAINT USING INDEX is not "
                           "supported on partitioned tables");
    if (!index)
        return false;
    if (strcmp(name, index->relation.name) != 0 &&
        !replay_free_name(replay, table->relation.namespace, name))
        return false;
    if (model_find_constraint(schema, table, name) && replay_refuse(replay))
        return replay_fail(replay, "23505",
                           "duplicate key value violates unique constraint "
                           "\"pg_constraint_conrelid_contypid_conname_index\"");
    if (!replay_choose_name(replay, table, name, NULL, "key"))
        return false;
    if (node->contype == CONSTR_PRIMARY && replay_find_primary_key(table) &&
        replay_refuse(replay))
        return replay_fail(
            replay, "42P16",
            "multiple primary keys for table \"%s\" are not allowed",
            table->relation.name);
    if (strcmp(name, index->relation.name) != 0)
        model_rename_relation(schema, &index->relation, name);
    return add_constraint(replay, index, node, name);
}
