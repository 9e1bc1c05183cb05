/*
 * Writes the history that `make bench` measures on: VERSIONS migrations in
 * golang-migrate's layout, an up and a down file each, such as a product's
 * database collects in some years; or as many as it takes to have TABLES
 * tables. Always the same bytes: the generator of
 * random numbers is its own and starts at a fixed seed.
 *
 * The up files run without error on a PostgreSQL 15 server, one after another.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    VERSIONS = 1500,
    TABLES_MAX = 1000,
    TABLES_LIMIT = 10000,
    COLUMNS_MAX = 24,
    CHANGES_MAX = 4, /* in one migration */
    NAME_SIZE = 64,
};

struct table {
    char name[NAME_SIZE];
    char columns[COLUMNS_MAX][NAME_SIZE];
    int types[COLUMNS_MAX]; /* index in column_types */
    int column_count;
};

struct history {
    struct table tables[TABLES_LIMIT];
    int table_count;
    int table_max;
    int change_count;
    uint64_t random;
    FILE *up;
    FILE *down;
};

static const char *const areas[] = {
    "billing", "catalog", "shipping", "account", "support", "campaign",
    "audit",   "search",  "payment",  "stock",   "partner", "report",
};

static const char *const things[] = {
    "invoices", "entries",  "items",    "addresses", "events",   "messages",
    "sessions", "contacts", "prices",   "discounts", "payments", "refunds",
    "batches",  "labels",   "profiles", "documents", "accounts", "snapshots",
};

static const char *const words[] = {
    "status",   "title",   "external",  "reference", "amount", "currency",
    "notes",    "source",  "priority",  "locale",    "region", "started",
    "finished", "version", "checksum",  "origin",    "target", "weight",
    "payload",  "comment", "confirmed", "attempts",  "reason", "position",
};

struct column_type {
    const char *name;
    const char *constant; /* a value, as SQL */
};

