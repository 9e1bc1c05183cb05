/*
 * Reads a file, cuts its sections into statements and parses them: what comes
 * between the migration tools and the replay. Runs in worker threads too
 * (lint/prepare.c), so everything is in the workspace.
 */
#include "lint/script.h"

#include "sql/routine.h"
#include "sql/splitter.h"

#include <stdio.h>
#include <stdlib.h>

/* Text of the statements that are parsed together in a large file. */
#define BATCH_SIZE ((size_t)64 << 10)

/* A workspace that held more statements than these gives the memory back. */
#define CAPACITY_KEPT_MAX ((size_t)1 << 16)

struct workspace *workspace_new(void)
{
    struct workspace *workspace = calloc(1, sizeof *workspace);

    if (!workspace)
        arena_exhausted();
    workspace->parser = parser_new();
    if (!workspace->parser)
        arena_exhausted();
    return workspace;
}

void workspace_free(struct workspace *workspace)
{
    parser_free(workspace->parser);
    arena_release(&workspace->bodies);
    free(workspace->statements);
    free(workspace);
}

static void reset(struct workspace *workspace)
{
    parser_clear(workspace->parser);
    arena_clear(&workspace->bodies);
    workspace->error[0] = '\0';
    if (workspace->capacity > CAPACITY_KEPT_MAX) {
        free(workspace->statements);
        workspace->statements = NULL;
        workspace->capacity = 0;
    }
}

/* Outside of arenas, whose doubling would leave half of a large file's array
 * behind. */
static struct statement *room_for(struct workspace *workspace, size_t count)
{
    if (count >= workspace->capacity) {
        size_t capacity = workspace->capacity ? workspace->capacity * 2 : 64;
        struct statement *grown =
            realloc(workspace->statements, capacity * sizeof *grown);

        if (!grown)
            arena_exhausted();
        workspace->statements = grown;
        workspace->capacity = capacity;
    }
    return &workspace->statements[count];
}

static void split_part(struct script *script, struct part *part)
{
    const struct section *section = part->section;
    struct splitter splitter =
        splitter_of(script->source->text, section->offset,
                    section->offset + section->length);
    size_t count = script->statement_count;

    part->first = count;
    for (;;) {
        struct statement *statement = room_for(script->workspace, count);

        *statement = (struct statement){0};
        if (!splitter_next(&splitter, statement))
            break;
        count++;
    }
    part->count = count - part->first;
    script->statement_count = count;
}

/* Parts may be run in another order than they stand in the file. */
static int compare_parts(const void *a, const void *b)
{
    const struct part *const *first = a;
    const struct part *const *second = b;
    size_t x = (*first)->section->offset;
    size_t y = (*second)->section->offset;

    if (x != y)
        return x < y ? -1 : 1;
    return (*first > *second) - (*first < *second);
}

static void split(struct script *script)
{
    struct part **sorted;

    if (script->part_count == 1) {
        split_part(script, script->parts);
        return;
    }
    sorted = malloc(script->part_count * sizeof(struct part *));
    if (!sorted)
        arena_exhausted();
    for (size_t i = 0; i < script->part_count; i++)
        sorted[i] = &script->parts[i];
    qsort(sorted, script->part_count, sizeof(struct part *), compare_parts);
    for (size_t i = 0; i < script->part_count; i++)
        split_part(script, sorted[i]);
    free(sorted);
}

/* Here, where other threads can do it: to compile and parse a body takes longer
 * than to judge it. */
static void read_bodies(struct script *script)
{
    struct workspace *workspace = script->workspace;
    struct routine_source source = {
        .arena = &workspace->bodies,
        .text = script->source->text,
    };

    for (size_t i = 0; i < script->statement_count; i++) {
        struct statement *statement = &script->statements[i];
        const Node *tree = statement->tree;
        struct routine *routine;

        if (!tree || (nodeTag(tree) != T_CreateFunctionStmt &&
                      nodeTag(tree) != T_DoStmt))
            continue;
        routine = arena_alloc(&workspace->bodies, sizeof *routine);
        if (routine_read(&workspace->bodies, workspace->parser, &source,
                         statement, tree, routine))
            statement->routine = routine;
        statement->is_body_read = true;
    }
}

void script_prepare(struct script *script, struct workspace *workspace)
{
    struct source *source = script->source;
    struct error error;

    reset(workspace);
    script->workspace = workspace;
    script->statement_count = 0;
    script->parsed_from = 0;
    script->parsed_until = 0;
    if (!source_load(source, &error)) {
        snprintf(workspace->error, sizeof workspace->error, "%s", error.text);
        for (size_t i = 0; i < script->part_count; i++)
            script->parts[i].count = 0;
        return;
    }
    split(script);
    script->statements = workspace->statements;
    if (source->text.length > SCRIPT_WHOLE_SIZE_MAX)
        return;
    for (size_t i = 0; i < script->part_count; i++)
        parser_parse(workspace->parser, source->text,
                     script->statements + script->parts[i].first,
                     script->parts[i].count);
    script->parsed_until = script->statement_count;
    if (script->wants_bodies)
        read_bodies(script);
}

/* The trees of the last batch die with it; the outcomes stay. */
static void forget_batch(struct script *script, struct parser *parser)
{
    for (size_t i = script->parsed_from; i < script->parsed_until; i++) {
        script->statements[i].tree = NULL;
        script->statements[i].error = NULL;
    }
    parser_clear(parser);
}

void script_parse(struct script *script, struct parser *parser,
                  const struct part *part, size_t index)
{
    size_t end = index;
    size_t size = 0;

    if (index < script->parsed_until && index >= script->parsed_from)
        return;
    forget_batch(script, parser);
    while (end < part->first + part->count && size < BATCH_SIZE)
        size += script->statements[end++].length;
    parser_parse(parser, script->source->text, script->statements + index,
                 end - index);
    script->parsed_from = index;
    script->parsed_until = end;
}
