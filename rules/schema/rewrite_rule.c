/*
 * rewrite-rule: CREATE RULE ... DO INSTEAD on a table. Heard if the rule is
 * there at the end of the history.
 */
#include "lint/advice.h"

#include <string.h>

struct subject {
    struct qualified_name table;
    const char *name;                /* of the rule */
    const struct rewrite_rule *rule; /* null: the statement is to make it yet */
};

static const char *event_name(CmdType event)
{
    switch (event) {
    case CMD_UPDATE: return "UPDATE";
    case CMD_DELETE: return "DELETE";
    default: return "INSERT";
    }
}

/* Known to be one; ON SELECT makes a view of it. */
static bool is_on_table(const struct check *check, const RuleStmt *rule)
{
    const struct relation *relation = schema_find_relation(
        check->schema, name_from_range_var(rule->relation));

    return relation != NULL && rule->event != CMD_SELECT &&
           !relation->is_temporary && relation->made_at.source != NULL &&
           (relation->kind == RELATION_TABLE ||
            relation->kind == RELATION_PARTITIONED_TABLE);
}

/* A trigger for what is easily said: nothing shall happen. */
static const char *help_text(struct check *check, const RuleStmt *rule)
{
    const char *table =
        check_quote_name(check, name_from_range_var(rule->relation));
    const char *name = check_quote(check, rule->rulename);

    return check_format(
        check,
        "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        "BEGIN\n"
        "    %sRETURN NULL; -- the %s itself is left out\n"
        "END $$;\n"
        "CREATE TRIGGER %s BEFORE %s ON %s\n"
        "    FOR EACH ROW EXECUTE FUNCTION %s();",
        name, rule->actions != NIL ? "-- what the rule does instead\n    " : "",
        event_name(rule->event), name, event_name(rule->event), table, name);
}

static const char *keep(struct check *check, const char *text)
{
    return text != NULL ? arena_copy(check->arena, slice_from(text)) : NULL;
}

static void check_rule(struct check *check, const Node *node)
{
    const RuleStmt *rule = (const RuleStmt *)node;
    struct subject *subject;
    struct finding *finding;

    if (!rule->instead || check->is_in_body || !is_on_table(check, rule))
        return;
    finding = check_report(
        check, words_at_start(check->text, check->statement, 2), node,
        check_format(check,
                     "the rule \"%s\" rewrites every %s of %s before it is "
                     "planned: volatile expressions run several times, and "
                     "RETURNING and row counts are no longer what was written",
                     rule->rulename, event_name(rule->event),
                     advice_name(check, name_from_range_var(rule->relation))),
        help_text(check, rule));
    subject = arena_alloc(check->arena, sizeof *subject);
    subject->table.schema = keep(check, rule->relation->schemaname);
    subject->table.name = keep(check, rule->relation->relname);
    subject->name = keep(check, rule->rulename);
    subject->rule = NULL;
    check_confirm_later(check, finding, CONFIRM_AFTER_STATEMENT, subject);
}

static const struct rewrite_rule *find_rule(const struct check *check,
                                            const struct subject *subject)
{
    const struct table *table =
        schema_find_table(check->schema, subject->table);

    for (size_t i = 0; table != NULL && i < table->rules.count; i++)
        if (!table->rules.items[i]->object.is_dropped &&
            strcmp(table->rules.items[i]->name, subject->name) == 0)
            return table->rules.items[i];
    return NULL;
}

static bool is_there(const struct check *check, const struct rewrite_rule *rule)
{
    const struct rewrite_rule_array *rules = &rule->table->rules;

    for (size_t i = 0; i < rules->count; i++)
        if (rules->items[i] == rule)
            return !rule->object.is_dropped &&
                   schema_has_relation(check->schema, &rule->table->relation);
    return false;
}

/* Heard if the rule is there in the end, whatever it and its table are called. */
static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    struct subject *found;

    if (subject->rule != NULL)
        return is_there(check, subject->rule);
    found = arena_alloc(check->arena, sizeof *found);
    *found = (struct subject){.rule = find_rule(check, subject)};
    if (found->rule == NULL)
        return false;
    check_confirm_later(check, finding, CONFIRM_AFTER_HISTORY, found);
    return true;
}

static const NodeTag tags[] = {T_RuleStmt, T_Invalid};

const struct rule rule_rewrite_rule = {
    .id = "rewrite-rule",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "A rule rewrites the statements that write to a table",
    .rationale =
        "A rule does not act on rows: it replaces the text of a statement "
        "before it is planned. An expression of the statement that the rule's "
        "action uses twice is computed twice, nextval() and random() with two "
        "values. `INSERT ... RETURNING` of a table with such a rule is "
        "refused, and so is ON CONFLICT; the count of rows that a driver gets "
        "is 0. COPY does not see rules at all.\n\n"
        "A trigger sees each row once, as it is written. To write through a "
        "view, INSTEAD OF triggers do.\n\n"
        "The rule speaks of tables; that a view is written through rules is "
        "their use.",
    .ignore_when = "The rule exists to make a table read-only for a while: but "
                   "then REVOKE says so with an error.",
    .setup = "CREATE TABLE entries (id bigint PRIMARY KEY, note text);",
    .bad = "CREATE RULE no_delete AS ON DELETE TO entries DO INSTEAD "
           "NOTHING;\n"
           "DELETE FROM entries WHERE id = 1 RETURNING id;",
    .good = "CREATE FUNCTION no_delete() RETURNS trigger LANGUAGE plpgsql AS "
            "$$\n"
            "BEGIN\n"
            "    RETURN NULL;\n"
            "END $$;\n"
            "CREATE TRIGGER no_delete BEFORE DELETE ON entries\n"
            "    FOR EACH ROW EXECUTE FUNCTION no_delete();\n"
            "DELETE FROM entries WHERE id = 1 RETURNING id;",
    .claim = CLAIM_REFUSED,
    .claim_text = "cannot perform DELETE RETURNING on relation",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_rule,
    .confirm = confirm,
};
