/*
 * Storage options, by the lock that their change needs (the tables of
 * src/backend/access/common/reloptions.c): those that later work alone looks
 * at need little.
 */
#include "locks/study.h"

#include <string.h>

/* All others of tables and indexes need ACCESS EXCLUSIVE. */
static const char *const light_options[] = {
    "deduplicate_items",
    "fillfactor",
    "log_autovacuum_min_duration",
    "n_distinct",
    "n_distinct_inherited",
    "parallel_workers",
    "toast_tuple_target",
    "vacuum_index_cleanup",
    "vacuum_max_eager_freeze_failure_rate",
    "vacuum_truncate",
};

static bool is_light(const DefElem *option)
{
    if (strncmp(option->defname, "autovacuum_", 11) == 0)
        return true;
    for (size_t i = 0; i < sizeof light_options / sizeof *light_options; i++) {
        if (strcmp(option->defname, light_options[i]) == 0)
            return true;
    }
    return false;
}

enum lock_mode options_lock_mode(const List *options)
{
    foreach_node (DefElem, option, options) {
        if (!is_light(option))
            return LOCK_ACCESS_EXCLUSIVE;
    }
    return LOCK_SHARE_UPDATE_EXCLUSIVE;
}
