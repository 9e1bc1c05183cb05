/*
 * The growing half of array.h: doubling in the arena. The old items stay
 * behind until the arena goes, at most as much again as the array holds.
 */
#include "base/array.h"

void array_grow(struct arena *arena, void **items, size_t count,
                size_t *capacity, size_t item_size)
{
    size_t grown = *capacity ? *capacity * 2 : 4;
    void *copy = arena_alloc(arena, grown * item_size);

    if (count)
        memcpy(copy, *items, count * item_size);
    *items = copy;
    *capacity = grown;
}
