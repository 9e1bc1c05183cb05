/*
 * missing-down-step: a migration that its tool could undo, did it say how.
 * Sees every reported migration after its sections, with the history that it
 * belongs to; whether a down step is wanted is the tool's business
 * (input/migration.h) or the user's (`down:`).
 */
#include "lint/down_step.h"
#include "sql/inverse.h"
#include "sql/splitter.h"

/* The statements that undo a longer up step are not written. */
#define UP_SIZE_MAX ((size_t)64 << 10)

static bool is_down_wanted(const struct check *check)
{
    switch (check_down_policy(check)) {
    case DOWN_ALWAYS: return true;
    case DOWN_ANY: return check->history->has_down_step;
    case DOWN_NEVER: break;
    }
    return false;
}

/* Adds one section's statements. False if one of them cannot be undone. */
static bool add_section(struct inverse *inverse, struct parser *parser,
                        const struct section *section)
{
    struct slice text = section->source->text;
    struct splitter splitter =
        splitter_of(text, section->offset, section->offset + section->length);
    struct statement statement;
    while (splitter_next(&splitter, &statement)) {
        if (statement.kind != STATEMENT_SQL)
            return false;
        parser_parse(parser, text, &statement, 1);
        if (statement.outcome != PARSE_DONE ||
            !inverse_add(inverse, statement.tree))
            return false;
        parser_clear(parser);
    }
    return true;
}

/* The statements that undo the up step; null if they are not evident. */
static const char *down_statements(struct check *check)
{
    const struct section_array *up = &check->migration->up;
    struct inverse inverse = {.arena = check->arena};
    struct parser *parser = parser_new();
    bool is_evident = parser != NULL;
    for (size_t i = 0; i < up->count && is_evident; i++) {
        const struct section *section = &up->items[i];
        is_evident = section->length <= UP_SIZE_MAX &&
                     section->source->is_loaded &&
                     add_section(&inverse, parser, section);
    }
    parser_free(parser);
    const char *text = inverse_text(&inverse);
    return is_evident && text[0] != '\0' ? text : NULL;
}

static const char *message_text(struct check *check)
{
    const struct migration *migration = check->migration;
    const char *tool = tool_name(check->history->tool);
    const char *others = check_down_policy(check) == DOWN_ANY
                             ? ", though others of its history have one"
                             : "";
    return check_format(check,
                        "%s cannot undo migration %s%s%s%s: it has no down "
                        "step%s",
                        tool, migration->version,
                        migration->description[0] != '\0' ? " \"" : "",
                        migration->description,
                        migration->description[0] != '\0' ? "\"" : "", others);
}

/* The lines, each with what the tool wants it to begin with. */
static const char *with_prefix(struct check *check, const char *text)
{
    const char *prefix = tool_down_line_prefix(check->history->tool);
    struct slice rest = slice_from(text);
    struct buffer lines;
    if (prefix[0] == '\0')
        return text;
    buffer_init(&lines, check->arena);
    while (rest.length > 0) {
        size_t end = slice_find(rest, SLICE("\n"));
        if (end == SLICE_NOT_FOUND)
            end = rest.length;
        buffer_add_format(&lines, "%s%.*s\n", prefix, (int)end, rest.start);
        rest = slice_part(rest, end + 1, rest.length);
    }
    return buffer_text(&lines);
}

static const char *help_text(struct check *check)
{
    const char *advice = tool_down_advice(check->history->tool);
    const char *statements = down_statements(check);
    if (statements != NULL)
        statements = with_prefix(check, statements);
    if (advice == NULL || statements == NULL)
        return advice != NULL ? advice : statements;
    return check_format(check, "%s:\n%s", advice, statements);
}

static void check_migration(struct check *check)
{
    const struct migration *migration = check->migration;
    if (migration->is_repeatable || migration->up.count == 0 ||
        migration->down.count > 0 || migration->is_down_code ||
        !is_down_wanted(check))
        return;
    const struct section *up = &migration->up.items[0];
    struct place place = {up->source, down_step_mark(up), 0};
    check_report_at(check, place, migration, message_text(check),
                    help_text(check));
}

const struct rule rule_missing_down_step = {
    .id = "missing-down-step",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "A migration has no down step",
    .rationale =
        "A migration without a down step cannot be rolled back by its tool. "
        "Whoever has to undo a bad deployment finds that out at the worst "
        "time, and writes the statements by hand, against production; the "
        "migrations before it cannot be undone either, since the tool goes "
        "back one by one.\n\n"
        "Whether one is wanted depends on the tool. dbmate and sqitch ask for "
        "one in every migration. With golang-migrate, goose, sql-migrate, "
        "diesel, sqlx, Flyway, Liquibase, tern, node-pg-migrate, Hasura, pop, "
        "postgrator and yoyo it is optional: the rule speaks where any "
        "migration of the history has one. Prisma, Drizzle, Supabase, Atlas, "
        "refinery and graphile-migrate only go forward. "
        "The setting `down: always` or `down: never` decides otherwise. "
        "Flyway's repeatable migrations have none.\n\n"
        "A down step that is there but does nothing counts as one; where "
        "nothing can be undone, say so in it with a comment.",
    .ignore_when =
        "Migrations are never undone here: say so with \"down: never\".",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY);\n\n"
             "-- +goose Down\n"
             "DROP TABLE users;",
    .bad = "-- +goose Up\n"
           "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .good = "-- +goose Up\n"
            "CREATE TABLE orders (id bigint PRIMARY KEY);\n\n"
            "-- +goose Down\n"
            "DROP TABLE orders;",
    .directions = RULE_UP_DOWN,
    .needs_history = true,
    .check_migration = check_migration,
};
