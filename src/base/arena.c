/*
 * Arenas: blocks that double up to a limit, filled from the front. One per
 * run, one per file, one per statement; the bottom of the data flow.
 *
 * What is free of a block is always zero: the system gives large blocks that
 * way for nothing, and to clear a block once costs less than each allocation.
 *
 * Where Linux gives memory by 4 KB, the first touch of each costs about a
 * microsecond: a tenth of a run. It gives 2 MB at once if it is asked to.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise() */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Up to this size malloc() has blocks at hand that were freed before; calloc()
 * does not look for them. Many arenas live for one question and need no more. */
#define BLOCK_SIZE_MIN ((size_t)1024)
#define BLOCK_SIZE_MAX ((size_t)2 << 20)

#ifdef MADV_HUGEPAGE
/* Larger blocks are of huge pages. An arena that needs one holds half a MB:
 * small runs do not pay for clearing 2 MB. */
#define SMALL_SIZE_MAX ((size_t)256 << 10)
#define HUGE_PAGE_SIZE ((size_t)2 << 20)
#endif

struct arena_block {
    struct arena_block *older;
    size_t size; /* bytes after this header */
};

/* The header, rounded up so that the first allocation is aligned. */
#define HEADER_SIZE                                                         \
    ((sizeof(struct arena_block) + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * \
     ARENA_ALIGNMENT)

static void (*exhaustion_handler)(void);

void arena_on_exhaustion(void (*handler)(void))
{
    exhaustion_handler = handler;
}

void arena_exhausted(void)
{
    if (exhaustion_handler)
        exhaustion_handler();
    abort();
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void *get_zeroed(size_t size)
{
    void *memory;

    if (size > BLOCK_SIZE_MIN)
        return calloc(1, size);
    memory = malloc(size);
    return memory ? memset(memory, 0, size) : NULL;
}

static char *block_start(struct arena_block *block)
{
    return (char *)block + HEADER_SIZE;
}

#ifdef MADV_HUGEPAGE
static bool is_large(size_t size)
{
    return size > SMALL_SIZE_MAX;
}

static size_t round_to_huge_pages(size_t size)
{
    return (size + HUGE_PAGE_SIZE - 1) / HUGE_PAGE_SIZE * HUGE_PAGE_SIZE;
}

/* Zeroed memory that begins where a huge page does; null if there is none.
 * What was mapped before and after it for that goes back at once. */
static void *map_huge_pages(size_t size)
{
    char *mapped = mmap(NULL, size + HUGE_PAGE_SIZE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    size_t before;

    if (mapped == MAP_FAILED)
        return NULL;
    before = HUGE_PAGE_SIZE - (uintptr_t)mapped % HUGE_PAGE_SIZE;
    munmap(mapped, before);
    if (before < HUGE_PAGE_SIZE)
        munmap(mapped + before + size, HUGE_PAGE_SIZE - before);
    madvise(mapped + before, size, MADV_HUGEPAGE);
    return mapped + before;
}

/* size counts the header, and grows to what there is. */
static struct arena_block *get_block(size_t *size)
{
    if (!is_large(*size))
        return get_zeroed(*size);
    *size = round_to_huge_pages(*size);
    return map_huge_pages(*size);
}

static void free_block(struct arena_block *block)
{
    if (is_large(HEADER_SIZE + block->size))
        munmap(block, HEADER_SIZE + block->size);
    else
        free(block);
}
#else
static struct arena_block *get_block(size_t *size)
{
    return get_zeroed(*size);
}

static void free_block(struct arena_block *block)
{
    free(block);
}
#endif

static void add_block(struct arena *arena, size_t size_min)
{
    size_t size = BLOCK_SIZE_MIN;
    struct arena_block *block;

    if (arena->block)
        size = (HEADER_SIZE + arena->block->size) * 2;
    if (size > BLOCK_SIZE_MAX)
        size = BLOCK_SIZE_MAX;
    if (size < HEADER_SIZE + size_min)
        size = HEADER_SIZE + size_min;
    block = get_block(&size);
    if (!block)
        arena_exhausted();
    size -= HEADER_SIZE;
    block->older = arena->block;
    block->size = size;
    arena->block = block;
    arena->next = block_start(block);
    arena->end = arena->next + size;
}

static size_t round_up(size_t size)
{
    if (size > SIZE_MAX / 2)
        arena_exhausted();
    return (size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
}

void *arena_alloc_in_new_block(struct arena *arena, size_t size)
{
    char *memory;

    size = round_up(size);
    add_block(arena, size);
    memory = arena->next;
    arena->next += size;
    return memory;
}

bool arena_extend(struct arena *arena, const void *memory, size_t size,
                  size_t grown)
{
    size_t more = round_up(grown) - round_up(size);

    if (!memory || (const char *)memory + round_up(size) != arena->next ||
        more > (size_t)(arena->end - arena->next))
        return false;
    arena->next += more;
    return true;
}

char *arena_copy(struct arena *arena, struct slice text)
{
    char *copy = arena_alloc(arena, text.length + 1);

    if (text.length)
        memcpy(copy, text.start, text.length);
    return copy;
}

struct slice arena_copy_slice(struct arena *arena, struct slice text)
{
    return (struct slice){arena_copy(arena, text), text.length};
}

/* Most texts fit the room that is left: they are written at once, and need no
 * other pass to find their length. */
char *arena_vformat(struct arena *arena, const char *format, va_list arguments)
{
    char *text = arena->next;
    size_t room = (size_t)(arena->end - text);
    va_list again;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(text, room, format, arguments);
    if (length < 0)
        arena_exhausted();
    if ((size_t)length < room) {
        arena->next += round_up((size_t)length + 1);
    } else {
        if (room > 0)
            memset(text, 0, room);
        text = arena_alloc(arena, (size_t)length + 1);
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = arena_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

void arena_clear(struct arena *arena)
{
    struct arena_block *kept = arena->block;

    if (!kept)
        return;
    while (kept->older) {
        struct arena_block *older = kept->older;

        kept->older = older->older;
        free_block(older);
    }
    memset(block_start(kept), 0, (size_t)(arena->next - block_start(kept)));
    arena->next = block_start(kept);
}

void arena_release(struct arena *arena)
{
    while (arena->block) {
        struct arena_block *older = arena->block->older;

        free_block(arena->block);
        arena->block = older;
    }
    arena_init(arena);
}

size_t arena_size(const struct arena *arena)
{
    size_t size = 0;

    for (const struct arena_block *block = arena->block; block;
         block = block->older)
        size += HEADER_SIZE + block->size;
    return size;
}
