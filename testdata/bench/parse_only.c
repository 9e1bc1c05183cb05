/*
 * The yardstick of `make bench`: reads the .sql files of a folder one after
 * another and gives each, whole, to libpg_query's raw parser, and does nothing
 * else. What pgsquint takes longer is what discovery, replay, rules and report
 * cost.
 */
#include "pg_query.h"
#include "pg_query/pg_query_internal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef printf
#undef snprintf
#undef fprintf

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* The file's text, zero-terminated, in a buffer that is used again. */
static const char *read_file(const char *path)
{
    static char *text;
    static size_t capacity;
    size_t length = 0;
    size_t got;
    FILE *file = fopen(path, "rb");

    if (!file)
        fail(path);
    do {
        if (capacity - length < 2) {
            capacity = capacity ? 2 * capacity : 65536;
            text = realloc(text, capacity);
            if (!text)
                fail(path);
        }
        got = fread(text + length, 1, capacity - length - 1, file);
        length += got;
    } while (got > 0);
    if (ferror(file) || fclose(file))
        fail(path);
    text[length] = '\0';
    return text;
}

static bool has_error(const char *sql)
{
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError result =
        pg_query_raw_parse(sql, PG_QUERY_PARSE_DEFAULT);
    bool refused = result.error != NULL;

    pg_query_exit_memory_context(context);
    return refused;
}

static int is_sql(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 4 && strcmp(entry->d_name + length - 4, ".sql") == 0;
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    int refused = 0;
    int count;

    if (argc != 2) {
        fputs("usage: parse_only FOLDER\n", stderr);
        return 2;
    }
    count = scandir(argv[1], &entries, is_sql, alphasort);
    if (count < 0)
        fail(argv[1]);
    for (int i = 0; i < count; i++) {
        char path[4096];

        snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);
        refused += has_error(read_file(path));
        free(entries[i]);
    }
    free(entries);
    printf("%d files, %d refused\n", count, refused);
    return 0;
}
