/*
 * What becomes of findings after the rules have spoken: precedence while their
 * causes exist, positions while their texts do, then suppressions, order and
 * duplicates. The end of the run; the result goes to the reports.
 */
#include "lint/engine.h"

#include <stdlib.h>

/* The statement of the file that the span is in; length 0 if in none. */
static struct span statement_around(const struct file *file, struct span span)
{
    size_t low = 0;
    size_t high = file->statement_count;
    struct span found;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (file->statements[middle].offset <= span.offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return (struct span){0, 0};
    found = file->statements[low - 1];
    if (span.offset > found.offset + found.length)
        return (struct span){0, 0};
    return found;
}

static void complete(struct engine *engine, struct finding *finding)
{
    const struct file *file = engine_file(engine, finding->source);

    if (finding->context.length == 0 && finding->span.length != 0)
        finding->context = statement_around(file, finding->span);
    finding_complete(engine->arena, finding, &engine->context);
}

/* Ordered by file, so that a text that must be read again is read once. */
static void complete_all(struct engine *engine, struct finding **findings,
                         size_t count)
{
    if (count > 1)
        qsort(findings, count, sizeof *findings, finding_compare);
    for (size_t i = 0; i < count; i++) {
        struct source *source = findings[i]->source;

        /* A text that is gone by now leaves a finding without a place. */
        if (!engine_load(source))
            findings[i]->span = (struct span){0, 0};
        complete(engine, findings[i]);
        if (i + 1 == count || findings[i + 1]->source != source)
            engine_unload(engine, source);
    }
}

void gather_settle(struct engine *engine)
{
    struct finding **fresh = engine->findings.items + engine->settled;
    size_t count = engine->findings.count - engine->settled;
    size_t kept = 0;

    if (count == 0)
        return;
    precedence_apply(engine->precedence, &engine->scratch, fresh, count);
    arena_clear(&engine->scratch);
    for (size_t i = 0; i < count; i++) {
        if (!fresh[i]->is_dropped)
            fresh[kept++] = fresh[i];
        else
            engine->spoken_in[fresh[i]->rule_index] = 0;
    }
    complete_all(engine, fresh, kept);
    engine->settled += kept;
    engine->findings.count = engine->settled;
}

void gather_apply_heard(struct engine *engine, size_t first)
{
    struct finding **findings = engine->findings.items;

    for (size_t i = engine->settled; i < engine->findings.count; i++)
        if (first < engine->settled)
            precedence_apply_heard(engine->precedence, findings[i],
                                   findings + first, engine->settled - first);
}

/* What suppressions need to know about the statements of a file. */
struct outline {
    const struct script *script;
    enum direction *directions; /* by statement */
    enum direction direction;   /* of the file: up if any part is */
    bool is_read;               /* every SQL statement was parsed */
};

static bool is_read(const struct statement *statement)
{
    return statement->kind != STATEMENT_SQL || statement->outcome == PARSE_DONE;
}

static struct outline outline_of(struct arena *scratch,
                                 const struct script *script)
{
    struct outline outline = {.script = script,
                              .direction = DIRECTION_DOWN,
                              .is_read = true};

    outline.directions = arena_alloc(scratch, script->statement_count *
                                                  sizeof *outline.directions);
    for (size_t i = 0; i < script->part_count; i++) {
        const struct part *part = &script->parts[i];

        if (part->section->direction == DIRECTION_UP)
            outline.direction = DIRECTION_UP;
        for (size_t j = part->first; j < part->first + part->count; j++) {
            outline.directions[j] = part->section->direction;
            outline.is_read &= is_read(&script->statements[j]);
        }
    }
    return outline;
}

/* The index of the statement that begins there. */
static size_t statement_at(const struct script *script, size_t offset)
{
    size_t low = 0;
    size_t high = script->statement_count;

    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;

        if (script->statements[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Nobody can say whether there was something to silence: the rule was not
 * asked, or could not read what the suppression is about. Findings about
 * suppressions themselves come too late to tell. */
static bool is_undecided(struct engine *engine, const struct file *file,
                         const struct outline *outline,
                         const struct suppression *suppression)
{
    const struct rule *rule = suppression->rule;
    enum direction direction = outline->direction;
    bool was_read = outline->is_read;

    if (!rule)
        return false;
    if (suppression->target.length) {
        size_t i = statement_at(outline->script, suppression->target.offset);

        direction = outline->directions[i];
        was_read = is_read(&outline->script->statements[i]);
    }
    return !was_read || rule->check_suppression ||
           !engine_dispatch(engine, file->has_history, direction)
                ->is_asked[rule_index(rule)];
}

void gather_suppressions(struct engine *engine, struct file *file,
                         const struct script *script)
{
    struct suppression_array *all = &file->suppressions;
    struct outline outline;

    suppression_read(engine->arena, file->source, script->statements,
                     script->statement_count, all);
    if (all->count == 0)
        return;
    outline = outline_of(&engine->scratch, script);
    for (size_t i = 0; i < all->count; i++)
        if (is_undecided(engine, file, &outline, all->items[i]))
            all->items[i]->is_used = true;
    arena_clear(&engine->scratch);
}

/* Findings [from, count) against the suppressions of their files. */
static void apply_suppressions(struct engine *engine, size_t from)
{
    for (size_t i = from; i < engine->findings.count; i++) {
        struct finding *finding = engine->findings.items[i];
        const struct file *file = engine_file(engine, finding->source);

        if (suppression_applies(&file->suppressions, finding->rule,
                                finding->span))
            finding->is_suppressed = true;
    }
}

static void judge_suppressions(struct engine *engine, struct file *file)
{
    struct check *check = &engine->check;

    if (file->suppressions.count == 0 || !engine_load(file->source))
        return;
    engine->current = file->source;
    engine->dispatch = engine_dispatch(engine, file->has_history, DIRECTION_UP);
    check->history = file->history;
    check->source = file->source;
    check->text = file->source->text;
    for (size_t i = 0; i < file->suppressions.count; i++)
        judge_suppression(engine, file->suppressions.items[i]);
    gather_settle(engine);
    engine->current = NULL;
    engine_unload(engine, file->source);
}

/* Those that were not confirmed. */
static void drop_mended(struct engine *engine)
{
    struct finding_array *findings = &engine->findings;
    size_t kept = 0;

    for (size_t i = 0; i < findings->count; i++)
        if (!findings->items[i]->is_dropped)
            findings->items[kept++] = findings->items[i];
    findings->count = kept;
    engine->settled = kept;
}

/* Of findings in order. */
static void drop_duplicates(struct finding_array *findings)
{
    size_t kept = 0;

    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = findings->items[i];

        if (kept == 0 || !finding_equal(finding, findings->items[kept - 1]))
            findings->items[kept++] = finding;
    }
    findings->count = kept;
}

static void conceal_secrets(struct engine *engine)
{
    for (size_t i = 0; i < engine->reported.count; i++)
        conceal_sort(&engine->reported.items[i]->secrets);
    for (size_t i = 0; i < engine->findings.count; i++) {
        struct finding *finding = engine->findings.items[i];
        const struct file *file = engine_file(engine, finding->source);

        if (file)
            conceal_in(engine->arena, &file->secrets, finding);
    }
}

static void fill_result(struct engine *engine)
{
    for (size_t i = 0; i < engine->findings.count; i++) {
        struct finding *finding = engine->findings.items[i];

        if (finding->is_suppressed)
            engine->result->suppressed++;
        else
            *array_push(engine->arena, &engine->result->findings) = finding;
    }
}

void gather_finish(struct engine *engine)
{
    struct finding_array *findings = &engine->findings;
    size_t judged;

    drop_mended(engine);
    apply_suppressions(engine, 0);
    judged = findings->count;
    for (size_t i = 0; i < engine->reported.count; i++)
        judge_suppressions(engine, engine->reported.items[i]);
    apply_suppressions(engine, judged);
    if (findings->count)
        qsort(findings->items, findings->count, sizeof *findings->items,
              finding_compare);
    drop_duplicates(findings);
    finding_number(&engine->scratch, findings->items, findings->count);
    arena_clear(&engine->scratch);
    conceal_secrets(engine);
    fill_result(engine);
}
