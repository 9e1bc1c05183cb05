/*
 * Views of a script, and what stands on tables and views: rules, triggers,
 * policies, statistics.
 */
#include "output/schema_sql.h"

#include <string.h>

/* "word schema.name (columns)": a view may have renamed what its query gives.
 */
static void add_view_name(struct sql_script *script, const char *words,
                          const struct table *view)
{
    const char *separator = " (";

    sql_text(script, words);
    sql_relation(script, &view->relation);
    for (size_t i = 0; i < view->columns.count; i++) {
        if (view->columns.items[i]->object.is_dropped)
            continue;
        sql_text(script, separator);
        sql_identifier(script, view->columns.items[i]->name);
        separator = ", ";
    }
    if (separator[0] == ',')
        sql_text(script, ")");
}

static void add_view(struct sql_script *script, const char *words,
                     const struct table *view)
{
    const char *query = sql_expression(script, view->query, NULL);
    bool is_materialized = view->relation.kind == RELATION_MATERIALIZED_VIEW;

    if (!query) {
        sql_left_out(script, "view", view->relation.name);
        return;
    }
    add_view_name(script, words, view);
    if (is_materialized && view->access_method)
        sql_format(script, "\nUSING %s", view->access_method);
    if (view->options)
        sql_format(script, "\nWITH (%s)", view->options);
    sql_format(script, " AS\n%s%s;\n", query,
               is_materialized ? "\nWITH NO DATA" : "");
}

static void write_view(struct sql_script *script, const struct sql_item *item)
{
    const struct table *view = item->subject.table;

    add_view(script,
             view->relation.kind == RELATION_VIEW ? "CREATE VIEW "
                                                  : "CREATE MATERIALIZED VIEW ",
             view);
}

static void write_view_again(struct sql_script *script,
                             const struct sql_item *item)
{
    add_view(script, "CREATE OR REPLACE VIEW ", item->subject.table);
}

void sql_add_view_again(struct sql_script *script, const struct table *view)
{
    sql_add(script, SQL_VIEW_AGAIN, write_view_again, NULL,
            view->relation.namespace->name, view->relation.name, "")
        ->subject.table = view;
}

bool sql_write_view_columns(struct sql_script *script, const struct table *view)
{
    const char *separator = " AS\nSELECT\n    ";

    if (view->relation.kind != RELATION_VIEW)
        return false;
    for (size_t i = 0; i < view->columns.count; i++)
        if (!view->columns.items[i]->object.is_dropped &&
            !view->columns.items[i]->data_type.type)
            return false;
    add_view_name(script, "\nCREATE VIEW ", view);
    for (size_t i = 0; i < view->columns.count; i++) {
        const struct column *column = view->columns.items[i];

        if (column->object.is_dropped)
            continue;
        sql_format(script, "%sNULL::%s", separator,
                   type_to_text(script->arena, column->data_type));
        separator = ",\n    ";
    }
    sql_text(script, separator[0] == ' ' ? " AS\nSELECT;\n" : ";\n");
    return true;
}

void sql_add_view(struct sql_script *script, const struct table *view)
{
    sql_add(script, SQL_VIEW, write_view, view, view->relation.namespace->name,
            view->relation.name, "")
        ->subject.table = view;
}

/* ALTER TABLE ... ENABLE ..., unless that is as it was created. */
static void add_enabled(struct sql_script *script, const struct table *table,
                        char enabled, const char *what, const char *name)
{
    const char *words = enabled == 'D'   ? "DISABLE"
                        : enabled == 'R' ? "ENABLE REPLICA"
                        : enabled == 'A' ? "ENABLE ALWAYS"
                                         : "ENABLE";

    sql_text(script, "ALTER TABLE ");
    sql_relation(script, &table->relation);
    sql_format(script, " %s %s ", words, what);
    sql_identifier(script, name);
    sql_text(script, ";\n");
}

/* pg_trigger.h */
enum trigger_event {
    EVENT_BEFORE = 1 << 1,
    EVENT_INSERT = 1 << 2,
    EVENT_DELETE = 1 << 3,
    EVENT_UPDATE = 1 << 4,
    EVENT_TRUNCATE = 1 << 5,
    EVENT_INSTEAD = 1 << 6,
};

