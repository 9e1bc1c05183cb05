/*
 * foreign-key-blocks-writes: a FOREIGN KEY that is checked at once, while
 * nobody writes to either of its tables. Sees every ALTER TABLE with the schema
 * before it.
 *
 * Whether rows are looked at, locks/ knows: not for a new column without a
 * default, nor where all partitions have the key already.
 */
#include "lint/column_advice.h"
#include "lint/not_valid_advice.h"
#include "sql/commands.h"

#include <string.h>

/* The other table; name.name null: it is the same one, or new, so that nobody
 * waits for it. */
static struct qualified_name other_table(const struct check *check,
                                         const struct added_constraint *added)
{
    struct qualified_name name =
        name_from_range_var(added->constraint->pktable);
    const struct relation *relation = schema_find_relation(check->schema, name);
    const struct relation *own =
        schema_find_relation(check->schema, added->name);
    bool is_same = relation != NULL ? relation == own
                                    : strcmp(name.name, added->name.name) == 0;

    if (is_same || check_is_new(check, name))
        name.name = NULL;
    return name;
}

/* ADD COLUMN, and whatever else the same ALTER TABLE does, may need more than
 * the key itself. */
static bool blocks_reads(struct check *check,
                         const struct added_constraint *added)
{
    return added->column != NULL ||
           effects_lock_on_name(check_effects(check), added->name) ==
               LOCK_ACCESS_EXCLUSIVE;
}

static const char *message_text(struct check *check,
                                const struct added_constraint *added)
{
    struct qualified_name other = other_table(check, added);
    const char *name = advice_name(check, added->name);
    bool is_partitioned =
        added->table != NULL &&
        added->table->relation.kind == RELATION_PARTITIONED_TABLE;
    const char *table = is_partitioned
                            ? check_format(check, "%s and its partitions", name)
                            : name;
    const char *what =
        added->column != NULL
            ? check_format(check, "REFERENCES on the new column \"%s\"",
                           added->column->colname)
            : check_format(check, "adding the foreign key \"%s\"",
                           not_valid_name(check, added));
    const char *who = check_format(check, "writes to %s", table);

    if (blocks_reads(check, added))
        who = check_format(check, "reads and writes of %s", table);
    if (other.name != NULL)
        who =
            check_format(check, "%s%s and %s%s", who, is_partitioned ? "," : "",
                         blocks_reads(check, added) ? "writes to " : "",
                         advice_name(check, other));
    return check_format(check, "%s blocks %s while every row of %s is checked",
                        what, who, name);
}

/* Of very many sub-commands only the first are looked at, for each of them. */
#define SUB_COMMANDS_SEEN 200

static bool gives_values(const ColumnDef *column)
{
    foreach_node (Constraint, constraint, column->constraints)
        if (constraint->contype != CONSTR_NULL &&
            constraint->contype != CONSTR_CHECK)
            return true;
    return name_of_serial(column->typeName) != NULL;
}

/* The column of this name that the same ALTER TABLE adds with nothing in it;
 * null if there is none. */
static const ColumnDef *find_added(const AlterTableStmt *alter,
                                   const char *name)
{
    for (int i = 0; i < list_length(alter->cmds) && i < SUB_COMMANDS_SEEN;
         i++) {
        const AlterTableCmd *action =
            node_as(AlterTableCmd, list_nth(alter->cmds, i));
        const ColumnDef *column =
            action != NULL && action->subtype == AT_AddColumn
                ? node_as(ColumnDef, action->def)
                : NULL;

        if (column != NULL && strcmp(column->colname, name) == 0)
            return gives_values(column) ? NULL : column;
    }
    return NULL;
}

static bool is_empty(const struct column *column)
{
    return column->is_nullable && !column->has_default &&
           column->identity == IDENTITY_NONE &&
           column->generated == GENERATED_NONE;
}

/* Where this migration, in this file, adds the key's column with nothing in it:
 * its name's offset; 0 if it does not. */
static size_t find_new_column(const struct check *check,
                              const struct added_constraint *added)
{
    const List *names = added->constraint->fk_attrs;
    const char *name =
        list_length(names) == 1 ? name_from_string(linitial(names)) : NULL;
    const ColumnDef *definition =
        name != NULL ? find_added(added->alter, name) : NULL;
    const struct column *column = name != NULL && added->table != NULL
                                      ? table_find_column(added->table, name)
                                      : NULL;

    if (definition != NULL)
        return check->statement->tree_base + (size_t)definition->location;
    if (column == NULL || column->made_at.source != check->source ||
        column->made_at.unit != schema_unit(check->schema) || !is_empty(column))
        return 0;
    return column->made_at.span.offset;
}

/* The same, if what the key references is there before. */
static size_t find_empty_column(const struct check *check,
                                const struct added_constraint *added)
{
    const struct relation *referenced = schema_find_relation(
        check->schema, name_from_range_var(added->constraint->pktable));
    size_t offset = find_new_column(check, added);

    return referenced != NULL && referenced->made_at.source == check->source &&
                   referenced->made_at.span.offset > offset
               ? 0
               : offset;
}

