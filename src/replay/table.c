/*
 * CREATE TABLE: columns first, then constraints in the server's order, and
 * what LIKE, OF, INHERITS and PARTITION OF bring.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformCreateStmt),
 * src/backend/commands/tablecmds.c (DefineRelation, MergeAttributes).
 */
#include "replay/table_definition.h"
#include "replay/types.h"

#include <string.h>

struct namespace *replay_target_namespace(struct replay *replay,
                                          const RangeVar *name)
{
    if (name->relpersistence == RELPERSISTENCE_TEMP && name->schemaname &&
        strncmp(name->schemaname, "pg_temp", strlen("pg_temp")) != 0) {
        replay_fail(replay, "42P16",
                    "cannot create temporary relation in non-temporary schema");
        return NULL;
    }
    if (name->relpersistence == RELPERSISTENCE_TEMP ||
        (name->schemaname && strcmp(name->schemaname, "pg_temp") == 0))
        return replay->schema->temporary_namespace;
    return replay_namespace(replay, name->schemaname);
}

bool replay_free_name(struct replay *replay, struct namespace *namespace,
                      const char *name)
{
    struct relation *relation =
        model_relation_in(replay->schema, namespace, name);

    if (strcmp(namespace->name, "pg_catalog") == 0)
        return replay_fail(replay, "42501",
                           "permission denied to create \"%s.%s\"",
                           namespace->name, name);
    if (!relation)
        return true;
    if (relation->made_at.source && replay_refuse(replay))
        return replay_fail(replay, "42P07", "relation \"%s\" already exists",
                           name);
    return replay_drop_relation(replay, relation, true);
}

bool replay_can_open(struct replay *replay, const struct relation *relation)
{
    bool is_index = relation->kind == RELATION_INDEX;

    if (!is_index && relation->kind != RELATION_COMPOSITE_TYPE)
        return true;
    if (replay->schema->postgres_version >= 16)
        return replay_fail(replay, "42809", "cannot open relation \"%s\"",
                           relation->name);
    return replay_fail(replay, "42809", "\"%s\" is %s", relation->name,
                       is_index ? "an index" : "a composite type");
}

/* NOT NULL, and what implies it, in the order of the clauses. */
static void want_not_null(struct replay *replay, struct definition *definition,
                          const struct column_work *work)
{
    struct wanted_not_null wanted;
    bool is_said = false;
    const ListCell *cell;

    if (!work->clauses.is_not_null)
        return;
    wanted = (struct wanted_not_null){.column = work->column,
                                      .made_at = work->column->made_at};
    foreach (cell, work->node->constraints) {
        const Constraint *constraint =
            node_as(Constraint, (Node *)lfirst(cell));

        if (!constraint || constraint->contype != CONSTR_NOTNULL)
            continue;
        wanted.name = constraint->conname;
        wanted.is_no_inherit = constraint->is_no_inherit;
        replay_want_not_null(replay, &definition->not_null, &wanted);
        is_said = true;
    }
    wanted.name = NULL;
    wanted.is_no_inherit = false;
    if (!is_said)
        replay_want_not_null(replay, &definition->not_null, &wanted);
}

/* The definition adds to a column that a parent or the type of OF has. */
static bool merge_column(struct replay *replay, struct definition *definition,
                         const struct column_work *work)
{
    if (!replay_merge_column(replay, work->column, work->type, &work->clauses))
        return false;
    if (!definition->create->partbound)
        SET(replay->schema, work->column->is_local, true);
    return true;
}

static bool add_column(struct replay *replay, struct definition *definition,
                       struct column_work *work)
{
    const CreateStmt *create = definition->create;
    struct table *table = definition->table;
    const ColumnDef *node = work->node;
    bool is_option = create->partbound || create->ofTypename;
    size_t own_count = (size_t)(work - definition->columns.items);

    /* Its own have different names, and mostly there are no others. */
    if (table->columns.count > own_count)
        work->column = model_find_column(table, node->colname);
    if (!work->column && is_option && table->is_complete)
        return replay_fail(replay, "42703", "column \"%s\" does not exist",
                           node->colname);
    if (work->column && !is_option && work->column->inherit_count == 0)
        return replay_fail(replay, "42701",
                           "column \"%s\" specified more than once",
                           node->colname);
    if (work->column) {
        if (!merge_column(replay, definition, work))
            return false;
    } else {
        work->column = replay_make_column(replay, table, node, work->type);
        if (!work->column ||
            !replay_apply_clauses(replay, work->column, &work->clauses))
            return false;
    }
    want_not_null(replay, definition, work);
    if (work->clauses.has_constraints)
        replay_queue_column(replay, &definition->pending, work->column,
                            node->constraints);
    return true;
}

