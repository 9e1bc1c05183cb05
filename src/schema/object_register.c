/*
 * Finds objects by addresses within them. Objects stand in the blocks of one
 * arena, of which there are few; within a block the later stands behind, so
 * that a search would do. Pages make it a short one: no cache holds what a
 * search among all objects looks at.
 */
#include "schema/object_register.h"

#define PAGE_SIZE ((size_t)4096)

static size_t page_of(const struct object_run *run, const void *address)
{
    return (size_t)((const char *)address - run->start) / PAGE_SIZE;
}

void object_register_release(struct object_register *registered)
{
    arena_release(&registered->arena);
}

static void begin_run(struct object_register *registered,
                      const struct arena *arena, const void *first)
{
    *array_push(&registered->arena, &registered->runs) = (struct object_run){
        .start = first,
        .end = arena->end,
        .first = registered->objects.count,
    };
    registered->block = arena->block;
}

void object_register_add(struct object_register *registered,
                         const struct arena *arena,
                         struct registered_object object)
{
    struct object_run *run;

    if (arena->block != registered->block)
        begin_run(registered, arena, object.object);
    run = &registered->runs.items[registered->runs.count - 1];
    while (run->pages.count <= page_of(run, object.object))
        *array_push(&registered->arena, &run->pages) =
            registered->objects.count;
    *array_push(&registered->arena, &registered->objects) = object;
}

/* The last object of the run, which ends before `end`, that starts at or before
 * the address. */
static size_t find_in_run(const struct object_register *registered,
                          const struct object_run *run, size_t end,
                          const char *address)
{
    const struct registered_object *objects = registered->objects.items;
    size_t page = page_of(run, address), first;

    /* The one before the page's first may reach into the page. */
    first = page < run->pages.count ? run->pages.items[page] : end;
    if (first > run->first)
        first--;
    if (page + 1 < run->pages.count)
        end = run->pages.items[page + 1];
    while (end - first > 1) {
        size_t middle = first + (end - first) / 2;

        if ((const char *)objects[middle].object <= address)
            first = middle;
        else
            end = middle;
    }
    return first;
}

size_t object_register_find(const struct object_register *registered,
                            const void *address)
{
    const struct object_run_array *runs = &registered->runs;
    const char *at = address;

    for (size_t i = 0; i < runs->count; i++) {
        size_t end = i + 1 < runs->count ? runs->items[i + 1].first
                                         : registered->objects.count;
        size_t found;
        const struct registered_object *object;

        if (at < runs->items[i].start || at >= runs->items[i].end)
            continue;
        found = find_in_run(registered, &runs->items[i], end, at);
        object = &registered->objects.items[found];
        return at < (const char *)object->object + object->size
                   ? found
                   : OBJECT_REGISTER_NONE;
    }
    return OBJECT_REGISTER_NONE;
}
