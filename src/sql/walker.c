/*
 * The walk over parse trees, with a stack of its own: lint/judge.c drives all
 * rules with it, and whoever looks for something in a tree uses it too. What a
 * node's children are, the field table says.
 */
#include "sql/walker.h"

#include "sql/fields.h"

#include <string.h>

/*
 * While a walk within the walk makes the stack grow, the old one stays readable
 * in the walker or its arena, so frames is valid for the whole visit.
 */
struct walk {
    const struct walk_frame *frames; /* the root's first */
    size_t frame_count;
    size_t depth; /* frames that are not lists */
};

/* What is in `first` matters to nobody before it is pushed. */
void walker_init(struct walker *walker)
{
    arena_init(&walker->arena);
    walker->frames = NULL;
    walker->frame_count = 0;
    walker->capacity = 0;
}

void walker_release(struct walker *walker)
{
    arena_release(&walker->arena);
    walker_init(walker);
}

static void begin(struct walker *walker)
{
    walker->frames = walker->first;
    walker->capacity = sizeof walker->first / sizeof *walker->first;
}

static void grow(struct walker *walker)
{
    size_t capacity = walker->capacity * 2;
    struct walk_frame *frames =
        arena_alloc(&walker->arena, capacity * sizeof *frames);

    memcpy(frames, walker->frames, walker->capacity * sizeof *frames);
    walker->frames = frames;
    walker->capacity = capacity;
}

static bool is_list(const struct walk_frame *frame)
{
    return frame->children == NULL;
}

/* A list of one, as most are, needs no frame: it is what it holds. Null for
 * what holds nothing. */
static inline const Node *pass_lists(const Node *node)
{
    while (node && nodeTag(node) == T_List && ((const List *)node)->length <= 1)
        node = ((const List *)node)->length
                   ? ((const List *)node)->elements[0].ptr_value
                   : NULL;
    return node;
}

/* Nothing is to be done with this node, nor below it: half of all nodes are the
 * strings that names are made of. */
static inline bool is_plain(const Node *node, const bool *wanted)
{
    NodeTag tag = nodeTag(node);

    return tag != T_List && (size_t)tag < node_tag_limit && !wanted[tag] &&
           node_types[tag].child_count == 0;
}

/* The same for a list of nothing else: a name with dots, a row of VALUES. */
static bool is_list_plain(const List *list, const bool *wanted)
{
    for (int i = 0; i < list->length; i++) {
        const Node *item = list->elements[i].ptr_value;

        if (item && !is_plain(item, wanted))
            return false;
    }
    return true;
}

static inline bool is_passed(const Node *node, const bool *wanted)
{
    if (!wanted)
        return false;
    return nodeTag(node) == T_List ? is_list_plain((const List *)node, wanted)
                                   : is_plain(node, wanted);
}

/* The frame's next child to do something with; null after the last. This is
 * the walk's innermost loop: most fields of most nodes are empty. */
static inline const Node *next_child(struct walk_frame *frame,
                                     const bool *wanted)
{
    uint32_t next = frame->next;
    const Node *child = NULL;

    /* What has no children may be too small to be read as a list. */
    if (next == frame->end)
        return NULL;
    if (is_list(frame)) {
        const ListCell *cells = ((const List *)frame->node)->elements;

        while (!child && next < frame->end) {
            child = pass_lists(cells[next++].ptr_value);
            if (child && is_passed(child, wanted))
                child = NULL;
        }
    } else {
        const char *node = (const char *)frame->node;

        while (!child && next < frame->end) {
            child = *(const Node *const *)(node + frame->children[next++]);
            child = pass_lists(child);
            if (child && is_passed(child, wanted))
                child = NULL;
        }
    }
    frame->next = next;
    return child;
}

/* A frame whose children are the node's or list's that are to be visited. */
static inline struct walk_frame frame_of(const Node *node,
                                         const struct node_type *type)
{
    struct walk_frame frame = {.node = node};

    if (nodeTag(node) == T_List) {
        frame.end = (uint32_t)((const List *)node)->length;
    } else if (type) {
        frame.children = type->children;
        /* Nested SET (a, b) = (SELECT ...) would take exponential time. */
        if (nodeTag(node) != T_MultiAssignRef ||
            ((const MultiAssignRef *)node)->colno == 1)
            frame.end = type->child_count;
    }
    return frame;
}

static inline void push(struct walker *walker, const struct walk_frame *frame)
{
    if (walker->frame_count == walker->capacity)
        grow(walker);
    walker->frames[walker->frame_count++] = *frame;
}

/*
 * The frame that is being gone through stands outside of the stack until a
 * child is found: most nodes have none to go to, and never get there.
 */
void walk_tree_for(struct walker *walker, const Node *root, const bool *wanted,
                   walk_visit *visit, void *closure)
{
    const size_t base = walker->frame_count;
    const Node *node = pass_lists(root);
    size_t depth = 0;

    if (!walker->frames)
        begin(walker);
    while (node) {
        const struct node_type *type = node_type_of(nodeTag(node));
        struct walk_frame frame = frame_of(node, type);

        if (type && (!wanted || wanted[nodeTag(node)])) {
            struct walk walk = {walker->frames + base,
                                walker->frame_count - base, depth};

            if (!visit(closure, node, &walk))
                frame.end = 0;
        }
        while (!(node = next_child(&frame, wanted))) {
            if (walker->frame_count == base)
                return;
            frame = walker->frames[--walker->frame_count];
            depth -= !is_list(&frame);
        }
        push(walker, &frame);
        depth += !is_list(&frame);
    }
}

void walk_tree(struct walker *walker, const Node *root, walk_visit *visit,
               void *closure)
{
    walk_tree_for(walker, root, NULL, visit, closure);
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

const Node *walk_next_ancestor(const struct walk *walk, size_t *at)
{
    const struct walk_frame *frame;

    do {
        if (*at == walk->frame_count)
            return NULL;
        frame = &walk->frames[walk->frame_count - ++*at];
    } while (is_list(frame));
    return frame->node;
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
