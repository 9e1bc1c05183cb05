/*
 * WINDOW and OVER: their expressions, and what one may take from another.
 * (transformWindowDefinitions() of parse_clause.c)
 */
#include "query/analysis.h"

#include <string.h>

/* What a frame asks of ORDER BY (transformWindowDefinitions). */
static void check_frame(struct scope *scope, const WindowDef *window,
                        const WindowDef *base)
{
    int options = window->frameOptions;
    const List *order =
        base && base->orderClause ? base->orderClause : window->orderClause;

    /* Which may have its own from yet another. */
    if (base && base->refname && !order)
        return;

    if ((options & FRAMEOPTION_RANGE) && list_length(order) != 1 &&
        (options & (FRAMEOPTION_START_OFFSET | FRAMEOPTION_END_OFFSET)))
        analysis_fail(scope->analysis, window->location, "42P20",
                      "RANGE with offset PRECEDING/FOLLOWING requires exactly "
                      "one ORDER BY column");
    if ((options & FRAMEOPTION_GROUPS) && !order)
        analysis_fail(scope->analysis, window->location, "42P20",
                      "GROUPS mode requires an ORDER BY clause");
}

/* OVER (w ...) may add an order and a frame, if w has none. */
static void check_base(struct scope *scope, const WindowDef *window,
                       const WindowDef *base)
{
    const char *what = NULL;

    if (window->partitionClause)
        what = "PARTITION BY";
    else if (window->orderClause && base->orderClause)
        what = "ORDER BY";
    if (what)
        analysis_fail(scope->analysis, window->location, "42P20",
                      "cannot override %s clause of window \"%s\"", what,
                      base->name);
    else if (base->frameOptions != FRAMEOPTION_DEFAULTS)
        analysis_fail(scope->analysis, window->location, "42P20",
                      "cannot copy window \"%s\" because it has a frame clause",
                      base->name);
}

static void window_definition(struct scope *scope, const WindowDef *window,
                              const WindowDef *base)
{
    expression_list(scope, window->partitionClause, PART_WINDOW);
    order_expressions(scope, window->orderClause, PART_WINDOW);
    expression_in_part(scope, window->startOffset, PART_WINDOW);
    expression_in_part(scope, window->endOffset, PART_WINDOW);
    if (base)
        check_base(scope, window, base);
    check_frame(scope, window, base);
}

/* The window of that name among the first so many; null if there is none, or
 * name is null. */
static const WindowDef *find_window(const List *windows, int count,
                                    const char *name)
{
    for (int i = 0; name && i < count; i++) {
        const WindowDef *window = list_nth(windows, i);

        if (strcmp(window->name, name) == 0)
            return window;
    }
    return NULL;
}

/* What it says after WINDOW may begin with another that stands before. */
static void named_window(struct scope *scope, const List *windows, int index)
{
    const WindowDef *window = list_nth(windows, index);
    const WindowDef *base = find_window(windows, index, window->refname);

    if (find_window(windows, index, window->name))
        analysis_fail(scope->analysis, window->location, "42P20",
                      "window \"%s\" is already defined", window->name);
    if (window->refname && !base)
        analysis_fail(scope->analysis, window->location, "42704",
                      "window \"%s\" does not exist", window->refname);
    window_definition(scope, window, base);
}

/* WINDOW w AS (...), and those that stand after OVER. */
void window_clause(struct scope *scope, const List *windows)
{
    int count = list_length(windows);

    if (!analysis_step(scope->analysis, (size_t)count * (size_t)count / 8 + 1))
        return;
    for (int i = 0; i < count; i++)
        named_window(scope, windows, i);
    for (struct window_use *use = scope->window_uses; use; use = use->next) {
        const char *name =
            use->window->name ? use->window->name : use->window->refname;
        const WindowDef *base = find_window(windows, count, name);

        if (name && !base)
            analysis_fail(scope->analysis, use->window->location, "42704",
                          "window \"%s\" does not exist", name);
        if (!use->window->name)
            window_definition(scope, use->window, base);
    }
}
