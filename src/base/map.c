/*
 * A hash map with open addressing: rule ids, paths, settings.
 */
#include "base/map.h"

#include <string.h>

#define FNV_OFFSET UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

uint64_t map_hash_more(uint64_t hash, struct slice more)
{
    for (size_t i = 0; i < more.length; i++)
        hash = (hash ^ (unsigned char)more.start[i]) * FNV_PRIME;
    return hash ? hash : 1;
}

uint64_t map_hash(struct slice key)
{
    return map_hash_more(FNV_OFFSET, key);
}

/* The entry that holds the key, or the free one where it belongs. */
static struct map_entry *find_entry(const struct map *map, struct slice key,
                                    uint64_t hash)
{
    size_t mask = map->capacity - 1;

    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        struct map_entry *entry = &map->entries[i];

        if (entry->hash == 0 ||
            (entry->hash == hash && slice_equal(entry->key, key)))
            return entry;
    }
}

void *map_find(const struct map *map, struct slice key)
{
    if (map->count == 0)
        return NULL;
    return find_entry(map, key, map_key_hash(key))->value;
}

/* A map is at most three quarters full. */
static bool has_room(const struct map *map, size_t count)
{
    return count * 4 <= map->capacity * 3;
}

void map_make_room(struct arena *arena, struct map *map, size_t count)
{
    struct map grown = {.capacity = map->capacity ? map->capacity : 16};

    if (has_room(map, count))
        return;
    while (!has_room(&grown, count))
        grown.capacity *= 2;

    grown.entries = arena_alloc(arena, grown.capacity * sizeof *grown.entries);
    for (size_t i = 0; i < map->capacity; i++) {
        const struct map_entry *entry = &map->entries[i];

        if (entry->hash)
            *find_entry(&grown, entry->key, entry->hash) = *entry;
    }
    grown.count = map->count;
    *map = grown;
}

void map_put(struct arena *arena, struct map *map, struct slice key,
             void *value)
{
    uint64_t hash = map_key_hash(key);
    struct map_entry *entry;

    map_make_room(arena, map, map->count + 1);
    entry = find_entry(map, key, hash);
    if (entry->hash == 0)
        map->count++;
    *entry = (struct map_entry){key, value, hash};
}
