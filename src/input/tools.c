/*
 * The table of migration tools. Grouping reads it to sort files into
 * histories; rules ask it what transaction a section runs in and what its
 * author can write. The facts, with the versions of the tools they were read
 * from: README.md.
 */
#include "input/tool_rows.h"

#include <string.h>

/* The order of rows is the order in which tools are tried; only Flyway's, the
 * folders' and golang-migrate's names say enough by themselves. */
static const struct tool tools[] = {
    {
        .name = "liquibase",
        .bookkeeping_table = "databasechangelog",
        .pattern = "^(.+)\\.(?i:sql)$",
        .initials = "",
        .groups = {.version = 1},
        .evidence = TOOL_BY_MARKER,
        .has_marker = changesets_have_marker,
        .marker_initials = "li",
        .goes_by_names = true,
        .list = liquibase_list,
        .is_listed_by_path = true,
        .cut_all = changesets_cut,
        .transaction = transaction_around,
        .down = DOWN_ANY,
        .opt_out_advice = liquibase_advice,
        .down_advice = "write it at the end of the changeset, in lines that "
                       "begin with \"--rollback \"",
        .down_line_prefix = "--rollback ",
    },
    {
        .name = "goose",
        .code_suffixes = {".go"},
        .bookkeeping_table = "goose_db_version",
        .pattern = "^([0-9]+)_(.*)\\.sql$",
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_MARKER,
        .has_marker = sections_are_goose,
        .marker_initials = "+g",
        .cut = sections_of_goose,
        .transaction = transaction_around,
        .down = DOWN_ANY,
        .opt_out_advice = goose_advice,
        .down_advice = "write it below a line \"-- +goose Down\"",
    },
    {
        .name = "dbmate",
        .bookkeeping_table = "schema_migrations",
        .pattern = "^([0-9]+)_?(.*)\\.sql$",
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_MARKER,
        .has_marker = sections_are_dbmate,
        .marker_initials = "mi",
        .compare_versions = slice_compare,
        .cut = sections_of_dbmate,
        .transaction = transaction_around_string,
        .down = DOWN_ALWAYS,
        .opt_out_advice = dbmate_advice,
        .down_advice = "write it below a line \"-- migrate:down\"",
    },
    {
        .name = "sql-migrate",
        .bookkeeping_table = "gorp_migrations",
        .pattern = "^(.+)\\.sql$",
        .initials = "",
        .groups = {.version = 1},
        .evidence = TOOL_BY_MARKER,
        .has_marker = sections_are_sql_migrate,
        .marker_initials = "+m",
        .goes_by_names = true,
        .compare_versions = sql_migrate_compare,
        .cut = sections_of_sql_migrate,
        .transaction = transaction_around,
        .down = DOWN_ANY,
        .opt_out_advice = sql_migrate_advice,
        .down_advice = "write it below a line \"-- +migrate Down\"",
    },
    {
        .name = "node-pg-migrate",
        .code_suffixes = {".js", ".ts", ".cjs", ".mjs"},
        .bookkeeping_table = "pgmigrations",
        .pattern = "^([0-9]+)[_-]?(.*)\\.sql$",
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_PROJECT,
        .project = PROJECT_NODE_PG_MIGRATE,
        .has_marker = sections_are_node_pg_migrate,
        .marker_initials = "updo",
        .goes_by_names = true,
        .cut = sections_of_node_pg_migrate,
        .transaction = transaction_around,
        .down = DOWN_ANY,
        .down_advice = "write it below a line \"-- Down Migration\"",
    },
    {
        .name = "tern",
        .bookkeeping_table = "schema_version",
        .pattern = "^([0-9]+)_(.+)\\.sql$",
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_PROJECT,
        .project = PROJECT_TERN,
        .has_marker = sections_are_tern,
        .marker_initials = "cr",
        .cut = sections_of_tern,
        .transaction = transaction_around,
        .down = DOWN_ANY,
        .opt_out_advice = tern_advice,
        .down_advice = "write it below a line \"---- create above / drop below "
                       "----\"",
    },
    {
        .name = "graphile-migrate",
        .pattern = "^([0-9]{6,}|current)(?:-(.*))?\\.sql$",
        .initials = "0123456789c",
        .parts = {"committed", "current"},
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_PROJECT,
        .project = PROJECT_GRAPHILE_MIGRATE,
        .has_marker = graphile_migrate_has_marker,
        .marker_initials = "! ",
        .has_opted_out = graphile_migrate_has_opted_out,
        .goes_by_names = true,
        .transaction = transaction_around_string,
        .down = DOWN_NEVER,
        .opt_out_advice = graphile_migrate_advice,
    },
    {
        .name = "yoyo",
        .code_suffixes = {".py"},
        .bookkeeping_table = "_yoyo_migration",
        .pattern = "^([0-9].*?)(\\.rollback)?\\.sql$",
        .groups = {.version = 1, .role = 2},
        .evidence = TOOL_BY_PROJECT,
        .project = PROJECT_YOYO,
        .has_marker = yoyo_has_marker,
        .marker_initials = "detr",
        .own_marks = {".rollback.sql"},
        .has_own_name = yoyo_has_own_name,
        .goes_by_names = true,
        .compare_versions = slice_compare,
        .has_opted_out = yoyo_has_opted_out,
        .transaction = transaction_around,
        .down = DOWN_ANY,
        .opt_out_advice = yoyo_advice,
        .down_advice = "write it in a file of the same name that ends in "
                       "\".rollback.sql\"",
    },
    {
        .name = "supabase",
        .pattern = "^([0-9]+)_(.*)\\.sql$",
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_FOLDER,
        .is_folder = supabase_is_folder,
        .compare_versions = slice_compare,
        .transaction = transaction_of_pipeline,
        .down = DOWN_NEVER,
        .opt_out_advice = first_statement_advice,
    },
    {
        .name = "sqitch",
        .pattern = "^(deploy|revert)/(.+)\\.sql$",
        .initials = "dr",
        .parts = {"deploy", "revert"},
        .has_nested_parts = true,
        .groups = {.version = 2, .role = 1},
        .evidence = TOOL_BY_FOLDER,
        .is_folder = sqitch_is_folder,
        .goes_by_names = true,
        .list = sqitch_list,
        .runs_psql = true,
        .transaction = transaction_never,
        .down = DOWN_ALWAYS,
        .opt_out_advice = sqitch_advice,
        .down_advice = "write it in the file of the same name below revert/",
    },
    {
        .name = "drizzle",
        .pattern = "^([0-9]+_.*)\\.sql$",
        .groups = {.version = 1},
        .evidence = TOOL_BY_FOLDER,
        .is_folder = drizzle_is_folder,
        .goes_by_names = true,
        .list = drizzle_list,
        .transaction = transaction_around,
        .down = DOWN_NEVER,
    },
    {
        /* Since 1.0 each migration has a folder. */
        .name = "drizzle",
        .pattern = "^([0-9]+_[^/]*)/migration\\.sql$",
        .has_folder_each = true,
        .files = {"migration.sql"},
        .groups = {.version = 1},
        .evidence = TOOL_BY_PROJECT,
        .has_marker = drizzle_has_marker,
        .marker_initials = "> ",
        .has_own_name = drizzle_has_snapshot,
        .is_not_run = drizzle_is_other_database,
        .goes_by_names = true,
        .compare_versions = slice_compare,
        .transaction = transaction_around,
        .down = DOWN_NEVER,
    },
    {
        .name = "hasura",
        .pattern = "^([0-9]+)_([^/]*)/(up|down)\\.sql$",
        .has_folder_each = true,
        .files = {"up.sql", "down.sql"},
        .groups = {.version = 1, .description = 2, .role = 3},
        .evidence = TOOL_BY_PROJECT,
        .project = PROJECT_HASURA,
        .transaction = transaction_around_string,
        .down = DOWN_ANY,
        .down_advice = "write it in down.sql beside up.sql",
    },
    {
        .name = "diesel",
        .bookkeeping_table = "__diesel_schema_migrations",
        .pattern = "^([0-9][0-9-]*)_([^/]*)/(up|down)\\.sql$",
        .has_folder_each = true,
        .files = {"up.sql", "down.sql"},
        .groups = {.version = 1, .description = 2, .role = 3},
        .evidence = TOOL_BY_NAME,
        .compare_versions = diesel_compare,
        .has_opted_out = diesel_has_opted_out,
        .transaction = transaction_around_string,
        .down = DOWN_ANY,
        .opt_out_advice = diesel_advice,
        .down_advice = "write it in down.sql beside up.sql",
    },
    {
        .name = "prisma",
        .bookkeeping_table = "_prisma_migrations",
        .pattern = "^([0-9]+)_([^/]*)/migration\\.sql$",
        .has_folder_each = true,
        .files = {"migration.sql"},
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_NAME,
        .goes_by_names = true,
        .compare_versions = slice_compare,
        .transaction = transaction_of_prisma,
        .down = DOWN_NEVER,
        .opt_out_advice = prisma_advice,
    },
    {
        .name = "prisma-6",
        .bookkeeping_table = "_prisma_migrations",
        .pattern = "^([0-9]+)_([^/]*)/migration\\.sql$",
        .has_folder_each = true,
        .files = {"migration.sql"},
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_SETTING,
        .goes_by_names = true,
        .compare_versions = slice_compare,
        .transaction = transaction_of_string,
        .down = DOWN_NEVER,
        .opt_out_advice = prisma_advice,
    },
    {
        .name = "refinery",
        .code_suffixes = {".rs"},
        .bookkeeping_table = "refinery_schema_history",
        .pattern = "^[UV]([0-9]+(?:\\.[0-9]+)?)__(\\w+)\\.sql$",
        .initials = "UV",
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_PROJECT,
        .project = PROJECT_REFINERY,
        .transaction = transaction_around_string,
        .down = DOWN_NEVER,
    },
    {
        .name = "flyway",
        .code_suffixes = {".java", ".kt", ".groovy", ".class"},
        .bookkeeping_table = "flyway_schema_history",
        .pattern = "^([VUB](?=[0-9])|R(?=__))([0-9]+(?:[._][0-9]+)*)?__(.*)"
                   "\\.(?i:sql)$",
        .initials = "VUBR",
        .has_sub_folders = true,
        .has_baselines = true,
        .settings = flyway_settings,
        .groups = {.version = 2, .description = 3, .role = 1},
        .evidence = TOOL_BY_NAME,
        .compare_versions = flyway_compare,
        .has_opted_out = flyway_has_opted_out,
        .transaction = transaction_of_flyway,
        .runs_alone = flyway_runs_alone,
        .down = DOWN_ANY,
        .opt_out_advice = flyway_advice,
        .down_advice = "write it in a file U<version>__<name>.sql",
    },
    {
        .name = "postgrator",
        .code_suffixes = {".js", ".cjs", ".mjs"},
        .bookkeeping_table = "schemaversion",
        .pattern = "^([0-9]+)\\.(do|undo)(?:\\.(.*))?\\.sql$",
        .infix = "do.",
        .groups = {.version = 1, .description = 3, .role = 2},
        .evidence = TOOL_BY_NAME,
        .transaction = transaction_of_string,
        .down = DOWN_ANY,
        .opt_out_advice = golang_migrate_advice,
        .down_advice =
            "write it in a file of the same name with \".undo\" for \".do\"",
    },
    {
        .name = "pop",
        .code_suffixes = {".fizz"},
        .bookkeeping_table = "schema_migration",
        .pattern = "^([0-9]+)_([^.]+)(?:\\.[a-z0-9]+)?(?:\\.autocommit)?"
                   "\\.(up|down)\\.sql$",
        .parts = {"up", "down"},
        .groups = {.version = 1, .description = 2, .role = 3},
        .evidence = TOOL_BY_PROJECT,
        .project = PROJECT_POP,
        .own_marks = {".postgres.", ".autocommit."},
        .has_own_name = pop_has_own_name,
        .is_not_run = pop_is_replaced,
        .compare_versions = slice_compare,
        .has_opted_out = pop_has_opted_out,
        .transaction = transaction_around_string,
        .down = DOWN_ANY,
        .opt_out_advice = pop_advice,
        .down_advice =
            "write it in a file of the same name that ends in \".down.sql\"",
    },
    {
        .name = "atlas",
        .bookkeeping_table = "atlas_schema_revisions",
        .pattern = "^([^_]+?)(?:_(.*))?(?<!\\.up)(?<!\\.down)\\.sql$",
        .initials = "",
        .has_baselines = true,
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_FOLDER,
        .is_folder = atlas_is_folder,
        .role = atlas_role,
        .edit = atlas_edit,
        .compare_versions = slice_compare,
        .has_opted_out = atlas_has_opted_out,
        .transaction = transaction_around,
        .down = DOWN_NEVER,
        .opt_out_advice = atlas_advice,
    },
    {
        .name = "sqlx",
        .bookkeeping_table = "_sqlx_migrations",
        .pattern = "^([0-9]+)_(.*?)(?:\\.(up|down))?\\.sql$",
        .parts = {"up", "down"},
        .groups = {.version = 1, .description = 2, .role = 3},
        .evidence = TOOL_BY_PROJECT,
        .project = PROJECT_SQLX,
        .has_marker = sqlx_has_marker,
        .marker_initials = "no",
        .has_opted_out = sqlx_has_opted_out,
        .transaction = transaction_around_string,
        .down = DOWN_ANY,
        .opt_out_advice = sqlx_advice,
        .down_advice =
            "write it in a file of the same name that ends in \".down.sql\"",
    },
    {
        .name = "golang-migrate",
        .code_suffixes = {".go"},
        .bookkeeping_table = "schema_migrations",
        .pattern = "^([0-9]+)_(.*)\\.(down|up)\\.(.*)$",
        .parts = {"up", "down"},
        .groups = {.version = 1, .description = 2, .role = 3},
        .evidence = TOOL_BY_NAME,
        .transaction = transaction_of_string,
        .down = DOWN_ANY,
        .opt_out_advice = golang_migrate_advice,
        .down_advice =
            "write it in a file of the same name that ends in \".down.sql\"",
    },
    {
        .name = "django",
        .bookkeeping_table = "django_migrations",
        .pattern = "^(.+)\\.sql$",
        .initials = "",
        .is_generator = true,
        .groups = {.version = 1},
        .evidence = TOOL_BY_MARKER,
        .has_marker = django_has_marker,
        .marker_initials = "\n",
        .transaction = transaction_never,
        .down = DOWN_NEVER,
        .opt_out_advice = django_advice,
    },
    {
        .name = "alembic",
        .pattern = "^(.+)\\.sql$",
        .initials = "",
        .is_generator = true,
        .groups = {.version = 1},
        .evidence = TOOL_BY_MARKER,
        .has_marker = alembic_has_marker,
        .marker_initials = "ru",
        .role = alembic_role,
        .transaction = transaction_never,
        .down = DOWN_NEVER,
        .opt_out_advice = alembic_advice,
    },
    {
        .name = "plain-numbered",
        .pattern = "^v?([0-9]+(?:[._-][0-9]+)*)(.*)\\.sql$",
        .initials = "v0123456789",
        .parts = {"up", "down"},
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_SETTING,
        .goes_by_names = true,
        .runs_psql = true,
        .transaction = transaction_never,
        .down = DOWN_NEVER,
    },
    {
        .name = "plain",
        .evidence = TOOL_BY_SETTING,
        .goes_by_names = true,
        .runs_psql = true,
        .transaction = transaction_never,
        .down = DOWN_NEVER,
    },
};

