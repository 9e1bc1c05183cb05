/*
 * Words about GRANT and REVOKE that several rules say.
 */
#include "lint/grant_advice.h"

#include "lint/advice.h"

/* How many privileges or roles a message lists. */
#define LISTED_MAX 5

static const char *role_name(struct check *check, const RoleSpec *role)
{
    switch (role->roletype) {
    case ROLESPEC_CSTRING: return check_format(check, "\"%s\"", role->rolename);
    case ROLESPEC_PUBLIC: return "every role";
    case ROLESPEC_CURRENT_ROLE:
    case ROLESPEC_CURRENT_USER:
    case ROLESPEC_SESSION_USER: break;
    }
    return "the current role";
}

bool grant_advice_is_public(const List *roles)
{
    foreach_node (RoleSpec, role, roles)
        if (role->roletype == ROLESPEC_PUBLIC)
            return true;
    return false;
}

const char *grant_advice_roles(struct check *check, const List *roles)
{
    struct buffer list;
    int count = 0;

    buffer_init(&list, check->arena);
    foreach_node (RoleSpec, role, roles) {
        if (count++ == LISTED_MAX)
            break;
        buffer_add_format(&list, "%s%s", count > 1 ? ", " : "",
                          role_name(check, role));
    }
    if (list_length(roles) > LISTED_MAX)
        buffer_add_text(&list, " and others");
    return buffer_text(&list);
}

const char *grant_advice_granted_roles(struct check *check, const List *roles)
{
    struct buffer list;
    int count = 0;

    buffer_init(&list, check->arena);
    foreach_node (AccessPriv, role, roles) {
        if (count++ == LISTED_MAX)
            break;
        buffer_add_format(&list, "%s\"%s\"", count > 1 ? ", " : "",
                          role->priv_name != NULL ? role->priv_name : "");
    }
    return buffer_text(&list);
}

const char *grant_advice_privileges(struct check *check, const List *privileges)
{
    struct buffer list;
    int count = 0;

    if (privileges == NIL)
        return "all privileges";
    buffer_init(&list, check->arena);
    foreach_node (AccessPriv, privilege, privileges) {
        const char *name = privilege->priv_name;

        if (count++ == LISTED_MAX)
            break;
        buffer_add_text(&list, count > 1 ? ", " : "");
        for (; name != NULL && *name; name++)
            buffer_add_char(&list, *name >= 'a' && *name <= 'z'
                                       ? (char)(*name - 'a' + 'A')
                                       : *name);
    }
    return buffer_text(&list);
}

struct qualified_name grant_advice_name_of(const Node *object)
{
    switch (nodeTag(object)) {
    case T_RangeVar: return name_from_range_var((const RangeVar *)object);
    case T_ObjectWithArgs:
        return name_from_list(((const ObjectWithArgs *)object)->objname);
    case T_List: return name_from_list((const List *)object);
    case T_String:
        return (struct qualified_name){.name = name_from_string(object)};
    default: return (struct qualified_name){0};
    }
}

const char *grant_advice_objects(struct check *check, const GrantStmt *grant)
{
    struct buffer list;
    int count = 0;

    if (grant->targtype == ACL_TARGET_DEFAULTS)
        return "objects to come";
    buffer_init(&list, check->arena);
    if (grant->targtype == ACL_TARGET_ALL_IN_SCHEMA)
        buffer_add_text(&list, "all there is in ");
    foreach_node (Node, object, grant->objects) {
        struct qualified_name name = grant_advice_name_of(object);

        if (name.name == NULL || count++ == LISTED_MAX)
            break;
        buffer_add_format(&list, "%s%s", count > 1 ? ", " : "",
                          advice_name(check, name));
    }
    return buffer_text(&list);
}

struct span grant_advice_privilege_words(struct check *check)
{
    const struct statement *statement = check->statement;
    struct span grant =
        words_find(check->text, statement, statement->offset, "GRANT");
    size_t from = grant.offset + grant.length;
    struct span on = words_find(check->text, statement, from, "ON");
    struct lexer lexer = lexer_of(check->text);
    struct token first;
    struct span words;

    if (grant.length == 0 || on.length == 0)
        return (struct span){0};
    lexer.offset = from;
    first = lexer_next_significant(&lexer);
    words = (struct span){first.offset, on.offset - first.offset};
    return words_trim_end(check->text, words);
}
