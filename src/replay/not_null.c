/*
 * NOT NULL. Before PostgreSQL 18 it is an attribute of the column; from 18 on
 * a constraint with a name that children inherit by column, and the attribute
 * follows it.
 *
 * Facts: src/backend/catalog/heap.c (AddRelationNotNullConstraints),
 * src/backend/catalog/pg_constraint.c (AdjustNotNullInheritance),
 * src/backend/commands/tablecmds.c (ATExecSetNotNull).
 */
#include "replay/context.h"

#include <string.h>

bool replay_has_named_not_null(const struct replay *replay)
{
    return replay->schema->postgres_version >= 18;
}

const char *replay_not_null_name(const struct column *column)
{
    const struct constraint *constraint = column->not_null;

    return constraint ? constraint->name : NULL;
}

struct constraint *replay_store_not_null(struct replay *replay,
                                         struct column *column,
                                         const char *name, struct place made_at)
{
    struct schema *schema = replay->schema;
    struct table *table = column->table;
    struct constraint *constraint;

    if (!name)
        name = generated_name_constraint(schema, table->relation.namespace,
                                         table->relation.name, column->name,
                                         "not_null");
    if (!name)
        return NULL;
    if (model_find_constraint(schema, table, name)) {
        replay_fail(replay, "42710",
                    "constraint \"%s\" for relation \"%s\" already exists",
                    name, table->relation.name);
        return NULL;
    }
    constraint =
        model_add_constraint(schema, table, CONSTRAINT_NOT_NULL, name, made_at);
    *array_push(&schema->arena, &constraint->columns) = column;
    SET(schema, column->not_null, constraint);
    return constraint;
}

bool replay_set_not_null(struct replay *replay, struct column *column,
                         const char *name, struct place made_at)
{
    struct schema *schema = replay->schema;
    struct constraint *constraint = column->not_null;

    SET(schema, column->is_nullable, false);
    if (constraint) {
        SET(schema, constraint->is_validated, true);
        return true;
    }
    if (!replay_has_named_not_null(replay))
        return true;
    return replay_store_not_null(replay, column, name, made_at) != NULL;
}

void replay_drop_not_null(struct replay *replay, struct column *column)
{
    struct constraint *constraint = column->not_null;

    SET(replay->schema, column->is_nullable, true);
    if (constraint)
        model_remove_constraint(replay->schema, constraint);
}

void replay_want_not_null(struct replay *replay, struct not_null_array *wanted,
                          const struct wanted_not_null *one)
{
    *array_push(&replay->schema->scratch, wanted) = *one;
}

/* Clauses of one column, of which the server speaks as of an error of its
 * own. */
static bool is_of_one_clause(const struct wanted_not_null *first,
                             const struct wanted_not_null *other)
{
    return first->made_at.span.offset == other->made_at.span.offset;
}

/* Later ones on the same column say the same: they may add a name. */
static bool merge_wanted(struct replay *replay, struct not_null_array *wanted,
                         size_t at)
{
    struct wanted_not_null *first = &wanted->items[at];

    for (size_t i = at + 1; i < wanted->count; i++) {
        struct wanted_not_null *other = &wanted->items[i];

        if (!other->column || other->column != first->column)
            continue;
        if (other->is_no_inherit != first->is_no_inherit)
            return replay_fail(replay, "42601",
                               "conflicting NO INHERIT declaration for "
                               "not-null constraint on column \"%s\"",
                               first->column->name);
        if (other->name && first->name && strcmp(other->name, first->name) != 0)
            return replay_fail(
                replay, is_of_one_clause(first, other) ? "XX000" : "42601",
                "conflicting not-null constraint names \"%s\" and \"%s\"",
                first->name, other->name);
        if (!first->name)
            first->name = other->name;
        other->column = NULL;
    }
    return true;
}

/* How many of the parents' are on this column; they are taken. */
static uint16_t take_inherited(struct not_null_array *inherited, size_t from,
                               const struct column *column, const char **name)
{
    uint16_t count = 0;

    for (size_t i = from; i < inherited->count; i++) {
        struct wanted_not_null *old = &inherited->items[i];

        if (old->column != column)
            continue;
        if (name && !*name)
            *name = old->name;
        old->column = NULL;
        count++;
    }
    return count;
}

static bool add_own(struct replay *replay, struct not_null_array *wanted,
                    struct not_null_array *inherited, size_t at)
{
    struct wanted_not_null *one = &wanted->items[at];
    struct constraint *constraint;
    struct column *column = one->column;
    uint16_t count;

    if (!merge_wanted(replay, wanted, at))
        return false;
    count = take_inherited(inherited, 0, column, NULL);
    if (count > 0 && one->is_no_inherit)
        return replay_fail(replay, "42804",
                           "cannot define not-null constraint with NO INHERIT "
                           "on column \"%s\"",
                           column->name);
    constraint = one->name ? model_find_constraint(replay->schema,
                                                   column->table, one->name)
                           : NULL;
    /* The server looks among the other names of NOT NULL alone. */
    if (constraint && constraint->type != CONSTRAINT_NOT_NULL)
        return replay_fail(replay, "23505",
                           "duplicate key value violates unique constraint "
                           "\"pg_constraint_conrelid_contypid_conname_index\"");
    constraint = replay_store_not_null(replay, column, one->name, one->made_at);
    if (!constraint)
        return false;
    constraint->inherit_count = count;
    constraint->is_no_inherit = one->is_no_inherit;
    return true;
}

