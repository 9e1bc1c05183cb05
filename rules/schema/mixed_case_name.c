/*
 * mixed-case-name: a table or column whose name has capital letters, at the end
 * of the history.
 */
#include "lint/typed_columns.h"

static bool has_capital(const char *name)
{
    for (; *name != '\0'; name++)
        if (*name >= 'A' && *name <= 'Z')
            return true;
    return false;
}

/* `createdAt` as created_at. */
static const char *lower_name(struct check *check, const char *name)
{
    struct buffer lower;

    buffer_init(&lower, check->arena);
    for (size_t i = 0; name[i] != '\0'; i++) {
        bool is_capital = name[i] >= 'A' && name[i] <= 'Z';
        bool is_after_lower =
            i > 0 && ((name[i - 1] >= 'a' && name[i - 1] <= 'z') ||
                      (name[i - 1] >= '0' && name[i - 1] <= '9'));

        if (is_capital && is_after_lower)
            buffer_add_char(&lower, '_');
        buffer_add_char(&lower,
                        is_capital ? (char)(name[i] + ('a' - 'A')) : name[i]);
    }
    return buffer_text(&lower);
}

static void judge(struct check *check, struct place place, const void *cause,
                  const char *what, const char *name)
{
    if (place.source == NULL || !has_capital(name) ||
        typed_columns_is_template(name))
        return;
    check_report_at(check, place, cause,
                    check_format(check,
                                 "%s \"%s\" has capital letters: every query "
                                 "must quote it, for ever",
                                 what, name),
                    check_quote(check, lower_name(check, name)));
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (!typed_columns_is_kept(table))
            continue;
        judge(check, table->relation.made_at, table, "table",
              table->relation.name);
        for (size_t j = 0; j < table->columns.count; j++) {
            const struct column *column = table->columns.items[j];

            if (!column->object.is_dropped && column->typed_at.source != NULL)
                judge(check, column->made_at, column, "column", column->name);
        }
    }
}

const struct rule rule_mixed_case_name = {
    .id = "mixed-case-name",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A name that must be quoted because of its capital letters",
    .rationale =
        "The server folds names without quotes to lower case: createdAt is "
        "createdat, and a column that was made as \"createdAt\" is not found "
        "without its quotes. Every query, report and psql session must write "
        "them.\n\n"
        "Separate words by underscores. Where programs want other names, they "
        "can be mapped (Prisma's @map, Drizzle's casing).",
    .ignore_when = "A tool writes all queries, and always quotes.",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY, \"madeAt\" "
           "timestamptz);\n"
           "SELECT madeAt FROM orders;",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY, made_at "
            "timestamptz);\n"
            "SELECT made_at FROM orders;",
    .claim = CLAIM_REFUSED,
    .claim_text = "column \"madeat\" does not exist",
    .directions = RULE_UP,
    .finish = finish,
};
