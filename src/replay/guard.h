/*
 * The conditions of DO blocks that ask the catalogs: answered from the model,
 * where the answer is certain.
 */
#ifndef REPLAY_GUARD_H
#define REPLAY_GUARD_H

#include "replay/context.h"

enum guard_answer {
    ANSWER_UNKNOWN,
    ANSWER_NO, /* false, or null */
    ANSWER_YES,
};

/* found: what FOUND is. */
enum guard_answer guard_ask(struct replay *replay, const Node *condition,
                            enum guard_answer found);

/* Whether the query, which PERFORM runs, gives a row. */
enum guard_answer guard_finds(struct replay *replay, const Node *query);

/* The text that the expression of EXECUTE gives; null if that is not known. In
 * the scratch arena. */
const char *guard_text(struct replay *replay, const Node *expression);

#endif
