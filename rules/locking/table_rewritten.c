/*
 * table-rewritten: statements whose very purpose is to write a table or
 * materialized view anew, or to copy its file: VACUUM FULL, CLUSTER, and ALTER
 * TABLE ... SET LOGGED, UNLOGGED, TABLESPACE, ACCESS METHOD. Sees them with the
 * schema before them.
 *
 * What is in force already, and so costs nothing, locks/ knows.
 */
#include "lint/advice.h"
#include "sql/commands.h"

#include <string.h>

/* One that is written anew, and the words that say so. */
struct rewriting {
    const void *cause;
    struct span words;
    struct qualified_name name; /* name null: all tables */
    const char *what;           /* as messages call it */
    const char *instead;        /* a statement that is mostly enough; or null */
    const char *options; /* of pg_repack, which does it online; null if it
                            cannot */
    bool is_copy;        /* the file as it is, without its indexes */
};

/* What nobody can do online is at least not to be queued up behind. */
static const char *help_text(struct check *check,
                             const struct rewriting *rewriting)
{
    struct slice statement =
        slice_part(check->text, check->statement->offset,
                   check->statement->offset + check->statement->length);
    const char *repack =
        rewriting->name.name != NULL && rewriting->options != NULL
            ? check_format(check, "pg_repack --table=%s%s",
                           check_quote_name(check, rewriting->name),
                           rewriting->options)
            : "pg_repack";

    if (rewriting->instead != NULL)
        return check_format(
            check,
            "-- gives the space of dead rows to new ones, while others work:\n"
            "%s\n"
            "-- only where the file must shrink, while others work too:\n"
            "-- %s",
            rewriting->instead, repack);
    if (rewriting->options != NULL)
        return check_format(check,
                            "-- while others read and write, with the "
                            "extension pg_repack:\n"
                            "-- %s",
                            repack);
    return check_format(
        check,
        "-- there is no other way: run it when nobody needs the table, and let "
        "it give up soon where somebody does\n"
        "SET %slock_timeout = '2s';\n%.*s;",
        advice_transaction_kind(check) != TRANSACTION_NONE ? "LOCAL " : "",
        (int)statement.length, statement.start);
}

static void report(struct check *check, const struct rewriting *rewriting)
{
    const char *table = rewriting->name.name != NULL
                            ? advice_name(check, rewriting->name)
                            : "one table after the other";

    check_report(
        check, rewriting->words, rewriting->cause,
        check_format(check, "%s %s %s while reads and writes wait",
                     rewriting->what,
                     rewriting->is_copy ? "copies" : "rewrites",
                     rewriting->is_copy
                         ? table
                         : check_format(check, "%s with all indexes", table)),
        help_text(check, rewriting));
}

/*
 * VACUUM FULL, CLUSTER.
 */

/* The table is not known, or locks/ says that it is written anew. */
static bool is_rewritten(struct check *check, struct qualified_name name)
{
    const struct effects *effects = check_effects(check);
    const struct table *table = schema_find_table(check->schema, name);

    if (effects->fails != NULL)
        return false;
    if (table == NULL)
        return !check_is_absent(check, name);
    if (relation_is_new(check->schema, &table->relation))
        return false;
    return table->relation.kind == RELATION_PARTITIONED_TABLE ||
           effects_find_work(effects, WORK_REWRITE, &table->relation) != NULL;
}

static bool is_full(const VacuumStmt *vacuum)
{
    foreach_node (DefElem, option, vacuum->options) {
        const char *word = name_from_string(option->arg);

        if (strcmp(option->defname, "full") == 0)
            return word == NULL ||
                   (strcmp(word, "false") != 0 && strcmp(word, "off") != 0 &&
                    strcmp(word, "0") != 0);
    }
    return false;
}

static void check_vacuum(struct check *check, const VacuumStmt *vacuum)
{
    struct rewriting rewriting = {
        .cause = vacuum,
        .words = words_of_statement(check->statement),
        .what = "VACUUM FULL",
        .instead = "VACUUM;",
        .options = "",
    };

    if (!is_full(vacuum))
        return;
    if (vacuum->rels == NIL) {
        report(check, &rewriting);
        return;
    }
    foreach_node (VacuumRelation, one, vacuum->rels) {
        if (one->relation == NULL)
            continue;
        rewriting.name = name_from_range_var(one->relation);
        if (!is_rewritten(check, rewriting.name))
            continue;
        rewriting.cause = one;
        rewriting.instead = check_format(
            check, "VACUUM %s;", check_quote_name(check, rewriting.name));
        report(check, &rewriting);
    }
}

/* ` --order-by=a,b`: the columns of the index. */
static const char *order_option(struct check *check, const ClusterStmt *cluster)
{
    struct qualified_name name = {.name = cluster->indexname};
    const struct index *index;
    struct buffer text;

    if (cluster->relation != NULL)
        name.schema = cluster->relation->schemaname;
    index = name.name != NULL ? schema_find_index(check->schema, name) : NULL;
    buffer_init(&text, check->arena);
    for (size_t i = 0; index != NULL && i < index->column_count; i++) {
        const struct index_column *key = &index->columns[i];

        buffer_add_format(&text, "%s%s%s", i > 0 ? "," : " --order-by=",
                          key->column != NULL
                              ? check_quote(check, key->column->name)
                              : key->expression,
                          key->is_descending ? " DESC" : "");
    }
    return buffer_text(&text);
}

