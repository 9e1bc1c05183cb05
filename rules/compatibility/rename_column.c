/*
 * rename-column: RENAME COLUMN of a table, view or composite type that code may
 * use. Sees every RENAME with the schema before it, and is asked again when the
 * transaction is over: a column may have the old name then, of the table or of
 * what has its old name.
 */
#include "lint/advice.h"
#include "lint/renamed.h"

/* For confirm. */
struct subject {
    const struct former *relation; /* with the one column */
    const struct table *table;     /* null: not known */
    struct qualified_name name;    /* as it was written */
    const char *column;
};

/* One that is there, and was before this migration; of a table that is not
 * known whole, any. */
static bool is_used(const struct check *check, const struct table *table,
                    const char *name)
{
    const struct column *column;

    if (table == NULL)
        return true;
    column = table_find_column(table, name);
    if (column == NULL)
        return !table->is_complete;
    return !former_is_new(check, &column->object);
}

static const char *name_of_type(struct check *check, const struct table *table,
                                const char *name)
{
    const struct column *column =
        table != NULL ? table_find_column(table, name) : NULL;

    return column != NULL ? advice_type(check, column->data_type) : NULL;
}

/* A trigger keeps both columns equal. */
static const char *table_help(struct check *check, const RenameStmt *rename,
                              const struct table *table)
{
    struct qualified_name name = name_from_range_var(rename->relation);
    const char *type = name_of_type(check, table, rename->subname);
    const char *table_sql = check_quote_name(check, name);
    const char *old = check_quote(check, rename->subname);
    const char *new = check_quote(check, rename->newname);
    const char *trigger = check_quote(
        check, check_format(check, "%s_%s", name.name, rename->newname));

    return check_format(
        check,
        "-- both columns, kept equal by a trigger, while old and new code "
        "run:\n"
        "ALTER TABLE %s ADD COLUMN %s %s;\n"
        "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        "BEGIN\n"
        "    IF TG_OP = 'UPDATE' AND NEW.%s IS DISTINCT FROM OLD.%s THEN\n"
        "        NEW.%s := NEW.%s;\n"
        "    ELSIF TG_OP = 'UPDATE' OR NEW.%s IS NULL THEN\n"
        "        NEW.%s := NEW.%s;\n"
        "    ELSE\n"
        "        NEW.%s := NEW.%s;\n"
        "    END IF;\n"
        "    RETURN NEW;\n"
        "END $$;\n"
        "CREATE TRIGGER %s BEFORE INSERT OR UPDATE ON %s\n"
        "    FOR EACH ROW EXECUTE FUNCTION %s();\n"
        "-- then, in batches: UPDATE %s SET %s = %s WHERE %s IS DISTINCT FROM "
        "%s\n"
        "-- when no running code uses %s:\n"
        "DROP TRIGGER %s ON %s;\n"
        "DROP FUNCTION %s();\n"
        "ALTER TABLE %s DROP COLUMN %s;",
        table_sql, new, type != NULL ? type : "...", trigger, new, new, old,
        new, new, new, old, old, new, trigger, table_sql, trigger, table_sql,
        new, old, new, old, old, trigger, table_sql, trigger, table_sql, old);
}

static const char *view_help(struct check *check, const RenameStmt *rename)
{
    return check_format(
        check,
        "-- both columns, the new one at the end, while old and new code "
        "run:\n"
        "CREATE OR REPLACE VIEW %s AS\n"
        "    SELECT ..., %s, ..., %s AS %s FROM ...;",
        check_quote_name(check, name_from_range_var(rename->relation)),
        check_quote(check, rename->subname),
        check_quote(check, rename->subname),
        check_quote(check, rename->newname));
}

static bool is_of_table(const struct former *former)
{
    const struct relation *relation = (const struct relation *)former->object;

    return relation == NULL || relation->kind == RELATION_TABLE ||
           relation->kind == RELATION_PARTITIONED_TABLE;
}

