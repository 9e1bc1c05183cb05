/*
 * The table of migration tools. Grouping reads it to sort files into
 * histories; rules ask it what transaction a section runs in and what its
 * author can write. The facts, with the versions of the tools they were read
 * from: README.md.
 */
#include "input/tools.h"

#include "input/path.h"

/* Reads a small file of settings; its text lives in the source. */
static bool load_beside(const char *path, struct source *source)
{
    struct error error;

    *source = source_of_path(path);
    return source_load(source, &error);
}

/* The value of `key` in lines "key = value", the last one; # is a comment. A
 * null start if there is none. */
static struct slice setting_in(struct slice text, struct slice key)
{
    struct slice value = {NULL, 0};

    while (text.length) {
        size_t end = slice_find(text, SLICE("\n")), equals;
        struct slice line;

        if (end == SLICE_NOT_FOUND)
            end = text.length;
        line = slice_part(text, 0, end);
        text = slice_part(text, end + 1, text.length);
        line = slice_trim(slice_part(line, 0, slice_find(line, SLICE("#"))));
        equals = slice_find(line, SLICE("="));
        if (equals != SLICE_NOT_FOUND &&
            slice_equal(slice_trim(slice_part(line, 0, equals)), key))
            value = slice_trim(slice_part(line, equals + 1, line.length));
    }
    return value;
}

/* metadata.toml in the migration's folder. A file without the key means false,
 * because that is how diesel deserialises it. */
static bool diesel_has_opted_out(struct arena *arena,
                                 const struct source *source)
{
    struct slice folder = path_folder(slice_from(source->path)), value;
    struct source metadata;
    bool has_opted_out;

    if (!load_beside(path_join(arena, folder, SLICE("metadata.toml")),
                     &metadata))
        return false;
    value = setting_in(metadata.text, SLICE("run_in_transaction"));
    has_opted_out = !slice_equal(value, SLICE("true"));
    source_unload(&metadata);
    return has_opted_out;
}

static bool sqlx_has_marker(struct slice text)
{
    return slice_has_prefix(text, SLICE("-- no-transaction"));
}

/* The very first bytes: a byte order mark before them hides them. */
static bool sqlx_has_opted_out(struct arena *arena, const struct source *source)
{
    (void)arena;
    return sqlx_has_marker(source->text);
}

static bool flyway_has_opted_out(struct arena *arena,
                                 const struct source *source)
{
    const char *path = arena_format(arena, "%s.conf", source->path);
    struct source settings;
    bool has_opted_out;

    if (!load_beside(path, &settings))
        return false;
    has_opted_out = slice_equal_ignoring_case(
        setting_in(settings.text, SLICE("executeInTransaction")),
        SLICE("false"));
    source_unload(&settings);
    return has_opted_out;
}

static size_t count_parts(struct slice version)
{
    size_t count = 1;

    for (size_t i = 0; i < version.length; i++)
        count += version.start[i] == '.' || version.start[i] == '_';
    return count;
}

/* Takes what stands before the next dot; "" at the end, which sorts as 0. */
static struct slice take_part(struct slice *version)
{
    struct slice part;
    size_t length = 0;

    while (length < version->length && version->start[length] != '.' &&
           version->start[length] != '_')
        length++;
    part = slice_part(*version, 0, length);
    *version = slice_part(*version, length + 1, version->length);
    return part.length ? part : SLICE("0");
}

/* Part by part as numbers; a missing part is 0. MigrationVersion.java. */
static int flyway_compare(struct slice a, struct slice b)
{
    size_t count = count_parts(a), others = count_parts(b);

    if (count < others)
        count = others;
    for (size_t i = 0; i < count; i++) {
        int order = slice_compare_natural(take_part(&a), take_part(&b));

        if (order)
            return order;
    }
    return 0;
}

/* As text, without hyphens (migrations_internals, version_from_string). */
static int diesel_compare(struct slice a, struct slice b)
{
    size_t first = 0, second = 0;

    for (;;) {
        while (first < a.length && a.start[first] == '-')
            first++;
        while (second < b.length && b.start[second] == '-')
            second++;
        if (first == a.length || second == b.length)
            return (first < a.length) - (second < b.length);
        if (a.start[first] != b.start[second])
            return a.start[first] < b.start[second] ? -1 : 1;
        first++;
        second++;
    }
}

static const char *golang_migrate_advice(const struct section *section)
{
    (void)section;
    return "put it alone in a file of its own";
}

static const char *goose_advice(const struct section *section)
{
    (void)section;
    return "write \"-- +goose NO TRANSACTION\" at the top of the file";
}

