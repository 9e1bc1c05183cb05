/*
 * sequence-type-left-behind: ALTER COLUMN TYPE makes a serial column wider,
 * and its sequence stays as it is. Sees every ALTER TABLE with the schema
 * before it, and is asked again at the end of the history: a later ALTER
 * SEQUENCE mends it.
 */
#include "lint/advice.h"
#include "sql/commands.h"

#include <string.h>

/* For confirm. */
struct subject {
    const struct sequence *sequence;
    const struct column *column;
};

/* Bytes of an integer type; 0 for any other. */
static int integer_size(const char *name)
{
    if (strcmp(name, "int2") == 0 || strcmp(name, "smallint") == 0)
        return 2;
    if (strcmp(name, "int4") == 0 || strcmp(name, "integer") == 0)
        return 4;
    return strcmp(name, "int8") == 0 || strcmp(name, "bigint") == 0 ? 8 : 0;
}

static int size_of(const struct data_type *type)
{
    return type->type != NULL ? integer_size(type->type->name) : 0;
}

/* What the column is to be. Types with more digits than bigint, like numeric,
 * are not what nextval() can give either. */
static int new_size(const TypeName *type)
{
    if (type == NULL || type->names == NIL || type->arrayBounds != NIL)
        return 0;
    return integer_size(name_from_list(type->names).name);
}

/* The column's default takes its values from the sequence. */
static bool is_fed_by(const struct column *column,
                      const struct sequence *sequence)
{
    const struct column_default *value = column->default_value;
    if (sequence->owned_by != column || !column->has_default)
        return false;
    if (column->is_serial)
        return true;
    const struct dependency *need = value != NULL ? value->object.needs : NULL;
    for (; need != NULL; need = need->next_need) {
        if (need->needed == &sequence->relation.object && !need->is_gone)
            return true;
    }
    return false;
}

/* The serial column's sequence; null if it has none, or an identity's, which
 * follows the column (tablecmds.c, ATParseTransformCmd). */
static const struct sequence *find_sequence(const struct column *column)
{
    const struct sequence_array *sequences = &column->table->sequences;
    for (size_t i = 0; i < sequences->count; i++) {
        const struct sequence *sequence = sequences->items[i];
        if (!sequence->is_identity && !sequence->relation.object.is_dropped &&
            is_fed_by(column, sequence))
            return sequence;
    }
    return NULL;
}

static void report(struct check *check, const AlterTableCmd *action,
                   struct span words, const struct column *column,
                   const struct sequence *sequence, int size)
{
    bool is_small = size_of(&sequence->type) == 2;
    const char *table = advice_relation_name(check, &column->table->relation);
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct finding *finding = check_report(
        check, words, action,
        check_format(check,
                     "\"%s\" of %s gets a wider type, but its sequence \"%s\" "
                     "stays %s: nextval() fails after %s",
                     column->name, table, sequence->relation.name,
                     is_small ? "smallint" : "integer",
                     is_small ? "32767" : "2147483647"),
        check_format(check, "ALTER SEQUENCE %s AS %s;",
                     advice_relation_sql(check, &sequence->relation),
                     size == 4 ? "integer" : "bigint"));
    *subject = (struct subject){sequence, column};
    check_confirm_later(check, finding, CONFIRM_AFTER_HISTORY, subject);
}

static void check_action(struct check *check, const struct table *table,
                         const AlterTableCmd *action, struct span command)
{
    const ColumnDef *definition = node_as(ColumnDef, action->def);
    const struct column *column = table_find_column(table, action->name);
    const struct sequence *sequence =
        column != NULL ? find_sequence(column) : NULL;
    int size = definition != NULL ? new_size(definition->typeName) : 0;
    if (sequence == NULL || size_of(&sequence->type) == 0 ||
        size <= size_of(&sequence->type))
        return;
    report(check, action,
           command_words_to_name(check->text, check->statement, command,
                                 action->name),
           column, sequence, size);
}

static bool is_any_retyped(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds) {
        if (action->subtype == AT_AlterColumnType)
            return true;
    }
    return false;
}

static void check_node(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    if (!is_any_retyped(alter) || check->is_in_body)
        return;
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(alter->relation));
    struct command_words commands =
        command_words_of(check->text, check->statement, alter->relation);
    if (table == NULL)
        return;
    foreach_node (AlterTableCmd, action, alter->cmds) {
        struct span command = {0};
        if (action->subtype != AT_AlterColumnType) {
            command_words_pass(&commands);
            continue;
        }
        command_words_next(&commands, &command);
        check_action(check, table, action, command);
    }
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const struct sequence *sequence = subject->sequence;
    (void)check;
    (void)finding;
    return !sequence->relation.object.is_dropped &&
           !subject->column->object.is_dropped &&
           is_fed_by(subject->column, sequence) &&
           size_of(&sequence->type) < size_of(&subject->column->data_type);
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_sequence_type_left_behind = {
    .id = "sequence-type-left-behind",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "A serial column becomes bigint, its sequence stays integer",
    .rationale =
        "A serial column takes its values from a sequence that CREATE TABLE "
        "made with the column's type. ALTER COLUMN ... TYPE bigint changes the "
        "column alone: the sequence still ends at 2147483647, and the INSERT "
        "after that fails with `nextval: reached maximum value of sequence`. "
        "The change of type, long and expensive, was for nothing, and nobody "
        "notices before the day it was meant to prevent.\n\n"
        "ALTER SEQUENCE ... AS bigint moves the end too; it is done in a "
        "moment. The sequence of an identity column follows the column, and a "
        "sequence of CREATE SEQUENCE is bigint from the start.\n\n"
        "The rule looks at the end of the history: it is silent where any "
        "later statement widens the sequence or gives the column another one.",
    .ignore_when = "Keys come from the code, and never from the sequence.",
    .setup = "CREATE TABLE orders (id serial PRIMARY KEY);",
    .bad = "ALTER TABLE orders ALTER COLUMN id TYPE bigint;",
    .good = "ALTER TABLE orders ALTER COLUMN id TYPE bigint;\n"
            "ALTER SEQUENCE orders_id_seq AS bigint;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .tags = tags,
    .check_node = check_node,
    .confirm = confirm,
};
