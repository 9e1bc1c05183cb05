/*
 * Keys: PRIMARY KEY, UNIQUE and EXCLUDE, which are constraints with an index
 * of the same name.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformIndexConstraints).
 */
#include "replay/context.h"

#include <string.h>

static bool no_such_key(struct replay *replay, const char *name)
{
    return replay_fail(replay, "42703",
                       "column \"%s\" named in key does not exist", name);
}

static bool push_key(struct replay *replay, const struct index_request *request,
                     const char *name, struct column_array *keys)
{
    if (!replay_push_column(replay, request->table, name, keys))
        return no_such_key(replay, name);
    for (size_t i = 0; i + 1 < keys->count; i++) {
        if (keys->items[i] == keys->items[keys->count - 1])
            return replay_fail(
                replay, "42701", "column \"%s\" appears twice in %s constraint",
                name, request->is_primary ? "primary key" : "unique");
    }
    return true;
}

/* The keys of PRIMARY KEY and UNIQUE, or the elements of EXCLUDE. */
static bool fill_key(struct replay *replay, struct index_request *request,
                     struct column *column, const Constraint *node)
{
    struct column_array keys = {0};
    const ListCell *cell;

    if (list_length(node->keys) > KEY_COUNT_MAX ||
        list_length(node->including) > KEY_COUNT_MAX)
        return false;
    if (node->exclusions)
        return replay_index_elements(replay, request, node->exclusions,
                                     replay_offset(replay, node->location));
    if (column)
        *array_push(&replay->schema->arena, &keys) = column;
    foreach (cell, node->keys) {
        if (!push_key(replay, request, name_from_string(lfirst(cell)), &keys))
            return false;
    }
    request->columns = replay_key_columns(replay, &keys);
    request->column_count = keys.count;
    return true;
}

static bool push_included(struct replay *replay, struct index_request *request,
                          const List *names)
{
    const ListCell *cell;

    foreach (cell, names) {
        const char *name = name_from_string(lfirst(cell));

        if (!replay_push_column(replay, request->table, name,
                                &request->include))
            return no_such_key(replay, name);
    }
    return true;
}

/* PRIMARY KEY makes its columns NOT NULL, in children too. */
static void set_key_not_null(struct replay *replay,
                             const struct index_request *request)
{
    struct table_array targets =
        model_inheritors(replay->schema, request->table, true);

    for (size_t i = 0; i < request->column_count; i++) {
        const struct column *key = request->columns[i].column;

        for (size_t j = 0; key && j < targets.count; j++) {
            struct column *column =
                model_find_column(targets.items[j], key->name);

            if (column &&
                (column->is_nullable || replay->schema->postgres_version >= 18))
                replay_set_not_null(replay, column, NULL, request->made_at);
        }
    }
}

/* ADD ... USING INDEX: the index takes the constraint's name. */
bool replay_use_index(struct replay *replay, struct table *table,
                      const Constraint *node)
{
    struct schema *schema = replay->schema;
    struct relation *relation =
        model_relation_in(schema, table->relation.namespace, node->indexname);
    struct index *index = relation_as_index(relation);
    const char *name = node->conname ? node->conname : node->indexname;
    struct constraint *constraint;

    if (relation && (!index || index->table != table || index->constraint))
        return false;
    if (!index) {
        /* Made before the history begins: its columns are not known. */
        if (table->is_complete)
            return false;
        index = arena_alloc(&schema->arena, sizeof *index);
        model_add_relation(schema, &index->relation, RELATION_INDEX,
                           table->relation.namespace, node->indexname,
                           (struct place){0});
        index->table = table;
        index->method = "btree";
        index->is_unique = true;
        index->is_valid = true;
        *PUSH(schema, &table->indexes) = index;
    }
    if (model_find_constraint(schema, table, name))
        return false;
    if (strcmp(name, index->relation.name) != 0) {
        if (!replay_free_name(replay, table->relation.namespace, name))
            return false;
        model_rename_relation(schema, &index->relation, name);
    }
    constraint = model_add_constraint(
        schema, table,
        node->contype == CONSTR_PRIMARY ? CONSTRAINT_PRIMARY_KEY
                                        : CONSTRAINT_UNIQUE,
        name, replay_place_at(replay, node->location));
    constraint->is_deferrable = node->deferrable;
    constraint->is_initially_deferred = node->initdeferred;
    constraint->index = index;
    for (size_t i = 0; i < index->column_count; i++) {
        struct column *column = index->columns[i].column;

        if (!column)
            return false;
        *array_push(&schema->arena, &constraint->columns) = column;
        if (node->contype == CONSTR_PRIMARY)
            replay_set_not_null(replay, column, NULL, constraint->made_at);
    }
    SET(schema, index->constraint, constraint);
    if (node->contype == CONSTR_PRIMARY)
        SET(schema, index->is_primary, true);
    return true;
}

