/*
 * Constraints, one at a time and step by step: the server adds checks first,
 * then indexes, then foreign keys, and generated names depend on it. Here are
 * the queue of what a definition still has to add, the attributes that
 * constraints share, and CHECK; keys and foreign keys have files of their own.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformConstraintAttrs),
 * src/backend/catalog/heap.c (AddRelationNewConstraints,
 * MergeWithExistingConstraint), src/backend/commands/tablecmds.c
 * (ATAddCheckNNConstraint).
 */
#include "replay/bind.h"

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

/* What was said about the constraint that the attributes follow. */
struct attribute_state {
    const Constraint *constraint; /* null: none yet */
    bool has_deferrability;
    bool is_not_deferrable;
    bool has_initially;
    bool is_initially_deferred;
    bool has_enforceability;
};

static bool may_be_deferred(const Constraint *node)
{
    return node &&
           (node->contype == CONSTR_PRIMARY || node->contype == CONSTR_UNIQUE ||
            node->contype == CONSTR_EXCLUSION ||
            node->contype == CONSTR_FOREIGN);
}

static bool may_be_unenforced(const Constraint *node)
{
    return node &&
           (node->contype == CONSTR_CHECK || node->contype == CONSTR_FOREIGN);
}

static bool note_deferrability(struct replay *replay,
                               struct attribute_state *state,
                               bool is_not_deferrable)
{
    if (!may_be_deferred(state->constraint))
        return replay_fail(replay, "42601", "misplaced %sDEFERRABLE clause",
                           is_not_deferrable ? "NOT " : "");
    if (state->has_deferrability)
        return replay_fail(
            replay, "42601",
            "multiple DEFERRABLE/NOT DEFERRABLE clauses not allowed");
    state->has_deferrability = true;
    state->is_not_deferrable = is_not_deferrable;
    return true;
}

static bool note_initially(struct replay *replay, struct attribute_state *state,
                           bool is_deferred)
{
    if (!may_be_deferred(state->constraint))
        return replay_fail(replay, "42601", "misplaced INITIALLY %s clause",
                           is_deferred ? "DEFERRED" : "IMMEDIATE");
    if (state->has_initially)
        return replay_fail(
            replay, "42601",
            "multiple INITIALLY IMMEDIATE/DEFERRED clauses not allowed");
    state->has_initially = true;
    state->is_initially_deferred = is_deferred;
    return true;
}

static bool note_enforceability(struct replay *replay,
                                struct attribute_state *state,
                                bool is_not_enforced)
{
    if (!may_be_unenforced(state->constraint))
        return replay_fail(replay, "42601", "misplaced %sENFORCED clause",
                           is_not_enforced ? "NOT " : "");
    if (state->has_enforceability)
        return replay_fail(
            replay, "42601",
            "multiple ENFORCED/NOT ENFORCED clauses not allowed");
    state->has_enforceability = true;
    return true;
}

/* transformConstraintAttrs(). */
bool replay_check_attributes(struct replay *replay, const List *constraints)
{
    struct attribute_state state = {0};
    const ListCell *cell;

    foreach (cell, constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));
        bool is_done = true;

        if (!node)
            continue;
        switch (node->contype) {
        case CONSTR_ATTR_DEFERRABLE:
            is_done = note_deferrability(replay, &state, false);
            break;
        case CONSTR_ATTR_NOT_DEFERRABLE:
            is_done = note_deferrability(replay, &state, true);
            break;
        case CONSTR_ATTR_DEFERRED:
            is_done = note_initially(replay, &state, true);
            break;
        case CONSTR_ATTR_IMMEDIATE:
            is_done = note_initially(replay, &state, false);
            break;
        case CONSTR_ATTR_ENFORCED:
            is_done = note_enforceability(replay, &state, false);
            break;
        case CONSTR_ATTR_NOT_ENFORCED:
            is_done = note_enforceability(replay, &state, true);
            break;
        default: state = (struct attribute_state){.constraint = node}; break;
        }
        if (!is_done)
            return false;
        if (state.is_not_deferrable && state.is_initially_deferred)
            return replay_fail(
                replay, "42601",
                "constraint declared INITIALLY DEFERRED must be DEFERRABLE");
    }
    return true;
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
const char *replay_join_names(struct replay *replay,
                              const struct column_array *columns)
{
    const char **names =
        arena_alloc(&replay->schema->scratch, columns->count * sizeof *names);

    for (size_t i = 0; i < columns->count; i++)
        names[i] = columns->items[i]->name;
    return generated_name_join(replay->schema, names, columns->count);
}

