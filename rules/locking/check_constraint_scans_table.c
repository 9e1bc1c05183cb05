/*
 * check-constraint-scans-table: a CHECK that looks at every row under a lock
 * that stops others. Sees ALTER TABLE, which adds one to a table or with a
 * column, and ALTER DOMAIN, with the schema before it.
 *
 * For which constraints rows are looked at, and of which tables, locks/ knows.
 */
#include "lint/column_advice.h"
#include "lint/domain_advice.h"
#include "lint/not_valid_advice.h"

#include <string.h>

/*
 * ALTER TABLE.
 */

static const char *table_text(struct check *check,
                              const struct added_constraint *added)
{
    bool is_partitioned =
        added->table != NULL &&
        added->table->relation.kind == RELATION_PARTITIONED_TABLE;

    return check_format(check, "%s%s", advice_name(check, added->name),
                        is_partitioned ? " and its partitions" : "");
}

static void judge_constraint(struct check *check,
                             const struct added_constraint *added)
{
    if (!not_valid_is_wanted(check, added->constraint))
        return;
    check_report(check, added->words, added->action,
                 check_format(check,
                              "adding the CHECK \"%s\" blocks reads and writes "
                              "of %s while every row is checked",
                              not_valid_name(check, added),
                              table_text(check, added)),
                 not_valid_advice(check, added));
}

/* One finding for all CHECKs of the column. */
static void judge_column(struct check *check, struct added_constraint *added)
{
    foreach_node (Constraint, constraint, added->column->constraints) {
        if (constraint->contype != CONSTR_CHECK ||
            !not_valid_is_wanted(check, constraint))
            continue;
        added->constraint = constraint;
        check_report(
            check,
            words_trim_end(check->text, constraint_advice_words(check, added)),
            added->action,
            check_format(check,
                         "the CHECK on the new column \"%s\" blocks reads and "
                         "writes of %s while every row is checked",
                         added->column->colname, table_text(check, added)),
            column_advice(check, added, REASON_NONE));
        return;
    }
}

static bool has_check(const ColumnDef *column)
{
    foreach_node (Constraint, constraint, column->constraints)
        if (constraint->contype == CONSTR_CHECK)
            return true;
    return false;
}

static bool adds_check(const AlterTableCmd *action)
{
    const Constraint *constraint = node_as(Constraint, action->def);
    const ColumnDef *column = node_as(ColumnDef, action->def);

    if (action->subtype == AT_AddColumn)
        return column != NULL && has_check(column);
    return action->subtype == AT_AddConstraint && constraint != NULL &&
           constraint->contype == CONSTR_CHECK && !constraint->skip_validation;
}

static void check_alter_table(struct check *check, const AlterTableStmt *alter)
{
    struct added_constraints walk =
        added_constraints_of(check, alter, adds_check);

    while (added_constraints_next(check, &walk))
        if (walk.added.column != NULL)
            judge_column(check, &walk.added);
        else
            judge_constraint(check, &walk.added);
}

/*
 * ALTER DOMAIN.
 */

/* How many tables a message names, and a help deals with. */
#define TABLES_SHOWN 3

/* An ALTER DOMAIN that looks at rows. */
struct domain_change {
    const AlterDomainStmt *alter;
    const struct type *domain; /* null: not known */
    struct qualified_name name;
    const struct table *tables[TABLES_SHOWN]; /* that have columns of it */
    size_t shown;
    size_t count; /* of all such tables */
};

/* The tables that others wait for. Materialized views have no CHECKs. */
static void find_tables(struct check *check, struct domain_change *change)
{
    const struct effects *effects = check_effects(check);

    for (size_t i = 0; i < effects->work.count; i++) {
        const struct work *work = &effects->work.items[i];
        struct qualified_name name = {.schema = work->schema,
                                      .name = work->name};
        const struct table *table = schema_find_table(check->schema, name);

        if (work->kind != WORK_SCAN || table == NULL ||
            table->relation.kind != RELATION_TABLE ||
            relation_is_new(check->schema, &table->relation))
            continue;
        change->count++;
        if (change->shown < TABLES_SHOWN)
            change->tables[change->shown++] = table;
    }
}

static const char *tables_text(struct check *check,
                               const struct domain_change *change)
{
    struct buffer text;

    if (change->domain == NULL)
        return "every table that uses it";
    buffer_init(&text, check->arena);
    for (size_t i = 0; i < change->shown; i++) {
        bool is_last = i + 1 == change->count;

        buffer_add_format(
            &text, "%s%s",
            i == 0    ? ""
            : is_last ? " and "
                      : ", ",
            advice_relation_name(check, &change->tables[i]->relation));
    }
    if (change->count > change->shown)
        buffer_add_format(&text, " and %zu more",
                          change->count - change->shown);
    return buffer_text(&text);
}

