/*
 * duplicate-version: two migrations of one history with the same version. Asked at
 * the end of the history, in which those of one version stand together
 * (input/group.c).
 */
#include "lint/rule.h"

/* A down step that found no up step is one of no version's migrations. */
static bool is_versioned(const struct migration *migration)
{
    return !migration->is_repeatable && migration->up.count > 0;
}

static void report(struct check *check, const struct migration *before,
                   const struct migration *migration)
{
    struct source *source = migration->up.items[0].source;
    const char *tool = tool_name(check->history->tool);
    const char *other = before->up.items[0].source->path;
    struct finding *finding = check_report_at(
        check, (struct place){.source = source}, migration,
        check_format(check,
                     "%s cannot tell this migration from another one: both "
                     "have version %s",
                     tool, migration->version),
        "give the one that has not been run anywhere yet a version of its own, "
        "higher than all others");
    finding_note(check, finding,
                 (struct place){.source = before->up.items[0].source},
                 check_format(check, "version %s is also that of \"%s\"",
                              before->version, other));
}

static void finish(struct check *check)
{
    const struct migration_array *all = &check->history->migrations;
    const struct tool *tool = check->history->tool;
    for (size_t i = 1; i < all->count; i++) {
        const struct migration *before = all->items[i - 1];
        const struct migration *migration = all->items[i];
        if (is_versioned(before) && is_versioned(migration) &&
            tool_has_same_version(tool, before, migration))
            report(check, before, migration);
    }
}

const struct rule rule_duplicate_version = {
    .id = "duplicate-version",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "Two migrations have the same version",
    .rationale =
        "A migration tool notes the version of every migration that it has "
        "run. Of two with the same version it refuses both (goose, dbmate, "
        "golang-migrate, diesel, tern and Flyway stop with an error), or runs "
        "one and takes the other for done, and then databases differ in what "
        "they have. It mostly happens where two branches are merged that each "
        "added \"the next\" migration.\n\n"
        "Versions are compared as the tool does: for most 7 and 007 are the "
        "same, for Flyway 1 and 1.0 too. Files for up and down of one "
        "migration, and Flyway's repeatable ones, do not count as two. Prisma, "
        "sql-migrate and node-pg-migrate go by the whole name of a migration: "
        "there versions may repeat.\n\n"
        "Give the one that is not on the main branch yet a new version; never "
        "rename one that has been run.",
    .bad = "-- 0007_orders.up.sql\n"
           "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
           "-- 0007_users.up.sql\n"
           "CREATE TABLE users (id bigint PRIMARY KEY);",
    .good = "-- 0007_orders.up.sql\n"
            "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
            "-- 0008_users.up.sql\n"
            "CREATE TABLE users (id bigint PRIMARY KEY);",
    .directions = RULE_UP_DOWN,
    .needs_history = true,
    .finish = finish,
};
