/*
 * grant-all: GRANT ALL on what has privileges that its users do not need. Sees
 * every GRANT, also those of ALTER DEFAULT PRIVILEGES.
 */
#include "lint/grant_advice.h"
#include "sql/privilege.h"

#define MAINTAIN_VERSION 17

/* No policy holds for TRUNCATE. */
static bool has_row_security(const struct check *check, const GrantStmt *grant)
{
    foreach_node (Node, object, grant->objects) {
        const RangeVar *range = node_as(RangeVar, object);
        const struct table *table =
            range != NULL
                ? schema_find_table(check->schema, name_from_range_var(range))
                : NULL;

        if (table != NULL && table->has_row_security)
            return true;
    }
    return false;
}

static const char *others_text(struct check *check, const GrantStmt *grant,
                               const struct privilege_kind *kind)
{
    if (grant->objtype != OBJECT_TABLE)
        return kind->others;
    if (has_row_security(check, grant))
        return "TRUNCATE, which no policy stops, REFERENCES and TRIGGER";
    return check->postgres_version >= MAINTAIN_VERSION
               ? "TRUNCATE, REFERENCES, TRIGGER and MAINTAIN"
               : kind->others;
}

static const char *help_text(struct check *check, struct span words,
                             const struct privilege_kind *kind)
{
    if (words.length == 0 || check->is_in_do)
        return NULL;
    return check_format(check, "-- or less, as far as it is needed:\n%s",
                        check_rewrite(check, words, kind->used));
}

static void check_grant(struct check *check, const Node *node)
{
    const GrantStmt *grant = (const GrantStmt *)node;
    const struct privilege_kind *kind;
    struct span words;

    if (!grant->is_grant || grant->privileges != NIL)
        return;
    kind = privilege_kind_of(grant->objtype);
    if (kind == NULL || kind->others == NULL)
        return;
    words = grant_advice_privilege_words(check);
    check_report(check,
                 words.length > 0
                     ? words
                     : words_at_start(check->text, check->statement, 1),
                 grant,
                 check_format(check, "GRANT ALL also gives %s %s on %s",
                              grant_advice_roles(check, grant->grantees),
                              others_text(check, grant, kind),
                              grant_advice_objects(check, grant)),
                 help_text(check, words, kind));
}

static const NodeTag tags[] = {T_GrantStmt, T_Invalid};

const struct rule rule_grant_all = {
    .id = "grant-all",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_INFO,
    .summary = "GRANT ALL gives more than its users need",
    .rationale =
        "On a table ALL is not only SELECT, INSERT, UPDATE and DELETE: "
        "TRUNCATE empties it whatever row security says and fires no row "
        "trigger, TRIGGER lets the role have code run for whoever writes to "
        "it, REFERENCES lets it keep rows from being deleted, and from "
        "PostgreSQL 17 MAINTAIN lets it lock the table with VACUUM FULL or "
        "CLUSTER. On a schema ALL has CREATE, on a sequence UPDATE, which "
        "setval() asks for. What a new version adds is given too, when a dump "
        "is loaded into it.\n\n"
        "Name the privileges that the role's code uses.\n\n"
        "Functions, types and languages have one privilege; ALL on them is not "
        "reported.",
    .ignore_when = "The role is meant to do all that the owner does.",
    .setup = "CREATE ROLE app;\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "GRANT ALL ON orders TO app;",
    .good = "GRANT SELECT, INSERT ON orders TO app;",
    .fixed = "GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO app;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_grant,
};
