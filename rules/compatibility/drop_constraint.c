/*
 * drop-constraint: ALTER TABLE ... DROP CONSTRAINT of what running code may rely
 * on. Sees every ALTER TABLE with the schema before it, and is asked again after
 * the section: the same may be guarded by another constraint then.
 */
#include "lint/advice.h"
#include "lint/former.h"
#include "sql/commands.h"

#include <string.h>

static const char *columns_text(struct check *check,
                                const struct constraint *constraint)
{
    struct buffer columns;

    buffer_init(&columns, check->arena);
    for (size_t i = 0; i < constraint->columns.count; i++)
        buffer_add_format(
            &columns, "%s%s", i > 0 ? ", " : "",
            check_quote(check, constraint->columns.items[i]->name));
    return buffer_text(&columns);
}

static const char *foreign_key_message(struct check *check, const char *subject,
                                       const struct constraint *constraint)
{
    const char *referenced =
        advice_relation_name(check, &constraint->referenced->relation);

    switch (constraint->on_delete) {
    case FKCONSTR_ACTION_CASCADE:
        return check_format(check,
                            "%s leaves rows behind when those of %s that they "
                            "reference are deleted",
                            subject, referenced);
    case FKCONSTR_ACTION_SETNULL:
    case FKCONSTR_ACTION_SETDEFAULT:
        return check_format(check,
                            "%s lets rows point to what was deleted from %s",
                            subject, referenced);
    default:
        return check_format(check,
                            "%s lets rows in that reference nothing in %s",
                            subject, referenced);
    }
}

static const char *message_text(struct check *check,
                                const AlterTableCmd *action,
                                struct qualified_name table,
                                const struct constraint *constraint)
{
    const char *subject = check_format(check, "dropping \"%s\" of %s",
                                       action->name, advice_name(check, table));

    if (constraint == NULL)
        return check_format(check,
                            "%s lets rows in that it refused, and if it is "
                            "unique, ON CONFLICT on its columns fails",
                            subject);
    switch (constraint->type) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
        return check_format(check,
                            "%s lets duplicates in, and code that says ON "
                            "CONFLICT (%s) fails at once",
                            subject, columns_text(check, constraint));
    case CONSTRAINT_FOREIGN_KEY:
        return foreign_key_message(check, subject, constraint);
    case CONSTRAINT_CHECK:
    case CONSTRAINT_EXCLUDE:
    case CONSTRAINT_NOT_NULL: break;
    }
    return check_format(check, "%s lets rows in that it refused", subject);
}

/* A unique index serves ON CONFLICT as well. */
static void add_unique_index(struct check *check, struct buffer *help,
                             struct qualified_name table,
                             const struct constraint *constraint)
{
    const char *name;

    if (constraint->columns.count == 0)
        return;
    name = advice_free_name(check, table, constraint->table,
                            constraint->columns.items[0]->name, "idx");
    buffer_add_format(
        help,
        "-- if only the constraint shall go, keep a unique index, "
        "made before:\n"
        "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s (%s);",
        check_quote(check, name), check_quote_name(check, table),
        columns_text(check, constraint));
    advice_add_outside_transaction(check, help, true);
    buffer_add_char(help, '\n');
}

static const char *help_text(struct check *check, struct qualified_name table,
                             const struct constraint *constraint,
                             struct span words)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    if (constraint != NULL && (constraint->type == CONSTRAINT_UNIQUE ||
                               constraint->type == CONSTRAINT_PRIMARY_KEY))
        add_unique_index(check, &help, table, constraint);
    buffer_add_format(&help,
                      "-- in a release after the one that does without it:\n"
                      "ALTER TABLE %s %.*s;\n"
                      "-- if this is that release, above the statement:\n"
                      "-- pgsquint: allow drop-constraint -- unused since ...",
                      check_quote_name(check, table), (int)words.length,
                      check->text.start + words.offset);
    return buffer_text(&help);
}

/* Nobody relies on one of this very migration, or that is not there. What was
 * NOT NULL is drop-not-null's. */