/* From the parenthesis at the lexer's place to the one that closes it. */
static struct slice in_parentheses(struct lexer lexer)
{
    size_t start = lexer.offset;
    size_t depth = 0;

    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token_is(lexer.text, token, "("))
            depth++;
        else if (token_is(lexer.text, token, ")"))
            depth--;
        if (token.kind == TOKEN_END)
            return (struct slice){0};
        if (depth == 0)
            return slice_part(lexer.text, start, token.offset + token.length);
    }
}

static const struct constraint *find_validated(
    const struct domain_change *change)
{
    const struct constraint_array *all =
        change->domain != NULL ? change->domain->constraints : NULL;

    for (size_t i = 0; all != NULL && i < all->count; i++) {
        const struct constraint *constraint = all->items[i];

        if (!constraint->object.is_dropped && change->alter->name != NULL &&
            strcmp(constraint->name, change->alter->name) == 0)
            return constraint;
    }
    return NULL;
}

/* The condition on VALUE that is to hold; empty: that it is not null. */
static struct slice condition_of(const struct check *check,
                                 const struct domain_change *change)
{
    const Constraint *constraint = node_as(Constraint, change->alter->def);
    const struct constraint *validated = find_validated(change);
    struct lexer lexer = lexer_of(check->text);
    struct span word;

    if (change->alter->subtype == 'V')
        return validated != NULL && validated->expression != NULL
                   ? slice_from(validated->expression)
                   : (struct slice){0};
    if (constraint == NULL || constraint->contype != CONSTR_CHECK)
        return (struct slice){0};
    word = words_find(
        check->text, check->statement,
        check->statement->tree_base + (size_t)constraint->location, "CHECK");
    lexer.offset = word.offset + word.length;
    lexer.offset = lexer_next_significant(&lexer).offset;
    return in_parentheses(lexer);
}

/* The steps that prove the condition, which hold no lock that matters. */
struct proof_steps {
    struct buffer add;
    struct buffer validate;
};

static void add_proof(struct check *check, struct proof_steps *steps,
                      const struct table *table, const struct column *column,
                      struct slice condition)
{
    const char *sql = advice_relation_sql(check, &table->relation);
    struct qualified_name name = {.schema = table->relation.namespace->name,
                                  .name = table->relation.name};
    const char *constraint = check_quote(
        check, advice_free_name(check, name, table, column->name, "check"));

    buffer_add_format(&steps->add,
                      "ALTER TABLE %s ADD CONSTRAINT %s CHECK %s NOT VALID;\n",
                      sql, constraint,
                      domain_advice_condition(
                          check, condition, check_quote(check, column->name)));
    buffer_add_format(&steps->validate,
                      "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n"
                      "ALTER TABLE %s DROP CONSTRAINT %s;\n",
                      sql, constraint, sql, constraint);
}

static void add_proofs(struct check *check, struct buffer *help,
                       const struct domain_change *change,
                       struct slice condition)
{
    struct proof_steps steps;

    buffer_init(&steps.add, check->arena);
    buffer_init(&steps.validate, check->arena);
    for (size_t i = 0; i < change->shown; i++) {
        const struct table *table = change->tables[i];

        for (size_t j = 0; j < table->columns.count; j++) {
            const struct column *column = table->columns.items[j];

            if (!column->object.is_dropped &&
                type_is_made_of(column->data_type.type, change->domain))
                add_proof(check, &steps, table, column, condition);
        }
    }
    buffer_add(help, buffer_slice(&steps.add));
    advice_add_later(check, help);
    buffer_add(help, buffer_slice(&steps.validate));
    if (change->count > change->shown)
        buffer_add_text(help, "-- and so on for the other tables");
}

static void add_domain_step(struct check *check, struct buffer *help,
                            const struct domain_change *change,
                            struct slice condition)
{
    const Constraint *constraint = node_as(Constraint, change->alter->def);
    const char *name = constraint != NULL ? constraint->conname : NULL;

    if (name == NULL)
        name = advice_object_name(check, change->name.name, NULL, "check");
    buffer_add_format(
        help, "ALTER DOMAIN %s ADD CONSTRAINT %s CHECK %s NOT VALID;\n",
        check_quote_name(check, change->name), check_quote(check, name),
        domain_advice_condition(check, condition, "VALUE"));
}

