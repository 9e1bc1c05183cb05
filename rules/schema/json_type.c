/*
 * json-type: a column of type json, at the end of the history.
 */
#include "lint/typed_columns.h"

static void check_column(struct check *check, const struct typed_column *typed)
{
    const char *name;

    /* Who makes json of jsonb wants the text as it came. */
    if (type_oid(typed->type) != JSONOID ||
        type_oid(typed->column->former_type) == JSONBOID)
        return;
    name = typed_column_name(check, typed);
    typed_column_report(
        check, typed,
        check_format(
            check,
            "%s is json: it has no equality, so that DISTINCT, GROUP BY and indexes refuse it, and every access parses its text",
            name),
        typed_column_help(check, typed,
                          &(struct retyping){.type = "jsonb",
                                             .cost = "writes every row anew"}));
}

const struct rule rule_json_type = {
    .id = "json-type",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "json keeps the text and parses it each time: use jsonb",
    .rationale =
        "json stores the words as they came, with their spaces, the order "
        "of keys and keys that repeat, and parses them whenever anything "
        "inside is read. It has no equality: SELECT DISTINCT, GROUP BY "
        "and UNION refuse it (`could not identify an equality operator "
        "for type json`), and so does every index.\n\n"
        "jsonb stores what the words mean. It is compared, indexed (GIN, "
        "for `@>` and `?`) and read without parsing. It sorts keys, keeps "
        "the last of those that repeat, and refuses the character "
        "\\u0000.",
    .ignore_when =
        "The text must come back as it was written, for a signature, say: "
        "then text is more honest, with a CHECK that it IS JSON.",
    .bad = "CREATE TABLE events (id bigint PRIMARY KEY, payload json);\n"
           "SELECT DISTINCT payload FROM events;",
    .good = "CREATE TABLE events (id bigint PRIMARY KEY, payload jsonb);\n"
            "SELECT DISTINCT payload FROM events;",
    .claim = CLAIM_REFUSED,
    .claim_text = "could not identify an equality operator for type json",
    .directions = RULE_UP,
    .check_column = check_column,
};
