/*
 * A sequence's options, of CREATE and ALTER SEQUENCE and of identity columns,
 * with the server's checks.
 */
#ifndef REPLAY_SEQUENCE_OPTIONS_H
#define REPLAY_SEQUENCE_OPTIONS_H

#include "replay/context.h"

/* All of a sequence that options change. */
struct sequence_settings {
    struct data_type type;
    struct sequence_values values;
};

/* The settings of a new sequence without options. */
struct sequence_settings sequence_default_settings(struct type *type);

/*
 * The settings after these options. type null: of a new sequence; then that is
 * bigint unless AS says so. owner: the names after OWNED BY; null if there are
 * none. False, told, if the server refuses. An identity column's SEQUENCE NAME
 * is passed over, and AS conflicts with the column's own type.
 */
bool sequence_read_options(struct replay *replay, const List *options,
                           bool is_new, bool is_identity,
                           struct sequence_settings *settings,
                           const List **owner);

/* ALTER SEQUENCE with these options, also of an identity column's. */
bool sequence_alter(struct replay *replay, struct sequence *sequence,
                    const List *options, bool is_identity);

/* The kind of relation may own sequences; else it is told. */
bool sequence_may_be_owned(struct replay *replay,
                           const struct relation *relation);

/* A sequence there may be owned by what OWNED BY names, null: nothing. */
bool sequence_check_owner(struct replay *replay,
                          const struct namespace *namespace, const List *names);

/* Gives them to the sequence. */
void sequence_apply_settings(struct replay *replay, struct sequence *sequence,
                             const struct sequence_settings *settings);

#endif
