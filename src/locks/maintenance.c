/*
 * TRUNCATE, VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH MATERIALIZED VIEW.
 *
 * Facts: tablecmds.c (ExecuteTruncate), vacuum.c, cluster.c, indexcmds.c
 * (ReindexIndex, ReindexPartitions), matview.c.
 */
#include "locks/study.h"

#include <string.h>

/* All that have rows; is_wanted may narrow them down. */
static bool may_look_at_all(struct study *study)
{
    return model_spend(study->schema, schema_tables(study->schema)->count);
}

static void new_files(struct study *study, struct table *table)
{
    study_lock_table(study, table, LOCK_ACCESS_EXCLUSIVE);
    if (!table_has_rows(table))
        return;
    study_lock_indexes(study, table, LOCK_ACCESS_EXCLUSIVE);
    study_work(study, WORK_NEW_FILE, &table->relation, &table->relation);
}

static void restart_sequences(struct study *study, struct table *table)
{
    for (size_t i = 0; i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];

        if (sequence->relation.object.is_dropped)
            continue;
        study_lock(study, &sequence->relation, LOCK_ACCESS_EXCLUSIVE);
        study_work(study, WORK_NEW_FILE, &sequence->relation,
                   &sequence->relation);
    }
}

/* Puts the table, its tree, and with CASCADE all that reference them in the
 * list. */
static void add_truncated(struct study *study, struct table_array *tables,
                          struct table *table, bool is_recursive)
{
    struct table_array tree = study_inheritors(study, table, is_recursive);

    for (size_t i = 0; i < tree.count; i++) {
        bool is_there = false;

        for (size_t j = 0; j < tables->count && !is_there; j++)
            is_there = tables->items[j] == tree.items[i];
        if (!is_there)
            *array_push(study->arena, tables) = tree.items[i];
    }
}

static bool is_among(const struct table_array *tables, struct table *table)
{
    for (size_t i = 0; i < tables->count; i++) {
        if (tables->items[i] == table)
            return true;
    }
    return false;
}

static void follow_keys_of(struct study *study, struct table_array *tables,
                           const struct table *table, bool is_cascade)
{
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        const struct constraint *key = table->referenced_by.items[i];

        if (key->object.is_dropped || is_among(tables, key->table))
            continue;
        if (is_cascade)
            add_truncated(study, tables, key->table, true);
        else
            study_fail(study, "cannot truncate a table referenced in a "
                              "foreign key constraint");
    }
}

/* heap_truncate_check_FKs() */
static void follow_keys(struct study *study, struct table_array *tables,
                        bool is_cascade)
{
    /* What references a partitioned table references its partitions. */
    for (size_t i = 0; i < tables->count; i++) {
        for (struct table *table = tables->items[i]; table;
             table = table->partition_of)
            follow_keys_of(study, tables, table, is_cascade);
    }
}

void study_truncate(struct study *study, const TruncateStmt *truncate)
{
    struct table_array tables = {0};

    foreach_node (RangeVar, name, truncate->relations) {
        struct relation *relation =
            study_lock_name(study, name_from_range_var(name), RELATION_TABLE,
                            LOCK_ACCESS_EXCLUSIVE);
        struct table *table = relation_as_table(relation);

        if (table)
            add_truncated(study, &tables, table, name->inh);
    }
    follow_keys(study, &tables, truncate->behavior == DROP_CASCADE);
    for (size_t i = 0; i < tables.count; i++) {
        new_files(study, tables.items[i]);
        if (truncate->restart_seqs)
            restart_sequences(study, tables.items[i]);
    }
}

static bool has_option(const List *options, const char *name)
{
    bool is_on = false;

    foreach_node (DefElem, option, options) {
        const char *word = name_from_string(option->arg);

        if (strcmp(option->defname, name) == 0)
            is_on =
                !word || (strcmp(word, "false") != 0 &&
                          strcmp(word, "off") != 0 && strcmp(word, "0") != 0);
    }
    return is_on;
}

/* VACUUM FULL and CLUSTER. */
static void write_anew(struct study *study, struct table *table)
{
    study_lock_table(study, table, LOCK_ACCESS_EXCLUSIVE);
    study_rewrite(study, table);
}

