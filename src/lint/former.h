/*
 * What code that runs knows by name and a migration takes away, and whether
 * the same is there again in the end: a view dropped and made anew, a table
 * renamed and a view in its place. Rules of compatibility keep it for their
 * confirm.
 */
#ifndef LINT_FORMER_H
#define LINT_FORMER_H

#include "lint/rule.h"

struct former_column {
    const char *name;
    const char *type; /* without its modifier: who reads a varchar(100) reads a
                         varchar(200); null: not known */
};

struct former_column_array ARRAY(struct former_column);

/* As it was when it was asked for: it may get another name afterwards. */
struct former {
    const struct object *object; /* null: not known */
    enum object_class class;
    const char *schema; /* null: not known */
    const char *name;
    struct former_column_array columns; /* of a relation or composite type; of a
                                           table that is not known whole, those
                                           that are */
    struct name_array labels;           /* of an enum */
};

/* Of a relation, type, function, constraint, column, trigger, policy or rule; in
 * check->arena. The latter four and what else there is have but a name. */
const struct former *former_of(struct check *check,
                               const struct object *object);

/* The relation that a name means, which need not be known. */
const struct former *former_of_relation(struct check *check,
                                        struct qualified_name name);

/* One that is not known. */
const struct former *former_of_name(struct check *check,
                                    enum object_class class,
                                    struct qualified_name name);

/* It was made by the section that is being judged, or is temporary: nobody uses
 * it yet. False for null. A namespace, type or function likewise. */
bool former_is_new(const struct check *check, const struct object *object);

/* A function that only triggers call, and they know it by identity. */
bool former_is_for_triggers(const struct object *object);

/*
 * Whether the schema now has what serves code that used it: a relation of the
 * name with the same columns, a function that can be called in the same way, a
 * constraint of the same kind on the same columns. lack, which may be null,
 * receives what is wrong with the one of the same name (`lacks column "email"`),
 * or null where there is none.
 */
bool former_is_back(struct check *check, const struct former *former,
                    const char **lack);

/* The section has made a schema of that name. */
bool former_has_new_schema(const struct check *check, const char *name);

/* The same of a function. */
bool former_function_is_back(struct check *check, const struct former *former,
                             const char **lack);

/* The section has made a function of that name, whatever it takes. */
bool former_has_new_function(struct check *check, struct qualified_name name);

/* A constraint that refuses, or allows, the same as the dropped one, on the
 * table that now has its table's name. */
bool former_constraint_is_back(const struct check *check,
                               const struct constraint *dropped);

/* The table of that name in that schema, as it is now; null if there is none. */
const struct table *former_find_table(const struct check *check,
                                      const struct table *table);

#endif
