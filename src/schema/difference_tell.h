/*
 * The two sides that difference.c compares, and their telling: what has no
 * counterpart, or one that differs, in words and with the SQL that mends it.
 */
#ifndef SCHEMA_DIFFERENCE_TELL_H
#define SCHEMA_DIFFERENCE_TELL_H

#include "schema/difference.h"
#include "schema/difference_item.h"
#include "schema/difference_touched.h"

/* Descriptions of one state. */
struct side {
    struct item_array items; /* by the order in which objects were made */
    struct map by_object;
    struct map by_name;
};

struct comparison {
    struct schema *schema;
    struct arena *arena;
    const struct difference_start *start;
    size_t last_up;
    difference_write *write; /* or null */
    struct object_numbers touched;
    size_t old_count; /* of those: what was there before the start */
    struct side before;
    struct side after;
    struct difference_array *differences;
};

static inline bool item_is_part(const struct item *item)
{
    return item->group >= ITEM_COLUMN;
}

/* Null if it was not described. */
struct item *side_find(const struct side *side, const struct object *object);

/* Whether something is to be told of the two, or may be: both are described as
 * far as ITEM_SAID at least. */
bool items_differ(const struct item *before, const struct item *after);

/* Adds to comparison->differences; counterparts are found already. */
void comparison_tell(struct comparison *comparison);

#endif
