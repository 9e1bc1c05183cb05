/*
 * nullable-unique-column: a unique index over a column that may be null, which
 * lets any number of rows in where it is, at the end of the history.
 */
#include "lint/alike_index.h"
#include "lint/typed_columns.h"

#include <string.h>

#define NULLS_NOT_DISTINCT_SINCE 15

static bool has_not_null_domain(const struct column *column)
{
    for (const struct type *type = column->data_type.type;
         type != NULL && type->kind == TYPE_DOMAIN; type = type->base.type)
        if (type->is_not_null)
            return true;
    return false;
}

/* A partial index may leave the nulls out, because somebody thought of them. */
static bool leaves_out(const struct index *index, const struct column *column)
{
    for (size_t i = 0; i < index->leaves_out_null.count; i++)
        if (index->leaves_out_null.items[i] == column)
            return true;
    return false;
}

static bool may_be_null(const struct index *index, const struct column *column)
{
    return column != NULL && column->is_nullable &&
           column->identity == IDENTITY_NONE && !has_not_null_domain(column) &&
           !leaves_out(index, column) &&
           advice_find_proof(index->table, column->name, NULL) == NULL;
}

static const struct column *find_nullable(const struct index *index)
{
    for (size_t i = 0; i < index->column_count; i++)
        if (may_be_null(index, index->columns[i].column))
            return index->columns[i].column;
    return NULL;
}

static const char *help_text(struct check *check, const struct index *index,
                             const struct column *column)
{
    const struct relation *relation = &index->table->relation;
    struct qualified_name name = {.name = relation->name};
    struct buffer help;

    if (strcmp(relation->namespace->name, "public") != 0)
        name.schema = relation->namespace->name;
    buffer_init(&help, check->arena);
    if (check->postgres_version >= NULLS_NOT_DISTINCT_SINCE)
        buffer_add_text(&help, "UNIQUE NULLS NOT DISTINCT -- if one row may "
                               "have none; if none may:\n");
    buffer_add_format(&help, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;",
                      check_quote_name(check, name),
                      check_quote(check, column->name));
    return buffer_text(&help);
}

static void judge(struct check *check, const struct index *index)
{
    const struct column *column = find_nullable(index);

    if (column == NULL)
        return;
    check_report_at(
        check, index->relation.made_at, index,
        check_format(check,
                     "\"%s\" lets any number of rows in whose \"%s\" is null: "
                     "nulls count as different",
                     index->relation.name, column->name),
        help_text(check, index, column));
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (!typed_columns_is_kept(table) || !table->is_complete)
            continue;
        for (size_t j = 0; j < table->indexes.count; j++) {
            const struct index *index = table->indexes.items[j];

            if (alike_index_is_judged(index) && index->is_unique &&
                !index->is_nulls_not_distinct)
                judge(check, index);
        }
    }
}

const struct rule rule_nullable_unique_column = {
    .id = "nullable-unique-column",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A unique index has a column that may be null",
    .rationale =
        "To a unique index two nulls are different: UNIQUE (tenant_id, slug) "
        "keeps no two rows with the same slug apart if their tenant_id is "
        "null. INSERT ... ON CONFLICT does not find such a row either, and "
        "inserts a second.\n\n"
        "Declare the column NOT NULL, or the constraint UNIQUE NULLS NOT "
        "DISTINCT (PostgreSQL 15). Before 15 a second unique index serves, on "
        "the other columns, WHERE the column IS NULL.\n\n"
        "The rule is silent where a partial index leaves the nulls out, and "
        "where a valid CHECK or a domain says that there are none.",
    .ignore_when = "The column is optional, and unique where it is given: an "
                   "e-mail address, say.",
    .bad = "CREATE TABLE pages (id bigint PRIMARY KEY, tenant_id bigint,\n"
           "    slug text NOT NULL, UNIQUE (tenant_id, slug));",
    .good = "CREATE TABLE pages (id bigint PRIMARY KEY,\n"
            "    tenant_id bigint NOT NULL, slug text NOT NULL,\n"
            "    UNIQUE (tenant_id, slug));",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
