/*
 * CREATE TABLE: columns first, then constraints in the server's order, and
 * what LIKE, OF, INHERITS and PARTITION OF bring.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformCreateStmt),
 * src/backend/commands/tablecmds.c (DefineRelation, MergeAttributes).
 */
#include "replay/lookup.h"
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

/* A column's default, which may be bound when all columns stand. */
struct default_work {
    struct column *column;
    struct column_clauses clauses;
};

struct default_work_array ARRAY(struct default_work);

/* A table that is being made. */
struct definition {
    const CreateStmt *create;
    struct table *table;
    struct pending_array pending;
    struct default_work_array defaults;
    struct not_null_array not_null;
    struct not_null_array inherited_not_null;
};

/* NOT NULL, and what implies it, in the order of the clauses. */
static void want_not_null(struct replay *replay, struct definition *definition,
                          struct column *column, const ColumnDef *node,
                          const struct column_clauses *clauses)
{
    struct wanted_not_null wanted = {.column = column,
                                     .made_at = column->made_at};
    bool is_said = false;
    const ListCell *cell;

    foreach (cell, node->constraints) {
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
    if (clauses->is_not_null && !is_said)
        replay_want_not_null(replay, &definition->not_null, &wanted);
}

/* The definition adds to a column that a parent or the type of OF has. */
static bool merge_column(struct replay *replay, struct definition *definition,
                         struct column *column, const ColumnDef *node,
                         const struct column_clauses *clauses)
{
    if (!replay_merge_column(replay, column, node, clauses))
        return false;
    if (!definition->create->partbound)
        SET(replay->schema, column->is_local, true);
    return true;
}

/* The table's own row type is not there yet. */
static bool check_self(struct replay *replay, const struct table *table,
                       const TypeName *name)
{
    const char *last = name->names ? name_from_string(llast(name->names)) : "";
    struct qualified_name type;

    if (!last || strcmp(last, table->relation.name) != 0)
        return true;
    type = name_from_list(name->names);
    if (model_find_relation(replay->schema, type) != &table->relation)
        return true;
    return replay_fail(replay, "42704", "type \"%s\" does not exist",
                       lookup_plain_name(replay, type));
}

static bool add_column(struct replay *replay, struct definition *definition,
                       const ColumnDef *node)
{
    const CreateStmt *create = definition->create;
    struct table *table = definition->table;
    bool is_option = create->partbound || create->ofTypename;
    struct column *column = model_find_column(table, node->colname);
    struct column_clauses clauses;

    if (!replay_read_clauses(replay, table, node, &clauses) ||
        !replay_check_attributes(replay, node->constraints))
        return false;
    if (!column && is_option && table->is_complete)
        return replay_fail(replay, "42703", "column \"%s\" does not exist",
                           node->colname);
    if (column && (is_option ? replay_is_named_before(create, node)
                             : column->inherit_count == 0))
        return replay_fail_twice(replay, node->colname);
    if (column) {
        if (!merge_column(replay, definition, column, node, &clauses))
            return false;
    } else {
        if (!check_self(replay, table, node->typeName))
            return false;
        column = replay_add_column(replay, table, node);
        if (!column || !replay_apply_clauses(replay, column, &clauses))
            return false;
    }
    if (clauses.default_node || clauses.generated)
        *array_push(&replay->schema->scratch, &definition->defaults) =
            (struct default_work){column, clauses};
    want_not_null(replay, definition, column, node, &clauses);
    replay_queue_column(replay, &definition->pending, column,
                        node->constraints);
    return true;
}

static bool add_table_constraint(struct replay *replay,
                                 struct definition *definition,
                                 const Constraint *node)
{
    struct column *column;

    if (node->contype != CONSTR_NOTNULL) {
        *array_push(&replay->schema->scratch, &definition->pending) =
            replay_pending(NULL, node, NIL);
        return true;
    }
    column = model_mention_column(replay->schema, definition->table,
                                  name_from_string(linitial(node->keys)));
    if (!column)
        return replay_fail(replay, "42703",
                           "column \"%s\" of relation \"%s\" does not exist",
                           name_from_string(linitial(node->keys)),
                           definition->table->relation.name);
    replay_want_not_null(replay, &definition->not_null,
                         &(struct wanted_not_null){
                             .column = column,
                             .name = node->conname,
                             .is_no_inherit = node->is_no_inherit,
                             .made_at = replay_place_at(replay, node->location),
                         });
    return true;
}

static bool add_elements(struct replay *replay, struct definition *definition)
{
    const ListCell *cell;

    foreach (cell, definition->create->tableElts) {
        const Node *element = lfirst(cell);
        bool is_done = true;

        if (nodeTag(element) == T_ColumnDef)
            is_done =
                add_column(replay, definition, (const ColumnDef *)element);
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

        if (node && !add_table_constraint(replay, definition, node))
            return false;
    }
    return true;
}

/* PRIMARY KEY makes its columns NOT NULL, unless they are. */
static bool want_key_not_null(struct replay *replay,
                              struct definition *definition,
                              struct column *column)
{
    const struct not_null_array *wanted = &definition->not_null;

    if (!column)
        return true; /* said when the key is made */
    for (size_t i = 0; i < wanted->count; i++) {
        if (wanted->items[i].column != column)
            continue;
        return !wanted->items[i].is_no_inherit ||
               replay_fail(replay, "42601",
                           "conflicting NO INHERIT declarations for not-null "
                           "constraints on column \"%s\"",
                           column->name);
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
            !want_key_not_null(replay, definition, pending->column))
            return false;
        foreach (cell, pending->node->keys) {
            if (!want_key_not_null(
                    replay, definition,
                    model_find_column(definition->table,
                                      name_from_string(lfirst(cell)))))
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

    if (create->partspec && create->inhRelations && !is_partition)
        return replay_fail(replay, "42P17",
                           "cannot create partitioned table as inheritance "
                           "child");
    foreach (cell, create->inhRelations) {
        struct table *parent =
            replay_find_parent(replay, table, lfirst(cell), is_partition);

        if (!parent || !replay_inherit_columns(replay, table, parent))
            return false;
        if (is_partition)
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
    for (size_t i = 0; i < definition->defaults.count; i++) {
        const struct default_work *work = &definition->defaults.items[i];

        if (!replay_apply_default(replay, work->column, &work->clauses))
            return false;
    }
    return true;
}

static bool become_partition(struct replay *replay,
                             struct definition *definition)
{
    const CreateStmt *create = definition->create;
    struct table *table = definition->table;

    if (create->partbound &&
        !replay_set_partition_bound(replay, table, table->parents.items[0],
                                    create->partbound))
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

static bool fill_table(struct replay *replay, struct definition *definition)
{
    struct table *table = definition->table;
    size_t elements = (size_t)list_length(definition->create->tableElts);

    model_reserve_columns(replay->schema, table,
                          table->columns.count + elements);
    return copy_type(replay, definition) &&
           inherit_columns(replay, definition) &&
           add_elements(replay, definition) &&
           replay_check_defaults(replay, table) &&
           check_persistence(replay, definition) &&
           add_defaults(replay, definition) &&
           want_keys_not_null(replay, definition) &&
           inherit_constraints(replay, definition) &&
           add_step(replay, definition, STEP_CHECK) &&
           replay_add_wanted_not_null(replay, &definition->not_null,
                                      &definition->inherited_not_null) &&
           become_partition(replay, definition) &&
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
    if (((existing && existing->made_at.source) || replay_knows_all(replay)) &&
        !replay_check_definition(replay, create, namespace))
        return false;
    keys = take_references(replay, existing);
    if (!replay_free_name(replay, namespace, name) ||
        !types_free_row_name(replay, namespace, name))
        return false;
    table = model_add_table(
        schema, kind, namespace, name,
        replay_place_of_name(replay, create->relation->location));
    table->relation.is_unlogged =
        create->relation->relpersistence == RELPERSISTENCE_UNLOGGED;
    table->is_dropped_at_commit = create->oncommit == ONCOMMIT_DROP;
    if (table->is_dropped_at_commit)
        SET(schema, schema->has_commit_drops, true);
    definition.table = table;
    if (!fill_table(replay, &definition))
        return false;
    for (size_t i = 0; i < keys.count; i++)
        give_reference(replay, table, keys.items[i]);
    return true;
}
