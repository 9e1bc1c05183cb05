/*
 * Expressions that outlive their statement: what their names meant when they
 * were made, so that they can be written again after renames and under an
 * empty search_path, as pg_get_viewdef() and its like do.
 *
 *     struct binding binding = {.arena = scratch, .text = file, .base = base};
 *     place.binding = &binding;
 *     query_describe_expression(schema, scratch, node, &place, &description);
 *     column->default = binding_finish(schema, &binding, span);
 *
 * One text may hold several expressions (an index's columns and its WHERE):
 * each adds to the same binding.
 */
#ifndef QUERY_BINDING_H
#define QUERY_BINDING_H

#include "schema/model.h"

struct reference_array ARRAY(struct reference);

/* The names met so far; offsets are those of the text. */
struct binding {
    struct arena *arena;
    struct slice text; /* of the source: what locations of trees point into */
    size_t base;       /* the location 0 of the tree (statement.tree_base) */
    struct reference_array references;
    bool is_broken; /* something cannot be written again */
};

/* The words at this location of the tree name the object: `schema.name`, or
 * `name`. */
void binding_add_name(struct binding *binding, ParseLoc location,
                      struct object *object);

/* The words [offset, offset + length) of the text are the object's name. */
void binding_add_words(struct binding *binding, struct span words,
                       enum reference_form form, struct object *object);

/*
 * The words of the text with what was met among them, in the schema's memory.
 * Null if the binding is broken: the text alone would not say the same.
 */
struct expression *binding_finish(struct schema *schema,
                                  const struct binding *binding,
                                  struct span words);

/* The same between a prefix and a suffix that name nothing. */
struct expression *binding_finish_within(struct schema *schema,
                                         const struct binding *binding,
                                         struct span words, const char *prefix,
                                         const char *suffix);

/* An expression that names nothing that was made by statements. */
struct expression *expression_of_text(struct schema *schema, const char *text);

/*
 * The expression with present names, qualified unless they are in pg_catalog:
 * means the same under an empty search_path. It ends in no comment. In the
 * arena.
 */
const char *expression_to_sql(struct arena *arena, const struct schema *schema,
                              const struct expression *expression);

#endif
