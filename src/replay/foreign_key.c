/*
 * Foreign keys: what they rely on, and their parts. A key of a partitioned
 * table has a copy on each of its partitions; a key that references a
 * partitioned table has, on its own table, one more constraint for each
 * partition of that.
 *
 * Facts: src/backend/commands/tablecmds.c (ATAddForeignKeyConstraint,
 * addFkRecurseReferenced, addFkRecurseReferencing, CloneFkReferenced,
 * CloneFkReferencing, tryAttachPartitionForeignKey, transformFkeyCheckAttrs).
 */
#include "replay/deletion.h"

#include <string.h>

/* The columns that REFERENCES without a list means. */
static bool reference_primary_key(struct replay *replay,
                                  struct constraint *foreign_key)
{
    const struct table *referenced = foreign_key->referenced;
    const struct constraint *primary = replay_find_primary_key(referenced);

    if (!primary) {
        return !referenced->is_complete ||
               replay_fail(
                   replay, "42704",
                   "there is no primary key for referenced table \"%s\"",
                   referenced->relation.name);
    }
    if (primary->is_deferrable && referenced->is_complete)
        return replay_fail(
            replay, "55000",
            "cannot use a deferrable primary key for referenced table \"%s\"",
            referenced->relation.name);
    for (size_t i = 0; i < primary->columns.count; i++)
        *array_push(&replay->schema->arena, &foreign_key->referenced_columns) =
            primary->columns.items[i];
    return true;
}

static bool index_covers(const struct index *index,
                         const struct column_array *columns)
{
    if (index->relation.object.is_dropped || !index->is_unique ||
        index->predicate || !index->is_valid ||
        index->column_count != columns->count)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        if (!index->columns[i].column ||
            !columns_have(columns, index->columns[i].column))
            return false;
    }
    return true;
}

/* A unique index on exactly these columns, in any order: the first one, as
 * transformFkeyCheckAttrs() takes it. */
static struct index *find_referenced_index(const struct constraint *key,
                                           bool *is_deferrable)
{
    const struct index_array *indexes = &key->referenced->indexes;

    *is_deferrable = false;
    for (size_t i = 0; i < indexes->count; i++) {
        struct index *index = indexes->items[i];

        if (!index_covers(index, &key->referenced_columns) &&
            !(key->is_without_overlaps && index->constraint &&
              index->constraint->is_without_overlaps &&
              !index->relation.object.is_dropped))
            continue;
        if (!index->constraint || !index->constraint->is_deferrable)
            return index;
        *is_deferrable = true;
    }
    return NULL;
}

bool replay_complete_reference(struct replay *replay, struct constraint *key)
{
    const struct table *referenced = key->referenced;
    bool is_deferrable;

    if (key->referenced_columns.count == 0 &&
        !reference_primary_key(replay, key))
        return false;
    SET(replay->schema, key->index, find_referenced_index(key, &is_deferrable));
    if (key->index || !referenced->is_complete || !replay_refuse(replay))
        return true;
    if (is_deferrable)
        return replay_fail(replay, "55000",
                           "cannot use a deferrable unique constraint for "
                           "referenced table \"%s\"",
                           referenced->relation.name);
    return replay_fail(replay, "42830",
                       "there is no unique constraint matching given keys for "
                       "referenced table \"%s\"",
                       referenced->relation.name);
}

/* The words of the constraint up to the referenced table's name. */
static struct place place_of_key(const struct replay *replay,
                                 const Constraint *node)
{
    struct place name_end =
        replay_place_of_name(replay, node->pktable->location);

    return replay_place(replay, replay_offset(replay, node->location),
                        name_end.span.offset + name_end.span.length);
}

/* A name for the part, unless the whole's own is free on that table. */
static const char *part_name(struct replay *replay, struct table *table,
                             const struct constraint *original,
                             const struct column_array *columns)
{
    struct schema *schema = replay->schema;

    if (!model_find_constraint(schema, table, original->name))
        return original->name;
    if (schema->postgres_version >= 18)
        return generated_name_constraint(schema, table->relation.namespace,
                                         original->name, NULL, "");
    return generated_name_constraint(
        schema, table->relation.namespace, table->relation.name,
        replay_join_names(replay, columns), "fkey");
}

