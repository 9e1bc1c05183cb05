/*
 * ALTER TABLE's sub-commands on columns: ADD, DROP, defaults and NOT NULL.
 *
 * Facts: src/backend/commands/tablecmds.c (ATExecAddColumn, ATExecDropColumn,
 * ATExecColumnDefault, ATExecSetNotNull, ATExecDropNotNull).
 */
#include "replay/bind.h"
#include "replay/deletion.h"
#include "replay/lookup.h"

#include "catalog/pg_type_d.h"

#include <string.h>

/* Whether the table that the statement names may have a new column at all. */
static bool check_grows(const struct alter *alter)
{
    const struct table *table = alter->table;

    if (table->of_type && !alter->is_from_type)
        return replay_fail(alter->replay, "42809",
                           "cannot add column to typed table");
    return !table->partition_of ||
           replay_fail(alter->replay, "42809",
                       "cannot add column to a partition");
}

/* What the definition says of the column, then whether children go along. */
static bool check_new_column(const struct alter *alter,
                             const ColumnDef *definition,
                             struct column_clauses *clauses)
{
    struct replay *replay = alter->replay;
    struct table *table = alter->table;
    struct data_type type;

    if (!replay_check_column_name(replay, definition->colname) ||
        !replay_column_type(replay, definition, &type) ||
        !replay_check_attributes(replay, definition->constraints) ||
        !replay_read_clauses(replay, table, definition, clauses) ||
        (clauses->identity &&
         !replay_check_identity(replay, table->relation.namespace,
                                clauses->identity, type.type)))
        return false;
    if (!alter->is_recursive && model_has_children(table))
        return replay_fail(replay, "42P16",
                           "column must be added to child tables too");
    if (clauses->identity && model_has_children(table) &&
        (table->relation.kind != RELATION_PARTITIONED_TABLE ||
         replay->schema->postgres_version < 17))
        return replay_fail(replay, "42P16",
                           "cannot recursively add identity column to table "
                           "that has child tables");
    return true;
}

/* One child has the column already, or gets it. */
static bool add_to_child(const struct alter *alter, struct table *child,
                         const struct column *column, bool *is_merged)
{
    struct replay *replay = alter->replay;
    struct schema *schema = replay->schema;
    struct column *own = model_find_column(child, column->name);

    *is_merged = own != NULL;
    if (own) {
        if (own->data_type.type && column->data_type.type &&
            (own->data_type.type != column->data_type.type ||
             own->data_type.modifier != column->data_type.modifier))
            return replay_fail(
                replay, "42804",
                "child table \"%s\" has different type for column \"%s\"",
                child->relation.name, column->name);
        SET(schema, own->inherit_count, (uint16_t)(own->inherit_count + 1));
        return true;
    }
    own = replay_copy_column(replay, child, column);
    if (!own)
        return false;
    own->is_local = false;
    own->inherit_count = 1;
    own->made_at = column->made_at;
    own->is_nullable = column->is_nullable;
    bind_copy_default(replay, own, column);
    if (child->partition_of && schema->postgres_version >= 17)
        own->identity = column->identity;
    return true;
}

/* Level by level: what has the column already tells its own children nothing.
 */
static bool add_to_children(const struct alter *alter,
                            const struct column *column)
{
    struct schema *schema = alter->replay->schema;
    struct table_array queue = {0};
    bool is_merged;

    *array_push(&schema->scratch, &queue) = alter->table;
    for (size_t i = 0; i < queue.count; i++) {
        const struct table_array *children = &queue.items[i]->children;

        if (!model_spend(schema, children->count))
            return true;
        for (size_t j = 0; j < children->count; j++) {
            struct table *child = children->items[j];

            if (child->relation.object.is_dropped)
                continue;
            if (!add_to_child(alter, child, column, &is_merged))
                return false;
            if (!is_merged)
                *array_push(&schema->scratch, &queue) = child;
        }
    }
    return true;
}

