/*
 * Triggers. A row trigger of a partitioned table has a part in every partition,
 * also in those that come later.
 *
 * Facts: src/backend/commands/trigger.c (CreateTriggerFiringOn),
 * src/backend/commands/tablecmds.c (CloneRowTriggersToPartition).
 */
#include "replay/objects.h"
#include "replay/system_catalog.h"

#include "replay/definition.h"
#include "replay/deletion.h"
#include "replay/dependency.h"
#include "replay/function.h"
#include "replay/lookup.h"
#include "schema/type.h"

#include <string.h>

/* pg_trigger.h */
enum trigger_event {
    EVENT_ROW = 1 << 0,
    EVENT_BEFORE = 1 << 1,
    EVENT_INSERT = 1 << 2,
    EVENT_DELETE = 1 << 3,
    EVENT_UPDATE = 1 << 4,
    EVENT_TRUNCATE = 1 << 5,
    EVENT_INSTEAD = 1 << 6,
};

bool objects_refuse_kind(struct replay *replay, const char *relation,
                         const char *parts)
{
    if (!parts)
        return replay_fail(replay, "42809", "\"%s\" is not a table", relation);
    if (strcmp(parts, "statistics") == 0) {
        if (replay->schema->postgres_version >= 15)
            return replay_fail(replay, "42809",
                               "cannot define statistics for relation \"%s\"",
                               relation);
        return replay_fail(
            replay, "42809",
            "relation \"%s\" is not a table, foreign table, or materialized "
            "view",
            relation);
    }
    if (replay->schema->postgres_version < 15)
        return replay_fail(replay, "42809", "\"%s\" is not a table or view",
                           relation);
    return replay_fail(replay, "42809", "relation \"%s\" cannot have %s",
                       relation, parts);
}

bool objects_find_table(struct replay *replay, const RangeVar *name,
                        const char *parts, struct table **table)
{
    struct qualified_name full = name_from_range_var(name);

    const struct relation *relation = model_find_relation(replay->schema, full);

    *table = model_find_table(replay->schema, full);
    if (!relation && system_has_relation(replay, full))
        return system_allows(replay, full);
    if (relation && parts && strcmp(parts, "statistics") != 0 &&
        !lookup_check_open(replay, relation))
        return false;
    if (*table || !replay_knows_all(replay))
        return true;
    if (relation)
        return objects_refuse_kind(replay, full.name, parts);
    if (full.schema && !model_find_namespace(replay->schema, full.schema))
        return replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                           full.schema);
    return replay_fail(replay, "42P01", "relation \"%s\" does not exist",
                       lookup_plain_name(replay, full));
}

static bool is_partitioned(const struct table *table)
{
    return table->relation.kind == RELATION_PARTITIONED_TABLE;
}

/* Whether that kind of relation can have that kind of trigger. */
static bool check_relation(struct replay *replay, const CreateTrigStmt *create,
                           const struct table *table)
{
    const char *name = table->relation.name;
    bool is_instead = create->timing == EVENT_INSTEAD;
    bool is_old = replay->schema->postgres_version < 16;

    switch (table->relation.kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
        if (is_instead)
            return replay_fail(replay, "42809", "\"%s\" is a table", name);
        if (is_partitioned(table) && create->row && create->transitionRels)
            return replay_fail(replay, "0A000", "\"%s\" is a partitioned table",
                               name);
        return true;
    case RELATION_VIEW:
        if ((!is_instead && create->row) || (create->events & EVENT_TRUNCATE))
            return replay_fail(replay, "42809", "\"%s\" is a view", name);
        return true;
    case RELATION_FOREIGN_TABLE:
        if (is_instead || (is_old && (create->events & EVENT_TRUNCATE)) ||
            create->isconstraint)
            return replay_fail(replay, "42809", "\"%s\" is a foreign table",
                               name);
        return true;
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_SEQUENCE:
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE: break;
    }
    return objects_refuse_kind(replay, name, "triggers");
}

