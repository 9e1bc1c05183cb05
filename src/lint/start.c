/*
 * Replays a file that is not part of any history, silently: a dump of a
 * schema. Called by lint/run.c before the first migration.
 */
#include "lint/start.h"

#include "lint/script.h"
#include "replay/replay.h"

static void replay_all(struct schema *schema, struct script *script)
{
    struct part *part = script->parts;

    for (size_t i = part->first; i < part->first + part->count; i++) {
        script_parse(script, script->workspace->parser, part, i);
        if (script->statements[i].kind == STATEMENT_SQL)
            replay_statement(schema, script->source, &script->statements[i],
                             NULL);
    }
    replay_end_section(schema);
}

bool start_replay(struct schema *schema, struct source *source,
                  struct error *error)
{
    struct section section = {.source = source};
    struct part part = {.section = &section};
    struct script script = {.source = source, .parts = &part, .part_count = 1};
    struct workspace *workspace;

    if (!source_load(source, error))
        return false;
    section.offset = source->body;
    section.length = source->text.length - source->body;
    workspace = workspace_new();
    script_prepare(&script, workspace);
    replay_all(schema, &script);
    workspace_free(workspace);
    source_unload(source);
    return true;
}
