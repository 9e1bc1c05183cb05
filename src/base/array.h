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

#define ARRAY(type)      \
    {                    \
        type *items;     \
        size_t count;    \
        size_t capacity; \
    }

/* A pointer to a new zeroed item at the end. */
#define array_push(arena, array)                                      \
    (array_reserve((arena), (void **)&(array)->items, (array)->count, \
                   &(array)->capacity, sizeof *(array)->items),       \
     &(array)->items[(array)->count++])

/* Makes room for one item more and zeroes it; what array_push is made of. */
void array_reserve(struct arena *arena, void **items, size_t count,
                   size_t *capacity, size_t item_size);

#endif