const char *replay_choose_name(struct replay *replay, struct table *table,
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
    if (replay_refuse(replay)) {
        replay_fail(replay, "42710",
                    "constraint \"%s\" for relation \"%s\" already exists",
                    given, table->relation.name);
        return NULL;
    }
    return replay_drop_constraint(replay, existing, true) ? given : NULL;
}

void replay_set_attributes(struct constraint *constraint,
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

/* Which of the columns that it reads the check proves not null, or fixes. */
static void note_proofs(struct replay *replay, struct constraint *check,
                        const Node *expression)
{
    /* A node is made of a byte at least, and mostly of several. */
    size_t node_count =
        check->expression ? strlen(check->expression) / 4 + 1 : 1;

    if (!model_spend(replay->schema, node_count * check->columns.count))
        return;
    for (size_t i = 0; i < check->columns.count; i++) {
        struct column *column = check->columns.items[i];

        if (implication_proves_not_null(expression, column->name))
            *array_push(&replay->schema->arena, &check->proves_not_null) =
                column;
        if (implication_fixes(expression, column->name))
            *array_push(&replay->schema->arena, &check->fixes) = column;
    }
}

/* The copy's columns have the names of the original's. */
static bool map_columns(struct replay *replay, struct table *table,
                        const struct column_array *from,
                        struct column_array *to)
{
    *to = (struct column_array){0};
    for (size_t i = 0; i < from->count; i++) {
        if (!replay_push_column(replay, table, from->items[i]->name, to))
            return false;
    }
    return true;
}

struct constraint *replay_copy_constraint(struct replay *replay,
                                          struct table *table,
                                          const struct constraint *original,
                                          const char *name)
{
    struct schema *schema = replay->schema;
    struct constraint *copy =
        model_new_object(schema, CLASS_CONSTRAINT, sizeof *copy);

    *copy = *original;
    copy->object = (struct object){.class = CLASS_CONSTRAINT};
    if (!map_columns(replay, table, &original->columns, &copy->columns) ||
        !map_columns(replay, table, &original->proves_not_null,
                     &copy->proves_not_null) ||
        !map_columns(replay, table, &original->fixes, &copy->fixes))
        return NULL;
    copy->table = table;
    copy->check = bind_move(replay, original->check, original->table, table);
    bind_copy_needs(replay, &copy->object, &original->object, original->table);
    copy->name = model_name(schema, name);
    copy->inherited_from = NULL;
    model_link_constraint(schema, copy);
    return copy;
}

static bool fail_merge(struct replay *replay, const struct constraint *existing,
                       const char *what)
{
    return replay_fail(
        replay, "42P17",
        "constraint \"%s\" conflicts with %s constraint on relation \"%s\"",
        existing->name, what, existing->table->relation.name);
}

/* A check that is to be added where one of that name is already. */
struct merged_check {
    const char *expression;
    bool is_local;
    bool is_allowed; /* CREATE TABLE, or a parent's on its child */
    bool is_no_inherit;
    struct constraint_attributes attributes;
};

/* MergeWithExistingConstraint(). */
static bool merge_check(struct replay *replay, struct constraint *existing,
                        const struct merged_check *check)
{
    struct schema *schema = replay->schema;
    bool is_partition = existing->table->partition_of != NULL;
    bool is_allowed = check->is_allowed ||
                      (check->is_local && !existing->is_local && !is_partition);

    if (existing->type != CONSTRAINT_CHECK || !is_allowed ||
        !expression_same(existing->expression, check->expression))
        return replay_fail(
            replay, "42710",
            "constraint \"%s\" for relation \"%s\" already exists",
            existing->name, existing->table->relation.name);
    if (existing->is_no_inherit)
        return fail_merge(replay, existing, "non-inherited");
    if (existing->inherit_count > 0 && check->is_no_inherit)
        return fail_merge(replay, existing, "inherited");
    if (check->attributes.is_validated && existing->is_enforced &&
        !existing->is_validated)
        return fail_merge(replay, existing, "NOT VALID");
    if (check->attributes.is_enforced && !existing->is_enforced &&
        !check->is_local)
        return fail_merge(replay, existing, "NOT ENFORCED");
    if (is_partition) {
        SET(schema, existing->inherit_count, 1);
        SET(schema, existing->is_local, false);
    } else if (check->is_local) {
        SET(schema, existing->is_local, true);
    } else {
        SET(schema, existing->inherit_count,
            (uint16_t)(existing->inherit_count + 1));
    }
    if (check->is_no_inherit)
        SET(schema, existing->is_no_inherit, true);
    if (check->attributes.is_enforced && !existing->is_enforced) {
        SET(schema, existing->is_enforced, true);
        SET(schema, existing->is_validated, true);
    }
    return true;
}

bool replay_inherit_check(struct replay *replay, struct table *table,
                          const struct constraint *original, bool *is_merged)
{
    struct constraint *existing =
        model_find_constraint(replay->schema, table, original->name);
    struct merged_check merged = {
        .expression = original->expression,
        .is_allowed = true,
        .is_no_inherit = original->is_no_inherit,
        .attributes = {.is_enforced = original->is_enforced,
                       .is_validated = original->is_validated},
    };
    struct constraint *copy;

    *is_merged = existing != NULL;
    if (existing)
        return merge_check(replay, existing, &merged);
    copy = replay_copy_constraint(replay, table, original, original->name);
    if (!copy)
        return false;
    copy->is_local = false;
    copy->inherit_count = 1;
    return true;
}

bool replay_like_check(struct replay *replay, struct table *table,
                       const struct constraint *original)
{
    struct constraint *existing =
        model_find_constraint(replay->schema, table, original->name);
    struct constraint *copy;

    if (existing)
        return merge_check(
            replay, existing,
            &(struct merged_check){
                .expression = original->expression,
                .is_local = true,
                .is_no_inherit = original->is_no_inherit,
                .attributes = {.is_enforced = original->is_enforced,
                               .is_validated = original->is_enforced},
            });
    copy = replay_copy_constraint(replay, table, original, original->name);
    if (!copy)
        return false;
    copy->is_local = true;
    copy->inherit_count = 0;
    copy->is_validated = copy->is_enforced;
    return true;
}

/* Down to the children that do not have it, level by level. */
static bool spread_check(struct replay *replay, struct constraint *check,
                         bool is_recursive)
{
    struct schema *schema = replay->schema;
    struct table_array queue = {0};
    bool is_merged;

    if (!is_recursive && model_has_children(check->table))
        return replay_fail(replay, "42P16",
                           "constraint must be added to child tables too");
    *array_push(&schema->scratch, &queue) = check->table;
    for (size_t i = 0; i < queue.count; i++) {
        const struct table_array *children = &queue.items[i]->children;

        if (!model_spend(schema, children->count))
            return true;
        for (size_t j = 0; j < children->count; j++) {
            struct table *child = children->items[j];

            if (child->relation.object.is_dropped)
                continue;
            if (!replay_inherit_check(replay, child, check, &is_merged))
                return false;
            if (!is_merged)
                *array_push(&schema->scratch, &queue) = child;
        }
    }
    return true;
}

/* The check with what it reads and needs; null if it cannot be named. */
static struct constraint *make_check(struct replay *replay, struct table *table,
                                     const struct pending *pending,
                                     const struct bound *bound)
{
    const Constraint *node = pending->node;
    size_t offset = replay_offset(replay, node->location);
    const struct column_array *reads = &bound->description.reads;
    const char *name = replay_choose_name(
        replay, table, node->conname,
        reads->count == 1 ? reads->items[0]->name : NULL, "check");
    struct constraint *check;
    struct span words = {0};

    if (!name)
        return NULL;
    check = model_add_constraint(replay->schema, table, CONSTRAINT_CHECK, name,
                                 replay_place_at(replay, node->location));
    for (size_t i = 0; i < reads->count; i++)
        *array_push(&replay->schema->arena, &check->columns) = reads->items[i];
    check->expression = expression_in_parentheses(replay, offset, &words);
    check->check = bind_finish(replay, bound, words);
    check->is_no_inherit = node->is_no_inherit;
    bind_needs(replay, &check->object, bound, table);
    return check;
}

static bool is_partitioned(const struct table *table)
{
    return table->relation.kind == RELATION_PARTITIONED_TABLE;
}

static bool add_check(struct replay *replay, struct table *table,
                      const struct pending *pending, bool is_new_table)
{
    const Constraint *node = pending->node;
    struct constraint_attributes attributes =
        replay_attributes(pending->siblings, node);
    struct constraint *check =
        node->conname
            ? model_find_constraint(replay->schema, table, node->conname)
            : NULL;
    struct bound bound;

    if (!table->is_complete)
        expression_columns(replay, table, node->raw_expr);
    if (!bind_expression(
            replay, &bound, node->raw_expr,
            (struct query_place){.clause = CLAUSE_CHECK, .table = table}))
        return false;
    if (is_partitioned(table) && node->is_no_inherit && !check)
        return replay_fail(
            replay, "42P16",
            "cannot add NO INHERIT constraint to partitioned table \"%s\"",
            table->relation.name);
    if (check && check->is_local && is_new_table)
        return replay_fail(replay, "42710",
                           "check constraint \"%s\" already exists",
                           node->conname);
    if (check && replay_refuse(replay))
        return merge_check(
            replay, check,
            &(struct merged_check){
                .expression = expression_in_parentheses(
                    replay, replay_offset(replay, node->location), NULL),
                .is_local = true,
                .is_allowed = is_new_table,
                .is_no_inherit = node->is_no_inherit,
                .attributes = attributes,
            });
    check = make_check(replay, table, pending, &bound);
    if (!check)
        return false;
    replay_set_attributes(check, attributes, is_new_table);
    note_proofs(replay, check, node->raw_expr);
    return node->is_no_inherit || is_new_table ||
           spread_check(replay, check, !pending->is_only);
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

bool replay_add_pending(struct replay *replay, struct table *table,
                        const struct pending *pending, bool is_new_table)
{
    switch (pending->step) {
    case STEP_CHECK: return add_check(replay, table, pending, is_new_table);
    case STEP_PRIMARY_KEY:
    case STEP_INDEX:
        if (pending->node->indexname)
            return replay_use_index(replay, table, pending->node);
        return replay_add_key(replay, table, pending, is_new_table);
    case STEP_FOREIGN_KEY:
        return replay_add_foreign_key(replay, table, pending, is_new_table);
    case STEP_NOT_NULL:
    case STEP_COUNT: break;
    }
    return true;
}

struct pending replay_pending(struct column *column, const Constraint *node,
                              const List *siblings)
{
    return (struct pending){
        .column = column,
        .node = node,
        .siblings = siblings,
        .step = step_of(node),
    };
}

static bool is_queued(enum constraint_step step)
{
    return step != STEP_COUNT && step != STEP_NOT_NULL;
}

void replay_queue_column(struct replay *replay, struct pending_array *pending,
                         struct column *column, const List *constraints)
{
    const ListCell *cell;

    foreach (cell, constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node && is_queued(step_of(node)))
            *array_push(&replay->schema->scratch, pending) =
                replay_pending(column, node, constraints);
    }
}

bool replay_add_queued(struct replay *replay, struct table *table,
                       const struct pending_array *pending,
                       enum constraint_step step, bool is_new_table)
{
    for (size_t i = 0; i < pending->count; i++) {
        if (pending->items[i].step == step &&
            !replay_add_pending(replay, table, &pending->items[i],
                                is_new_table))
            return false;
    }
    return true;
}