static void add_table_constraint(struct replay *replay,
                                 struct definition *definition,
                                 const Constraint *node)
{
    struct column *column;

    if (node->contype != CONSTR_NOTNULL) {
        *array_push(&replay->schema->scratch, &definition->pending) =
            replay_pending(NULL, node, NIL);
        return;
    }
    column = model_mention_column(replay->schema, definition->table,
                                  name_from_string(linitial(node->keys)));
    if (!column) {
        definition->missing_not_null = name_from_string(linitial(node->keys));
        return;
    }
    replay_want_not_null(replay, &definition->not_null,
                         &(struct wanted_not_null){
                             .column = column,
                             .name = node->conname,
                             .is_no_inherit = node->is_no_inherit,
                             .made_at = replay_place_at(replay, node->location),
                         });
}

static bool add_elements(struct replay *replay, struct definition *definition)
{
    const ListCell *cell;
    size_t next = 0;

    foreach (cell, definition->create->tableElts) {
        const Node *element = lfirst(cell);
        bool is_done = true;

        if (nodeTag(element) == T_ColumnDef)
            is_done = add_column(replay, definition,
                                 &definition->columns.items[next++]);
        else if (nodeTag(element) == T_TableLikeClause)
            is_done = replay_like_columns(replay, definition->table,
                                          (const TableLikeClause *)element,
                                          &definition->not_null);
        if (!is_done)
            return false;
    }
    /* A NOT NULL of the table may name a column that comes later. */
    foreach (cell, definition->create->tableElts) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node)
            add_table_constraint(replay, definition, node);
    }
    return true;
}

/* PRIMARY KEY makes its columns NOT NULL, unless they are. */
static bool want_key_not_null(struct replay *replay,
                              struct definition *definition,
                              struct column *column, bool is_of_column)
{
    const char *format =
        is_of_column ? "conflicting NO INHERIT declarations for not-null "
                       "constraints on column \"%s\""
                     : "conflicting NO INHERIT declaration for not-null "
                       "constraint on column \"%s\"";
    const struct not_null_array *wanted = &definition->not_null;

    if (!column)
        return true; /* said when the key is made */
    for (size_t i = 0; i < wanted->count; i++) {
        if (wanted->items[i].column != column)
            continue;
        return !wanted->items[i].is_no_inherit ||
               replay_fail(replay, "42601", format, column->name);
    }
    replay_want_not_null(replay, &definition->not_null,
                         &(struct wanted_not_null){.column = column,
                                                   .made_at = column->made_at});
    return true;
}

static bool want_keys_not_null(struct replay *replay,
                               struct definition *definition)
{
    for (size_t i = 0; i < definition->pending.count; i++) {
        const struct pending *pending = &definition->pending.items[i];
        const ListCell *cell;

        if (pending->step != STEP_PRIMARY_KEY)
            continue;
        if (pending->column &&
            !want_key_not_null(replay, definition, pending->column, true))
            return false;
        foreach (cell, pending->node->keys) {
            if (!want_key_not_null(
                    replay, definition,
                    model_find_column(definition->table,
                                      name_from_string(lfirst(cell))),
                    false))
                return false;
        }
    }
    return true;
}

/* The columns of parents come first, then the table's own. */
static bool inherit_columns(struct replay *replay,
                            struct definition *definition)
{
    const CreateStmt *create = definition->create;
    struct table *table = definition->table;
    bool is_partition = create->partbound != NULL;
    const ListCell *cell;

    foreach (cell, create->inhRelations) {
        struct table *parent =
            replay_find_parent(replay, table, lfirst(cell), is_partition);

        if (!parent || !replay_inherit_columns(replay, table, parent))
            return false;
        if (is_partition && !replay_refuse_of(replay, &parent->relation))
            SET(replay->schema, parent->relation.kind,
                RELATION_PARTITIONED_TABLE);
        *PUSH(replay->schema, &table->parents) = parent;
    }
    return true;
}

static bool inherit_constraints(struct replay *replay,
                                struct definition *definition)
{
    struct table *table = definition->table;

