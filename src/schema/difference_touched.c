/*
 * Reads the journal for difference.c. Nearly all that a pair of steps saves is
 * of objects that came and went, of lists of parts, or is what it was in the
 * end: that is sorted out here, at a few instructions for each entry.
 */
#include "schema/difference_touched.h"

#include "schema/difference_item.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of an object from one member up to another, that one excluded. */
struct range {
    size_t start;
    size_t end;
};

#define MEMBER(of, member)                                                 \
    {                                                                      \
        offsetof(struct of, member),                                       \
            offsetof(struct of, member) + sizeof(((struct of *)0)->member) \
    }

/* Nothing is told of these: lists of what is an object by itself, and what
 * replay notes for its own use. */
static const struct range object_ranges[] = {
    MEMBER(object, deletion_state),
    MEMBER(object, deletion_flags),
    MEMBER(object, dependents),
    MEMBER(object, needs),
};

static const struct range namespace_ranges[] = {
    MEMBER(namespace, members),
    MEMBER(namespace, types),
    MEMBER(namespace, functions),
};

static const struct range table_ranges[] = {
    MEMBER(relation, former_name),
    MEMBER(relation, renamed_in),
    MEMBER(table, column_hashes),
    MEMBER(table, constraints),
    MEMBER(table, indexes),
    MEMBER(table, children),
    MEMBER(table, referenced_by),
    MEMBER(table, sequences),
    MEMBER(table, read_by),
    MEMBER(table, triggers),
    MEMBER(table, policies),
    MEMBER(table, rules),
    MEMBER(table, statistics),
    MEMBER(table, row_type),
    MEMBER(table, visit),
    /* The last: of views they count. */
    MEMBER(table, columns),
};

/* The last is of indexes alone. */
static const struct range index_ranges[] = {
    MEMBER(relation, former_name),
    MEMBER(relation, renamed_in),
    MEMBER(index, partitions),
};

static const struct range type_ranges[] = {
    MEMBER(type, array),     MEMBER(type, multirange),
    MEMBER(type, table),     MEMBER(type, renamed_in),
    MEMBER(type, is_in_use), MEMBER(type, constraints),
};

static const struct range column_ranges[] = {
    MEMBER(column, default_value),
    MEMBER(column, not_null),
};

static const struct range constraint_ranges[] = {
    MEMBER(constraint, is_validated),
};

static const struct range function_ranges[] = {
    MEMBER(function, next_overload),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_within(const struct range *ranges, size_t count,
                      struct range bytes)
{
    for (size_t i = 0; i < count; i++)
        if (bytes.start >= ranges[i].start && bytes.end <= ranges[i].end)
            return true;
    return false;
}

/* Of a relation, nothing is told of these bytes. */
static bool is_idle_in_relation(const struct relation *relation,
                                struct range bytes)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_FOREIGN_TABLE:
    case RELATION_COMPOSITE_TYPE:
        return is_within(table_ranges, COUNT(table_ranges), bytes);
    case RELATION_VIEW:
    case RELATION_MATERIALIZED_VIEW:
        return is_within(table_ranges, COUNT(table_ranges) - 1, bytes);
    case RELATION_INDEX:
        return is_within(index_ranges, COUNT(index_ranges), bytes);
    case RELATION_SEQUENCE:
        return is_within(index_ranges, COUNT(index_ranges) - 1, bytes);
    }
    return false;
}

static bool is_idle(const struct object *object, struct range bytes)
{
    if (is_within(object_ranges, COUNT(object_ranges), bytes))
        return true;
    switch (object->class) {
    case CLASS_NAMESPACE:
        return is_within(namespace_ranges, COUNT(namespace_ranges), bytes);
    case CLASS_RELATION:
        return is_idle_in_relation((const struct relation *)object, bytes);
    case CLASS_COLUMN:
        return is_within(column_ranges, COUNT(column_ranges), bytes);
    case CLASS_CONSTRAINT:
        return is_within(constraint_ranges, COUNT(constraint_ranges), bytes);
    case CLASS_TYPE: return is_within(type_ranges, COUNT(type_ranges), bytes);
    case CLASS_FUNCTION:
        return is_within(function_ranges, COUNT(function_ranges), bytes);
    case CLASS_EXTENSION:
    case CLASS_DEFAULT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: return false;
    }
    return false;
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

/* What was saved last of an object. Entries of one come together. */
struct last_object {
    const char *start;
    const char *end;
    size_t number;
    bool is_done; /* nothing more is to be learned of it */
};

static struct last_object look_up(const struct object_register *objects,
                                  const char *at, size_t object_count)
{
    size_t number = object_register_find(objects, at);
    const struct registered_object *found;

    if (number == OBJECT_REGISTER_NONE)
        return (struct last_object){NULL, NULL, number, true};
    found = &objects->objects.items[number];
    return (struct last_object){
        .start = (const char *)found->object,
        .end = (const char *)found->object + found->size,
        .number = number,
        .is_done = number >= object_count,
    };
}

/* Seen at once: memory got since the start, and the schema's own fields. */
static bool is_of_no_old_object(const struct schema *schema,
                                const struct difference_start *start,
                                const char *at)
{
    return (at >= start->memory && at < start->memory_end) ||
           (at >= (const char *)schema && at < (const char *)(schema + 1));
}

static bool is_unchanged(const struct journal_entry *entry)
{
    if (entry->size == sizeof(void *))
        return memcmp(entry->at, entry->bytes, sizeof(void *)) == 0;
    return memcmp(entry->at, entry->bytes, entry->size) == 0;
}

/* Those of before the start. An entry that holds what is there now tells
 * nothing: where the object changed, some earlier entry does. */
static void find_old(const struct schema *schema,
                     const struct difference_start *start, struct arena *arena,
                     struct object_numbers *touched)
{
    const struct journal *journal = &schema->journal;
    struct last_object last = {.number = OBJECT_REGISTER_NONE};

    for (size_t i = journal->marks.items[start->mark].entry;
         i < journal->entries.count; i++) {
        const struct journal_entry *entry = &journal->entries.items[i];
        const char *at = entry->at;
        size_t offset;

        if (is_of_no_old_object(schema, start, at) || is_unchanged(entry))
            continue;
        if (!last.start || at < last.start || at >= last.end)
            last = look_up(&schema->objects, at, start->object_count);
        if (last.is_done)
            continue;
        offset = (size_t)(at - last.start);
        if (is_idle((const struct object *)last.start,
                    (struct range){offset, offset + entry->size}))
            continue;
        *array_push(arena, touched) = last.number;
        last.is_done = true;
    }
    sort_numbers(touched);
}

/* At a glance: it may still have gone with something else. */
static bool seems_to_exist(const struct object *object)
{
    const struct object *whole = item_whole(object);

    return !object->is_dropped && (!whole || !whole->is_dropped);
}

struct object_numbers difference_touched(const struct schema *schema,
                                         const struct difference_start *start,
                                         struct arena *arena, size_t *old_count)
{
    const struct registered_object_array *objects = &schema->objects.objects;
    struct object_numbers touched = {0};

    find_old(schema, start, arena, &touched);
    *old_count = touched.count;
    for (size_t i = start->object_count; i < objects->count; i++)
        if (seems_to_exist(objects->items[i].object))
            *array_push(arena, &touched) = i;
    return touched;
}
