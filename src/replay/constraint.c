/*
 * Constraints, one at a time and step by step: the server adds checks first,
 * then indexes, then foreign keys, and generated names depend on it.
 */
#include "replay/context.h"

#include "schema/implication.h"

#include <string.h>

static void apply_attribute(struct constraint_attributes *attributes,
                            ConstrType type)
{
    switch (type) {
    case CONSTR_ATTR_DEFERRABLE: attributes->is_deferrable = true; return;
    case CONSTR_ATTR_NOT_DEFERRABLE: attributes->is_deferrable = false; return;
    case CONSTR_ATTR_DEFERRED:
        attributes->is_deferrable = true;
        attributes->is_initially_deferred = true;
        return;
    case CONSTR_ATTR_IMMEDIATE:
        attributes->is_initially_deferred = false;
        return;
    case CONSTR_ATTR_ENFORCED: attributes->is_enforced = true; return;
    case CONSTR_ATTR_NOT_ENFORCED: attributes->is_enforced = false; return;
    default: return;
    }
}

/* After a column's constraint, its attributes are nodes of their own. */
struct constraint_attributes replay_attributes(const List *constraints,
                                               const Constraint *node)
{
    struct constraint_attributes attributes = {
        .is_deferrable = node->deferrable,
        .is_initially_deferred = node->initdeferred,
        .is_enforced = node->is_enforced,
        .is_validated = !node->skip_validation,
    };
    bool is_after = false;
    const ListCell *cell;

    if (node->contype != CONSTR_CHECK && node->contype != CONSTR_FOREIGN)
        attributes.is_enforced = true;
    foreach (cell, constraints) {
        const Constraint *other = node_as(Constraint, (Node *)lfirst(cell));

        if (other == node) {
            is_after = true;
            continue;
        }
        if (!is_after || !other)
            continue;
        if (other->contype < CONSTR_ATTR_DEFERRABLE)
            break;
        apply_attribute(&attributes, other->contype);
    }
    return attributes;
}

bool replay_push_column(struct replay *replay, struct table *table,
                        const char *name, struct column_array *columns)
{
    struct column *column =
        name ? model_mention_column(replay->schema, table, name) : NULL;

    if (!column)
        return false;
    *array_push(&replay->schema->arena, columns) = column;
    return true;
}

bool replay_push_columns(struct replay *replay, struct table *table,
                         const List *names, struct column_array *columns)
{
    const ListCell *cell;

    foreach (cell, names) {
        if (!replay_push_column(replay, table, name_from_string(lfirst(cell)),
                                columns))
            return false;
    }
    return true;
}

/* The columns of the key joined with "_", as generated names have them. */
static const char *join_names(struct replay *replay,
                              const struct column_array *columns)
{
    const char **names =
        arena_alloc(&replay->schema->scratch, columns->count * sizeof *names);

    for (size_t i = 0; i < columns->count; i++)
        names[i] = columns->items[i]->name;
    return generated_name_join(replay->schema, names, columns->count);
}

/* The name given, or one generated; null if it is taken on this table. */
static const char *choose_name(struct replay *replay, struct table *table,
                               const char *given, const char *middle,
                               const char *label)
{
    struct schema *schema = replay->schema;
    struct constraint *existing;

    if (!given)
        return generated_name_constraint(schema, table->relation.namespace,
                                         table->relation.name, middle, label);
    existing = model_find_constraint(schema, table, given);
    if (!existing)
        return given;
    if (replay_refuse(replay) ||
        !replay_drop_constraint(replay, existing, true))
        return NULL;
    return given;
}

static void set_attributes(struct constraint *constraint,
                           struct constraint_attributes attributes,
                           bool is_new_table)
{
    constraint->is_deferrable = attributes.is_deferrable;
    constraint->is_initially_deferred = attributes.is_initially_deferred;
    constraint->is_enforced = attributes.is_enforced;
    /* An empty table needs no validation: NOT VALID is then ignored. */
    constraint->is_validated =
        attributes.is_enforced && (attributes.is_validated || is_new_table);
}

/* Which of the columns that it reads the check proves not null. */
static void note_proofs(struct replay *replay, struct constraint *check,
                        const Node *expression, size_t node_count)
{
    if (!model_spend(replay->schema, node_count * check->columns.count))
        return;
    for (size_t i = 0; i < check->columns.count; i++) {
        struct column *column = check->columns.items[i];

        if (implication_proves_not_null(expression, column->name))
            *array_push(&replay->schema->arena, &check->proves_not_null) =
                column;
    }
}

