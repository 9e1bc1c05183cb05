/*
 * drop-view: DROP VIEW and DROP MATERIALIZED VIEW of a view that code may read.
 * Sees every DROP with the schema before it, and is asked again after the
 * section: a view that comes back with its columns is missed by nobody.
 */
#include "lint/dropped.h"

/* For confirm. */
struct subject {
    const struct former *former;
    struct qualified_name name;
    const char *help_if_made_anew;
    struct dropped_group *group;
};

/* Where the view is there again, but not with all that it had. */
static const char *help_if_made_anew(struct check *check,
                                     const struct dropped *dropped)
{
    return check_format(
        check,
        "-- keep the column in the new view until no running code asks for "
        "it; columns at the end can be added without a DROP:\n"
        "CREATE OR REPLACE VIEW %s AS ...;",
        check_quote_name(check, dropped->name));
}

static void report(struct check *check, const struct dropped *dropped,
                   struct dropped_group *group)
{
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct finding *finding = dropped_report(check, dropped, group);

    subject->name = dropped->name;
    subject->group = group;
    subject->former = former_of_relation(check, dropped->name);
    subject->help_if_made_anew = help_if_made_anew(check, dropped);
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, subject);
}

static void check_drop(struct check *check, const Node *node)
{
    const DropStmt *drop = (const DropStmt *)node;
    struct dropped_walk walk = dropped_walk_of(check, drop);
    struct dropped_group *group;
    struct dropped dropped;

    if ((drop->removeType != OBJECT_VIEW &&
         drop->removeType != OBJECT_MATVIEW) ||
        check->is_in_body)
        return;
    group = dropped_group_of(check, drop, "reads", "reading");
    while (dropped_next(check, &walk, &dropped))
        if (!former_is_new(check, dropped.object))
            report(check, &dropped, group);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const char *lack;

    if (former_is_back(check, subject->former, &lack))
        return false;
    if (lack == NULL)
        return dropped_join(check, subject->group, finding, subject->name);
    finding_restate(finding, check_format(check,
                                          "the new \"%s\" %s: code that still "
                                          "relies on it fails",
                                          subject->former->name, lack));
    finding_advise(finding, subject->help_if_made_anew);
    return true;
}

static const NodeTag tags[] = {T_DropStmt, T_Invalid};

const struct rule rule_drop_view = {
    .id = "drop-view",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "DROP VIEW breaks code that still reads the view",
    .rationale =
        "While a release is rolled out, the old code runs beside the new "
        "schema, and after a failed release it comes back. A query that names "
        "the view fails from the moment the migration commits: relation does "
        "not exist. Reports and other services that read it are not in this "
        "repository, and nobody here sees them fail.\n\n"
        "Take two releases: one whose code does not read the view, then the "
        "one that drops it. A column alone can be added at the end with CREATE "
        "OR REPLACE VIEW, which keeps the view, its grants and what depends on "
        "it.\n\n"
        "A view that the same migration makes again with the same columns is "
        "no finding, and neither is one that it made itself. Where the new one "
        "lacks a column that the old one had, or gives it another type, that "
        "is said instead.",
    .ignore_when =
        "No release that is running, or may come back, reads it, and no "
        "report does.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n"
             "CREATE VIEW active_users AS SELECT id, email FROM users;",
    .bad = "DROP VIEW active_users;",
    .good = "CREATE OR REPLACE VIEW active_users AS\n"
            "    SELECT id, email, 1 AS rank FROM users;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_drop,
    .confirm = confirm,
};
