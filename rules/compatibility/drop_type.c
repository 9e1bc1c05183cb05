/*
 * drop-type: DROP TYPE and DROP DOMAIN of a type that code may name. Sees every
 * DROP with the schema before it, and is asked again after the section: a type
 * that is made anew is missed by nobody.
 */
#include "lint/advice.h"
#include "lint/dropped.h"

/* For confirm. */
struct subject {
    const struct former *former;
    struct qualified_name name;
    struct dropped_group *group;
};

/* It got its name by this migration, which rebuilds the type: rename-other has
 * spoken of the old name. */
static bool has_new_name(const struct check *check, const struct object *object)
{
    if (object == NULL || object->class != CLASS_TYPE)
        return false;
    return ((const struct type *)object)->renamed_in ==
           schema_unit(check->schema);
}

/* Its last column went in this migration: drop-table and drop-column speak of
 * the code that read it. */
static bool went_with_columns(const struct check *check,
                              const struct object *object)
{
    return object != NULL && object->class == CLASS_TYPE &&
           ((const struct type *)object)->column_dropped_in ==
               schema_unit(check->schema);
}

static void report(struct check *check, const struct dropped *dropped,
                   struct dropped_group *group)
{
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct finding *finding = dropped_report(check, dropped, group);

    subject->former = dropped->object != NULL
                          ? former_of(check, dropped->object)
                          : former_of_name(check, CLASS_TYPE, dropped->name);
    subject->name = dropped->name;
    subject->group = group;
    if (went_with_columns(check, dropped->object))
        finding_lower(finding, SEVERITY_INFO);
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, subject);
}

static void check_drop(struct check *check, const Node *node)
{
    const DropStmt *drop = (const DropStmt *)node;
    struct dropped_walk walk = dropped_walk_of(check, drop);
    struct dropped_group *groups[2];
    struct dropped dropped;

    if ((drop->removeType != OBJECT_TYPE &&
         drop->removeType != OBJECT_DOMAIN) ||
        check->is_in_body)
        return;
    for (size_t i = 0; i < 2; i++)
        groups[i] = dropped_group_of(check, drop, "names", "naming");
    while (dropped_next(check, &walk, &dropped))
        if (!former_is_new(check, dropped.object) &&
            !has_new_name(check, dropped.object))
            report(check, &dropped,
                   groups[went_with_columns(check, dropped.object)]);
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
    finding_restate(finding,
                    check_format(check,
                                 "the new \"%s\" %s: code that still relies on "
                                 "it fails",
                                 subject->former->name, lack));
    finding_advise(finding, NULL);
    return true;
}

static const NodeTag tags[] = {T_DropStmt, T_Invalid};

const struct rule rule_drop_type = {
    .id = "drop-type",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "DROP TYPE breaks code that still names the type",
    .rationale =
        "The server refuses to drop a type that a column or function has, but "
        "it does not know the code: casts ('sad'::mood), parameters that a "
        "driver declares by the type's name, and the bodies of functions that "
        "are written as strings fail from the commit on. Drivers also keep "
        "the object ids of types that they have met.\n\n"
        "Drop it in a release after the one whose code no longer names it.\n\n"
        "Nothing is said if the same migration makes a type of that name again "
        "that has all its values (the way to rebuild an enum), nor of a type "
        "that it made or renamed itself. If the same migration dropped a "
        "column of the type, or the table of one, that has its own finding, "
        "and this is for information only.",
    .ignore_when = "Only the database itself used its name.",
    .setup = "CREATE TYPE mood AS ENUM ('sad', 'happy');",
    .bad = "DROP TYPE mood;",
    .good = "ALTER TYPE mood RENAME TO mood_old;\n"
            "CREATE TYPE mood AS ENUM ('sad', 'content', 'happy');\n"
            "DROP TYPE mood_old;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_drop,
    .confirm = confirm,
};
