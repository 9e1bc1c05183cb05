/*
 * CREATE SEQUENCE and ALTER SEQUENCE: the sequence, and which column owns it.
 *
 * Facts: src/backend/commands/sequence.c (DefineSequence, AlterSequence,
 * process_owned_by).
 */
#include "replay/sequence_options.h"
#include "replay/types.h"

#include "schema/type.h"

#include <string.h>

#define WRONG_OBJECT_TYPE "42809"

/* OWNED BY names a column: its table's name. */
static struct qualified_name name_of_owner(const List *names)
{
    int count = list_length(names);
    struct qualified_name name = {0};

    name.name = name_from_string(list_nth(names, count - 2));
    if (count > 2)
        name.schema = name_from_string(list_nth(names, count - 3));
    return name;
}

static bool may_own(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_FOREIGN_TABLE:
    case RELATION_VIEW: return true;
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_SEQUENCE:
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE: return false;
    }
    return false;
}

bool sequence_may_be_owned(struct replay *replay, const struct relation *owner)
{
    return may_own(owner) ||
           replay_fail(replay, WRONG_OBJECT_TYPE,
                       replay->schema->postgres_version >= 15
                           ? "sequence cannot be owned by relation \"%s\""
                           : "referenced relation \"%s\" is not a table or "
                             "foreign table",
                       owner->name);
}

/* The column that is to own the sequence; null if the server refuses. */
static struct column *find_owner(struct replay *replay,
                                 const struct namespace *namespace,
                                 const List *names)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = name_of_owner(names);
    const char *column_name = name_from_string(llast(names));
    struct relation *relation = model_find_relation(schema, name);
    struct table *table;
    struct column *column;

    if (relation && replay_knows_all(replay) &&
        !sequence_may_be_owned(replay, relation))
        return NULL;
    table = replay_mention_named(replay, name, false);
    if (!table)
        return NULL;
    if (replay_knows_all(replay) && table->relation.namespace != namespace) {
        replay_fail(replay, "55000",
                    "sequence must be in same schema as table it is linked to");
        return NULL;
    }
    column = model_mention_column(schema, table, column_name);
    if (!column)
        replay_fail(replay, "42703",
                    "column \"%s\" of relation \"%s\" does not exist",
                    column_name, table->relation.name);
    return column;
}

/* OWNED BY with one word has it be NONE. */
static bool check_owner_words(struct replay *replay, const List *names)
{
    return list_length(names) != 1 ||
           strcmp(name_from_string(linitial(names)), "none") == 0 ||
           replay_fail(replay, "42601", "invalid OWNED BY option");
}

bool sequence_check_owner(struct replay *replay,
                          const struct namespace *namespace, const List *names)
{
    return check_owner_words(replay, names) &&
           (list_length(names) < 2 || find_owner(replay, namespace, names));
}

/* OWNED BY; names null: it is not given. */
static bool set_owner(struct replay *replay, struct sequence *sequence,
                      const List *names)
{
    struct schema *schema = replay->schema;
    struct column *column = NULL;

    if (!names)
        return true;
    if (!check_owner_words(replay, names))
        return false;
    if (list_length(names) > 1) {
        column = find_owner(replay, sequence->relation.namespace, names);
        if (!column)
            return false;
    }
    if (sequence->is_identity)
        return replay_fail(replay, "0A000",
                           "cannot change ownership of identity sequence");
    if (column && sequence->owned_by != column)
        *PUSH(schema, &column->table->sequences) = sequence;
    SET(schema, sequence->owned_by, column);
    return true;
}

static bool is_there(const struct schema *schema,
                     const struct namespace *namespace,
                     const CreateSeqStmt *create)
{
    return create->if_not_exists &&
           model_relation_in(schema, namespace, create->sequence->relname);
}

/* Where the new sequence goes; null if its schema does not exist. */
static struct namespace *find_target(struct replay *replay,
                                     const RangeVar *name)
{
    if (name->relpersistence == RELPERSISTENCE_TEMP ||
        (name->schemaname && strcmp(name->schemaname, "pg_temp") == 0))
        return replay_target_namespace(replay, name);
    return replay_namespace(replay, name->schemaname);
}

bool replay_create_sequence(struct replay *replay, const CreateSeqStmt *create)
{
    struct schema *schema = replay->schema;
    const RangeVar *name = create->sequence;
    bool is_unlogged = name->relpersistence == RELPERSISTENCE_UNLOGGED;
    struct sequence_settings settings =
        sequence_default_settings(type_of_oid(schema, 20));
    const List *owner = NULL;
    struct namespace *namespace;
    struct sequence *sequence;

    if (is_unlogged && schema->postgres_version < 15 &&
        replay_knows_all(replay))
        return replay_fail(replay, "0A000",
                           "unlogged sequences are not supported");
    if (create->if_not_exists) {
        namespace = find_target(replay, name);
        if (!namespace)
            return false;
        if (is_there(schema, namespace, create))
            return true;
    }
    if (!sequence_read_options(replay, create->options, true, false, &settings,
                               &owner))
        return false;
    namespace = find_target(replay, name);
    /* Before 14 a sequence has a row type. */
    if (!namespace || !replay_free_name(replay, namespace, name->relname) ||
        (replay->schema->postgres_version < 14 &&
         !types_free_row_name(replay, namespace, name->relname)))
        return false;
    sequence = model_new_object(schema, CLASS_RELATION, sizeof *sequence);
    model_add_relation(schema, &sequence->relation, RELATION_SEQUENCE,
                       namespace, name->relname,
                       replay_place_of_name(replay, name->location));
    sequence->relation.is_unlogged = is_unlogged;
    sequence_apply_settings(replay, sequence, &settings);
    return set_owner(replay, sequence, owner);
}

/* Null if there is none, which `is_refused` says is a failure. */
static struct sequence *find_sequence(struct replay *replay,
                                      const AlterSeqStmt *alter,
                                      bool *is_refused)
{
    struct schema *schema = replay->schema;
    struct relation *relation =
        model_find_relation(schema, name_from_range_var(alter->sequence));

    *is_refused = false;
    if (relation_as_sequence(relation))
        return relation_as_sequence(relation);
    if (!replay_knows_all(replay) || (!relation && alter->missing_ok))
        return NULL;
    *is_refused = true;
    if (!relation)
        replay_mention(replay, alter->sequence, false); /* which tells it */
    else
        replay_fail(replay, WRONG_OBJECT_TYPE,
                    schema->postgres_version >= 17
                        ? "cannot open relation \"%s\""
                        : "\"%s\" is not a sequence",
                    relation->name);
    return NULL;
}

bool sequence_alter(struct replay *replay, struct sequence *sequence,
                    const List *options, bool is_identity)
{
    struct sequence_settings settings = {sequence->type, sequence->values};
    const List *owner = NULL;

    if (settings.values.increment == 0) /* its CREATE was never seen */
        settings = sequence_default_settings(
            sequence->type.type ? sequence->type.type
                                : type_of_oid(replay->schema, 20));
    if (!sequence_read_options(replay, options, false, is_identity, &settings,
                               &owner))
        return false;
    sequence_apply_settings(replay, sequence, &settings);
    return set_owner(replay, sequence, owner);
}

bool replay_alter_sequence(struct replay *replay, const AlterSeqStmt *alter)
{
    bool is_refused;
    struct sequence *sequence = find_sequence(replay, alter, &is_refused);

    if (!sequence)
        return !is_refused;
    return sequence_alter(replay, sequence, alter->options,
                          alter->for_identity);
}