static struct index *index_of_partition(const struct index *index,
                                        const struct table *partition)
{
    for (size_t i = 0; index && i < index->partitions.count; i++) {
        struct index *part = index->partitions.items[i];

        if (!part->relation.object.is_dropped && part->partition_of == index &&
            part->table == partition)
            return part;
    }
    return NULL;
}

/* The part of the key for one partition of the referenced table. */
static struct constraint *add_part(struct replay *replay,
                                   struct constraint *key,
                                   struct table *partition)
{
    struct schema *schema = replay->schema;
    const char *name = part_name(replay, key->table, key, &key->columns);
    struct constraint *part;

    part = name ? replay_copy_constraint(replay, key->table, key, name) : NULL;
    if (!part)
        return NULL;
    part->inherited_from = key;
    part->is_local = false;
    part->inherit_count = 1;
    part->referenced = partition;
    part->referenced_columns = (struct column_array){0};
    for (size_t i = 0; i < key->referenced_columns.count; i++) {
        if (!replay_push_column(replay, partition,
                                key->referenced_columns.items[i]->name,
                                &part->referenced_columns))
            return NULL;
    }
    part->index = index_of_partition(key->index, partition);
    *PUSH(schema, &partition->referenced_by) = part;
    return part;
}

struct part_work {
    struct constraint *key;
    struct table *partition;
};

struct part_work_array ARRAY(struct part_work);

/* Partitions of partitions come right after the one they are in. */
static bool add_parts(struct replay *replay, struct constraint *key,
                      struct table *only)
{
    struct arena *scratch = &replay->schema->scratch;
    struct part_work_array stack = {0};

    if (only)
        *array_push(scratch, &stack) = (struct part_work){key, only};
    for (size_t i = key->referenced->children.count; !only && i > 0; i--)
        *array_push(scratch, &stack) =
            (struct part_work){key, key->referenced->children.items[i - 1]};
    while (stack.count > 0) {
        struct part_work work = stack.items[--stack.count];
        struct constraint *part;

        if (work.partition->relation.object.is_dropped)
            continue;
        if (!model_spend(replay->schema, 1))
            return true;
        part = add_part(replay, work.key, work.partition);
        if (!part)
            return false;
        for (size_t i = work.partition->children.count; i > 0; i--)
            *array_push(scratch, &stack) =
                (struct part_work){part, work.partition->children.items[i - 1]};
    }
    return true;
}

static bool is_partitioned(const struct table *table)
{
    return table->relation.kind == RELATION_PARTITIONED_TABLE;
}

/* From columns of the same names to the same columns. Of a referenced table
 * that is not known there are none. */
static bool has_equal_columns(const struct constraint *own,
                              const struct constraint *original)
{
    if (own->columns.count != original->columns.count ||
        own->referenced_columns.count != original->referenced_columns.count)
        return false;
    for (size_t i = 0; i < own->columns.count; i++) {
        if (strcmp(own->columns.items[i]->name,
                   original->columns.items[i]->name) != 0)
            return false;
    }
    for (size_t i = 0; i < own->referenced_columns.count; i++) {
        if (own->referenced_columns.items[i] !=
            original->referenced_columns.items[i])
            return false;
    }
    return true;
}

/* An equal foreign key of the partition serves as the parent's. */
static struct constraint *find_equal_key(const struct table *table,
                                         const struct constraint *original)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *own = table->constraints.items[i];

        if (own->object.is_dropped || own->inherited_from ||
            own->type != CONSTRAINT_FOREIGN_KEY ||
            own->referenced != original->referenced ||
            own->on_delete != original->on_delete ||
            own->on_update != original->on_update ||
            own->match != original->match ||
            own->is_deferrable != original->is_deferrable ||
            own->is_initially_deferred != original->is_initially_deferred ||
            own->is_enforced != original->is_enforced)
            continue;
        if (has_equal_columns(own, original))
            return own;
    }
    return NULL;
}

