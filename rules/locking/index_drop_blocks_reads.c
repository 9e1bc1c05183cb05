/*
 * index-drop-blocks-reads: DROP INDEX without CONCURRENTLY, which waits for
 * everybody who uses the table and stops everybody else meanwhile. Sees every
 * DROP INDEX with the schema before it.
 */
#include "lint/advice.h"

/* How many indexes a message names. */
#define NAMES_SHOWN 3

struct dropped_indexes {
    const DropStmt *drop;
    struct buffer names; /* of those that others wait for */
    struct buffer help;
    const struct table *table; /* of the first; null: not known */
    size_t count;              /* that others wait for */
    size_t statements;         /* in the help */
};

/* The transaction keeps everybody away from the table already. */
static bool is_held(const struct check *check, const struct table *table)
{
    const struct held_lock *lock =
        held_find(check_held(check), &table->relation);

    return lock != NULL && lock->mode == LOCK_ACCESS_EXCLUSIVE;
}

/* Others wait. Of a partitioned table's indexes none can go CONCURRENTLY, and
 * a constraint's cannot go at all. */
static bool is_waited_for(struct check *check, struct qualified_name name,
                          bool missing_ok)
{
    const struct index *index = schema_find_index(check->schema, name);

    if (index == NULL)
        return schema_find_relation(check->schema, name) == NULL &&
               !(missing_ok && check_is_absent(check, name));
    return index->table != NULL &&
           !relation_is_new(check->schema, &index->table->relation) &&
           index->table->relation.kind != RELATION_PARTITIONED_TABLE &&
           index->partition_of == NULL && index->constraint == NULL &&
           !is_held(check, index->table) &&
           effects_lock_on(check_effects(check), &index->table->relation) ==
               LOCK_ACCESS_EXCLUSIVE;
}

static void add_index(struct check *check, struct dropped_indexes *dropped,
                      struct qualified_name name)
{
    const struct index *index = schema_find_index(check->schema, name);
    bool is_slow = is_waited_for(check, name, dropped->drop->missing_ok);

    buffer_add_format(&dropped->help, "%sDROP INDEX %s%s%s;",
                      dropped->statements > 0 ? "\n" : "",
                      is_slow ? "CONCURRENTLY " : "",
                      dropped->drop->missing_ok ? "IF EXISTS " : "",
                      check_quote_name(check, name));
    dropped->statements++;
    if (!is_slow)
        return;
    if (dropped->count == 0 && index != NULL)
        dropped->table = index->table;
    if (dropped->count < NAMES_SHOWN)
        buffer_add_format(&dropped->names, "%s%s",
                          dropped->count > 0 ? ", " : "",
                          advice_name(check, name));
    dropped->count++;
}

static const char *message_text(struct check *check,
                                const struct dropped_indexes *dropped)
{
    const char *names = buffer_text(&dropped->names);
    const char *table =
        dropped->table != NULL
            ? advice_relation_name(check, &dropped->table->relation)
            : "its table";

    if (dropped->count > NAMES_SHOWN)
        names = check_format(check, "%s and %zu more", names,
                             dropped->count - NAMES_SHOWN);
    return check_format(check,
                        "DROP INDEX of %s waits for all queries on %s, and "
                        "reads and writes that come later wait for it",
                        names, dropped->count > 1 ? "their tables" : table);
}

static void check_drop(struct check *check, const Node *node)
{
    struct dropped_indexes dropped = {.drop = (const DropStmt *)node};
    const ListCell *cell;

    if (dropped.drop->removeType != OBJECT_INDEX || dropped.drop->concurrent ||
        check->is_in_body)
        return;
    buffer_init(&dropped.names, check->arena);
    buffer_init(&dropped.help, check->arena);
    foreach (cell, dropped.drop->objects) {
        const List *parts = node_as(List, (const Node *)lfirst(cell));

        if (parts != NULL)
            add_index(check, &dropped, name_from_list(parts));
    }
    if (dropped.count == 0)
        return;
    advice_add_outside_transaction(check, &dropped.help,
                                   dropped.statements > 1);
    check_report(check, words_of_statement(check->statement), node,
                 message_text(check, &dropped), buffer_text(&dropped.help));
}

static const NodeTag tags[] = {T_DropStmt, T_Invalid};

const struct rule rule_index_drop_blocks_reads = {
    .id = "index-drop-blocks-reads",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_WARNING,
    .summary = "DROP INDEX without CONCURRENTLY blocks reads and writes",
    .rationale =
        "DROP INDEX takes ACCESS EXCLUSIVE on the index's table. The work is "
        "done in a moment, but first it waits for every transaction that uses "
        "the table, a report that runs for an hour too; and who comes later, "
        "even for a SELECT, queues up behind it. In a transaction the lock is "
        "held until its end besides.\n\n"
        "DROP INDEX CONCURRENTLY waits just as long and lets everybody pass. "
        "It takes one index at a time, knows no CASCADE, and cannot run inside "
        "a transaction.\n\n"
        "The rule is silent for indexes of partitioned tables, which cannot be "
        "dropped concurrently, of tables that the same migration creates, and "
        "where the transaction holds that lock on the table already.",
    .ignore_when =
        "Queries on the table are short, so that the lock is got and "
        "given back in a moment; a lock_timeout makes sure of that.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\n"
             "CREATE INDEX orders_user_id_idx ON orders (user_id);",
    .bad = "DROP INDEX orders_user_id_idx;",
    .good = "DROP INDEX CONCURRENTLY orders_user_id_idx;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .needs_locks = true,
    .tags = tags,
    .check_node = check_drop,
};
