/*
 * CREATE SEQUENCE and ALTER SEQUENCE: the sequence, and which column owns it.
 */
#include "replay/context.h"

#include <string.h>

/* OWNED BY table.column among a sequence's options. */
static bool set_owner(struct replay *replay, struct sequence *sequence,
                      const List *options)
{
    struct schema *schema = replay->schema;
    const ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));
        const List *names;
        struct qualified_name name = {0};
        struct table *table;
        struct column *column;
        int count;

        if (!option || strcmp(option->defname, "owned_by") != 0)
            continue;
        names = (const List *)option->arg;
        count = list_length(names);
        if (count == 1) { /* NONE */
            SET(schema, sequence->owned_by, NULL);
            continue;
        }
        name.name = name_from_string(list_nth(names, count - 2));
        if (count > 2)
            name.schema = name_from_string(list_nth(names, count - 3));
        table = name.name ? model_mention_table(schema, name, false) : NULL;
        if (!table)
            return false;
        column = model_mention_column(
            schema, table, name_from_string(list_nth(names, count - 1)));
        if (!column)
            return false;
        if (sequence->owned_by != column)
            *PUSH(schema, &table->sequences) = sequence;
        SET(schema, sequence->owned_by, column);
    }
    return true;
}

bool replay_create_sequence(struct replay *replay, const CreateSeqStmt *create)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace =
        replay_target_namespace(replay, create->sequence);
    struct sequence *sequence;

    if (create->if_not_exists &&
        model_relation_in(schema, namespace, create->sequence->relname))
        return true;
    if (!replay_free_name(replay, namespace, create->sequence->relname))
        return false;
    sequence = arena_alloc(&schema->arena, sizeof *sequence);
    model_add_relation(
        schema, &sequence->relation, RELATION_SEQUENCE, namespace,
        create->sequence->relname,
        replay_place_of_name(replay, create->sequence->location));
    return set_owner(replay, sequence, create->options);
}

bool replay_alter_sequence(struct replay *replay, const AlterSeqStmt *alter)
{
    struct sequence *sequence = relation_as_sequence(model_find_relation(
        replay->schema, name_from_range_var(alter->sequence)));

    return !sequence || set_owner(replay, sequence, alter->options);
}
