/*
 * CREATE TABLE: columns first, then constraints in the server's order, and
 * what LIKE, INHERITS and PARTITION OF bring.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformCreateStmt,
 * expandTableLikeClause), src/backend/commands/tablecmds.c (DefineRelation).
 */
#include "replay/context.h"

#include <string.h>

struct namespace *replay_target_namespace(struct replay *replay,
                                          const RangeVar *name)
{
    if (name->relpersistence == RELPERSISTENCE_TEMP ||
        (name->schemaname && strcmp(name->schemaname, "pg_temp") == 0))
        return replay->schema->temporary_namespace;
    return model_namespace_for(replay->schema, name->schemaname);
}

/* As the server names a relation in messages: as it was given. */
static const char *given_name(struct replay *replay, const RangeVar *name)
{
    if (!name->schemaname)
        return name->relname;
    return arena_format(&replay->schema->scratch, "%s.%s", name->schemaname,
                        name->relname);
}

struct table *replay_find_table(struct replay *replay, const RangeVar *name,
                                bool is_missing_ok)
{
    struct schema *schema = replay->schema;
    struct qualified_name qualified = name_from_range_var(name);

    if (!schema->begins_empty || model_find_relation(schema, qualified))
        return model_mention_table(schema, qualified, is_missing_ok);
    if (is_missing_ok)
        return NULL;
    if (name->schemaname && !model_find_namespace(schema, name->schemaname))
        replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                    name->schemaname);
    else
        replay_fail(replay, "42P01", "relation \"%s\" does not exist",
                    given_name(replay, name));
    return NULL;
}

bool replay_free_name(struct replay *replay, struct namespace *namespace,
                      const char *name)
{
    struct relation *relation =
        model_relation_in(replay->schema, namespace, name);

    if (!relation)
        return true;
    if (relation->made_at.source && replay_refuse(replay))
        return false;
    return replay_drop_relation(replay, relation, true);
}

static struct table *find_source(struct replay *replay, const RangeVar *name)
{
    return model_mention_table(replay->schema, name_from_range_var(name),
                               false);
}

/* LIKE: the columns stand where the clause stands. */
static bool like_columns(struct replay *replay, struct table *table,
                         const TableLikeClause *like)
{
    struct schema *schema = replay->schema;
    struct table *source = find_source(replay, like->relation);

    if (!source || source == table)
        return false;
    if (!source->is_complete)
        SET(schema, table->is_complete, false);
    for (size_t i = 0; i < source->columns.count; i++) {
        const struct column *original = source->columns.items[i];
        struct column *column;

        if (original->object.is_dropped)
            continue;
        column = model_find_column(table, original->name)
                     ? NULL
                     : replay_copy_column(replay, table, original);
        if (!column)
            return false;
        if (!(like->options & CREATE_TABLE_LIKE_DEFAULTS)) {
            column->has_default = false;
            column->default_text = NULL;
        }
        if (!(like->options & CREATE_TABLE_LIKE_GENERATED))
            column->generated = GENERATED_NONE;
        if (!(like->options & CREATE_TABLE_LIKE_IDENTITY) ||
            original->identity == IDENTITY_NONE)
            continue;
        column->identity = original->identity;
        if (!replay_add_column_sequence(replay, column, NULL))
            return false;
        table->sequences.items[table->sequences.count - 1]->is_identity = true;
    }
    return true;
}

/* LIKE takes NOT NULL along always, and from 18 on under its name. */
static bool like_not_null(struct replay *replay, struct table *table,
                          const TableLikeClause *like)
{
    struct schema *schema = replay->schema;
    struct table *source = find_source(replay, like->relation);

    for (size_t i = 0; source && i < source->constraints.count; i++) {
        const struct constraint *original = source->constraints.items[i];
        struct column *column;

        if (original->object.is_dropped ||
            original->type != CONSTRAINT_NOT_NULL)
            continue;
        column = model_find_column(table, original->columns.items[0]->name);
        if (column && !model_find_constraint(schema, table, original->name))
            replay_set_not_null(replay, column, original->name,
                                table->relation.made_at);
    }
    return source != NULL;
}

/* LIKE ... INCLUDING CONSTRAINTS, INDEXES: after the table's own indexes. */
static bool like_rest(struct replay *replay, struct table *table,
                      const TableLikeClause *like)
{
    struct table *source = find_source(replay, like->relation);

    for (size_t i = 0; source && i < source->constraints.count; i++) {
        struct constraint *original = source->constraints.items[i];

        if (original->object.is_dropped || original->type != CONSTRAINT_CHECK ||
            !(like->options & CREATE_TABLE_LIKE_CONSTRAINTS))
            continue;
        if (!replay_copy_constraint(replay, table, original, original->name))
            return false;
        table->constraints.items[table->constraints.count - 1]->inherited_from =
            NULL;
    }
    for (size_t i = 0; source && i < source->indexes.count; i++) {
        const struct index *original = source->indexes.items[i];
        struct index_request request;

        if (original->relation.object.is_dropped ||
            !(like->options & CREATE_TABLE_LIKE_INDEXES))
            continue;
        if (original->is_primary && replay_find_primary_key(table))
            return false;
        if (!replay_index_like(replay, original, table, &request) ||
            !replay_add_index(replay, &request))
            return false;
    }
    return true;
}

