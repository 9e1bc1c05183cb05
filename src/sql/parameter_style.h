/*
 * How a query writes its parameters, so that what is added to it can have more
 * of them: `$1` of PostgreSQL itself, `@name` of sqlc, `:name`, `?`, `%s` and
 * `%(name)s` of client libraries.
 */
#ifndef SQL_PARAMETER_STYLE_H
#define SQL_PARAMETER_STYLE_H

#include "base/arena.h"
#include "sql/statement.h"

struct parameter_style {
    const char *before; /* what stands around a name; null: parameters have
                           numbers */
    const char *after;
    bool has_name; /* else they are told apart by their order, and `before` is
                      all of it */
    long next;     /* of numbers: the first that no other parameter has */
};

/* gone: words that are not counted, as they are to be taken out; the style of
 * the statement's first parameter, numbers if it has none. text: the file's. */
struct parameter_style parameter_style_of(struct slice text,
                                          const struct statement *statement,
                                          size_t gone_offset,
                                          size_t gone_length);

/* The index-th of parameters that are added, for this column: `$3`, `@last_id`.
 * In the arena. */
const char *parameter_style_write(struct arena *arena,
                                  const struct parameter_style *style,
                                  size_t index, const char *column);

#endif
