/*
 * triggers-disabled: DISABLE TRIGGER ALL or USER, and session_replication_role.
 * Sees ALTER TABLE and SET with the schema before them.
 */
#include "lint/advice.h"
#include "sql/commands.h"

#include <string.h>

/* How many triggers a help names. */
#define TRIGGERS_SHOWN 5

/* What the table is known to have; all of it where it is not known. */
struct fired {
    bool has_triggers;
    bool has_keys; /* foreign keys, of it or to it */
};

static bool has_keys(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (!table->constraints.items[i]->object.is_dropped &&
            table->constraints.items[i]->type == CONSTRAINT_FOREIGN_KEY)
            return true;
    for (size_t i = 0; i < table->referenced_by.count; i++)
        if (!table->referenced_by.items[i]->object.is_dropped)
            return true;
    return false;
}

static size_t count_triggers(const struct table *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->triggers.count; i++)
        count += !table->triggers.items[i]->object.is_dropped;
    return count;
}

static struct fired fired_of(const struct table *table)
{
    if (table == NULL || !table->is_complete)
        return (struct fired){true, true};
    return (struct fired){count_triggers(table) > 0, has_keys(table)};
}

static const char *message_text(struct check *check, const char *table,
                                const struct fired *fired, bool is_all)
{
    const char *what =
        "no trigger of %s fires until they are enabled again: what they check, "
        "log or keep in step is passed over";

    if (is_all && fired->has_keys)
        what = fired->has_triggers
                   ? "until they are enabled again, no trigger of %s fires and "
                     "its foreign keys are not checked: a wrong row would "
                     "stay, and nothing finds it later"
                   : "until triggers are enabled again, the foreign keys of %s "
                     "are not checked: a wrong row would stay, and nothing "
                     "finds it later";
    return check_format(check, what, table);
}

/* Those that are known, one by one. */
static const char *name_triggers(struct check *check, const struct table *table,
                                 const char *name)
{
    struct buffer help;
    size_t count = table != NULL ? count_triggers(table) : 0;

    if (count == 0 || count > TRIGGERS_SHOWN)
        return NULL;
    buffer_init(&help, check->arena);
    buffer_add_text(&help, "-- only those that are in the way:");
    for (size_t i = 0; i < table->triggers.count; i++)
        if (!table->triggers.items[i]->object.is_dropped)
            buffer_add_format(
                &help, "\nALTER TABLE %s DISABLE TRIGGER %s;", name,
                check_quote(check, table->triggers.items[i]->name));
    return buffer_text(&help);
}

static const char *help_text(struct check *check, const char *name,
                             const struct table *table,
                             const struct fired *fired, bool is_all)
{
    if (is_all && fired->has_triggers)
        return check_format(check,
                            "-- leaves foreign keys checked, and needs no "
                            "superuser:\nALTER TABLE %s DISABLE TRIGGER USER;",
                            name);
    if (is_all)
        return "-- leave it out: no other trigger of the table is known";
    return name_triggers(check, table, name);
}

static void report(struct check *check, const AlterTableStmt *alter,
                   const AlterTableCmd *action, struct span words)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    const struct table *table = schema_find_table(check->schema, name);
    struct fired fired = fired_of(table);
    bool is_all = action->subtype == AT_DisableTrigAll;

    if (!fired.has_triggers && !(is_all && fired.has_keys))
        return;
    check_report(
        check, words, action,
        message_text(check, advice_name(check, name), &fired, is_all),
        help_text(check, check_quote_name(check, name), table, &fired, is_all));
}

static bool is_of_interest(const AlterTableCmd *action)
{
    return action->subtype == AT_DisableTrigAll ||
           action->subtype == AT_DisableTrigUser;
}

