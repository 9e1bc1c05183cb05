/*
 * Keys: PRIMARY KEY, UNIQUE and EXCLUDE, which are constraints with an index
 * of the same name.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformIndexConstraints).
 */
#include "replay/context.h"
#include "replay/index_check.h"

#include <string.h>

static const char *kind_of_key(const Constraint *node)
{
    return node->contype == CONSTR_PRIMARY ? "primary key" : "unique";
}

bool replay_fail_key(struct replay *replay, const char *name)
{
    return replay_fail(replay, "42703",
                       "column \"%s\" named in key does not exist", name);
}

/* The columns of a key or its INCLUDE, which the table must have. */
static bool push_keys(struct replay *replay, struct table *table,
                      const List *names, struct column_array *columns)
{
    const ListCell *cell;

    foreach (cell, names) {
        const char *name = name_from_string(lfirst(cell));

        if (!replay_push_column(replay, table, name, columns))
            return replay_fail_key(replay, name ? name : "");
    }
    return true;
}

static bool check_keys(struct replay *replay, const Constraint *node,
                       const struct column_array *keys)
{
    for (size_t i = 0; i < keys->count; i++) {
        const struct column *key = keys->items[i];

        for (size_t j = 0; j < i; j++) {
            if (keys->items[j] == key)
                return replay_fail(
                    replay, "42701",
                    "column \"%s\" appears twice in %s constraint", key->name,
                    kind_of_key(node));
        }
    }
    return true;
}

/* The keys of PRIMARY KEY and UNIQUE, or the elements of EXCLUDE. */
static bool fill_key(struct replay *replay, struct index_request *request,
                     struct column *column, const Constraint *node)
{
    struct column_array keys = {0};

    if (list_length(node->keys) + list_length(node->including) > KEY_COUNT_MAX)
        return replay_fail(replay, "54011",
                           "cannot use more than %d columns in an index",
                           KEY_COUNT_MAX);
    if (node->exclusions)
        return replay_index_elements(replay, request, node->exclusions,
                                     replay_offset(replay, node->location));
    if (column)
        *array_push(&replay->schema->arena, &keys) = column;
    if (!push_keys(replay, request->table, node->keys, &keys) ||
        !check_keys(replay, node, &keys))
        return false;
    if (node->without_overlaps && keys.count < 2)
        return replay_fail(replay, "42601",
                           "constraint using WITHOUT OVERLAPS needs at least "
                           "two columns");
    request->columns = replay_key_columns(replay, &keys);
    request->column_count = keys.count;
    return true;
}

/* From 18 on a NOT NULL that is there must be valid and inherited. */
static bool check_not_null(struct replay *replay, const struct column *column,
                           bool is_using_index)
{
    const struct constraint *constraint = column->not_null;

    if (!constraint->is_no_inherit && constraint->is_validated)
        return true;
    if (is_using_index && !constraint->is_validated)
        return replay_fail(replay, "55000",
                           "incompatible NOT VALID constraint \"%s\" on "
                           "relation \"%s\"",
                           constraint->name, column->table->relation.name);
    return replay_fail(replay, "55000",
                       "cannot create primary key on column \"%s\"",
                       column->name);
}

bool replay_set_key_not_null(struct replay *replay, struct column *key,
                             struct place made_at, bool is_using_index)
{
    struct table_array targets;

    if (replay_has_named_not_null(replay)) {
        if (key->not_null)
            return check_not_null(replay, key, is_using_index);
        return replay_add_not_null(
            replay, (struct wanted_not_null){.column = key, .made_at = made_at},
            true);
    }
    targets = model_inheritors(replay->schema, key->table, true);
    for (size_t i = 0; i < targets.count; i++) {
        struct column *column = model_find_column(targets.items[i], key->name);

        if (column)
            SET(replay->schema, column->is_nullable, false);
    }
    return true;
}

/* PRIMARY KEY makes its columns NOT NULL, in children too. */
static bool set_key_not_null(struct replay *replay,
                             const struct index_request *request)
{
    for (size_t i = 0; i < request->column_count; i++) {
        struct column *key = request->columns[i].column;

        if (key &&
            !replay_set_key_not_null(replay, key, request->made_at, false))
            return false;
    }
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
    if (strcmp(request->name, index->relation.name) != 0 &&
        !replay_free_name(replay, index->relation.namespace, request->name))
        return false;
    model_rename_relation(replay->schema, &index->relation, request->name);
    model_rename_constraint(replay->schema, index->constraint, request->name);
    SET(replay->schema, index->has_generated_name, false);
    return true;
}

