/*
 * CREATE ROLE, ALTER ROLE and their kin (USER, GROUP): which role, and what is
 * said of it.
 */
#ifndef SQL_ROLE_H
#define SQL_ROLE_H

#include "sql/ast.h"

#include "base/arena.h"

struct role_change {
    const char *name;    /* as messages have it: `"app"`, `the current role` */
    const char *as_sql;  /* null: not one by name */
    const List *options; /* of DefElem: password, superuser, bypassrls ... */
    bool is_new;         /* CREATE */
};

/* False for other statements. Texts live in the arena. */
bool role_change_of(struct arena *arena, const Node *node,
                    struct role_change *change);

/* The option of that name; null if it is not given. */
const DefElem *role_find_option(const struct role_change *change,
                                const char *name);

#endif
