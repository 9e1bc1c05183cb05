/*
 * Reads statements about roles for rules: their trees differ, what they say
 * does not.
 *
 * Facts: src/backend/parser/gram.y (CreateRoleStmt, AlterOptRoleElem).
 */
#include "sql/role.h"

#include "sql/parser.h"

#include <string.h>

static void set_name(struct arena *arena, struct role_change *change,
                     const char *name)
{
    change->name = arena_format(arena, "\"%s\"", name);
    change->as_sql = parser_quote_identifier(arena, name);
}

bool role_change_of(struct arena *arena, const Node *node,
                    struct role_change *change)
{
    const CreateRoleStmt *create = node_as(CreateRoleStmt, node);
    const AlterRoleStmt *alter = node_as(AlterRoleStmt, node);

    *change = (struct role_change){.name = "the current role"};
    if (create) {
        change->is_new = true;
        change->options = create->options;
        set_name(arena, change, create->role);
        return true;
    }
    if (!alter)
        return false;
    change->options = alter->options;
    if (alter->role && alter->role->roletype == ROLESPEC_CSTRING)
        set_name(arena, change, alter->role->rolename);
    return true;
}

const DefElem *role_find_option(const struct role_change *change,
                                const char *name)
{
    const ListCell *cell;

    foreach (cell, change->options) {
        const DefElem *option = lfirst(cell);

        if (strcmp(option->defname, name) == 0)
            return option;
    }
    return NULL;
}
