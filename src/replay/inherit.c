/*
 * Inheritance: what a new table takes over from its parents, and what a table
 * must have to become somebody's child. Partitions are children, too:
 * partition.c.
 *
 * Facts: src/backend/commands/tablecmds.c (MergeAttributes, ATExecAddInherit,
 * MergeAttributesIntoExisting, MergeConstraintsIntoExisting,
 * RemoveInheritance).
 */
#include "replay/bind.h"

#include <string.h>

static bool types_differ(const struct column *a, const struct column *b)
{
    const struct data_type *one = &a->data_type, *other = &b->data_type;

    return one->type && other->type &&
           (one->type != other->type || one->modifier != other->modifier);
}

/* Two parents have it: what they say must agree. */
static bool merge_parents(struct replay *replay, struct column *column,
                          const struct column *original)
{
    struct schema *schema = replay->schema;

    if (types_differ(column, original))
        return replay_fail(replay, "42804",
                           "inherited column \"%s\" has a type conflict",
                           column->name);
    if (column->generated != original->generated)
        return replay_fail(replay, "42804",
                           "inherited column \"%s\" has a generation conflict",
                           column->name);
    SET(schema, column->inherit_count, (uint16_t)(column->inherit_count + 1));
    if (!original->has_default && !original->generated)
        return true;
    /* Whether they differ matters only if the table has none of its own. */
    if (column->has_default &&
        !expression_same(column->default_text, original->default_text))
        SET(schema, column->has_conflicting_defaults, true);
    SET(schema, column->has_default, original->has_default);
    SET(schema, column->default_text, original->default_text);
    return true;
}

static bool inherit_column(struct replay *replay, struct table *table,
                           const struct column *original)
{
    struct column *column = model_find_column(table, original->name);

    if (column)
        return merge_parents(replay, column, original);
    column = replay_copy_column(replay, table, original);
    if (!column)
        return false;
    column->is_local = false;
    column->inherit_count = 1;
    return true;
}

bool replay_inherit_columns(struct replay *replay, struct table *table,
                            const struct table *parent)
{
    if (!parent->is_complete)
        SET(replay->schema, table->is_complete, false);
    for (size_t i = 0; i < parent->columns.count; i++) {
        const struct column *column = parent->columns.items[i];

        if (!column->object.is_dropped &&
            !inherit_column(replay, table, column))
            return false;
    }
    for (size_t i = 0; i < parent->columns.count; i++) {
        const struct column *original = parent->columns.items[i];

        if (!original->object.is_dropped &&
            (original->default_value || original->is_serial))
            bind_copy_default(replay, model_find_column(table, original->name),
                              original);
    }
    return true;
}

/* Generated columns of a parent are generated in its children, no others. */
static bool check_generation(struct replay *replay, const struct column *column,
                             const struct column_clauses *clauses)
{
    const char *name = column->name;

    if (column->generated != GENERATED_NONE) {
        if (clauses->default_node || clauses->serial)
            return replay_fail(
                replay, "42611",
                "column \"%s\" inherits from generated column but specifies "
                "default",
                name);
        if (clauses->identity)
            return replay_fail(
                replay, "42611",
                "column \"%s\" inherits from generated column but specifies "
                "identity",
                name);
        return true;
    }
    if (clauses->generated)
        return replay_fail(
            replay, "42611",
            "child column \"%s\" specifies generation expression", name);
    return true;
}

bool replay_merge_column(struct replay *replay, struct column *column,
                         struct data_type type,
                         const struct column_clauses *clauses)
{
    struct schema *schema = replay->schema;

    if (types_differ(&(struct column){.data_type = type}, column))
        return replay_fail(replay, "42804", "column \"%s\" has a type conflict",
                           column->name);
    if (!check_generation(replay, column, clauses))
        return false;
    if (column->has_conflicting_defaults &&
        (clauses->default_node || clauses->serial))
        SET(schema, column->has_conflicting_defaults, false);
    return replay_apply_clauses(replay, column, clauses);
}

bool replay_inherit_like(struct replay *replay, struct column *column,
                         const struct column *original)
{
    if (column->is_local)
        return replay_fail(replay, "42701",
                           "column \"%s\" specified more than once",
                           column->name);
    if (types_differ(column, original))
        return replay_fail(replay, "42804", "column \"%s\" has a type conflict",
                           column->name);
    SET(replay->schema, column->is_local, true);
    return true;
}

