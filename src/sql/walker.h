/*
 * Visits every node of a tree once, parents first, without recursion: chains
 * of 100,000 operators do not overflow the stack.
 *
 * Lists are passed through and never visited; the value inside an A_Const is
 * part of it. MultiAssignRef.source is shared by all columns of
 * SET (a, b) = ...; it is visited once, below the first (gram.y).
 */
#ifndef SQL_WALKER_H
#define SQL_WALKER_H

#include "sql/ast.h"

#include "base/arena.h"

/* What led to the node that is being visited. Valid during the visit. */
struct walk;

/*
 * Called for each node; false leaves its children out.
 */
typedef bool walk_visit(void *closure, const Node *node,
                        const struct walk *walk);

/* A node or list whose children are being visited: walker.c's own. */
struct walk_frame {
    const Node *node;
    const uint16_t *children; /* offsets of a node's children; null: a list */
    uint32_t next;            /* the child to visit next */
    uint32_t end;
};

/*
 * One per thread; its stack is used again by the next walk. A visit may start
 * another walk with the same walker. Most trees are so low that a walker on the
 * stack needs no other memory.
 */
struct walker {
    struct arena arena;
    struct walk_frame *frames; /* null before the first walk */
    size_t frame_count;        /* of the walks under way */
    size_t capacity;
    struct walk_frame first[32];
};

void walker_init(struct walker *walker);
void walker_release(struct walker *walker);

/* root may be null. */
void walk_tree(struct walker *walker, const Node *root, walk_visit *visit,
               void *closure);

/*
 * The same for nodes whose tags are wanted: a truth value for each tag below
 * node_tag_limit (sql/fields.h). The walk goes through the others without a
 * visit.
 */
void walk_tree_for(struct walker *walker, const Node *root, const bool *wanted,
                   walk_visit *visit, void *closure);

/*
 * The node above the visited one: 0 is its parent, 1 the parent's parent;
 * null above the root. Lists do not count.
 */
const Node *walk_ancestor(const struct walk *walk, size_t up);

/*
 * The ancestors one by one, parents first, null above the root: at is 0 before
 * the first. Where many are asked for: walk_ancestor() counts them each time.
 */
const Node *walk_next_ancestor(const struct walk *walk, size_t *at);

/*
 * The offset, within that ancestor's struct, of the field through which the
 * walk came down from it: compare with offsetof(SelectStmt, targetList).
 * (size_t)-1 above the root.
 */
size_t walk_field(const struct walk *walk, size_t up);

/* How many ancestors there are. */
size_t walk_depth(const struct walk *walk);

#endif
