/*
 * column-default-rewrites-table: a new column that has a value of its own in
 * every row, so that ADD COLUMN writes all rows anew under ACCESS EXCLUSIVE.
 * SET EXPRESSION of a stored generated column does the same. Sees every ALTER
 * TABLE with the schema before it.
 *
 * Which values are computed once and kept with the table's definition, locks/
 * knows.
 */
#include "lint/column_advice.h"
#include "lint/fill_advice.h"
#include "sql/commands.h"

static const char *table_text(struct check *check,
                              const struct added_constraint *added)
{
    bool is_partitioned =
        added->table != NULL &&
        added->table->relation.kind == RELATION_PARTITIONED_TABLE;

    return check_format(check, "%s%s", advice_name(check, added->name),
                        is_partitioned ? " and its partitions" : "");
}

static const char *why_text(struct check *check, enum work_reason reason,
                            const ColumnDef *column)
{
    switch (reason) {
    case REASON_DEFAULT:
        return "its default is volatile, so that it is computed for each row";
    case REASON_UNKNOWN_DEFAULT:
        return "its default calls a function that is volatile unless it was "
               "declared otherwise";
    case REASON_SERIAL:
    case REASON_IDENTITY: return "each row gets a number of its own";
    case REASON_GENERATED: return "its value is stored in each row";
    case REASON_DOMAIN:
        return check_format(
            check, "the domain %s is checked for each row",
            check_quote_name(check, name_from_list(column->typeName->names)));
    case REASON_EXPRESSION:
        return "its value is computed again for each row, and stored";
    case REASON_NONE:
    case REASON_TYPE:
    case REASON_UNKNOWN_TYPE:
    case REASON_PERSISTENCE:
    case REASON_ACCESS_METHOD:
    case REASON_TABLESPACE:
    case REASON_INDEX_PREDICATE:
    case REASON_INDEX_EXPRESSION:
    case REASON_INDEX_ORDER:
    case REASON_INDEX_PARTITIONED:
    case REASON_CONSTRAINT: break;
    }
    return "";
}

static struct span words_of_type(const struct check *check,
                                 const struct added_constraint *added)
{
    const TypeName *type = added->column->typeName;

    return words_of_name_at(check->text, check->statement,
                            check->statement->tree_base +
                                (size_t)type->location);
}

/* The part of the definition that is at fault. */
static struct span words_at_fault(const struct check *check,
                                  const struct added_constraint *added,
                                  enum work_reason reason)
{
    struct added_constraint part = *added;

    if (reason == REASON_SERIAL || reason == REASON_DOMAIN)
        return words_of_type(check, added);
    part.constraint = column_advice_find(
        added->column, reason == REASON_IDENTITY    ? CONSTR_IDENTITY
                       : reason == REASON_GENERATED ? CONSTR_GENERATED
                                                    : CONSTR_DEFAULT);
    if (part.constraint == NULL) /* the domain's default */
        return words_of_type(check, added);
    return words_trim_end(check->text, constraint_advice_words(check, &part));
}

/* From 18 on a value can be computed when it is read. */
static const char *virtual_help(struct check *check,
                                const struct added_constraint *added)
{
    const Constraint *generated =
        column_advice_find(added->column, CONSTR_GENERATED);
    struct span stored = words_find(
        check->text, check->statement,
        check->statement->tree_base + (size_t)generated->location, "STORED");
    struct edit edit = {stored, "VIRTUAL"};
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(&help, "ALTER TABLE %s ",
                      check_quote_name(check, added->name));
    writer_add_edited(&help, check->text, added->words, &edit, 1);
    buffer_add_format(&help,
                      ";\n-- or, if it must be stored, kept by a trigger:\n%s",
                      column_advice(check, added, REASON_GENERATED));
    return buffer_text(&help);
}

/* The help for columns that one statement adds: so many are spelled out. */
#define COLUMNS_SHOWN 3

/* One finding for all columns of a statement: the table is rewritten once. */
struct rewrite {
    struct span words; /* of the first */
    const AlterTableCmd *action;
    struct buffer message;
    struct buffer help;
    size_t count;
    bool is_certain;
};

static const char *column_help(struct check *check,
                               const struct added_constraint *added,
                               enum work_reason reason)
{
    return reason == REASON_GENERATED && check->postgres_version >= 18
               ? virtual_help(check, added)
               : column_advice(check, added, reason);
}

static void begin_finding(struct check *check,
                          const struct added_constraint *added,
                          enum work_reason reason, struct rewrite *rewrite)
{
    buffer_init(&rewrite->message, check->arena);
    buffer_init(&rewrite->help, check->arena);
    buffer_add_format(
        &rewrite->message,
        "adding the column \"%s\" %s %s while reads and writes wait: %s",
        added->column->colname,
        reason != REASON_UNKNOWN_DEFAULT ? "rewrites" : "may rewrite",
        table_text(check, added), why_text(check, reason, added->column));
    rewrite->words = words_at_fault(check, added, reason);
    rewrite->action = added->action;
}

static void judge_column(struct check *check,
                         const struct added_constraint *added,
                         enum work_reason reason, struct rewrite *rewrite)
{
    if (reason != REASON_UNKNOWN_DEFAULT)
        rewrite->is_certain = true;
    if (rewrite->action == NULL)
        begin_finding(check, added, reason, rewrite);
    if (rewrite->count < COLUMNS_SHOWN)
        buffer_add_format(&rewrite->help, "%s%s",
                          rewrite->count > 0 ? "\n" : "",
                          column_help(check, added, reason));
    rewrite->count++;
}