/* Before 18 NOT NULL comes with the column; later it is a constraint. */
static void queue_not_null(const struct alter *alter, struct column *column,
                           const ColumnDef *definition,
                           const struct column_clauses *clauses)
{
    struct wanted_not_null wanted = {.column = column,
                                     .made_at = column->made_at};
    bool is_not_null = clauses->is_not_null || clauses->is_primary;
    const ListCell *cell;

    if (!is_not_null)
        return;
    if (!replay_has_named_not_null(alter->replay)) {
        column->is_nullable = false;
        return;
    }
    foreach (cell, definition->constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (!node || node->contype != CONSTR_NOTNULL)
            continue;
        if (!wanted.name)
            wanted.name = node->conname;
        wanted.is_no_inherit |= node->is_no_inherit;
    }
    alter_queue_not_null(alter, &wanted);
}

static void queue_constraints(const struct alter *alter, struct column *column,
                              const List *constraints)
{
    struct pending_array pending = {0};

    replay_queue_column(alter->replay, &pending, column, constraints);
    for (size_t i = 0; i < pending.count; i++) {
        pending.items[i].is_only = !alter->is_recursive;
        alter_queue_pending(alter, &pending.items[i]);
    }
}

/* The string that is the default, cast to text perhaps; null: another. */
static const char *string_of_default(const struct alter *alter,
                                     const Constraint *node)
{
    const Node *value = node ? node->raw_expr : NULL;
    const TypeCast *cast;
    const A_Const *constant;

    while ((cast = node_as(TypeCast, value)) != NULL) {
        struct data_type type =
            type_resolve(alter->replay->schema, cast->typeName, NULL);

        if (type_oid(type.type) != TEXTOID || type.modifier >= 0)
            return NULL;
        value = cast->arg;
    }
    constant = node_as(A_Const, value);
    return constant && !constant->isnull && IsA(&constant->val, String)
               ? constant->val.sval.sval
               : NULL;
}

/* But for blanks at its end. */
static bool is_longer(const char *text, int32_t length)
{
    int32_t count = 0;
    size_t size = strlen(text);

    while (size > 0 && text[size - 1] == ' ')
        size--;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count > length;
}

/* Rows that are there get the default at once, so that the server computes it
 * even if there are none; of partitioned tables there never are. */
static bool check_added_default(const struct alter *alter,
                                const struct column *column,
                                const struct column_clauses *clauses)
{
    uint16_t oid = type_oid(column->data_type.type);
    int32_t length = column->data_type.modifier - (int32_t)sizeof(int32_t);
    const char *text;

    if ((oid != BPCHAROID && oid != VARCHAROID) || length < 1 ||
        alter->table->relation.kind != RELATION_TABLE)
        return true;
    text = string_of_default(alter, clauses->default_node);
    return !text || !is_longer(text, length) ||
           replay_fail(alter->replay, "22001",
                       "value too long for type character%s(%d)",
                       oid == VARCHAROID ? " varying" : "", (int)length);
}

bool alter_add_column(const struct alter *alter, const AlterTableCmd *command)
{
    const ColumnDef *definition = node_as(ColumnDef, command->def);
    struct replay *replay = alter->replay;
    struct column_clauses clauses;
    struct column *column;

    if (!definition)
        return false;
    column = model_find_column(alter->table, definition->colname);
    if (column && command->missing_ok)
        return true;
    if (!check_grows(alter))
        return false;
    if (column && column->made_at.source && replay_refuse(replay))
        return replay_fail(replay, "42701",
                           "column \"%s\" of relation \"%s\" already exists",
                           column->name, alter->table->relation.name);
    if (!check_new_column(alter, definition, &clauses))
        return false;
    if (column) /* the history has lost its drop */
        replay_drop_column(replay, column, true);
    column = replay_add_column(replay, alter->table, definition);
    if (!column || !replay_apply_clauses(replay, column, &clauses) ||
        !replay_apply_default(replay, column, &clauses) ||
        !check_added_default(alter, column, &clauses))
        return false;
    queue_not_null(alter, column, definition, &clauses);
    queue_constraints(alter, column, definition->constraints);
    if (column->has_default || column->identity != IDENTITY_NONE)
        alter_note_rewrite(alter);
    return add_to_children(alter, column);
}

