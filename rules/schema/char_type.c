/*
 * char-type: a column of type char(n), at the end of the history.
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
    struct retyping to = {.type = "text", .cost = "writes every row anew"};

    if (!typed->is_array)
        to.constraint = check_format(check, " CHECK (char_length(%s) <= %d)",
                                     check_quote(check, typed->column->name),
                                     length_of(typed));
    return typed_column_help(check, typed, &to);
}

static void check_column(struct check *check, const struct typed_column *typed)
{
    struct finding *finding;

    if (type_oid(typed->type) != BPCHAROID ||
        typed->column->data_type.modifier < 0)
        return;
    finding = typed_column_report(
        check, typed,
        check_format(check,
                     "%s is char(%d): shorter values are filled up with "
                     "blanks, which some functions see and others do not",
                     typed_column_name(check, typed), length_of(typed)),
        help_text(check, typed));
    /* Only the empty text is shorter. */
    if (length_of(typed) == 1)
        finding_lower(finding, SEVERITY_INFO);
}

const struct rule rule_char_type = {
    .id = "char-type",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "char(n) fills up with blanks: use text",
    .rationale =
        "char(n) fills each value up to n characters with blanks, stores "
        "them and sends them. They do not count in comparisons with "
        "another char, and vanish in a cast to text, so that char_length, "
        "LIKE, concatenation and a program's own comparison disagree "
        "about what the value is. `'a'::char(2) || 'b'` is 'ab', and LIKE "
        "'a' does not match what = 'a' finds.\n\n"
        "It is neither faster nor smaller than text. Use text, with a "
        "CHECK for the length where it matters.",
    .ignore_when =
        "All values have exactly that length: codes of countries and "
        "currencies, hashes.",
    .bad = "CREATE TABLE countries (code char(3) PRIMARY KEY);",
    .good =
        "CREATE TABLE countries (code text PRIMARY KEY CHECK (char_length(code) = 3));",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_column = check_column,
};
