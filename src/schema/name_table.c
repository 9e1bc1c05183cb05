/*
 * A hash table of chained links: insertion and removal are one pointer write
 * each, which is what the journal can undo cheaply.
 */
#include "schema/name_table.h"

#include "base/map.h"

#include <string.h>

/*
 * Most names that are asked for are not there (generated names, types that are
 * built in): then an empty bucket tells at once, without a link that would have
 * to be fetched from memory.
 */
#define BUCKET_COUNT_MIN 64
#define GROWTH 4

struct name_link {
    struct name_link *next;
    uint64_t hash;
    const void *scope;
    void *object;
    char name[]; /* here, where it is in the cache when it is compared */
};

static uint64_t hash_of(const void *scope, struct slice name)
{
    uint64_t hash = map_key_hash(name);

    hash ^= (uint64_t)(uintptr_t)scope >> 4;
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static struct name_link **bucket_of(const struct name_table *table,
                                    uint64_t hash)
{
    return &table->buckets[hash & (table->bucket_count - 1)];
}

void *name_table_find(const struct name_table *table, const void *scope,
                      const char *name)
{
    uint64_t hash;

    if (table->count == 0)
        return NULL;
    hash = hash_of(scope, slice_from(name));
    for (const struct name_link *link = *bucket_of(table, hash); link;
         link = link->next) {
        if (link->hash == hash && link->scope == scope &&
            strcmp(link->name, name) == 0)
            return link->object;
    }
    return NULL;
}

/* Moves every link, journaled: an undo may lead back to the old buckets. */
static void grow(struct name_table *table, struct arena *arena,
                 struct journal *journal)
{
    struct name_table grown = *table;

    grown.bucket_count =
        table->bucket_count ? table->bucket_count * GROWTH : BUCKET_COUNT_MIN;
    grown.buckets =
        arena_alloc(arena, grown.bucket_count * sizeof(struct name_link *));
    for (size_t i = 0; i < table->bucket_count; i++) {
        struct name_link *next;

        for (struct name_link *link = table->buckets[i]; link; link = next) {
            struct name_link **bucket = bucket_of(&grown, link->hash);

            next = link->next;
            journal_save(journal, &link->next, sizeof link->next);
            link->next = *bucket;
            *bucket = link;
        }
    }
    journal_save(journal, table, sizeof *table);
    *table = grown;
}

void name_table_make_more_room(struct name_table *table, struct arena *arena)
{
    struct journal no_marks = {0};

    grow(table, arena, &no_marks);
}

const char *name_table_add(struct name_table *table, struct arena *arena,
                           struct journal *journal, const void *scope,
                           const char *name, void *object)
{
    struct slice given = slice_from(name);
    struct name_link *link =
        arena_alloc(arena, sizeof *link + given.length + 1);
    struct name_link **bucket;

    if (table->count >= table->bucket_count / 2)
        grow(table, arena, journal);
    link->hash = hash_of(scope, given);
    link->scope = scope;
    link->object = object;
    memcpy(link->name, given.start, given.length);
    bucket = bucket_of(table, link->hash);
    journal_save(journal, bucket, sizeof(struct name_link *));
    journal_save(journal, &table->count, sizeof table->count);
    link->next = *bucket;
    *bucket = link;
    table->count++;
    return link->name;
}

void name_table_remove(struct name_table *table, struct journal *journal,
                       const void *scope, const char *name, const void *object)
{
    uint64_t hash = hash_of(scope, slice_from(name));

    if (table->count == 0)
        return;
    for (struct name_link **at = bucket_of(table, hash); *at;
         at = &(*at)->next) {
        if ((*at)->hash != hash || (*at)->object != object ||
            (*at)->scope != scope || strcmp((*at)->name, name) != 0)
            continue;
        journal_save(journal, at, sizeof(struct name_link *));
        journal_save(journal, &table->count, sizeof table->count);
        *at = (*at)->next;
        table->count--;
        return;
    }
}

void *name_table_next(const struct name_table *table,
                      struct name_table_cursor *cursor)
{
    const struct name_link *link = cursor->link ? cursor->link->next : NULL;

    while (!link && cursor->bucket < table->bucket_count)
        link = table->buckets[cursor->bucket++];
    cursor->link = link;
    return link ? link->object : NULL;
}
