/*
 * Compares a schema with what it was. The journal holds the old bytes of all
 * that was changed, and so tells which objects were touched; they are described
 * as they are now and, with the journal played back for a moment, as they were.
 * Descriptions with the same name are of the same thing; what has no namesake
 * came or went, or has another name if it is the same object.
 */
#include "schema/difference.h"

#include "schema/difference_tell.h"

#include <stdlib.h>
#include <string.h>

/* More touched objects than this are not compared. */
#define OBJECT_COUNT_MAX 20000

struct difference_start difference_begin(struct schema *schema)
{
    schema->is_compared = true;
    return (struct difference_start){
        .mark = journal_mark(&schema->journal, MARK_SAVE, NULL),
        .object_count = schema->objects.objects.count,
        .unit = schema->unit,
        .doubts = schema->doubts,
        .is_complete = schema->is_complete,
    };
}

void difference_end(struct schema *schema, const struct difference_start *start)
{
    journal_keep(&schema->journal, start->mark);
    schema->is_compared = false;
}

static int compare_numbers(const void *a, const void *b)
{
    const size_t *x = a;
    const size_t *y = b;

    return (*x > *y) - (*x < *y);
}

static void sort_numbers(struct object_numbers *numbers)
{
    size_t count = 0;

    if (numbers->count < 2)
        return;
    qsort(numbers->items, numbers->count, sizeof *numbers->items,
          compare_numbers);
    for (size_t i = 0; i < numbers->count; i++)
        if (i == 0 || numbers->items[i] != numbers->items[count - 1])
            numbers->items[count++] = numbers->items[i];
    numbers->count = (uint32_t)count;
}

/* What was made since, and what has bytes that were changed. */
static void find_touched(struct comparison *comparison)
{
    const struct schema *schema = comparison->schema;
    const struct object_register *objects = &schema->objects;
    const struct journal *journal = &schema->journal;
    struct object_numbers *touched = &comparison->touched;
    struct registered_object last = {0};

    for (size_t i = journal->marks.items[comparison->start->mark].entry;
         i < journal->entries.count; i++) {
        const char *at = journal->entries.items[i].at;
        size_t number;

        if (at >= (const char *)last.object &&
            at < (const char *)last.object + last.size)
            continue;
        number = object_register_find(objects, at);
        if (number == OBJECT_REGISTER_NONE)
            continue;
        *array_push(comparison->arena, touched) = number;
        last = objects->objects.items[number];
    }
    for (size_t i = comparison->start->object_count; i < objects->objects.count;
         i++)
        *array_push(comparison->arena, touched) = i;
    sort_numbers(touched);
}

/* Pointers as keys of maps: they stand in the items. */
static struct slice key_of(const struct object *const *object)
{
    return (struct slice){(const char *)object, sizeof *object};
}

struct item *side_find(const struct side *side, const struct object *object)
{
    return map_find(&side->by_object, key_of(&object));
}

static void add_item(struct comparison *comparison, struct side *side,
                     const struct registered_object *registered, bool is_new)
{
    struct item *item;

    if (side_find(side, registered->object))
        return;
    item =
        item_describe(comparison->schema, comparison->arena, registered->object,
                      side == &comparison->before &&
                          !side_find(&comparison->after, registered->object));
    if (!item)
        return;
    item->is_conditional = registered->is_conditional;
    item->is_new = is_new;
    map_put(comparison->arena, &side->by_object, key_of(&item->object), item);
    *array_push(comparison->arena, &side->items) = item;
}

static void describe(struct comparison *comparison, struct side *side)
{
    const struct registered_object *objects =
        comparison->schema->objects.objects.items;
    size_t count = comparison->start->object_count;

    for (size_t i = 0; i < comparison->touched.count; i++) {
        size_t number = comparison->touched.items[i];

        if (side == &comparison->after || number < count)
            add_item(comparison, side, &objects[number], number >= count);
    }
}

/* A part of a table that nothing touched, which has another table in its place
 * now. */
static void add_part(struct comparison *comparison, struct object *part)
{
    const struct schema *schema = comparison->schema;
    size_t number = object_register_find(&schema->objects, part);

    if (number != OBJECT_REGISTER_NONE)
        add_item(comparison, &comparison->before,
                 &schema->objects.objects.items[number], false);
}

static void add_parts(struct comparison *comparison, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++)
        add_part(comparison, &table->columns.items[i]->object);
    for (size_t i = 0; i < table->constraints.count; i++)
        add_part(comparison, &table->constraints.items[i]->object);
    for (size_t i = 0; i < table->indexes.count; i++)
        add_part(comparison, &table->indexes.items[i]->relation.object);
    for (size_t i = 0; i < table->triggers.count; i++)
        add_part(comparison, &table->triggers.items[i]->object);
    for (size_t i = 0; i < table->policies.count; i++)
        add_part(comparison, &table->policies.items[i]->object);
    for (size_t i = 0; i < table->rules.count; i++)
        add_part(comparison, &table->rules.items[i]->object);
    for (size_t i = 0; table->statistics && i < table->statistics->count; i++)
        add_part(comparison, &table->statistics->items[i]->object);
}

