/*
 * INSERT, UPDATE, DELETE and MERGE: their targets, what is assigned to them,
 * and what RETURNING gives. (analyze.c, parse_merge.c, checkInsertTargets()
 * and transformAssignedExpr() of parse_target.c)
 */
#include "query/analysis.h"

#include <string.h>

/* The table that is written to; its columns are named one by one. */
static struct range *target_range(struct scope *scope, const RangeVar *relation,
                                  enum query_use use)
{
    struct range *range;

    /* A WITH query of that name does not hide the table. */
    range = range_of_relation(scope, relation, use);
    range->is_target = true;
    range->item = (const Node *)relation;
    range_apply_alias(scope, range, relation->alias, "table");
    binding_note_from_item(scope, relation, range);
    scope->target = range;
    return range;
}

/* The slot of a column that is assigned to; null if there is none. */
static struct slot *target_slot(struct scope *scope, const char *name,
                                ParseLoc location)
{
    const struct range *range = scope->target;

    for (size_t i = 0; i < range->row.count; i++) {
        struct slot *slot = &range->row.items[i];

        /* By the table's own name for it: aliases do not count here. */
        if (slot->value.column && !slot->value.column->object.is_dropped &&
            strcmp(slot->value.column->name, name) == 0)
            return slot;
    }
    if (range->row.is_complete && range->table)
        analysis_fail(scope->analysis, location, "42703",
                      "column \"%s\" of relation \"%s\" does not exist", name,
                      range->relation_name);
    else
        analysis_unknown(scope->analysis);
    return NULL;
}

/* A value for a column, or for a part of it: c[1], c.field. */
static void assign(struct scope *scope, const ResTarget *target,
                   const struct slot *slot, struct value *value,
                   const Node *node)
{
    if (!slot)
        return;
    if (target && target->indirection) {
        subscript_expressions(scope, target->indirection);
        return;
    }
    value_assign(scope->analysis, value, slot->value.type,
                 slot->value.column ? slot->value.column->name : slot->name,
                 node);
}

struct slot_array ARRAY(struct slot *);

/* The columns of INSERT: those listed, or all. (checkInsertTargets) */
static void insert_columns(struct scope *scope, const List *targets,
                           struct slot_array *slots)
{
    struct analysis *analysis = scope->analysis;
    const struct range *range = scope->target;
    const ListCell *cell;

    for (size_t i = 0; !targets && i < range->row.count; i++) {
        if (range->row.items[i].name)
            *array_push(analysis->arena, slots) = &range->row.items[i];
    }
    foreach (cell, targets) {
        const ResTarget *target = lfirst(cell);
        struct slot *slot = target_slot(scope, target->name, target->location);

        for (size_t i = 0; slot && !target->indirection && i < slots->count;
             i++) {
            if (slots->items[i] == slot)
                analysis_fail(analysis, target->location, "42701",
                              "column \"%s\" specified more than once",
                              target->name);
        }
        if (slot) {
            analysis_need(analysis, &slot->value.column->object);
            binding_note_target(scope, target->location, slot->value.column);
        }
        *array_push(analysis->arena, slots) = slot;
    }
}

static const ResTarget *nth_target(const List *targets, size_t i)
{
    return i < (size_t)list_length(targets) ? list_nth(targets, (int)i) : NULL;
}

/* More or fewer values than columns. (transformInsertRow) */
static bool check_count(struct scope *scope, const List *targets,
                        const struct slot_array *slots, size_t value_count)
{
    if (!targets && !scope->target->row.is_complete)
        return true;
    if (value_count > slots->count) {
        analysis_fail(scope->analysis, -1, "42601",
                      "INSERT has more expressions than target columns");
        return false;
    }
    if (targets && value_count < slots->count) {
        analysis_fail(scope->analysis, -1, "42601",
                      "INSERT has more target columns than expressions");
        return false;
    }
    return true;
}

static bool is_default(const Node *node)
{
    return nodeTag(node) == T_SetToDefault;
}

/* A value of VALUES with its node; null: one column of a `*`. */
struct given {
    struct value value;
    const Node *node;
};

struct given_array ARRAY(struct given);

/* False if it is not known how many there are. */
static bool read_given(struct scope *scope, const List *values,
                       struct given_array *found)
{
    struct arena *arena = scope->analysis->arena;
    const ListCell *cell;

