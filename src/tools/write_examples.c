/*
 * write_examples FOLDER
 *
 * Writes the examples of every rule as the files that a user would have, for
 * check_examples.sh and make truth: migrations, the first of them the setup, in
 * FOLDER/plain/<rule>/<bad, good or fixed>/, or, if they show which tool they
 * are for, below FOLDER/tool/. <rule>/claim says what a server makes of them
 * (lint/rule.h).
 */
#include "base/arena.h"
#include "lint/rule_set.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define GOOSE_MARK "-- +goose Up\n"
#define NAME_BEGIN "-- "
#define NAME_END ".sql"

static void fail(const char *path)
{
    fprintf(stderr, "write_examples: %s: %s\n", path, strerror(errno));
    exit(1);
}

static void make_folder(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        fail(path);
}

static void write_file(struct arena *arena, const char *folder,
                       const char *name, const char *start, struct slice text)
{
    const char *path = arena_format(arena, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        fail(path);
    fprintf(file, "%s", start);
    fwrite(text.start, 1, text.length, file);
    fprintf(file, "\n");
    if (ferror(file) || fclose(file) != 0)
        fail(path);
}

/* Takes the text's first line off, with its end. */
static struct slice take_line(struct slice *rest)
{
    size_t length = slice_find(*rest, SLICE("\n"));
    struct slice line = slice_part(*rest, 0, length);
    *rest = slice_part(*rest, line.length + 1, rest->length);
    return line;
}

/* The file that such a line names; null for any other line. */
static const char *file_name(struct arena *arena, struct slice line)
{
    if (!slice_has_prefix(line, SLICE(NAME_BEGIN)) ||
        !slice_has_suffix(line, SLICE(NAME_END)) ||
        memchr(line.start, '/', line.length) != NULL)
        return NULL;
    return arena_copy(arena, slice_part(line, strlen(NAME_BEGIN), line.length));
}

static bool is_for_tool(struct arena *arena, const char *sql)
{
    struct slice rest = slice_from(sql);
    return slice_has_prefix(rest, SLICE(GOOSE_MARK)) ||
           file_name(arena, take_line(&rest)) != NULL;
}

/* The files of an example whose first line names one. */
static void write_files(struct arena *arena, const char *folder,
                        struct slice text)
{
    const char *name = file_name(arena, take_line(&text));
    while (name != NULL) {
        const char *next = NULL;
        const char *start = text.start;
        size_t length = 0;
        while (text.length > 0 && next == NULL) {
            next = file_name(arena, take_line(&text));
            if (next == NULL)
                length = (size_t)(text.start - start);
        }
        write_file(arena, folder, name, "",
                   slice_trim((struct slice){start, length}));
        name = next;
    }
}

static void write_example(struct arena *arena, const char *rule_folder,
                          const char *kind, const struct rule *rule,
                          const char *sql)
{
    const char *folder = arena_format(arena, "%s/%s", rule_folder, kind);
    struct slice text = slice_from(sql), rest = text;
    if (sql == NULL)
        return;
    make_folder(folder);
    if (rule->setup != NULL)
        write_file(arena, folder, "0001_setup.sql",
                   slice_has_prefix(text, SLICE(GOOSE_MARK)) ? GOOSE_MARK : "",
                   slice_from(rule->setup));
    if (file_name(arena, take_line(&rest)) != NULL)
        write_files(arena, folder, text);
    else
        write_file(arena, folder, arena_format(arena, "0002_%s.sql", kind), "",
                   text);
}

static const char *claim_name(enum rule_claim claim)
{
    switch (claim) {
    case CLAIM_ACCEPTED: return "accepted";
    case CLAIM_REFUSED: return "refused";
    case CLAIM_PLAN_WITH: return "plan-with";
    case CLAIM_PLAN_WITHOUT: return "plan-without";
    }
    return "";
}

static void write_claim(struct arena *arena, const char *folder,
                        const struct rule *rule)
{
    const char *text = arena_format(
        arena, "%s\n%s\n%d %d\n%d %d", claim_name(rule->claim),
        rule->claim_text ? rule->claim_text : "", rule->version_min,
        rule->version_max, rule->claim_version_min, rule->claim_version_max);
    write_file(arena, folder, "claim", "", slice_from(text));
    if (rule->claim_query != NULL)
        write_file(arena, folder, "query", "", slice_from(rule->claim_query));
}

int main(int argument_count, char **arguments)
{
    struct arena arena;
    if (argument_count != 2) {
        fprintf(stderr, "usage: write_examples FOLDER\n");
        return 2;
    }
    arena_init(&arena);
    const char *plain = arena_format(&arena, "%s/plain", arguments[1]);
    const char *tool = arena_format(&arena, "%s/tool", arguments[1]);
    make_folder(plain);
    make_folder(tool);
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *rule = rule_table[i];
        const char *folder = arena_format(
            &arena, "%s/%s", is_for_tool(&arena, rule->bad) ? tool : plain,
            rule->id);
        make_folder(folder);
        write_claim(&arena, folder, rule);
        write_example(&arena, folder, "bad", rule, rule->bad);
        write_example(&arena, folder, "good", rule, rule->good);
        write_example(&arena, folder, "fixed", rule, rule->fixed);
    }
    arena_release(&arena);
    return 0;
}
