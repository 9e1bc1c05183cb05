/*
 * Memory that is given back all at once. A function that takes an arena
 * allocates from it, and only such a function allocates. Nothing here returns
 * null: when memory runs out, the handler that main.c installed ends the
 * process with exit status 3.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/slice.h"

#include <stdarg.h>

struct arena_block;

struct arena {
    struct arena_block *block; /* newest; null before the first allocation */
    char *next;                /* first free byte of the block */
    char *end;                 /* end of the block */
};

/* A struct arena filled with zeros is a valid empty arena. */
void arena_init(struct arena *arena);

/* What every allocation is rounded up to. */
#define ARENA_ALIGNMENT 8

/* The rest of arena_alloc(), which so needs to save no registers. */
void *arena_alloc_in_new_block(struct arena *arena, size_t size);

/* size zeroed bytes, aligned for pointers and numbers up to 8 bytes: for all
 * that is kept in arenas. size may be 0. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
    char *memory = arena->next;

    /* Not >, as an empty arena has no memory for 0 bytes either. The room is
     * a multiple of the alignment, so that what fits it does so rounded up. */
    if (size >= (size_t)(arena->end - memory))
        return arena_alloc_in_new_block(arena, size);
    arena->next +=
        (size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
    return memory;
}

/*
 * Makes what was allocated longer where it stands, from size to grown bytes,
 * if nothing was allocated since and the block has room; else false.
 */
bool arena_extend(struct arena *arena, const void *memory, size_t size,
                  size_t grown);

/* A zero-terminated copy. */
char *arena_copy(struct arena *arena, struct slice text);

/* The same, as a slice (zero-terminated all the same). */
struct slice arena_copy_slice(struct arena *arena, struct slice text);

/* printf into the arena; zero-terminated. */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vformat(struct arena *arena, const char *format, va_list arguments);

/* Forgets everything that was allocated; keeps one block for what comes. */
void arena_clear(struct arena *arena);

/* Gives all memory back; the arena is empty and may be used again. */
void arena_release(struct arena *arena);

/* How many bytes it has from the system. */
size_t arena_size(const struct arena *arena);

/*
 * What happens when memory runs out; the handler must not return. Set once,
 * by main.c, before any thread starts. Without a handler, abort().
 */
void arena_on_exhaustion(void (*handler)(void));

/* Calls that handler: for memory that does not come from an arena. */
void arena_exhausted(void) __attribute__((noreturn));

#endif
