/*
 * The statements that refuse transaction blocks, by their nodes. One function
 * for each statement that is refused only in some forms, a table for those
 * that are refused in all.
 */
#include "schema/transaction_block.h"

#include <string.h>

/* An option's value where it is a word: a string, or what the grammar took
 * for the name of a type, like `off`. */
static struct slice option_word(const DefElem *option)
{
    const TypeName *type = node_as(TypeName, option->arg);
    if (type != NULL && type->names != NIL)
        return slice_from(name_from_list(type->names).name);
    return slice_from(name_from_string(option->arg));
}

/* The value of a boolean option as defGetBoolean() reads it; `missing` if it
 * is not given. The last of several wins. */
static bool option_is_on(const List *options, const char *name, bool missing)
{
    bool is_on = missing;
    foreach_node (DefElem, option, options) {
        if (strcmp(option->defname, name) != 0)
            continue;
        const Boolean *boolean = node_as(Boolean, option->arg);
        const Integer *integer = node_as(Integer, option->arg);
        struct slice word = option_word(option);
        if (boolean != NULL)
            is_on = boolean->boolval;
        else if (integer != NULL)
            is_on = integer->ival != 0;
        else
            is_on = !slice_equal_ignoring_case(word, SLICE("false")) &&
                    !slice_equal_ignoring_case(word, SLICE("off"));
    }
    return is_on;
}

static bool is_partitioned_table(const struct schema *schema,
                                 const RangeVar *relation)
{
    const struct table *table =
        schema_find_table(schema, name_from_range_var(relation));
    return table != NULL && table->relation.kind == RELATION_PARTITIONED_TABLE;
}

static bool is_partitioned_index(const struct schema *schema,
                                 const RangeVar *relation)
{
    const struct index *index =
        schema_find_index(schema, name_from_range_var(relation));
    return index != NULL && index->table != NULL &&
           index->table->relation.kind == RELATION_PARTITIONED_TABLE;
}

static void fill(struct transaction_refusal *refusal, const char *command,
                 const char *last_words)
{
    refusal->command = command;
    refusal->last_words = last_words;
}

static bool judge_create_index(const IndexStmt *index,
                               struct transaction_refusal *refusal)
{
    fill(refusal, "CREATE INDEX CONCURRENTLY", "CONCURRENTLY");
    refusal->object = name_from_range_var(index->relation);
    return index->concurrent;
}

static bool judge_drop(const DropStmt *drop,
                       struct transaction_refusal *refusal)
{
    fill(refusal, "DROP INDEX CONCURRENTLY", "CONCURRENTLY");
    const List *first =
        drop->concurrent ? node_as(List, linitial(drop->objects)) : NULL;
    if (first != NULL)
        refusal->object = name_from_list(first);
    return drop->concurrent;
}

static bool judge_reindex(const struct schema *schema, int postgres_version,
                          const ReindexStmt *reindex,
                          struct transaction_refusal *refusal)
{
    if (reindex->relation != NULL)
        refusal->object = name_from_range_var(reindex->relation);
    else
        refusal->object.name = reindex->name;
    switch (reindex->kind) {
    case REINDEX_OBJECT_SCHEMA:
        fill(refusal, "REINDEX SCHEMA", "SCHEMA");
        return true;
    case REINDEX_OBJECT_SYSTEM:
        fill(refusal, "REINDEX SYSTEM", "SYSTEM");
        return true;
    case REINDEX_OBJECT_DATABASE:
        fill(refusal, "REINDEX DATABASE", "DATABASE");
        return true;
    case REINDEX_OBJECT_TABLE: fill(refusal, "REINDEX TABLE", "TABLE"); break;
    case REINDEX_OBJECT_INDEX: fill(refusal, "REINDEX INDEX", "INDEX"); break;
    }
    if (option_is_on(reindex->params, "concurrently", false)) {
        fill(refusal, "REINDEX CONCURRENTLY", "CONCURRENTLY");
        return true;
    }
    /* From 14 on, each partition is done in a transaction of its own. */
    if (postgres_version < 14)
        return false;
    return reindex->kind == REINDEX_OBJECT_TABLE
               ? is_partitioned_table(schema, reindex->relation)
               : is_partitioned_index(schema, reindex->relation);
}

