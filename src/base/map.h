/*
 * A hash map from text to pointers, in an arena. Keys are slices that the
 * caller keeps alive. Nothing is ever removed; put null to forget.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

#include <stdint.h>

struct map_entry {
    struct slice key;
    void *value;
    uint64_t hash; /* 0: the entry is free */
};

/* A struct map filled with zeros is a valid empty map. */
struct map {
    struct map_entry *entries;
    size_t count;
    size_t capacity; /* a power of two, or 0 */
};

/* Null if the key was never put. */
void *map_find(const struct map *map, struct slice key);

/* Replaces what was there. */
void map_put(struct arena *arena, struct map *map, struct slice key,
             void *value);

/* Makes room for so many keys in all, where it is known how many come. */
void map_make_room(struct arena *arena, struct map *map, size_t count);

/* What keys are looked up by; never 0. Quick, and may change with the
 * program's version. */
uint64_t map_key_hash(struct slice key);

/* FNV-1a over the bytes; never 0. Stable: fingerprints are made of it. */
uint64_t map_hash(struct slice key);

/* Continues a hash with more bytes. */
uint64_t map_hash_more(uint64_t hash, struct slice more);

#endif