/* Where it was, for what is in something that is another object now. */
static const struct object *former_owner(const struct comparison *comparison,
                                         const struct item *item)
{
    const struct item *owner =
        item->owner ? side_find(&comparison->after, item->owner) : NULL;

    return owner && owner->counterpart ? owner->counterpart->object
                                       : item->owner;
}

static struct slice name_key(struct arena *arena, const struct item *item,
                             const struct object *owner)
{
    return slice_from(arena_format(arena, "%d %p %s", (int)item->group,
                                   (const void *)owner, item->name));
}

static void pair(struct item *before, struct item *after)
{
    before->counterpart = after;
    after->counterpart = before;
}

/* By name, and what is left by identity. Parts after what they are parts of. */
static void match(struct comparison *comparison, bool are_parts)
{
    struct side *before = &comparison->before;
    struct side *after = &comparison->after;
    struct arena *arena = comparison->arena;

    for (size_t i = 0; i < before->items.count; i++) {
        struct item *item = before->items.items[i];

        if (item_is_part(item) == are_parts)
            map_put(arena, &before->by_name, name_key(arena, item, item->owner),
                    item);
    }
    for (size_t i = 0; i < after->items.count; i++) {
        struct item *item = after->items.items[i];
        struct item *other;

        if (item_is_part(item) != are_parts)
            continue;
        other = map_find(&before->by_name,
                         name_key(arena, item, former_owner(comparison, item)));
        if (other && !other->counterpart)
            pair(other, item);
    }
    for (size_t i = 0; i < after->items.count; i++) {
        struct item *item = after->items.items[i];
        struct item *other;

        if (item_is_part(item) != are_parts || item->counterpart)
            continue;
        other = side_find(before, item->object);
        if (other && !other->counterpart)
            pair(other, item);
    }
}

/* The parts that tables had which were dropped and made again. */
static void describe_parts(struct comparison *comparison)
{
    const struct item_array *items = &comparison->before.items;
    size_t count = items->count;

    for (size_t i = 0; i < count; i++) {
        const struct item *item = items->items[i];
        const struct relation *relation = (const struct relation *)item->object;

        if (item->group == ITEM_RELATION && item->counterpart &&
            item->counterpart->object != item->object &&
            relation->kind != RELATION_SEQUENCE)
            add_parts(comparison, (const struct table *)relation);
    }
}

static bool has_same_traits(const struct item *a, const struct item *b)
{
    if (a->trait_count != b->trait_count)
        return false;
    for (size_t i = 0; i < a->trait_count; i++) {
        const char *x = a->traits[i].key;
        const char *y = b->traits[i].key;

        if (x && y && strcmp(x, y) != 0)
            return false;
    }
    return true;
}

/* A name that may be the server's own. */
static bool may_be_generated(const struct item *item)
{
    static const char *const ends[] = {"_fkey",  "_key",  "_pkey", "_idx",
                                       "_check", "_excl", "_seq"};
    size_t length = strlen(item->name);

    while (length > 0 && strchr("0123456789", item->name[length - 1]))
        length--;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);

        if (length > end &&
            memcmp(item->name + length - end, ends[i], end) == 0)
            return true;
    }
    return false;
}

static bool can_be_renamed(const struct item *item)
{
    return item->group == ITEM_CONSTRAINT || item->group == ITEM_INDEX ||
           item->anchor;
}

/* What was dropped and made again without a name, so that the server made one
 * up, is what it was. */
static void match_generated(struct comparison *comparison)
{
    const struct item_array *after = &comparison->after.items;
    const struct item_array *before = &comparison->before.items;

    for (size_t i = 0; i < after->count; i++) {
        struct item *item = after->items[i];

        if (item->counterpart || !can_be_renamed(item) ||
            !may_be_generated(item) ||
            !model_spend(comparison->schema, before->count))
            continue;
        for (size_t j = 0; j < before->count; j++) {
            struct item *other = before->items[j];

            if (other->counterpart || other->group != item->group ||
                (item_is_part(item) &&
                 other->owner != former_owner(comparison, item)) ||
                !has_same_traits(item, other))
                continue;
            pair(other, item);
            break;
        }
    }
}

bool difference_find(struct schema *schema,
                     const struct difference_start *start, size_t last_up,
                     struct arena *arena, struct difference_array *differences)
{
    struct comparison comparison = {
        .schema = schema,
        .arena = arena,
        .start = start,
        .last_up = last_up,
        .differences = differences,
    };

    if (schema->doubts != start->doubts)
        return false;
    find_touched(&comparison);
    if (comparison.touched.count > OBJECT_COUNT_MAX)
        return false;
    describe(&comparison, &comparison.after);
    journal_look_back(&schema->journal, start->mark);
    describe(&comparison, &comparison.before);
    match(&comparison, false);
    describe_parts(&comparison);
    journal_return(&schema->journal, start->mark);
    match(&comparison, true);
    match_generated(&comparison);
    comparison_tell(&comparison);
    return true;
}