static bool judge_vacuum(const VacuumStmt *vacuum,
                         struct transaction_refusal *refusal)
{
    fill(refusal, "VACUUM", "VACUUM");
    const VacuumRelation *first =
        vacuum->rels != NIL ? node_as(VacuumRelation, linitial(vacuum->rels))
                            : NULL;
    if (first != NULL && first->relation != NULL)
        refusal->object = name_from_range_var(first->relation);
    return vacuum->is_vacuumcmd;
}

static bool judge_cluster(const struct schema *schema, int postgres_version,
                          const ClusterStmt *cluster,
                          struct transaction_refusal *refusal)
{
    fill(refusal, "CLUSTER", "CLUSTER");
    if (cluster->relation == NULL)
        return true;
    refusal->object = name_from_range_var(cluster->relation);
    return postgres_version >= 15 &&
           is_partitioned_table(schema, cluster->relation);
}

static bool judge_alter_table(const AlterTableStmt *alter,
                              struct transaction_refusal *refusal)
{
    fill(refusal, "ALTER TABLE ... DETACH CONCURRENTLY", "CONCURRENTLY");
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const PartitionCmd *partition = node_as(PartitionCmd, action->def);
        if (action->subtype != AT_DetachPartition || partition == NULL ||
            !partition->concurrent)
            continue;
        refusal->object = name_from_range_var(partition->name);
        return true;
    }
    return false;
}

static bool judge_alter_database(const AlterDatabaseStmt *alter,
                                 struct transaction_refusal *refusal)
{
    fill(refusal, "ALTER DATABASE SET TABLESPACE", "TABLESPACE");
    refusal->object.name = alter->dbname;
    foreach_node (DefElem, option, alter->options) {
        if (strcmp(option->defname, "tablespace") == 0)
            return true;
    }
    return false;
}

/* It makes a slot at the publisher, unless told not to (subscriptioncmds.c,
 * parse_subscription_options). */
static bool judge_create_subscription(const CreateSubscriptionStmt *create,
                                      struct transaction_refusal *refusal)
{
    fill(refusal, "CREATE SUBSCRIPTION ... WITH (create_slot = true)",
         "SUBSCRIPTION");
    refusal->object.name = create->subname;
    foreach_node (DefElem, option, create->options) {
        if (strcmp(option->defname, "slot_name") == 0 &&
            slice_equal(option_word(option), SLICE("none")))
            return false;
    }
    bool connects = option_is_on(create->options, "connect", true);
    return option_is_on(create->options, "create_slot", connects);
}

/* All that fetch the publisher's tables (subscriptioncmds.c,
 * AlterSubscription). A subscription that is disabled refuses them anyway. */
static bool judge_alter_subscription(const AlterSubscriptionStmt *alter,
                                     struct transaction_refusal *refusal)
{
    fill(refusal, "ALTER SUBSCRIPTION with refresh", "SUBSCRIPTION");
    refusal->object.name = alter->subname;
    switch (alter->kind) {
    case ALTER_SUBSCRIPTION_REFRESH:
        fill(refusal, "ALTER SUBSCRIPTION ... REFRESH", "REFRESH");
        return true;
    case ALTER_SUBSCRIPTION_SET_PUBLICATION:
    case ALTER_SUBSCRIPTION_ADD_PUBLICATION:
    case ALTER_SUBSCRIPTION_DROP_PUBLICATION:
        return option_is_on(alter->options, "refresh", true);
    default: return false;
    }
}

static bool judge_prepared(const TransactionStmt *control,
                           struct transaction_refusal *refusal)
{
    bool is_commit = control->kind == TRANS_STMT_COMMIT_PREPARED;
    fill(refusal, is_commit ? "COMMIT PREPARED" : "ROLLBACK PREPARED",
         "PREPARED");
    return is_commit || control->kind == TRANS_STMT_ROLLBACK_PREPARED;
}

