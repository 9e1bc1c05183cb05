/*
 * validate-under-exclusive-lock: VALIDATE CONSTRAINT while the same statement or
 * transaction holds a strong lock on the table, so that NOT VALID has gained
 * nothing. Sees every ALTER TABLE with what its transaction holds.
 *
 * What is locked and looked at, locks/ knows.
 */
#include "lint/lock_advice.h"

#include "sql/commands.h"

#include <string.h>

/* A VALIDATE CONSTRAINT. */
struct validation {
    const AlterTableStmt *alter;
    const AlterTableCmd *action;
    struct span words;
    struct qualified_name table;
    const struct constraint *constraint; /* null: not known before */
    const struct lock *own;              /* of the statement */
    const struct held_lock *held;        /* before it; null if none */
};

static bool is_added_by(const AlterTableStmt *alter, const char *name)
{
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const Constraint *constraint = node_as(Constraint, action->def);

        if (action->subtype == AT_AddConstraint && constraint != NULL &&
            constraint->conname != NULL && name != NULL &&
            strcmp(constraint->conname, name) == 0)
            return true;
    }
    return false;
}

static const struct constraint *find_constraint(const struct check *check,
                                                struct qualified_name name,
                                                const char *constraint)
{
    const struct table *table = schema_find_table(check->schema, name);

    return table != NULL && constraint != NULL
               ? schema_find_constraint(check->schema, table, constraint)
               : NULL;
}

/* Nothing is looked at where nothing is left to be validated. */
static bool is_validated(const struct validation *validation)
{
    const struct constraint *constraint = validation->constraint;

    return constraint != NULL &&
           (constraint->is_validated || !constraint->is_enforced);
}

static enum lock_mode own_mode(const struct validation *validation)
{
    return validation->own != NULL ? validation->own->mode : LOCK_NONE;
}

/* The lock of the statement itself is the one that counts. */
static bool is_of_statement(const struct validation *validation)
{
    return validation->held == NULL ||
           own_mode(validation) > validation->held->mode;
}

static const char *message_text(struct check *check,
                                const struct validation *validation)
{
    const char *name = validation->action->name;
    bool is_of_same = is_of_statement(validation);
    enum lock_mode mode =
        is_of_same ? own_mode(validation) : validation->held->mode;
    bool is_made_here =
        is_added_by(validation->alter, name) ||
        (validation->constraint != NULL &&
         held_has_made(check_held(check), validation->constraint->made_at));

    return check_format(
        check,
        "VALIDATE CONSTRAINT \"%s\" reads every row of %s while %s holds %s "
        "on it: %s wait%s",
        name, advice_name(check, validation->table),
        is_of_same ? "the same ALTER TABLE" : "the transaction",
        lock_mode_name(mode), lock_advice_blocked(mode),
        is_made_here ? ", as without NOT VALID" : "");
}

/* `ALTER TABLE t A, VALIDATE CONSTRAINT c, B` without the middle, with the comma
 * before or after it. */
static const char *rest_of_statement(struct check *check, struct span words)
{
    struct slice text = check->text;
    size_t begin = words.offset, end = words.offset + words.length;
    size_t limit = check->statement->offset + check->statement->length;
    struct lexer lexer = lexer_of(slice_part(text, 0, limit));
    struct token token;

    lexer.offset = end;
    token = lexer_next_significant(&lexer);
    if (token.kind != TOKEN_END && text.start[token.offset] == ',') {
        end = token.offset + 1;
        while (end < limit && strchr(" \t\r\n", text.start[end]) != NULL)
            end++;
    } else {
        while (begin > check->statement->offset && text.start[begin] != ',')
            begin--;
    }
    return check_rewrite(check, (struct span){begin, end - begin}, "");
}

static const char *help_text(struct check *check,
                             const struct validation *validation)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    if (is_of_statement(validation))
        buffer_add_format(&help, "%s\n",
                          rest_of_statement(check, validation->words));
    advice_add_later(check, &help);
    if (advice_transaction_kind(check) == TRANSACTION_NONE && check->is_in_do)
        buffer_add_text(&help, "-- after the DO block:\n");
    buffer_add_format(&help, "ALTER TABLE %s VALIDATE CONSTRAINT %s;",
                      check_quote_name(check, validation->table),
                      check_quote(check, validation->action->name));
    return buffer_text(&help);
}

static void judge(struct check *check, struct validation *validation)
{
    const char *constraint = validation->action->name;
    struct finding *finding;
    enum lock_mode mode;

    validation->constraint =
        find_constraint(check, validation->table, constraint);
    if (constraint == NULL || is_validated(validation))
        return;
    validation->own = lock_advice_on(check, validation->table);
    if (validation->own == NULL)
        return;
    validation->held = held_find_lock(check_held(check), validation->own);
    mode = own_mode(validation);
    if (validation->held != NULL && validation->held->mode > mode)
        mode = validation->held->mode;
    if (mode < LOCK_SHARE)
        return;
    finding = check_report(check, validation->words, validation->action,
                           message_text(check, validation),
                           help_text(check, validation));
    if (validation->held != NULL)
        finding_note(check, finding, validation->held->place,
                     check_format(check, "the lock on %s is taken here",
                                  advice_name(check, validation->table)));
}

static bool has_validation(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (action->subtype == AT_ValidateConstraint)
            return true;
    return false;
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    struct validation validation = {.alter = alter};
    struct command_words words;

    if (!has_validation(alter) || !check_alters_existing(check, alter))
        return;
    validation.table = name_from_range_var(alter->relation);
    words = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        if (action->subtype != AT_ValidateConstraint) {
            command_words_pass(&words);
            continue;
        }
        validation.action = action;
        if (!command_words_next(&words, &validation.words))
            validation.words = words_of_statement(check->statement);
        judge(check, &validation);
    }
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_validate_under_exclusive_lock = {
    .id = "validate-under-exclusive-lock",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "VALIDATE CONSTRAINT while the table is locked by the same "
               "transaction",
    .rationale =
        "NOT VALID and VALIDATE CONSTRAINT are two steps so that the first can "
        "take its strong lock for a moment, and the second, which reads every "
        "row, can do with a weak one (SHARE UPDATE EXCLUSIVE) while everyone "
        "reads and writes.\n\n"
        "Locks are kept until the transaction ends. In one ALTER TABLE, or in "
        "one transaction, the strong lock is still held while the rows are "
        "read: ACCESS EXCLUSIVE from ADD CHECK and most other ALTER TABLEs "
        "stops reads and writes, SHARE ROW EXCLUSIVE from ADD FOREIGN KEY "
        "stops writes to both tables. Nothing is gained over adding the "
        "constraint in one step.\n\n"
        "Put VALIDATE CONSTRAINT into a migration of its own, or run the two "
        "as statements outside of a transaction. On a table that the same "
        "migration creates there is nothing to read.",
    .ignore_when =
        "The table is small, or the service is down while the migration "
        "runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
    .bad = "BEGIN;\n"
           "ALTER TABLE orders ADD CONSTRAINT orders_total_check\n"
           "    CHECK (total >= 0) NOT VALID;\n"
           "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;\n"
           "COMMIT;",
    .good = "ALTER TABLE orders ADD CONSTRAINT orders_total_positive\n"
            "    CHECK (total > 0) NOT VALID;\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .needs_locks = true,
    .tags = tags,
    .check_node = check_alter_table,
};
