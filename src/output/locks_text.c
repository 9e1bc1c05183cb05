/*
 * What statements lock, for people: a table for each file, a row for each
 * relation: which lock, whom it holds up, and the work that is done meanwhile.
 * Statements that lock nothing are left out, and indexes that are locked with
 * their table.
 */
#include "base/map.h"
#include "output/display.h"
#include "output/locks_job.h"

#include <string.h>

/* Lines up to here are kept whole, where names allow. */
#define WIDTH 100

#define GAP "  "

static const char *blocks_of(struct arena *arena, enum lock_mode mode)
{
    static const struct {
        enum lock_mode needed;
        const char *name;
    } others[] = {
        {LOCK_ACCESS_SHARE, "reads"},
        {LOCK_ROW_EXCLUSIVE, "writes"},
        {LOCK_SHARE_UPDATE_EXCLUSIVE, "DDL"},
    };
    struct buffer text;

    buffer_init(&text, arena);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (!lock_modes_conflict(mode, others[i].needed))
            continue;
        if (text.length > 0)
            buffer_add_text(&text, ", ");
        buffer_add_text(&text, others[i].name);
    }
    return text.length > 0 ? buffer_text(&text) : "-";
}

/* `schema.name`, fit for a terminal. */
static const char *name_of(struct arena *arena, const char *schema,
                           const char *name)
{
    struct buffer text;

    buffer_init(&text, arena);
    if (strcmp(schema, "public") != 0) {
        display_add(&text, slice_from(schema));
        buffer_add_char(&text, '.');
    }
    display_add(&text, slice_from(name));
    return buffer_text(&text);
}

static void add_one_work(struct buffer *text, const struct work *work)
{
    if (text->length > 0)
        buffer_add_text(text, ", ");
    switch (work->kind) {
    case WORK_REWRITE: buffer_add_text(text, "rewrite"); return;
    case WORK_SCAN: buffer_add_text(text, "scan"); return;
    case WORK_INDEX_BUILD: buffer_add_text(text, "build "); break;
    case WORK_FOREIGN_KEY_CHECK: buffer_add_text(text, "check "); break;
    case WORK_FILE_COPY: buffer_add_text(text, "file copy"); return;
    case WORK_NEW_FILE: buffer_add_text(text, "new file"); return;
    }
    display_add(text, slice_from(work->name));
}

static struct slice key_of(const struct relation *const *relation)
{
    return (struct slice){(const char *)relation, sizeof *relation};
}

/* The work that is done on each relation: struct buffer by its address. */
static struct map work_of(struct arena *arena, const struct effects *effects)
{
    struct map texts = {0};

    for (size_t i = 0; i < effects->work.count; i++) {
        const struct work *work = &effects->work.items[i];
        struct buffer *text;

        if (!work->on)
            continue;
        text = map_find(&texts, key_of(&work->on));
        if (!text) {
            text = arena_alloc(arena, sizeof *text);
            buffer_init(text, arena);
            map_put(arena, &texts, key_of(&work->on), text);
        }
        add_one_work(text, work);
    }
    return texts;
}

static const char *work_on(const struct map *texts, const struct lock *lock)
{
    struct buffer *text =
        lock->relation ? map_find(texts, key_of(&lock->relation)) : NULL;

    return text ? buffer_text(text) : "";
}

/* An index whose table is locked as strongly holds up nobody by itself. */
static bool is_shadowed(const struct effects *effects, const struct lock *lock)
{
    const struct index *index;

    if (!lock->relation || lock->kind != RELATION_INDEX)
        return false;
    index = (const struct index *)lock->relation;
    return index->table &&
           effects_lock_on(effects, &index->table->relation) >= lock->mode;
}

static void begin(struct locks_job *job)
{
    (void)job;
}

static void add(struct locks_job *job, const struct locks_entry *entry)
{
    struct arena *arena = &job->scratch;
    const struct effects *effects = &entry->effects;
    size_t line = entry->position.line;
    struct map texts;

    if (effects->fails) {
        *array_push(arena, &job->rows) = (struct locks_row){
            .line = line,
            .fails = arena_copy(arena, slice_from(effects->fails)),
        };
        return;
    }
    texts = work_of(arena, effects);
    for (size_t i = 0; i < effects->locks.count; i++) {
        const struct lock *lock = &effects->locks.items[i];

        if (is_shadowed(effects, lock))
            continue;
        *array_push(arena, &job->rows) = (struct locks_row){
            .line = line,
            .relation = name_of(arena, lock->schema, lock->name),
            .mode = lock_mode_name(lock->mode),
            .blocks = blocks_of(arena, lock->mode),
            .work = work_on(&texts, lock),
        };
        line = 0;
    }
}

static size_t columns_of(const char *text)
{
    struct slice rest = slice_from(text);
    size_t columns = 0;

    while (rest.length > 0) {
        struct display_character character = display_next(rest);

        columns += character.columns;
        rest = slice_part(rest, character.size, rest.length);
    }
    return columns;
}

static void pad(struct buffer *buffer, const char *text, size_t width)
{
    buffer_add_text(buffer, text);
    for (size_t columns = columns_of(text); columns < width; columns++)
        buffer_add_char(buffer, ' ');
}

enum { COLUMN_LINE, COLUMN_RELATION, COLUMN_MODE, COLUMN_BLOCKS, COLUMN_COUNT };

