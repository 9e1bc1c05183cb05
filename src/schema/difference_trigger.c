/*
 * Describes the triggers, policies, rules and statistics objects of tables for
 * difference.c.
 */
#include "schema/difference_describe.h"

#include "base/buffer.h"
#include "schema/difference_text.h"
#include "sql/parser.h"

static const char *quote(struct arena *arena, const char *name)
{
    return parser_quote_identifier(arena, name);
}

/* The name of something that is found on its table, and the SQL that all such
 * have. kind: in capitals. */
static void write_on_table(struct arena *arena, const char *kind,
                           const struct table *table, struct item *item)
{
    const char *relation = text_of_relation(arena, &table->relation);
    const char *name = quote(arena, item->name);

    item->called = arena_format(arena, "%s of %s", name, relation);
    item->drop = arena_format(arena, "DROP %s %s ON %s;", kind, name, relation);
    item->rename_head = arena_format(arena, "ALTER %s ", kind);
    item->rename_tail = arena_format(arena, " ON %s RENAME", relation);
    item->create = item_create(arena, item);
}

static const char *function_of(struct arena *arena,
                               const struct trigger *trigger)
{
    if (!trigger->function)
        return trigger->function_name ? trigger->function_name : "";
    return text_of_name(arena, trigger->function->namespace,
                        trigger->function->name);
}

/* All of it but its WHEN, in no language but ours. */
static const char *text_of_trigger(struct arena *arena,
                                   const struct trigger *trigger)
{
    struct buffer text;

    buffer_init(&text, arena);
    buffer_add_format(&text, "%d %d %d %d %s", trigger->events,
                      trigger->is_constraint, trigger->is_deferrable,
                      trigger->is_initially_deferred,
                      function_of(arena, trigger));
    for (size_t i = 0; i < trigger->arguments.count; i++)
        buffer_add_format(&text, " '%s'", trigger->arguments.items[i]);
    if (trigger->columns)
        buffer_add_format(&text, " OF %s",
                          text_of_columns(arena, trigger->columns));
    return buffer_text(&text);
}

static void say_trigger(struct arena *arena, const struct trigger *trigger,
                        struct item *item)
{
    bool is_disabled = trigger->enabled == 'D';
    const char *enabled = is_disabled ? "disabled" : "enabled";
    const char *mend = NULL;

    if (item->depth >= ITEM_WRITTEN)
        mend = arena_format(arena, "ALTER TABLE %s %s TRIGGER %s;",
                            text_of_relation(arena, &trigger->table->relation),
                            is_disabled ? "DISABLE" : "ENABLE",
                            quote(arena, trigger->name));
    item_add_trait(item, text_of_trigger(arena, trigger), NULL, NULL)->noun =
        "definition";
    item_add_trait(item, enabled, enabled, mend);
    item_add_statement(item, text_of_statement(arena, item->statement), NULL);
}

void describe_trigger(struct arena *arena, const struct trigger *trigger,
                      struct item *item)
{
    item->group = ITEM_TRIGGER;
    item->kind = "trigger";
    item->name = trigger->name;
    item->made_at = trigger->made_at;
    item->is_own = !trigger->inherited_from;
    if (item->depth >= ITEM_WRITTEN)
        write_on_table(arena, "TRIGGER", trigger->table, item);
    if (item->depth >= ITEM_SAID)
        say_trigger(arena, trigger, item);
}

static const char *text_of_policy(struct arena *arena,
                                  const struct policy *policy)
{
    struct buffer text;

    buffer_init(&text, arena);
    buffer_add_format(&text, "%c %d", policy->command, policy->is_permissive);
    for (size_t i = 0; i < policy->roles.count; i++)
        buffer_add_format(&text, " %s", policy->roles.items[i]);
    return buffer_text(&text);
}

static void say_policy(struct arena *arena, const struct policy *policy,
                       struct item *item)
{
    item_add_trait(item, text_of_policy(arena, policy), NULL, NULL)->noun =
        "definition";
    item_add_statement(item, text_of_statement(arena, item->statement), NULL);
}

void describe_policy(struct arena *arena, const struct policy *policy,
                     struct item *item)
{
    item->group = ITEM_POLICY;
    item->kind = "policy";
    item->name = policy->name;
    item->made_at = policy->made_at;
    if (item->depth >= ITEM_WRITTEN)
        write_on_table(arena, "POLICY", policy->table, item);
    if (item->depth >= ITEM_SAID)
        say_policy(arena, policy, item);
}

void describe_rule(struct arena *arena, const struct rewrite_rule *rule,
                   struct item *item)
{
    item->group = ITEM_RULE;
    item->kind = "rule";
    item->name = rule->name;
    item->made_at = rule->made_at;
    if (item->depth >= ITEM_WRITTEN)
        write_on_table(arena, "RULE", rule->table, item);
    if (item->depth >= ITEM_SAID)
        item_add_statement(item, text_of_statement(arena, item->statement),
                           NULL);
}

void describe_statistics(struct arena *arena,
                         const struct statistics *statistics, struct item *item)
{
    item->group = ITEM_STATISTICS;
    item->kind = "statistics object";
    item->name = statistics->name;
    item->made_at = statistics->made_at;
    if (item->depth >= ITEM_SAID)
        item_add_statement(item, text_of_statement(arena, item->statement),
                           NULL);
    if (item->depth < ITEM_WRITTEN)
        return;
    item->called = text_of_name(arena, statistics->namespace, statistics->name);
    item->drop = arena_format(arena, "DROP STATISTICS %s;", item->called);
    item->rename_head = "ALTER STATISTICS ";
    item->rename_tail = " RENAME";
    item->create = item_create(arena, item);
}
