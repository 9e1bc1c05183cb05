/*
 * What RENAME and SET SCHEMA take a name from, and how the old name can go on
 * beside the new one: what the rules about them have in common.
 */
#ifndef LINT_RENAMED_H
#define LINT_RENAMED_H

#include "lint/former.h"

/*
 * The relation that the statement gives another name or schema, as it was. Null
 * if that concerns nobody: a new one, or one that has a new name already, an
 * index, what IF EXISTS does not find, the body of a function.
 */
const struct former *renamed_relation(struct check *check, const RangeVar *name,
                                      bool is_missing_ok);

/* The same for one whose column gets another name. */
const struct former *renamed_columns_of(struct check *check,
                                        const RangeVar *name,
                                        bool is_missing_ok);

/* The words of the name. */
struct span renamed_words(const struct check *check, const RangeVar *name);

/* What the statement gives another name or schema, if it is a type, function or
 * schema, or a relation: null if it is not known. False if that concerns nobody:
 * a new one, a function of triggers, the body of a function. */
bool renamed_object(struct check *check, const struct object **object);

/* Whether it is a view, materialized or not; else a table, or not known. */
bool renamed_is_view(const struct former *former, ObjectType type);

/*
 * The statement, and in the same transaction a view that has the old name;
 * later the end of that. is_secured: the table has row security, which the view
 * is not to bypass.
 */
const char *renamed_view_help(struct check *check, const char *old_name,
                              const char *new_name, bool is_secured);

/* The same with a function that calls the renamed one, or a domain of the
 * renamed type. Null if there is none that could. */
const char *renamed_function_help(struct check *check,
                                  const struct function *function,
                                  const char *old_name, const char *new_name);
const char *renamed_type_help(struct check *check, const struct type *type,
                              const char *old_name, const char *new_name);

/* `app.orders` as SQL; the schema may be null. */
const char *renamed_sql(struct check *check, const char *schema,
                        const char *name);

#endif
