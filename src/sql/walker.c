/*
 * The walk over parse trees, with a stack of its own: lint/run.c drives all
 * rules with it, and whoever looks for something in a tree uses it too. What a
 * node's children are, the field table says.
 */
#include "sql/walker.h"

#include "sql/fields.h"

#include <string.h>

/* A node or list whose children are being visited. */
struct walk_frame {
    const Node *node;
    const uint16_t *children; /* offsets of a node's children; null: a list */
    uint32_t next;            /* the child to visit next */
    uint32_t end;
};

/*
 * While a walk within the walk makes the stack grow, the old one stays readable
 * in the arena, so frames is valid for the whole visit.
 */
struct walk {
    const struct walk_frame *frames; /* the root's first */
    size_t frame_count;
    size_t depth; /* frames that are not lists */
};

#define FRAMES_MIN 256

void walker_init(struct walker *walker)
{
    *walker = (struct walker){0};
    arena_init(&walker->arena);
}

void walker_release(struct walker *walker)
{
    arena_release(&walker->arena);
    *walker = (struct walker){0};
}

static void grow(struct walker *walker)
{
    size_t capacity = walker->capacity ? walker->capacity * 2 : FRAMES_MIN;
    struct walk_frame *frames =
        arena_alloc(&walker->arena, capacity * sizeof *frames);

    if (walker->capacity)
        memcpy(frames, walker->frames, walker->capacity * sizeof *frames);
    walker->frames = frames;
    walker->capacity = capacity;
}

static bool is_list(const struct walk_frame *frame)
{
    return frame->children == NULL;
}

/* False if the node has no children that are to be visited. */
static bool open_node(struct walk_frame *frame, const Node *node)
{
    const struct node_type *type = node_type_of(nodeTag(node));

    if (!type || type->child_count == 0)
        return false;
    /* Nested SET (a, b) = (SELECT ...) would take exponential time. */
    if (nodeTag(node) == T_MultiAssignRef &&
        ((const MultiAssignRef *)node)->colno != 1)
        return false;
    *frame = (struct walk_frame){.node = node,
                                 .children = type->children,
                                 .end = type->child_count};
    return true;
}

static bool open_list(struct walk_frame *frame, const Node *node)
{
    const List *list = (const List *)node;

    if (list->length == 0)
        return false;
    *frame = (struct walk_frame){.node = node, .end = (uint32_t)list->length};
    return true;
}

/* Visits the node or passes into the list; true if it has children to visit,
 * which top then holds. */
static bool enter(struct walk_frame *top, const Node *node, walk_visit *visit,
                  void *closure, const struct walk *walk)
{
    if (nodeTag(node) == T_List)
        return open_list(top, node);
    if (!node_type_of(nodeTag(node)) || !visit(closure, node, walk))
        return false;
    return open_node(top, node);
}

/* The frame's next child that there is; null after the last. Most fields of
 * most nodes are empty: this is the walk's innermost loop. */
static const Node *next_child(struct walk_frame *frame)
{
    uint32_t next = frame->next;
    const Node *child = NULL;

    if (is_list(frame)) {
        const ListCell *cells = ((const List *)frame->node)->elements;

        while (!child && next < frame->end)
            child = cells[next++].ptr_value;
    } else {
        const char *node = (const char *)frame->node;

        while (!child && next < frame->end)
            child = *(const Node *const *)(node + frame->children[next++]);
    }
    frame->next = next;
    return child;
}

/* Leaves what has been visited wholly; null when that is everything. */
static const Node *next_node(struct walk *walk, struct walk_frame *frames)
{
    while (walk->frame_count > 0) {
        struct walk_frame *top = &frames[walk->frame_count - 1];
        const Node *child = next_child(top);

        if (child)
            return child;
        walk->depth -= !is_list(top);
        walk->frame_count--;
    }
    return NULL;
}

void walk_tree(struct walker *walker, const Node *root, walk_visit *visit,
               void *closure)
{
    const size_t base = walker->frame_count;
    struct walk walk = {0};
    const Node *node = root;

    if (!walker->frames)
        grow(walker);
    while (node) {
        struct walk_frame entered;

        walker->frame_count = base + walk.frame_count;
        walk.frames = walker->frames + base;
        if (enter(&entered, node, visit, closure, &walk)) {
            if (walker->frame_count == walker->capacity)
                grow(walker);
            walker->frames[walker->frame_count] = entered;
            walk.frame_count++;
            walk.depth += !is_list(&entered);
        }
        node = next_node(&walk, walker->frames + base);
    }
    walker->frame_count = base;
}

/* The frame of an ancestor, from the nearer end: rules ask for the parent and
 * for the root of trees that may be 100,000 deep. */
static const struct walk_frame *find_frame(const struct walk *walk, size_t up)
{
    const struct walk_frame *frame;
    size_t down;

    if (up >= walk->depth)
        return NULL;
    down = walk->depth - 1 - up;
    if (down < up) {
        for (frame = walk->frames; is_list(frame) || down-- > 0;)
            frame++;
    } else {
        frame = walk->frames + walk->frame_count - 1;
        while (is_list(frame) || up-- > 0)
            frame--;
    }
    return frame;
}

const Node *walk_ancestor(const struct walk *walk, size_t up)
{
    const struct walk_frame *frame = find_frame(walk, up);

    return frame ? frame->node : NULL;
}

size_t walk_field(const struct walk *walk, size_t up)
{
    const struct walk_frame *frame = find_frame(walk, up);

    return frame ? frame->children[frame->next - 1] : (size_t)-1;
}

size_t walk_depth(const struct walk *walk)
{
    return walk->depth;
}
