/*
 * drop-column: ALTER TABLE ... DROP COLUMN of a column that code may use. Sees
 * every ALTER TABLE with the schema before it.
 */
#include "lint/advice.h"
#include "lint/cascade.h"
#include "sql/commands.h"

/* For confirm. */
struct subject {
    const struct former *former;      /* null: not known */
    struct qualified_name table_name; /* as written, like the next */
    const char *column;
    struct cascade cascade;
    const char *table; /* as messages name it */
};

/* Nobody uses a column of this very migration, or one that is not there. */
static bool is_unused(const struct check *check, const struct table *table,
                      const AlterTableCmd *action)
{
    const struct column *column;

    if (table == NULL)
        return false;
    column = table_find_column(table, action->name);
    if (column == NULL)
        return action->missing_ok && table->is_complete;
    return column->made_at.source != NULL &&
           column->made_at.unit == schema_unit(check->schema);
}

static bool is_in_primary_key(const struct column *column)
{
    const struct constraint_array *constraints = &column->table->constraints;

    for (size_t i = 0; i < constraints->count; i++) {
        const struct constraint *constraint = constraints->items[i];

        if (constraint->type != CONSTRAINT_PRIMARY_KEY ||
            constraint->object.is_dropped)
            continue;
        for (size_t j = 0; j < constraint->columns.count; j++)
            if (constraint->columns.items[j] == column)
                return true;
    }
    return false;
}

/*
 * Code that no longer knows the column still inserts rows. A primary key has
 * no other way than to be replaced first.
 */
static bool must_be_given(const struct table *table, const char *name)
{
    const struct column *column =
        table != NULL ? table_find_column(table, name) : NULL;

    return column != NULL && column->made_at.source != NULL &&
           !column->is_nullable && !column->has_default && !column->is_serial &&
           column->identity == IDENTITY_NONE &&
           column->generated == GENERATED_NONE && !is_in_primary_key(column);
}

static const char *help_text(struct check *check, const AlterTableStmt *alter,
                             const struct table *table, const char *column,
                             struct span words)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    struct buffer help;

    buffer_init(&help, check->arena);
    if (must_be_given(table, column))
        buffer_add_format(
            &help,
            "-- before the release that stops using it, so that its INSERTs "
            "work without it:\n"
            "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL;\n"
            "-- after that release, when no running code reads or writes "
            "it:\n",
            check_quote_name(check, name), check_quote(check, column));
    else
        buffer_add_text(&help, "-- in a release after the one that stops "
                               "reading and writing it:\n");
    buffer_add_format(&help,
                      "ALTER TABLE %s %.*s;\n"
                      "-- if this is that release, above the statement:\n"
                      "-- pgsquint: allow drop-column -- unused since ...",
                      check_quote_name(check, name), (int)words.length,
                      check->text.start + words.offset);
    return buffer_text(&help);
}

static bool is_any_dropped(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (action->subtype == AT_DropColumn)
            return true;
    return false;
}

/* Its values are those of others. */
static bool is_generated(const struct column *column)
{
    return column != NULL && column->generated != GENERATED_NONE;
}

static void report(struct check *check, const AlterTableStmt *alter,
                   const AlterTableCmd *action, struct span words)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    const struct table *table = schema_find_table(check->schema, name);
    const struct column *column =
        table != NULL ? table_find_column(table, action->name) : NULL;
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct finding *finding = check_report(
        check,
        command_words_to_name(check->text, check->statement, words,
                              action->name),
        action,
        check_format(check,
                     is_generated(column)
                         ? "dropping \"%s\" of %s breaks the code that still "
                           "reads it"
                         : "dropping \"%s\" of %s loses its values and breaks "
                           "the code that still uses it",
                     action->name, advice_name(check, name)),
        help_text(check, alter, table, action->name, words));

    subject->table = advice_name(check, name);
    subject->table_name = name;
    subject->column = action->name;
    if (column != NULL)
        subject->former = former_of(check, &column->object);
    if (column != NULL && action->behavior == DROP_CASCADE)
        subject->cascade =
            cascade_of(check, &column->object, cascade_words(words));
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, subject);
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    struct qualified_name name = name_from_range_var(alter->relation);
    const struct table *table;
    struct command_words commands;

    if (!is_any_dropped(alter) || !check_alters_existing(check, alter))
        return;
    table = schema_find_table(check->schema, name);
    commands = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        struct span words = {0};

        if (action->subtype != AT_DropColumn ||
            is_unused(check, table, action)) {
            command_words_pass(&commands);
            continue;
        }
        command_words_next(&commands, &words);
        report(check, alter, action, words);
    }
}

