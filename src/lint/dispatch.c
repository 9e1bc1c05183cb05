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
    if (!list->rules)
        list->rules = arena_alloc(arena, rule_count * sizeof *list->rules);
    list->rules[list->count++] = number;
}

static void add_rule(struct arena *arena, struct dispatch *dispatch,
                     struct rule_list *by_tag, bool *is_wanted, size_t number)
{
    const struct rule *rule = rule_table[number];

    for (const NodeTag *tag = rule->tags; tag && *tag != T_Invalid; tag++) {
        add(arena, &by_tag[*tag], number);
        is_wanted[*tag] = true;
        dispatch->has_tags = true;
    }
    dispatch->needs_locks = dispatch->needs_locks || rule->needs_locks;
    if (rule->check_statement)
        add(arena, &dispatch->statement, number);
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
    if (rule->check_suppression)
        add(arena, &dispatch->suppression, number);
}

const struct dispatch *dispatch_new(struct arena *arena,
                                    const struct lint_settings *settings,
                                    bool has_history, enum direction direction)
{
    struct dispatch *dispatch = arena_alloc(arena, sizeof *dispatch);
    struct rule_list *by_tag =
        arena_alloc(arena, node_tag_limit * sizeof *by_tag);
    bool *is_wanted = arena_alloc(arena, node_tag_limit * sizeof *is_wanted);
    bool *asked = arena_alloc(arena, rule_count * sizeof *asked);

    for (size_t i = 0; i < rule_count; i++) {
        asked[i] = is_asked(i, settings, has_history, direction);
        if (asked[i])
            add_rule(arena, dispatch, by_tag, is_wanted, i);
    }
    dispatch->by_tag = by_tag;
    dispatch->is_wanted = is_wanted;
    dispatch->is_asked = asked;
    return dispatch;
}