/* What the server says before it looks for what depends on the column. */
static bool check_dropped(const struct alter *alter,
                          const struct column *column)
{
    struct replay *replay = alter->replay;
    const struct table *table = alter->table;
    const struct partition_key *key = table->partition_key;

    if (column->inherit_count > 0)
        return replay_fail(replay, "42P16",
                           "cannot drop inherited column \"%s\"", column->name);
    if (key && partition_key_uses(key, column))
        return replay_fail(replay, "42P16",
                           "cannot drop column \"%s\" because it is part of "
                           "the partition key of relation \"%s\"",
                           column->name, table->relation.name);
    if (!alter->is_recursive && model_has_children(table) &&
        table->relation.kind == RELATION_PARTITIONED_TABLE)
        return replay_fail(replay, "42P16",
                           "cannot drop column from only the partitioned table "
                           "when partitions exist");
    return true;
}

/* Children that have the column from nowhere else lose it, too. */
static bool gather_dropped(const struct alter *alter, struct column *column,
                           struct object_array *dropped)
{
    struct replay *replay = alter->replay;
    struct schema *schema = replay->schema;
    struct column_array queue = {0};

    *array_push(&schema->scratch, &queue) = column;
    for (size_t i = 0; i < queue.count; i++) {
        const struct table *table = queue.items[i]->table;
        const struct partition_key *key = table->partition_key;

        if (i > 0 && key && partition_key_uses(key, queue.items[i]))
            return replay_fail(replay, "42P16",
                               "cannot drop column \"%s\" because it is part "
                               "of the partition key of relation \"%s\"",
                               column->name, table->relation.name);
        *array_push(&schema->scratch, dropped) = &queue.items[i]->object;
        if (!model_spend(schema, table->children.count))
            return true;
        for (size_t j = 0; j < table->children.count; j++) {
            const struct table *child = table->children.items[j];
            struct column *own = model_find_column(child, column->name);

            if (child->relation.object.is_dropped || !own ||
                own->inherit_count == 0)
                continue;
            if (alter->is_recursive && own->inherit_count == 1 &&
                !own->is_local) {
                *array_push(&schema->scratch, &queue) = own;
                continue;
            }
            SET(schema, own->inherit_count, (uint16_t)(own->inherit_count - 1));
            if (!alter->is_recursive)
                SET(schema, own->is_local, true);
        }
    }
    return true;
}

bool alter_drop_column(const struct alter *alter, const AlterTableCmd *command)
{
    struct table *table = alter->table;
    struct column *column = model_find_column(table, command->name);
    struct object_array dropped = {0};

    if (table->of_type && !alter->is_from_type)
        return replay_fail(alter->replay, "42809",
                           "cannot drop column from typed table");
    if (!column && table->relation.kind != RELATION_COMPOSITE_TYPE &&
        name_is_system_column(command->name))
        return replay_fail(alter->replay, "0A000",
                           "cannot drop system column \"%s\"", command->name);
    if (!column) {
        if (command->missing_ok || !table->is_complete)
            return true;
        return alter_find_column(alter, command->name) != NULL;
    }
    return check_dropped(alter, column) &&
           gather_dropped(alter, column, &dropped) &&
           deletion_perform(alter->replay, &dropped,
                            command->behavior == DROP_CASCADE);
}

static bool fail_column(const struct alter *alter, const char *sqlstate,
                        const struct column *column, const char *what)
{
    return replay_fail(alter->replay, sqlstate,
                       "column \"%s\" of relation \"%s\" is %s", column->name,
                       alter->table->relation.name, what);
}

bool alter_set_default(const struct alter *alter, const AlterTableCmd *command)
{
    struct replay *replay = alter->replay;
    struct column *column = alter_find_column(alter, command->name);
    struct table_array targets = alter_heirs(alter);
    struct span words = {0};
    const char *text = NULL;

    if (!column)
        return false;
    if (column->identity != IDENTITY_NONE)
        return fail_column(alter, "42601", column, "an identity column");
    if (column->generated != GENERATED_NONE)
        return fail_column(alter, "42601", column, "a generated column");
    if (command->def)
        text = expression_after_default(replay, alter->item_offset, &words);
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (!own)
            continue;
        if (!command->def)
            replay_set_default(replay, own, NULL);
        else if (!bind_default(replay, own, command->def, text, words))
            return false;
    }
    return true;
}

