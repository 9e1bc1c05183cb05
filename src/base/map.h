/*
 * A hash map from text to pointers, in an arena. Keys are slices that the
 * caller keeps alive. Nothing is ever removed; put null to forget.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

#include <stdint.h>
#include <string.h>

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

static inline uint64_t map_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* What keys are looked up by; never 0. Quick, and may change with the
 * program's version. */
static inline uint64_t map_key_hash(struct slice key)
{
    uint64_t hash = key.length;
    uint64_t word = 0;

    if (key.length < sizeof word) {
        for (size_t i = 0; i < key.length; i++)
            word = word << 8 | (unsigned char)key.start[i];
    } else {
        for (size_t i = 0; i + sizeof word < key.length; i += sizeof word) {
            memcpy(&word, key.start + i, sizeof word);
            hash = map_mix(hash, word);
        }
        /* The last word overlaps the one before it. */
        memcpy(&word, key.start + key.length - sizeof word, sizeof word);
    }
    hash = map_mix(hash, word);
    return hash ? hash : 1;
}

/* FNV-1a over the bytes; never 0. Stable: fingerprints are made of it. */
uint64_t map_hash(struct slice key);

/* Continues a hash with more bytes. */
uint64_t map_hash_more(uint64_t hash, struct slice more);

#endif
