/*
 * ALTER TABLE's sub-commands on constraints that are there: DROP, VALIDATE and
 * ALTER CONSTRAINT.
 *
 * Facts: src/backend/commands/tablecmds.c (ATExecDropConstraint,
 * dropconstraint_internal, ATExecValidateConstraint, ATExecAlterConstraint).
 */
#include "replay/deletion.h"

#include <string.h>

static bool fail_missing(const struct alter *alter, const char *name)
{
    return replay_fail(alter->replay, "42704",
                       "constraint \"%s\" of relation \"%s\" does not exist",
                       name, alter->table->relation.name);
}

/* The NOT NULL of a column that must stay so. */
static bool check_not_null(struct replay *replay,
                           const struct constraint *constraint)
{
    const struct column *column = constraint->columns.items[0];
    const struct constraint *primary =
        replay_find_primary_key(constraint->table);

    if (primary && columns_have(&primary->columns, column))
        return replay_fail(replay, "42P16", "column \"%s\" is in a primary key",
                           column->name);
    if (constraint->table->replica_identity &&
        replay_index_has_column(constraint->table->replica_identity, column))
        return replay_fail(replay, "42P16",
                           "column \"%s\" is in index used as replica identity",
                           column->name);
    if (column->identity != IDENTITY_NONE)
        return replay_fail(replay, "55000",
                           "column \"%s\" of relation \"%s\" is an identity "
                           "column",
                           column->name, constraint->table->relation.name);
    return true;
}

/* What the child has of the parent's CHECK or NOT NULL. */
static struct constraint *find_in_child(const struct schema *schema,
                                        const struct table *child,
                                        const struct constraint *constraint,
                                        const char *column_name)
{
    const struct column *column;
    struct constraint *own;

    if (constraint->type == CONSTRAINT_NOT_NULL) {
        column = model_find_column(child, column_name);
        return column ? column->not_null : NULL;
    }
    own = model_find_constraint(schema, child, constraint->name);
    return own && own->type == constraint->type ? own : NULL;
}

/* The children of one table: those that have it from nowhere else lose it. */
static void drop_in_children(struct replay *replay,
                             const struct constraint *constraint,
                             bool is_recursive, struct constraint_array *queue)
{
    struct schema *schema = replay->schema;
    const struct table_array *children = &constraint->table->children;
    const char *column_name = constraint->type == CONSTRAINT_NOT_NULL
                                  ? constraint->columns.items[0]->name
                                  : NULL;

    if (!model_spend(schema, children->count))
        return;
    for (size_t i = 0; i < children->count; i++) {
        struct table *child = children->items[i];
        struct constraint *own =
            child->relation.object.is_dropped
                ? NULL
                : find_in_child(schema, child, constraint, column_name);

        if (!own || own->inherit_count == 0)
            continue;
        if (is_recursive && own->inherit_count == 1 && !own->is_local) {
            *array_push(&schema->scratch, queue) = own;
            continue;
        }
        SET(schema, own->inherit_count, (uint16_t)(own->inherit_count - 1));
        if (!is_recursive && own->inherit_count == 0)
            SET(schema, own->is_local, true);
    }
}

bool replay_drop_inherited(struct replay *replay, struct constraint *constraint,
                           bool is_cascade, bool is_recursive)
{
    struct schema *schema = replay->schema;
    bool is_spread = (constraint->type == CONSTRAINT_CHECK ||
                      constraint->type == CONSTRAINT_NOT_NULL) &&
                     !constraint->is_no_inherit;
    struct constraint_array queue = {0};

    if (constraint->inherit_count > 0)
        return replay_fail(
            replay, "42P16",
            "cannot drop inherited constraint \"%s\" of relation \"%s\"",
            constraint->name, constraint->table->relation.name);
    *array_push(&schema->scratch, &queue) = constraint;
    for (size_t i = 0; i < queue.count; i++) {
        struct constraint *one = queue.items[i];

        if (one->type == CONSTRAINT_NOT_NULL && !check_not_null(replay, one))
            return false;
        if (is_spread)
            drop_in_children(replay, one, is_recursive, &queue);
        if (!deletion_perform_one(replay, &one->object, is_cascade))
            return false;
    }
    return true;
}

/* Made before the history begins; its index has the same name. */
static bool drop_unknown(const struct alter *alter, const char *name)
{
    struct relation *index = model_relation_in(
        alter->replay->schema, alter->table->relation.namespace, name);

    if (relation_as_index(index))
        replay_drop_index(alter->replay, relation_as_index(index));
    return true;
}

