/*
 * table-inheritance: a table that inherits from another one without being its
 * partition, at the end of the history.
 */
#include "lint/typed_columns.h"

/* Null if it has none. */
static const struct table *find_parent(const struct table *table)
{
    for (size_t i = 0; i < table->parents.count; i++)
        if (!table->parents.items[i]->relation.object.is_dropped)
            return table->parents.items[i];
    return NULL;
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];
        const struct table *parent;

        if (!typed_columns_is_kept(table) || table->partition_of != NULL ||
            table->relation.made_at.source == NULL)
            continue;
        parent = find_parent(table);
        if (parent == NULL)
            continue;
        check_report_at(
            check, table->relation.made_at, table,
            check_format(check,
                         "%s inherits from %s: neither a primary key, a unique "
                         "constraint nor a foreign key holds over both",
                         advice_relation_name(check, &table->relation),
                         advice_relation_name(check, &parent->relation)),
            check_format(check,
                         "CREATE TABLE %s (LIKE %s INCLUDING ALL); -- a table "
                         "of its own; to divide one table, PARTITION BY",
                         advice_relation_sql(check, &table->relation),
                         advice_relation_sql(check, &parent->relation)));
    }
}

const struct rule rule_table_inheritance = {
    .id = "table-inheritance",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_INFO,
    .summary = "A table inherits from another one",
    .rationale =
        "A query of a table also reads those that inherit from it, but its "
        "indexes and constraints are its own: a primary key or unique "
        "constraint does not see the rows of the others, so that a key can be "
        "there twice; a foreign key to the parent does not find the rows of a "
        "child; INSERT into the parent never reaches a child. CHECKs and NOT "
        "NULL alone are inherited.\n\n"
        "To divide a large table use PARTITION BY (PostgreSQL 10). For kinds "
        "of a thing use one table with a column for the kind, or a table for "
        "each kind that references the common one.",
    .ignore_when = "Nothing but columns and CHECKs shall be common.",
    .bad = "CREATE TABLE cities (id bigint PRIMARY KEY, name text);\n"
           "CREATE TABLE capitals (state text) INHERITS (cities);\n"
           "CREATE TABLE visits (id bigint PRIMARY KEY,\n"
           "    city_id bigint REFERENCES cities);\n"
           "CREATE INDEX ON visits (city_id);\n"
           "INSERT INTO capitals (id, name, state) VALUES (1, 'a', 'b');\n"
           "INSERT INTO visits VALUES (1, 1);",
    .good = "CREATE TABLE cities (id bigint PRIMARY KEY, name text,\n"
            "    capital_of text);\n"
            "CREATE TABLE visits (id bigint PRIMARY KEY,\n"
            "    city_id bigint REFERENCES cities);\n"
            "CREATE INDEX ON visits (city_id);\n"
            "INSERT INTO cities VALUES (1, 'a', 'b');\n"
            "INSERT INTO visits VALUES (1, 1);",
    .claim = CLAIM_REFUSED,
    .claim_text = "violates foreign key constraint",
    .directions = RULE_UP,
    .finish = finish,
};
