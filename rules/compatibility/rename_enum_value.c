/*
 * rename-enum-value: ALTER TYPE ... RENAME VALUE of an enum that code may use.
 * Sees every ALTER TYPE on an enum with the schema before it.
 */
#include "lint/advice.h"
#include "lint/former.h"

/* How many of the columns of the type the help spells out. */
#define COLUMNS_SHOWN 3

static void add_update(struct check *check, struct buffer *help,
                       const struct column *column, const AlterEnumStmt *alter)
{
    const char *name = check_quote(check, column->name);

    buffer_add_format(help, "UPDATE %s SET %s = %s WHERE %s = %s;\n",
                      advice_relation_sql(check, &column->table->relation),
                      name, advice_literal(check, alter->newVal), name,
                      advice_literal(check, alter->oldVal));
}

static void add_updates(struct check *check, struct buffer *help,
                        const struct type *type, const AlterEnumStmt *alter)
{
    const struct table_array *tables = schema_tables(check->schema);
    size_t shown = 0;

    for (size_t i = 0; i < tables->count && shown < COLUMNS_SHOWN; i++) {
        const struct table *table = tables->items[i];

        if (table->relation.kind != RELATION_TABLE &&
            table->relation.kind != RELATION_PARTITIONED_TABLE)
            continue;
        for (size_t j = 0; j < table->columns.count && shown < COLUMNS_SHOWN;
             j++) {
            const struct column *column = table->columns.items[j];

            if (column->object.is_dropped || column->data_type.type != type)
                continue;
            add_update(check, help, column, alter);
            shown++;
        }
    }
    if (shown == 0)
        buffer_add_format(help, "UPDATE ... SET ... = %s WHERE ... = %s;\n",
                          advice_literal(check, alter->newVal),
                          advice_literal(check, alter->oldVal));
}

static const char *help_text(struct check *check, const struct type *type,
                             const AlterEnumStmt *alter)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(
        &help,
        "-- add the new value, for a release that reads both and writes the "
        "old one:\n"
        "ALTER TYPE %s ADD VALUE %s AFTER %s;\n"
        "-- after the release that writes the new one:\n",
        check_quote_name(check, name_from_list(alter->typeName)),
        advice_literal(check, alter->newVal),
        advice_literal(check, alter->oldVal));
    add_updates(check, &help, type, alter);
    return advice_text(&help);
}

static void check_alter(struct check *check, const Node *node)
{
    const AlterEnumStmt *alter = (const AlterEnumStmt *)node;
    struct qualified_name name;
    const struct type *type;

    if (alter->oldVal == NULL || check->is_in_body)
        return;
    name = name_from_list(alter->typeName);
    type = schema_find_type(check->schema, name);
    if (type != NULL && former_is_new(check, &type->object))
        return;
    check_report(
        check,
        words_find(check->text, check->statement, check->statement->offset,
                   "RENAME VALUE"),
        node,
        check_format(check,
                     "code that still writes or asks for '%s' of %s fails, "
                     "and code that reads '%s' may not know it",
                     alter->oldVal, advice_name(check, name), alter->newVal),
        help_text(check, type, alter));
}

static const NodeTag tags[] = {T_AlterEnumStmt, T_Invalid};

const struct rule rule_rename_enum_value = {
    .id = "rename-enum-value",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "A renamed enum value breaks code that uses the old one",
    .rationale =
        "All rows that have the value show the new name at once, and no row is "
        "touched. But the old code, which runs beside the new schema while a "
        "release is rolled out, still writes the old name (invalid input "
        "value for enum) and meets a name that it does not know where it "
        "reads.\n\n"
        "Add the new value instead, let a release read both, then let one "
        "write the new value and update the rows. A value cannot be dropped "
        "from an enum: the old one stays, unused.\n\n"
        "Nothing is said of a type that the same migration created.",
    .ignore_when = "No release that is running, or may come back, uses the old "
                   "value.",
    .setup = "CREATE TYPE mood AS ENUM ('sad', 'happy');\n"
             "CREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
    .bad = "ALTER TYPE mood RENAME VALUE 'happy' TO 'glad';",
    .good = "ALTER TYPE mood ADD VALUE 'glad' AFTER 'happy';",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter,
};
