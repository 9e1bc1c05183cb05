/*
 * The objects that a DROP names, one after the other: what the rules about DROP
 * have in common.
 */
#ifndef LINT_DROPPED_H
#define LINT_DROPPED_H

#include "lint/former.h"

/* One of them. */
struct dropped {
    const DropStmt *drop;
    const Node *node;           /* that names it: the cause of a finding */
    struct qualified_name name; /* as written */
    struct span words;
    const struct object *object; /* null: not known */
};

/* Where in the statement one is. */
struct dropped_walk {
    const DropStmt *drop;
    int next;      /* of drop->objects */
    size_t offset; /* where its words are looked for */
};

struct dropped_walk dropped_walk_of(const struct check *check,
                                    const DropStmt *drop);

/* The next that is there: not what IF EXISTS does not find. False after the
 * last. */
bool dropped_next(struct check *check, struct dropped_walk *walk,
                  struct dropped *dropped);

/* `DROP VIEW "v"`, for messages. */
const char *dropped_statement_name(struct check *check,
                                   const struct dropped *dropped);

/*
 * Those of one DROP that code will miss alike: one finding, at the first of
 * them, names them all.
 */
struct dropped_group {
    const char *drop;        /* `DROP VIEW` */
    const char *does;        /* what code did with them: "reads" */
    const char *doing;       /* "reading" */
    struct finding *finding; /* of the first; null: there is none yet */
    struct buffer names;     /* for the message */
    struct buffer statement; /* for the help */
    size_t count;
};

/* An empty one, in check->arena. The words are to be literals. */
struct dropped_group *dropped_group_of(struct check *check,
                                       const DropStmt *drop, const char *does,
                                       const char *doing);

/* That code which does so with this one fails; for confirm to go back on. */
struct finding *dropped_report(struct check *check,
                               const struct dropped *dropped,
                               const struct dropped_group *group);

/* In confirm, of a finding that stays as it was reported: whether it is heard.
 * If not, that of the group names the object too. */
bool dropped_join(struct check *check, struct dropped_group *group,
                  struct finding *finding, struct qualified_name name);

/* The help of a drop that code may notice: the same in a release after the one
 * that `stops` ("stops reading it"), or an allowance. */
const char *dropped_later(struct check *check, const struct dropped *dropped,
                          const char *stops);

#endif