static void end_finding(struct check *check, struct rewrite *rewrite)
{
    struct finding *finding;
    size_t others = rewrite->count - 1;

    if (rewrite->action == NULL)
        return;
    if (others > 0)
        buffer_add_format(
            &rewrite->message,
            "; %zu more column%s of the statement need%s the same", others,
            others > 1 ? "s" : "", others > 1 ? "" : "s");
    if (rewrite->count > COLUMNS_SHOWN)
        buffer_add_text(&rewrite->help, "\n-- and the same for the others");
    finding = check_report(check, rewrite->words, rewrite->action,
                           buffer_text(&rewrite->message),
                           buffer_text(&rewrite->help));
    if (!rewrite->is_certain)
        finding_lower(finding, SEVERITY_WARNING);
}

/* DROP EXPRESSION keeps the values that there are, and rewrites nothing. */
static const char *expression_help(struct check *check,
                                   const struct added_constraint *added)
{
    const char *column = check_quote(check, added->action->name);
    struct slice expression =
        column_advice_expression(check, added->words.offset, "AS");
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(&help,
                      "ALTER TABLE %s ALTER COLUMN %s DROP EXPRESSION;\n",
                      check_quote_name(check, added->name), column);
    fill_advice_add_trigger(check, &help, added->name, added->action->name,
                            arena_copy(check->arena, expression));
    advice_add_later(check, &help);
    fill_advice_add_batches(
        check, &help, added->name,
        check_format(check, "%s = %.*s", column, (int)expression.length,
                     expression.start),
        check_format(check, "%s IS DISTINCT FROM %.*s", column,
                     (int)expression.length, expression.start));
    return advice_text(&help);
}

static void judge_expression(struct check *check,
                             const struct added_constraint *added)
{
    check_report(check, added->words, added->action,
                 check_format(check,
                              "SET EXPRESSION on \"%s\" rewrites %s while "
                              "reads and writes wait: %s",
                              added->action->name, table_text(check, added),
                              why_text(check, REASON_EXPRESSION, NULL)),
                 expression_help(check, added));
}

static bool may_rewrite(const AlterTableCmd *action)
{
    const ColumnDef *column = node_as(ColumnDef, action->def);

    if (action->subtype == AT_SetExpression)
        return true;
    /* What makes a value, or a type that may. */
    return action->subtype == AT_AddColumn && column != NULL &&
           column->typeName != NULL;
}

static bool is_any_judged(struct check *check, const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (may_rewrite(action))
            return check_alters_existing(check, alter);
    return false;
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    struct added_constraint added = {.alter = alter};
    struct rewrite rewrite = {.count = 0};
    struct command_words words;

    if (!is_any_judged(check, alter))
        return;
    added.name = name_from_range_var(alter->relation);
    added.table = schema_find_table(check->schema, added.name);
    words = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const struct work_cause *cause =
            may_rewrite(action)
                ? effects_find_cause(check_effects(check), action, WORK_REWRITE)
                : NULL;

        if (cause == NULL) {
            command_words_pass(&words);
            continue;
        }
        added.action = action;
        added.column = node_as(ColumnDef, action->def);
        if (!command_words_next(&words, &added.words))
            added.words = words_of_statement(check->statement);
        if (action->subtype == AT_AddColumn)
            judge_column(check, &added, cause->reason, &rewrite);
        else
            judge_expression(check, &added);
    }
    end_finding(check, &rewrite);
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_column_default_rewrites_table = {
    .id = "column-default-rewrites-table",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "A new column's value is computed for every row",
    .rationale =
        "A constant default of a new column costs nothing: the server notes it "
        "once, and old rows show it. So does a stable one such as now(), which "
        "is computed once. But a volatile default (gen_random_uuid(), "
        "clock_timestamp(), nextval()), a serial or identity column, a "
        "GENERATED ... STORED one and a domain with constraints need a value, "
        "or a look, for every row: ADD COLUMN writes the whole table and all "
        "its indexes anew, with ACCESS EXCLUSIVE. Not even a SELECT gets "
        "through, for minutes or hours on a large table, and the table needs "
        "its size twice meanwhile.\n\n"
        "Add the column without the default, then SET DEFAULT, which is for "
        "new rows only; fill the old rows in batches; require NOT NULL at "
        "last. A trigger can do what GENERATED ... STORED does; PostgreSQL 18 "
        "has GENERATED ... VIRTUAL, which costs nothing.\n\n"
        "SET EXPRESSION (17) of a stored generated column rewrites the table "
        "too.\n\n"
        "A function of one's own counts as it was declared, and as VOLATILE if "
        "nothing was: declare it STABLE or IMMUTABLE where that is true. The "
        "rule is silent on tables that the same migration creates.",
    .ignore_when =
        "The table is small, or the service is down while the migration "
        "runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "INSERT INTO orders VALUES (1);",
    .bad = "ALTER TABLE orders ADD COLUMN token uuid DEFAULT "
           "gen_random_uuid();",
    .good = "ALTER TABLE orders ADD COLUMN token uuid;\n"
            "ALTER TABLE orders ALTER COLUMN token SET DEFAULT "
            "gen_random_uuid();\n"
            "UPDATE orders SET token = DEFAULT WHERE ctid IN\n"
            "    (SELECT ctid FROM orders WHERE token IS NULL LIMIT 5000);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
};
