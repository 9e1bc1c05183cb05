/*
 * backfill-in-transaction: UPDATE or DELETE of every row of a table in a
 * migration's transaction. Sees every such statement with the schema before it
 * and what its transaction holds.
 *
 * Which statements go through every row, query/row_extent.h knows.
 */
#include "lint/lock_advice.h"
#include "query/row_extent.h"

#include <string.h>

/* How many rows a batch of the help has. */
#define BATCH_SIZE "10000"

/* An UPDATE or DELETE, taken apart for the help. */
struct backfill {
    const Node *node;
    const RangeVar *relation;
    const List *assignments;    /* NIL for DELETE */
    const Node *condition;      /* null if none */
    bool is_joined;             /* with other tables, or queries of a WITH */
    struct span words;          /* to the table's name */
    const char *head;           /* `UPDATE orders SET a = b` */
    const char *condition_text; /* null if none */
};

static bool read_backfill(const Node *node, struct backfill *backfill)
{
    const UpdateStmt *update = node_as(UpdateStmt, node);
    const DeleteStmt *delete = node_as(DeleteStmt, node);

    *backfill = (struct backfill){.node = node};
    if (update != NULL) {
        backfill->relation = update->relation;
        backfill->assignments = update->targetList;
        backfill->condition = update->whereClause;
        backfill->is_joined =
            update->fromClause != NIL || update->withClause != NULL;
    } else {
        backfill->relation = delete->relation;
        backfill->condition = delete->whereClause;
        backfill->is_joined =
            delete->usingClause != NIL || delete->withClause != NULL;
    }
    return backfill->relation != NULL;
}

/* Views and foreign tables have their rows elsewhere. */
static bool has_rows(const struct check *check, const RangeVar *name)
{
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(name));

    return table == NULL || table->relation.kind == RELATION_TABLE ||
           table->relation.kind == RELATION_PARTITIONED_TABLE;
}

/* The keyword outside of all parentheses; length 0 if it is not there. */
static struct span find_outer(struct check *check, const char *keyword)
{
    const struct statement *statement = check->statement;
    struct lexer lexer = lexer_of(
        slice_part(check->text, 0, statement->offset + statement->length));
    size_t depth = 0;

    lexer.offset = statement->offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END)
            return (struct span){0, 0};
        if (token_is(check->text, token, "("))
            depth++;
        else if (token_is(check->text, token, ")") && depth > 0)
            depth--;
        else if (depth == 0 && token_is_word(check->text, token, keyword))
            return (struct span){token.offset, token.length};
    }
}

static const char *text_between(struct check *check, size_t from, size_t to)
{
    return arena_copy(check->arena,
                      slice_trim(slice_part(check->text, from, to)));
}

static void take_apart(struct check *check, struct backfill *backfill)
{
    const struct statement *statement = check->statement;
    size_t at = statement->tree_base + (size_t)backfill->relation->location;
    size_t end = statement->offset + statement->length;
    struct span where = find_outer(check, "WHERE");
    struct span returning = find_outer(check, "RETURNING");

    backfill->words = words_join(
        find_outer(check, backfill->assignments != NIL ? "UPDATE" : "DELETE"),
        words_of_name_at(check->text, statement, at));
    if (returning.length > 0)
        end = returning.offset;
    if (where.length > 0)
        backfill->condition_text =
            text_between(check, where.offset + where.length, end);
    backfill->head = text_between(check, statement->offset,
                                  where.length > 0 ? where.offset : end);
}

/* Nobody has filled it before: it is null in the rows that are to be done. */
static bool is_new_column(const struct check *check,
                          const struct column *column)
{
    return column != NULL && column->made_at.source != NULL &&
           column->made_at.unit == schema_unit(check->schema) &&
           column->is_nullable && !column->has_default;
}

static bool is_value(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant != NULL && !constant->isnull;
}

/* The condition asks for nothing but whether this column is null. */
static bool tests_null(const Node *condition, const char *column)
{
    const NullTest *test = node_as(NullTest, condition);
    const ColumnRef *tested =
        test != NULL ? node_as(ColumnRef, (Node *)test->arg) : NULL;

    return tested != NULL && test->nulltesttype == IS_NULL &&
           strcmp(name_from_string(llast(tested->fields)), column) == 0;
}

/* What is assigned, as written: what follows the first `=`, if it is the only
 * one. */