static bool add_check(struct replay *replay, struct table *table,
                      const List *siblings, const Constraint *node,
                      bool is_new_table)
{
    struct expression_columns reads =
        expression_columns(replay, table, node->raw_expr);
    size_t offset = replay_offset(replay, node->location);
    struct table_array targets =
        model_inheritors(replay->schema, table, !node->is_no_inherit);
    struct constraint *check;
    const char *name;

    name = choose_name(replay, table, node->conname,
                       reads.columns.count == 1 ? reads.columns.items[0]->name
                                                : NULL,
                       "check");
    if (!name)
        return false;
    check = model_add_constraint(replay->schema, table, CONSTRAINT_CHECK, name,
                                 replay_place_at(replay, node->location));
    check->columns = reads.columns;
    check->expression = expression_in_parentheses(replay, offset);
    set_attributes(check, replay_attributes(siblings, node), is_new_table);
    note_proofs(replay, check, node->raw_expr, reads.node_count);
    for (size_t i = 1; i < targets.count; i++) {
        if (!replay_copy_constraint(replay, targets.items[i], check,
                                    check->name))
            return false;
    }
    return true;
}

static bool add_not_null(struct replay *replay, struct table *table,
                         struct column *column, const Constraint *node)
{
    struct schema *schema = replay->schema;
    struct place place = replay_place_at(replay, node->location);
    const char *name = node->conname;
    struct table_array targets;

    if (column && schema->postgres_version < 18)
        name = NULL; /* accepted and forgotten */
    if (!column && node->keys)
        column = model_mention_column(schema, table,
                                      name_from_string(linitial(node->keys)));
    if (!column)
        return false;
    if (node->skip_validation && column->not_null)
        return true; /* there is one already */
    targets = model_inheritors(schema, table, !node->is_no_inherit);
    if (node->skip_validation) {
        struct constraint *constraint;

        name = choose_name(replay, table, name, column->name, "not_null");
        if (!name)
            return false;
        constraint = model_add_constraint(schema, table, CONSTRAINT_NOT_NULL,
                                          name, place);
        *array_push(&schema->arena, &constraint->columns) = column;
        constraint->is_validated = false;
        SET(schema, column->not_null, constraint);
        return true;
    }
    for (size_t i = 0; i < targets.count; i++) {
        struct column *other =
            model_find_column(targets.items[i], column->name);

        if (other)
            replay_set_not_null(replay, other, name, place);
    }
    return true;
}

/* The columns that REFERENCES without a list means. */
static void reference_primary_key(struct replay *replay,
                                  struct constraint *foreign_key)
{
    const struct constraint *primary =
        replay_find_primary_key(foreign_key->referenced);

    for (size_t i = 0; primary && i < primary->columns.count; i++)
        *array_push(&replay->schema->arena, &foreign_key->referenced_columns) =
            primary->columns.items[i];
}

/* A unique index on exactly these columns, in any order: the first one, as
 * transformFkeyCheckAttrs() takes it. */
static struct index *find_referenced_index(const struct constraint *key)
{
    const struct index_array *indexes = &key->referenced->indexes;

    for (size_t i = 0; i < indexes->count; i++) {
        struct index *index = indexes->items[i];
        size_t found = 0;

        if (index->relation.object.is_dropped || !index->is_unique ||
            index->predicate || !index->is_valid ||
            index->column_count != key->referenced_columns.count)
            continue;
        while (found < index->column_count && index->columns[found].column &&
               columns_have(&key->referenced_columns,
                            index->columns[found].column))
            found++;
        if (found == index->column_count)
            return index;
    }
    return NULL;
}

void replay_complete_reference(struct replay *replay, struct constraint *key)
{
    if (key->referenced_columns.count == 0)
        reference_primary_key(replay, key);
    SET(replay->schema, key->index, find_referenced_index(key));
}

static bool add_foreign_key(struct replay *replay, struct table *table,
                            struct column *column, const List *siblings,
                            const Constraint *node, bool is_new_table)
{
    struct schema *schema = replay->schema;
    struct table *referenced =
        model_mention_table(schema, name_from_range_var(node->pktable), false);
    struct table_array targets = model_inheritors(
        schema, table, table->relation.kind == RELATION_PARTITIONED_TABLE);
    struct place name_end =
        replay_place_of_name(replay, node->pktable->location);
    struct column_array columns = {0};
    struct constraint *key;
    const char *name;

    if (!referenced || list_length(node->fk_attrs) > KEY_COUNT_MAX ||
        list_length(node->pk_attrs) > KEY_COUNT_MAX)
        return false;
    if (column)
        *array_push(&schema->arena, &columns) = column;
    else if (!replay_push_columns(replay, table, node->fk_attrs, &columns))
        return false;
    name = choose_name(replay, table, node->conname,
                       join_names(replay, &columns), "fkey");
    if (!name)
        return false;
    key = model_add_constraint(
        schema, table, CONSTRAINT_FOREIGN_KEY, name,
        replay_place(replay, replay_offset(replay, node->location),
                     name_end.span.offset + name_end.span.length));
    key->columns = columns;
    key->referenced = referenced;
    key->on_update = node->fk_upd_action;
    key->on_delete = node->fk_del_action;
    set_attributes(key, replay_attributes(siblings, node), is_new_table);
    *PUSH(schema, &referenced->referenced_by) = key;
    if (node->pk_attrs) {
        if (!replay_push_columns(replay, referenced, node->pk_attrs,
                                 &key->referenced_columns))
            return false;
    }
    replay_complete_reference(replay, key);
    for (size_t i = 1; i < targets.count; i++) {
        if (!replay_copy_constraint(replay, targets.items[i], key, NULL))
            return false;
    }
    return true;
}