    foreach (cell, values) {
        const Node *node = lfirst(cell);
        struct row row = {.is_complete = true};
        struct given given = {.value = {.type = {NULL, -1}}, .node = node};

        if (!is_default(node) && target_add_star(scope, node, &row)) {
            if (!row.is_complete)
                return false;
            for (size_t i = 0; i < row.count; i++)
                *array_push(arena, found) =
                    (struct given){row.items[i].value, NULL};
            continue;
        }
        if (!is_default(node))
            given.value = expression_in_part(scope, node, PART_VALUES);
        *array_push(arena, found) = given;
    }
    return true;
}

/* One row of VALUES; the array is that of the row before. width: how many values
 * those before have, SIZE_MAX for the first. */
static void insert_row(struct scope *scope, const List *targets,
                       const struct slot_array *slots, const List *values,
                       struct given_array *found, size_t *width)
{
    struct analysis *analysis = scope->analysis;

    found->count = 0;
    if (!analysis_step(analysis, (size_t)list_length(values)) ||
        !read_given(scope, values, found))
        return;
    if (*width != SIZE_MAX && found->count != *width) {
        analysis_fail(analysis, -1, "42601",
                      "VALUES lists must all be the same length");
        return;
    }
    *width = found->count;
    if (!check_count(scope, targets, slots, found->count))
        return;
    for (size_t i = 0; i < found->count && i < slots->count; i++) {
        struct given *given = &found->items[i];

        if (!given->node || !is_default(given->node))
            assign(scope, nth_target(targets, i), slots->items[i],
                   &given->value, given->node);
    }
}

static void insert_rows(struct scope *scope, const List *targets,
                        const struct slot_array *slots, const List *rows)
{
    struct given_array found = {0};
    size_t width = SIZE_MAX;
    const ListCell *cell;

    scope->has_rows = list_length(rows) > 1;
    foreach (cell, rows)
        insert_row(scope, targets, slots, lfirst(cell), &found, &width);
}

/* INSERT ... SELECT. */
static void insert_query(struct scope *scope, const List *targets,
                         const struct slot_array *slots,
                         const SelectStmt *select)
{
    struct row row = {0};

    query_of_node(scope, (const Node *)select, true, &row);
    if (!row.is_complete || !check_count(scope, targets, slots, row.count))
        return;
    for (size_t i = 0; i < row.count && i < slots->count; i++)
        assign(scope, nth_target(targets, i), slots->items[i],
               &row.items[i].value, NULL);
}

static bool is_plain_values(const SelectStmt *select)
{
    return select->valuesLists && !select->sortClause && !select->limitOffset &&
           !select->limitCount && !select->lockingClause && !select->withClause;
}

/* SET a = 1, (b, c) = (SELECT ...). */
static void update_targets(struct scope *scope, const List *targets)
{
    struct analysis *analysis = scope->analysis;
    struct row source = {0};
    struct slot_array seen = {0};
    const ListCell *cell;

    foreach (cell, targets) {
        const ResTarget *target = lfirst(cell);
        const MultiAssignRef *multiple = node_as(MultiAssignRef, target->val);
        struct value value = {.type = {NULL, -1}};
        const Node *node = target->val;
        struct slot *slot;

        if (multiple && multiple->colno == 1)
            multiple_assignment(scope, multiple, &source);
        if (multiple) {
            if ((size_t)multiple->colno <= source.count)
                value = source.items[multiple->colno - 1].value;
            node = NULL;
        } else if (!is_default(node)) {
            value = expression_in_part(scope, node, PART_UPDATE);
        }
        slot = target_slot(scope, target->name, target->location);
        if (!slot)
            continue;
        analysis_need(analysis, &slot->value.column->object);
        binding_note_target(scope, target->location, slot->value.column);
        for (size_t i = 0; i < seen.count && !target->indirection; i++) {
            if (seen.items[i] == slot)
                analysis_fail(analysis, -1, "42601",
                              "multiple assignments to same column \"%s\"",
                              target->name);
        }
        *array_push(analysis->arena, &seen) = slot;
        if (multiple ? value.type.type != NULL : !is_default(node))
            assign(scope, target, slot, &value, node);
    }
}

static void returning(struct scope *scope, const ReturningClause *clause,
                      struct row *row)
{
    const ListCell *cell;
    const char *old_name = "old", *new_name = "new";

