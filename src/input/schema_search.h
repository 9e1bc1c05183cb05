/*
 * Looks around a file of queries for what makes its tables: the repository's
 * migrations or schema script, the nearest first.
 */
#ifndef INPUT_SCHEMA_SEARCH_H
#define INPUT_SCHEMA_SEARCH_H

#include "input/siblings.h"

struct schema_search {
    struct arena *arena;
    struct siblings *siblings;
    struct recogniser *recogniser;
    const char *root;   /* canonical: nothing above it is looked at. Null: the
                           repository's root is the end */
    struct map started; /* folders of files of queries, as written */
    struct map found;   /* folders that have a history, as written */
    struct slice_array scripts; /* paths of schema scripts, as written */
    struct source_array wanted; /* as siblings of these files, which are nobody
                                   else's */
    size_t folders_left;
};

void schema_search_init(struct schema_search *search, struct siblings *siblings,
                        const char *root);

/*
 * Goes up from the file's folder; ends at the first one in or below which there
 * are migrations, or else a schema script, or at the root. Outside of a
 * repository it looks at nothing. The histories that it finds become wanted
 * siblings (siblings_add() then adds them), scripts are added here, as not
 * named.
 */
void schema_search_around(struct schema_search *search,
                          const struct source *source,
                          struct discovered_array *files);

/* After the siblings have been added. */
void schema_search_release(struct schema_search *search);

#endif