bool replay_copy_constraint(struct replay *replay, struct table *table,
                            struct constraint *original, const char *name)
{
    struct schema *schema = replay->schema;
    struct constraint *copy, *existing;

    existing = model_find_constraint(schema, table, original->name);
    if (name && existing)
        return existing->type == original->type; /* merged */
    if (!name && !existing)
        name = original->name; /* a foreign key's, if it is free */
    copy = arena_alloc(&schema->arena, sizeof *copy);
    *copy = *original;
    copy->object = (struct object){.class = CLASS_CONSTRAINT};
    copy->columns = copy->proves_not_null = (struct column_array){0};
    for (size_t i = 0; i < original->columns.count; i++) {
        if (!replay_push_column(replay, table, original->columns.items[i]->name,
                                &copy->columns))
            return false;
    }
    for (size_t i = 0; i < original->proves_not_null.count; i++) {
        if (!replay_push_column(replay, table,
                                original->proves_not_null.items[i]->name,
                                &copy->proves_not_null))
            return false;
    }
    if (!name)
        name = generated_name_constraint(
            schema, table->relation.namespace, table->relation.name,
            join_names(replay, &copy->columns), "fkey");
    if (!name)
        return false;
    copy->table = table;
    copy->inherited_from = original;
    copy->is_local = false;
    copy->inherit_count = 1;
    copy->name = model_name(schema, name);
    model_link_constraint(schema, copy);
    if (copy->referenced)
        *PUSH(schema, &copy->referenced->referenced_by) = copy;
    return true;
}

static enum constraint_step step_of(const Constraint *node)
{
    switch (node->contype) {
    case CONSTR_CHECK: return STEP_CHECK;
    case CONSTR_NOTNULL: return STEP_NOT_NULL;
    case CONSTR_PRIMARY: return STEP_PRIMARY_KEY;
    case CONSTR_UNIQUE:
    case CONSTR_EXCLUSION: return STEP_INDEX;
    case CONSTR_FOREIGN: return STEP_FOREIGN_KEY;
    default: return STEP_COUNT;
    }
}

/* column: whose constraint it is; null for one of the table. */
static bool add_constraint(struct replay *replay, struct table *table,
                           const struct pending *pending, bool is_new_table)
{
    const Constraint *node = pending->node;
    const List *siblings = pending->siblings;
    struct column *column = pending->column;

    switch (pending->step) {
    case STEP_CHECK:
        return add_check(replay, table, siblings, node, is_new_table);
    case STEP_NOT_NULL:
        if (node)
            return add_not_null(replay, table, column, node);
        if (!column->is_nullable)
            replay_set_not_null(replay, column, NULL, column->made_at);
        return true;
    case STEP_PRIMARY_KEY:
    case STEP_INDEX:
        if (node->indexname)
            return replay_use_index(replay, table, node);
        return replay_add_key(replay, table, column, siblings, node,
                              is_new_table);
    case STEP_FOREIGN_KEY:
        return add_foreign_key(replay, table, column, siblings, node,
                               is_new_table);
    case STEP_COUNT: break;
    }
    return true;
}

void replay_queue_constraint(struct replay *replay,
                             struct pending_array *pending,
                             const Constraint *node)
{
    *array_push(&replay->schema->scratch, pending) =
        (struct pending){.node = node, .step = step_of(node)};
}

void replay_queue_column(struct replay *replay, struct pending_array *pending,
                         struct column *column, const List *constraints)
{
    struct arena *scratch = &replay->schema->scratch;
    bool has_named_not_null = replay->schema->postgres_version >= 18;
    bool is_not_null = column->is_serial;
    const ListCell *cell;

    foreach (cell, constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));
        enum constraint_step step = node ? step_of(node) : STEP_COUNT;

        if (node && (node->contype == CONSTR_PRIMARY ||
                     node->contype == CONSTR_IDENTITY))
            is_not_null = true;
        /* That a column is NOT NULL is known from its attributes; only its
         * name is not. */
        if (step == STEP_COUNT ||
            (step == STEP_NOT_NULL && !has_named_not_null))
            continue;
        *array_push(scratch, pending) =
            (struct pending){column, node, constraints, step};
    }
    if (has_named_not_null && is_not_null)
        *array_push(scratch, pending) =
            (struct pending){column, NULL, NIL, STEP_NOT_NULL};
}

bool replay_add_queued(struct replay *replay, struct table *table,
                       const struct pending_array *pending,
                       enum constraint_step step, bool is_new_table)
{
    for (size_t i = 0; i < pending->count; i++) {
        if (pending->items[i].step == step &&
            !add_constraint(replay, table, &pending->items[i], is_new_table))
            return false;
    }
    return true;
}
