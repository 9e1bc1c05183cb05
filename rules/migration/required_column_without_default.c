/*
 * required-column-without-default: ALTER TABLE adds a column that may not be
 * null to a table that has rows, and gives those rows no value. Sees every
 * ALTER TABLE with the schema before it.
 *
 * The server looks at the new column's own default alone: a SET DEFAULT in the
 * same ALTER TABLE comes too late, a SET NOT NULL or PRIMARY KEY in it counts
 * (tablecmds.c, ATExecAddColumn and the passes of ATRewriteCatalogs).
 */
#include "lint/advice.h"
#include "lint/rule.h"

#include <string.h>

/* The server's MaxHeapAttributeNumber: no ALTER TABLE that adds more columns
 * can succeed. */
#define COLUMNS_MAX 1600

/* How many of a column's constraints are left out of the statement that help
 * proposes; more than one NOT NULL, DEFAULT and PRIMARY KEY is nonsense. */
#define LEFT_OUT_MAX 4

/* How many statements back an emptied table is looked for. */
#define LOOK_BACK_MAX 256

/* One ADD COLUMN, and what makes it fail. */
struct required_column {
    const AlterTableStmt *alter;
    const ColumnDef *column;
    const Constraint *not_null;    /* inline; null if none */
    const Constraint *primary_key; /* inline or ADD PRIMARY KEY; null if none */
    const Constraint *null_default; /* DEFAULT NULL; null if none */
    const AlterTableCmd *requiring; /* another action of this ALTER TABLE that
                                       requires it; null if none */
};

static bool is_null_constant(const Node *node)
{
    while (node != NULL) {
        if (IsA(node, TypeCast))
            node = ((const TypeCast *)node)->arg;
        else if (IsA(node, CollateClause))
            node = ((const CollateClause *)node)->arg;
        else
            return IsA(node, A_Const) && ((const A_Const *)node)->isnull;
    }
    return false;
}

static bool names_column(const List *keys, const char *column)
{
    foreach_node (Node, key, keys) {
        const char *name = name_from_string(key);
        if (name != NULL && strcmp(name, column) == 0)
            return true;
    }
    return false;
}

/* What the column's own constraints say. False if old rows get a value. */
static bool read_own_constraints(struct required_column *required)
{
    foreach_node (Constraint, constraint, required->column->constraints) {
        if (constraint->contype == CONSTR_NOTNULL)
            required->not_null = constraint;
        else if (constraint->contype == CONSTR_PRIMARY)
            required->primary_key = constraint;
        else if (constraint->contype == CONSTR_IDENTITY ||
                 constraint->contype == CONSTR_GENERATED)
            return false;
        else if (constraint->contype != CONSTR_DEFAULT)
            continue;
        else if (is_null_constant(constraint->raw_expr))
            required->null_default = constraint;
        else
            return false;
    }
    return true;
}

/* What the ALTER TABLE's other actions make of the column. */
static void read_other_actions(struct required_column *required)
{
    const char *column = required->column->colname;
    if (list_length(required->alter->cmds) > COLUMNS_MAX)
        return;
    foreach_node (AlterTableCmd, action, required->alter->cmds) {
        if (action->subtype == AT_SetNotNull && action->name != NULL &&
            strcmp(action->name, column) == 0)
            required->requiring = action;
        const Constraint *constraint = node_as(Constraint, action->def);
        if (action->subtype != AT_AddConstraint || constraint == NULL ||
            !names_column(constraint->keys, column))
            continue;
        if (constraint->contype == CONSTR_PRIMARY) {
            required->primary_key = constraint;
            required->requiring = action;
        } else if (constraint->contype == CONSTR_NOTNULL &&
                   !constraint->skip_validation) {
            required->requiring = action;
        }
    }
}

static bool is_required(struct check *check, struct required_column *required)
{
    const TypeName *type = required->column->typeName;
    /* A sequence is the default. */
    if (name_of_serial(type) || !read_own_constraints(required))
        return false;
    read_other_actions(required);
    if (required->not_null == NULL && required->primary_key == NULL &&
        required->requiring == NULL)
        return false;
    /* A domain's default counts, unless the column has its own. */
    return required->null_default != NULL || type == NULL ||
           type->arrayBounds != NIL ||
           !schema_domain_has_default(check->schema,
                                      name_from_list(type->names));
}