    if (!clause)
        return;
    foreach (cell, clause->options) {
        const ReturningOption *option = lfirst(cell);

        if (option->option == RETURNING_OPTION_OLD)
            old_name = option->value;
        else
            new_name = option->value;
    }
    /* Names of the row's states, from 18 on, unless something else has them. */
    if (scope->analysis->schema->postgres_version >= 18 && scope->target) {
        const char *const names[] = {old_name, new_name};

        for (size_t i = 0; i < 2; i++) {
            struct range *state;
            struct visible visible;
            size_t levels_up;

            if (column_find_range(scope, NULL, names[i], -1, &levels_up) &&
                levels_up == 0)
                continue;
            state = arena_alloc(scope->analysis->arena, sizeof *state);
            *state = *scope->target;
            state->name = names[i];
            state->is_aliased = true;
            visible = range_visible(state);
            visible.are_columns_visible = false;
            *array_push(scope->analysis->arena, &scope->ranges) = visible;
        }
    }
    target_list(scope, clause->exprs, PART_RETURNING, row);
    resolve_unknown(scope->analysis, row);
}

/* ON CONFLICT (column). */
static void target_inference(struct scope *scope, const IndexElem *element)
{
    struct slot *slot = NULL;

    for (size_t i = 0; i < scope->target->row.count; i++) {
        struct slot *candidate = &scope->target->row.items[i];

        if (candidate->name && strcmp(candidate->name, element->name) == 0)
            slot = candidate;
    }
    if (slot)
        column_note(scope, scope->target, slot, 0, -1);
    else if (scope->target->row.is_complete)
        analysis_fail(scope->analysis, -1, "42703",
                      "column \"%s\" does not exist", element->name);
    else
        analysis_unknown(scope->analysis);
}

/* ON CONFLICT ON CONSTRAINT name. */
static void target_constraint(struct scope *scope, const InferClause *infer)
{
    struct table *table = scope->target->table;
    struct constraint *constraint;

    if (!infer->conname || !table)
        return;
    constraint =
        model_find_constraint(scope->analysis->schema, table, infer->conname);
    if (constraint)
        analysis_need(scope->analysis, &constraint->object);
    else if (table->is_complete)
        analysis_fail(scope->analysis, -1, "42704",
                      "constraint \"%s\" for table \"%s\" does not exist",
                      infer->conname, table->relation.name);
}

/* ON CONFLICT: names the table's columns, and EXCLUDED's in DO UPDATE. */
static void on_conflict(struct scope *scope, const OnConflictClause *clause)
{
    struct analysis *analysis = scope->analysis;
    const InferClause *infer = clause->infer;
    struct visible visible = range_visible(scope->target);
    struct range *excluded;
    const ListCell *cell;

    visible.is_name_visible = true;
    *array_push(analysis->arena, &scope->ranges) = visible;
    if (infer) {
        foreach (cell, infer->indexElems) {
            const IndexElem *element = lfirst(cell);

            if (element->name)
                target_inference(scope, element);
            else
                expression_in_part(scope, element->expr, PART_NONE);
        }
        condition(scope, infer->whereClause, PART_WHERE, "WHERE");
        target_constraint(scope, infer);
    }
    if (clause->action == ONCONFLICT_UPDATE) {
        excluded = arena_alloc(analysis->arena, sizeof *excluded);
        *excluded = *scope->target;
        excluded->name = "excluded";
        excluded->is_aliased = true;
        visible = range_visible(excluded);
        visible.are_columns_visible = false;
        *array_push(analysis->arena, &scope->ranges) = visible;
        update_targets(scope, clause->targetList);
        condition(scope, clause->whereClause, PART_WHERE, "WHERE");
    }
    scope->ranges.count = 0;
}

void query_of_insert(struct scope *scope, const InsertStmt *insert,
                     struct row *row)
{
    const SelectStmt *select = node_as(SelectStmt, insert->selectStmt);
    struct slot_array slots = {0};
    struct range *range;

    with_clause(scope, insert->withClause);
    range = target_range(scope, insert->relation, USE_INSERT);
    insert_columns(scope, insert->cols, &slots);
    if (select && is_plain_values(select)) {
        insert_rows(scope, insert->cols, &slots, select->valuesLists);
    } else if (select) {
        insert_query(scope, insert->cols, &slots, select);
    }
    if (insert->onConflictClause) {
        if (insert->onConflictClause->action == ONCONFLICT_UPDATE &&
            range->table)
            range_note_use(scope, range->table, USE_UPDATE, false);
        on_conflict(scope, insert->onConflictClause);
    }
    *array_push(scope->analysis->arena, &scope->ranges) = range_visible(range);
    returning(scope, insert->returningClause, row);
}

