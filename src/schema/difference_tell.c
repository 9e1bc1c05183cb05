/*
 * Tells what differs between two descriptions of a schema, in the order in
 * which the statements that mend it can run. The words of difference.c.
 */
#include "schema/difference_tell.h"

#include "base/buffer.h"
#include "sql/parser.h"

#include <string.h>

static bool has_come_or_gone(const struct side *side,
                             const struct object *object)
{
    const struct item *item = object ? side_find(side, object) : NULL;

    return item && !item->counterpart;
}

/* Whether the owner, or a sequence's column or the table of that, came or went
 * with it. */
static bool goes_with_owner(const struct side *side, const struct item *item)
{
    return has_come_or_gone(side, item->owner) ||
           has_come_or_gone(side, item->anchor) ||
           (item->anchor && has_come_or_gone(side, item_whole(item->anchor)));
}

static struct difference *add(struct comparison *comparison, const char *text,
                              const char *mend)
{
    struct difference *difference =
        array_push(comparison->arena, comparison->differences);

    difference->text = text;
    difference->mend = mend;
    return difference;
}

/* It was not there before. Where not all was known, the down step may have put
 * back what nobody has told us of, and IF NOT EXISTS have found something. */
static bool is_certain(const struct comparison *comparison,
                       const struct item *item)
{
    const struct item *owner =
        item_is_part(item) ? side_find(&comparison->after, item->owner) : NULL;
    bool is_known =
        comparison->start->is_complete && comparison->schema->is_complete;

    if (owner && owner->counterpart)
        is_known = owner->counterpart->is_complete;
    else if (item_is_part(item) && item->owner->class == CLASS_RELATION)
        is_known = ((const struct table *)item->owner)->is_complete;
    if (is_known)
        return true;
    return item->made_at.unit <= comparison->last_up && !item->is_conditional;
}

/* Made to be there, whoever made it. */
static bool may_stay(const struct item *item)
{
    return item->is_conditional &&
           (item->group == ITEM_NAMESPACE || item->group == ITEM_EXTENSION);
}

static void tell_remaining(struct comparison *comparison,
                           const struct item *item)
{
    struct difference *difference;
    const char *label;

    if (item->counterpart || !item->is_own || !item->made_at.source ||
        !item->is_new || may_stay(item) ||
        goes_with_owner(&comparison->after, item) ||
        !is_certain(comparison, item))
        return;
    label = arena_format(comparison->arena, "%s %s", item->kind, item->called);
    difference =
        add(comparison, arena_format(comparison->arena, "%s remains", label),
            item->drop);
    difference->label = label;
    difference->made_at = item->made_at;
    difference->name = item->name;
    difference->is_by_down = item->made_at.unit > comparison->last_up;
}

/* An index of a materialized view that is made again. */
static bool comes_with_owner(const struct comparison *comparison,
                             const struct item *item)
{
    const struct item *owner = item->group == ITEM_INDEX
                                   ? side_find(&comparison->before, item->owner)
                                   : NULL;

    return owner && owner->is_remade;
}

static void tell_missing(struct comparison *comparison, const struct item *item)
{
    if (item->counterpart || !item->is_own ||
        goes_with_owner(&comparison->before, item))
        return;
    add(comparison,
        arena_format(comparison->arena, "%s %s is missing", item->kind,
                     item->called),
        comes_with_owner(comparison, item) ? "" : item->create);
}

static const char *remake(struct comparison *comparison, struct item *before,
                          const struct item *after)
{
    before->is_remade = before->create[0] != '-';
    return arena_format(comparison->arena, "%s\n%s", after->drop,
                        before->create);
}

static void tell_trait(struct comparison *comparison, struct item *before,
                       const struct item *after, size_t number)
{
    const struct trait *was = &before->traits[number];
    const struct trait *is = &after->traits[number];
    struct arena *arena = comparison->arena;
    const char *mend =
        was->mend ? was->mend : remake(comparison, before, after);
    const char *text;

    if (is->shown && was->shown)
        text = arena_format(arena, "%s %s %s %s, %s %s", after->kind,
                            after->called, is->now, is->shown, was->then,
                            was->shown);
    else
        text = arena_format(arena, "%s %s has another %s", after->kind,
                            after->called, is->noun ? is->noun : "definition");
    add(comparison, text, mend);
}

