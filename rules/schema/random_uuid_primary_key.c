/*
 * random-uuid-primary-key: a primary key whose default is a random UUID, at the
 * end of the history.
 */
#include "lint/typed_columns.h"

#include <string.h>

#define UUIDV7_SINCE 18

static const struct constraint *find_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i]->type == CONSTRAINT_PRIMARY_KEY &&
            !table->constraints.items[i]->object.is_dropped)
            return table->constraints.items[i];
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

/* gen_random_uuid() of PostgreSQL or pgcrypto, uuid_generate_v4() of uuid-ossp;
 * null for any other default. */
static const char *random_function(const struct column *column)
{
    static const char *const names[] = {"gen_random_uuid", "uuid_generate_v4",
                                        "uuidv4"};
    struct slice text;
    struct lexer lexer;

    if (!column->has_default || column->default_text == NULL)
        return NULL;
    text = slice_from(column->default_text);
    lexer = lexer_of(text);
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END)
            return NULL;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (token_is_name(text, token, names[i]))
                return names[i];
        if (token.kind != TOKEN_WORD && !token_is(text, token, ".") &&
            !token_is(text, token, "("))
            return NULL;
    }
}

static const char *help_text(struct check *check,
                             const struct typed_column *typed)
{
    const char *table = advice_relation_sql(check, &typed->table->relation);
    const char *name = check_quote(check, typed->column->name);

    if (check->postgres_version >= UUIDV7_SINCE)
        return check_format(
            check, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT uuidv7();",
            table, name);
    return check_format(check,
                        "%s bigint GENERATED ALWAYS AS IDENTITY -- or a UUID "
                        "of version 7, which the program makes; PostgreSQL 18 "
                        "has uuidv7()",
                        name);
}

static void check_column(struct check *check, const struct typed_column *typed)
{
    const char *function = random_function(typed->column);

    if (function == NULL || !is_in_key(typed))
        return;
    typed_column_report(
        check, typed,
        check_format(check,
                     "the primary key of %s is a random %s(): every "
                     "INSERT writes to another page of its index, and rows "
                     "made together lie apart",
                     advice_relation_name(check, &typed->table->relation),
                     function),
        help_text(check, typed));
}

const struct rule rule_random_uuid_primary_key = {
    .id = "random-uuid-primary-key",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A primary key is a random UUID",
    .rationale =
        "Keys that grow go to the last page of the primary key's index, which "
        "is in memory. Random ones go anywhere: once the index is larger than "
        "memory, each INSERT reads a page, and after a checkpoint writes the "
        "whole of it to the log. Pages fill to two thirds only, and rows that "
        "were made together, which queries read together, are far apart in "
        "the index.\n\n"
        "PostgreSQL 18 has uuidv7(), which begins with the time and so grows; "
        "before, the program can make such values. Where the key need not be "
        "made by the program, or be hard to guess, bigint GENERATED ALWAYS AS "
        "IDENTITY takes half the room.",
    .ignore_when = "The table stays small, or the time at which a row was made "
                   "must not be told by its key.",
    .bad = "CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT "
           "gen_random_uuid());",
    .good = "CREATE TABLE orders (\n"
            "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY\n);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_column = check_column,
};
