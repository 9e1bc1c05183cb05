/*
 * foreign-key-without-index: a foreign key whose referencing columns no index
 * leads with. Asked once, at the end of the history: a later migration may make
 * the index.
 */
#include "lint/advice.h"

#include <string.h>

static bool has_column(const struct column_array *columns,
                       const struct column *column)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->items[i] == column)
            return true;
    return false;
}

/* The server asks for equality: `WHERE user_id = $1` (ri_triggers.c). */
static bool answers_equality(const struct index *index)
{
    if (strcmp(index->method, "hash") == 0)
        return index->column_count == 1;
    return strcmp(index->method, "btree") == 0;
}

/* A partial index serves if all it leaves out is nulls, which equal nothing. */
static bool covers_all_keys(const struct index *index,
                            const struct column_array *key)
{
    const struct column_array *not_null = &index->predicate_not_null;

    if (index->predicate == NULL)
        return true;
    for (size_t i = 0; i < not_null->count; i++)
        if (!has_column(key, not_null->items[i]))
            return false;
    return not_null->count > 0;
}

/* Among the index's first `count` columns. */
static bool leads_with(const struct index *index, size_t count,
                       const struct column *column)
{
    for (size_t i = 0; i < count; i++)
        if (index->columns[i].column == column)
            return true;
    return false;
}

/* The index finds at most one row by a part of the key. */
static bool is_unique_part(const struct index *index,
                           const struct column_array *key)
{
    if (!index->is_unique || index->column_count > key->count)
        return false;
    for (size_t i = 0; i < index->column_count; i++)
        if (index->columns[i].column == NULL ||
            !has_column(key, index->columns[i].column))
            return false;
    return true;
}

/* The index begins with all columns of the key, in whatever order. */
static bool is_led_by(const struct index *index, const struct column_array *key)
{
    if (index->column_count < key->count)
        return false;
    for (size_t i = 0; i < key->count; i++)
        if (!leads_with(index, key->count, key->items[i]))
            return false;
    return true;
}

static bool is_usable(const struct index *index, const struct column_array *key)
{
    return !index->relation.object.is_dropped && index->is_valid &&
           answers_equality(index) && covers_all_keys(index, key);
}

static bool has_index(const struct table *table, const struct column_array *key)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (is_usable(index, key) &&
            (is_led_by(index, key) || is_unique_part(index, key)))
            return true;
    }
    return false;
}

/* The key as the partition has it; null if it is not known. */
static const struct constraint *key_of(const struct table *partition,
                                       const struct constraint *constraint)
{
    for (size_t i = 0; i < partition->constraints.count; i++)
        if (partition->constraints.items[i]->inherited_from == constraint)
            return partition->constraints.items[i];
    return NULL;
}

/* Every known partition has an index of its own. */
static bool has_index_by_partition(const struct table *table,
                                   const struct constraint *constraint)
{
    size_t count = 0;

    for (size_t i = 0; i < table->children.count; i++) {
        const struct table *partition = table->children.items[i];
        const struct constraint *key;

        if (partition->relation.object.is_dropped ||
            partition->partition_of != table)
            continue;
        key = key_of(partition, constraint);
        if (key == NULL || !has_index(partition, &key->columns))
            return false;
        count++;
    }
    return count > 0;
}

/* An index made before the history began would be unknown to us, unless one of
 * the columns was made since. */
static bool would_know_index(const struct table *table,
                             const struct constraint *constraint)
{
    if (table->is_complete)
        return true;
    for (size_t i = 0; i < constraint->columns.count; i++)
        if (constraint->columns.items[i]->made_at.source != NULL)
            return true;
    return false;
}

/* Partitions have their parent's keys: those are judged on the parent. */
static bool is_without_index(const struct table *table,
                             const struct constraint *constraint)
{
    return constraint->type == CONSTRAINT_FOREIGN_KEY &&
           !constraint->object.is_dropped && constraint->is_enforced &&
           constraint->inherited_from == NULL &&
           constraint->made_at.source != NULL &&
           constraint->columns.count > 0 &&
           would_know_index(table, constraint) &&
           !has_index(table, &constraint->columns) &&
           !has_index_by_partition(table, constraint);
}

static const char *key_text(struct check *check,
                            const struct column_array *columns)
{
    struct buffer text;

    buffer_init(&text, check->arena);
    buffer_add_char(&text, '(');
    for (size_t i = 0; i < columns->count; i++) {
        if (i > 0)
            buffer_add_text(&text, ", ");
        writer_add_identifier(&text, columns->items[i]->name);
    }
    buffer_add_char(&text, ')');
    return buffer_text(&text);
}

