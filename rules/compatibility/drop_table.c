/*
 * drop-table: DROP TABLE of a table that the migration did not make itself. Sees
 * every DROP with the schema before it.
 */
#include "lint/advice.h"
#include "lint/cascade.h"
#include "lint/dropped.h"

#include <string.h>

/* For confirm. */
struct subject {
    const struct former *former;
    struct cascade cascade;
    const char *statement; /* `DROP TABLE "t"` */
};

static const struct table *table_of(const struct check *check,
                                    const struct dropped *dropped)
{
    return schema_find_table(check->schema, dropped->name);
}

static bool loses_data(const struct check *check, const struct dropped *dropped)
{
    const struct table *table = table_of(check, dropped);

    if (dropped->name.schema != NULL &&
        strcmp(dropped->name.schema, "pg_temp") == 0)
        return false;
    if (table != NULL && table->relation.kind != RELATION_TABLE &&
        table->relation.kind != RELATION_PARTITIONED_TABLE)
        return false;
    return !check_is_new(check, dropped->name);
}

/* DROP TABLE of a partition takes ACCESS EXCLUSIVE on its parent. */
static const char *partition_help(struct check *check,
                                  const struct dropped *dropped,
                                  const struct table *table)
{
    const struct relation *parent = &table->partition_of->relation;
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
    const struct table *table = table_of(check, dropped);
    struct qualified_name unused = dropped->name;

    if (table != NULL && table->partition_of != NULL)
        return partition_help(check, dropped, table);
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

/* The relation of that name has come with this migration, but not been made
 * under it: it was filled before. */
static bool was_renamed(const struct check *check,
                        const struct relation *relation)
{
    return relation->former_name != NULL &&
           relation->renamed_in == schema_unit(check->schema) &&
           relation_is_new(check->schema, relation);
}

/* The name by which code knew the table before this migration renamed it. */
static struct qualified_name name_for_code(const struct check *check,
                                           const struct former *former)
{
    const struct relation *relation = (const struct relation *)former->object;
    struct qualified_name name = {NULL, former->schema, former->name};

    if (relation != NULL && relation->former_name != NULL &&
        relation->renamed_in == schema_unit(check->schema))
        name.name = relation->former_name;
    return name;
}

static void report(struct check *check, const struct dropped *dropped)
{
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct span all = words_of_statement(check->statement);
    struct finding *finding;

    subject->former = former_of_relation(check, dropped->name);
    subject->statement = dropped_statement_name(check, dropped);
    if (dropped->drop->behavior == DROP_CASCADE)
        subject->cascade =
            cascade_of(check, dropped->object, cascade_words(all));
    finding = check_report(check, dropped->words, dropped->node,
                           check_format(check,
                                        "%s loses its rows and breaks the code "
                                        "that still uses it",
                                        subject->statement),
                           help_text(check, dropped));
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, subject);
}

/* The rows go to the new table by what both have. */
static const char *help_to_keep(struct check *check,
                                const struct former *former,
                                const struct table *successor)
{
    const char *name = advice_relation_sql(check, &successor->relation);
    const char *unused =
        check_quote(check, check_format(check, "%s_unused", former->name));
    struct buffer columns, help;

    buffer_init(&columns, check->arena);
    for (size_t i = 0; i < former->columns.count; i++) {
        const char *column = former->columns.items[i].name;

        if (table_find_column(successor, column) == NULL)
            continue;
        buffer_add_format(&columns, "%s%s", columns.length > 0 ? ", " : "",
                          check_quote(check, column));
    }
    if (columns.length == 0)
        return NULL;
    buffer_init(&help, check->arena);
    buffer_add_format(&help,
                      "-- to keep them, instead of the DROP:\n"
                      "ALTER TABLE %s RENAME TO %s;\n"
                      "-- after the CREATE TABLE:\n"
                      "INSERT INTO %s (%s)\n    SELECT %s FROM %s;",
                      name, unused, name, buffer_text(&columns),
                      buffer_text(&columns), unused);
    return buffer_text(&help);
}

/*
 * Where a new table has the name now, code that runs finds that one. If it got
 * the name by a rename it may have got the rows before; else it is empty.
 */
static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const struct object *object = subject->former->object;
    struct qualified_name name = name_for_code(check, subject->former);
    const struct relation *successor =
        (const struct relation *)schema_find_table(check->schema, name);

    if (object != NULL && !object->is_dropped)
        return false;
    cascade_note(check, finding, &subject->cascade);
    if (successor == NULL || !relation_is_new(check->schema, successor))
        return true;
    finding_advise(finding, NULL);
    if (((const struct table *)successor)->is_from_query) {
        finding_restate(finding,
                        check_format(check,
                                     "%s loses the rows that the query of the "
                                     "new \"%s\" does not bring back",
                                     subject->statement, successor->name));
        finding_lower(finding, SEVERITY_INFO);
        return true;
    }
    if (!was_renamed(check, successor) &&
        strcmp(name.name, subject->former->name) == 0) {
        finding_advise(finding, help_to_keep(check, subject->former,
                                             (const struct table *)successor));
        finding_restate(finding,
                        check_format(check,
                                     "%s loses its rows: the new \"%s\" begins "
                                     "without them",
                                     subject->statement, successor->name));
        return true;
    }
    finding_restate(finding,
                    check_format(check,
                                 "%s loses the rows that were not copied to "
                                 "the new \"%s\"",
                                 subject->statement, successor->name));
    finding_lower(finding, SEVERITY_INFO);
    return true;
}

static void check_drop(struct check *check, const Node *node)
{
    const DropStmt *drop = (const DropStmt *)node;
    struct dropped_walk walk = dropped_walk_of(check, drop);
    struct dropped dropped;

    if (drop->removeType != OBJECT_TABLE || check->is_in_body)
        return;
    while (dropped_next(check, &walk, &dropped))
        if (loses_data(check, &dropped))
            report(check, &dropped);
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
        "a new table in its place out of a query (CREATE TABLE AS), or gave its "
        "name to another, this is for information only: have all rows been "
        "copied?",
    .ignore_when = "The rows are saved or worthless, and no release that is "
                   "running, or may come back, uses the table.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "DROP TABLE orders;",
    .good = "CREATE TABLE scratch (id bigint);\n"
            "DROP TABLE scratch;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_drop,
    .confirm = confirm,
};