bool transaction_block_refuses(const struct schema *schema,
                               int postgres_version, const Node *node,
                               struct transaction_refusal *refusal)
{
    *refusal = (struct transaction_refusal){0};
    switch (nodeTag(node)) {
    case T_IndexStmt:
        return judge_create_index((const IndexStmt *)node, refusal);
    case T_DropStmt: return judge_drop((const DropStmt *)node, refusal);
    case T_ReindexStmt:
        return judge_reindex(schema, postgres_version,
                             (const ReindexStmt *)node, refusal);
    case T_VacuumStmt: return judge_vacuum((const VacuumStmt *)node, refusal);
    case T_ClusterStmt:
        return judge_cluster(schema, postgres_version,
                             (const ClusterStmt *)node, refusal);
    case T_AlterTableStmt:
        return judge_alter_table((const AlterTableStmt *)node, refusal);
    case T_AlterDatabaseStmt:
        return judge_alter_database((const AlterDatabaseStmt *)node, refusal);
    case T_CreateSubscriptionStmt:
        return judge_create_subscription((const CreateSubscriptionStmt *)node,
                                         refusal);
    case T_AlterSubscriptionStmt:
        return judge_alter_subscription((const AlterSubscriptionStmt *)node,
                                        refusal);
    case T_TransactionStmt:
        return judge_prepared((const TransactionStmt *)node, refusal);
    case T_CreatedbStmt:
        fill(refusal, "CREATE DATABASE", "DATABASE");
        refusal->object.name = ((const CreatedbStmt *)node)->dbname;
        return true;
    case T_DropdbStmt:
        fill(refusal, "DROP DATABASE", "DATABASE");
        refusal->object.name = ((const DropdbStmt *)node)->dbname;
        return true;
    case T_CreateTableSpaceStmt:
        fill(refusal, "CREATE TABLESPACE", "TABLESPACE");
        refusal->object.name =
            ((const CreateTableSpaceStmt *)node)->tablespacename;
        return true;
    case T_DropTableSpaceStmt:
        fill(refusal, "DROP TABLESPACE", "TABLESPACE");
        refusal->object.name =
            ((const DropTableSpaceStmt *)node)->tablespacename;
        return true;
    case T_AlterSystemStmt:
        fill(refusal, "ALTER SYSTEM", "SYSTEM");
        refusal->object.name = ((const AlterSystemStmt *)node)->setstmt->name;
        return true;
    case T_DiscardStmt:
        fill(refusal, "DISCARD ALL", "ALL");
        return ((const DiscardStmt *)node)->target == DISCARD_ALL;
    default: return false;
    }
}

/* By the words that they begin with; those that need a look at what follows
 * are left out. */
static const char *const commands[] = {
    "CREATE INDEX CONCURRENTLY",
    "CREATE UNIQUE INDEX CONCURRENTLY",
    "DROP INDEX CONCURRENTLY",
    "REINDEX INDEX CONCURRENTLY",
    "REINDEX TABLE CONCURRENTLY",
    "REINDEX SCHEMA",
    "REINDEX DATABASE",
    "REINDEX SYSTEM",
    "VACUUM",
    "CREATE DATABASE",
    "DROP DATABASE",
    "CREATE TABLESPACE",
    "DROP TABLESPACE",
    "ALTER SYSTEM",
    "DISCARD ALL",
};

/* Where the last of the words ends; 0 if the text has others. */
static size_t end_of_words(struct slice text, size_t offset, const char *words)
{
    struct slice rest = slice_from(words);
    struct lexer lexer = lexer_of(text);
    lexer.offset = offset;
    while (rest.length > 0) {
        size_t space = slice_find(rest, SLICE(" "));
        size_t length = space == SLICE_NOT_FOUND ? rest.length : space;
        struct token token = lexer_next_significant(&lexer);
        if (token.kind != TOKEN_WORD ||
            !slice_equal_ignoring_case(token_text(text, token),
                                       slice_part(rest, 0, length)))
            return 0;
        rest = slice_part(rest, length + 1, rest.length);
    }
    return lexer.offset;
}

size_t transaction_block_refuses_words(struct slice text, size_t offset,
                                       const char **command)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        size_t end = end_of_words(text, offset, commands[i]);
        *command = commands[i];
        if (end > 0)
            return end;
    }
    return 0;
}