static struct place place_of_statement(const struct replay *replay)
{
    return replay_place(replay, replay->statement->offset, replay->text.length);
}

/* Before 18: an attribute, of all children too. */
static bool set_attribute(const struct alter *alter, struct column *column)
{
    struct table_array targets = alter_heirs(alter);

    if (!alter->is_recursive &&
        alter->table->relation.kind == RELATION_PARTITIONED_TABLE &&
        !replay_check_only_not_null(alter->replay, column))
        return false;
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (own)
            SET(alter->replay->schema, own->is_nullable, false);
    }
    return true;
}

/* There is one on the table itself; true: nothing is left to be done. */
static bool set_existing(const struct alter *alter,
                         struct constraint *constraint)
{
    struct schema *schema = alter->replay->schema;

    if (constraint->is_no_inherit && alter->is_recursive)
        return replay_fail_no_inherit(alter->replay, constraint, true);
    if (!constraint->is_local)
        SET(schema, constraint->is_local, true);
    else if (!constraint->is_validated)
        return replay_validate(alter->replay, constraint, alter->is_recursive);
    return true;
}

bool alter_set_not_null(const struct alter *alter, const AlterTableCmd *command)
{
    struct replay *replay = alter->replay;
    struct column *column = alter_find_column(alter, command->name);
    struct wanted_not_null wanted = {.column = column, .is_attribute = true};

    if (!column)
        return false;
    if (!replay_has_named_not_null(replay))
        return set_attribute(alter, column);
    if (column->not_null)
        return set_existing(alter, column->not_null);
    if (!alter->is_recursive && model_has_children(alter->table)) {
        if (alter->table->relation.kind == RELATION_PARTITIONED_TABLE)
            return replay_fail(replay, "42P16",
                               "constraint must be added to child tables too");
        wanted.is_no_inherit = true;
    }
    wanted.made_at = place_of_statement(replay);
    return replay_add_not_null(replay, wanted, true);
}

static bool is_in_primary_key(const struct column *column)
{
    const struct constraint *primary = replay_find_primary_key(column->table);

    return primary && columns_have(&primary->columns, column);
}

/* What forbids that the column may be null. */
static bool check_nullable(const struct alter *alter,
                           const struct column *column)
{
    struct replay *replay = alter->replay;
    const struct table *parent = column->table->partition_of;
    const struct column *original =
        parent ? model_find_column(parent, column->name) : NULL;

    if (column->identity != IDENTITY_NONE)
        return fail_column(alter, "42601", column, "an identity column");
    if (is_in_primary_key(column) && !replay_has_named_not_null(replay))
        return replay_fail(replay, "42P16", "column \"%s\" is in a primary key",
                           column->name);
    if (original && (!original->is_nullable || original->not_null))
        return replay_fail(replay, "42P16",
                           "column \"%s\" is marked NOT NULL in parent table",
                           column->name);
    return true;
}

bool alter_drop_not_null(const struct alter *alter,
                         const AlterTableCmd *command)
{
    struct replay *replay = alter->replay;
    struct column *column = alter_find_column(alter, command->name);
    struct table_array targets = alter_heirs(alter);

    if (!column)
        return false;
    if (!replay_has_named_not_null(replay) && !alter->is_recursive &&
        alter->table->relation.kind == RELATION_PARTITIONED_TABLE &&
        model_has_children(alter->table))
        return replay_fail(replay, "42P16",
                           "cannot remove constraint from only the partitioned "
                           "table when partitions exist");
    if (column->is_nullable && !column->not_null)
        return true;
    if (!check_nullable(alter, column))
        return false;
    SET(replay->schema, column->is_null_wanted, true);
    if (replay_has_named_not_null(replay))
        return !column->not_null ||
               replay_drop_inherited(replay, column->not_null, false,
                                     alter->is_recursive);
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (own && i > 0 && is_in_primary_key(own))
            return replay_fail(replay, "42P16",
                               "column \"%s\" is in a primary key", own->name);
        if (own)
            SET(replay->schema, own->is_nullable, true);
    }
    return true;
}