bool replay_check_defaults(struct replay *replay, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (column->has_conflicting_defaults)
            return replay_fail(
                replay, "42611",
                "column \"%s\" inherits conflicting default values",
                column->name);
    }
    return true;
}

/* Two parents' checks of one name must be one and the same. */
static bool inherit_check(struct replay *replay, struct table *table,
                          const struct constraint *original)
{
    struct schema *schema = replay->schema;
    struct constraint *existing =
        model_find_constraint(schema, table, original->name);
    struct constraint *copy;

    if (existing) {
        if (!expression_same(existing->expression, original->expression))
            return replay_fail(replay, "42710",
                               "check constraint name \"%s\" appears multiple "
                               "times but with different expressions",
                               original->name);
        SET(schema, existing->inherit_count,
            (uint16_t)(existing->inherit_count + 1));
        return true;
    }
    copy = replay_copy_constraint(replay, table, original, original->name);
    if (!copy)
        return false;
    copy->is_local = false;
    copy->inherit_count = 1;
    copy->is_validated = copy->is_enforced; /* the new table is empty */
    return true;
}

bool replay_inherit_constraints(struct replay *replay, struct table *table,
                                const struct table *parent,
                                struct not_null_array *not_null)
{
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const struct constraint *original = parent->constraints.items[i];

        if (original->object.is_dropped || original->is_no_inherit)
            continue;
        if (original->type == CONSTRAINT_CHECK &&
            !inherit_check(replay, table, original))
            return false;
    }
    for (size_t i = 0; i < parent->columns.count; i++) {
        const struct column *original = parent->columns.items[i];
        const struct constraint *constraint = original->not_null;

        if (original->object.is_dropped ||
            (original->is_nullable && !constraint) ||
            (constraint && constraint->is_no_inherit))
            continue;
        replay_want_not_null(
            replay, not_null,
            &(struct wanted_not_null){
                .column = model_find_column(table, original->name),
                .name = replay_not_null_name(original),
                .made_at =
                    constraint ? constraint->made_at : table->relation.made_at,
            });
    }
    return true;
}

static bool has_heirs(struct replay *replay, const struct relation *relation)
{
    return relation->kind == RELATION_TABLE ||
           relation->kind == RELATION_PARTITIONED_TABLE ||
           relation->kind == RELATION_FOREIGN_TABLE ||
           replay_fail(
               replay, "42809",
               "inherited relation \"%s\" is not a table or foreign table",
               relation->name);
}

/* What may be a parent of a table of this persistence. */
static bool check_parent(struct replay *replay, const struct table *table,
                         const struct table *parent)
{
    const struct relation *relation = &parent->relation;

    if (relation->kind == RELATION_PARTITIONED_TABLE)
        return replay_fail(replay, "42809",
                           "cannot inherit from partitioned table \"%s\"",
                           relation->name);
    if (parent->partition_of)
        return replay_fail(replay, "42809",
                           "cannot inherit from partition \"%s\"",
                           relation->name);
    if (relation->is_temporary && !table->relation.is_temporary)
        return replay_fail(replay, "42809",
                           "cannot inherit from temporary relation \"%s\"",
                           relation->name);
    return true;
}

/* A partition lasts as long as its table. */
static bool check_persistence(struct replay *replay, const struct table *table,
                              const struct table *parent)
{
    bool is_temporary = table->relation.is_temporary;

    if (is_temporary == parent->relation.is_temporary)
        return true;
    return replay_fail(replay, "42809",
                       "cannot create a %s relation as partition of %s "
                       "relation \"%s\"",
                       is_temporary ? "temporary" : "permanent",
                       is_temporary ? "permanent" : "temporary",
                       parent->relation.name);
}

struct table *replay_find_parent(struct replay *replay, struct table *table,
                                 const RangeVar *name, bool is_partition)
{
    struct relation *relation =
        model_find_relation(replay->schema, name_from_range_var(name));
    struct table *parent;

    if (relation &&
        (!replay_can_open(replay, relation) || !has_heirs(replay, relation)))
        return NULL;
    parent = replay_mention(replay, name, false);
    if (!parent)
        return NULL;
    if (!replay_refuse_of(replay, &parent->relation))
        return parent;
    if (is_partition ? !check_persistence(replay, table, parent)
                     : !check_parent(replay, table, parent))
        return NULL;
    return parent;
}

