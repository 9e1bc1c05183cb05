/*
 * What rules about locks have in common: whom a lock makes wait, in plain
 * words, which lock of a statement is worth telling, and the lines of help that
 * keep a wait short.
 *
 * Texts live in check->arena or for ever.
 */
#ifndef LINT_LOCK_ADVICE_H
#define LINT_LOCK_ADVICE_H

#include "lint/advice.h"

/* "reads and writes", "writes": what waits for SHARE or a stronger lock. */
const char *lock_advice_blocked(enum lock_mode mode);

/* A locked relation as messages name it: `"orders"`, `"app.orders"`. */
const char *lock_advice_name(struct check *check, const char *schema,
                             const char *name);

/* Tables and materialized views: what applications wait for. */
bool lock_advice_is_table(enum relation_kind kind);

/*
 * The strongest lock of the statement, of those that are at least so strong, on
 * tables that are not new, and which its transaction does not hold already.
 * Null if there is none.
 */
const struct lock *lock_advice_strongest(struct check *check,
                                         enum lock_mode least);

/* The statement's own lock on the relation of that name; null if it has none, or
 * would fail. */
const struct lock *lock_advice_on(struct check *check,
                                  struct qualified_name name);

/* The statement's first words: `ALTER TABLE`, `CREATE UNIQUE INDEX`. */
struct span lock_advice_command(const struct check *check);
const char *lock_advice_command_text(struct check *check);

/* `SET LOCAL lock_timeout = '5s';`, without LOCAL where every statement is by
 * itself. */
const char *lock_advice_set_timeout(struct check *check,
                                    enum session_timeout timeout);

/* What lock-timeout-missing and statement-timeout-missing judge: the first
 * statement of a transaction that locks a table without this timeout. Null for
 * any other statement; else its lock. */
const struct lock *lock_advice_without_timeout(struct check *check,
                                               enum session_timeout timeout);

#endif