static void vacuum_table(struct study *study, struct table *table,
                         const VacuumStmt *vacuum)
{
    if (!table_has_rows(table) &&
        table->relation.kind != RELATION_PARTITIONED_TABLE)
        return;
    if (vacuum->is_vacuumcmd && has_option(vacuum->options, "full"))
        write_anew(study, table);
    else
        study_lock_table(study, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
}

/* Partitions are vacuumed with their table; from 18 on all that inherits is.
 * ANALYZE reads the rest. */
static void vacuum_tree(struct study *study, struct table *table,
                        const VacuumStmt *vacuum, bool is_recursive)
{
    bool is_vacuumed = study->version >= 18 ||
                       table->relation.kind == RELATION_PARTITIONED_TABLE;
    struct table_array tree = study_inheritors(study, table, is_recursive);

    vacuum_table(study, table, vacuum);
    for (size_t i = 1; i < tree.count; i++) {
        if (is_vacuumed)
            vacuum_table(study, tree.items[i], vacuum);
        else if (!vacuum->is_vacuumcmd)
            study_lock_table(study, tree.items[i], LOCK_ACCESS_SHARE);
    }
}

static void vacuum(struct study *study, const VacuumStmt *vacuum)
{
    const struct table_array *all = schema_tables(study->schema);

    if (vacuum->rels == NIL && may_look_at_all(study))
        for (size_t i = 0; i < all->count; i++)
            vacuum_table(study, all->items[i], vacuum);
    foreach_node (VacuumRelation, named, vacuum->rels) {
        struct relation *relation =
            named->relation
                ? study_lock_name(study, name_from_range_var(named->relation),
                                  RELATION_TABLE, LOCK_SHARE_UPDATE_EXCLUSIVE)
                : NULL;
        struct table *table = relation_as_table(relation);

        if (table)
            vacuum_tree(study, table, vacuum, named->relation->inh);
    }
}

static void cluster(struct study *study, const ClusterStmt *cluster)
{
    struct relation *relation;
    struct table *table;

    if (!cluster->relation)
        return;
    relation = study_lock_name(study, name_from_range_var(cluster->relation),
                               RELATION_TABLE, LOCK_ACCESS_EXCLUSIVE);
    table = relation_as_table(relation);
    if (table)
        write_anew(study, table);
}

/* Above the index stands its table, with the lesser lock. */
static void reindex_index(struct study *study, const struct index *index,
                          bool is_concurrent)
{
    study_lock_table(study, index->table,
                     is_concurrent ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE);
    if (!table_has_rows(index->table))
        return;
    study_lock(study, &index->relation,
               is_concurrent ? LOCK_SHARE_UPDATE_EXCLUSIVE
                             : LOCK_ACCESS_EXCLUSIVE);
    study_work(study, WORK_INDEX_BUILD, &index->relation,
               &index->table->relation);
}

static void reindex_table(struct study *study, struct table *table,
                          bool is_concurrent)
{
    study_lock_table(study, table,
                     is_concurrent ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE);
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (!table->indexes.items[i]->relation.object.is_dropped)
            reindex_index(study, table->indexes.items[i], is_concurrent);
    }
}

/* From 14 on, one partition after the other; before, they are passed over with
 * a warning. */
static void reindex_partitions(struct study *study, struct table *table,
                               const struct index *only, bool is_concurrent)
{
    struct table_array tree = study_inheritors(study, table, true);

    study_lock_table(study, table,
                     is_concurrent ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE);
    if (study->version < 14)
        return;
    for (size_t i = 1; i < tree.count; i++) {
        struct table *partition = tree.items[i];

        study_lock_table(study, partition, LOCK_SHARE);
        for (size_t j = 0; j < partition->indexes.count; j++) {
            const struct index *index = partition->indexes.items[j];
            const struct index *top = index;

            while (top->partition_of)
                top = top->partition_of;
            if (!index->relation.object.is_dropped && (!only || top == only))
                reindex_index(study, index, is_concurrent);
        }
    }
}

