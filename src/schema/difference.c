/*
 * Compares a schema with what it was. The journal holds the old bytes of all
 * that was changed, and so tells which objects were touched; they are described
 * as they are now and, with the journal played back for a moment, as they were:
 * first by name, then in all that is compared, and at last, where something
 * differs, in words and SQL.
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
        .memory = schema->arena.next,
        .memory_end = schema->arena.end,
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
                     size_t number)
{
    const struct registered_object *registered =
        &comparison->schema->objects.objects.items[number];
    struct item *item;

    if (side_find(side, registered->object))
        return;
    item = item_describe(comparison->schema, comparison->arena,
                         registered->object);
    if (!item)
        return;
    item->number = number;
    item->is_conditional = registered->is_conditional;
    item->is_new = number >= comparison->start->object_count;
    map_put(comparison->arena, &side->by_object, key_of(&item->object), item);
    *array_push(comparison->arena, &side->items) = item;
}

static void describe_before(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->old_count; i++)
        add_item(comparison, &comparison->before, comparison->touched.items[i]);
}

/* What came with its owner, for which there was nothing, goes with it. */
static bool is_of_new_owner(const struct comparison *comparison,
                            const struct object *object)
{
    const struct item *owner =
        side_find(&comparison->after, item_whole(object));

    return owner && owner->is_new && !owner->counterpart;
}

static void describe_after(struct comparison *comparison, bool are_parts)
{
    const struct registered_object *objects =
        comparison->schema->objects.objects.items;

    for (size_t i = 0; i < comparison->touched.count; i++) {
        size_t number = comparison->touched.items[i];
        const struct object *object = objects[number].object;

        if ((item_whole(object) != NULL) == are_parts &&
            !(are_parts && is_of_new_owner(comparison, object)))
            add_item(comparison, &comparison->after, number);
    }
}

/* A part of a table that nothing touched, which has another table in its place
 * now. */
static void add_part(struct comparison *comparison, struct object *part)
{
    const struct schema *schema = comparison->schema;
    size_t number = object_register_find(&schema->objects, part);

    if (number != OBJECT_REGISTER_NONE)
        add_item(comparison, &comparison->before, number);
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
    struct slice name = slice_from(item->name);
    size_t size = sizeof owner + 1 + name.length;
    char *key = arena_alloc(arena, size);

    memcpy(key, &owner, sizeof owner);
    key[sizeof owner] = (char)item->group;
    memcpy(key + sizeof owner + 1, name.start, name.length);
    return (struct slice){key, size};
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

static int compare_items(const void *a, const void *b)
{
    const struct item *const *x = a;
    const struct item *const *y = b;

    return ((*x)->number > (*y)->number) - ((*x)->number < (*y)->number);
}

/* By the order in which they were made. */
static void sort_items(struct item_array *items)
{
    if (items->count > 1)
        qsort(items->items, items->count, sizeof *items->items, compare_items);
}

/* Names of both states, and what was what. */
static void find_counterparts(struct comparison *comparison)
{
    struct journal *journal = &comparison->schema->journal;
    size_t mark = comparison->start->mark;

    describe_after(comparison, false);
    if (comparison->old_count > 0) {
        journal_look_back(journal, mark);
        describe_before(comparison);
        match(comparison, false);
        describe_parts(comparison);
        journal_return(journal, mark);
    }
    describe_after(comparison, true);
    sort_items(&comparison->after.items);
    match(comparison, true);
}

static bool is_compared(const struct item *item)
{
    return item->counterpart || can_be_renamed(item);
}

static bool is_told(const struct item *item)
{
    return !item->counterpart || items_differ(item, item->counterpart);
}

static void write_item(struct comparison *comparison, struct item *item)
{
    if (comparison->write && !item->statement)
        item->statement = comparison->write(comparison->arena,
                                            comparison->schema, item->object);
}

/* The items of a side that are wanted, down to this depth. */
static void deepen(struct comparison *comparison, const struct side *side,
                   bool (*is_wanted)(const struct item *),
                   enum item_depth depth)
{
    for (size_t i = 0; i < side->items.count; i++)
        if (is_wanted(side->items.items[i])) {
            write_item(comparison, side->items.items[i]);
            item_deepen(comparison->arena, side->items.items[i], depth);
        }
}

static void deepen_before(struct comparison *comparison,
                          bool (*is_wanted)(const struct item *),
                          enum item_depth depth)
{
    const struct item_array *items = &comparison->before.items;
    struct journal *journal = &comparison->schema->journal;
    bool is_any = false;

    for (size_t i = 0; i < items->count && !is_any; i++)
        is_any = is_wanted(items->items[i]);
    if (!is_any)
        return;
    journal_look_back(journal, comparison->start->mark);
    deepen(comparison, &comparison->before, is_wanted, depth);
    journal_return(journal, comparison->start->mark);
}

bool difference_find(struct schema *schema,
                     const struct difference_start *start, size_t last_up,
                     difference_write *write, struct arena *arena,
                     struct difference_array *differences)
{
    struct comparison comparison = {
        .schema = schema,
        .arena = arena,
        .start = start,
        .last_up = last_up,
        .write = write,
        .differences = differences,
    };

    if (schema->doubts != start->doubts)
        return false;
    comparison.touched =
        difference_touched(schema, start, arena, &comparison.old_count);
    if (comparison.touched.count > OBJECT_COUNT_MAX)
        return false;
    find_counterparts(&comparison);
    if (comparison.before.items.count > 0) {
        deepen(&comparison, &comparison.after, is_compared, ITEM_SAID);
        deepen_before(&comparison, is_compared, ITEM_SAID);
        match_generated(&comparison);
        deepen_before(&comparison, is_told, ITEM_WRITTEN);
    }
    deepen(&comparison, &comparison.after, is_told, ITEM_WRITTEN);
    comparison_tell(&comparison);
    return true;
}
