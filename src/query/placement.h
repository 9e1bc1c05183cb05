/*
 * Where aggregates, window functions and functions that return sets may stand:
 * check_agglevels_and_constraints(), transformWindowFuncCall() of parse_agg.c,
 * check_srf_call_placement() of parse_func.c.
 */
#ifndef QUERY_PLACEMENT_H
#define QUERY_PLACEMENT_H

#include "query/analysis.h"

void placement_check_window(struct scope *scope, ParseLoc location);

/* An aggregate, or one with OVER. */
void placement_check(struct scope *scope, struct aggregate *aggregate,
                     bool is_window, ParseLoc location);

/* No call that returns sets may have been met since there were so many: not
 * within what the message names. */
void placement_forbid_sets(struct scope *scope, size_t set_count,
                           const char *message, ParseLoc location);
void placement_check_set(struct scope *scope, ParseLoc location);

#endif