static bool is_same(const RangeVar *a, const RangeVar *b)
{
    return a != NULL && strcmp(a->relname, b->relname) == 0;
}

/* No WHERE, or WHERE true, which some write to satisfy a tool. */
static bool is_every_row(const Node *where)
{
    const A_Const *constant = node_as(A_Const, where);
    return where == NULL ||
           (constant != NULL && !constant->isnull &&
            IsA(&constant->val, Boolean) && constant->val.boolval.boolval);
}

/* The statement empties this table: TRUNCATE, or DELETE of every row. */
static bool empties(const Node *statement, const RangeVar *table)
{
    const TruncateStmt *truncate = node_as(TruncateStmt, statement);
    const DeleteStmt *delete = node_as(DeleteStmt, statement);
    if (delete != NULL)
        return is_every_row(delete->whereClause) &&
               is_same(delete->relation, table);
    if (truncate == NULL || list_length(truncate->relations) > COLUMNS_MAX)
        return false;
    foreach_node (RangeVar, relation, truncate->relations) {
        if (is_same(relation, table))
            return true;
    }
    return false;
}

/* The statement puts rows into this table. */
static bool fills(const Node *statement, const RangeVar *table)
{
    const InsertStmt *insert = node_as(InsertStmt, statement);
    const CopyStmt *copy = node_as(CopyStmt, statement);
    return (insert != NULL && is_same(insert->relation, table)) ||
           (copy != NULL && copy->is_from && is_same(copy->relation, table));
}

/* An earlier statement of the section leaves the table without rows. */
static bool was_emptied(const struct check *check, const RangeVar *table)
{
    const struct statement *first = check->section_statements;
    const struct statement *statement = check->statement;
    if (first == NULL || statement < first ||
        statement >= first + check->section_statement_count)
        return false;
    for (size_t i = 0; i < LOOK_BACK_MAX && statement > first; i++) {
        statement--;
        if (statement->outcome != PARSE_DONE || statement->tree == NULL)
            continue;
        if (empties(statement->tree, table))
            return true;
        if (fills(statement->tree, table))
            return false;
    }
    return false;
}

/* An existing table with rows of old. */
static bool may_have_rows(const struct check *check,
                          const AlterTableStmt *alter)
{
    return check_alters_existing(check, alter) &&
           !was_emptied(check, alter->relation);
}

static size_t offset_of(const struct check *check, int location)
{
    return check->statement->tree_base + (size_t)location;
}

/* From the column's name to the comma or the end of the statement. */
static struct span definition_span(const struct check *check,
                                   const ColumnDef *column)
{
    struct span span = {0, 0};
    if (column->location < 0)
        return span;
    span.offset = offset_of(check, column->location);
    size_t end = check->statement->offset + check->statement->length;
    struct lexer lexer = lexer_of(slice_part(check->text, 0, end));
    lexer.offset = span.offset;
    for (size_t depth = 0;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return span;
        if (token_is(lexer.text, token, ",") && depth == 0)
            return span;
        if (token_is(lexer.text, token, "(") ||
            token_is(lexer.text, token, "["))
            depth++;
        else if ((token_is(lexer.text, token, ")") ||
                  token_is(lexer.text, token, "]")) &&
                 depth > 0)
            depth--;
        span.length = token.offset + token.length - span.offset;
    }
}

/* From the constraint's first word to where the next part of the column's
 * definition begins. Length 0 if it is not inside the definition. */
static struct span constraint_span(const struct check *check,
                                   const ColumnDef *column,
                                   struct span definition,
                                   const Constraint *constraint)
{
    struct span span = {0, 0};
    if (constraint == NULL || constraint->location < column->location)
        return span;
    int next = INT32_MAX;
    if (column->collClause != NULL &&
        column->collClause->location > constraint->location)
        next = column->collClause->location;
    foreach_node (Constraint, other, column->constraints) {
        if (other->location > constraint->location && other->location < next)
            next = other->location;
    }
    size_t end = definition.offset + definition.length;
    if (next != INT32_MAX && offset_of(check, next) < end)
        end = offset_of(check, next);
    span.offset = offset_of(check, constraint->location);
    if (span.offset >= end)
        return (struct span){0, 0};
    span.length = end - span.offset;
    return span;
}

