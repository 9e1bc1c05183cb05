/*
 * What the replay costs, for `make bench`: carries out the migrations of a
 * folder in golang-migrate's layout as a run does, each followed by its down
 * file, which is undone, and prints how long that took without reading and
 * parsing, and how large the schema was in the end:
 *
 *     statements,seconds,tables,bytes
 *
 * The time is the best of ROUNDS, each with a schema of its own.
 */
#include "replay/replay.h"
#include "schema/model.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 20

struct cost {
    size_t statements;
    double seconds;
    size_t tables;
    size_t bytes;
};

struct statements {
    struct arena arena;
    struct statement_array all;
};

static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

/* The clock that is read without a call of the kernel: there are two readings
 * a file. Others may use the processor meanwhile, but not in every round. */
static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static bool is_up(const char *name)
{
    size_t length = strlen(name);

    return length > 7 && strcmp(name + length - 7, ".up.sql") == 0;
}

static int is_sql(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 4 && strcmp(entry->d_name + length - 4, ".sql") == 0;
}

/* "1.up.sql" before "1.down.sql". */
static int compare_entries(const struct dirent **a, const struct dirent **b)
{
    size_t version = strcspn((*a)->d_name, ".");
    int order = strncmp((*a)->d_name, (*b)->d_name, version);

    return order ? order : strcmp((*b)->d_name, (*a)->d_name);
}

static void split(struct statements *statements, const struct source *source)
{
    struct splitter splitter =
        splitter_of(source->text, source->body, source->text.length);
    struct statement statement;

    arena_clear(&statements->arena);
    statements->all = (struct statement_array){0};
    while (splitter_next(&splitter, &statement))
        *array_push(&statements->arena, &statements->all) = statement;
}

/* Replays one file in a unit of its own; only that is timed. */
static void replay_file(struct schema *schema, struct source *source,
                        struct statements *statements, bool is_kept,
                        struct cost *cost)
{
    double start = now();
    size_t savepoint = 0;

    if (!is_kept)
        savepoint = replay_save(schema);
    schema_begin_unit(schema);
    for (size_t i = 0; i < statements->all.count; i++)
        replay_statement(schema, source, &statements->all.items[i], NULL);
    replay_end_section(schema);
    if (!is_kept)
        replay_restore(schema, savepoint);
    cost->seconds += now() - start;
    cost->statements += statements->all.count;
}

static struct cost replay_all(const char *folder, struct dirent **entries,
                              int count)
{
    struct cost cost = {0};
    struct statements statements = {0};
    struct schema *schema = schema_new(15);
    struct parser *parser = parser_new();
    struct source *sources = calloc((size_t)count, sizeof *sources);

    if (!parser || !sources)
        fail("out of memory");
    for (int i = 0; i < count; i++) {
        const char *path =
            arena_format(&schema->arena, "%s/%s", folder, entries[i]->d_name);
        struct error error;

        sources[i] = source_of_path(path);
        if (!source_load(&sources[i], &error))
            fail(error.text);
        split(&statements, &sources[i]);
        parser_parse(parser, sources[i].text, statements.all.items,
                     statements.all.count);
        replay_file(schema, &sources[i], &statements, is_up(entries[i]->d_name),
                    &cost);
        parser_clear(parser);
        source_unload(&sources[i]);
    }
    cost.tables = schema_tables(schema)->count;
    cost.bytes = schema_size(schema);
    schema_free(schema);
    parser_free(parser);
    arena_release(&statements.arena);
    free(sources);
    return cost;
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    struct cost best = {0};
    int count;

    if (argc != 2)
        fail("usage: replay_cost FOLDER");
    count = scandir(argv[1], &entries, is_sql, compare_entries);
    if (count < 0)
        fail("cannot list the folder");
    for (int round = 0; round < ROUNDS; round++) {
        struct cost cost = replay_all(argv[1], entries, count);

        if (round == 0 || cost.seconds < best.seconds)
            best = cost;
    }
    printf("%zu,%.6f,%zu,%zu\n", best.statements, best.seconds, best.tables,
           best.bytes);
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    return 0;
}
