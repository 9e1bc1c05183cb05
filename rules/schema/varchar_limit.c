/*
 * varchar-limit: a column of type varchar(n), at the end of the history.
 */
#include "lint/typed_columns.h"

/* The length that was declared: char alone is char(1). */
static int32_t length_of(const struct typed_column *typed)
{
    return typed->column->data_type.modifier - (int32_t)sizeof(int32_t);
}

static const char *help_text(struct check *check,
                             const struct typed_column *typed)
{
    struct retyping to = {.type = "text"};

    if (!typed->is_array)
        to.constraint = check_format(check, " CHECK (char_length(%s) <= %d)",
                                     check_quote(check, typed->column->name),
                                     length_of(typed));
    return typed_column_help(check, typed, &to);
}

static void check_column(struct check *check, const struct typed_column *typed)
{
    if (type_oid(typed->type) != VARCHAROID ||
        typed->column->data_type.modifier < 0)
        return;
    typed_column_report(
        check, typed,
        check_format(check,
                     "%s ends at %d characters, and to change that takes "
                     "ACCESS EXCLUSIVE; a shorter end is checked row by "
                     "row under it",
                     typed_column_name(check, typed), length_of(typed)),
        help_text(check, typed));
}

const struct rule rule_varchar_limit = {
    .id = "varchar-limit",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary =
        "varchar(n) is a limit that is hard to change: use text with a CHECK",
    .rationale =
        "varchar(n) and text are stored alike. The limit is part of the "
        "type: views and functions that name the column carry it on, and "
        "are in the way when it changes; to shorten it scans or writes "
        "the table under ACCESS EXCLUSIVE, since there is no NOT VALID "
        "for a type.\n\n"
        "A CHECK (char_length(c) <= n) says the same, has a name that an "
        "error shows, and can be replaced by another one with NOT VALID "
        "and VALIDATE CONSTRAINT, without making anybody wait.",
    .ignore_when =
        "The limit is one of another system or of a standard, and never "
        "changes.",
    .bad = "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));",
    .good = "CREATE TABLE users (id bigint PRIMARY KEY,\n"
            "    name text CHECK (char_length(name) <= 50));",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_column = check_column,
};
