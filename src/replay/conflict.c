/*
 * INSERT ... ON CONFLICT: which unique index decides that a row is there
 * already. The server looks for it when it plans the statement, once that has
 * passed the parser (infer_arbiter_indexes() of src/backend/optimizer/util/
 * plancat.c). What is said of predicates and expressions is only what needs no
 * proof: that there is none at all.
 */
#include "replay/context.h"

#include <string.h>

/* What ON CONFLICT (...) names. */
struct inference {
    struct column_array columns;
    bool has_expression;
    bool has_predicate;
};

/* `(email)` is the column email. */
static const char *column_name(const IndexElem *element)
{
    const ColumnRef *reference = node_as(ColumnRef, element->expr);

    if (element->name || !reference || list_length(reference->fields) != 1)
        return element->name;
    return name_from_string(linitial(reference->fields));
}

/* False if it names what is no column of the table: one of the system's. */
static bool read_inference(struct replay *replay, const struct table *table,
                           const InferClause *infer,
                           struct inference *inference)
{
    const ListCell *cell;

    inference->has_predicate = infer->whereClause != NULL;
    foreach (cell, infer->indexElems) {
        const char *name = column_name(lfirst(cell));
        struct column *column = name ? model_find_column(table, name) : NULL;

        if (name && !column)
            return false;
        if (!name)
            inference->has_expression = true;
        else if (!columns_have(&inference->columns, column))
            *array_push(&replay->schema->scratch, &inference->columns) = column;
    }
    return true;
}

/* It may be the one: it has these columns, and no others. */
static bool may_match(const struct index *index,
                      const struct inference *inference)
{
    bool has_expression = false;
    size_t found = 0;

    if (index->relation.object.is_dropped || !index->is_unique ||
        !index->is_valid || (index->predicate && !inference->has_predicate))
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        const struct column *column = index->columns[i].column;
        bool is_first = true;

        if (column && !columns_have(&inference->columns, column))
            return false;
        for (size_t j = 0; j < i; j++)
            is_first = is_first && index->columns[j].column != column;
        has_expression = has_expression || !column;
        found += column && is_first;
    }
    return found == inference->columns.count &&
           has_expression == inference->has_expression;
}

static bool check_inference(struct replay *replay, const struct table *table,
                            const InferClause *infer)
{
    struct inference inference = {0};

    if (!read_inference(replay, table, infer, &inference))
        return true;
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (may_match(table->indexes.items[i], &inference))
            return true;
    }
    return replay_fail(replay, "42P10",
                       "there is no unique or exclusion constraint matching "
                       "the ON CONFLICT specification");
}

/* ON CONFLICT ON CONSTRAINT name; that it is there, the parser has seen. */
static bool check_constraint(struct replay *replay, const struct table *table,
                             const OnConflictClause *clause)
{
    const struct constraint *constraint =
        model_find_constraint(replay->schema, table, clause->infer->conname);

    if (!constraint)
        return true;
    if (constraint->type == CONSTRAINT_CHECK ||
        constraint->type == CONSTRAINT_NOT_NULL)
        return replay_fail(replay, "42809",
                           "constraint in ON CONFLICT clause has no associated "
                           "index");
    if (constraint->type == CONSTRAINT_EXCLUDE &&
        clause->action == ONCONFLICT_UPDATE)
        return replay_fail(replay, "42809",
                           "ON CONFLICT DO UPDATE not supported with exclusion "
                           "constraints");
    return true;
}

static bool check_insert(struct replay *replay, const InsertStmt *insert)
{
    const OnConflictClause *clause = insert->onConflictClause;
    const struct table *table;

    if (!clause || !clause->infer)
        return true;
    table =
        model_find_table(replay->schema, name_from_range_var(insert->relation));
    if (!table || !table->is_complete || table->rules.count > 0 ||
        !replay_knows_relation(replay, &table->relation) ||
        (table->relation.kind != RELATION_TABLE &&
         table->relation.kind != RELATION_PARTITIONED_TABLE))
        return true;
    return clause->infer->conname
               ? check_constraint(replay, table, clause)
               : check_inference(replay, table, clause->infer);
}

static const WithClause *with_of(const Node *query)
{
    switch (nodeTag(query)) {
    case T_SelectStmt: return ((const SelectStmt *)query)->withClause;
    case T_InsertStmt: return ((const InsertStmt *)query)->withClause;
    case T_UpdateStmt: return ((const UpdateStmt *)query)->withClause;
    case T_DeleteStmt: return ((const DeleteStmt *)query)->withClause;
    case T_MergeStmt: return ((const MergeStmt *)query)->withClause;
    default: return NULL;
    }
}

bool replay_check_conflict(struct replay *replay, const Node *query)
{
    const WithClause *with = with_of(query);
    const ListCell *cell;

    foreach (cell, with ? with->ctes : NULL) {
        const CommonTableExpr *each = lfirst(cell);
        const InsertStmt *insert = node_as(InsertStmt, each->ctequery);

        if (insert && !check_insert(replay, insert))
            return false;
    }
    return nodeTag(query) != T_InsertStmt ||
           check_insert(replay, (const InsertStmt *)query);
}