/* A partition's or typed table's `c WITH OPTIONS ...`, or a column that a
 * parent has too: the definitions are merged. */
static bool merge_column(struct replay *replay, struct column *column,
                         const ColumnDef *definition)
{
    SET(replay->schema, column->is_local, true);
    return replay_column_attributes(replay, column, definition);
}

static bool add_column(struct replay *replay, struct table *table,
                       const CreateStmt *create, const ColumnDef *definition,
                       struct pending_array *pending)
{
    struct column *column = model_find_column(table, definition->colname);

    if (column) {
        if (create->inhRelations == NIL && !create->ofTypename)
            return false;
        if (!merge_column(replay, column, definition))
            return false;
    } else {
        column = replay_add_column(replay, table, definition);
        if (!column)
            return false;
    }
    replay_queue_column(replay, pending, column, definition->constraints);
    return true;
}

static bool add_elements(struct replay *replay, struct table *table,
                         const CreateStmt *create,
                         struct pending_array *pending)
{
    const ListCell *cell;

    foreach (cell, create->tableElts) {
        const Node *element = lfirst(cell);

        switch (nodeTag(element)) {
        case T_ColumnDef:
            if (!add_column(replay, table, create, (const ColumnDef *)element,
                            pending))
                return false;
            break;
        case T_TableLikeClause:
            if (!like_columns(replay, table, (const TableLikeClause *)element))
                return false;
            break;
        case T_Constraint:
            replay_queue_constraint(replay, pending,
                                    (const Constraint *)element);
            break;
        default: break;
        }
    }
    return true;
}

/* The columns of parents come first, then the table's own. */
static bool inherit_all(struct replay *replay, struct table *table,
                        const CreateStmt *create)
{
    const ListCell *cell;

    foreach (cell, create->inhRelations) {
        const RangeVar *name = lfirst(cell);
        struct table *parent = find_source(replay, name);

        if (!parent || parent == table ||
            !replay_inherit_columns(replay, table, parent))
            return false;
    }
    return true;
}

static bool inherit_rest(struct replay *replay, struct table *table,
                         const CreateStmt *create)
{
    const ListCell *cell;

    foreach (cell, create->inhRelations) {
        struct table *parent = find_source(replay, lfirst(cell));

        if (!parent ||
            !replay_inherit(replay, table, parent, create->partbound != NULL))
            return false;
    }
    return true;
}

/* One half or the other of what LIKE clauses add to the columns. */
static bool add_like(struct replay *replay, struct table *table,
                     const CreateStmt *create,
                     bool add(struct replay *, struct table *,
                              const TableLikeClause *))
{
    const ListCell *cell;

    foreach (cell, create->tableElts) {
        const TableLikeClause *like =
            node_as(TableLikeClause, (Node *)lfirst(cell));

        if (like && !add(replay, table, like))
            return false;
    }
    return true;
}

static bool fill_table(struct replay *replay, struct table *table,
                       const CreateStmt *create)
{
    struct pending_array pending = {0};
    size_t elements = (size_t)list_length(create->tableElts);

    model_reserve_columns(replay->schema, table,
                          table->columns.count + elements);
    return inherit_all(replay, table, create) &&
           add_elements(replay, table, create, &pending) &&
           replay_add_queued(replay, table, &pending, STEP_CHECK, true) &&
           replay_add_queued(replay, table, &pending, STEP_NOT_NULL, true) &&
           add_like(replay, table, create, like_not_null) &&
           inherit_rest(replay, table, create) &&
           replay_add_queued(replay, table, &pending, STEP_PRIMARY_KEY, true) &&
           replay_add_queued(replay, table, &pending, STEP_INDEX, true) &&
           add_like(replay, table, create, like_rest) &&
           replay_add_queued(replay, table, &pending, STEP_FOREIGN_KEY, true);
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
    struct table *table;

    struct relation *existing = model_relation_in(schema, namespace, name);
    struct constraint_array keys;

    if (create->if_not_exists && is_there(existing))
        return true;
    keys = take_references(replay, existing);
    if (!replay_free_name(replay, namespace, name))
        return false;
    table = model_add_table(
        schema, kind, namespace, name,
        replay_place_of_name(replay, create->relation->location));
    table->relation.is_unlogged =
        create->relation->relpersistence == RELPERSISTENCE_UNLOGGED;
    table->is_dropped_at_commit = create->oncommit == ONCOMMIT_DROP;
    if (create->ofTypename) {
        struct table *type =
            model_find_table(schema, name_from_list(create->ofTypename->names));

        if (!type)
            table->is_complete = false;
        else if (!replay_inherit(replay, table, type, false))
            return false;
    }
    if (!fill_table(replay, table, create))
        return false;
    for (size_t i = 0; i < keys.count; i++)
        give_reference(replay, table, keys.items[i]);
    return true;
}
