/*
 * Picks the rules that have a say and sorts them by what they are called for.
 */
#include "lint/dispatch.h"

#include "sql/fields.h"

static bool is_asked(size_t number, const struct lint_settings *settings,
                     bool has_history, enum direction direction)
{
    const struct rule *rule = rule_table[number];
    int version = settings->postgres_version;

    if (settings->levels.levels[number] == SEVERITY_OFF)
        return false;
    if (rule->version_min && version < rule->version_min)
        return false;
    if (rule->version_max && version > rule->version_max)
        return false;
    if (rule->needs_history && !has_history)
        return false;
    return direction == DIRECTION_UP || rule->directions == RULE_UP_DOWN ||
           settings->lint_down;
}

static void add(struct arena *arena, struct rule_list *list, size_t number)
{
    *array_push(arena, list) = number;
}

/* What is in a body runs when it is called, if ever: it locks nothing now. */
static bool judges_bodies(const struct rule *rule)
{
    return rule->family == FAMILY_QUERY || rule->family == FAMILY_SECURITY ||
           rule->family == FAMILY_PLPGSQL;
}

/* Rules by the tags of the nodes that they want. */
struct tag_table {
    struct rule_list *rules;
    bool *is_wanted;
    bool has_tags;
};

static struct tag_table tag_table_new(struct arena *arena)
{
    return (struct tag_table){
        .rules = arena_alloc(arena, node_tag_limit * sizeof(struct rule_list)),
        .is_wanted = arena_alloc(arena, node_tag_limit * sizeof(bool)),
    };
}

static void add_tags(struct arena *arena, struct tag_table *table,
                     size_t number)
{
    const NodeTag *tag = rule_table[number]->tags;

    for (; tag && *tag != T_Invalid; tag++) {
        add(arena, &table->rules[*tag], number);
        table->is_wanted[*tag] = true;
        table->has_tags = true;
    }
}

static void add_rule(struct arena *arena, struct dispatch *dispatch,
                     size_t number)
{
    const struct rule *rule = rule_table[number];

    dispatch->needs_locks = dispatch->needs_locks || rule->needs_locks;
    if (rule->check_statement)
        add(arena, &dispatch->statement, number);
    if (rule->check_body)
        add(arena, &dispatch->body, number);
    if (rule->check_failure)
        add(arena, &dispatch->failure, number);
    if (rule->check_unread)
        add(arena, &dispatch->unread, number);
    if (rule->check_section)
        add(arena, &dispatch->section, number);
    if (rule->check_source)
        add(arena, &dispatch->source, number);
    if (rule->check_migration)
        add(arena, &dispatch->migration, number);
    if (rule->check_down_step)
        add(arena, &dispatch->down_step, number);
    if (rule->finish)
        add(arena, &dispatch->finish, number);
    if (rule->check_column)
        add(arena, &dispatch->column, number);
    if (rule->check_suppression)
        add(arena, &dispatch->suppression, number);
}

const struct dispatch *dispatch_new(struct arena *arena,
                                    const struct lint_settings *settings,
                                    bool has_history, enum direction direction)
{
    struct dispatch *dispatch = arena_alloc(arena, sizeof *dispatch);
    struct tag_table nodes = tag_table_new(arena);
    struct tag_table inner = tag_table_new(arena);
    bool *asked = arena_alloc(arena, rule_count * sizeof *asked);

    for (size_t i = 0; i < rule_count; i++) {
        asked[i] = is_asked(i, settings, has_history, direction);
        if (!asked[i])
            continue;
        add_rule(arena, dispatch, i);
        add_tags(arena, &nodes, i);
        if (judges_bodies(rule_table[i]))
            add_tags(arena, &inner, i);
    }
    dispatch->by_tag = nodes.rules;
    dispatch->is_wanted = nodes.is_wanted;
    dispatch->has_tags = nodes.has_tags;
    dispatch->body_by_tag = inner.rules;
    dispatch->is_wanted_in_body = inner.is_wanted;
    dispatch->has_bodies = inner.has_tags || dispatch->body.count > 0;
    dispatch->is_asked = asked;
    return dispatch;
}