/* The partition's own key becomes the parent's part, and has none itself. */
static void adopt(struct replay *replay, struct constraint *own,
                  struct constraint *key)
{
    struct schema *schema = replay->schema;
    const struct constraint_array *constraints = &own->table->constraints;

    SET(schema, own->inherited_from, key);
    SET(schema, own->is_local, false);
    SET(schema, own->inherit_count, 1);
    for (size_t i = 0; i < constraints->count; i++) {
        struct constraint *part = constraints->items[i];
        const struct constraint *whole = part;

        while (whole && whole != own)
            whole = constraint_is_reference_part(whole) ? whole->inherited_from
                                                        : NULL;
        if (!part->object.is_dropped && part != own && whole == own)
            deletion_forget(replay, &part->object);
    }
}

static struct constraint *clone_one(struct replay *replay,
                                    struct table *partition,
                                    struct constraint *key)
{
    struct constraint *own = find_equal_key(partition, key);
    const char *name;

    if (own) {
        adopt(replay, own, key);
        return own;
    }
    name = part_name(replay, partition, key, &key->columns);
    own = name ? replay_copy_constraint(replay, partition, key, name) : NULL;
    if (!own)
        return NULL;
    own->inherited_from = key;
    own->is_local = false;
    own->inherit_count = 1;
    *PUSH(replay->schema, &own->referenced->referenced_by) = own;
    return own;
}

/* The key's copies on this partition and on all below it. */
static bool clone_to(struct replay *replay, struct table *partition,
                     struct constraint *key)
{
    struct arena *scratch = &replay->schema->scratch;
    struct part_work_array queue = {0};

    *array_push(scratch, &queue) = (struct part_work){key, partition};
    for (size_t i = 0; i < queue.count; i++) {
        struct part_work work = queue.items[i];
        struct constraint *own;

        if (work.partition->relation.object.is_dropped)
            continue;
        if (!model_spend(replay->schema, 1))
            return true;
        own = clone_one(replay, work.partition, work.key);
        if (!own)
            return false;
        for (size_t j = 0; j < work.partition->children.count; j++)
            *array_push(scratch, &queue) =
                (struct part_work){own, work.partition->children.items[j]};
    }
    return true;
}

bool replay_clone_foreign_keys(struct replay *replay, struct table *parent,
                               struct table *partition)
{
    size_t referenced_count = parent->referenced_by.count;

    for (size_t i = 0; i < referenced_count; i++) {
        struct constraint *key = parent->referenced_by.items[i];

        /* The parent's own keys on itself come with those below. */
        if (!key->object.is_dropped &&
            (!key->inherited_from || constraint_is_reference_part(key)) &&
            !add_parts(replay, key, partition))
            return false;
    }
    for (size_t i = 0; i < parent->constraints.count; i++) {
        struct constraint *key = parent->constraints.items[i];

        if (!key->object.is_dropped && key->type == CONSTRAINT_FOREIGN_KEY &&
            !constraint_is_reference_part(key) &&
            !clone_to(replay, partition, key))
            return false;
    }
    return true;
}

void replay_detach_foreign_keys(struct replay *replay, struct table *parent,
                                struct table *partition)
{
    struct schema *schema = replay->schema;

    for (size_t i = 0; i < partition->referenced_by.count; i++) {
        struct constraint *part = partition->referenced_by.items[i];

        if (!part->object.is_dropped && constraint_is_reference_part(part) &&
            part->inherited_from->referenced == parent)
            deletion_forget(replay, &part->object);
    }
    for (size_t i = 0; i < partition->constraints.count; i++) {
        struct constraint *own = partition->constraints.items[i];

        if (own->object.is_dropped || own->type != CONSTRAINT_FOREIGN_KEY ||
            !own->inherited_from || own->inherited_from->table != parent)
            continue;
        SET(schema, own->inherited_from, NULL);
        SET(schema, own->is_local, true);
        SET(schema, own->inherit_count, 0);
        if (is_partitioned(own->referenced))
            add_parts(replay, own, NULL);
    }
}

