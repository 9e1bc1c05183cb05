/*
 * drop-table: DROP TABLE of a table that the migration did not make itself. Sees
 * every DROP with the schema before it.
 */
#include "lint/advice.h"

#include <string.h>

/* A DROP TABLE and one of the tables that it names. */
struct dropped {
    const DropStmt *drop;
    const Node *object; /* the List that names it */
    struct qualified_name name;
    const struct table *table; /* null: not known */
};

/*
 * IF EXISTS at the beginning of a history that knows all its tables drops
 * nothing ("DROP TABLE IF EXISTS users; CREATE TABLE users ..."). A file that
 * belongs to no history may be run on any database.
 */
static bool is_absent(const struct check *check, const struct dropped *dropped)
{
    return dropped->drop->missing_ok && check_is_absent(check, dropped->name);
}

static bool loses_data(const struct check *check, const struct dropped *dropped)
{
    const struct qualified_name name = dropped->name;

    if (name.schema != NULL && strcmp(name.schema, "pg_temp") == 0)
        return false;
    if (dropped->table != NULL &&
        dropped->table->relation.kind != RELATION_TABLE &&
        dropped->table->relation.kind != RELATION_PARTITIONED_TABLE)
        return false;
    return !check_is_new(check, name) && !is_absent(check, dropped);
}

/* DROP TABLE of a partition takes ACCESS EXCLUSIVE on its parent. */
static const char *partition_help(struct check *check,
                                  const struct dropped *dropped)
{
    const struct relation *parent = &dropped->table->partition_of->relation;
    bool is_concurrent = check->postgres_version >= 14;
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(
        &help,
        "-- detach it first: then it can come back, and dropping it blocks "
        "nobody who uses %s\n"
        "ALTER TABLE %s DETACH PARTITION %s%s;",
        advice_relation_name(check, parent), advice_relation_sql(check, parent),
        check_quote_name(check, dropped->name),
        is_concurrent ? " CONCURRENTLY" : "");
    if (is_concurrent)
        advice_add_outside_transaction(check, &help, true);
    buffer_add_format(&help, "\n-- in a later release:\nDROP TABLE %s;",
                      check_quote_name(check, dropped->name));
    return buffer_text(&help);
}

static const char *help_text(struct check *check, const struct dropped *dropped)
{
    struct qualified_name unused = dropped->name;

    if (dropped->table != NULL && dropped->table->partition_of != NULL)
        return partition_help(check, dropped);
    unused.name = check_format(check, "%s_unused", dropped->name.name);
    return check_format(
        check,
        "-- when the code that uses it is gone: a rename shows who was "
        "forgotten, and can be undone\n"
        "ALTER TABLE %s RENAME TO %s;\n"
        "-- in a later release:\n"
        "DROP TABLE %s;\n"
        "-- or, if it is sure that nobody needs it, above the statement:\n"
        "-- pgsquint: allow drop-table -- why nobody needs it",
        check_quote_name(check, dropped->name), check_quote(check, unused.name),
        check_quote_name(check, unused));
}

/*
 * The table that this migration made in the place of the one that is dropped:
 * that was renamed, and a new one has its name. Code that runs finds the new
 * one. Null if there is none.
 */
static const struct table *find_successor(const struct check *check,
                                          const struct dropped *dropped)
{
    const struct table *table = dropped->table, *successor;
    struct qualified_name name = {0};

    if (table == NULL || table->relation.former_name == NULL ||
        table->relation.renamed_in != schema_unit(check->schema))
        return NULL;
    name.schema = table->relation.namespace->name;
    name.name = table->relation.former_name;
    successor = schema_find_table(check->schema, name);
    return successor != NULL &&
                   relation_is_new(check->schema, &successor->relation)
               ? successor
               : NULL;
}

static void report(struct check *check, const struct dropped *dropped,
                   struct span words)
{
    const struct table *successor = find_successor(check, dropped);
    const char *name = advice_name(check, dropped->name);

    if (successor == NULL) {
        check_report(check, words, dropped->object,
                     check_format(check,
                                  "DROP TABLE %s loses its rows and breaks "
                                  "the code that still uses it",
                                  name),
                     help_text(check, dropped));
        return;
    }
    finding_lower(
        check_report(check, words, dropped->object,
                     check_format(check,
                                  "DROP TABLE %s loses the rows that were not "
                                  "copied to the new \"%s\"",
                                  name, successor->relation.name),
                     NULL),
        SEVERITY_INFO);
}

static void check_drop(struct check *check, const Node *node)
{
    const DropStmt *drop = (const DropStmt *)node;
    size_t offset = check->statement->offset;

    if (drop->removeType != OBJECT_TABLE || check->is_in_body)
        return;
    foreach_node (List, object, drop->objects) {
        struct dropped dropped = {
            .drop = drop,
            .object = (const Node *)object,
            .name = name_from_list(object),
        };
        const char *first = name_from_string(linitial(object));
        struct span words =
            words_find_name(check->text, check->statement, offset, first);

        if (words.length > 0) {
            words =
                words_of_name_at(check->text, check->statement, words.offset);
            offset = words.offset + words.length;
        }
        dropped.table = schema_find_table(check->schema, dropped.name);
        if (!loses_data(check, &dropped))
            continue;
        report(check, &dropped, words);
    }
}

static const NodeTag tags[] = {T_DropStmt, T_Invalid};

const struct rule rule_drop_table = {
    .id = "drop-table",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "DROP TABLE loses rows and breaks code that still runs",
    .rationale =
        "While a release is rolled out, the old code runs beside the new "
        "schema, and after a failed release it comes back. Both still ask for "
        "the table, and every such query fails. The rows are gone when the "
        "migration commits; its down step can bring back the table, never "
        "what was in it.\n\n"
        "Take it in steps: first a release whose code does not use the table; "
        "then rename it, which breaks whoever was forgotten but is undone in a "
        "moment; then, when nobody has missed it, drop it.\n\n"
        "A table that the same migration created is nobody's yet and may go "
        "without a word, and so may a temporary one. Where the migration made "
        "a new table in its place, this is for information only: have the rows "
        "been copied?",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "DROP TABLE orders;",
    .good = "CREATE TABLE scratch (id bigint);\n"
            "DROP TABLE scratch;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_drop,
};