/* One column of the parent, which the child must have. */
static bool attach_column(struct replay *replay, struct table *child,
                          const struct table *parent,
                          const struct column *original)
{
    struct schema *schema = replay->schema;
    struct column *column = model_mention_column(schema, child, original->name);
    const char *child_name = child->relation.name;
    const char *name = original->name;
    bool is_new = schema->postgres_version >= 18;

    if (!column)
        return replay_fail(replay, "42804",
                           "child table is missing column \"%s\"", name);
    if (types_differ(column, original))
        return replay_fail(
            replay, "42804",
            "child table \"%s\" has different type for column \"%s\"",
            child_name, name);
    if (original->not_null ? !original->not_null->is_no_inherit &&
                                 !column->not_null && column->is_nullable
                           : !original->is_nullable && column->is_nullable)
        return is_new ? replay_fail(replay, "42804",
                                    "column \"%s\" in child table \"%s\" must "
                                    "be marked NOT NULL",
                                    name, child_name)
                      : replay_fail(replay, "42804",
                                    "column \"%s\" in child table must be "
                                    "marked NOT NULL",
                                    name);
    if (original->generated != GENERATED_NONE &&
        column->generated == GENERATED_NONE)
        return replay_fail(
            replay, "42804",
            "column \"%s\" in child table must be a generated column", name);
    if (original->generated == GENERATED_NONE &&
        column->generated != GENERATED_NONE && schema->postgres_version >= 16)
        return replay_fail(
            replay, "42804",
            "column \"%s\" in child table must not be a generated column",
            name);
    SET(schema, column->inherit_count, (uint16_t)(column->inherit_count + 1));
    /* A partition's are never its own. */
    if (parent->relation.kind == RELATION_PARTITIONED_TABLE)
        SET(schema, column->is_local, false);
    return true;
}

static struct constraint *find_in_child(const struct schema *schema,
                                        const struct table *child,
                                        const struct constraint *original)
{
    const struct column *column;

    if (original->type == CONSTRAINT_CHECK)
        return model_find_constraint(schema, child, original->name);
    column = model_find_column(child, original->columns.items[0]->name);
    return column ? column->not_null : NULL;
}

static bool fail_attach(struct replay *replay, const struct constraint *own,
                        const char *what)
{
    return replay_fail(replay, "42P17",
                       "constraint \"%s\" conflicts with %s constraint on "
                       "child table \"%s\"",
                       own->name, what, own->table->relation.name);
}

/* One of the parent's checks or NOT NULLs, which the child must have. */
static bool attach_constraint(struct replay *replay, struct table *child,
                              const struct table *parent,
                              const struct constraint *original)
{
    struct schema *schema = replay->schema;
    struct constraint *own = find_in_child(schema, child, original);

    if (!own || own->type != original->type)
        return !child->is_complete ||
               replay_fail(replay, "42804",
                           "child table is missing constraint \"%s\"",
                           original->name);
    if (own->type == CONSTRAINT_CHECK &&
        !expression_same(own->expression, original->expression))
        return replay_fail(replay, "42804",
                           "child table \"%s\" has different definition for "
                           "check constraint \"%s\"",
                           child->relation.name, own->name);
    if (own->is_no_inherit)
        return fail_attach(replay, own, "non-inherited");
    if (original->is_validated && own->is_enforced && !own->is_validated)
        return fail_attach(replay, own, "NOT VALID");
    if (original->is_enforced && !own->is_enforced)
        return fail_attach(replay, own, "NOT ENFORCED");
    SET(schema, own->inherit_count, (uint16_t)(own->inherit_count + 1));
    if (parent->relation.kind == RELATION_PARTITIONED_TABLE)
        SET(schema, own->is_local, false);
    return true;
}

bool replay_attach_parent(struct replay *replay, struct table *child,
                          struct table *parent)
{
    if (!parent->is_complete)
        SET(replay->schema, child->is_complete, false);
    for (size_t i = 0; i < parent->columns.count; i++) {
        const struct column *original = parent->columns.items[i];

        if (!original->object.is_dropped &&
            !attach_column(replay, child, parent, original))
            return false;
    }
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const struct constraint *original = parent->constraints.items[i];

        if (!original->object.is_dropped && !original->is_no_inherit &&
            (original->type == CONSTRAINT_CHECK ||
             original->type == CONSTRAINT_NOT_NULL) &&
            !attach_constraint(replay, child, parent, original))
            return false;
    }
    *PUSH(replay->schema, &child->parents) = parent;
    *PUSH(replay->schema, &parent->children) = child;
    return true;
}

