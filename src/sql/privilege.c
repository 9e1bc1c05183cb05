/*
 * Privileges by kind of object, for rules.
 *
 * Facts: PostgreSQL manual, "Privileges", and acldefault() of
 * src/backend/utils/adt/acl.c: PUBLIC has CONNECT and TEMPORARY on databases,
 * EXECUTE on functions, USAGE on languages and types.
 */
#include "sql/privilege.h"

#include <string.h>

static const struct privilege_kind kinds[] = {
    {OBJECT_TABLE, "SELECT, INSERT, UPDATE, DELETE",
     "TRUNCATE, REFERENCES and TRIGGER", NULL},
    {OBJECT_SEQUENCE, "USAGE, SELECT", "UPDATE (of its value)", "usage"},
    {OBJECT_SCHEMA, "USAGE", "CREATE", "usage"},
    {OBJECT_DATABASE, "CONNECT, TEMPORARY", "CREATE (of schemas)",
     "connect temporary temp"},
    {OBJECT_LARGEOBJECT, "SELECT", "UPDATE", NULL},
    {OBJECT_TABLESPACE, "CREATE", NULL, NULL},
    {OBJECT_PARAMETER_ACL, "SET", "ALTER SYSTEM", NULL},
};

const struct privilege_kind *privilege_kind_of(ObjectType type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].type == type)
            return &kinds[i];
    }
    return NULL;
}

/* One of these, which spaces separate. */
static bool is_among(const char *words, const char *name)
{
    size_t length = strlen(name);

    while (words) {
        if (strncmp(words, name, length) == 0 &&
            (words[length] == ' ' || words[length] == '\0'))
            return true;
        words = strchr(words, ' ');
        words = words ? words + 1 : NULL;
    }
    return false;
}

bool privilege_exceeds_open(const struct privilege_kind *kind,
                            const List *privileges)
{
    const ListCell *cell;

    foreach (cell, privileges) {
        const AccessPriv *privilege = lfirst(cell);

        if (!privilege->priv_name ||
            !is_among(kind->open, privilege->priv_name))
            return true;
    }
    return privileges == NIL;
}