static const char *value_text(struct check *check,
                              const struct backfill *backfill)
{
    struct slice head = slice_from(backfill->head);
    struct lexer lexer = lexer_of(head);
    struct token token;

    do
        token = lexer_next_significant(&lexer);
    while (token.kind != TOKEN_END && !token_is(head, token, "="));
    return arena_copy(
        check->arena,
        slice_trim(slice_part(head, token.offset + token.length, head.length)));
}

/*
 * What is true for rows that are still to be done, and no longer when they are:
 * a loop that ends. Null if there is nothing simple.
 */
static const char *condition_of_rest(struct check *check,
                                     const struct backfill *backfill)
{
    const struct table *table = schema_find_table(
        check->schema, name_from_range_var(backfill->relation));
    const ResTarget *first =
        node_as(ResTarget, (Node *)linitial(backfill->assignments));
    bool is_only = list_length(backfill->assignments) == 1;
    const char *name, *value;

    if (first == NULL || first->name == NULL || first->indirection != NIL ||
        backfill->is_joined)
        return NULL;
    name = check_quote(check, first->name);
    if (is_value(first->val) && backfill->condition == NULL && is_only &&
        (table == NULL ||
         !is_new_column(check, table_find_column(table, first->name))))
        return check_format(check, "%s IS DISTINCT FROM %s", name,
                            value_text(check, backfill));
    if (backfill->condition != NULL
            ? !tests_null(backfill->condition, first->name)
            : table == NULL ||
                  !is_new_column(check, table_find_column(table, first->name)))
        return NULL;
    if (is_value(first->val))
        return check_format(check, "%s IS NULL", name);
    value = value_text(check, backfill);
    return is_only ? check_format(check, "%s IS NULL AND (%s) IS NOT NULL",
                                  name, value)
                   : NULL;
}

static bool is_integer(const struct column *column)
{
    const struct type *type = column->data_type.type;

    return type != NULL && type->builtin != NULL &&
           strncmp(type->name, "int", 3) == 0 && type->name[4] == '\0';
}

/* The column of a key that has one; null if there is none. */
static const struct column *find_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];

        if (!constraint->object.is_dropped &&
            constraint->type == CONSTRAINT_PRIMARY_KEY &&
            constraint->columns.count == 1)
            return constraint->columns.items[0];
    }
    return NULL;
}

/* `orders`, `orders o`: as the condition calls it. */
static const char *source_text(struct check *check,
                               const struct backfill *backfill)
{
    const RangeVar *relation = backfill->relation;
    const char *name = check_quote_name(check, name_from_range_var(relation));

    if (relation->alias == NULL)
        return name;
    return check_format(check, "%s %s", name,
                        check_quote(check, relation->alias->aliasname));
}

/* One batch: the statement for some of its rows. Not indented: there may be
 * lines of a string in it. */
static void add_batch(struct check *check, struct buffer *help,
                      const struct backfill *backfill, const char *rest)
{
    buffer_add_format(help, "%s\nWHERE ", backfill->head);
    if (rest != NULL)
        buffer_add_format(help, "%s AND ", rest);
    buffer_add_format(help, "ctid = ANY (ARRAY(\n    SELECT ctid FROM %s",
                      source_text(check, backfill));
    if (rest != NULL)
        buffer_add_format(help, " WHERE %s", rest);
    buffer_add_text(help, " LIMIT " BATCH_SIZE "));\n");
}

/* How the author gets it run outside of the migration's transaction. */
static void add_place(struct check *check, struct buffer *help)
{
    const char *advice =
        tool_opt_out_advice(check->history->tool, check->section);

    buffer_add_text(help, "-- after this migration, outside of a transaction: "
                          "by hand");
    if (advice != NULL)
        buffer_add_format(help, ", or as a migration (%s)", advice);
    buffer_add_text(help, "\n");
}

/* A range of the rows: of the key, if that is known. */
static void add_condition_of_range(struct check *check, struct buffer *help,
                                   const struct backfill *backfill)
{
    const RangeVar *relation = backfill->relation;
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(relation));
    const struct column *key = table != NULL ? find_key(table) : NULL;

    if (backfill->is_joined)
        buffer_add_format(help, "%s.",
                          check_quote(check, relation->alias != NULL
                                                 ? relation->alias->aliasname
                                                 : relation->relname));
    if (key != NULL && is_integer(key))
        buffer_add_format(help, "%s BETWEEN 1 AND " BATCH_SIZE,
                          check_quote(check, key->name));
    else
        buffer_add_format(help, "%s BETWEEN ... AND ...",
                          key != NULL ? check_quote(check, key->name) : "ctid");
}