/* From the column's name to the end of its ADD COLUMN. */
static struct slice definition_of(const struct check *check, size_t start)
{
    struct lexer lexer = lexer_of(check->text);
    size_t end = start;

    lexer.offset = start;
    for (size_t depth = 0;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END || token_is(check->text, token, ";") ||
            (depth == 0 && token_is(check->text, token, ",")))
            return slice_part(check->text, start, end);
        if (token_is(check->text, token, "("))
            depth++;
        else if (token_is(check->text, token, ")") && depth > 0)
            depth--;
        end = token.offset + token.length;
    }
}

/* A key that comes with its column finds no value to look up. */
static const char *with_column_help(struct check *check,
                                    const struct added_constraint *added,
                                    size_t column)
{
    struct slice definition = definition_of(check, column);
    struct span references = words_find(check->text, check->statement,
                                        check->statement->tree_base +
                                            (size_t)added->constraint->location,
                                        "REFERENCES");
    struct slice rest =
        lexer_trim_end(slice_part(check->text, references.offset,
                                  added->words.offset + added->words.length));

    return check_format(check,
                        "-- the column is new: add it together with the key, "
                        "and there is nothing to check\n"
                        "ALTER TABLE %s ADD COLUMN %.*s CONSTRAINT %s %.*s;",
                        check_quote_name(check, added->name),
                        (int)definition.length, definition.start,
                        check_quote(check, not_valid_name(check, added)),
                        (int)rest.length, rest.start);
}

static const char *help_text(struct check *check,
                             const struct added_constraint *added)
{
    size_t column;

    if (added->column != NULL)
        return column_advice(check, added, REASON_NONE);
    column = find_empty_column(check, added);
    return column > 0 ? with_column_help(check, added, column)
                      : not_valid_advice(check, added);
}

static void judge(struct check *check, const struct added_constraint *added)
{
    struct span words = added->words;

    if (added->constraint->contype != CONSTR_FOREIGN ||
        added->constraint->pktable == NULL ||
        !not_valid_is_wanted(check, added->constraint))
        return;
    if (added->column != NULL)
        words =
            words_trim_end(check->text, constraint_advice_words(check, added));
    check_report(check, words,
                 added->column != NULL ? (const void *)added->constraint
                                       : added->action,
                 message_text(check, added), help_text(check, added));
}

static bool has_key(const ColumnDef *column)
{
    foreach_node (Constraint, constraint, column->constraints)
        if (constraint->contype == CONSTR_FOREIGN)
            return true;
    return false;
}

static bool adds_key(const AlterTableCmd *action)
{
    const Constraint *constraint = node_as(Constraint, action->def);
    const ColumnDef *column = node_as(ColumnDef, action->def);

    if (action->subtype == AT_AddColumn)
        return column != NULL && has_key(column);
    return action->subtype == AT_AddConstraint && constraint != NULL &&
           constraint->contype == CONSTR_FOREIGN &&
           !constraint->skip_validation;
}

/* A column may come with several. */
static void judge_column(struct check *check, struct added_constraint *added)
{
    foreach_node (Constraint, constraint, added->column->constraints) {
        added->constraint = constraint;
        judge(check, added);
    }
}

static void check_alter_table(struct check *check, const Node *node)
{
    struct added_constraints walk =
        added_constraints_of(check, (const AlterTableStmt *)node, adds_key);

    while (added_constraints_next(check, &walk))
        if (walk.added.column != NULL)
            judge_column(check, &walk.added);
        else
            judge(check, &walk.added);
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_foreign_key_blocks_writes = {
    .id = "foreign-key-blocks-writes",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "Adding a foreign key blocks writes to both of its tables",
    .rationale =
        "ALTER TABLE ... ADD FOREIGN KEY takes a SHARE ROW EXCLUSIVE lock on "
        "the table and on the one that it references, and holds both while it "
        "looks up every row of the first in the second. Reading goes on; every "
        "INSERT, UPDATE and DELETE on either table waits, for minutes where "
        "the tables are large. It is easily forgotten that the other table, "
        "often the busiest of all, stands still too.\n\n"
        "Add the key NOT VALID: it takes the same locks for a moment, looks at "
        "no row, and from then on checks all new and changed ones. VALIDATE "
        "CONSTRAINT in a later migration checks the old rows with locks (SHARE "
        "UPDATE EXCLUSIVE here, ROW SHARE there) that let everybody read and "
        "write. Both in one transaction gain nothing: the first locks are held "
        "until its end.\n\n"
        "Before PostgreSQL 18 a partitioned table takes no foreign key that is "
        "NOT VALID: add and validate it partition by partition, then on the "
        "table, which takes them over and checks nothing.\n\n"
        "The rule is silent when the referencing table is new, and for a new "
        "column without a default, whose rows have nothing to look up.",
    .ignore_when = "Both tables are small, or the service is down while the "
                   "migration runs.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
    .bad = "ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey\n"
           "    FOREIGN KEY (user_id) REFERENCES users;",
    .good = "ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey\n"
            "    FOREIGN KEY (user_id) REFERENCES users NOT VALID;\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
};
