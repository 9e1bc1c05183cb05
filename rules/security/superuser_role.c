/*
 * superuser-role: roles that no privilege or no policy holds for. Sees CREATE
 * ROLE, ALTER ROLE and their kin, wherever they stand.
 */
#include "lint/rule.h"
#include "sql/role.h"

/* What may be said, and what to say instead. */
static const struct {
    const char *option;
    const char *instead;
    const char *message;
} kinds[] = {
    {"superuser", "NOSUPERUSER",
     "%s is a superuser: no privilege and no policy holds for it, and it may "
     "run programs on the server"},
    {"bypassrls", "NOBYPASSRLS",
     "no policy holds for %s: it reads and changes all rows of every table "
     "that it has privileges on"},
};

#define KIND_COUNT (sizeof kinds / sizeof *kinds)

static bool is_on(const DefElem *option)
{
    const Boolean *value =
        option != NULL ? node_as(Boolean, option->arg) : NULL;

    return value != NULL && value->boolval;
}

static const char *help_text(struct check *check, struct span word,
                             const char *instead)
{
    if (check->is_in_do)
        return NULL;
    return check_format(check, "-- and what it needs by GRANT:\n%s",
                        check_rewrite(check, word, instead));
}

/* A superuser passes over policies anyway: one finding. */
static void check_role(struct check *check, const Node *node)
{
    struct role_change change;

    if (!role_change_of(check->arena, node, &change))
        return;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        const DefElem *option = role_find_option(&change, kinds[i].option);
        struct span word;

        if (!is_on(option))
            continue;
        word = words_at(check->text, check->statement,
                        check->statement->tree_base + (size_t)option->location);
        check_report(check, word, option,
                     check_format(check, kinds[i].message, change.name),
                     help_text(check, word, kinds[i].instead));
        return;
    }
}

static const NodeTag tags[] = {T_CreateRoleStmt, T_AlterRoleStmt, T_Invalid};

const struct rule rule_superuser_role = {
    .id = "superuser-role",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_WARNING,
    .summary = "A role is SUPERUSER or BYPASSRLS",
    .rationale =
        "For a superuser the server checks nothing: it reads and changes every "
        "table, reads files of the server and runs programs there. An "
        "injection of SQL into code that connects as such a role takes the "
        "machine, not only the data. A role with BYPASSRLS has only the "
        "privileges that it was granted, but row security does not hold for "
        "it: code that was tested with policies shows every tenant's rows.\n\n"
        "Grant what is needed by name; predefined roles (pg_read_all_data, "
        "pg_monitor, pg_signal_backend) have what administration asks for most "
        "often. Backups with pg_dump are the case that BYPASSRLS was made "
        "for.",
    .ignore_when =
        "The role is for administration or backups, and no application "
        "connects as it.",
    .bad = "CREATE ROLE reports LOGIN SUPERUSER;",
    .good = "CREATE ROLE reports LOGIN;\n"
            "GRANT pg_read_all_settings TO reports;",
    .fixed = "CREATE ROLE reports LOGIN NOSUPERUSER;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_role,
};
