/*
 * TRUNCATE and REFRESH MATERIALIZED VIEW: which relations they may be said of.
 *
 * Facts: src/backend/commands/tablecmds.c (ExecuteTruncate,
 * truncate_check_rel), src/backend/catalog/heap.c
 * (heap_truncate_check_FKs), src/backend/commands/matview.c
 * (RefreshMatViewByOid, is_usable_unique_index).
 */
#include "replay/maintenance.h"

#include "replay/rename.h"
#include "replay/uncommitted.h"

#include <string.h>

/* What a foreign-data wrapper can do nobody knows. */
static bool check_kind(struct replay *replay, const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE: return true;
    case RELATION_FOREIGN_TABLE:
        if (replay->schema->postgres_version >= 14)
            return true;
        break;
    case RELATION_VIEW:
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_SEQUENCE:
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE: break;
    }
    return replay_fail(replay, "42809", "\"%s\" is not a table",
                       relation->name);
}

static void add_tables(struct replay *replay, struct table_array *tables,
                       struct table *table, bool is_recursive)
{
    struct table_array heirs =
        model_inheritors(replay->schema, table, is_recursive);

    for (size_t i = 0; i < heirs.count; i++)
        *array_push(&replay->schema->scratch, tables) = heirs.items[i];
}

static bool add_relation(struct replay *replay, const RangeVar *name,
                         struct table_array *tables)
{
    struct relation *relation;
    struct table *table;

    if (!rename_find_relation(replay, name, false, &relation))
        return false;
    if (!relation || !relation->made_at.source)
        return true;
    if (!check_kind(replay, relation))
        return false;
    table = relation_as_table(relation);
    if (!uncommitted_check_table(replay, "TRUNCATE", table))
        return false;
    if (!name->inh && relation->kind == RELATION_PARTITIONED_TABLE)
        return replay_fail(replay, "42809",
                           "cannot truncate only a partitioned table");
    add_tables(replay, tables, table, name->inh);
    return true;
}

/* Tables that are truncated together have the same number. */
static size_t mark(struct replay *replay, const struct table_array *tables)
{
    size_t visit = ++replay->schema->visit;

    for (size_t i = 0; i < tables->count; i++)
        tables->items[i]->visit = visit;
    return visit;
}

/* A key of a table that keeps its rows. Without triggers nobody looks. */
static bool check_referencing(struct replay *replay, const struct table *table,
                              size_t visit)
{
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        const struct constraint *key = table->referenced_by.items[i];

        if (!key->object.is_dropped && key->is_enforced &&
            !key->table->relation.object.is_dropped &&
            key->table->visit != visit)
            return replay_fail(replay, "0A000",
                               "cannot truncate a table referenced in a "
                               "foreign key constraint");
    }
    return true;
}

bool maintenance_truncate(struct replay *replay, const TruncateStmt *truncate)
{
    struct table_array tables = {0};
    const ListCell *cell;
    size_t visit;

    foreach (cell, truncate->relations) {
        if (!add_relation(replay, lfirst(cell), &tables))
            return false;
    }
    if (truncate->behavior == DROP_CASCADE || replay->schema->is_opaque)
        return true;
    visit = mark(replay, &tables);
    for (size_t i = 0; i < tables.count; i++) {
        if (!check_referencing(replay, tables.items[i], visit))
            return false;
    }
    return true;
}

/* A row of the old contents and one of the new are matched by it. */
static bool is_usable(const struct index *index)
{
    if (index->relation.object.is_dropped || !index->is_unique ||
        !index->is_valid || index->predicate ||
        strcmp(index->method, "btree") != 0)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        if (!index->columns[i].column)
            return false;
    }
    return true;
}

static bool check_concurrent(struct replay *replay, const struct table *view,
                             bool has_no_data)
{
    const struct relation *relation = &view->relation;

    if (!view->is_populated)
        return replay_fail(replay, "0A000",
                           "CONCURRENTLY cannot be used when the materialized "
                           "view is not populated");
    if (has_no_data)
        return replay_fail(replay, "42601",
                           "%s and %s options cannot be used together",
                           "CONCURRENTLY", "WITH NO DATA");
    for (size_t i = 0; i < view->indexes.count; i++) {
        if (is_usable(view->indexes.items[i]))
            return true;
    }
    return replay_fail(
        replay, "55000", "cannot refresh materialized view \"%s\" concurrently",
        name_to_sql(&replay->schema->scratch,
                    (struct qualified_name){NULL, relation->namespace->name,
                                            relation->name}));
}

static bool check_materialized(struct replay *replay,
                               const struct relation *relation)
{
    if (relation->kind == RELATION_MATERIALIZED_VIEW)
        return true;
    if (relation->kind == RELATION_TABLE ||
        relation->kind == RELATION_PARTITIONED_TABLE)
        return replay_fail(replay, "0A000", "\"%s\" is not a materialized view",
                           relation->name);
    return replay_fail(replay, "42809",
                       "\"%s\" is not a table or materialized view",
                       relation->name);
}

bool maintenance_refresh(struct replay *replay,
                         const RefreshMatViewStmt *refresh)
{
    struct relation *relation;
    struct table *view;

    if (!rename_find_relation(replay, refresh->relation, false, &relation))
        return false;
    if (!relation || !relation->made_at.source)
        return true;
    if (!check_materialized(replay, relation))
        return false;
    view = relation_as_table(relation);
    if (refresh->concurrent && replay_knows_relation(replay, relation) &&
        !check_concurrent(replay, view, refresh->skipData))
        return false;
    SET(replay->schema, view->is_populated, !refresh->skipData);
    return true;
}