static void note_dropped_key(struct replay *replay, struct table *table,
                             const char *name)
{
    const struct statement *statement = replay->statement;
    struct span words =
        words_find_name(replay->text, statement, statement->offset, name);

    SET(replay->schema, table->key_dropped_at,
        replay_place(replay, words.offset, words.offset + words.length));
}

bool alter_drop_constraint(const struct alter *alter,
                           const AlterTableCmd *command)
{
    const struct table *table = alter->table;
    struct constraint *constraint =
        model_find_constraint(alter->replay->schema, table, command->name);

    if (!constraint && !table->is_complete)
        return drop_unknown(alter, command->name);
    if (!constraint)
        return command->missing_ok || fail_missing(alter, command->name);
    /* From 18 on the partitions keep it as their own. */
    if (alter->replay->schema->postgres_version < 18 && !alter->is_recursive &&
        model_has_children(table) &&
        table->relation.kind == RELATION_PARTITIONED_TABLE &&
        (constraint->type == CONSTRAINT_CHECK ||
         constraint->type == CONSTRAINT_NOT_NULL))
        return replay_fail(alter->replay, "42P16",
                           "cannot remove constraint from only the partitioned "
                           "table when partitions exist");
    if (constraint->type == CONSTRAINT_PRIMARY_KEY)
        note_dropped_key(alter->replay, alter->table, command->name);
    return replay_drop_inherited(alter->replay, constraint,
                                 command->behavior == DROP_CASCADE,
                                 alter->is_recursive);
}

static void set_validated(struct schema *schema, struct constraint *constraint)
{
    SET(schema, constraint->is_validated, true);
    if (constraint->type == CONSTRAINT_NOT_NULL)
        SET(schema, constraint->columns.items[0]->is_nullable, false);
}

/* The parts of a foreign key follow it. */
static void validate_parts(struct replay *replay, const struct constraint *key)
{
    struct schema *schema = replay->schema;
    struct table_array tables = model_inheritors(schema, key->table, true);

    for (size_t i = 0; i < tables.count; i++) {
        const struct constraint_array *own = &tables.items[i]->constraints;

        if (!model_spend(schema, own->count))
            return;
        for (size_t j = 0; j < own->count; j++) {
            const struct constraint *whole = own->items[j]->inherited_from;

            while (whole && whole != key)
                whole = whole->inherited_from;
            if (whole && !own->items[j]->object.is_dropped)
                SET(schema, own->items[j]->is_validated, true);
        }
    }
}

bool replay_validate(struct replay *replay, struct constraint *constraint,
                     bool is_recursive)
{
    struct schema *schema = replay->schema;
    struct constraint_array queue = {0};
    struct table *table = constraint->table;
    bool is_not_null = constraint->type == CONSTRAINT_NOT_NULL;

    if (constraint->is_validated)
        return true;
    if (constraint->type == CONSTRAINT_FOREIGN_KEY) {
        SET(schema, constraint->is_validated, true);
        validate_parts(replay, constraint);
        return true;
    }
    if (!is_recursive && model_has_children(table) &&
        !constraint->is_no_inherit)
        return replay_fail(replay, "42P16",
                           "constraint must be validated on child tables too");
    *array_push(&schema->scratch, &queue) = constraint;
    for (size_t i = 0; i < queue.count; i++) {
        struct constraint *one = queue.items[i];
        const char *column_name =
            is_not_null ? one->columns.items[0]->name : NULL;

        set_validated(schema, one);
        for (size_t j = 0;
             !one->is_no_inherit && j < one->table->children.count; j++) {
            struct constraint *own = find_in_child(
                schema, one->table->children.items[j], one, column_name);

            if (own && !own->object.is_dropped && !own->is_validated)
                *array_push(&schema->scratch, &queue) = own;
        }
    }
    return true;
}

bool alter_validate(const struct alter *alter, const AlterTableCmd *command)
{
    struct replay *replay = alter->replay;
    struct constraint *constraint =
        model_find_constraint(replay->schema, alter->table, command->name);
    bool is_new = replay->schema->postgres_version >= 18;

    if (!constraint)
        return !alter->table->is_complete || fail_missing(alter, command->name);
    if (constraint->type == CONSTRAINT_CHECK ||
        constraint->type == CONSTRAINT_FOREIGN_KEY ||
        (is_new && constraint->type == CONSTRAINT_NOT_NULL)) {
        if (!constraint->is_enforced)
            return replay_fail(replay, "55000",
                               "cannot validate NOT ENFORCED constraint");
        return replay_validate(replay, constraint, alter->is_recursive);
    }
    if (is_new)
        return replay_fail(
            replay, "42809",
            "cannot validate constraint \"%s\" of relation \"%s\"",
            constraint->name, alter->table->relation.name);
    return replay_fail(replay, "42809",
                       "constraint \"%s\" of relation \"%s\" is not a foreign "
                       "key or check constraint",
                       constraint->name, alter->table->relation.name);
}