/* Rows that cannot be told from those that are done. */
static void add_range(struct check *check, struct buffer *help,
                      const struct backfill *backfill)
{
    buffer_add_format(help, "%s\nWHERE ", backfill->head);
    add_condition_of_range(check, help, backfill);
    if (backfill->condition_text != NULL)
        buffer_add_format(help, " AND (%s)", backfill->condition_text);
    buffer_add_text(help, ";\n-- and so on, each range in a transaction of its "
                          "own");
}

static const char *help_text(struct check *check,
                             const struct backfill *backfill)
{
    bool is_update = backfill->assignments != NIL;
    const char *rest = is_update ? condition_of_rest(check, backfill)
                                 : backfill->condition_text;
    struct buffer help;

    buffer_init(&help, check->arena);
    add_place(check, &help);
    if (backfill->is_joined || (rest == NULL && is_update)) {
        add_range(check, &help, backfill);
        return buffer_text(&help);
    }
    buffer_add_text(&help, "DO $$\nBEGIN\nLOOP\n");
    add_batch(check, &help, backfill, rest);
    buffer_add_text(&help, "EXIT WHEN NOT FOUND;\n"
                           "COMMIT;\n"
                           "END LOOP;\n"
                           "END $$;");
    return buffer_text(&help);
}

static const char *message_text(struct check *check,
                                const struct backfill *backfill,
                                const struct held_lock *held)
{
    const char *what = backfill->assignments != NIL ? "UPDATE" : "DELETE";
    const char *name =
        advice_name(check, name_from_range_var(backfill->relation));

    if (held == NULL)
        return check_format(check,
                            "%s of all rows of %s in one transaction: each "
                            "row is locked against writes until all are done",
                            what, name);
    return check_format(
        check,
        "%s of all rows of %s in a transaction that holds ACCESS EXCLUSIVE on "
        "%s, whose reads and writes wait until all are done",
        what, name, lock_advice_name(check, held->schema, held->name));
}

static void check_node(struct check *check, const Node *node)
{
    const struct held_lock *held =
        held_first(check_held(check), LOCK_ACCESS_EXCLUSIVE);
    struct backfill backfill;
    struct finding *finding;

    if (check->transaction_kind == TRANSACTION_NONE || check->is_in_body ||
        walk_depth(check->walk) > 0 ||
        row_extent_of(check->schema, node) != EXTENT_ALL ||
        !read_backfill(node, &backfill) || !has_rows(check, backfill.relation))
        return;
    take_apart(check, &backfill);
    finding = check_report(check, backfill.words, node,
                           message_text(check, &backfill, held),
                           help_text(check, &backfill));
    if (held != NULL)
        finding_note(
            check, finding, held->place,
            check_format(check, "%s is locked here",
                         lock_advice_name(check, held->schema, held->name)));
}

static const NodeTag tags[] = {T_UpdateStmt, T_DeleteStmt, T_Invalid};

const struct rule rule_backfill_in_transaction = {
    .id = "backfill-in-transaction",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_WARNING,
    .summary = "Every row of a table is changed in the migration's transaction",
    .rationale =
        "An UPDATE without a condition, or with one that only asks whether the "
        "new column is filled, writes every row anew. In a migration's "
        "transaction each of these rows stays locked until the end: whoever "
        "writes to one waits for all of them. The table can grow to twice its "
        "size, because no old version may be removed before the end; replicas "
        "fall behind; and if something fails after half an hour, all of it is "
        "undone.\n\n"
        "It is worst after ALTER TABLE in the same migration: that lock is "
        "held too, so that reads wait as well.\n\n"
        "Change the schema in the migration, and the rows after it, some "
        "thousand at a time, each batch in a transaction of its own. DELETE "
        "of all rows is done at once by TRUNCATE, where no foreign key "
        "references the table and a moment of ACCESS EXCLUSIVE can be "
        "borne.\n\n"
        "The rule is silent for new tables, for batches (a range of the key, "
        "ctid, a LIMIT in a sub-select), and where each statement is a "
        "transaction of its own. Ignore it for tables that are known to be "
        "small.",
    .ignore_when =
        "The table is small and stays so: settings, countries, a list "
        "of plans. Or nothing else writes to it while the migration "
        "runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
    .bad = "BEGIN;\n"
           "UPDATE orders SET total = 0 WHERE total IS NULL;\n"
           "COMMIT;",
    .good = "BEGIN;\n"
            "UPDATE orders SET total = 0 WHERE total IS NULL\n"
            "    AND ctid = ANY (ARRAY(SELECT ctid FROM orders\n"
            "        WHERE total IS NULL LIMIT 10000));\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .needs_locks = true,
    .tags = tags,
    .check_node = check_node,
};
