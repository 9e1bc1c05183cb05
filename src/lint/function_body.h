/*
 * The body of a function that the schema has, taken apart once more: for rules
 * that judge it when its statement is long past.
 */
#ifndef LINT_FUNCTION_BODY_H
#define LINT_FUNCTION_BODY_H

#include "lint/rule.h"

struct search_path;

struct function_body {
    const struct function *function;
    struct routine routine; /* of a statement like the one that made it */
    struct query_place place;
    struct parser *parser; /* whose trees these are */
    struct routine_source source;
};

/*
 * Everything lives in the arena, the trees until function_body_close(). False,
 * with nothing to close, if there is no body that can be read: of SQL or
 * PL/pgSQL, in quotes or without.
 */
bool function_body_open(struct check *check, struct arena *arena,
                        const struct function *function,
                        struct function_body *body);
void function_body_close(struct function_body *body);

/*
 * What a query of the body, which has a tree, means when the function is called
 * with this search_path, or its own if it has one; null: that of a new session.
 * names and calls may be null. False if it is no query: a command.
 */
bool function_body_describe(struct check *check, struct arena *arena,
                            const struct function_body *body,
                            const struct routine_query *query,
                            struct search_path *path,
                            struct query_name_array *names,
                            struct query_call_array *calls,
                            struct query_description *description);

/* The search_path in force, for later. */
struct search_path *function_body_path(const struct check *check);

/* The functions that have a body between quotes which may name this; in no
 * order. In the arena. */
struct function_array function_body_list(struct check *check,
                                         struct arena *arena, const char *name);

/* Where an offset of the routine's text stands in a file; where the body begins,
 * if that is all that is known. source null: nowhere. */
struct place function_body_place(const struct function_body *body,
                                 size_t offset);

#endif