static void tell_value(struct comparison *comparison, const struct item *before,
                       const struct item *after, const struct value *value)
{
    struct arena *arena = comparison->arena;

    for (size_t i = 0; i < after->values->count; i++)
        if (strcmp(after->values->items[i].name, value->name) == 0)
            return;
    for (size_t i = 0; i < after->values->count; i++) {
        const struct value *other = &after->values->items[i];

        if (other->label != value->label)
            continue;
        add(comparison,
            arena_format(arena, "value '%s' of %s %s was '%s'", other->name,
                         after->kind, after->called, value->name),
            arena_format(arena, "ALTER TYPE %s RENAME VALUE '%s' TO '%s';",
                         after->called, other->name, value->name));
        return;
    }
    add(comparison,
        arena_format(arena, "value '%s' of %s %s is missing", value->name,
                     before->kind, before->called),
        arena_format(arena, "ALTER TYPE %s ADD VALUE '%s';", after->called,
                     value->name));
}

/* The values that an enum had. What has come cannot go again. */
static void tell_values(struct comparison *comparison,
                        const struct item *before, const struct item *after)
{
    if (!before->values || !after->values ||
        !model_spend(comparison->schema,
                     (size_t)before->values->count * after->values->count))
        return;
    for (size_t i = 0; i < before->values->count; i++)
        tell_value(comparison, before, after, &before->values->items[i]);
}

/* The columns of one that the other has not, or with another type. */
static const char *list_columns(struct comparison *comparison,
                                const struct view_columns *columns,
                                const struct view_columns *others)
{
    struct buffer text;

    buffer_init(&text, comparison->arena);
    for (size_t i = 0; i < columns->count; i++) {
        const struct view_column *column = &columns->items[i];
        bool is_found = false;

        for (size_t j = 0; j < others->count && !is_found; j++) {
            const struct view_column *other = &others->items[j];

            is_found = strcmp(other->name, column->name) == 0 &&
                       (!other->type || !column->type ||
                        strcmp(other->type, column->type) == 0);
        }
        if (!is_found)
            buffer_add_format(
                &text, "%s%s%s%s", text.length ? ", " : "",
                parser_quote_identifier(comparison->arena, column->name),
                column->type ? " " : "", column->type ? column->type : "");
    }
    return buffer_text(&text);
}

/* Indexes, constraints and triggers are what they were made: only names in them
 * change. Whether the first trait, their definition, need not be compared. */
static bool is_for_life(const struct item *before, const struct item *after)
{
    return before->object == after->object &&
           (before->group == ITEM_INDEX || before->group == ITEM_CONSTRAINT ||
            before->group == ITEM_TRIGGER);
}

static bool trait_differs(const struct item *before, const struct item *after,
                          size_t number)
{
    const char *was = before->traits[number].key;
    const char *is = after->traits[number].key;

    return was && is && strcmp(was, is) != 0;
}

static size_t trait_count_of_both(const struct item *before,
                                  const struct item *after)
{
    return before->trait_count < after->trait_count ? before->trait_count
                                                    : after->trait_count;
}

/* In whatever order. Whether there was something to tell. */
static bool tell_columns(struct comparison *comparison, struct item *before,
                         const struct item *after)
{
    struct arena *arena = comparison->arena;
    const char *gone, *come;

    if (!before->columns || !after->columns ||
        !model_spend(comparison->schema,
                     (size_t)before->columns->count * after->columns->count))
        return false;
    gone = list_columns(comparison, before->columns, after->columns);
    come = list_columns(comparison, after->columns, before->columns);
    if (!gone[0] && !come[0])
        return false;
    add(comparison,
        arena_format(arena, "%s %s has other columns: %s%s%s%s", after->kind,
                     after->called, come, come[0] && gone[0] ? ", " : "",
                     gone[0] ? "not " : "", gone),
        remake(comparison, before, after));
    return true;
}