static void check_cluster(struct check *check, const ClusterStmt *cluster)
{
    struct rewriting rewriting = {
        .cause = cluster,
        .words = words_of_statement(check->statement),
        .what = "CLUSTER",
        .options = order_option(check, cluster),
    };

    if (cluster->relation != NULL) {
        rewriting.name = name_from_range_var(cluster->relation);
        if (!is_rewritten(check, rewriting.name))
            return;
    }
    report(check, &rewriting);
}

/*
 * ALTER TABLE.
 */

static const char *name_of(const AlterTableCmd *action)
{
    switch (action->subtype) {
    case AT_SetLogged: return "SET LOGGED";
    case AT_SetUnLogged: return "SET UNLOGGED";
    case AT_SetAccessMethod: return "SET ACCESS METHOD";
    case AT_SetTableSpace: return "SET TABLESPACE";
    default: return NULL;
    }
}

static bool is_any_set(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (name_of(action) != NULL)
            return true;
    return false;
}

/* ALTER TABLE reaches materialized views too. */
static bool alters_existing_view(const struct check *check,
                                 const AlterTableStmt *alter)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    const struct table *table = schema_find_table(check->schema, name);

    if (alter->objtype != OBJECT_MATVIEW && alter->objtype != OBJECT_TABLE)
        return false;
    if (table == NULL)
        return alter->objtype == OBJECT_MATVIEW &&
               !(alter->missing_ok && check_is_absent(check, name));
    return table->relation.kind == RELATION_MATERIALIZED_VIEW &&
           !relation_is_new(check->schema, &table->relation);
}

static void judge(struct check *check, const AlterTableStmt *alter,
                  const AlterTableCmd *action, struct span words)
{
    const struct effects *effects = check_effects(check);
    struct rewriting rewriting = {
        .cause = action,
        .words = words,
        .name = name_from_range_var(alter->relation),
        .what = name_of(action),
    };

    if (effects_find_cause(effects, action, WORK_FILE_COPY) != NULL) {
        rewriting.is_copy = true;
        /* pg_repack knows no materialized views. */
        if (!alters_existing_view(check, alter))
            rewriting.options = check_format(check, " --tablespace=%s",
                                             check_quote(check, action->name));
    } else if (effects_find_cause(effects, action, WORK_REWRITE) == NULL) {
        return;
    }
    report(check, &rewriting);
}

static void check_alter_table(struct check *check, const AlterTableStmt *alter)
{
    struct command_words words;

    if (!is_any_set(alter) || (!check_alters_existing(check, alter) &&
                               !alters_existing_view(check, alter)))
        return;
    words = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        struct span command;

        if (name_of(action) == NULL) {
            command_words_pass(&words);
            continue;
        }
        if (!command_words_next(&words, &command))
            command = words_of_statement(check->statement);
        judge(check, alter, action, command);
    }
}

/* ALL IN TABLESPACE: each stays locked until all are copied. */
static void check_move_all(struct check *check,
                           const AlterTableMoveAllStmt *move)
{
    struct rewriting rewriting = {
        .cause = move,
        .words = words_of_statement(check->statement),
        .what = "SET TABLESPACE",
        .options = "",
        .is_copy = true,
    };

    if (move->objtype == OBJECT_INDEX)
        return;
    rewriting.options =
        check_format(check, " --tablespace=%s",
                     check_quote(check, move->new_tablespacename));
    report(check, &rewriting);
}

static void check_statement_of(struct check *check, const Node *node)
{
    if (check->is_in_body)
        return;
    switch (nodeTag(node)) {
    case T_VacuumStmt: check_vacuum(check, (const VacuumStmt *)node); return;
    case T_ClusterStmt: check_cluster(check, (const ClusterStmt *)node); return;
    case T_AlterTableMoveAllStmt:
        check_move_all(check, (const AlterTableMoveAllStmt *)node);
        return;
    default: check_alter_table(check, (const AlterTableStmt *)node); return;
    }
}

static const NodeTag tags[] = {T_VacuumStmt, T_ClusterStmt, T_AlterTableStmt,
                               T_AlterTableMoveAllStmt, T_Invalid};

const struct rule rule_table_rewritten = {
    .id = "table-rewritten",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "The statement writes a whole table anew while all others wait",
    .rationale =
        "VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED and SET ACCESS METHOD "
        "write a table and all its indexes anew; SET TABLESPACE copies its "
        "file. All hold ACCESS EXCLUSIVE meanwhile: not even a SELECT gets "
        "through, for minutes to hours on a large table, and the disk must "
        "hold both copies. SET LOGGED writes the whole table to the "
        "write-ahead log besides.\n\n"
        "Plain VACUUM, which autovacuum does, gives the space of dead rows to "
        "new ones and lets everybody work; it is nearly always enough. Where "
        "the file must shrink, be sorted or be moved, the extension pg_repack "
        "does it while others read and write. The other settings can only be "
        "changed in a quiet hour; with a lock_timeout the statement gives up "
        "rather than let others queue up behind it.\n\n"
        "The rule is silent where the setting is in force already, and on "
        "tables that the same migration creates.",
    .ignore_when =
        "The table is small, or the service is down while the statement "
        "runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "INSERT INTO orders SELECT generate_series(1, 100);",
    .bad = "VACUUM FULL orders;",
    .good = "VACUUM orders;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_statement_of,
};