static const char *help_text(struct check *check, const RenameStmt *rename,
                             const struct former *former)
{
    if (rename->renameType == OBJECT_ATTRIBUTE)
        return NULL;
    if (renamed_is_view(former, rename->relationType))
        return view_help(check, rename);
    return is_of_table(former)
               ? table_help(check, rename, (const struct table *)former->object)
               : NULL;
}

/* What code asks for of the relation: the old name of the relation, if this
 * migration has renamed it, and this column. */
static const struct former *former_with_column(struct check *check,
                                               const struct former *former,
                                               const char *column)
{
    const struct relation *relation = (const struct relation *)former->object;
    struct former *copy = arena_alloc(check->arena, sizeof *copy);

    *copy = *former;
    copy->object = NULL;
    if (relation != NULL && relation->former_name != NULL &&
        relation->renamed_in == schema_unit(check->schema))
        copy->name = relation->former_name;
    copy->columns = (struct former_column_array){0};
    array_push(check->arena, &copy->columns)->name = column;
    return copy;
}

static struct span words_of(const struct check *check, const RenameStmt *rename)
{
    struct span relation = renamed_words(check, rename->relation);

    return words_find_name(check->text, check->statement,
                           relation.offset + relation.length, rename->subname);
}

static void check_rename(struct check *check, const Node *node)
{
    const RenameStmt *rename = (const RenameStmt *)node;
    const struct former *former;
    struct subject *subject;
    struct finding *finding;

    if (rename->renameType != OBJECT_COLUMN &&
        rename->renameType != OBJECT_ATTRIBUTE)
        return;
    former = renamed_columns_of(check, rename->relation, rename->missing_ok);
    if (former == NULL ||
        !is_used(check, (const struct table *)former->object, rename->subname))
        return;
    finding = check_report(
        check, words_of(check, rename), node,
        check_format(check,
                     "code that still asks %s for \"%s\" fails as soon as it "
                     "is called \"%s\"",
                     advice_name(check, name_from_range_var(rename->relation)),
                     rename->subname, rename->newname),
        help_text(check, rename, former));
    subject = arena_alloc(check->arena, sizeof *subject);
    subject->table = (const struct table *)former->object;
    subject->name = (struct qualified_name){NULL, former->schema, former->name};
    subject->column = arena_copy(check->arena, slice_from(rename->subname));
    subject->relation = former_with_column(check, former, subject->column);
    check_confirm_later(check, finding, CONFIRM_AFTER_TRANSACTION, subject);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const struct table *table = subject->table;

    (void)finding;
    if (table == NULL)
        table = schema_find_table(check->schema, subject->name);
    if (table != NULL && table_find_column(table, subject->column) != NULL)
        return false;
    return !former_is_back(check, subject->relation, NULL);
}

static const NodeTag tags[] = {T_RenameStmt, T_Invalid};

const struct rule rule_rename_column = {
    .id = "rename-column",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "A renamed column breaks code that uses the old name",
    .rationale =
        "The rename itself takes a moment. But while a release is rolled out, "
        "the old code runs beside the new schema, and each SELECT, INSERT and "
        "UPDATE that names the column fails from the commit on: column does "
        "not exist. Object mappers name every column of a table. The new code "
        "fails before the commit.\n\n"
        "Expand, migrate, contract: add the new column, let a trigger keep "
        "both equal, fill it in batches, and drop the old column when no "
        "running code uses it. Often the better answer is to leave the name "
        "and change it in the code's mapping alone.\n\n"
        "Nothing is said if a column has the old name when the transaction is "
        "over: of the table itself (two columns change their names), or of a "
        "view that has the table's old name. Nor of a table or column that "
        "the same migration made.",
    .ignore_when = "No release that is running, or may come back, uses the old "
                   "name.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
    .bad = "ALTER TABLE users RENAME COLUMN name TO full_name;",
    .good = "ALTER TABLE users ADD COLUMN full_name text;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_rename,
    .confirm = confirm,
};
