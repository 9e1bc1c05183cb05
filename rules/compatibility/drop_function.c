/*
 * drop-function: DROP FUNCTION, PROCEDURE, ROUTINE and AGGREGATE of what code
 * may call. Sees every DROP with the schema before it, and is asked again after
 * the section: a function that can be called in the same way may be there.
 */
#include "lint/advice.h"
#include "lint/dropped.h"

static bool is_function(ObjectType type)
{
    return type == OBJECT_FUNCTION || type == OBJECT_PROCEDURE ||
           type == OBJECT_ROUTINE || type == OBJECT_AGGREGATE;
}

/* For confirm. */
struct subject {
    const struct former *former; /* null: not known */
    struct qualified_name name;
    struct qualified_name written;
    struct dropped_group *group;
};

static void report(struct check *check, const struct dropped *dropped,
                   struct dropped_group *group)
{
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct finding *finding = dropped_report(check, dropped, group);
    const struct former *unknown;

    if (dropped->object != NULL)
        subject->former = former_of(check, dropped->object);
    subject->written = dropped->name;
    subject->group = group;
    unknown = former_of_name(check, CLASS_FUNCTION, dropped->name);
    subject->name =
        (struct qualified_name){NULL, unknown->schema, unknown->name};
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, subject);
}

static void check_drop(struct check *check, const Node *node)
{
    const DropStmt *drop = (const DropStmt *)node;
    struct dropped_walk walk = dropped_walk_of(check, drop);
    struct dropped_group *group;
    struct dropped dropped;

    if (!is_function(drop->removeType) || check->is_in_body)
        return;
    group = dropped_group_of(check, drop, "calls", "calling");
    while (dropped_next(check, &walk, &dropped))
        if (!former_is_new(check, dropped.object) &&
            !former_is_for_triggers(dropped.object))
            report(check, &dropped, group);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    bool has_successor = former_has_new_function(check, subject->name);
    const char *lack = NULL;

    if (subject->former == NULL && has_successor)
        return false;
    if (subject->former != NULL &&
        former_is_back(check, subject->former, &lack))
        return false;
    if (lack == NULL && !has_successor)
        return dropped_join(check, subject->group, finding, subject->written);
    if (lack != NULL) {
        finding_restate(finding, check_format(check,
                                              "the new \"%s\" %s: code that "
                                              "still relies on it fails",
                                              subject->former->name, lack));
        finding_advise(finding,
                       "-- give the new one another name, and drop the old one "
                       "in a release after the one that stops calling it");
    } else {
        finding_restate(finding,
                        check_format(check,
                                     "the new \"%s\" cannot be called as the "
                                     "dropped one was: code that still does "
                                     "fails",
                                     subject->former->name));
        finding_advise(finding,
                       "-- leave the old one beside the new one, or give the "
                       "new parameters a DEFAULT, until no running code calls "
                       "it as before");
    }
    return true;
}

static const NodeTag tags[] = {T_DropStmt, T_Invalid};

const struct rule rule_drop_function = {
    .id = "drop-function",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "DROP FUNCTION breaks code that still calls it",
    .rationale =
        "While a release is rolled out, the old code runs beside the new "
        "schema. Each of its calls fails from the moment the migration "
        "commits: function does not exist. So do the bodies of other functions "
        "that are written as strings, of which the server keeps no "
        "dependency.\n\n"
        "Take two releases: one whose code does not call it, then the one that "
        "drops it. A function that only needs another body is made anew with "
        "CREATE OR REPLACE, which leaves no gap and keeps its grants.\n\n"
        "Nothing is said if the same migration makes one that can be called in "
        "the same way (new parameters have a DEFAULT) and gives the same "
        "result, of a function that it made itself, and of one that returns "
        "trigger: only triggers call those.",
    .ignore_when = "No release that is running, or may come back, calls it.",
    .setup = "CREATE FUNCTION tax(numeric) RETURNS numeric LANGUAGE sql\n"
             "    AS 'SELECT $1 * 0.2';",
    .bad = "DROP FUNCTION tax(numeric);",
    .good = "CREATE OR REPLACE FUNCTION tax(numeric) RETURNS numeric\n"
            "    LANGUAGE sql AS 'SELECT $1 * 0.19';",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_drop,
    .confirm = confirm,
};