/* The definition's words, one space between them, without comments and
 * without the spans that are left out. */
static const char *definition_without(struct check *check,
                                      struct span definition,
                                      const struct span *left_out, size_t count)
{
    struct buffer buffer;
    buffer_init(&buffer, check->arena);
    size_t end = definition.offset + definition.length;
    struct lexer lexer = lexer_of(slice_part(check->text, 0, end));
    lexer.offset = definition.offset;
    size_t last_end = definition.offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return buffer_text(&buffer);
        bool is_left_out = false;
        for (size_t i = 0; i < count; i++) {
            if (token.offset >= left_out[i].offset &&
                token.offset - left_out[i].offset < left_out[i].length)
                is_left_out = true;
        }
        if (is_left_out)
            continue;
        if (token.offset > last_end)
            buffer_add_char(&buffer, ' ');
        buffer_add(&buffer, token_text(lexer.text, token));
        last_end = token.offset + token.length;
    }
}

/* The column's definition without what makes it fail: `status text`. */
static const char *optional_definition(struct check *check,
                                       const struct required_column *required)
{
    const ColumnDef *column = required->column;
    struct span definition = definition_span(check, column);
    struct span left_out[LEFT_OUT_MAX];
    size_t count = 0;
    if (definition.length == 0)
        return check_format(check, "%s ...",
                            check_quote(check, column->colname));
    foreach_node (Constraint, constraint, column->constraints) {
        if (constraint != required->not_null &&
            constraint != required->primary_key &&
            constraint != required->null_default)
            continue;
        if (count < LEFT_OUT_MAX)
            left_out[count++] =
                constraint_span(check, column, definition, constraint);
    }
    return definition_without(check, definition, left_out, count);
}

/* The statements that make the required column the primary key without a
 * lock that lasts. */
static void add_primary_key(struct check *check, struct buffer *help,
                            const struct required_column *required)
{
    struct qualified_name name = name_from_range_var(required->alter->relation);
    const char *table = check_quote_name(check, name);
    const char *column = check_quote(check, required->column->colname);
    const char *key = check_quote(
        check,
        advice_free_name(check, name, schema_find_table(check->schema, name),
                         NULL, "pkey"));
    if (advice_transaction_kind(check) != TRANSACTION_NONE)
        buffer_add_text(help, "-- outside of a transaction:\n");
    buffer_add_format(help,
                      "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s (%s);\n"
                      "ALTER TABLE %s ADD CONSTRAINT %s PRIMARY KEY USING "
                      "INDEX %s;\n",
                      key, table, column, table, key, key);
}

static const char *help_text(struct check *check,
                             const struct required_column *required)
{
    struct buffer help;
    buffer_init(&help, check->arena);
    struct qualified_name name = name_from_range_var(required->alter->relation);
    const char *table = check_quote_name(check, name);
    const char *column = check_quote(check, required->column->colname);
    const char *definition = optional_definition(check, required);
    bool is_in_transaction = advice_transaction_kind(check) != TRANSACTION_NONE;
    buffer_add_format(&help,
                      "-- add it without the requirement, fill it, then "
                      "require it:\n"
                      "ALTER TABLE %s ADD COLUMN %s;\n"
                      "-- when the code writes it, fill the old rows in "
                      "batches%s:\n"
                      "UPDATE %s SET %s = ... WHERE %s IS NULL AND ctid IN\n"
                      "    (SELECT ctid FROM %s WHERE %s IS NULL LIMIT 5000);\n"
                      "%s",
                      table, definition,
                      is_in_transaction ? ", each committed" : "", table,
                      column, column, table, column,
                      is_in_transaction ? "-- in a later migration:\n" : "");
    advice_add_not_null(check, &help, name,
                        schema_find_table(check->schema, name),
                        required->column->colname);
    if (required->primary_key != NULL)
        add_primary_key(check, &help, required);
    else
        buffer_add_format(&help,
                          "-- or, where one value is right for all old rows (a "
                          "constant rewrites nothing):\n"
                          "ALTER TABLE %s ADD COLUMN %s DEFAULT ... NOT NULL;",
                          table, definition);
    return advice_text(&help);
}