#define TOOL_COUNT (sizeof tools / sizeof *tools)

_Static_assert(TOOL_COUNT <= TOOL_COUNT_MAX, "arrays by tool are too short");

const char *tool_name(const struct tool *tool)
{
    return tool->name;
}

const struct tool *tool_at(size_t index)
{
    return index < TOOL_COUNT ? &tools[index] : NULL;
}

size_t tool_row(const struct tool *tool)
{
    return (size_t)(tool - tools);
}

const struct tool *tool_find(struct slice name)
{
    for (size_t i = 0; i < TOOL_COUNT; i++) {
        if (slice_equal(name, slice_from(tools[i].name)))
            return &tools[i];
    }
    return NULL;
}

const struct tool *tool_plain(void)
{
    return &tools[TOOL_COUNT - 1];
}

const char *tool_bookkeeping_table(const struct tool *tool)
{
    return tool->bookkeeping_table;
}

bool tool_is_generator(const struct tool *tool)
{
    return tool->is_generator;
}

bool tool_runs_psql(const struct tool *tool)
{
    return tool->runs_psql;
}

bool tool_has_scattered_versions(const struct tool *tool)
{
    return tool->cut_all != NULL;
}

/* Of one of its sections; null if it has none. */
static const struct source *source_of(const struct migration *migration)
{
    if (migration->up.count)
        return migration->up.items[0].source;
    return migration->down.count ? migration->down.items[0].source : NULL;
}