static const char *partitioned_help(struct check *check,
                                    const struct table *table,
                                    const struct constraint *constraint)
{
    struct qualified_name name = {.name = table->relation.name};
    struct index_advice index = {0};
    struct buffer columns, help;

    if (strcmp(table->relation.namespace->name, "public") != 0)
        name.schema = table->relation.namespace->name;
    buffer_init(&columns, check->arena);
    for (size_t i = 0; i < constraint->columns.count; i++)
        buffer_add_format(&columns, "%s%s", i > 0 ? "_" : "",
                          constraint->columns.items[i]->name);
    index.name =
        advice_free_name(check, name, table, buffer_text(&columns), "idx");
    index.definition =
        check_format(check, " %s", key_text(check, &constraint->columns));
    buffer_init(&help, check->arena);
    advice_add_partitioned_index(check, &help, name, table, &index);
    return advice_text(&help);
}

static const char *help_text(struct check *check, const struct table *table,
                             const struct constraint *constraint)
{
    if (table->relation.kind == RELATION_PARTITIONED_TABLE)
        return partitioned_help(check, table, constraint);
    return check_format(check, "CREATE INDEX CONCURRENTLY ON %s %s;",
                        advice_relation_sql(check, &table->relation),
                        key_text(check, &constraint->columns));
}

/* An index that leads with a column of the key narrows the search. */
static const struct column *find_led_column(const struct table *table,
                                            const struct column_array *key)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (index->column_count > 0 && is_usable(index, key) &&
            has_column(key, index->columns[0].column))
            return index->columns[0].column;
    }
    return NULL;
}

static const char *message_text(struct check *check, const struct table *table,
                                const struct constraint *constraint)
{
    const struct column_array *key = &constraint->columns;
    const struct column *led = find_led_column(table, key);
    const char *referenced =
        advice_relation_name(check, &constraint->referenced->relation);
    const char *referencing = advice_relation_name(check, &table->relation);

    if (led != NULL)
        return check_format(check,
                            "deleting a row of %s reads all rows of %s with "
                            "the same \"%s\": no index leads with %s",
                            referenced, referencing, led->name,
                            key_text(check, key));
    return check_format(
        check, "deleting a row of %s reads all of %s: no index leads with %s",
        referenced, referencing, key_text(check, key));
}

static void report(struct check *check, const struct table *table,
                   const struct constraint *constraint)
{
    struct finding *finding =
        check_report_at(check, constraint->made_at, constraint,
                        message_text(check, table, constraint),
                        help_text(check, table, constraint));

    /* The rows with the same value may be few. */
    if (find_led_column(table, &constraint->columns) != NULL)
        finding_lower(finding, SEVERITY_INFO);
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (table->relation.is_temporary || table->relation.object.is_dropped)
            continue;
        for (size_t j = 0; j < table->constraints.count; j++)
            if (is_without_index(table, table->constraints.items[j]))
                report(check, table, table->constraints.items[j]);
    }
}

const struct rule rule_foreign_key_without_index = {
    .id = "foreign-key-without-index",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "No index leads with the columns of a foreign key",
    .rationale =
        "PostgreSQL makes an index for the referenced side of a foreign key "
        "and none for the referencing side. When a row is deleted on the "
        "referenced side, or its key changes, the server must look for rows "
        "that point at it; without an index it reads the whole referencing "
        "table, for every deleted row, while the deleting transaction holds "
        "its locks. Joins along the key, which is what most queries do with "
        "it, are slow for the same reason.\n\n"
        "Any valid B-tree index serves that begins with the key's columns, in "
        "any order among them: a primary key or unique constraint too, and a "
        "partial index that leaves out nothing but nulls. One that begins with "
        "some of them narrows the search: then this is info. Write the index in "
        "the migration that creates the table; for a table that is in use, "
        "CREATE INDEX CONCURRENTLY.\n\n"
        "Where rows of the referenced table are never deleted and nobody joins "
        "along the key, allow it where the key is made.",
    .ignore_when =
        "Rows of the referenced table are never deleted and their keys "
        "never change, and no query joins from it. Or the referencing "
        "table is small.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY);",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
           "    user_id bigint REFERENCES users);",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
            "    user_id bigint REFERENCES users);\n"
            "CREATE INDEX ON orders (user_id);",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Cond: (user_id = 1)",
    .claim_query = "SELECT 1 FROM orders WHERE user_id = 1 FOR KEY SHARE",
    .directions = RULE_UP,
    .finish = finish,
};
