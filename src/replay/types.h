/*
 * What the statements share that make types, and the name space that types
 * have in common with the rows of relations.
 */
#ifndef REPLAY_TYPES_H
#define REPLAY_TYPES_H

#include "replay/context.h"
#include "schema/type.h"

/*
 * Room for a new type of that name. What only an incomplete history has there
 * goes. False, told, if it is taken: by a type, or by the row type of a
 * relation. Arrays make way.
 */
bool types_free_name(struct replay *replay, struct namespace *namespace,
                     const char *name);

/* The same for a relation that has a row type: what it says of types alone. */
bool types_free_row_name(struct replay *replay, struct namespace *namespace,
                         const char *name);

/* The new type; null, told, if its schema does not exist or its name is taken.
 */
struct type *types_add(struct replay *replay, enum type_kind kind,
                       const List *names);

/* The type that a statement names, with its modifier; type null if it is not
 * known. False, told, where that it does not exist is certain. */
bool types_resolve(struct replay *replay, const TypeName *name,
                   struct data_type *type);

/* Whether a column of the table may have the type, which may be null. False,
 * told, if not. */
bool types_check_column(struct replay *replay, const struct table *table,
                        const char *column, const struct type *type);

/* ALTER TYPE x, ALTER DOMAIN x: type null if it is not known. False, told, as
 * above. */
bool types_find(struct replay *replay, const List *names, struct type **type);

/* Whether ALTER TYPE, or ALTER DOMAIN, may rename or move it: a row type goes
 * with its table, an array with its element. False, told, if not. */
bool types_check_alter(struct replay *replay, const struct type *type,
                       bool is_domain);

bool enum_alter(struct replay *replay, const AlterEnumStmt *alter);

bool extension_alter(struct replay *replay, const AlterExtensionStmt *alter);

/* ADD and DROP of a member. */
bool extension_alter_contents(struct replay *replay,
                              const AlterExtensionContentsStmt *alter);

#endif
