/*
 * nullable-boolean: a boolean column that may be null, at the end of the
 * history.
 */
#include "lint/typed_columns.h"

static bool may_be_null(const struct typed_column *typed)
{
    return typed->column->is_nullable && !typed->column->is_null_wanted &&
           !typed->is_array && typed->column->generated == GENERATED_NONE &&
           advice_find_proof(typed->table, typed->column->name, NULL) == NULL;
}

static const char *help_text(struct check *check,
                             const struct typed_column *typed)
{
    const char *table = advice_relation_sql(check, &typed->table->relation);
    const char *name = check_quote(check, typed->column->name);
    const char *value = typed->column->default_text != NULL
                            ? typed->column->default_text
                            : "false";

    return check_format(check,
                        "%s boolean NOT NULL DEFAULT %s -- instead; where the "
                        "column is there by now:\n"
                        "UPDATE %s SET %s = %s WHERE %s IS NULL;\n"
                        "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;",
                        name, value, table, name, value, name, table, name);
}

static void check_column(struct check *check, const struct typed_column *typed)
{
    if (type_oid(typed->type) != BOOLOID || !may_be_null(typed))
        return;
    typed_column_report(
        check, typed,
        check_format(check,
                     "%s has three values: where it is null, neither WHERE "
                     "%s nor WHERE NOT %s finds the row",
                     typed_column_name(check, typed),
                     check_quote(check, typed->column->name),
                     check_quote(check, typed->column->name)),
        help_text(check, typed));
}

const struct rule rule_nullable_boolean = {
    .id = "nullable-boolean",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A boolean column that may be null has three values",
    .rationale =
        "A boolean that may be null is true, false or unknown. `WHERE "
        "active` and `WHERE NOT active` both leave the third out, and "
        "programs treat it as false in one place and crash on it in the "
        "other. Mostly nobody wanted it: the column was added without NOT "
        "NULL.\n\n"
        "Declare it NOT NULL with a default. Where there are three "
        "answers, an enum or a text column with a CHECK names them.",
    .ignore_when = "Null means something: not asked yet.",
    .bad = "CREATE TABLE users (id bigint PRIMARY KEY, is_admin boolean);",
    .good = "CREATE TABLE users (id bigint PRIMARY KEY,\n"
            "    is_admin boolean NOT NULL DEFAULT false);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_column = check_column,
};
