/*
 * drop-schema: DROP SCHEMA with all that is in it. Sees every DROP with the
 * schema before it.
 */
#include "lint/advice.h"
#include "lint/cascade.h"
#include "lint/dropped.h"

/* All that it ever had is known, and gone. */
static bool is_empty(const struct check *check, const struct object *object)
{
    const struct namespace *namespace = (const struct namespace *)object;

    if (object == NULL || namespace->made_at.source == NULL ||
        !schema_is_complete(check->schema))
        return false;
    for (size_t i = 0; i < namespace->members.count; i++) {
        const struct relation *member = namespace->members.items[i];

        if (!member->object.is_dropped && member->namespace == namespace)
            return false;
    }
    for (size_t i = 0; i < namespace->types.count; i++) {
        const struct type *type = namespace->types.items[i];

        if (!type->object.is_dropped && type->namespace == namespace)
            return false;
    }
    for (size_t i = 0; i < namespace->functions.count; i++) {
        const struct function *function = namespace->functions.items[i];

        if (!function->object.is_dropped && function->namespace == namespace)
            return false;
    }
    return true;
}

static const char *help_text(struct check *check, const struct dropped *dropped)
{
    const char *name = check_quote(check, dropped->name.name);
    const char *unused = check_quote(
        check, check_format(check, "%s_unused", dropped->name.name));

    return check_format(
        check,
        "-- when the code that uses it is gone: a rename shows who was "
        "forgotten, and can be undone\n"
        "ALTER SCHEMA %s RENAME TO %s;\n"
        "-- in a later release, when what it has was saved:\n"
        "DROP SCHEMA %s%s;\n"
        "-- or, if it is sure that nobody needs it, above the statement:\n"
        "-- pgsquint: allow drop-schema -- why nobody needs it",
        name, unused, unused,
        dropped->drop->behavior == DROP_CASCADE ? " CASCADE" : "");
}

static void report(struct check *check, const struct dropped *dropped)
{
    bool is_cascade = dropped->drop->behavior == DROP_CASCADE;
    struct cascade *cascade = arena_alloc(check->arena, sizeof *cascade);
    const char *name = dropped_statement_name(check, dropped);
    struct finding *finding;

    if (is_empty(check, dropped->object)) {
        finding = check_report(
            check, dropped->words, dropped->node,
            check_format(check,
                         "%s breaks the code that still has it in its "
                         "search_path or makes things in it",
                         name),
            dropped_later(check, dropped, "stops naming it"));
        finding_lower(finding, SEVERITY_WARNING);
        return;
    }
    finding = check_report(
        check, dropped->words, dropped->node,
        check_format(check,
                     is_cascade ? "%s loses all tables in it with their rows, "
                                  "and whatever depends on them elsewhere"
                                : "%s fails if anything is in it, and breaks "
                                  "the code that still names it",
                     name),
        help_text(check, dropped));
    if (!is_cascade)
        return;
    *cascade = cascade_of(check, dropped->object,
                          cascade_words(words_of_statement(check->statement)));
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, cascade);
}

static void check_drop(struct check *check, const Node *node)
{
    const DropStmt *drop = (const DropStmt *)node;
    struct dropped_walk walk = dropped_walk_of(check, drop);
    struct dropped dropped;

    if (drop->removeType != OBJECT_SCHEMA || check->is_in_body)
        return;
    while (dropped_next(check, &walk, &dropped))
        if (!former_is_new(check, dropped.object))
            report(check, &dropped);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *subject)
{
    cascade_note(check, finding, subject);
    return true;
}

static const NodeTag tags[] = {T_DropStmt, T_Invalid};

const struct rule rule_drop_schema = {
    .id = "drop-schema",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_ERROR,
    .summary = "DROP SCHEMA loses all that is in it",
    .rationale =
        "With CASCADE every table of the schema goes with its rows, every "
        "view, function and type, and whatever in other schemas depends on "
        "them: foreign keys, views, columns. It takes an ACCESS EXCLUSIVE lock "
        "on each of these tables at once. A down step brings nothing back.\n\n"
        "Rename the schema first, which breaks whoever was forgotten and is "
        "undone in a moment; drop it in a later release, when what it had has "
        "been saved. Better still, drop its tables by name, so that a reviewer "
        "sees what goes.\n\n"
        "The finding lists what the replayed history says is in it. It is a "
        "warning where the history knows that nothing is. Nothing is said of a "
        "schema that the same migration made.",
    .ignore_when = "What is in it was saved, or is nobody's any more.",
    .setup = "CREATE SCHEMA app;\n"
             "CREATE TABLE app.orders (id bigint PRIMARY KEY);",
    .bad = "DROP SCHEMA app CASCADE;",
    .good = "ALTER SCHEMA app RENAME TO app_unused;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_drop,
    .confirm = confirm,
};
