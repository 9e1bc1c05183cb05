/*
 * In what order the tools put versions, where numbers are not all that counts.
 * What the rows of tools.c point to.
 */
#include "input/tool_rows.h"

static size_t count_parts(struct slice version)
{
    size_t count = 1;

    for (size_t i = 0; i < version.length; i++)
        count += version.start[i] == '.' || version.start[i] == '_';
    return count;
}

/* Takes what stands before the next dot; "" at the end, which sorts as 0. */
static struct slice take_part(struct slice *version)
{
    struct slice part;
    size_t length = 0;

    while (length < version->length && version->start[length] != '.' &&
           version->start[length] != '_')
        length++;
    part = slice_part(*version, 0, length);
    *version = slice_part(*version, length + 1, version->length);
    return part.length ? part : SLICE("0");
}

/* Part by part as numbers; a missing part is 0. MigrationVersion.java. */
int flyway_compare(struct slice a, struct slice b)
{
    size_t count = count_parts(a), others = count_parts(b);

    if (count < others)
        count = others;
    for (size_t i = 0; i < count; i++) {
        int order = slice_compare_natural(take_part(&a), take_part(&b));

        if (order)
            return order;
    }
    return 0;
}

/* As text, without hyphens (migrations_internals, version_from_string). */
int diesel_compare(struct slice a, struct slice b)
{
    size_t first = 0, second = 0;

    for (;;) {
        while (first < a.length && a.start[first] == '-')
            first++;
        while (second < b.length && b.start[second] == '-')
            second++;
        if (first == a.length || second == b.length)
            return (first < a.length) - (second < b.length);
        if (a.start[first] != b.start[second])
            return a.start[first] < b.start[second] ? -1 : 1;
        first++;
        second++;
    }
}

static size_t count_digits(struct slice text)
{
    size_t count = 0;

    while (count < text.length && text.start[count] >= '0' &&
           text.start[count] <= '9')
        count++;
    return count;
}

/* By the number that the name begins with, names without one last; then as
 * text (migrate.go, Migration.Less). */
int sql_migrate_compare(struct slice a, struct slice b)
{
    size_t first = count_digits(a), second = count_digits(b);
    int order;

    if (!first || !second)
        order = !first - !second;
    else
        order = slice_compare_natural(slice_part(a, 0, first),
                                      slice_part(b, 0, second));
    return order ? order : slice_compare(a, b);
}
