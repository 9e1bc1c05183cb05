/*
 * Which statements the server refuses inside a transaction block: those that
 * need several transactions of their own, or change what no rollback brings
 * back.
 *
 * The callers of PreventInTransactionBlock() in the server's source, tried out
 * on 13 to 18. DROP SUBSCRIPTION is left out: it depends on whether the
 * subscription has a slot, which no migration tells.
 */
#ifndef SCHEMA_TRANSACTION_BLOCK_H
#define SCHEMA_TRANSACTION_BLOCK_H

#include "schema/schema.h"
#include "sql/lexer.h"

/* One statement that is refused. */
struct transaction_refusal {
    const char *command;    /* as the server's error calls it */
    const char *last_words; /* the keyword up to which the statement's words
                               are at fault */
    struct qualified_name object; /* what it is done to (CREATE INDEX: the
                                     table); name null if nothing is named.
                                     Strings of the tree */
};

/*
 * Whether a server of this version, with the schema before the statement,
 * refuses it in a transaction block; then fills refusal. Nodes of any other
 * tag are never refused.
 */
bool transaction_block_refuses(const struct schema *schema,
                               int postgres_version, const Node *node,
                               struct transaction_refusal *refusal);

/*
 * The same of a text that cannot be parsed, like the beginning of a dynamic
 * statement: by the words at this offset. Returns where the last of them ends,
 * and which command it is; 0 if it is none.
 */
size_t transaction_block_refuses_words(struct slice text, size_t offset,
                                       const char **command);

#endif