static void reindex_all(struct study *study, const ReindexStmt *reindex,
                        bool is_concurrent)
{
    const struct table_array *all = schema_tables(study->schema);

    if (reindex->kind == REINDEX_OBJECT_SYSTEM || !may_look_at_all(study))
        return;
    for (size_t i = 0; i < all->count; i++) {
        struct table *table = all->items[i];

        if (table_has_rows(table) &&
            (reindex->kind == REINDEX_OBJECT_DATABASE ||
             strcmp(table->relation.namespace->name, reindex->name) == 0))
            reindex_table(study, table, is_concurrent);
    }
}

static void reindex(struct study *study, const ReindexStmt *reindex)
{
    bool is_concurrent = has_option(reindex->params, "concurrently");
    struct relation *relation;
    struct table *table;
    const struct index *index;

    if (!reindex->relation) {
        reindex_all(study, reindex, is_concurrent);
        return;
    }
    relation = model_find_relation(study->schema,
                                   name_from_range_var(reindex->relation));
    if (!relation) {
        study_lock_name(study, name_from_range_var(reindex->relation),
                        reindex->kind == REINDEX_OBJECT_INDEX ? RELATION_INDEX
                                                              : RELATION_TABLE,
                        is_concurrent ? LOCK_SHARE_UPDATE_EXCLUSIVE
                        : reindex->kind == REINDEX_OBJECT_INDEX
                            ? LOCK_ACCESS_EXCLUSIVE
                            : LOCK_SHARE);
        return;
    }
    index = relation_as_index(relation);
    table = index ? index->table : relation_as_table(relation);
    if (!table)
        return;
    if (table->relation.kind == RELATION_PARTITIONED_TABLE)
        reindex_partitions(study, table, index, is_concurrent);
    else if (index)
        reindex_index(study, index, is_concurrent);
    else
        reindex_table(study, table, is_concurrent);
}

static void read_query_of(struct study *study, struct table *view)
{
    struct query_relation_array relations = {0};

    *array_push(study->arena, &relations) = (struct query_relation){
        .table = view,
        .use = USE_READ,
    };
    study_expand(study, &relations);
}

static void build_indexes(struct study *study, struct table *view)
{
    for (size_t i = 0; i < view->indexes.count; i++) {
        const struct index *index = view->indexes.items[i];

        if (!index->relation.object.is_dropped)
            study_work(study, WORK_INDEX_BUILD, &index->relation,
                       &view->relation);
    }
}

/* Which rows are new is found out by it. */
static bool has_whole_unique_index(struct table *view)
{
    for (size_t i = 0; i < view->indexes.count; i++) {
        const struct index *index = view->indexes.items[i];
        bool is_plain = !index->relation.object.is_dropped &&
                        index->is_unique && index->is_valid &&
                        !index->predicate;

        for (size_t j = 0; is_plain && j < index->column_count; j++)
            is_plain = index->columns[j].column != NULL;
        if (is_plain)
            return true;
    }
    return false;
}

static void refresh(struct study *study, const RefreshMatViewStmt *refresh)
{
    struct relation *relation = study_lock_name(
        study, name_from_range_var(refresh->relation),
        RELATION_MATERIALIZED_VIEW,
        refresh->concurrent ? LOCK_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE);
    struct table *view = relation_as_table(relation);

    if (!view)
        return;
    if (refresh->concurrent) {
        if (view->is_complete && !has_whole_unique_index(view))
            study_fail(study,
                       "cannot refresh materialized view \"%s.%s\" "
                       "concurrently",
                       relation->namespace->name, relation->name);
        read_query_of(study, view);
        return;
    }
    study_work(study, WORK_NEW_FILE, relation, relation);
    study_lock_indexes(study, view, LOCK_ACCESS_EXCLUSIVE);
    if (refresh->skipData)
        return;
    read_query_of(study, view);
    build_indexes(study, view);
}

void study_maintenance(struct study *study, const Node *node)
{
    switch (nodeTag(node)) {
    case T_VacuumStmt: vacuum(study, (const VacuumStmt *)node); break;
    case T_ClusterStmt: cluster(study, (const ClusterStmt *)node); break;
    case T_ReindexStmt: reindex(study, (const ReindexStmt *)node); break;
    case T_RefreshMatViewStmt:
        refresh(study, (const RefreshMatViewStmt *)node);
        break;
    default: break;
    }
}