/* The table went too: that is said there. */
static bool is_table_gone(const struct former *former)
{
    const struct column *column = (const struct column *)former->object;

    return column->table->relation.object.is_dropped;
}

static bool is_enum(const struct column *column)
{
    const struct type *type = column->data_type.type;

    return type != NULL && type->kind == TYPE_ENUM;
}

/* Where it has another type now, that can be had without a loss. One enum has
 * no cast to another: their values pass through text. */
static const char *help_if_added(struct check *check,
                                 const struct column *column)
{
    const struct table *table = former_find_table(check, column->table);
    const struct column *added = table_find_column(table, column->name);
    const char *type = advice_type(check, added->data_type);
    const char *name = check_quote(check, column->name);

    if (type == NULL || added->generated != GENERATED_NONE)
        return NULL;
    return check_format(
        check,
        "-- to keep them, instead of both statements:\n"
        "ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s%s::%s;",
        advice_relation_sql(check, &table->relation), name, type, name,
        is_enum(column) && is_enum(added) ? "::text" : "", type);
}

/* One of that name was added to a table that is not known whole. */
static bool is_added(const struct check *check, const struct subject *subject)
{
    const struct table *table =
        schema_find_table(check->schema, subject->table_name);
    const struct column *column =
        table != NULL ? table_find_column(table, subject->column) : NULL;

    return column != NULL && column->made_at.source != NULL &&
           column->made_at.unit == schema_unit(check->schema);
}

static void restate(struct check *check, struct finding *finding,
                    const struct subject *subject)
{
    finding_restate(finding,
                    check_format(check,
                                 "dropping \"%s\" of %s loses its values: the "
                                 "new \"%s\" begins without them",
                                 subject->column, subject->table,
                                 subject->column));
    finding_advise(finding, NULL);
}

/* Where it was added again, code finds it, but its values are gone. */
static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const struct former *former = subject->former;

    cascade_note(check, finding, &subject->cascade);
    if (former == NULL) {
        if (is_added(check, subject))
            restate(check, finding, subject);
        return true;
    }
    if (!former->object->is_dropped || is_table_gone(former))
        return false;
    if (!former_is_back(check, former, NULL))
        return true;
    if (is_generated((const struct column *)former->object))
        return false;
    restate(check, finding, subject);
    finding_advise(finding,
                   help_if_added(check, (const struct column *)former->object));
    return true;
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_drop_column = {
    .id = "drop-column",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "DROP COLUMN loses values and breaks code that still runs",
    .rationale =
        "While a release is rolled out, the old code runs beside the new "
        "schema. It names the column in its SELECT, INSERT and UPDATE, and "
        "each of them fails from the moment the migration commits; object "
        "mappers name every column of a table even where nobody wrote it down. "
        "The values are gone, and a down step brings back an empty "
        "column.\n\n"
        "Take two releases: one whose code neither reads nor writes the column "
        "(where it is NOT NULL without a default, drop the NOT NULL before, or "
        "the new code's INSERTs fail), then the one that drops it.\n\n"
        "A column that the same migration added is nobody's yet, and neither "
        "is one of a table that it created.",
    .ignore_when =
        "No release that is running, or may come back, reads or writes "
        "the column.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT "
             "NULL);",
    .bad = "ALTER TABLE users DROP COLUMN email;",
    .good = "ALTER TABLE users ADD COLUMN scratch text;\n"
            "ALTER TABLE users DROP COLUMN scratch;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
    .confirm = confirm,
};
