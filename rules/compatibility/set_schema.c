/*
 * set-schema: ALTER ... SET SCHEMA of what code may name. Sees every such
 * statement with the schema before it, and is asked again when the transaction
 * is over: a view may be where the table was.
 */
#include "lint/advice.h"
#include "lint/renamed.h"

#include <string.h>

static struct qualified_name name_of(const AlterObjectSchemaStmt *alter)
{
    if (alter->relation != NULL)
        return name_from_range_var(alter->relation);
    if (alter->object == NULL)
        return (struct qualified_name){0};
    if (IsA(alter->object, ObjectWithArgs))
        return name_from_list(((const ObjectWithArgs *)alter->object)->objname);
    if (IsA(alter->object, List))
        return name_from_list((const List *)alter->object);
    return (struct qualified_name){.name = name_from_string(alter->object)};
}

static bool has_row_security(const struct object *object)
{
    const struct relation *relation = (const struct relation *)object;

    return object != NULL && object->class == CLASS_RELATION &&
           relation->kind == RELATION_TABLE &&
           ((const struct table *)relation)->has_row_security;
}

/* Where it was, as SQL: what the name alone finds may be elsewhere then. */
static const char *old_name(struct check *check, struct qualified_name name,
                            const struct former *former)
{
    if (name.schema == NULL && former != NULL && former->schema != NULL)
        name.schema = former->schema;
    return check_quote_name(check, name);
}

static const char *help_text(struct check *check,
                             const AlterObjectSchemaStmt *alter,
                             struct qualified_name name,
                             const struct object *object,
                             const struct former *former)
{
    const char *old = old_name(check, name, former);
    const char *new = renamed_sql(check, alter->newschema, name.name);

    switch (alter->objectType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
        return renamed_view_help(check, old, new, has_row_security(object));
    default: break;
    }
    if (object != NULL && object->class == CLASS_FUNCTION)
        return renamed_function_help(check, (const struct function *)object,
                                     old, new);
    if (object != NULL && object->class == CLASS_TYPE)
        return renamed_type_help(check, (const struct type *)object, old, new);
    return check_format(check,
                        "-- a release before, whose code finds it in both:\n"
                        "SET search_path = %s, %s;",
                        check_quote(check, alter->newschema),
                        former != NULL && former->schema != NULL
                            ? check_quote(check, former->schema)
                            : "public");
}

static bool is_absent(const struct check *check,
                      const AlterObjectSchemaStmt *alter,
                      struct qualified_name name)
{
    return alter->missing_ok && alter->relation != NULL &&
           check_is_absent(check, name);
}

/* It is there already. */
static bool is_same(const struct former *former,
                    const AlterObjectSchemaStmt *alter)
{
    return former != NULL && former->schema != NULL &&
           strcmp(former->schema, alter->newschema) == 0;
}

/* A relation is known by its name: the replay does not move one to where it
 * is. */
static bool find_object(struct check *check, const AlterObjectSchemaStmt *alter,
                        struct qualified_name name,
                        const struct object **object)
{
    const struct relation *relation;

    if (alter->relation == NULL)
        return renamed_object(check, object);
    relation = schema_find_relation(check->schema, name);
    *object = relation != NULL ? &relation->object : NULL;
    return !check->is_in_body && !former_is_new(check, *object);
}

static void report(struct check *check, const AlterObjectSchemaStmt *alter,
                   struct qualified_name name, const struct object *object)
{
    const struct former *former =
        object != NULL ? former_of(check, object) : NULL;
    const char *first = name.schema != NULL ? name.schema : name.name;
    struct finding *finding;

    if (is_same(former, alter))
        return;
    finding = check_report(
        check,
        words_of_name_at(check->text, check->statement,
                         words_find_name(check->text, check->statement,
                                         check->statement->offset, first)
                             .offset),
        alter,
        check_format(check,
                     "code that looks for %s where it was fails as soon as it "
                     "is in the schema \"%s\"",
                     advice_name(check, name), alter->newschema),
        help_text(check, alter, name, object, former));
    if (former != NULL)
        check_confirm_later(check, finding, CONFIRM_AFTER_TRANSACTION, former);
}

static void check_set_schema(struct check *check, const Node *node)
{
    const AlterObjectSchemaStmt *alter = (const AlterObjectSchemaStmt *)node;
    struct qualified_name name = name_of(alter);
    const struct object *object;

    if (name.name != NULL && !is_absent(check, alter, name) &&
        find_object(check, alter, name, &object))
        report(check, alter, name, object);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *subject)
{
    const struct former *former = subject;
    const char *lack;

    if (former_is_back(check, former, &lack))
        return false;
    if (lack != NULL)
        finding_restate(finding,
                        check_format(check,
                                     "\"%s\", which is now where it was, %s: "
                                     "code that still relies on it fails",
                                     former->name, lack));
    return true;
}

static const NodeTag tags[] = {T_AlterObjectSchemaStmt, T_Invalid};

const struct rule rule_set_schema = {
    .id = "set-schema",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "SET SCHEMA moves a table, type or function away from the code "
               "that names it",
    .rationale =
        "From the commit on, the object is found only by code that names the "
        "new schema or has it in its search_path. While a release is rolled "
        "out the old code runs beside the new schema: its queries fail, or, "
        "worse, find another object of the same name further down their "
        "search_path.\n\n"
        "Leave a view where the table was, in the same transaction (a function "
        "that calls the moved one, a domain of the moved type), or let a "
        "release before have both schemas in its search_path.\n\n"
        "Nothing is said if what the code needs has the old name in the old "
        "schema when the transaction is over, nor of what the same migration "
        "made.",
    .ignore_when =
        "No release that is running, or may come back, names it with "
        "the old schema or finds it by search_path alone.",
    .setup = "CREATE SCHEMA app;\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "ALTER TABLE orders SET SCHEMA app;",
    .good = "BEGIN;\n"
            "ALTER TABLE orders SET SCHEMA app;\n"
            "CREATE VIEW public.orders AS SELECT * FROM app.orders;\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_set_schema,
    .confirm = confirm,
};
