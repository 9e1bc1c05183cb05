/*
 * The growing half of array.h: doubling in the arena, in place if the array is
 * what was allocated last. Else the old items stay behind until the arena
 * goes, at most as much again as the array holds.
 */
#include "base/array.h"

/* There are many arrays of one or two pointers, few that grow long. */
#define FIRST_SIZE 16

void array_grow_to(struct arena *arena, void **items, size_t count,
                   uint32_t *capacity, size_t item_size, size_t room)
{
    size_t size = *capacity * item_size;
    void *copy;

    if (room <= *capacity)
        return;
    if (room > UINT32_MAX)
        arena_exhausted();
    if (size && arena_extend(arena, *items, size, room * item_size)) {
        *capacity = (uint32_t)room;
        return;
    }
    copy = arena_alloc(arena, room * item_size);
    if (count)
        memcpy(copy, *items, count * item_size);
    *items = copy;
    *capacity = (uint32_t)room;
}

void array_grow(struct arena *arena, void **items, size_t count,
                uint32_t *capacity, size_t item_size)
{
    if (*capacity == 0) {
        *capacity = item_size <= FIRST_SIZE / 2 ? 2 : 1;
        *items = arena_alloc(arena, *capacity * item_size);
        return;
    }
    array_grow_to(arena, items, count, capacity, item_size,
                  (size_t)*capacity * 2);
}