/* The tables must be as lasting as one another. */
static bool check_persistence(struct replay *replay, const struct table *table,
                              const struct table *referenced)
{
    const struct relation *other = &referenced->relation;

    if (table->relation.is_temporary && !other->is_temporary)
        return replay_fail(replay, "42P16",
                           "constraints on temporary tables may reference only "
                           "temporary tables");
    if (!table->relation.is_temporary && table->relation.is_unlogged &&
        other->is_temporary)
        return replay_fail(replay, "42P16",
                           "constraints on unlogged tables may reference only "
                           "permanent or unlogged tables");
    if (!table->relation.is_temporary && !table->relation.is_unlogged &&
        (other->is_temporary || other->is_unlogged))
        return replay_fail(replay, "42P16",
                           "constraints on permanent tables may reference only "
                           "permanent tables");
    return true;
}

static bool check_tables(struct replay *replay, const struct table *table,
                         const struct table *referenced,
                         const struct pending *pending)
{
    const char *name = table->relation.name;

    if (table->relation.kind == RELATION_FOREIGN_TABLE)
        return replay_fail(replay, "0A000",
                           "foreign key constraints are not supported on "
                           "foreign tables");
    if (is_partitioned(table) && pending->is_only)
        return replay_fail(replay, "42809",
                           "cannot use ONLY for foreign key on partitioned "
                           "table \"%s\" referencing relation \"%s\"",
                           name, referenced->relation.name);
    if (is_partitioned(table) && pending->node->skip_validation &&
        replay->schema->postgres_version < 18)
        return replay_fail(replay, "42809",
                           "cannot add NOT VALID foreign key on partitioned "
                           "table \"%s\" referencing relation \"%s\"",
                           name, referenced->relation.name);
    if (referenced->relation.kind != RELATION_TABLE &&
        !is_partitioned(referenced))
        return replay_fail(replay, "42809",
                           "referenced relation \"%s\" is not a table",
                           referenced->relation.name);
    return !replay_refuse(replay) ||
           check_persistence(replay, table, referenced);
}

/* The columns of one side, each known. */
static bool push_keys(struct replay *replay, struct table *table,
                      const List *names, struct column_array *columns)
{
    const ListCell *cell;

    if (list_length(names) > KEY_COUNT_MAX)
        return replay_fail(replay, "54011",
                           "cannot have more than %d keys in a foreign key",
                           KEY_COUNT_MAX);
    foreach (cell, names) {
        const char *name = name_from_string(lfirst(cell));

        if (!replay_push_column(replay, table, name, columns))
            return replay_fail(replay, "42703",
                               "column \"%s\" referenced in foreign key "
                               "constraint does not exist",
                               name ? name : "");
    }
    return true;
}

/* ON DELETE SET NULL (columns), which must be of the key. */
static bool push_delete_columns(struct replay *replay, struct constraint *key,
                                const List *names)
{
    struct column_array found = {0};
    const ListCell *cell;

    if (!push_keys(replay, key->table, names, &found))
        return false;
    if (names)
        key->delete_columns =
            arena_alloc(&replay->schema->arena, sizeof *key->delete_columns);
    foreach (cell, names) {
        const char *name = name_from_string(lfirst(cell));
        struct column *column = model_find_column(key->table, name);

        if (!column && key->table->is_complete)
            return replay_fail(replay, "42703",
                               "column \"%s\" referenced in foreign key "
                               "constraint does not exist",
                               name);
        if (!column || !columns_have(&key->columns, column))
            return replay_fail(replay, "42P10",
                               "column \"%s\" referenced in ON DELETE SET "
                               "action must be part of foreign key",
                               name);
        *array_push(&replay->schema->arena, key->delete_columns) = column;
    }
    return true;
}

static bool sets_value(char action)
{
    return action == FKCONSTR_ACTION_SETNULL ||
           action == FKCONSTR_ACTION_SETDEFAULT;
}

