/*
 * The sequences of serial and identity columns: what their options say, what
 * they are called, and the column that owns them.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (generateSerialExtraStmts,
 * transformAlterTableStmt), src/backend/commands/sequence.c.
 */
#include "replay/sequence_options.h"

#include "catalog/pg_type_d.h"

#include <string.h>

/* Where SEQUENCE NAME puts an identity's sequence; no name if it is not there.
 */
static struct qualified_name given_name(const Constraint *identity)
{
    const ListCell *cell;

    foreach (cell, identity ? identity->options : NIL) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

        if (option && strcmp(option->defname, "sequence_name") == 0 &&
            option->arg)
            return name_from_list((const List *)option->arg);
    }
    return (struct qualified_name){0};
}

/* Where the sequence of a column of a table there goes; null if there is no
 * such schema. */
static struct namespace *find_namespace(struct replay *replay,
                                        struct namespace *namespace,
                                        struct qualified_name given)
{
    return given.schema ? replay_namespace(replay, given.schema) : namespace;
}

/* The statement that makes a column the sequence's owner looks for the table
 * where the sequence is. */
static bool check_owner(struct replay *replay, const struct table *table,
                        const struct namespace *namespace)
{
    if (!sequence_may_be_owned(replay, &table->relation))
        return false;
    return namespace == table->relation.namespace ||
           !replay_knows_all(replay) ||
           model_relation_in(replay->schema, namespace, table->relation.name) ||
           replay_fail(replay, "42P01", "relation \"%s.%s\" does not exist",
                       namespace->name, table->relation.name);
}

bool replay_check_identity(struct replay *replay, struct namespace *namespace,
                           const Constraint *identity, struct type *type)
{
    struct sequence_settings settings = sequence_default_settings(type);
    struct qualified_name given = given_name(identity);
    const List *owner = NULL;
    struct namespace *target;

    if (!sequence_read_options(replay, identity->options, true, true, &settings,
                               &owner))
        return false;
    target = find_namespace(replay, namespace, given);
    return target &&
           (!given.name || !replay_knows_all(replay) ||
            replay_free_name(replay, target, given.name)) &&
           sequence_check_owner(replay, target, owner);
}

bool replay_add_column_sequence(struct replay *replay, struct column *column,
                                const Constraint *identity)
{
    struct schema *schema = replay->schema;
    struct table *table = column->table;
    struct qualified_name given = given_name(identity);
    struct sequence_settings settings =
        sequence_default_settings(column->data_type.type);
    struct namespace *namespace;
    struct sequence *sequence;
    const char *name = given.name;

    if (identity && !sequence_read_options(replay, identity->options, true,
                                           true, &settings, NULL))
        return false;
    namespace = find_namespace(replay, table->relation.namespace, given);
    if (!namespace)
        return false;
    if (name ? !replay_free_name(replay, namespace, name)
             : !(name = generated_name_relation(schema, namespace,
                                                table->relation.name,
                                                column->name, "seq", false)))
        return false;
    if (!check_owner(replay, table, namespace))
        return false;
    sequence = model_new_object(schema, CLASS_RELATION, sizeof *sequence);
    model_add_relation(schema, &sequence->relation, RELATION_SEQUENCE,
                       namespace, name, column->made_at);
    sequence->relation.is_unlogged =
        table->relation.is_unlogged && schema->postgres_version >= 15;
    sequence->owned_by = column;
    sequence->is_identity = identity != NULL;
    sequence_apply_settings(replay, sequence, &settings);
    *PUSH(schema, &table->sequences) = sequence;
    return true;
}

/* smallint, integer, bigint. */
bool replay_is_integer(const struct type *type)
{
    uint16_t oid = type_oid(type);

    return oid == INT2OID || oid == INT4OID || oid == INT8OID;
}

bool replay_make_identity(struct replay *replay, struct column *column,
                          const Constraint *node)
{
    SET(replay->schema, column->identity,
        node->generated_when == ATTRIBUTE_IDENTITY_ALWAYS
            ? IDENTITY_ALWAYS
            : IDENTITY_BY_DEFAULT);
    return replay_add_column_sequence(replay, column, node);
}

struct sequence *replay_identity_sequence(const struct column *column)
{
    const struct sequence_array *sequences = &column->table->sequences;

    for (size_t i = 0; i < sequences->count; i++) {
        struct sequence *sequence = sequences->items[i];

        if (sequence->owned_by == column && sequence->is_identity &&
            !sequence->relation.object.is_dropped)
            return sequence;
    }
    return NULL;
}

bool replay_alter_identity(struct replay *replay, const struct column *column,
                           const List *options)
{
    struct sequence *sequence = replay_identity_sequence(column);

    return !sequence || !options ||
           sequence_alter(replay, sequence, options, true);
}