static bool check_form(struct replay *replay, const CreateTrigStmt *create)
{
    if ((create->events & EVENT_TRUNCATE) && create->row)
        return replay_fail(replay, "0A000",
                           "TRUNCATE FOR EACH ROW triggers are not supported");
    if (create->timing != EVENT_INSTEAD)
        return true;
    if (!create->row)
        return replay_fail(replay, "0A000",
                           "INSTEAD OF triggers must be FOR EACH ROW");
    if (create->whenClause)
        return replay_fail(replay, "0A000",
                           "INSTEAD OF triggers cannot have WHEN conditions");
    if (create->columns)
        return replay_fail(replay, "0A000",
                           "INSTEAD OF triggers cannot have column lists");
    return true;
}

/* How many of INSERT, UPDATE and DELETE fire the trigger. */
static int count_events(const CreateTrigStmt *create)
{
    return !!(create->events & EVENT_INSERT) +
           !!(create->events & EVENT_DELETE) +
           !!(create->events & EVENT_UPDATE);
}

/* OLD TABLE or NEW TABLE AS name. */
static bool check_transition(struct replay *replay,
                             const CreateTrigStmt *create,
                             const struct table *table,
                             const TriggerTransition *transition)
{
    int16_t wanted = EVENT_UPDATE;

    if (!transition->isTable)
        return replay_fail(replay, "0A000",
                           "ROW variable naming in the REFERENCING clause is "
                           "not supported");
    if (table->relation.kind == RELATION_VIEW)
        return replay_fail(replay, "42809", "\"%s\" is a view",
                           table->relation.name);
    if (table->relation.kind == RELATION_FOREIGN_TABLE)
        return replay_fail(replay, "42809", "\"%s\" is a foreign table",
                           table->relation.name);
    if (create->row && table->partition_of)
        return replay_fail(replay, "0A000",
                           "ROW triggers with transition tables are not "
                           "supported on partitions");
    if (create->row && table->parents.count > 0)
        return replay_fail(replay, "0A000",
                           "ROW triggers with transition tables are not "
                           "supported on inheritance children");
    if (create->timing != 0)
        return replay_fail(replay, "42P17",
                           "transition table name can only be specified for "
                           "an AFTER trigger");
    if (create->events & EVENT_TRUNCATE)
        return replay_fail(replay, "0A000",
                           "TRUNCATE triggers with transition tables are not "
                           "supported");
    if (count_events(create) != 1)
        return replay_fail(replay, "0A000",
                           "transition tables cannot be specified for "
                           "triggers with more than one event");
    if (create->columns)
        return replay_fail(replay, "0A000",
                           "transition tables cannot be specified for "
                           "triggers with column lists");
    wanted |= transition->isNew ? EVENT_INSERT : EVENT_DELETE;
    return (create->events & wanted) ||
           replay_fail(replay, "42P17",
                       transition->isNew
                           ? "NEW TABLE can only be specified for an INSERT or "
                             "UPDATE trigger"
                           : "OLD TABLE can only be specified for a DELETE or "
                             "UPDATE trigger");
}

static bool check_transitions(struct replay *replay,
                              const CreateTrigStmt *create,
                              const struct table *table)
{
    const TriggerTransition *seen[2] = {NULL, NULL};
    const ListCell *cell;

    foreach (cell, create->transitionRels) {
        const TriggerTransition *transition = lfirst(cell);

        if (!check_transition(replay, create, table, transition))
            return false;
        if (seen[transition->isNew])
            return replay_fail(replay, "42P17",
                               "%s TABLE cannot be specified multiple times",
                               transition->isNew ? "NEW" : "OLD");
        seen[transition->isNew] = transition;
    }
    return !seen[0] || !seen[1] || strcmp(seen[0]->name, seen[1]->name) != 0 ||
           replay_fail(replay, "42P17",
                       "OLD TABLE name and NEW TABLE name cannot be the same");
}

/* Null with true if it is not known, or built in. */
static bool find_function(struct replay *replay, const CreateTrigStmt *create,
                          struct function **function)
{
    struct qualified_name name = name_from_list(create->funcname);
    const char *plain = lookup_plain_name(replay, name);
    bool is_builtin;

    *function = function_without_arguments(replay, name, &is_builtin);
    if (!*function) {
        if (is_builtin || !replay_knows_all(replay))
            return true;
        if (name.schema && !model_find_namespace(replay->schema, name.schema))
            return replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                               name.schema);
        return replay_fail(replay, "42883", "function %s() does not exist",
                           plain);
    }
    if (!(*function)->result.type ||
        type_oid((*function)->result.type) == 2279 /* trigger */)
        return true;
    return replay_fail(replay, "42P17", "function %s must return type %s",
                       plain, "trigger");
}

