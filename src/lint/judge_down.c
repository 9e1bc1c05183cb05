/*
 * Asks the rules about down steps, after both steps were run: with what differs
 * from before. Called by run.c, which leads there and back.
 */
#include "lint/judge_down.h"

#include "sql/lexer.h"

static const struct dispatch *dispatch_of(struct engine *engine,
                                          const struct history *history)
{
    return engine_dispatch(engine, tool_has_history(history->tool),
                           DIRECTION_DOWN);
}

const struct section *judge_down_section(struct engine *engine,
                                         const struct history *history,
                                         const struct migration *migration)
{
    const struct section_array *down = &migration->down;

    if (engine->observer || migration->is_code ||
        dispatch_of(engine, history)->down_step.count == 0)
        return NULL;
    for (size_t i = 0; i < down->count; i++)
        if (engine_file(engine, down->items[i].source)->is_named)
            return &down->items[i];
    return NULL;
}

static bool section_names(const struct section *section, const char *name)
{
    struct slice text = section->source->text;
    struct lexer lexer =
        lexer_of(slice_part(text, 0, section->offset + section->length));
    struct token token;

    lexer.offset = section->offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer))
        if (token_is_name(text, token, name))
            return true;
    return false;
}

static bool is_named_in_up(struct check *check, const char *name)
{
    const struct section_array *up = &check->migration->up;
    bool is_named = false;

    for (size_t i = 0; i < up->count && !is_named; i++) {
        if (!engine_load(up->items[i].source))
            continue;
        is_named = section_names(&up->items[i], name);
        engine_unload(check->engine, up->items[i].source);
    }
    return is_named;
}

/*
 * Takes out what the down step made though it was not there, where the up step
 * names it: DROP ... IF EXISTS of what somebody made by hand.
 */
static void leave_out_named(struct check *check,
                            struct difference_array *differences)
{
    size_t count = 0;

    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *difference = &differences->items[i];

        if (!difference->is_by_down || !is_named_in_up(check, difference->name))
            differences->items[count++] = *difference;
    }
    differences->count = (uint32_t)count;
}

void judge_down(struct engine *engine, const struct section *down,
                const struct difference_start *start, size_t last_up)
{
    struct check *check = &engine->check;
    struct difference_array differences = {0};

    if (!engine_load(down->source))
        return;
    if (difference_find(engine->schema, start, last_up,
                        engine->settings->write_object, &engine->scratch,
                        &differences)) {
        leave_out_named(check, &differences);
        check->left_behind = &differences;
    }
    check->section = down;
    check->source = down->source;
    check->text = down->source->text;
    engine->dispatch = dispatch_of(engine, check->history);
    judge_down_step(engine);
    gather_settle(engine);
    check->section = NULL;
    check->source = NULL;
    check->text = (struct slice){NULL, 0};
    check->left_behind = NULL;
    arena_clear(&engine->scratch);
    engine_unload(engine, down->source);
}
