/*
 * How the files of the catalogue search their tables. Nobody else includes
 * this.
 */
#ifndef SCHEMA_BUILTIN_SEARCH_H
#define SCHEMA_BUILTIN_SEARCH_H

#include "schema/builtin/builtin.h"

#include <string.h>

/* What every row that has a name begins with. */
struct named_row {
    uint32_t name : 24;
    uint32_t versions : 8;
};

struct row_range {
    size_t first;
    size_t count;
};

/* Valid for every row that begins like struct named_row. */
static inline uint32_t row_name_id(const void *row)
{
    return ((const struct named_row *)row)->name;
}

static inline const char *row_name(const void *row)
{
    return builtin_text(row_name_id(row));
}

/* The rows of this name in a table sorted by name, of this size each. */
struct row_range builtin_rows_named(const void *rows, size_t count, size_t size,
                                    const char *name);

/* The first of them that holds in this version; null if there is none. */
static inline const void *row_of_version(const void *rows, size_t size,
                                         struct row_range range,
                                         uint8_t version)
{
    for (size_t i = 0; i < range.count; i++) {
        const void *row = (const char *)rows + (range.first + i) * size;

        if (((const struct named_row *)row)->versions & version)
            return row;
    }
    return NULL;
}

#endif