static const char *dbmate_advice(const struct section *section)
{
    if (section->has_opted_out)
        return "keep it the only statement of its section";
    if (section->direction == DIRECTION_DOWN)
        return "write \"-- migrate:down transaction:false\" and keep it the "
               "only statement of that section";
    return "write \"-- migrate:up transaction:false\" and keep it the only "
           "statement of that section";
}

static const char *diesel_advice(const struct section *section)
{
    if (section->has_opted_out)
        return "keep it the only statement of its file";
    return "write \"run_in_transaction = false\" in a metadata.toml beside the "
           "file and keep it the only statement of the file";
}

static const char *sqlx_advice(const struct section *section)
{
    if (section->has_opted_out)
        return "keep it the only statement of its file";
    return "make \"-- no-transaction\" the first line of the file and keep it "
           "the only statement of the file";
}

static const char *flyway_advice(const struct section *section)
{
    (void)section;
    return "write \"executeInTransaction=false\" in a file of the migration's "
           "name with \".conf\" added";
}

static const char *prisma_advice(const struct section *section)
{
    (void)section;
    return "put it alone in a migration of its own";
}

/* The order of rows is the order in which tools are tried; only Flyway's, the
 * folders' and golang-migrate's names say enough by themselves. */
static const struct tool tools[] = {
    {
        .name = "goose",
        .bookkeeping_table = "goose_db_version",
        .pattern = "^([0-9]+)_(.*)\\.sql$",
        .groups = {.version = 1, .description = 2},
        .evidence = TOOL_BY_MARKER,
        .has_marker = sections_are_goose,
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
        .compare_versions = slice_compare,
        .cut = sections_of_dbmate,
        .transaction = transaction_around_string,
        .down = DOWN_ALWAYS,
        .opt_out_advice = dbmate_advice,
        .down_advice = "write it below a line \"-- migrate:down\"",
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
        .name = "flyway",
        .bookkeeping_table = "flyway_schema_history",
        .pattern = "^([VUB](?=[0-9])|R(?=__))([0-9]+(?:[._][0-9]+)*)?__(.*)"
                   "\\.(?i:sql)$",
        .initials = "VUBR",
        .has_sub_folders = true,
        .groups = {.version = 2, .description = 3, .role = 1},
        .evidence = TOOL_BY_NAME,
        .compare_versions = flyway_compare,
        .has_opted_out = flyway_has_opted_out,
        .transaction = transaction_of_flyway,
        .down = DOWN_ANY,
        .opt_out_advice = flyway_advice,
        .down_advice = "write it in a file U<version>__<name>.sql",
    },
    {
        .name = "sqlx",
        .bookkeeping_table = "_sqlx_migrations",
        .pattern = "^([0-9]+)_(.*?)(?:\\.(up|down))?\\.sql$",
        .groups = {.version = 1, .description = 2, .role = 3},
        .evidence = TOOL_BY_PROJECT,
        .has_marker = sqlx_has_marker,
        .has_opted_out = sqlx_has_opted_out,
        .transaction = transaction_around_string,
        .down = DOWN_ANY,
        .opt_out_advice = sqlx_advice,
        .down_advice =
            "write it in a file of the same name that ends in \".down.sql\"",
    },
    {
        .name = "golang-migrate",
        .bookkeeping_table = "schema_migrations",
        .pattern = "^([0-9]+)_(.*)\\.(down|up)\\.(.*)$",
        .groups = {.version = 1, .description = 2, .role = 3},
        .evidence = TOOL_BY_NAME,
        .transaction = transaction_of_string,
        .down = DOWN_ANY,
        .opt_out_advice = golang_migrate_advice,
        .down_advice =
            "write it in a file of the same name that ends in \".down.sql\"",
    },
    {
        .name = "plain-numbered",
        .pattern = "^v?([0-9]+(?:[._-][0-9]+)*)(.*)\\.sql$",
        .initials = "v0123456789",
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

const char *tool_name(const struct tool *tool)
{
    return tool->name;
}

const struct tool *tool_at(size_t index)
{
    return index < TOOL_COUNT ? &tools[index] : NULL;
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

bool tool_runs_psql(const struct tool *tool)
{
    return tool->runs_psql;
}

bool tool_has_same_version(const struct tool *tool, const struct migration *a,
                           const struct migration *b)
{
    struct slice first = slice_from(a->version);
    struct slice second = slice_from(b->version);

    if (tool->goes_by_names)
        return false;
    if (tool->compare_versions)
        return tool->compare_versions(first, second) == 0;
    return slice_compare_natural(first, second) == 0;
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
    return tool->transaction(section, statements, count);
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