static bool is_unused(const struct check *check, const struct table *table,
                      const AlterTableCmd *action,
                      const struct constraint *constraint)
{
    if (constraint == NULL)
        return action->missing_ok && table != NULL && table->is_complete;
    return constraint->type == CONSTRAINT_NOT_NULL ||
           former_is_new(check, &constraint->object);
}

static void report(struct check *check, const AlterTableStmt *alter,
                   const AlterTableCmd *action,
                   const struct constraint *constraint, struct span words)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    struct finding *finding =
        check_report(check,
                     command_words_to_name(check->text, check->statement, words,
                                           action->name),
                     action, message_text(check, action, name, constraint),
                     help_text(check, name, constraint, words));

    if (constraint != NULL)
        check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, constraint);
}

static bool is_any_dropped(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (action->subtype == AT_DropConstraint)
            return true;
    return false;
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    const struct table *table;
    struct command_words commands;

    if (!is_any_dropped(alter) || !check_alters_existing(check, alter))
        return;
    table =
        schema_find_table(check->schema, name_from_range_var(alter->relation));
    commands = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const struct constraint *constraint = NULL;
        struct span words = {0};

        if (action->subtype == AT_DropConstraint && table != NULL)
            constraint =
                schema_find_constraint(check->schema, table, action->name);
        if (action->subtype != AT_DropConstraint ||
            is_unused(check, table, action, constraint)) {
            command_words_pass(&commands);
            continue;
        }
        command_words_next(&commands, &words);
        report(check, alter, action, constraint, words);
    }
}

/* Its table, one of its columns or what it references goes too: other rules say
 * so. */
static bool goes_with_more(const struct constraint *constraint)
{
    if (constraint->table->relation.object.is_dropped)
        return true;
    if (constraint->type == CONSTRAINT_FOREIGN_KEY &&
        constraint->referenced->relation.object.is_dropped)
        return true;
    for (size_t i = 0; i < constraint->columns.count; i++)
        if (constraint->columns.items[i]->object.is_dropped)
            return true;
    return false;
}

/*
 * A CHECK that says nothing but that columns are not null, which they now are by
 * themselves: the last step of a SET NOT NULL without a long lock.
 */
static bool has_served(const struct constraint *constraint)
{
    if (constraint->type != CONSTRAINT_CHECK ||
        constraint->expression == NULL ||
        strpbrk(constraint->expression, "<>=~") != NULL ||
        constraint->columns.count != constraint->proves_not_null.count)
        return false;
    for (size_t i = 0; i < constraint->proves_not_null.count; i++)
        if (constraint->proves_not_null.items[i]->is_nullable)
            return false;
    return constraint->proves_not_null.count > 0;
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *subject)
{
    const struct constraint *constraint = subject;

    (void)finding;
    return !former_constraint_is_back(check, constraint) &&
           !goes_with_more(constraint) && !has_served(constraint);
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_drop_constraint = {
    .id = "drop-constraint",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "DROP CONSTRAINT takes away what running code relies on",
    .rationale =
        "INSERT ... ON CONFLICT (columns) fails as soon as no unique index is "
        "on these columns, and code that counted on the error for duplicates "
        "stores them instead. Without its foreign key a table gets rows that "
        "reference nothing, and ON DELETE CASCADE no longer happens; nobody "
        "notices until the constraint shall come back and cannot be "
        "validated. What a CHECK or EXCLUDE refused comes in.\n\n"
        "Drop it in a release after the one that does without it. A unique "
        "index made before (CONCURRENTLY) keeps ON CONFLICT working.\n\n"
        "Nothing is said if the same migration adds one that guards the same "
        "columns, or a unique index in its place; if the table, a column of it "
        "or the referenced table goes too; of a CHECK (c IS NOT NULL) whose "
        "column is NOT NULL by now; and of what the same migration made.",
    .ignore_when = "No running code relies on it, in ON CONFLICT or otherwise.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
    .bad = "ALTER TABLE users DROP CONSTRAINT users_email_key;",
    .good = "ALTER TABLE users DROP CONSTRAINT users_email_key,\n"
            "    ADD CONSTRAINT users_email_unique UNIQUE (email);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
    .confirm = confirm,
};