/* The table is among those that inherit from the other. */
static bool inherits_from(struct replay *replay, struct table *table,
                          struct table *other)
{
    struct table_array heirs = model_inheritors(replay->schema, other, true);

    for (size_t i = 0; i < heirs.count; i++) {
        if (heirs.items[i] == table)
            return true;
    }
    return false;
}

bool replay_check_circle(struct replay *replay, struct table *child,
                         struct table *parent)
{
    return !inherits_from(replay, parent, child) ||
           replay_fail(replay, "42P07", "circular inheritance not allowed");
}

bool replay_check_heir(struct replay *replay, const struct table *child)
{
    if (child->of_type)
        return replay_fail(replay, "42809",
                           "cannot change inheritance of typed table");
    if (child->partition_of)
        return replay_fail(replay, "42809",
                           "cannot change inheritance of a partition");
    if (child->relation.kind == RELATION_PARTITIONED_TABLE)
        return replay_fail(replay, "42809",
                           "cannot change inheritance of partitioned table");
    return true;
}

/* ALTER TABLE ... INHERIT. */
bool replay_add_inherit(struct replay *replay, struct table *child,
                        struct table *parent)
{
    if (parent->relation.is_temporary && !child->relation.is_temporary)
        return replay_fail(replay, "42809",
                           "cannot inherit from temporary relation \"%s\"",
                           parent->relation.name);
    if (parent->relation.kind == RELATION_PARTITIONED_TABLE &&
        replay_refuse(replay))
        return replay_fail(replay, "42809",
                           "cannot inherit from partitioned table \"%s\"",
                           parent->relation.name);
    if (parent->partition_of)
        return replay_fail(replay, "42809", "cannot inherit from a partition");
    for (size_t i = 0; i < child->parents.count; i++) {
        if (child->parents.items[i] == parent)
            return replay_fail(
                replay, "42P07",
                "relation \"%s\" would be inherited from more than once",
                parent->relation.name);
    }
    return replay_check_circle(replay, child, parent) &&
           replay_attach_parent(replay, child, parent);
}

/* The later ones move up. Every change is one pointer, to be undone. */
static void remove_table(struct schema *schema, struct table_array *tables,
                         const struct table *table)
{
    size_t at = 0;

    while (at < tables->count && tables->items[at] != table)
        at++;
    if (at == tables->count || !model_spend(schema, tables->count - at))
        return;
    for (; at + 1 < tables->count; at++)
        SET(schema, tables->items[at], tables->items[at + 1]);
    SET(schema, tables->items[at], NULL);
    SET(schema, tables->count, at);
}

/* One parent less; its own when that was the last. */
static void count_down(struct schema *schema, uint16_t *count, bool *is_local)
{
    if (*count == 0)
        return;
    SET(schema, *count, (uint16_t)(*count - 1));
    if (*count == 0)
        SET(schema, *is_local, true);
}

void replay_remove_parent(struct replay *replay, struct table *child,
                          struct table *parent)
{
    struct schema *schema = replay->schema;

    remove_table(schema, &child->parents, parent);
    remove_table(schema, &parent->children, child);
    for (size_t i = 0; i < child->columns.count; i++) {
        struct column *column = child->columns.items[i];

        if (!column->object.is_dropped &&
            model_find_column(parent, column->name))
            count_down(schema, &column->inherit_count, &column->is_local);
    }
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const struct constraint *original = parent->constraints.items[i];
        struct constraint *own;

        if (original->object.is_dropped || original->is_no_inherit ||
            (original->type != CONSTRAINT_CHECK &&
             original->type != CONSTRAINT_NOT_NULL))
            continue;
        own = find_in_child(schema, child, original);
        if (own && own->type == original->type)
            count_down(schema, &own->inherit_count, &own->is_local);
    }
}

/* ALTER TABLE ... NO INHERIT. */
bool replay_drop_inherit(struct replay *replay, struct table *child,
                         struct table *parent)
{
    if (child->partition_of)
        return replay_fail(replay, "42809",
                           "cannot change inheritance of a partition");
    for (size_t i = 0; i < child->parents.count; i++) {
        if (child->parents.items[i] != parent)
            continue;
        replay_remove_parent(replay, child, parent);
        return true;
    }
    return !child->is_complete ||
           replay_fail(replay, "42P01",
                       "relation \"%s\" is not a parent of relation \"%s\"",
                       parent->relation.name, child->relation.name);
}