    for (size_t i = 0; i < table->parents.count; i++) {
        struct table *parent = table->parents.items[i];

        *PUSH(replay->schema, &parent->children) = table;
        if (!replay_inherit_constraints(replay, table, parent,
                                        &definition->inherited_not_null))
            return false;
    }
    return true;
}

/* The type of OF gives columns that are the table's own. */
static bool copy_type(struct replay *replay, struct definition *definition)
{
    const TypeName *name = definition->create->ofTypename;
    struct table *type;

    if (!name)
        return true;
    type = replay_type_of_table(replay, definition->table, name);
    if (!type)
        return false;
    for (size_t i = 0; i < type->columns.count; i++) {
        const struct column *attribute = type->columns.items[i];

        if (!attribute->object.is_dropped &&
            !replay_copy_column(replay, definition->table, attribute))
            return false;
    }
    return true;
}

static bool add_like(struct replay *replay, struct definition *definition)
{
    const ListCell *cell;

    foreach (cell, definition->create->tableElts) {
        const TableLikeClause *like =
            node_as(TableLikeClause, (Node *)lfirst(cell));

        if (like && !replay_like_rest(replay, definition->table, like))
            return false;
    }
    return true;
}

static bool add_step(struct replay *replay, struct definition *definition,
                     enum constraint_step step)
{
    return replay_add_queued(replay, definition->table, &definition->pending,
                             step, true);
}

/* Copies of parents' and of LIKE's first: the table's own override them. */
static bool add_defaults(struct replay *replay, struct definition *definition)
{
    for (size_t i = 0; i < definition->columns.count; i++) {
        const struct column_work *work = &definition->columns.items[i];

        if (!replay_apply_default(replay, work->column, &work->clauses))
            return false;
    }
    return true;
}

/* FOR VALUES, of a table that must be a partitioned one. */
static bool bind_partition(struct replay *replay,
                           const struct definition *definition)
{
    struct table *parent = definition->table->parents.items[0];

    if (parent->relation.kind != RELATION_PARTITIONED_TABLE)
        return replay_fail(replay, "42P17", "\"%s\" is not partitioned",
                           parent->relation.name);
    return replay_set_partition_bound(replay, definition->table, parent,
                                      definition->create->partbound);
}

static bool become_partition(struct replay *replay,
                             struct definition *definition)
{
    const CreateStmt *create = definition->create;
    struct table *table = definition->table;

    if (create->partbound && !bind_partition(replay, definition))
        return false;
    if (create->partspec &&
        !replay_set_partition_key(replay, table, create->partspec))
        return false;
    return !create->partbound ||
           replay_become_partition(replay, table, table->parents.items[0]);
}

/* From 18 on a partitioned table has nothing that could be unlogged. */
static bool check_persistence(struct replay *replay,
                              const struct definition *definition)
{
    const struct relation *relation = &definition->table->relation;

    return replay->schema->postgres_version < 18 || !relation->is_unlogged ||
           relation->kind != RELATION_PARTITIONED_TABLE ||
           replay_fail(replay, "0A000",
                       "partitioned tables cannot be unlogged");
}

/* All columns stand: BuildDescForRelation(), CheckAttributeNamesTypes(). */
static bool check_columns(struct replay *replay,
                          const struct definition *definition)
{
    const struct column_array *columns = &definition->table->columns;
    const struct column_work_array *own = &definition->columns;

    for (size_t i = 0; i < own->count; i++) {
        if (!replay_check_column_set(replay, own->items[i].node))
            return false;
    }
    for (size_t i = 0; i < own->count; i++) {
        if (!replay_check_column_name(replay, own->items[i].node->colname))
            return false;
    }
    for (size_t i = 0; i < columns->count; i++) {
        if (!replay_check_column(replay, columns->items[i]))
            return false;
    }
    return true;
}

/* A NOT NULL of the table is for one of its columns. */
static bool check_missing_not_null(struct replay *replay,
                                   const struct definition *definition)
{
    return !definition->missing_not_null ||
           replay_fail(replay, "42703",
                       "column \"%s\" of relation \"%s\" does not exist",
                       definition->missing_not_null,
                       definition->table->relation.name);
}