/* The first parent's name, unless this table has it already. */
static bool add_inherited(struct replay *replay,
                          struct not_null_array *inherited, size_t at)
{
    struct column *column = inherited->items[at].column;
    struct place made_at = inherited->items[at].made_at;
    const char *name = NULL;
    uint16_t count = take_inherited(inherited, at, column, &name);
    struct constraint *constraint;

    if (name && model_find_constraint(replay->schema, column->table, name))
        name = NULL;
    constraint = replay_store_not_null(replay, column, name, made_at);
    if (!constraint)
        return false;
    constraint->is_local = false;
    constraint->inherit_count = count;
    return true;
}

bool replay_add_wanted_not_null(struct replay *replay,
                                struct not_null_array *wanted,
                                struct not_null_array *inherited)
{
    for (size_t i = 0; i < wanted->count; i++) {
        if (wanted->items[i].column)
            SET(replay->schema, wanted->items[i].column->is_nullable, false);
    }
    for (size_t i = 0; i < inherited->count; i++)
        SET(replay->schema, inherited->items[i].column->is_nullable, false);
    if (!replay_has_named_not_null(replay))
        return true;
    for (size_t i = 0; i < wanted->count; i++) {
        if (wanted->items[i].column && !add_own(replay, wanted, inherited, i))
            return false;
    }
    for (size_t i = 0; i < inherited->count; i++) {
        if (inherited->items[i].column && !add_inherited(replay, inherited, i))
            return false;
    }
    return true;
}

bool replay_fail_no_inherit(struct replay *replay,
                            const struct constraint *existing,
                            bool is_attribute)
{
    return replay_fail(replay, is_attribute ? "0A000" : "55000",
                       "cannot change NO INHERIT status of NOT NULL constraint "
                       "\"%s\" on relation \"%s\"",
                       existing->name, existing->table->relation.name);
}

/*
 * There is one already: the new definition must fit, and counts as one more
 * parent's or as the table's own.
 */
static bool adjust(struct replay *replay, struct constraint *existing,
                   const struct wanted_not_null *one)
{
    struct schema *schema = replay->schema;
    const struct table *table = existing->table;

    if (one->is_no_inherit != existing->is_no_inherit)
        return replay_fail_no_inherit(replay, existing, one->is_attribute);
    if (!one->is_not_valid && !existing->is_validated)
        return replay_fail(
            replay, "55000",
            "incompatible NOT VALID constraint \"%s\" on relation \"%s\"",
            existing->name, table->relation.name);
    if (!one->is_inherited && one->name &&
        strcmp(one->name, existing->name) != 0)
        return replay_fail(replay, "55000",
                           "cannot create not-null constraint \"%s\" on "
                           "column \"%s\" of table \"%s\"",
                           one->name, one->column->name, table->relation.name);
    if (one->is_inherited)
        SET(schema, existing->inherit_count,
            (uint16_t)(existing->inherit_count + 1));
    else
        SET(schema, existing->is_local, true);
    return true;
}

/* On one table; name receives what its children's are called. */
static bool add_to_table(struct replay *replay, struct wanted_not_null *one,
                         bool *is_merged)
{
    struct constraint *constraint = one->column->not_null;

    *is_merged = constraint != NULL;
    if (constraint)
        return adjust(replay, constraint, one);
    constraint =
        replay_store_not_null(replay, one->column, one->name, one->made_at);
    if (!constraint)
        return false;
    constraint->is_validated = !one->is_not_valid;
    constraint->is_no_inherit = one->is_no_inherit;
    constraint->is_local = !one->is_inherited;
    constraint->inherit_count = one->is_inherited;
    if (!one->is_not_valid)
        SET(replay->schema, one->column->is_nullable, false);
    one->name = constraint->name;
    return true;
}

bool replay_check_only_not_null(struct replay *replay,
                                const struct column *column)
{
    struct table_array heirs =
        model_inheritors(replay->schema, column->table, true);

    for (size_t i = 0; i < heirs.count; i++) {
        const struct table *heir = heirs.items[i];
        const struct column *own = model_find_column(heir, column->name);

        if (heir != column->table && heir->is_complete && own &&
            own->is_nullable)
            return replay_fail(replay, "42P16",
                               "constraint must be added to child tables too");
    }
    return true;
}

bool replay_add_not_null(struct replay *replay, struct wanted_not_null one,
                         bool is_recursive)
{
    struct schema *schema = replay->schema;
    struct table *table = one.column->table;
    const char *column_name = one.column->name;
    struct table_array queue = {0};
    bool is_merged;

    if (!add_to_table(replay, &one, &is_merged))
        return false;
    if (is_merged || one.is_no_inherit)
        return true;
    one.is_inherited = true;
    if (!is_recursive && model_has_children(table))
        return replay_fail(replay, "42P16",
                           "constraint must be added to child tables too");
    *array_push(&schema->scratch, &queue) = table;
    for (size_t i = 0; i < queue.count; i++) {
        const struct table_array *children = &queue.items[i]->children;

        if (!model_spend(schema, children->count))
            return true;
        for (size_t j = 0; j < children->count; j++) {
            struct table *child = children->items[j];

            one.column = child->relation.object.is_dropped
                             ? NULL
                             : model_find_column(child, column_name);
            if (!one.column)
                continue;
            if (!add_to_table(replay, &one, &is_merged))
                return false;
            if (!is_merged)
                *array_push(&schema->scratch, &queue) = child;
        }
    }
    return true;
}
