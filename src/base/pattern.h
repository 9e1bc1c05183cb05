/*
 * Regular expressions and globs (PCRE2). Every match runs with a limit on
 * steps and depth, so that a pattern from a stranger's settings cannot hang.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include "base/arena.h"
#include "base/error.h"

struct pattern;

/*
 * Compiles a PCRE2 pattern (UTF-8, invalid bytes in subjects allowed). Null
 * with an error that names the place in the pattern: `missing closing
 * parenthesis at offset 3`. Free with pattern_free().
 */
struct pattern *pattern_compile(struct slice expression, bool ignore_case,
                                struct error *error);

/*
 * Compiles a glob over paths with `/`: `*` and `?` stay within a component,
 * `**` crosses components, [..] is a class.
 */
struct pattern *pattern_compile_glob(struct slice glob, struct error *error);

void pattern_free(struct pattern *pattern);

/*
 * Whether the pattern matches somewhere in the subject (a glob: the whole).
 * groups, if not null, receives the whole match and the first groups, at most
 * group_count in all; an unset group is empty with a null start. A match that
 * runs into a limit counts as none. Not to be called by two threads at once.
 */
bool pattern_match(struct pattern *pattern, struct slice subject,
                   struct slice *groups, size_t group_count);

#endif
