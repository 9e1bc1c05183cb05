/*
 * Growing arrays in an arena. A type of array is declared where its items are:
 *
 *     struct finding_array ARRAY(struct finding);
 *     struct finding *finding = array_push(arena, &findings);
 *
 * Growing copies the items, so pointers to items do not survive a push; keep
 * pointers to allocated items instead where that matters.
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#define ARRAY(type)        \
    {                      \
        type *items;       \
        uint32_t count;    \
        uint32_t capacity; \
    }

/* A pointer to a new zeroed item at the end. */
#define array_push(arena, array)                                      \
    (array_reserve((arena), (void **)&(array)->items, (array)->count, \
                   &(array)->capacity, sizeof *(array)->items),       \
     &(array)->items[(array)->count++])

/* Makes room for so many items in all, where it is known how many come. */
#define array_make_room(arena, array, room)                          \
    array_grow_to((arena), (void **)&(array)->items, (array)->count, \
                  &(array)->capacity, sizeof *(array)->items, (room))

void array_grow_to(struct arena *arena, void **items, size_t count,
                   uint32_t *capacity, size_t item_size, size_t room);

/* Doubles the room. */
void array_grow(struct arena *arena, void **items, size_t count,
                uint32_t *capacity, size_t item_size);

/* Makes room for one item more and zeroes it; what array_push is made of. */
static inline void array_reserve(struct arena *arena, void **items,
                                 size_t count, uint32_t *capacity,
                                 size_t item_size)
{
    if (count == *capacity)
        array_grow(arena, items, count, capacity, item_size);
    memset((char *)*items + count * item_size, 0, item_size);
}

#endif