/* Nobody but its expression gives a generated column a value. */
static bool check_generated(struct replay *replay, const struct constraint *key,
                            const Constraint *node)
{
    for (size_t i = 0; i < key->columns.count; i++) {
        const char *what = NULL;

        if (key->columns.items[i]->generated == GENERATED_NONE)
            continue;
        if (key->columns.items[i]->generated == GENERATED_VIRTUAL)
            return replay_fail(replay, "0A000",
                               "foreign key constraints on virtual generated "
                               "columns are not supported");
        if (sets_value(node->fk_upd_action) ||
            node->fk_upd_action == FKCONSTR_ACTION_CASCADE)
            what = "ON UPDATE";
        else if (sets_value(node->fk_del_action))
            what = "ON DELETE";
        if (what)
            return replay_fail(replay, "42601",
                               "invalid %s action for foreign key constraint "
                               "containing generated column",
                               what);
    }
    return true;
}

static bool fill_reference(struct replay *replay, struct constraint *key,
                           const Constraint *node)
{
    const struct column_array *columns = &key->referenced_columns;

    if (!push_keys(replay, key->referenced, node->pk_attrs,
                   &key->referenced_columns) ||
        !replay_complete_reference(replay, key) ||
        !check_generated(replay, key, node))
        return false;
    if (columns->count > 0 && columns->count != key->columns.count)
        return replay_fail(replay, "42830",
                           "number of referencing and referenced columns for "
                           "foreign key disagree");
    return columns->count == 0 || replay_check_key_types(replay, key);
}

/* The table of the same statement may reference itself. */
static struct table *find_referenced(struct replay *replay,
                                     const RangeVar *name)
{
    struct relation *relation =
        model_find_relation(replay->schema, name_from_range_var(name));

    if (relation && !replay_can_open(replay, relation))
        return NULL;
    if (!relation)
        return replay_mention(replay, name, false);
    if (relation_as_table(relation))
        return model_mention_relation(replay->schema, relation, false);
    replay_fail(replay, "42809", "referenced relation \"%s\" is not a table",
                relation->name);
    return NULL;
}

/* A name that is given must be free, whatever else is wrong. */
static bool check_given_name(struct replay *replay, const struct table *table,
                             const Constraint *node)
{
    if (!node->conname || !replay_refuse(replay) ||
        !model_find_constraint(replay->schema, table, node->conname))
        return true;
    return replay_fail(replay, "42710",
                       "constraint \"%s\" for relation \"%s\" already exists",
                       node->conname, table->relation.name);
}

bool replay_add_foreign_key(struct replay *replay, struct table *table,
                            const struct pending *pending, bool is_new_table)
{
    struct schema *schema = replay->schema;
    const Constraint *node = pending->node;
    struct column_array columns = {0};
    struct table *referenced;
    struct constraint *key;
    const char *name;

    if (!check_given_name(replay, table, node))
        return false;
    referenced = find_referenced(replay, node->pktable);
    if (!referenced || !check_tables(replay, table, referenced, pending))
        return false;
    if (pending->column)
        *array_push(&schema->arena, &columns) = pending->column;
    else if (!push_keys(replay, table, node->fk_attrs, &columns))
        return false;
    name = replay_choose_name(replay, table, node->conname,
                              replay_join_names(replay, &columns), "fkey");
    if (!name)
        return false;
    key = model_add_constraint(schema, table, CONSTRAINT_FOREIGN_KEY, name,
                               place_of_key(replay, node));
    key->columns = columns;
    key->referenced = referenced;
    key->on_update = node->fk_upd_action;
    key->on_delete = node->fk_del_action;
    key->match = node->fk_matchtype;
    key->is_without_overlaps = node->fk_with_period;
    replay_set_attributes(key, replay_attributes(pending->siblings, node),
                          is_new_table);
    *PUSH(schema, &referenced->referenced_by) = key;
    if (!push_delete_columns(replay, key, node->fk_del_set_cols) ||
        !fill_reference(replay, key, node))
        return false;
    if (is_partitioned(referenced) && !add_parts(replay, key, NULL))
        return false;
    for (size_t i = 0; i < table->children.count && is_partitioned(table);
         i++) {
        if (!table->children.items[i]->relation.object.is_dropped &&
            !clone_to(replay, table->children.items[i], key))
            return false;
    }
    return true;
}
