/*
 * table-without-primary-key: a table that has none at the end of the history.
 * The help looks for what could be one: a unique index over columns that are
 * not null, a column called id, the two keys of a table that joins two others.
 */
#include "lint/typed_columns.h"

#include <string.h>

static bool has_primary_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i]->type == CONSTRAINT_PRIMARY_KEY &&
            !table->constraints.items[i]->object.is_dropped)
            return true;
    return false;
}

/* A placeholder in the place of a type may be `bigserial PRIMARY KEY`. */
static bool has_unknown_type(const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++)
        if (table->columns.items[i]->data_type.type == NULL &&
            !table->columns.items[i]->object.is_dropped)
            return true;
    return false;
}

/* Partitions have their parent's. */
static bool is_judged(const struct table *table)
{
    return typed_columns_is_kept(table) && table->is_complete &&
           table->relation.made_at.source != NULL &&
           table->relation.extension == NULL && table->partition_of == NULL &&
           !has_primary_key(table) && !has_unknown_type(table);
}

/* Every row has its own values of these columns. */
static bool is_key(const struct index *index)
{
    if (index->relation.object.is_dropped || !index->is_unique ||
        !index->is_valid || index->predicate != NULL ||
        (index->constraint != NULL && index->constraint->is_deferrable))
        return false;
    for (size_t i = 0; i < index->column_count; i++)
        if (index->columns[i].column == NULL ||
            index->columns[i].column->is_nullable)
            return false;
    return strcmp(index->method, "btree") == 0;
}

static const struct index *find_key(const struct table *table)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (is_key(table->indexes.items[i]))
            return table->indexes.items[i];
    return NULL;
}

static void add_name(struct check *check, struct buffer *names,
                     const struct column *column)
{
    if (names->length > 0)
        buffer_add_text(names, ", ");
    buffer_add_text(names, check_quote(check, column->name));
}

static bool is_referencing(const struct column *column)
{
    for (size_t i = 0; i < column->table->constraints.count; i++) {
        const struct constraint *key = column->table->constraints.items[i];

        for (size_t j = 0; key->type == CONSTRAINT_FOREIGN_KEY &&
                           !key->object.is_dropped && j < key->columns.count;
             j++)
            if (key->columns.items[j] == column)
                return true;
    }
    return false;
}

/* A table that joins two others: its first columns, or all of them, reference
 * them. Empty for any other table. */
static const char *joining_columns(struct check *check,
                                   const struct table *table)
{
    struct buffer names;
    size_t count = 0;

    buffer_init(&names, check->arena);
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (column->object.is_dropped || !is_referencing(column))
            continue;
        add_name(check, &names, column);
        count++;
    }
    return count == 2 ? buffer_text(&names) : "";
}

static const char *key_columns(struct check *check, const struct index *index)
{
    struct buffer names;

    buffer_init(&names, check->arena);
    for (size_t i = 0; i < index->column_count; i++)
        add_name(check, &names, index->columns[i].column);
    return buffer_text(&names);
}

/* What a key of these columns takes: with the columns that the table is divided
 * by, which every unique key must have. */
static const char *with_partition_key(struct check *check,
                                      const struct table *table,
                                      const char *columns)
{
    const struct partition_key *key = table->partition_key;
    struct buffer names;

    buffer_init(&names, check->arena);
    buffer_add_text(&names, columns);
    for (size_t i = 0; key != NULL && i < key->column_count; i++)
        add_name(check, &names, key->columns[i].column);
    return buffer_text(&names);
}

/* A unique key cannot have what a table is divided by if that is an expression:
 * there is no primary key to be made. */
static bool is_divided_by_expression(const struct table *table)
{
    const struct partition_key *key = table->partition_key;

    for (size_t i = 0; key != NULL && i < key->column_count; i++)
        if (key->columns[i].column == NULL)
            return true;
    return false;
}

static const char *new_column_help(struct check *check,
                                   const struct table *table)
{
    const char *name = advice_relation_sql(check, &table->relation);

    if (table->partition_key != NULL)
        return check_format(check,
                            "ALTER TABLE %s ADD COLUMN id bigserial, ADD "
                            "PRIMARY KEY (%s); -- best where it is created: "
                            "later it writes every row anew",
                            name, with_partition_key(check, table, "id"));
    /* An identity is not inherited, and ADD COLUMN goes to all children. */
    return check_format(check,
                        "ALTER TABLE %s ADD COLUMN id %s PRIMARY KEY; -- best "
                        "where it is created: later it writes every row anew",
                        name,
                        table->children.count > 0
                            ? "bigserial"
                            : "bigint GENERATED ALWAYS AS IDENTITY");
}

