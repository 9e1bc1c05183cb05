/*
 * What depends on what: the edges that statements made (model_depend()) and
 * those that the structure says. Asked by DROP, and by what changes an object
 * that others need.
 *
 * Facts: src/backend/catalog/dependency.c, and what each command records.
 */
#ifndef REPLAY_DEPENDENCY_H
#define REPLAY_DEPENDENCY_H

#include "query/query.h"
#include "replay/context.h"

/* An edge, seen from one of its ends. */
struct dependency_end {
    struct object *object; /* at the other end */
    enum dependency_kind kind;
};

struct dependency_end_array ARRAY(struct dependency_end);

/* All that would go, or break, with the object; in the scratch arena. One
 * object may be there twice. */
struct dependency_end_array dependency_dependents(struct replay *replay,
                                                  struct object *object);

/* What it is a part or a member of: edges of all kinds but normal and auto. */
struct dependency_end_array dependency_owners(struct replay *replay,
                                              struct object *object);

/*
 * The dependent needs what an expression of it names (query_description.needs),
 * with this kind of dependency.
 */
void dependency_add_needs(struct replay *replay, struct object *dependent,
                          const struct object_array *needs,
                          enum dependency_kind kind);

/* It needs the type, if that was made by a statement or an extension; of an
 * array, what it is an array of. */
void dependency_add_type(struct replay *replay, struct object *dependent,
                         struct type *type);

/* The column's default, made known if it has one without an expression. */
struct column_default *dependency_default(struct replay *replay,
                                          struct column *column);

/* Casts; the object is of that class. */
static inline struct relation *object_relation(struct object *object)
{
    return (struct relation *)object;
}

static inline struct column *object_column(struct object *object)
{
    return (struct column *)object;
}

/* What the server calls it in messages (getObjectDescription): `column a of
 * table t`. In the scratch arena. */
const char *object_description(struct replay *replay,
                               const struct object *object);

/* The type's, and the function's with the types of its parameters:
 * `f(integer,text)`. */
const char *type_visible_name(struct replay *replay, const struct type *type);
const char *function_visible_name(struct replay *replay,
                                  const struct function *function);

/* The relation's name for messages, with its schema if the name alone would
 * not find it. */
const char *relation_visible_name(struct replay *replay,
                                  const struct relation *relation);

#endif
