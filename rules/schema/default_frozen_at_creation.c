/*
 * default-frozen-at-creation: a date or time column whose DEFAULT is 'now' or
 * the like as a literal. The server turns it into a value when it reads the
 * statement. Asked of the statement, and heard if the default is there in the
 * end.
 */
#include "lint/typed_columns.h"

#include <string.h>
#include <strings.h>

#define CASTS_MAX 8

/* The default that was found. */
struct subject {
    struct qualified_name table;
    const char *name; /* of the column */
    const char *literal;
    const struct column *column; /* null: the statement is to make it yet */
};

static const struct {
    const char *literal;
    const char *instead;
} words[] = {
    {"now", "now()"},
    {"now()", "now()"},
    {"today", "CURRENT_DATE"},
    {"tomorrow", "CURRENT_DATE + 1"},
    {"yesterday", "CURRENT_DATE - 1"},
};

/* What to write instead of the literal; null if it is no such word. */
static const char *instead_of(const char *literal)
{
    size_t length = strlen(literal);

    while (length > 0 && literal[0] == ' ') {
        literal++;
        length--;
    }
    while (length > 0 && literal[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].literal) == length &&
            strncasecmp(words[i].literal, literal, length) == 0)
            return words[i].instead;
    return NULL;
}

static bool is_moment(const char *type)
{
    static const char *const types[] = {"date", "time", "timetz", "timestamp",
                                        "timestamptz"};

    for (size_t i = 0; type != NULL && i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

static bool is_moment_type(const TypeName *type)
{
    return type != NULL && type->arrayBounds == NIL && type->names != NIL &&
           is_moment(name_from_string(llast(type->names)));
}

/* The literal, below casts to types of moments alone: a cast to text leaves the
 * word a word until a row is inserted. */
static const A_Const *find_literal(const Node *value)
{
    for (int i = 0; value != NULL && i < CASTS_MAX; i++) {
        const TypeCast *cast = node_as(TypeCast, value);
        const A_Const *constant = node_as(A_Const, value);

        if (constant != NULL)
            return !constant->isnull && nodeTag(&constant->val) == T_String &&
                           instead_of(constant->val.sval.sval) != NULL
                       ? constant
                       : NULL;
        if (cast == NULL || !is_moment_type(cast->typeName))
            return NULL;
        value = cast->arg;
    }
    return NULL;
}

static const RangeVar *table_of(const struct check *check)
{
    const Node *tree = check->statement->tree;

    if (nodeTag(tree) == T_CreateStmt)
        return ((const CreateStmt *)tree)->relation;
    if (nodeTag(tree) == T_AlterTableStmt)
        return ((const AlterTableStmt *)tree)->relation;
    return NULL;
}

static const char *keep(struct check *check, const char *text)
{
    return text != NULL ? arena_copy(check->arena, slice_from(text)) : NULL;
}

static const char *help_text(struct check *check, const RangeVar *table,
                             const char *column, const char *literal)
{
    return check_format(check,
                        "DEFAULT %s -- instead; where it is there by now:\n"
                        "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s;",
                        instead_of(literal),
                        check_quote_name(check, name_from_range_var(table)),
                        check_quote(check, column), instead_of(literal));
}

static void judge(struct check *check, const char *column, const Node *value)
{
    const A_Const *constant = find_literal(value);
    const RangeVar *table = table_of(check);
    struct subject *subject;
    struct finding *finding;
    const char *literal;

    if (constant == NULL || table == NULL || check->is_in_body ||
        table->relpersistence == RELPERSISTENCE_TEMP)
        return;
    literal = constant->val.sval.sval;
    finding = check_report(
        check,
        words_at(check->text, check->statement,
                 check->statement->tree_base + (size_t)constant->location),
        constant,
        check_format(check,
                     "'%s' is the time when this statement runs: every row of "
                     "%s gets that for \"%s\", for ever",
                     literal, advice_name(check, name_from_range_var(table)),
                     column),
        help_text(check, table, column, literal));
    subject = arena_alloc(check->arena, sizeof *subject);
    subject->table.schema = keep(check, table->schemaname);
    subject->table.name = keep(check, table->relname);
    subject->name = keep(check, column);
    subject->column = NULL;
    subject->literal = check_format(check, "'%s'", literal);
    check_confirm_later(check, finding, CONFIRM_AFTER_STATEMENT, subject);
}

static void check_column(struct check *check, const ColumnDef *column)
{
    foreach_node (Constraint, constraint, column->constraints)
        if (constraint->contype == CONSTR_DEFAULT &&
            is_moment_type(column->typeName))
            judge(check, column->colname, constraint->raw_expr);
}

/* SET DEFAULT, of a column that is known to be of such a type. */
static void check_action(struct check *check, const AlterTableCmd *action)
{
    const RangeVar *name = table_of(check);
    const struct table *table =
        name != NULL && action->subtype == AT_ColumnDefault
            ? schema_find_table(check->schema, name_from_range_var(name))
            : NULL;
    const struct column *column =
        table != NULL ? table_find_column(table, action->name) : NULL;

    if (column != NULL && type_catalog_row(column->data_type.type) != NULL &&
        is_moment(column->data_type.type->name))
        judge(check, action->name, action->def);
}

static void check_node(struct check *check, const Node *node)
{
    if (nodeTag(node) == T_ColumnDef)
        check_column(check, (const ColumnDef *)node);
    else
        check_action(check, (const AlterTableCmd *)node);
}

static const struct column *find_column(const struct check *check,
                                        const struct subject *subject)
{
    const struct table *table =
        schema_find_table(check->schema, subject->table);

    return table != NULL ? table_find_column(table, subject->name) : NULL;
}

/* Heard if the column has such a default in the end, whatever it and its table
 * are called. */
static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const struct column *column = subject->column;
    struct subject *found;

    if (column != NULL)
        return schema_has_relation(check->schema, &column->table->relation) &&
               table_find_column(column->table, column->name) == column &&
               column->has_default && column->default_text != NULL &&
               strstr(column->default_text, subject->literal) != NULL;
    found = arena_alloc(check->arena, sizeof *found);
    *found = *subject;
    found->column = find_column(check, subject);
    if (found->column == NULL)
        return false;
    check_confirm_later(check, finding, CONFIRM_AFTER_HISTORY, found);
    return true;
}

static const NodeTag tags[] = {T_ColumnDef, T_AlterTableCmd, T_Invalid};

const struct rule rule_default_frozen_at_creation = {
    .id = "default-frozen-at-creation",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_ERROR,
    .summary = "DEFAULT 'now' is the time when the table was made",
    .rationale =
        "A literal is read when the statement is: DEFAULT 'now' of a timestamp "
        "column, TIMESTAMP 'now', 'today'::date become the moment at which "
        "CREATE TABLE ran, and every row ever inserted gets that. On the day "
        "of the migration it looks right.\n\n"
        "Call a function: now(), CURRENT_DATE, CURRENT_DATE + 1. A default "
        "like 'now'::text::timestamptz is read for each row, and is no "
        "finding, nor is 'now' in a text column.",
    .ignore_when = "The rows shall have the time of the migration: then write "
                   "that time.",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
           "    made_at timestamptz NOT NULL DEFAULT 'now');",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
            "    made_at timestamptz NOT NULL DEFAULT now());",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
    .confirm = confirm,
};