/* The key and its parts, on this table and on partitions. */
static void alter_key(struct replay *replay, struct constraint *key,
                      const ATAlterConstraint *change)
{
    struct schema *schema = replay->schema;
    struct table_array tables = model_inheritors(schema, key->table, true);

    for (size_t i = 0; i < tables.count; i++) {
        const struct constraint_array *own = &tables.items[i]->constraints;

        if (!model_spend(schema, own->count))
            return;
        for (size_t j = 0; j < own->count; j++) {
            struct constraint *one = own->items[j];
            const struct constraint *whole = one;

            while (whole && whole != key)
                whole = whole->inherited_from;
            if (!whole || one->object.is_dropped)
                continue;
            if (change->alterDeferrability) {
                SET(schema, one->is_deferrable, change->deferrable);
                SET(schema, one->is_initially_deferred, change->initdeferred);
            }
            if (change->alterEnforceability) {
                SET(schema, one->is_enforced, change->is_enforced);
                SET(schema, one->is_validated, change->is_enforced);
            }
        }
    }
}

/* ALTER CONSTRAINT ... [NO] INHERIT, of NOT NULL. */
static bool alter_inheritability(const struct alter *alter,
                                 struct constraint *constraint,
                                 bool is_no_inherit)
{
    struct replay *replay = alter->replay;
    struct schema *schema = replay->schema;
    const struct table_array *children = &constraint->table->children;
    const char *column_name;

    if (constraint->type != CONSTRAINT_NOT_NULL)
        return replay_fail(replay, "42809",
                           "constraint \"%s\" of relation \"%s\" is not a "
                           "not-null constraint",
                           constraint->name, alter->table->relation.name);
    if (constraint->inherit_count > 0)
        return replay_fail(
            replay, "42P16",
            "cannot alter inherited constraint \"%s\" on relation \"%s\"",
            constraint->name, alter->table->relation.name);
    if (constraint->is_no_inherit == is_no_inherit)
        return true;
    SET(schema, constraint->is_no_inherit, is_no_inherit);
    column_name = constraint->columns.items[0]->name;
    for (size_t i = 0; i < children->count; i++) {
        struct table *child = children->items[i];
        struct column *own = child->relation.object.is_dropped
                                 ? NULL
                                 : model_find_column(child, column_name);

        if (!own)
            continue;
        if (!is_no_inherit &&
            !replay_add_not_null(
                replay,
                (struct wanted_not_null){.column = own,
                                         .name = constraint->name,
                                         .is_inherited = true,
                                         .made_at = constraint->made_at},
                true))
            return false;
        if (is_no_inherit && own->not_null) {
            SET(schema, own->not_null->inherit_count,
                (uint16_t)(own->not_null->inherit_count - 1));
            if (own->not_null->inherit_count == 0)
                SET(schema, own->not_null->is_local, true);
        }
    }
    return true;
}

bool alter_alter_constraint(const struct alter *alter,
                            const AlterTableCmd *command)
{
    const ATAlterConstraint *change = node_as(ATAlterConstraint, command->def);
    struct replay *replay = alter->replay;
    struct constraint *constraint;

    if (!change)
        return false;
    if (replay->schema->postgres_version >= 18 && !alter->is_recursive &&
        alter->table->relation.kind == RELATION_PARTITIONED_TABLE)
        return replay_fail(replay, "42P16",
                           "constraint must be altered in child tables too");
    constraint =
        model_find_constraint(replay->schema, alter->table, change->conname);
    if (!constraint)
        return !alter->table->is_complete ||
               fail_missing(alter, change->conname);
    if (change->alterInheritability)
        return alter_inheritability(alter, constraint, change->noinherit);
    if (constraint->type != CONSTRAINT_FOREIGN_KEY)
        return replay_fail(
            replay, "42809",
            change->alterDeferrability
                ? "constraint \"%s\" of relation \"%s\" is not a foreign key "
                  "constraint"
                : "cannot alter enforceability of constraint \"%s\" of "
                  "relation \"%s\"",
            constraint->name, alter->table->relation.name);
    if (constraint->inherited_from)
        return replay_fail(replay, "55000",
                           "cannot alter constraint \"%s\" on relation \"%s\"",
                           constraint->name, alter->table->relation.name);
    alter_key(replay, constraint, change);
    return true;
}