static const char *domain_help(struct check *check,
                               const struct domain_change *change)
{
    struct slice condition = condition_of(check, change);
    struct buffer help;

    buffer_init(&help, check->arena);
    if (change->alter->subtype != 'V')
        add_domain_step(check, &help, change, condition);
    if (change->domain == NULL) {
        buffer_add_text(&help,
                        "-- new values are checked even while it is NOT VALID; "
                        "to look at old rows while others write, add the same "
                        "CHECK NOT VALID to each table that uses the domain, "
                        "and VALIDATE that");
        return buffer_text(&help);
    }
    buffer_add_text(&help, "-- new values are checked even while it is NOT "
                           "VALID; a CHECK of the table looks at its old rows "
                           "while others write:\n");
    add_proofs(check, &help, change, condition);
    return advice_text(&help);
}

static struct span domain_words(const struct check *check,
                                const AlterDomainStmt *alter)
{
    struct span start = words_at_start(check->text, check->statement, 2);
    struct span name = words_find_name(check->text, check->statement,
                                       start.offset + start.length,
                                       name_from_list(alter->typeName).name);
    struct span whole = words_of_statement(check->statement);
    struct lexer lexer = lexer_of(check->text);
    struct token token;

    lexer.offset = name.offset + name.length;
    token = lexer_next_significant(&lexer);
    if (name.length == 0 || token.offset >= whole.offset + whole.length)
        return whole;
    return (struct span){token.offset,
                         whole.offset + whole.length - token.offset};
}

/* Of a domain that is not known nobody can say whether a table uses it. */
static bool may_look_at_rows(const AlterDomainStmt *alter)
{
    const Constraint *constraint = node_as(Constraint, alter->def);

    switch (alter->subtype) {
    case 'O':
    case 'V': return true;
    case 'C': return constraint != NULL && !constraint->skip_validation;
    default: return false;
    }
}

static void check_alter_domain(struct check *check,
                               const AlterDomainStmt *alter)
{
    struct domain_change change = {.alter = alter};
    struct finding *finding;

    if (check->is_in_body || !may_look_at_rows(alter))
        return;
    change.name = name_from_list(alter->typeName);
    change.domain = schema_find_domain(check->schema, change.name);
    if (change.domain != NULL) {
        find_tables(check, &change);
        if (change.count == 0)
            return;
    }
    finding = check_report(
        check, domain_words(check, alter), alter,
        check_format(check,
                     "ALTER DOMAIN %s %s writes to %s while every row is "
                     "checked",
                     check_quote_name(check, change.name),
                     change.domain != NULL ? "blocks" : "may block",
                     tables_text(check, &change)),
        domain_help(check, &change));
    if (change.domain == NULL)
        finding_lower(finding, SEVERITY_WARNING);
}

static void check_alter(struct check *check, const Node *node)
{
    if (nodeTag(node) == T_AlterDomainStmt)
        check_alter_domain(check, (const AlterDomainStmt *)node);
    else
        check_alter_table(check, (const AlterTableStmt *)node);
}

static const NodeTag tags[] = {T_AlterTableStmt, T_AlterDomainStmt, T_Invalid};

const struct rule rule_check_constraint_scans_table = {
    .id = "check-constraint-scans-table",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "Adding a CHECK scans the table while others wait",
    .rationale =
        "ALTER TABLE ... ADD CHECK reads every row to see whether the "
        "condition holds, and holds ACCESS EXCLUSIVE meanwhile: not even a "
        "SELECT gets through. On a large table that is an outage of minutes. "
        "A CHECK that comes with a new column does the same, although every "
        "row has the same value there.\n\n"
        "Add it NOT VALID: new and changed rows are checked from then on, and "
        "no old row is looked at. VALIDATE CONSTRAINT in a later migration "
        "reads the table with a lock (SHARE UPDATE EXCLUSIVE) that lets "
        "everybody read and write. Both in one transaction gain nothing: the "
        "first lock is held until its end. A column cannot be added with a "
        "CHECK that is NOT VALID, so the CHECK follows the column.\n\n"
        "ALTER DOMAIN ... ADD CHECK, SET NOT NULL and VALIDATE CONSTRAINT read "
        "every table that has a column of the domain, with a SHARE lock, which "
        "stops all writes to it. There NOT VALID helps for the first step "
        "only: VALIDATE takes the same lock.\n\n"
        "The rule is silent on tables that the same migration creates, and "
        "for a domain that no table uses.",
    .ignore_when =
        "The table is small, or the service is down while the migration "
        "runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total integer);",
    .bad = "ALTER TABLE orders ADD CONSTRAINT orders_total_check\n"
           "    CHECK (total >= 0);",
    .good = "ALTER TABLE orders ADD CONSTRAINT orders_total_check\n"
            "    CHECK (total >= 0) NOT VALID;\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter,
};