struct widths {
    size_t of[COLUMN_COUNT];
};

static void widen(struct widths *widths, size_t column, const char *text)
{
    size_t columns = columns_of(text);

    if (columns > widths->of[column])
        widths->of[column] = columns;
}

static struct widths widths_of(struct locks_job *job)
{
    struct widths widths = {0};

    widen(&widths, COLUMN_LINE, "line");
    widen(&widths, COLUMN_RELATION, "relation");
    widen(&widths, COLUMN_MODE, "lock");
    widen(&widths, COLUMN_BLOCKS, "blocks");
    for (size_t i = 0; i < job->rows.count; i++) {
        const struct locks_row *row = &job->rows.items[i];

        widen(&widths, COLUMN_LINE,
              arena_format(&job->scratch, "%zu", row->line));
        if (row->fails)
            continue;
        widen(&widths, COLUMN_RELATION, row->relation);
        widen(&widths, COLUMN_MODE, row->mode);
        widen(&widths, COLUMN_BLOCKS, row->blocks);
    }
    return widths;
}

/* Numbers stand at the right of their column. */
static void add_line_number(struct locks_job *job, const struct widths *widths,
                            size_t line)
{
    const char *text = line > 0 ? arena_format(&job->scratch, "%zu", line) : "";

    buffer_add_text(&job->pending, GAP);
    for (size_t columns = strlen(text); columns < widths->of[COLUMN_LINE];
         columns++)
        buffer_add_char(&job->pending, ' ');
    buffer_add_text(&job->pending, text);
}

/* Continued below its own start where the line is full. */
static void add_work_text(struct locks_job *job, const struct widths *widths,
                          const char *work)
{
    struct slice rest = slice_from(work);
    size_t start = 2 * (COLUMN_COUNT + 1), column;

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        start += widths->of[i];
    column = start;
    while (rest.length > 0) {
        size_t comma = slice_find(rest, SLICE(", "));
        struct slice item =
            comma == SLICE_NOT_FOUND ? rest : slice_part(rest, 0, comma + 1);
        size_t columns = columns_of(arena_copy(&job->scratch, item));

        if (column > start && column + 1 + columns > WIDTH) {
            buffer_add_char(&job->pending, '\n');
            for (column = 0; column < start; column++)
                buffer_add_char(&job->pending, ' ');
        } else if (column > start) {
            buffer_add_char(&job->pending, ' ');
            column++;
        }
        buffer_add(&job->pending, item);
        column += columns;
        rest = slice_part(rest, item.length + 1, rest.length);
    }
}

static void add_row(struct locks_job *job, const struct widths *widths,
                    const struct locks_row *row)
{
    struct buffer *buffer = &job->pending;

    add_line_number(job, widths, row->line);
    buffer_add_text(buffer, GAP);
    if (row->fails) {
        buffer_add_text(buffer, "fails: ");
        display_add(buffer, slice_from(row->fails));
        buffer_add_char(buffer, '\n');
        return;
    }
    pad(buffer, row->relation, widths->of[COLUMN_RELATION]);
    buffer_add_text(buffer, GAP);
    pad(buffer, row->mode, widths->of[COLUMN_MODE]);
    buffer_add_text(buffer, GAP);
    if (*row->work) {
        pad(buffer, row->blocks, widths->of[COLUMN_BLOCKS]);
        buffer_add_text(buffer, GAP);
        add_work_text(job, widths, row->work);
    } else {
        buffer_add_text(buffer, row->blocks);
    }
    buffer_add_char(buffer, '\n');
}

static void add_heading(struct locks_job *job, const struct widths *widths)
{
    struct buffer *buffer = &job->pending;

    buffer_add_text(buffer, GAP);
    pad(buffer, "line", widths->of[COLUMN_LINE]);
    buffer_add_text(buffer, GAP);
    pad(buffer, "relation", widths->of[COLUMN_RELATION]);
    buffer_add_text(buffer, GAP);
    pad(buffer, "lock", widths->of[COLUMN_MODE]);
    buffer_add_text(buffer, GAP);
    pad(buffer, "blocks", widths->of[COLUMN_BLOCKS]);
    buffer_add_text(buffer, GAP "work\n");
}

/* A transaction keeps its locks to its end. */
static const char *transaction_note(enum transaction_kind kind)
{
    switch (kind) {
    case TRANSACTION_NONE:
    case TRANSACTION_EXPLICIT: return "";
    case TRANSACTION_TOOL:
    case TRANSACTION_IMPLICIT:
    case TRANSACTION_PIPELINE:
        return "  (one transaction: locks are held to its end)";
    }
    return "";
}

static void end_file(struct locks_job *job)
{
    struct widths widths;

    if (job->rows.count == 0)
        return;
    if (job->has_statements)
        buffer_add_char(&job->pending, '\n');
    job->has_statements = true;
    widths = widths_of(job);
    display_add(&job->pending, slice_from(job->path));
    buffer_add_text(&job->pending, transaction_note(job->transaction_kind));
    buffer_add_char(&job->pending, '\n');
    add_heading(job, &widths);
    for (size_t i = 0; i < job->rows.count; i++)
        add_row(job, &widths, &job->rows.items[i]);
}

static void end(struct locks_job *job)
{
    (void)job;
}

const struct locks_format locks_format_text = {
    .name = "text",
    .begin = begin,
    .add = add,
    .end_file = end_file,
    .end = end,
};