static const char *message_text(struct check *check,
                                const struct required_column *required)
{
    const char *why = "it is NOT NULL and has no default";
    if (required->null_default != NULL)
        why = required->primary_key != NULL
                  ? "it is a primary key and its default is NULL"
                  : "it is NOT NULL and its default is NULL";
    else if (required->primary_key != NULL)
        why = "a primary key may not be null, and it has no default";
    return check_format(
        check, "adding the column \"%s\" fails as soon as %s has a row: %s",
        required->column->colname,
        advice_name(check, name_from_range_var(required->alter->relation)),
        why);
}

/* From the column's name to the words that require it. */
static struct span required_span(const struct check *check,
                                 const struct required_column *required)
{
    const ColumnDef *column = required->column;
    struct span definition = definition_span(check, column);
    if (definition.length == 0)
        return words_of_statement(check->statement);
    const Constraint *constraint =
        required->not_null != NULL ? required->not_null : required->primary_key;
    struct span words = constraint_span(check, column, definition, constraint);
    if (words.length == 0)
        return words_at(check->text, check->statement, definition.offset);
    /* Its last token ends before what follows it. */
    struct lexer lexer =
        lexer_of(slice_part(check->text, 0, words.offset + words.length));
    lexer.offset = words.offset;
    struct span span = {definition.offset, 0};
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return span;
        span.length = token.offset + token.length - span.offset;
    }
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    bool is_judged = false; /* whether the table may have rows is asked once */
    const struct table *table = NULL;
    foreach_node (AlterTableCmd, action, alter->cmds) {
        struct required_column required = {.alter = alter};
        required.column = action->subtype == AT_AddColumn
                              ? node_as(ColumnDef, action->def)
                              : NULL;
        if (required.column == NULL || !is_required(check, &required))
            continue;
        if (!is_judged && !may_have_rows(check, alter))
            return;
        if (!is_judged)
            table = schema_find_table(check->schema,
                                      name_from_range_var(alter->relation));
        is_judged = true;
        /* IF NOT EXISTS does nothing then; without it, another error comes
         * first. */
        if (table != NULL &&
            table_find_column(table, required.column->colname) != NULL)
            continue;
        const AlterTableCmd *cause =
            required.requiring != NULL ? required.requiring : action;
        check_report(check, required_span(check, &required), cause,
                     message_text(check, &required),
                     help_text(check, &required));
    }
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_required_column_without_default = {
    .id = "required-column-without-default",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "A new column may not be null but gives old rows no value",
    .rationale =
        "ALTER TABLE ... ADD COLUMN ... NOT NULL puts a null into every row "
        "that the table already has, and then finds that none is allowed. It "
        "works on the empty table of a developer's database and of the tests, "
        "and fails in production: `column \"status\" of relation \"orders\" "
        "contains null values`. The deployment stops there.\n\n"
        "DEFAULT NULL does not help, and neither does a SET DEFAULT in the "
        "same ALTER TABLE, which is for later rows. A PRIMARY KEY column is "
        "NOT NULL too. Serial, identity and generated columns, and domains "
        "with a default, give every row a value.\n\n"
        "Where one value is right for all old rows, write it as the DEFAULT: "
        "a constant does not rewrite the table. Otherwise add the column "
        "without NOT NULL, fill it in batches, and require it at last: with a "
        "CHECK that is added NOT VALID and then validated, SET NOT NULL needs "
        "no scan of the table.",
    .ignore_when = "The table is known to be empty wherever the migration will "
                   "run.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total integer);\n"
             "INSERT INTO orders VALUES (1, 10);",
    .bad = "ALTER TABLE orders ADD COLUMN status text NOT NULL;",
    .good = "ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT 'new';",
    .claim = CLAIM_REFUSED,
    .claim_text = "contains null values",
    .directions = RULE_UP_DOWN,
    .needs_history = false,
    .tags = tags,
    .check_node = check_alter_table,
};