/* What has the name already: it may be replaced, which existing receives. */
static bool check_name(struct replay *replay, const CreateTrigStmt *create,
                       const struct table *table, struct trigger **existing)
{
    struct trigger *other = lookup_trigger(table, create->trigname);
    const char *state = NULL;

    *existing = other;
    if (!other)
        return true;
    if (!create->replace) {
        if (replay_refuse(replay))
            return replay_fail(
                replay, "42710",
                "trigger \"%s\" for relation \"%s\" already exists",
                create->trigname, table->relation.name);
        return true;
    }
    if (other->inherited_from)
        state = "an internal or a child trigger";
    else if (other->is_constraint)
        state = "a constraint trigger";
    if (state)
        return replay_fail(replay, "42710",
                           "trigger \"%s\" for relation \"%s\" is %s",
                           create->trigname, table->relation.name, state);
    return true;
}

static bool find_columns(struct replay *replay, const CreateTrigStmt *create,
                         struct table *table, struct column_array **columns)
{
    struct schema *schema = replay->schema;
    const ListCell *cell;

    *columns = NULL;
    if (!create->columns)
        return true;
    *columns = arena_alloc(&schema->arena, sizeof **columns);
    foreach (cell, create->columns) {
        const char *name = name_from_string(lfirst(cell));
        struct column *column = model_mention_column(schema, table, name);

        if (!column)
            return replay_fail(
                replay, "42703",
                "column \"%s\" of relation \"%s\" does not exist", name,
                table->relation.name);
        if (columns_have(*columns, column))
            return replay_fail(replay, "42701",
                               "column \"%s\" specified more than once", name);
        *array_push(&schema->arena, *columns) = column;
    }
    return true;
}

static void note_needs(struct replay *replay, struct trigger *trigger)
{
    struct schema *schema = replay->schema;
    struct object *object = &trigger->object;

    if (trigger->function)
        model_depend(schema, object, &trigger->function->object,
                     DEPENDENCY_NORMAL);
    if (trigger->referenced)
        model_depend(schema, object, &trigger->referenced->relation.object,
                     DEPENDENCY_AUTO);
    for (size_t i = 0; trigger->columns && i < trigger->columns->count; i++)
        model_depend(schema, object, &trigger->columns->items[i]->object,
                     DEPENDENCY_NORMAL);
}

/* The part of a partitioned table's trigger that this partition gets. */
static bool clone(struct replay *replay, struct trigger *original,
                  struct table *table)
{
    struct schema *schema = replay->schema;
    struct trigger *copy;

    if (lookup_trigger(table, original->name))
        return !replay_refuse(replay) ||
               replay_fail(replay, "42710",
                           "trigger \"%s\" for relation \"%s\" already exists",
                           original->name, table->relation.name);
    copy = model_new_object(schema, CLASS_TRIGGER, sizeof *copy);
    *copy = *original;
    copy->object = (struct object){.class = CLASS_TRIGGER};
    copy->table = table;
    copy->inherited_from = original;
    copy->columns = NULL;
    if (original->columns)
        copy->columns = arena_alloc(&schema->arena, sizeof *copy->columns);
    for (size_t i = 0; original->columns && i < original->columns->count; i++) {
        struct column *column =
            model_find_column(table, original->columns->items[i]->name);

        if (column)
            *array_push(&schema->arena, copy->columns) = column;
    }
    *PUSH(schema, &table->triggers) = copy;
    note_needs(replay, copy);
    return true;
}

/* Parts of parts have the part above them as theirs. */
static bool clone_to_all(struct replay *replay, struct trigger *trigger)
{
    struct table_array targets =
        model_inheritors(replay->schema, trigger->table, true);

    for (size_t i = 1; i < targets.count; i++) {
        struct table *table = targets.items[i];
        struct trigger *above =
            table->partition_of
                ? lookup_trigger(table->partition_of, trigger->name)
                : NULL;

        if (above && !clone(replay, above, table))
            return false;
    }
    return true;
}

