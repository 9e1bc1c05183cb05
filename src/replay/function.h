/*
 * Functions, procedures and aggregates: made, found by name and arguments,
 * changed.
 */
#ifndef REPLAY_FUNCTION_H
#define REPLAY_FUNCTION_H

#include "replay/context.h"

bool function_create(struct replay *replay, const CreateFunctionStmt *create);
bool function_create_aggregate(struct replay *replay, const DefineStmt *define);
bool function_alter(struct replay *replay, const AlterFunctionStmt *alter);

/* It takes a value: IN, INOUT, VARIADIC. */
bool function_is_input(const struct parameter *parameter);

/* The one of this very schema that takes these types; null if there is none. */
struct function *function_in(const struct schema *schema,
                             const struct namespace *namespace,
                             const char *name, struct type *const *types,
                             size_t count);

/* The types of its input, in the scratch arena; null among them if one is not
 * known. */
struct type **function_input(struct replay *replay,
                             const struct function *function, size_t *count);

/*
 * The function, procedure or aggregate that a statement names; types that say
 * which one may be missing. Results as of lookup_object().
 */
bool function_look_up(struct replay *replay, ObjectType type,
                      const ObjectWithArgs *name, bool is_missing_ok,
                      struct object **object);

/* Without arguments, as triggers name theirs: null if there is none that is
 * known; is_builtin receives if it is a built-in one. */
struct function *function_without_arguments(struct replay *replay,
                                            struct qualified_name name,
                                            bool *is_builtin);

#endif