static struct index_request request_of(struct replay *replay,
                                       struct table *table,
                                       const struct pending *pending)
{
    const Constraint *node = pending->node;
    const char *method = "btree";

    if (node->without_overlaps)
        method = "gist";
    else if (node->access_method)
        method = model_name(replay->schema, node->access_method);
    return (struct index_request){
        .table = table,
        .name = node->conname,
        .method = method,
        .is_unique = node->contype != CONSTR_EXCLUSION,
        .is_primary = node->contype == CONSTR_PRIMARY,
        .is_exclusion = node->contype == CONSTR_EXCLUSION,
        .is_constraint = true,
        .is_without_overlaps = node->without_overlaps,
        .is_nulls_not_distinct = node->nulls_not_distinct,
        .is_only = pending->is_only,
        .attributes = replay_attributes(pending->siblings, node),
        .made_at = replay_place_at(replay, node->location),
    };
}

/* What the server says before it makes any index. */
static bool check_table(struct replay *replay, struct table *table,
                        const Constraint *node)
{
    bool is_exclusion = node->contype == CONSTR_EXCLUSION;

    if (table->relation.kind == RELATION_FOREIGN_TABLE)
        return replay_fail(replay, "0A000",
                           "%s constraints are not supported on foreign tables",
                           is_exclusion ? "exclusion" : kind_of_key(node));
    if (is_exclusion && table->relation.kind == RELATION_PARTITIONED_TABLE &&
        replay->schema->postgres_version < 17)
        return replay_fail(replay, "0A000",
                           "exclusion constraints are not supported on "
                           "partitioned tables");
    return true;
}

/* What an incomplete history has is replaced. */
static bool check_only_primary(struct replay *replay, struct table *table,
                               const Constraint *node)
{
    struct constraint *primary = replay_find_primary_key(table);

    if (node->contype != CONSTR_PRIMARY || !primary)
        return true;
    if (replay_refuse(replay))
        return replay_fail(
            replay, "42P16",
            "multiple primary keys for table \"%s\" are not allowed",
            table->relation.name);
    return replay_drop_constraint(replay, primary, true);
}

/* ADD PRIMARY KEY makes its columns NOT NULL before all else; those that
 * are when the statement begins are not looked at. */
static bool check_keys_not_null(struct replay *replay,
                                const struct table *table,
                                const struct pending *pending)
{
    const List *keys = pending->node->keys;

    if (pending->node->contype != CONSTR_PRIMARY || !table->is_complete)
        return true;
    for (int i = 0; i < list_length(keys) && i < KEY_COUNT_MAX; i++) {
        const char *name = name_from_string(list_nth(keys, i));

        if (!(pending->not_null_keys & UINT32_C(1) << i) &&
            !model_find_column(table, name))
            return replay_fail(
                replay, "42703",
                "column \"%s\" of relation \"%s\" does not exist", name,
                table->relation.name);
    }
    return true;
}

/* Before 18 ONLY on a partitioned table makes no columns of its partitions
 * NOT NULL; check_only_key() of alter.c is for later ones. */
static bool check_only_key(struct replay *replay, const struct table *table,
                           const struct pending *pending)
{
    const ListCell *cell;

    if (!pending->is_only || pending->node->contype != CONSTR_PRIMARY ||
        replay_has_named_not_null(replay) || !model_has_children(table) ||
        table->relation.kind != RELATION_PARTITIONED_TABLE)
        return true;
    foreach (cell, pending->node->keys) {
        const struct column *column =
            model_find_column(table, name_from_string(lfirst(cell)));

        if (column && column->is_nullable &&
            !replay_check_only_not_null(replay, column))
            return false;
    }
    return true;
}

bool replay_add_key(struct replay *replay, struct table *table,
                    const struct pending *pending, bool is_new_table)
{
    const Constraint *node = pending->node;
    struct index_request request = request_of(replay, table, pending);
    struct index *same = NULL;

    if ((!is_new_table && (!check_keys_not_null(replay, table, pending) ||
                           !check_only_key(replay, table, pending))) ||
        !check_table(replay, table, node) ||
        (node->where_clause &&
         !replay_index_predicate(replay, &request, node->where_clause,
                                 replay_offset(replay, node->location))) ||
        !fill_key(replay, &request, pending->column, node) ||
        !push_keys(replay, table, node->including, &request.include) ||
        (!is_new_table && !index_check(replay, &request)) ||
        !check_only_primary(replay, table, node))
        return false;
    if (request.is_primary && !is_new_table &&
        !set_key_not_null(replay, &request))
        return false;
    if (is_new_table && !request.is_exclusion)
        same = find_same_key(&request);
    if (same)
        return merge_key(replay, same, &request);
    return replay_add_index(replay, &request) != NULL;
}