bool trigger_clone_to_partition(struct replay *replay,
                                const struct table *parent,
                                struct table *partition)
{
    for (size_t i = 0; i < parent->triggers.count; i++) {
        struct trigger *trigger = parent->triggers.items[i];

        if (trigger->object.is_dropped || !trigger->is_row)
            continue;
        if (!clone(replay, trigger, partition) ||
            !clone_to_all(replay, lookup_trigger(partition, trigger->name)))
            return false;
    }
    return true;
}

void trigger_drop_clones(struct replay *replay, const struct table *parent,
                         const struct table *partition)
{
    for (size_t i = 0; i < partition->triggers.count; i++) {
        struct trigger *trigger = partition->triggers.items[i];

        if (!trigger->object.is_dropped && trigger->inherited_from &&
            trigger->inherited_from->table == parent)
            deletion_perform_internal(replay, &trigger->object);
    }
}

/* What is only for writing it again. */
static void read_rest(struct replay *replay, const CreateTrigStmt *create,
                      struct trigger *trigger)
{
    struct schema *schema = replay->schema;
    const ListCell *cell;

    trigger->is_deferrable = create->deferrable;
    trigger->is_initially_deferred = create->initdeferred;
    if (!trigger->function)
        trigger->function_name =
            name_to_sql(&schema->arena, name_from_list(create->funcname));
    foreach (cell, create->args)
        *array_push(&schema->arena, &trigger->arguments) =
            model_name(schema, name_from_string(lfirst(cell)));
    foreach (cell, create->transitionRels) {
        const TriggerTransition *transition = lfirst(cell);
        const char *name = model_name(schema, transition->name);

        if (transition->isNew)
            trigger->new_table = name;
        else
            trigger->old_table = name;
    }
}

static bool bind_when(struct replay *replay, const CreateTrigStmt *create,
                      struct trigger *trigger)
{
    size_t offset = replay_offset(replay, create->relation->location);
    struct query_place place = {
        .clause = CLAUSE_TRIGGER_WHEN,
        .table = trigger->table,
        .has_new = true,
        .has_old = true,
        .forbids_parameters = true,
    };

    return definition_of_clause(replay, &trigger->object, create->whenClause,
                                place, "WHEN", &offset, &trigger->when);
}

/* The trigger without what is looked for after its WHEN. */
static struct trigger *make_trigger(struct replay *replay,
                                    const CreateTrigStmt *create,
                                    struct table *table)
{
    struct schema *schema = replay->schema;
    struct trigger *trigger =
        model_new_object(schema, CLASS_TRIGGER, sizeof *trigger);

    *trigger = (struct trigger){
        .object = {.class = CLASS_TRIGGER},
        .name = model_name(schema, create->trigname),
        .table = table,
        .enabled = 'O',
        .is_row = create->row,
        .is_constraint = create->isconstraint,
        .events = (int16_t)(create->events | create->timing |
                            (create->row ? EVENT_ROW : 0)),
        .made_at = replay_place_at(replay, -1),
    };
    if (create->constrrel)
        trigger->referenced =
            model_find_table(schema, name_from_range_var(create->constrrel));
    return trigger;
}

bool trigger_create(struct replay *replay, const CreateTrigStmt *create)
{
    struct table *table, *referenced;
    struct trigger *existing, *trigger;

    if (!objects_find_table(replay, create->relation, "triggers", &table))
        return false;
    if (!table)
        return true;
    if (!check_relation(replay, create, table) ||
        (create->constrrel &&
         !objects_find_table(replay, create->constrrel, NULL, &referenced)) ||
        !check_form(replay, create) ||
        !check_transitions(replay, create, table))
        return false;
    trigger = make_trigger(replay, create, table);
    if (!bind_when(replay, create, trigger) ||
        !find_function(replay, create, &trigger->function) ||
        !check_name(replay, create, table, &existing) ||
        !find_columns(replay, create, table, &trigger->columns))
        return false;
    if (existing)
        deletion_perform_internal(replay, &existing->object);
    read_rest(replay, create, trigger);
    note_needs(replay, trigger);
    *PUSH(replay->schema, &table->triggers) = trigger;
    return !create->row || !is_partitioned(table) ||
           clone_to_all(replay, trigger);
}
