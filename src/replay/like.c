/*
 * LIKE: a table's columns copied where the clause stands, and what its
 * INCLUDING options bring when the new table's own indexes are there.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformTableLikeClause,
 * expandTableLikeClause, generateClonedIndexStmt).
 */
#include "replay/bind.h"
#include "replay/sequence_options.h"

#include "catalog/pg_type_d.h"

struct table *replay_like_source(struct replay *replay,
                                 const TableLikeClause *like)
{
    struct relation *relation = model_find_relation(
        replay->schema, name_from_range_var(like->relation));
    bool is_new = replay->schema->postgres_version >= 15;

    if (!relation)
        return replay_mention(replay, like->relation, false);
    if (relation_as_table(relation))
        return relation_as_table(relation);
    if (is_new)
        replay_fail(replay, "42809",
                    "relation \"%s\" is invalid in LIKE clause",
                    relation->name);
    else
        replay_fail(replay, "42809",
                    "\"%s\" is not a table, view, materialized view, composite "
                    "type, or foreign table",
                    relation->name);
    return NULL;
}

/* The identity's sequence counts in bigint, whatever the column's type; all
 * else is as in the original's. */
static bool copy_identity(struct replay *replay, struct column *column,
                          const struct column *original)
{
    const struct sequence *sequence = replay_identity_sequence(original);
    struct type *type = type_of_oid(replay->schema, INT8OID);
    Constraint identity = {.type = T_Constraint, .contype = CONSTR_IDENTITY};
    struct table *table = column->table;
    struct sequence_settings settings = sequence_default_settings(type);

    column->identity = original->identity;
    if (!replay_add_column_sequence(replay, column, &identity))
        return false;
    if (sequence)
        settings.values = sequence->values;
    sequence_apply_settings(
        replay, table->sequences.items[table->sequences.count - 1], &settings);
    return true;
}

static bool like_column(struct replay *replay, struct table *table,
                        const TableLikeClause *like,
                        const struct column *original)
{
    bool has_defaults = like->options & CREATE_TABLE_LIKE_DEFAULTS;
    bool has_generated = like->options & CREATE_TABLE_LIKE_GENERATED;
    struct column *column = model_find_column(table, original->name);

    if (column) /* a parent's */
        return replay_inherit_like(replay, column, original);
    column = replay_copy_column(replay, table, original);
    if (!column)
        return false;
    if (!has_defaults) {
        column->has_default = false;
        column->default_text = NULL;
    }
    if (!has_generated)
        column->generated = GENERATED_NONE;
    column->has_comment =
        original->has_comment && (like->options & CREATE_TABLE_LIKE_COMMENTS);
    bind_copy_default(replay, column, original);
    return !(like->options & CREATE_TABLE_LIKE_IDENTITY) ||
           original->identity == IDENTITY_NONE ||
           copy_identity(replay, column, original);
}

bool replay_like_columns(struct replay *replay, struct table *table,
                         const TableLikeClause *like,
                         struct not_null_array *not_null)
{
    struct table *source = replay_like_source(replay, like);

    if (!source || source == table)
        return false;
    if (!source->is_complete)
        SET(replay->schema, table->is_complete, false);
    for (size_t i = 0; i < source->columns.count; i++) {
        const struct column *original = source->columns.items[i];
        const struct constraint *constraint = original->not_null;
        bool is_not_null = constraint || !original->is_nullable;

        if (original->object.is_dropped)
            continue;
        if (!like_column(replay, table, like, original))
            return false;
        if (is_not_null)
            replay_want_not_null(
                replay, not_null,
                &(struct wanted_not_null){
                    .column = model_find_column(table, original->name),
                    .name = replay_not_null_name(original),
                    .is_no_inherit = constraint && constraint->is_no_inherit,
                    .made_at = table->relation.made_at,
                });
    }
    return true;
}

static bool like_checks(struct replay *replay, struct table *table,
                        const struct table *source)
{
    for (size_t i = 0; i < source->constraints.count; i++) {
        const struct constraint *original = source->constraints.items[i];

        if (original->object.is_dropped || original->type != CONSTRAINT_CHECK)
            continue;
        if (!replay_like_check(replay, table, original))
            return false;
    }
    return true;
}

static bool like_indexes(struct replay *replay, struct table *table,
                         const struct table *source)
{
    for (size_t i = 0; i < source->indexes.count; i++) {
        const struct index *original = source->indexes.items[i];
        struct index_request request;

        if (original->relation.object.is_dropped)
            continue;
        if (original->is_primary && replay_find_primary_key(table))
            return replay_fail(
                replay, "42P16",
                "multiple primary keys for table \"%s\" are not allowed",
                table->relation.name);
        if (!replay_index_like(replay, original, table, &request) ||
            !replay_add_index(replay, &request))
            return false;
    }
    return true;
}

bool replay_like_rest(struct replay *replay, struct table *table,
                      const TableLikeClause *like)
{
    struct table *source = replay_like_source(replay, like);

    if (!source)
        return false;
    if ((like->options & CREATE_TABLE_LIKE_CONSTRAINTS) &&
        !like_checks(replay, table, source))
        return false;
    return !(like->options & CREATE_TABLE_LIKE_INDEXES) ||
           like_indexes(replay, table, source);
}