static bool add_columns(struct replay *replay, struct definition *definition)
{
    struct table *table = definition->table;
    size_t elements = (size_t)list_length(definition->create->tableElts);

    if (!copy_type(replay, definition) ||
        !definition_transform(replay, definition))
        return false;
    model_reserve_columns(replay->schema, table,
                          table->columns.count + elements);
    return check_persistence(replay, definition) &&
           definition_check_parents(replay, definition) &&
           definition_check_names(replay, definition) &&
           inherit_columns(replay, definition) &&
           add_elements(replay, definition) &&
           want_keys_not_null(replay, definition) &&
           inherit_constraints(replay, definition) &&
           replay_check_defaults(replay, table) &&
           check_columns(replay, definition);
}

static bool add_rest(struct replay *replay, struct definition *definition)
{
    return add_defaults(replay, definition) &&
           become_partition(replay, definition) &&
           add_step(replay, definition, STEP_CHECK) &&
           check_missing_not_null(replay, definition) &&
           replay_add_wanted_not_null(replay, &definition->not_null,
                                      &definition->inherited_not_null) &&
           add_step(replay, definition, STEP_PRIMARY_KEY) &&
           add_step(replay, definition, STEP_INDEX) &&
           add_like(replay, definition) &&
           add_step(replay, definition, STEP_FOREIGN_KEY);
}

/* IF NOT EXISTS, and there is one that we know to be. */
static bool is_there(struct relation *relation)
{
    const struct table *table = relation_as_table(relation);

    return relation && !(table && table->is_doubtful);
}

/*
 * Foreign keys that named the table before the file that creates it: they are
 * taken from what was only mentioned, and mean the table once it is there.
 */
static struct constraint_array take_references(struct replay *replay,
                                               struct relation *relation)
{
    struct schema *schema = replay->schema;
    struct table *mentioned = relation_as_table(relation);
    struct constraint_array keys = {0};

    if (!mentioned || relation->made_at.source)
        return keys;
    for (size_t i = 0; i < mentioned->referenced_by.count; i++) {
        struct constraint *key = mentioned->referenced_by.items[i];

        if (!key->object.is_dropped && key->table != mentioned)
            *array_push(&schema->scratch, &keys) = key;
    }
    SET(schema, mentioned->referenced_by, (struct constraint_array){0});
    return keys;
}

static void give_reference(struct replay *replay, struct table *table,
                           struct constraint *key)
{
    struct schema *schema = replay->schema;
    struct column_array columns = {0};

    for (size_t i = 0; i < key->referenced_columns.count; i++) {
        struct column *column =
            model_find_column(table, key->referenced_columns.items[i]->name);

        if (!column) {
            model_remove_constraint(schema, key);
            return;
        }
        *array_push(&schema->arena, &columns) = column;
    }
    SET(schema, key->referenced, table);
    SET(schema, key->referenced_columns, columns);
    *PUSH(schema, &table->referenced_by) = key;
    replay_complete_reference(replay, key);
}

bool replay_create_table(struct replay *replay, const CreateStmt *create,
                         bool is_foreign)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace =
        replay_target_namespace(replay, create->relation);
    const char *name = create->relation->relname;
    enum relation_kind kind = is_foreign         ? RELATION_FOREIGN_TABLE
                              : create->partspec ? RELATION_PARTITIONED_TABLE
                                                 : RELATION_TABLE;
    struct definition definition = {.create = create};
    struct relation *existing;
    struct constraint_array keys;
    struct table *table;

    if (!namespace)
        return false;
    existing = model_relation_in(schema, namespace, name);
    if (create->if_not_exists && is_there(existing))
        return true;
    definition.is_certain =
        (existing && existing->made_at.source) || replay_knows_all(replay);
    table = model_make_table(
        schema, kind, namespace, name,
        replay_place_of_name(replay, create->relation->location));
    table->relation.is_unlogged =
        create->relation->relpersistence == RELPERSISTENCE_UNLOGGED;
    table->is_dropped_at_commit = create->oncommit == ONCOMMIT_DROP;
    if (table->is_dropped_at_commit)
        SET(schema, schema->has_commit_drops, true);
    definition.table = table;
    if (!add_columns(replay, &definition))
        return false;
    keys = take_references(replay, existing);
    if (!replay_free_name(replay, namespace, name) ||
        !types_free_row_name(replay, namespace, name))
        return false;
    model_link_table(schema, table);
    if (!add_rest(replay, &definition))
        return false;
    for (size_t i = 0; i < keys.count; i++)
        give_reference(replay, table, keys.items[i]);
    return true;
}