/* CREATE OR REPLACE VIEW keeps the columns as they are. */
static bool has_columns_in_order(const struct item *before,
                                 const struct item *after)
{
    if (!before->columns || !after->columns ||
        before->columns->count != after->columns->count)
        return false;
    for (size_t i = 0; i < before->columns->count; i++)
        if (strcmp(before->columns->items[i].name,
                   after->columns->items[i].name) != 0)
            return false;
    return true;
}

/* They have the same columns in another order, which does not count, but makes
 * definitions differ: nobody knows then whether they do otherwise. */
static bool is_reordered(const struct item *before, const struct item *after)
{
    return before->columns && after->columns &&
           !has_columns_in_order(before, after);
}

/* What was not told yet, if it can be said. */
static void tell_rest(struct comparison *comparison, struct item *before,
                      const struct item *after)
{
    size_t last = trait_count_of_both(before, after);
    const struct trait *rest;

    if (last-- == 0 || !before->traits[last].is_rest ||
        is_for_life(before, after) || is_reordered(before, after) ||
        !trait_differs(before, after, last))
        return;
    rest = &before->traits[last];
    add(comparison,
        arena_format(comparison->arena, "%s %s has another %s", after->kind,
                     after->called, rest->noun),
        rest->mend ? rest->mend : remake(comparison, before, after));
}

/* What can only be made when columns, tables and functions are there. */
static bool is_late(const struct item *item)
{
    return item->group > ITEM_COLUMN;
}

static void tell_name(struct comparison *comparison, const struct item *before,
                      const struct item *after)
{
    struct arena *arena = comparison->arena;
    bool is_moved = !item_is_part(before) && before->owner != after->owner;
    bool is_found_by_owner = item_is_part(before) &&
                             before->group != ITEM_INDEX &&
                             before->group != ITEM_STATISTICS;

    if (before->object != after->object ||
        (strcmp(before->name, after->name) == 0 && !is_moved))
        return;
    add(comparison,
        arena_format(arena, "%s %s was called %s", after->kind, after->called,
                     before->called),
        before->rename_head && !is_moved
            ? arena_format(arena, "%s%s%s TO %s;", before->rename_head,
                           is_found_by_owner
                               ? parser_quote_identifier(arena, after->name)
                               : after->called,
                           before->rename_tail,
                           parser_quote_identifier(arena, before->name))
            : arena_format(arena, "-- name %s %s as it was: %s", after->kind,
                           after->called, before->called));
}

bool items_differ(const struct item *before, const struct item *after)
{
    size_t count = trait_count_of_both(before, after);

    if (before->values || before->columns || before->owner != after->owner ||
        strcmp(before->name, after->name) != 0)
        return true;
    for (size_t i = is_for_life(before, after); i < count; i++)
        if (trait_differs(before, after, i))
            return true;
    return false;
}

static void tell_changes(struct comparison *comparison, struct item *before)
{
    const struct item *after = before->counterpart;
    size_t count, told;

    if (!after || !before->is_own || !after->is_own ||
        !items_differ(before, after))
        return;
    told = comparison->differences->count;
    tell_name(comparison, before, after);
    count = trait_count_of_both(before, after);
    for (size_t i = is_for_life(before, after); i < count; i++) {
        if (before->traits[i].is_rest || !trait_differs(before, after, i))
            continue;
        tell_trait(comparison, before, after, i);
        /* Of another kind, or all of it. */
        if (!before->traits[i].mend)
            return;
    }
    tell_values(comparison, before, after);
    if (!tell_columns(comparison, before, after) &&
        comparison->differences->count == told)
        tell_rest(comparison, before, after);
}

/* In the order in which the statements of the help can run: parts go before
 * what they are in, and come after it. */
void comparison_tell(struct comparison *comparison)
{
    const struct item_array *before = &comparison->before.items;
    const struct item_array *after = &comparison->after.items;

    for (size_t i = after->count; i-- > 0;)
        tell_remaining(comparison, after->items[i]);
    for (int late = 0; late < 2; late++) {
        for (size_t i = 0; i < before->count; i++)
            if (is_late(before->items[i]) == late)
                tell_changes(comparison, before->items[i]);
        for (size_t i = 0; i < before->count; i++)
            if (is_late(before->items[i]) == late)
                tell_missing(comparison, before->items[i]);
    }
}