/* BEFORE INSERT OR UPDATE OF c ON t */
static void add_events(struct sql_script *script, const struct trigger *trigger)
{
    static const struct {
        enum trigger_event event;
        const char *word;
    } events[] = {{EVENT_INSERT, "INSERT"},
                  {EVENT_DELETE, "DELETE"},
                  {EVENT_UPDATE, "UPDATE"},
                  {EVENT_TRUNCATE, "TRUNCATE"}};
    const char *separator = trigger->events & EVENT_BEFORE    ? " BEFORE "
                            : trigger->events & EVENT_INSTEAD ? " INSTEAD OF "
                                                              : " AFTER ";

    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        if (!(trigger->events & events[i].event))
            continue;
        sql_format(script, "%s%s", separator, events[i].word);
        separator = " OR ";
        for (size_t j = 0; events[i].event == EVENT_UPDATE &&
                           trigger->columns && j < trigger->columns->count;
             j++) {
            sql_text(script, j ? ", " : " OF ");
            sql_identifier(script, trigger->columns->items[j]->name);
        }
    }
    sql_text(script, " ON ");
    sql_relation(script, &trigger->table->relation);
}

static void add_transition(struct sql_script *script, const char *words,
                           const char *name)
{
    if (!name)
        return;
    sql_text(script, words);
    sql_identifier(script, name);
}

static void add_trigger_options(struct sql_script *script,
                                const struct trigger *trigger)
{
    const char *when = sql_expression(script, trigger->when, NULL);

    if (trigger->referenced) {
        sql_text(script, " FROM ");
        sql_relation(script, &trigger->referenced->relation);
    }
    if (trigger->is_deferrable)
        sql_text(script, " DEFERRABLE");
    if (trigger->is_initially_deferred)
        sql_text(script, " INITIALLY DEFERRED");
    if (trigger->old_table || trigger->new_table)
        sql_text(script, " REFERENCING");
    add_transition(script, " OLD TABLE AS ", trigger->old_table);
    add_transition(script, " NEW TABLE AS ", trigger->new_table);
    sql_text(script, trigger->is_row ? " FOR EACH ROW" : " FOR EACH STATEMENT");
    if (when)
        sql_format(script, " WHEN (%s)", when);
}

static void add_call(struct sql_script *script, const struct trigger *trigger)
{
    sql_text(script, " EXECUTE FUNCTION ");
    if (trigger->function)
        sql_name(script, trigger->function->namespace, trigger->function->name);
    else
        sql_text(script, trigger->function_name);
    sql_text(script, "(");
    for (size_t i = 0; i < trigger->arguments.count; i++) {
        sql_text(script, i ? ", " : "");
        sql_literal(script, trigger->arguments.items[i]);
    }
    sql_text(script, ")");
}

static void write_trigger(struct sql_script *script,
                          const struct sql_item *item)
{
    const struct trigger *trigger = item->subject.trigger;

    sql_format(script, "CREATE %sTRIGGER ",
               trigger->is_constraint ? "CONSTRAINT " : "");
    sql_identifier(script, trigger->name);
    add_events(script, trigger);
    add_trigger_options(script, trigger);
    add_call(script, trigger);
    sql_text(script, ";\n");
    if (trigger->enabled != 'O' && trigger->enabled)
        add_enabled(script, trigger->table, trigger->enabled, "TRIGGER",
                    trigger->name);
}

static void write_inherited_trigger(struct sql_script *script,
                                    const struct sql_item *item)
{
    const struct trigger *trigger = item->subject.trigger;
    const struct trigger *parents = trigger->inherited_from;

    if (strcmp(trigger->name, parents->name) != 0) { /* up to 14 */
        sql_text(script, "ALTER TRIGGER ");
        sql_identifier(script, parents->name);
        sql_text(script, " ON ");
        sql_relation(script, &trigger->table->relation);
        sql_text(script, " RENAME TO ");
        sql_identifier(script, trigger->name);
        sql_text(script, ";\n");
    }
    if (trigger->enabled != parents->enabled)
        add_enabled(script, trigger->table, trigger->enabled, "TRIGGER",
                    trigger->name);
}

void sql_add_trigger(struct sql_script *script, const struct trigger *trigger)
{
    const struct table *table = trigger->table;
    const char *schema = table->relation.namespace->name;

    if (trigger->object.is_dropped)
        return;
    if (!trigger->inherited_from)
        sql_add(script, SQL_TRIGGER, write_trigger, trigger, schema,
                table->relation.name, trigger->name)
            ->subject.trigger = trigger;
    else if (trigger->enabled != trigger->inherited_from->enabled ||
             strcmp(trigger->name, trigger->inherited_from->name) != 0)
        sql_add(script, SQL_TRIGGER_STATE, write_inherited_trigger, NULL,
                schema, table->relation.name, trigger->name)
            ->subject.trigger = trigger;
}

