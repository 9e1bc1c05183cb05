/*
 * primary-key-too-small: an integer or smallint column of a primary key that a
 * sequence feeds. Asked at the end of the history: a later migration may have
 * made it bigint.
 */
#include "lint/retype_advice.h"
#include "lint/typed_columns.h"

#include <stdio.h>
#include <string.h>

static const struct constraint *find_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];

        if (constraint->type == CONSTRAINT_PRIMARY_KEY &&
            !constraint->object.is_dropped)
            return constraint;
    }
    return NULL;
}

static bool is_in_key(const struct typed_column *typed)
{
    const struct constraint *key = find_key(typed->table);

    for (size_t i = 0; key != NULL && i < key->columns.count; i++)
        if (key->columns.items[i] == typed->column)
            return true;
    return false;
}

/* Null if it has none that is known. */
static const struct sequence *find_sequence(const struct typed_column *typed)
{
    for (size_t i = 0; i < typed->table->sequences.count; i++) {
        const struct sequence *sequence = typed->table->sequences.items[i];

        if (sequence->owned_by == typed->column &&
            !sequence->relation.object.is_dropped)
            return sequence;
    }
    return NULL;
}

static bool is_fed_by_sequence(const struct column *column)
{
    if (column->identity != IDENTITY_NONE)
        return true;
    return column->has_default &&
           (column->is_serial ||
            (column->default_text != NULL &&
             strncmp(column->default_text, "nextval(", 8) == 0));
}

/* A sequence with CYCLE, or with an end that somebody wrote, is meant so. */
static bool is_bounded(const struct sequence *sequence, long maximum)
{
    return sequence != NULL &&
           (sequence->values.is_cycled || sequence->values.increment < 0 ||
            sequence->values.maximum < maximum);
}

/* How many columns that reference the key the help names. */
#define REFERENCES_SHOWN 8

static void add_change(struct check *check, struct buffer *help,
                       const struct column *column)
{
    if (retype_is_refused(column)) {
        buffer_add_format(
            help,
            "-- %s divides %s, and keeps its type: a new table is needed\n",
            check_quote(check, column->name),
            advice_relation_sql(check, &column->table->relation));
        return;
    }
    retype_add_obstacles(check, help, column, false);
    buffer_add_format(help, "ALTER TABLE %s ALTER COLUMN %s TYPE bigint;\n",
                      advice_relation_sql(check, &column->table->relation),
                      check_quote(check, column->name));
}

/* The columns that reference it must grow too, or they end where it ended. */
static void add_references(struct check *check, struct buffer *help,
                           const struct typed_column *typed)
{
    const struct constraint_array *keys = &typed->table->referenced_by;
    size_t count = 0;

    for (size_t i = 0; i < keys->count; i++) {
        const struct constraint *key = keys->items[i];

        if (key->object.is_dropped || key->inherited_from != NULL)
            continue;
        for (size_t j = 0; j < key->referenced_columns.count; j++) {
            const struct column *column = key->columns.items[j];

            if (key->referenced_columns.items[j] != typed->column ||
                type_oid(column->data_type.type) != type_oid(typed->type))
                continue;
            if (++count <= REFERENCES_SHOWN)
                add_change(check, help, column);
        }
    }
    if (count > REFERENCES_SHOWN)
        buffer_add_format(help, "-- and %zu more columns that reference it\n",
                          count - REFERENCES_SHOWN);
}

static const char *help_text(struct check *check,
                             const struct typed_column *typed)
{
    const struct sequence *sequence = find_sequence(typed);
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(
        &help,
        "%s bigint GENERATED %s AS IDENTITY -- instead; where the column is "
        "there by now, this writes every row anew:\n",
        check_quote(check, typed->column->name),
        typed->column->identity == IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
    add_change(check, &help, typed->column);
    if (sequence != NULL && !sequence->is_identity)
        buffer_add_format(&help, "ALTER SEQUENCE %s AS bigint;\n",
                          advice_relation_sql(check, &sequence->relation));
    add_references(check, &help, typed);
    return advice_text(&help);
}

static void check_column(struct check *check, const struct typed_column *typed)
{
    uint16_t oid = type_oid(typed->type);
    long maximum = oid == INT2OID ? INT16_MAX : INT32_MAX;

    if ((oid != INT2OID && oid != INT4OID) || typed->is_array ||
        !is_fed_by_sequence(typed->column) || !is_in_key(typed) ||
        is_bounded(find_sequence(typed), maximum))
        return;
    typed_column_report(
        check, typed,
        check_format(check,
                     "the primary key of %s ends at %ld: after so many rows, "
                     "deleted and rolled back ones counted, every INSERT fails",
                     advice_relation_name(check, &typed->table->relation),
                     maximum),
        help_text(check, typed));
}

const struct rule rule_primary_key_too_small = {
    .id = "primary-key-too-small",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_INFO,
    .summary = "An integer primary key that a sequence feeds runs out",
    .rationale =
        "A sequence never gives a number twice: deleted rows, transactions "
        "that rolled back and INSERT ... ON CONFLICT DO NOTHING use numbers "
        "up. An integer key ends at 2147483647, a smallint one at 32767; from "
        "then on every INSERT fails with `nextval: reached maximum value of "
        "sequence` or `integer out of range`. To change the type then means "
        "to write the table anew under ACCESS EXCLUSIVE, with all tables that "
        "reference it, in the middle of an outage.\n\n"
        "bigint costs four bytes more per row, and often nothing, for rows are "
        "aligned to eight. Columns that reference the key must be bigint "
        "too.\n\n"
        "The rule is silent where the sequence was given an end of its own, or "
        "CYCLE, and where a later migration made the key bigint.",
    .ignore_when = "The table is a list that people write by hand: countries, "
                   "roles, settings.",
    .bad = "CREATE TABLE orders (\n"
           "    id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY\n);\n"
           "ALTER TABLE orders ALTER COLUMN id RESTART WITH 2147483647;\n"
           "INSERT INTO orders DEFAULT VALUES;\n"
           "INSERT INTO orders DEFAULT VALUES;",
    .good = "CREATE TABLE orders (\n"
            "    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY\n);",
    .claim = CLAIM_REFUSED,
    .claim_text = "reached maximum value of sequence",
    .directions = RULE_UP,
    .check_column = check_column,
};