/* For columns that tell rows apart, if no two rows have the same. */
static const char *columns_help(struct check *check, const struct table *table,
                                const char *columns)
{
    const char *name = advice_relation_sql(check, &table->relation);
    const char *index;

    if (table->partition_key != NULL)
        return check_format(check, "ALTER TABLE %s ADD PRIMARY KEY (%s);", name,
                            columns);
    index = check_quote(
        check, advice_object_name(check, table->relation.name, NULL, "pkey"));
    return check_format(check,
                        "PRIMARY KEY (%s) -- where the table is created; "
                        "later:\n"
                        "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s (%s);\n"
                        "ALTER TABLE %s ADD CONSTRAINT %s PRIMARY KEY USING "
                        "INDEX %s;",
                        columns, index, name, columns, name, index, index);
}

/* A foreign key relies on the index: its constraint cannot be dropped. */
static bool is_relied_on(const struct table *table, const struct index *index)
{
    for (size_t i = 0; i < table->referenced_by.count; i++)
        if (table->referenced_by.items[i]->index == index &&
            !table->referenced_by.items[i]->object.is_dropped)
            return true;
    return false;
}

static const char *key_help(struct check *check, const struct table *table,
                            const struct index *index)
{
    const char *name = advice_relation_sql(check, &table->relation);
    const char *columns = key_columns(check, index);

    if (index->constraint == NULL && table->partition_key == NULL)
        return check_format(check,
                            "ALTER TABLE %s ADD PRIMARY KEY USING INDEX %s;",
                            name, check_quote(check, index->relation.name));
    if (index->constraint == NULL || is_relied_on(table, index))
        return columns_help(check, table, columns);
    return check_format(
        check,
        "PRIMARY KEY (%s) -- instead of UNIQUE, where the table is "
        "created; later:\n"
        "ALTER TABLE %s DROP CONSTRAINT %s, ADD PRIMARY KEY (%s);",
        columns, name, check_quote(check, index->constraint->name), columns);
}

static const char *help_text(struct check *check, const struct table *table,
                             const struct index *key)
{
    const char *joining = joining_columns(check, table);

    if (key != NULL)
        return key_help(check, table, key);
    if (table->partition_key == NULL && joining[0] != '\0')
        return columns_help(check, table, joining);
    if (table_find_column(table, "id") != NULL)
        return columns_help(check, table,
                            with_partition_key(check, table, "id"));
    return new_column_help(check, table);
}

static void report(struct check *check, const struct table *table)
{
    const struct index *key = find_key(table);
    const char *name = advice_relation_name(check, &table->relation);
    const char *message =
        key != NULL
            ? check_format(check,
                           "%s has no primary key: logical replication "
                           "refuses its UPDATEs and DELETEs, though (%s) "
                           "tells its rows apart",
                           name, key_columns(check, key))
            : check_format(check,
                           "%s has no primary key: nothing tells two equal "
                           "rows apart, and logical replication refuses its "
                           "UPDATEs and DELETEs",
                           name);

    check_report_at(check,
                    table->key_dropped_at.source != NULL
                        ? table->key_dropped_at
                        : table->relation.made_at,
                    table, message, help_text(check, table, key));
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++)
        if (is_judged(tables->items[i]) &&
            !is_divided_by_expression(tables->items[i]))
            report(check, tables->items[i]);
}

const struct rule rule_table_without_primary_key = {
    .id = "table-without-primary-key",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "A table has no primary key",
    .rationale =
        "Without a primary key two rows can be equal in all columns: a row "
        "that was inserted twice can be told from itself by its ctid alone, "
        "and nothing can reference it. Logical replication, which upgrades "
        "without a stop and change data capture rest on, takes INSERTs of such "
        "a table only: an UPDATE or DELETE of a published one is refused with "
        "`cannot delete from table ... because it does not have a replica "
        "identity and publishes deletes`. Tools that clean up, compare or "
        "back-fill in batches have no column to go by.\n\n"
        "Where rows have a natural key (the two columns of a table that joins "
        "two others, say), make that the primary key; else add a column that "
        "counts.\n\n"
        "The rule is asked at the end of the history: a later migration may "
        "add the key, or drop the table. It is silent about partitions, which "
        "have their parent's, tables divided by an expression, which can have "
        "none, and temporary tables.",
    .ignore_when = "Rows are only ever appended and read in bulk, as in a log "
                   "or a staging table, and nothing replicates them.",
    .bad = "CREATE TABLE readings (sensor_id bigint NOT NULL, value integer);\n"
           "CREATE PUBLICATION changes FOR TABLE readings;\n"
           "DELETE FROM readings WHERE sensor_id = 1;",
    .good = "CREATE TABLE readings (\n"
            "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
            "    sensor_id bigint NOT NULL, value integer\n);\n"
            "CREATE PUBLICATION changes FOR TABLE readings;\n"
            "DELETE FROM readings WHERE sensor_id = 1;",
    .claim = CLAIM_REFUSED,
    .claim_text = "does not have a replica identity and publishes deletes",
    .directions = RULE_UP,
    .finish = finish,
};