static const struct column_type column_types[] = {
    {"bigint", "0"},          {"integer", "42"},
    {"text", "'unknown'"},    {"boolean", "false"},
    {"timestamptz", "now()"}, {"numeric(12, 2)", "0.00"},
    {"jsonb", "'{}'"},        {"varchar(120)", "'none'"},
    {"date", "'2024-02-29'"},
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* xorshift64*: a number in [0, below). */
static unsigned pick(struct history *history, size_t below)
{
    uint64_t x = history->random;

    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    history->random = x;
    return (unsigned)((x * UINT64_C(2685821657736338717) >> 33) % below);
}

static const char *pick_word(struct history *history)
{
    return words[pick(history, COUNT_OF(words))];
}

static struct table *pick_table(struct history *history)
{
    return &history->tables[pick(history, (size_t)history->table_count)];
}

static int pick_column(struct history *history, const struct table *table)
{
    return (int)pick(history, (size_t)table->column_count);
}

static void write_up(struct history *history, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void write_down(struct history *history, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void write_up(struct history *history, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vfprintf(history->up, format, arguments);
    va_end(arguments);
}

static void write_down(struct history *history, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vfprintf(history->down, format, arguments);
    va_end(arguments);
}

/* Some lines of prose, as people explain what they do. */
static void write_comment(struct history *history, const char *subject)
{
    unsigned lines = 1 + pick(history, 4);

    write_up(history, "-- %s: the %s of the %s was kept by the application\n",
             subject, pick_word(history), pick_word(history));
    while (lines-- > 1)
        write_up(history,
                 "-- until now; the %s and its %s follow from the %s, see "
                 "\"%s\".\n",
                 pick_word(history), pick_word(history), pick_word(history),
                 pick_word(history));
    if (pick(history, 4) == 0)
        write_up(history,
                 "/* Safe to run again: the job skips what has a %s.\n"
                 " * Nothing else reads it. */\n",
                 pick_word(history));
}

static void add_column(struct history *history, struct table *table)
{
    int column = table->column_count++;

    snprintf(table->columns[column], NAME_SIZE, "%s_%d", pick_word(history),
             column);
    table->types[column] = (int)pick(history, COUNT_OF(column_types));
}

static void write_column(struct history *history, const struct table *table,
                         int column)
{
    const struct column_type *type = &column_types[table->types[column]];

    write_up(history, "%s %s", table->columns[column], type->name);
    switch (pick(history, 3)) {
    case 0: write_up(history, " NOT NULL DEFAULT %s", type->constant); break;
    case 1: write_up(history, " DEFAULT %s", type->constant); break;
    }
}

static void create_table(struct history *history, int number)
{
    struct table *table = &history->tables[history->table_count];
    const struct table *parent = NULL;
    int wanted = 8 + (int)pick(history, 10);

    if (history->table_count > 0)
        parent = pick_table(history);
    memset(table, 0, sizeof *table);
    snprintf(table->name, NAME_SIZE, "%s_%s_%d",
             areas[pick(history, COUNT_OF(areas))],
             things[pick(history, COUNT_OF(things))], number);
    write_comment(history, table->name);
    write_up(history,
             "CREATE TABLE %s (\n"
             "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n",
             table->name);
    if (parent)
        write_up(history,
                 "    parent_id bigint NOT NULL REFERENCES %s (id) ON DELETE "
                 "CASCADE,\n",
                 parent->name);
    while (table->column_count < wanted) {
        add_column(history, table);
        write_up(history, "    ");
        write_column(history, table, table->column_count - 1);
        write_up(history, ",\n");
    }
    write_up(history,
             "    created_at timestamptz NOT NULL DEFAULT now(),\n"
             "    CONSTRAINT %s_order CHECK (created_at > '2001-01-01' AND "
             "id > 0)\n);\n\n",
             table->name);
    if (parent)
        write_up(history, "CREATE INDEX %s_parent ON %s (parent_id);\n",
                 table->name, table->name);
    for (int column = 0; column < 3; column++)
        write_up(history, "COMMENT ON COLUMN %s.%s IS 'the %s''s own %s';\n",
                 table->name, table->columns[column], table->name,
                 pick_word(history));
    write_down(history, "DROP TABLE IF EXISTS %s;\n", table->name);
    history->table_count++;
}

static void alter_table(struct history *history)
{
    struct table *table = pick_table(history);
    int added = 1 + (int)pick(history, 3);

    write_comment(history, table->name);
    while (added-- > 0 && table->column_count < COLUMNS_MAX) {
        add_column(history, table);
        write_up(history, "ALTER TABLE %s ADD COLUMN ", table->name);
        write_column(history, table, table->column_count - 1);
        write_up(history, ";\n");
        write_down(history, "ALTER TABLE %s DROP COLUMN %s;\n", table->name,
                   table->columns[table->column_count - 1]);
    }
    write_up(history, "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT;\n",
             table->name, table->columns[pick_column(history, table)]);
}

static void add_constraint(struct history *history, int number)
{
    const struct table *table = pick_table(history);
    const char *column = table->columns[pick_column(history, table)];

    write_comment(history, table->name);
    write_up(history,
             "ALTER TABLE %s ADD CONSTRAINT known_%d\n"
             "    CHECK (%s IS NOT NULL OR created_at < now()) NOT VALID;\n",
             table->name, number, column);
    write_up(history, "ALTER TABLE %s VALIDATE CONSTRAINT known_%d;\n",
             table->name, number);
    write_down(history, "ALTER TABLE %s DROP CONSTRAINT known_%d;\n",
               table->name, number);
}

static void create_index(struct history *history, int number, bool concurrently)
{
    const struct table *table = pick_table(history);
    const char *first = table->columns[pick_column(history, table)];

    write_up(history,
             "CREATE INDEX %sindex_%d ON %s (%s, id DESC)\n"
             "    WHERE created_at > '2020-01-01';\n",
             concurrently ? "CONCURRENTLY " : "", number, table->name, first);
    write_down(history, "DROP INDEX %sindex_%d;\n",
               concurrently ? "CONCURRENTLY " : "", number);
}

static void insert_rows(struct history *history)
{
    const struct table *table = pick_table(history);
    unsigned rows = 5 + pick(history, 60);

    write_comment(history, table->name);
    write_up(history, "INSERT INTO settings (key, value, note) VALUES\n");
    for (unsigned row = 0; row < rows; row++)
        write_up(history, "    ('%s.%s.%u', '%s', E'it\\'s %u of %u')%s\n",
                 table->name, pick_word(history), row, pick_word(history), row,
                 rows, row + 1 < rows ? "," : "");
    write_up(history, "ON CONFLICT (key) DO UPDATE SET value = "
                      "excluded.value;\n");
    write_down(history, "DELETE FROM settings WHERE key LIKE '%s.%%';\n",
               table->name);
}

static void fill_back(struct history *history)
{
    const struct table *table = pick_table(history);
    int column = pick_column(history, table);

    write_comment(history, table->name);
    write_up(history,
             "WITH stale AS (\n"
             "    SELECT t.id, row_number() OVER (ORDER BY t.created_at) AS "
             "number\n"
             "    FROM %s AS t\n"
             "    LEFT JOIN settings AS s ON s.key = '%s'\n"
             "    WHERE t.%s IS NULL AND coalesce(s.value, 'on') = 'on'\n"
             ")\n"
             "UPDATE %s SET %s = %s\n"
             "FROM stale WHERE stale.id = %s.id AND stale.number < 10000;\n",
             table->name, table->name, table->columns[column], table->name,
             table->columns[column],
             column_types[table->types[column]].constant, table->name);
    write_down(history, "-- nothing to undo: the rows stay filled\n");
}

static void create_function(struct history *history, int number)
{
    const struct table *table = pick_table(history);
    const char *column = table->columns[pick_column(history, table)];

    write_comment(history, table->name);
    write_up(history,
             "CREATE FUNCTION touch_%d() RETURNS trigger\n"
             "    LANGUAGE plpgsql AS $body$\n"
             "DECLARE\n"
             "    known bigint; -- how many there are\n"
             "BEGIN\n"
             "    SELECT count(*) INTO known FROM %s WHERE %s IS NOT NULL;\n"
             "    IF known > 1000 AND NEW.created_at IS NULL THEN\n"
             "        RAISE NOTICE 'there are %% of %%', known, 'it';\n"
             "    END IF;\n"
             "    NEW.created_at := coalesce(NEW.created_at, now());\n"
             "    RETURN NEW;\n"
             "END;\n"
             "$body$;\n\n",
             number, table->name, column);
    write_up(history,
             "CREATE TRIGGER touch_%d BEFORE INSERT ON %s\n"
             "    FOR EACH ROW EXECUTE FUNCTION touch_%d();\n",
             number, table->name, number);
    write_down(history, "DROP TRIGGER touch_%d ON %s;\n", number, table->name);
    write_down(history, "DROP FUNCTION touch_%d();\n", number);
}

static void create_view(struct history *history, int number)
{
    const struct table *table = pick_table(history);
    const struct table *other = pick_table(history);

    write_comment(history, table->name);
    write_up(history, "CREATE VIEW summary_%d AS\nSELECT a.id,\n", number);
    for (int column = 0; column < table->column_count; column += 2)
        write_up(history, "    a.%s AS first_%d,\n", table->columns[column],
                 column);
    write_up(history,
             "    CASE WHEN b.id IS NULL THEN 'none' ELSE 'some' END AS kind,\n"
             "    (SELECT max(c.created_at) FROM %s AS c WHERE c.id = a.id) "
             "AS latest\n"
             "FROM %s AS a\n"
             "LEFT JOIN %s AS b ON b.id = a.id AND b.created_at > now() - "
             "interval '30 days'\n"
             "WHERE a.id IN (1, 2, 3) OR (a.created_at BETWEEN '2020-01-01' "
             "AND '2020-12-31')\n"
             "ORDER BY a.created_at DESC, a.id;\n",
             other->name, table->name, other->name);
    write_down(history, "DROP VIEW summary_%d;\n", number);
}

static void rename_column(struct history *history, int number)
{
    struct table *table = pick_table(history);
    int column = pick_column(history, table);
    char name[NAME_SIZE];

    snprintf(name, sizeof name, "%s_was_%d", pick_word(history), number);
    write_up(history, "ALTER TABLE %s RENAME COLUMN %s TO %s;\n", table->name,
             table->columns[column], name);
    write_down(history, "ALTER TABLE %s RENAME COLUMN %s TO %s;\n", table->name,
               name, table->columns[column]);
    memcpy(table->columns[column], name, sizeof name);
}

static void write_change(struct history *history, int number)
{
    unsigned kind = pick(history, 100);

    if (number == 1)
        write_up(history, "CREATE TABLE settings (key text PRIMARY KEY, "
                          "value text, note text);\n\n");
    if (number <= 10 ||
        (kind < 30 && history->table_count < history->table_max))
        create_table(history, number);
    else if (kind < 46)
        alter_table(history);
    else if (kind < 55)
        add_constraint(history, number);
    else if (kind < 60)
        create_index(history, number, false);
    else if (kind < 78)
        insert_rows(history);
    else if (kind < 84)
        fill_back(history);
    else if (kind < 91)
        create_function(history, number);
    else if (kind < 97)
        create_view(history, number);
    else
        rename_column(history, number);
}

static FILE *open_file(const char *folder, int version, const char *direction)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/%06d_change.%s.sql", folder, version,
             direction);
    file = fopen(path, "w");
    if (!file)
        fail(path);
    return file;
}

/* The down file undoes the changes from the last to the first. */
static void write_migration(struct history *history, const char *folder,
                            int version)
{
    char *undone[CHANGES_MAX];
    size_t sizes[CHANGES_MAX];
    int change_count = 1 + (int)pick(history, CHANGES_MAX);
    bool is_concurrent = version > 10 && pick(history, 10) == 0;
    FILE *down;

    if (is_concurrent)
        change_count = 1;
    history->up = open_file(folder, version, "up");
    for (int change = 0; change < change_count; change++) {
        history->down = open_memstream(&undone[change], &sizes[change]);
        if (!history->down)
            fail("open_memstream");
        if (is_concurrent)
            create_index(history, ++history->change_count, true);
        else
            write_change(history, ++history->change_count);
        if (fclose(history->down))
            fail("open_memstream");
    }
    down = open_file(folder, version, "down");
    while (change_count-- > 0) {
        fputs(undone[change_count], down);
        free(undone[change_count]);
    }
    if (fclose(history->up) || fclose(down))
        fail(folder);
}

int main(int argc, char **argv)
{
    static struct history history = {.random = 20240229,
                                     .table_max = TABLES_MAX};
    int tables = argc == 3 ? atoi(argv[2]) : 0;

    if (argc < 2 || argc > 3 || tables < 0 || tables > TABLES_LIMIT) {
        fputs("usage: generate_history FOLDER [TABLES]\n", stderr);
        return 2;
    }
    if (tables)
        history.table_max = tables;
    for (int version = 1;
         tables ? history.table_count < tables : version <= VERSIONS; version++)
        write_migration(&history, argv[1], version);
    return 0;
}
