/*
 * Answers what rules and grouping ask of a tool, from its row of the table
 * (tools.c): what transaction a section runs in, whether two versions are one,
 * what its author can write.
 */
#include "input/tool_rows.h"

#include <string.h>

const char *tool_name(const struct tool *tool)
{
    return tool->name;
}

const char *tool_bookkeeping_table(const struct tool *tool)
{
    return tool->bookkeeping_table;
}

bool tool_is_generator(const struct tool *tool)
{
    return tool->is_generator;
}

bool tool_runs_psql(const struct tool *tool)
{
    return tool->runs_psql;
}

bool tool_has_scattered_versions(const struct tool *tool)
{
    return tool->cut_all != NULL;
}

/* Of one of its sections; null if it has none. */
static const struct source *source_of(const struct migration *migration)
{
    if (migration->up.count)
        return migration->up.items[0].source;
    return migration->down.count ? migration->down.items[0].source : NULL;
}

bool tool_has_same_version(const struct tool *tool, const struct migration *a,
                           const struct migration *b)
{
    struct slice first = slice_from(a->version);
    struct slice second = slice_from(b->version);

    if (tool->cut_all)
        return slice_equal(first, second) && source_of(a) == source_of(b);
    if (tool->goes_by_names)
        return false;
    if (tool->compare_versions)
        return tool->compare_versions(first, second) == 0;
    return slice_compare_natural(first, second) == 0;
}

bool tool_may_have_name(const struct tool *tool, struct slice unit)
{
    if (!tool->pattern || !unit.length)
        return false;
    if (!tool->initials)
        return unit.start[0] >= '0' && unit.start[0] <= '9';
    return !*tool->initials ||
           memchr(tool->initials, unit.start[0], strlen(tool->initials));
}

enum down_policy tool_down_policy(const struct tool *tool)
{
    return tool->down;
}

bool tool_has_history(const struct tool *tool)
{
    return tool->pattern != NULL;
}

enum transaction_kind tool_transaction(const struct tool *tool,
                                       const struct section *section,
                                       const struct slice *statements,
                                       size_t count)
{
    enum transaction_kind kind = tool->transaction(section, statements, count);

    if (kind == TRANSACTION_NONE && section->is_string)
        return transaction_of_string(section, statements, count);
    return kind;
}

bool tool_refuses_mixture(const struct history *history,
                          const struct slice *statements, size_t count)
{
    const struct tool *tool = history->tool;
    size_t alone = 0;

    if (!tool->runs_alone || history->allows_mixture)
        return false;
    for (size_t i = 0; i < count; i++)
        alone += tool->runs_alone(statements[i]);
    return alone > 0 && alone < count;
}

const char *tool_opt_out_advice(const struct tool *tool,
                                const struct section *section)
{
    return tool->opt_out_advice ? tool->opt_out_advice(section) : NULL;
}

const char *tool_down_advice(const struct tool *tool)
{
    return tool->down_advice;
}

const char *tool_down_line_prefix(const struct tool *tool)
{
    return tool->down_line_prefix ? tool->down_line_prefix : "";
}

const char *transaction_kind_name(enum transaction_kind kind)
{
    switch (kind) {
    case TRANSACTION_NONE: return "none";
    case TRANSACTION_EXPLICIT: return "explicit";
    case TRANSACTION_TOOL: return "tool";
    case TRANSACTION_IMPLICIT: return "implicit";
    case TRANSACTION_PIPELINE: return "pipeline";
    }
    return "none";
}