static void check_alter_table(struct check *check, const AlterTableStmt *alter)
{
    struct command_words commands =
        command_words_of(check->text, check->statement, alter->relation);

    foreach_node (AlterTableCmd, action, alter->cmds) {
        struct span words;

        if (!is_of_interest(action)) {
            command_words_pass(&commands);
            continue;
        }
        if (!check_alters_existing(check, alter))
            return;
        if (!command_words_next(&commands, &words))
            words = words_of_statement(check->statement);
        report(check, alter, action, words);
    }
}

static bool is_text(const Node *node, const char *text)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant != NULL && !constant->isnull &&
           nodeTag(&constant->val) == T_String &&
           slice_equal_ignoring_case(slice_from(constant->val.sval.sval),
                                     slice_from(text));
}

static void report_role(struct check *check, const Node *node,
                        struct span words)
{
    check_report(
        check, words, node,
        "with session_replication_role = replica no trigger fires and "
        "no foreign key is checked: a wrong row would stay, and nothing "
        "finds it later",
        NULL);
}

static void check_set(struct check *check, const VariableSetStmt *set)
{
    const char *name = set->name != NULL ? set->name : "";

    if (set->kind != VAR_SET_VALUE || list_length(set->args) != 1 ||
        !slice_equal_ignoring_case(slice_from(name),
                                   slice_from("session_replication_role")) ||
        !is_text(linitial(set->args), "replica"))
        return;
    report_role(check, (const Node *)set, words_of_statement(check->statement));
}

static void check_call(struct check *check, const FuncCall *call)
{
    if (list_length(call->args) != 3 ||
        strcmp(name_from_list(call->funcname).name, "set_config") != 0 ||
        !is_text(linitial(call->args), "session_replication_role") ||
        !is_text(lsecond(call->args), "replica"))
        return;
    report_role(
        check, (const Node *)call,
        words_of_name_at(check->text, check->statement,
                         check->statement->tree_base + (size_t)call->location));
}

static void check_node(struct check *check, const Node *node)
{
    switch (nodeTag(node)) {
    case T_AlterTableStmt:
        check_alter_table(check, (const AlterTableStmt *)node);
        break;
    case T_VariableSetStmt:
        check_set(check, (const VariableSetStmt *)node);
        break;
    default: check_call(check, (const FuncCall *)node); break;
    }
}

static const NodeTag tags[] = {T_AlterTableStmt, T_VariableSetStmt, T_FuncCall,
                               T_Invalid};

const struct rule rule_triggers_disabled = {
    .id = "triggers-disabled",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_WARNING,
    .summary = "Triggers, and perhaps foreign keys, are switched off",
    .rationale =
        "Foreign keys are triggers. ALTER TABLE ... DISABLE TRIGGER ALL "
        "switches them off with the others, and so does SET "
        "session_replication_role = replica for all that the session writes: "
        "rows that point at nothing are let in, ON DELETE CASCADE deletes "
        "nothing, and enabling the triggers again looks at no row. The "
        "constraint still counts as valid. Triggers that write history, keep "
        "totals or refuse changes are passed over too, and with DISABLE "
        "TRIGGER that holds for every session, once the transaction is over, "
        "until somebody enables them.\n\n"
        "DISABLE TRIGGER USER leaves foreign keys in force, and a trigger can "
        "be named. Enable it again in the same transaction: the lock on the "
        "table keeps other sessions from writing meanwhile.\n\n"
        "Nothing is said of a table that the same migration made, nor of one "
        "that is known to have no trigger.",
    .ignore_when =
        "The rows come from a dump that was consistent, and nothing else is "
        "written meanwhile.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY);\n"
             "CREATE TABLE orders (\n"
             "    id bigint PRIMARY KEY,\n"
             "    user_id bigint REFERENCES users\n"
             ");\n"
             "CREATE TRIGGER orders_no_change BEFORE UPDATE ON orders\n"
             "    FOR EACH ROW EXECUTE FUNCTION "
             "suppress_redundant_updates_trigger();",
    .bad = "ALTER TABLE orders DISABLE TRIGGER ALL;",
    .good = "ALTER TABLE orders DISABLE TRIGGER orders_no_change;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
