/*
 * rename-other: RENAME TO of a function, type, schema or sequence that code may
 * name. Sees every RENAME; what it means is known from the replay. Asked again
 * when the transaction is over.
 */
#include "lint/advice.h"
#include "lint/renamed.h"

/* For confirm. */
struct subject {
    const struct former *former; /* null: not known */
    const char *name;            /* as messages have it */
};

/* `function`, and which name the statement gives the object. */
struct renaming {
    const RenameStmt *rename;
    const char *word;
    struct qualified_name name;
};

static bool is_of_interest(const struct check *check, const RenameStmt *rename,
                           struct renaming *renaming)
{
    *renaming = (struct renaming){.rename = rename};
    if (check->is_in_body)
        return false;
    switch (rename->renameType) {
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE:
        renaming->word =
            rename->renameType == OBJECT_PROCEDURE ? "procedure" : "function";
        renaming->name =
            name_from_list(((const ObjectWithArgs *)rename->object)->objname);
        return true;
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        renaming->word = "type";
        renaming->name = name_from_list((const List *)rename->object);
        return true;
    case OBJECT_SCHEMA:
        renaming->word = "schema";
        renaming->name.name = rename->subname;
        return true;
    case OBJECT_SEQUENCE:
        renaming->word = "sequence";
        renaming->name = name_from_range_var(rename->relation);
        return true;
    default: return false;
    }
}

/* A column's own: its default follows, and few name it. */
static bool is_owned(const struct object *object)
{
    const struct relation *relation = (const struct relation *)object;

    return object != NULL && object->class == CLASS_RELATION &&
           relation->kind == RELATION_SEQUENCE &&
           ((const struct sequence *)relation)->owned_by != NULL;
}

static const char *schema_help(struct check *check, const char *old,
                               const char *new)
{
    return check_format(check,
                        "-- a schema has no second name: first a release "
                        "whose code names none and looks in both\n"
                        "SET search_path = %s, %s;\n"
                        "-- then\n"
                        "ALTER SCHEMA %s RENAME TO %s;",
                        new, old, old, new);
}

/* Code that names the column needs no name of the sequence. */
static const char *sequence_help(struct check *check,
                                 const struct sequence *sequence)
{
    const struct column *column = sequence->owned_by;

    return check_format(
        check,
        "-- first a release whose code names the column:\n"
        "SELECT nextval(pg_get_serial_sequence(%s, %s));",
        advice_literal(check,
                       advice_relation_sql(check, &column->table->relation)),
        advice_literal(check, column->name));
}

static const char *help_text(struct check *check,
                             const struct renaming *renaming,
                             const struct object *object)
{
    const char *old = check_quote_name(check, renaming->name);
    const char *new_name = check_quote(check, renaming->rename->newname);
    const char *new =
        renamed_sql(check, renaming->name.schema, renaming->rename->newname);

    if (renaming->rename->renameType == OBJECT_SCHEMA)
        return schema_help(check, old, new_name);
    if (object == NULL)
        return NULL;
    if (is_owned(object))
        return sequence_help(check, (const struct sequence *)object);
    if (object->class == CLASS_FUNCTION)
        return renamed_function_help(check, (const struct function *)object,
                                     old, new);
    if (object->class == CLASS_TYPE)
        return renamed_type_help(check, (const struct type *)object, old, new);
    return NULL;
}

static void report(struct check *check, const struct renaming *renaming,
                   const struct object *object)
{
    const struct qualified_name name = renaming->name;
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct finding *finding;

    subject->name = advice_name(check, name);
    finding = check_report(
        check,
        words_of_name_at(
            check->text, check->statement,
            words_find_name(check->text, check->statement,
                            check->statement->offset,
                            name.schema != NULL ? name.schema : name.name)
                .offset),
        renaming->rename,
        check_format(check,
                     "code that still names the %s %s fails as soon as it is "
                     "called \"%s\"",
                     renaming->word, subject->name, renaming->rename->newname),
        help_text(check, renaming, object));
    if (is_owned(object))
        finding_lower(finding, SEVERITY_INFO);
    if (object == NULL)
        return;
    subject->former = former_of(check, object);
    check_confirm_later(check, finding, CONFIRM_AFTER_TRANSACTION, subject);
}

static bool is_absent(const struct check *check,
                      const struct renaming *renaming)
{
    return renaming->rename->missing_ok &&
           check_is_absent(check, renaming->name);
}

static void check_rename(struct check *check, const Node *node)
{
    const RenameStmt *rename = (const RenameStmt *)node;
    struct renaming renaming;
    const struct object *object;

    if (is_of_interest(check, rename, &renaming) &&
        !is_absent(check, &renaming) && renamed_object(check, &object))
        report(check, &renaming, object);
}

/* The new type, which lacks a value, was given to columns that had the old one:
 * column-narrowed has said so. */
static bool has_columns_of_old(const struct check *check,
                               const struct former *former)
{
    struct qualified_name name = {NULL, former->schema, former->name};
    const struct type *type = former->class == CLASS_TYPE
                                  ? schema_find_type(check->schema, name)
                                  : NULL;

    return type != NULL && former->labels.count > 0 && type->is_in_use &&
           former_is_new(check, &type->object);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const char *lack;

    if (former_is_back(check, subject->former, &lack))
        return false;
    if (lack == NULL)
        return true;
    if (has_columns_of_old(check, subject->former))
        return false;
    finding_restate(finding, check_format(check,
                                          "%s, as it now is, %s: code that "
                                          "still relies on it fails",
                                          subject->name, lack));
    finding_advise(finding, NULL);
    return true;
}

static const NodeTag tags[] = {T_RenameStmt, T_Invalid};

const struct rule rule_rename_other = {
    .id = "rename-other",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "A renamed function, type, schema or sequence breaks code that "
               "names it",
    .rationale =
        "What the database keeps by identity follows a rename: columns of the "
        "type, triggers that call the function, defaults that use the "
        "sequence. What is kept as text does not: the code outside, and the "
        "bodies of functions written in quotes. While a release is rolled out "
        "both the old code and the new one run, and one of them names what is "
        "not there.\n\n"
        "Keep the old name in the same transaction: a function that calls the "
        "renamed one, a domain of the renamed type. A schema and a sequence "
        "have no second name: let the code go without theirs first.\n\n"
        "Nothing is said if the old name belongs, when the transaction is "
        "over, to a function that can be called in the same way or a type "
        "with the same values (the way to rebuild an enum), nor of what the "
        "same migration made. For information only where the sequence is a "
        "column's own.",
    .ignore_when = "No release that is running, or may come back, uses the old "
                   "name.",
    .setup = "CREATE FUNCTION tax(numeric) RETURNS numeric LANGUAGE sql\n"
             "    AS 'SELECT $1 * 0.2';",
    .bad = "ALTER FUNCTION tax(numeric) RENAME TO sales_tax;",
    .good = "BEGIN;\n"
            "ALTER FUNCTION tax(numeric) RENAME TO sales_tax;\n"
            "CREATE FUNCTION tax(numeric) RETURNS numeric LANGUAGE sql\n"
            "    AS 'SELECT sales_tax($1)';\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_rename,
    .confirm = confirm,
};