struct constraint *replay_find_primary_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *constraint = table->constraints.items[i];

        if (!constraint->object.is_dropped &&
            constraint->type == CONSTRAINT_PRIMARY_KEY)
            return constraint;
    }
    return NULL;
}

static bool same_keys(const struct index *index,
                      const struct index_request *request)
{
    if (index->column_count != request->column_count ||
        index->include.count != request->include.count)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        if (index->columns[i].column != request->columns[i].column)
            return false;
    }
    for (size_t i = 0; i < index->include.count; i++) {
        if (index->include.items[i] != request->include.items[i])
            return false;
    }
    return true;
}

/*
 * In CREATE TABLE a key that says the same as an earlier one is dropped; its
 * name is taken if the earlier has none (transformIndexConstraints).
 */
static struct index *find_same_key(const struct index_request *request)
{
    const struct index_array *indexes = &request->table->indexes;

    for (size_t i = 0; i < indexes->count; i++) {
        struct index *index = indexes->items[i];
        const struct constraint *constraint = index->constraint;

        if (constraint && !constraint->object.is_dropped &&
            !index->partition_of && constraint->type != CONSTRAINT_EXCLUDE &&
            index->is_nulls_not_distinct == request->is_nulls_not_distinct &&
            constraint->is_deferrable == request->attributes.is_deferrable &&
            constraint->is_initially_deferred ==
                request->attributes.is_initially_deferred &&
            strcmp(index->method, request->method) == 0 &&
            same_keys(index, request))
            return index;
    }
    return NULL;
}

static bool merge_key(struct replay *replay, struct index *index,
                      const struct index_request *request)
{
    if (!request->name || !index->has_generated_name)
        return true;
    if (!replay_free_name(replay, index->relation.namespace, request->name))
        return false;
    model_rename_relation(replay->schema, &index->relation, request->name);
    model_rename_constraint(replay->schema, index->constraint, request->name);
    SET(replay->schema, index->has_generated_name, false);
    return true;
}

bool replay_add_key(struct replay *replay, struct table *table,
                    struct column *column, const List *siblings,
                    const Constraint *node, bool is_new_table)
{
    struct index *same;
    struct index_request request = {
        .table = table,
        .name = node->conname,
        .method = node->access_method
                      ? model_name(replay->schema, node->access_method)
                      : "btree",
        .is_unique = node->contype != CONSTR_EXCLUSION,
        .is_primary = node->contype == CONSTR_PRIMARY,
        .is_exclusion = node->contype == CONSTR_EXCLUSION,
        .is_constraint = true,
        .is_nulls_not_distinct = node->nulls_not_distinct,
        .attributes = replay_attributes(siblings, node),
        .made_at = replay_place_at(replay, node->location),
    };
    struct constraint *primary = replay_find_primary_key(table);

    request.is_without_overlaps = node->without_overlaps;
    if (node->without_overlaps)
        request.method = "gist";
    if (request.is_primary && primary && replay_refuse(replay))
        return replay_fail(replay, "42P16",
                           "multiple primary keys for table \"%s\" are not "
                           "allowed",
                           table->relation.name);
    if (request.is_primary && primary &&
        !replay_drop_constraint(replay, primary, true))
        return false;
    if (!fill_key(replay, &request, column, node) ||
        !push_included(replay, &request, node->including))
        return false;
    if (node->where_clause) {
        request.predicate = expression_after_where(
            replay, replay_offset(replay, node->location));
        replay_note_index_reads(replay, &request, node->where_clause);
    }
    if (request.is_primary)
        set_key_not_null(replay, &request);
    same =
        is_new_table && !request.is_exclusion ? find_same_key(&request) : NULL;
    if (same)
        return merge_key(replay, same, &request);
    return replay_add_index(replay, &request) != NULL;
}