static void write_rule(struct sql_script *script, const struct sql_item *item)
{
    const struct rewrite_rule *rule = item->subject.rule;
    const char *text = sql_expression(script, rule->definition, NULL);

    if (!text) {
        sql_left_out(script, "rule", rule->name);
        return;
    }
    sql_text(script, "CREATE RULE ");
    sql_identifier(script, rule->name);
    sql_format(script, " AS %s;\n", text);
    if (rule->enabled != 'O' && rule->enabled)
        add_enabled(script, rule->table, rule->enabled, "RULE", rule->name);
}

void sql_add_rule(struct sql_script *script, const struct rewrite_rule *rule)
{
    const struct relation *relation = &rule->table->relation;

    if (!rule->object.is_dropped)
        sql_add(script, SQL_RULE, write_rule, rule, relation->namespace->name,
                relation->name, rule->name)
            ->subject.rule = rule;
}

static void write_statistics(struct sql_script *script,
                             const struct sql_item *item)
{
    const struct statistics *statistics = item->subject.statistics;
    const char *text = sql_expression(script, statistics->definition, NULL);

    if (!text) {
        sql_left_out(script, "statistics", statistics->name);
        return;
    }
    sql_text(script, "CREATE STATISTICS ");
    sql_name(script, statistics->namespace, statistics->name);
    sql_format(script, " %s;\n", text);
}

void sql_add_statistics(struct sql_script *script,
                        const struct statistics *statistics)
{
    if (statistics->object.is_dropped)
        return;
    sql_add(script, SQL_STATISTICS, write_statistics, statistics,
            statistics->namespace->name, statistics->name, "")
        ->subject.statistics = statistics;
}

static const char *command_of(char command)
{
    switch (command) {
    case 'r': return "SELECT";
    case 'a': return "INSERT";
    case 'w': return "UPDATE";
    case 'd': return "DELETE";
    default: return "ALL";
    }
}

static void add_roles(struct sql_script *script, const struct policy *policy)
{
    for (size_t i = 0; i < policy->roles.count; i++) {
        sql_text(script, i ? ", " : " TO ");
        if (strcmp(policy->roles.items[i], "public") == 0)
            sql_text(script, "PUBLIC");
        else
            sql_identifier(script, policy->roles.items[i]);
    }
}

static void write_policy(struct sql_script *script, const struct sql_item *item)
{
    const struct policy *policy = item->subject.policy;
    const char *using = sql_expression(script, policy->using_expression, NULL);
    const char *check = sql_expression(script, policy->check_expression, NULL);

    sql_text(script, "CREATE POLICY ");
    sql_identifier(script, policy->name);
    sql_text(script, " ON ");
    sql_relation(script, &policy->table->relation);
    if (!policy->is_permissive)
        sql_text(script, " AS RESTRICTIVE");
    sql_format(script, " FOR %s", command_of(policy->command));
    add_roles(script, policy);
    if (using)
        sql_format(script, " USING (%s)", using);
    if (check)
        sql_format(script, " WITH CHECK (%s)", check);
    sql_text(script, ";\n");
}

void sql_add_policy(struct sql_script *script, const struct policy *policy)
{
    const struct relation *relation = &policy->table->relation;

    if (!policy->object.is_dropped)
        sql_add(script, SQL_POLICY, write_policy, policy,
                relation->namespace->name, relation->name, policy->name)
            ->subject.policy = policy;
}

static void write_row_security(struct sql_script *script,
                               const struct sql_item *item)
{
    const struct table *table = item->subject.table;

    if (table->has_row_security) {
        sql_text(script, "ALTER TABLE ");
        sql_relation(script, &table->relation);
        sql_text(script, " ENABLE ROW LEVEL SECURITY;\n");
    }
    if (table->has_forced_row_security) {
        sql_text(script, "ALTER TABLE ONLY ");
        sql_relation(script, &table->relation);
        sql_text(script, " FORCE ROW LEVEL SECURITY;\n");
    }
}

void sql_add_parts(struct sql_script *script, const struct table *table)
{
    const char *schema = table->relation.namespace->name;
    const char *name = table->relation.name;

    for (size_t i = 0; i < table->triggers.count; i++)
        sql_add_trigger(script, table->triggers.items[i]);
    for (size_t i = 0; i < table->rules.count; i++)
        sql_add_rule(script, table->rules.items[i]);
    for (size_t i = 0; table->statistics && i < table->statistics->count; i++)
        sql_add_statistics(script, table->statistics->items[i]);
    for (size_t i = 0; i < table->policies.count; i++)
        sql_add_policy(script, table->policies.items[i]);
    if (table->has_row_security || table->has_forced_row_security)
        sql_add(script, SQL_ROW_SECURITY, write_row_security, NULL, schema,
                name, "")
            ->subject.table = table;
}
