/*
 * Replays a file that is not part of any history, silently, and finds out what
 * it has to do with the histories that follow. Called by lint/plan.c and
 * lint/run.c before the first migration.
 */
#include "lint/base.h"

#include "lint/script.h"
#include "replay/replay.h"
#include "sql/splitter.h"

#include <string.h>

/* A history that has created nothing after so many statements is not one that
 * makes a schema from nothing. */
#define STATEMENTS_MAX 200

/* The table in which Rails, dbmate and golang-migrate note migrations; only
 * the first two have the rows in their dumps. */
#define VERSIONS_TABLE "schema_migrations"

/* The text of a constant that may be a version. */
static const char *version_of(struct arena *arena, const Node *node)
{
    const A_Const *value = node_as(A_Const, node);

    if (!value || value->isnull)
        return NULL;
    switch (nodeTag(&value->val)) {
    case T_String: return arena_copy(arena, slice_from(value->val.sval.sval));
    case T_Float: return arena_copy(arena, slice_from(value->val.fval.fval));
    case T_Integer: return arena_format(arena, "%d", value->val.ival.ival);
    default: return NULL;
    }
}

static void note_versions(struct base *base, struct arena *arena,
                          const InsertStmt *insert)
{
    const SelectStmt *select = node_as(SelectStmt, insert->selectStmt);
    const ListCell *cell;

    if (!select || strcmp(insert->relation->relname, VERSIONS_TABLE) != 0)
        return;
    foreach (cell, select->valuesLists) {
        const List *row = lfirst(cell);
        const char *version = version_of(arena, linitial(row));

        if (version)
            map_put(arena, &base->versions, slice_from(version), base);
    }
}

static void replay_all(struct base *base, struct arena *arena,
                       struct script *script)
{
    struct part *part = script->parts;

    for (size_t i = part->first; i < part->first + part->count; i++) {
        const struct statement *statement = &script->statements[i];

        script_parse(script, script->workspace->parser, part, i);
        replay_statement(base->schema, script->source, statement, NULL);
        if (statement->tree && nodeTag(statement->tree) == T_InsertStmt)
            note_versions(base, arena, (const InsertStmt *)statement->tree);
    }
    replay_end_section(base->schema);
}

bool base_read(struct base *base, struct arena *arena, const char *path,
               struct schema *schema, struct error *error)
{
    struct section section = {.source = &base->source};
    struct part part = {.section = &section};
    struct script script = {.source = &base->source,
                            .parts = &part,
                            .part_count = 1};
    struct workspace *workspace;

    base->schema = schema;
    base->source = source_of_path(path);
    if (!source_load(&base->source, error))
        return false;
    section.offset = base->source.body;
    section.length = base->source.text.length - base->source.body;
    workspace = workspace_new();
    script_prepare(&script, workspace);
    replay_all(base, arena, &script);
    workspace_free(workspace);
    source_unload(&base->source);
    return true;
}

void base_release(struct base *base)
{
    schema_free(base->schema);
    source_unload(&base->source);
}

bool base_has_version(const struct base *base,
                      const struct migration *migration)
{
    return map_find(&base->versions, slice_from(migration->version)) != NULL;
}

/* Looking for the first CREATE TABLE of a history. */
struct search {
    const struct base *base;
    struct parser *parser;
    size_t statements; /* looked at */
    bool is_done;
    bool is_found; /* and the table is there */
};

static void look_at(struct search *search, const Node *tree)
{
    const CreateStmt *create = node_as(CreateStmt, tree);

    if (!create || create->relation->relpersistence == RELPERSISTENCE_TEMP)
        return;
    search->is_done = true;
    search->is_found = schema_find_relation(
        search->base->schema, name_from_range_var(create->relation));
}

static void look_through(struct search *search, const struct section *section)
{
    const struct source *source = section->source;
    struct splitter splitter = splitter_of(source->text, section->offset,
                                           section->offset + section->length);
    struct statement statement;

    while (!search->is_done && splitter_next(&splitter, &statement)) {
        parser_parse(search->parser, source->text, &statement, 1);
        look_at(search, statement.tree);
        parser_clear(search->parser);
        search->is_done |= ++search->statements == STATEMENTS_MAX;
    }
}

bool base_has_history(const struct base *base, const struct history *history)
{
    struct search search = {.base = base, .parser = parser_new()};

    if (!search.parser)
        arena_exhausted();
    for (size_t i = 0; i < history->migrations.count; i++) {
        const struct section_array *up = &history->migrations.items[i]->up;

        for (size_t j = 0; !search.is_done && j < up->count; j++) {
            struct source *source = up->items[j].source;
            bool was_loaded = source->is_loaded;
            struct error ignored;

            if (!source_load(source, &ignored))
                continue;
            look_through(&search, &up->items[j]);
            if (!was_loaded)
                source_unload(source);
        }
    }
    parser_free(search.parser);
    return search.is_found;
}
