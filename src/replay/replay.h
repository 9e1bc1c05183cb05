/*
 * Carries out a statement on the schema, as a server would that accepts it.
 * What cannot be understood leaves the schema as it was, marked incomplete.
 */
#ifndef REPLAY_REPLAY_H
#define REPLAY_REPLAY_H

#include "input/source.h"
#include "schema/schema.h"

/* Why the server refuses a statement. */
struct replay_failure {
    const char *message; /* the server's primary message; null: it accepts the
                            statement, or we cannot tell */
    char sqlstate[6];
    struct span words; /* of the statement of a DO block that fails; length 0:
                          it is not one, or not in the file */
};

/*
 * The server is sure to refuse. After a statement that was not understood more
 * may be there than is known, or less; what then remains certain is of the
 * statement's own form, and of tables as they were made.
 */
bool replay_is_certain(const struct schema *schema,
                       const struct replay_failure *failure);

/*
 * source: where the statement stands; it must outlive the schema. BEGIN,
 * COMMIT, ROLLBACK, SAVEPOINT and ROLLBACK TO take effect. Plain DDL inside a
 * DO block counts as statements of the migration. failure may be null; its
 * message lives until the next statement.
 */
void replay_statement(struct schema *schema, struct source *source,
                      const struct statement *statement,
                      struct replay_failure *failure);

/* Who wants to see the statements of a DO block, each before it is carried
 * out: those that are, as far as that can be told; and the words of the file
 * that could not be read, of EXECUTE or all; null: nobody wants to know that. */
struct do_watcher {
    void (*before)(void *closure, const struct statement *statement);
    void (*unread)(void *closure, struct span words);
    void *closure;
};

/* replay_statement() of a DO block, watched. */
void replay_do_block(struct schema *schema, struct source *source,
                     const struct statement *statement,
                     const struct do_watcher *watcher,
                     struct replay_failure *failure);

/*
 * replay_statement() of a statement that is to be undone: it may be called while
 * a DO block is replayed, by who watches that. Not of BEGIN and the like, nor of
 * a DO block. False if the server refuses it, or it is not understood.
 */
bool replay_try(struct schema *schema, struct source *source,
                const struct statement *statement,
                struct replay_failure *failure);

/* What was done since is more, or less, than the statements say: nothing is
 * certain to be complete from here on. */
void replay_note_opaque(struct schema *schema);

/*
 * Remembers the schema, to come back to it: a migration's down step is judged
 * on the schema after its up step, and then forgotten. Savepoints nest.
 */
size_t replay_save(struct schema *schema);

/* Some object is not what it was then, or new; the session does not count. */
bool replay_has_changed(const struct schema *schema, size_t savepoint);
void replay_restore(struct schema *schema, size_t savepoint);

/*
 * The same for one statement, which is tried: it sees the transaction that it is
 * in. If replay_try() alone changed the schema, once, and replay_statement() is
 * called for that statement next, it does again what was done.
 */
size_t replay_save_for_try(struct schema *schema);
void replay_restore_after_try(struct schema *schema, size_t savepoint);

/* A section begins, all in one transaction or each statement by itself: what
 * SET LOCAL sets is then gone after it, unless the file has a BEGIN. */
void replay_begin_section(struct schema *schema, bool is_in_transaction);

/* The session is over, and another begins in the same section. */
void replay_reconnect(struct schema *schema);

/*
 * The section is over: session settings (search_path) go back to the default,
 * an explicit transaction left open is rolled back, and temporary relations go.
 */
void replay_end_section(struct schema *schema);

#endif