void query_of_update(struct scope *scope, const UpdateStmt *update,
                     struct row *row)
{
    struct range *range;

    with_clause(scope, update->withClause);
    range = target_range(scope, update->relation, USE_UPDATE);
    *array_push(scope->analysis->arena, &scope->ranges) = range_visible(range);
    from_clause(scope, update->fromClause);
    condition(scope, update->whereClause, PART_WHERE, "WHERE");
    if (scope->analysis->schema->postgres_version < 18) {
        returning(scope, update->returningClause, row);
        update_targets(scope, update->targetList);
    } else {
        update_targets(scope, update->targetList);
        returning(scope, update->returningClause, row);
    }
}

void query_of_delete(struct scope *scope, const DeleteStmt *statement,
                     struct row *row)
{
    struct range *range;

    with_clause(scope, statement->withClause);
    range = target_range(scope, statement->relation, USE_DELETE);
    *array_push(scope->analysis->arena, &scope->ranges) = range_visible(range);
    from_clause(scope, statement->usingClause);
    condition(scope, statement->whereClause, PART_WHERE, "WHERE");
    returning(scope, statement->returningClause, row);
}

/* Which side of the join a WHEN clause sees. */
static void merge_namespace(struct scope *scope, MergeMatchKind kind,
                            size_t source_from)
{
    for (size_t i = 0; i < scope->ranges.count; i++) {
        struct visible *visible = &scope->ranges.items[i];
        bool is_target = i < source_from;
        bool is_seen = kind == MERGE_WHEN_MATCHED ||
                       is_target == (kind == MERGE_WHEN_NOT_MATCHED_BY_SOURCE);

        visible->is_name_visible = is_seen && visible->range->name;
        visible->are_columns_visible = is_seen && !visible->are_columns_hidden;
    }
}

static enum query_use merge_use(CmdType command)
{
    if (command == CMD_INSERT)
        return USE_INSERT;
    return command == CMD_DELETE ? USE_DELETE : USE_UPDATE;
}

static void merge_action(struct scope *scope, const MergeWhenClause *clause)
{
    if (clause->commandType == CMD_INSERT) {
        struct slot_array slots = {0};
        struct given_array found = {0};
        size_t width = SIZE_MAX;

        insert_columns(scope, clause->targetList, &slots);
        if (clause->values)
            insert_row(scope, clause->targetList, &slots, clause->values,
                       &found, &width);
    } else if (clause->commandType == CMD_UPDATE) {
        update_targets(scope, clause->targetList);
    }
}

void query_of_merge(struct scope *scope, const MergeStmt *merge,
                    struct row *row)
{
    struct analysis *analysis = scope->analysis;
    struct range *range;
    const ListCell *cell;
    size_t first = analysis->out->relations.count;
    bool is_first = true;

    with_clause(scope, merge->withClause);
    range = target_range(scope, merge->relation, USE_READ);
    *array_push(analysis->arena, &scope->ranges) = range_visible(range);
    from_add_item(scope, merge->sourceRelation);
    from_set_lateral(&scope->ranges, false, true);
    for (size_t i = 0; i < scope->ranges.count; i++)
        scope->ranges.items[i].are_columns_hidden =
            !scope->ranges.items[i].are_columns_visible;
    condition(scope, merge->joinCondition, PART_JOIN_ON, "JOIN/ON");
    foreach (cell, merge->mergeWhenClauses) {
        const MergeWhenClause *clause = lfirst(cell);

        if (range->table && clause->commandType != CMD_NOTHING) {
            if (is_first)
                analysis->out->relations.items[first].use =
                    merge_use(clause->commandType);
            else
                range_note_use(scope, range->table,
                               merge_use(clause->commandType), false);
            is_first = false;
        }
        merge_namespace(scope, clause->matchKind, 1);
        condition(scope, clause->condition, PART_MERGE_WHEN, "WHEN");
        merge_action(scope, clause);
    }
    merge_namespace(scope, MERGE_WHEN_MATCHED, 1);
    returning(scope, merge->returningClause, row);
}
