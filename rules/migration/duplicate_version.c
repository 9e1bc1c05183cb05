/*
 * duplicate-version: two migrations of one history with the same version. Asked at
 * the end of the history, in which those of one version stand together
 * (input/group.c).
 */
#include "base/map.h"
#include "lint/down_step.h"
#include "lint/rule.h"

/* A down step that found no up step is one of no version's migrations. */
static bool is_versioned(const struct migration *migration)
{
    return !migration->is_repeatable && migration->up.count > 0;
}

/* A migration's file, or where in it the migration begins. */
static struct place place_of(struct check *check, const struct section *section)
{
    struct place place = {.source = section->source};
    if (tool_has_scattered_versions(check->history->tool))
        place.span = down_step_mark(section);
    return place;
}

static void report(struct check *check, const struct migration *before,
                   const struct migration *migration)
{
    const struct section *section = &migration->up.items[0];
    const struct section *first = &before->up.items[0];
    const struct tool *tool = check->history->tool;
    struct finding *finding = check_report_at(
        check, place_of(check, section), migration,
        check_format(check,
                     "%s cannot tell this migration from another one: both "
                     "have version %s",
                     tool_name(tool), migration->version),
        tool_has_scattered_versions(tool)
            ? "give the one that has not been run anywhere yet an id of its own"
            : "give the one that has not been run anywhere yet a version of its "
              "own, higher than all others");
    finding_note(check, finding, place_of(check, first),
                 check_format(check, "version %s is also that of \"%s\"",
                              before->version, first->source->path));
}

/* Of changesets; versions are compared as texts within their file. */
static void find_in_files(struct check *check)
{
    const struct migration_array *all = &check->history->migrations;
    struct map seen = {0};
    for (size_t i = 0; i < all->count; i++) {
        const struct migration *migration = all->items[i], *before;
        if (!is_versioned(migration))
            continue;
        struct slice key =
            slice_from(check_format(check, "%s %p", migration->version,
                                    (void *)migration->up.items[0].source));
        before = map_find(&seen, key);
        if (before)
            report(check, before, migration);
        else
            map_put(check->arena, &seen, key, (void *)(uintptr_t)migration);
    }
}

static void finish(struct check *check)
{
    const struct migration_array *all = &check->history->migrations;
    const struct tool *tool = check->history->tool;
    if (tool_has_scattered_versions(tool)) {
        find_in_files(check);
        return;
    }
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
        "migration, and Flyway's repeatable ones, do not count as two. Liquibase "
        "knows a changeset by its author, id and file together. Prisma, "
        "sql-migrate and node-pg-migrate go by the whole name of a migration: "
        "there versions may repeat.\n\n"
        "Give the one that is not on the main branch yet a new version; never "
        "rename one that has been run.",
    .ignore_when = "Never: the tool refuses one of the two, or passes over it.",
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
