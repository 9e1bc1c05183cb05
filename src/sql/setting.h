/*
 * What a statement does to the session's settings (search_path, lock_timeout,
 * role): SET, RESET, SELECT set_config(), DISCARD ALL.
 */
#ifndef SQL_SETTING_H
#define SQL_SETTING_H

#include "sql/ast.h"

#include "base/array.h"

enum setting_effect {
    SETTING_SET,
    SETTING_RESET, /* to what the session began with */
};

struct setting_change {
    const char *name; /* as in the tree: compare it whatever the case. Null:
                         all settings */
    enum setting_effect effect;
    bool is_local;                    /* until the transaction ends */
    const A_Const *is_local_argument; /* of set_config(); null for SET */
};

struct setting_change_array ARRAY(struct setting_change);

/* The changes of a top-level statement, in order; none for most. SET
 * TRANSACTION is none: it is of the transaction, never of the session. */
struct setting_change_array setting_changes(struct arena *arena,
                                            const Node *statement);

#endif
