/*
 * What privileges there are on a kind of object.
 */
#ifndef SQL_PRIVILEGE_H
#define SQL_PRIVILEGE_H

#include "sql/ast.h"

struct privilege_kind {
    ObjectType type;
    const char *used;   /* what those who only use such objects need, as GRANT
                           takes it */
    const char *others; /* what ALL gives besides; null: nothing */
    const char *open; /* what everybody may have without harm; null: nothing */
};

/* Null for kinds that have one privilege alone (functions, types, languages). */
const struct privilege_kind *privilege_kind_of(ObjectType type);

/* The grant gives more of these objects than everybody may have. */
bool privilege_exceeds_open(const struct privilege_kind *kind,
                            const List *privileges);

#endif