bool tool_has_same_version(const struct tool *tool, const struct migration *a,
                           const struct migration *b)
{
    struct slice first = slice_from(a->version);
    struct slice second = slice_from(b->version);

    if (tool->cut_all)
        return slice_equal(first, second) && source_of(a) == source_of(b);
    if (tool->goes_by_names)
        return false;
    if (tool->compare_versions)
        return tool->compare_versions(first, second) == 0;
    return slice_compare_natural(first, second) == 0;
}

bool tool_may_have_name(const struct tool *tool, struct slice unit)
{
    if (!tool->pattern || !unit.length)
        return false;
    if (!tool->initials)
        return unit.start[0] >= '0' && unit.start[0] <= '9';
    return !*tool->initials ||
           memchr(tool->initials, unit.start[0], strlen(tool->initials));
}

enum down_policy tool_down_policy(const struct tool *tool)
{
    return tool->down;
}

bool tool_has_history(const struct tool *tool)
{
    return tool->pattern != NULL;
}

enum transaction_kind tool_transaction(const struct tool *tool,
                                       const struct section *section,
                                       const struct slice *statements,
                                       size_t count)
{
    enum transaction_kind kind = tool->transaction(section, statements, count);

    if (kind == TRANSACTION_NONE && section->is_string)
        return transaction_of_string(section, statements, count);
    return kind;
}

bool tool_refuses_mixture(const struct history *history,
                          const struct slice *statements, size_t count)
{
    const struct tool *tool = history->tool;
    size_t alone = 0;

    if (!tool->runs_alone || history->allows_mixture)
        return false;
    for (size_t i = 0; i < count; i++)
        alone += tool->runs_alone(statements[i]);
    return alone > 0 && alone < count;
}

const char *tool_opt_out_advice(const struct tool *tool,
                                const struct section *section)
{
    return tool->opt_out_advice ? tool->opt_out_advice(section) : NULL;
}

const char *tool_down_advice(const struct tool *tool)
{
    return tool->down_advice;
}

const char *tool_down_line_prefix(const struct tool *tool)
{
    return tool->down_line_prefix ? tool->down_line_prefix : "";
}

const char *transaction_kind_name(enum transaction_kind kind)
{
    switch (kind) {
    case TRANSACTION_NONE: return "none";
    case TRANSACTION_EXPLICIT: return "explicit";
    case TRANSACTION_TOOL: return "tool";
    case TRANSACTION_IMPLICIT: return "implicit";
    case TRANSACTION_PIPELINE: return "pipeline";
    }
    return "none";
}
