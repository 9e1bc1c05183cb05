/*
 * What a DROP takes: all that depends on what is named is looked for first,
 * then the refusal is decided, then everything goes, dependents before what
 * they need. The search is the server's findDependentObjects() with a stack
 * of its own: chains of views may be long.
 */
#include "replay/deletion.h"

#include "replay/dependency.h"

/* How an object was reached: object.deletion_flags. */
enum deletion_flag {
    FLAG_ORIGINAL = 1 << 0, /* named by the statement */
    FLAG_NORMAL = 1 << 1,
    FLAG_AUTO = 1 << 2,
    FLAG_INTERNAL = 1 << 3,
    FLAG_EXTENSION = 1 << 4,
    FLAG_PARTITION = 1 << 5, /* from what it is the part of, in a partition */
    FLAG_IS_PART = 1 << 6,   /* it is such a part */
    FLAG_REVERSE = 1 << 7,   /* from a part of it */
    FLAG_NAMED = 1 << 8,     /* on the list of those still to be searched */
};

#define FLAGS_SILENT \
    (FLAG_AUTO | FLAG_INTERNAL | FLAG_EXTENSION | FLAG_PARTITION)

/* A table goes with its constraints, indexes, sequences and defaults. */
#define USUAL_COUNT 16
#define USUAL_DEPTH 4

/* An object whose dependents are being searched. */
struct search_frame {
    struct object *object;
    struct dependency_end_array dependents;
    size_t next;
};

struct search_frame_array ARRAY(struct search_frame);

/* Asked for, but not looked at yet. */
struct request {
    struct object *object;
    unsigned flags;
};

struct deletion {
    struct replay *replay;
    struct search_frame_array stack;
    struct object_array found;   /* dependents first */
    struct object_array touched; /* all that have flags */
    bool is_internal;            /* parts may go alone */
    bool is_refused;             /* which has been told */
};

static void add_flags(struct deletion *deletion, struct object *object,
                      unsigned flags)
{
    if (object->deletion_flags == 0)
        *array_push(&deletion->replay->schema->scratch, &deletion->touched) =
            object;
    object->deletion_flags = (uint16_t)(object->deletion_flags | flags);
}

/* Its table goes, or is about to. */
static bool goes_with_table(const struct object *object)
{
    return object->class == CLASS_COLUMN &&
           ((const struct column *)object)
                   ->table->relation.object.deletion_state != DELETION_NONE;
}

static void refuse_part(struct deletion *deletion, struct object *part,
                        struct object *owner)
{
    struct replay *replay = deletion->replay;

    deletion->is_refused = true;
    replay_fail(replay, "2BP01", "cannot drop %s because %s requires it",
                object_description(replay, part),
                object_description(replay, owner));
}

/*
 * What the object is a part of. Named by the statement it cannot go alone;
 * reached from elsewhere, the whole goes. Null: it may go.
 */
static struct object *find_whole(struct deletion *deletion,
                                 struct object *object, bool *is_pending)
{
    struct dependency_end_array owners =
        dependency_owners(deletion->replay, object);
    bool is_named = deletion->stack.count == 0;
    struct object *whole = NULL, *partition = NULL;

    for (size_t i = 0; i < owners.count; i++) {
        struct object *owner = owners.items[i].object;

        if (owners.items[i].kind == DEPENDENCY_PARTITION) {
            add_flags(deletion, object, FLAG_IS_PART);
            partition = owner;
            continue;
        }
        if (is_named && (owner->deletion_flags & FLAG_NAMED)) {
            *is_pending = true;
            return NULL;
        }
        if (is_named) {
            if (!whole || owners.items[i].kind == DEPENDENCY_EXTENSION)
                whole = owner;
        } else if (owner->deletion_state != DELETION_ENTERED &&
                   !(owner->class == CLASS_COLUMN && goes_with_table(owner))) {
            return owner;
        }
    }
    if (whole && deletion->is_internal)
        return NULL;
    if (whole)
        refuse_part(deletion, object, partition ? partition : whole);
    return NULL;
}

/* Begins with the object, or with the whole that it is a part of. */
static void enter(struct deletion *deletion, struct object *object,
                  unsigned flags)
{
    struct search_frame *frame;
    struct object *whole;
    bool is_pending = false;

    for (;;) {
        if (object->deletion_state != DELETION_NONE) {
            add_flags(deletion, object, flags);
            return;
        }
        if (goes_with_table(object))
            return;
        add_flags(deletion, object, flags);
        whole = find_whole(deletion, object, &is_pending);
        if (is_pending || deletion->is_refused)
            return;
        if (!whole)
            break;
        /* One that was found has all that belongs to it. */
        if (whole->deletion_state == DELETION_FOUND)
            break;
        object = whole;
        flags = FLAG_REVERSE;
    }
    object->deletion_state = DELETION_ENTERED;
    frame = array_push(&deletion->replay->schema->scratch, &deletion->stack);
    frame->object = object;
    frame->dependents = dependency_dependents(deletion->replay, object);
}

static unsigned flag_of_kind(enum dependency_kind kind)
{
    switch (kind) {
    case DEPENDENCY_NORMAL: return FLAG_NORMAL;
    case DEPENDENCY_AUTO: return FLAG_AUTO;
    case DEPENDENCY_INTERNAL: return FLAG_INTERNAL;
    case DEPENDENCY_EXTENSION: return FLAG_EXTENSION;
    case DEPENDENCY_PARTITION: return FLAG_PARTITION;
    }
    return FLAG_NORMAL;
}

static void search(struct deletion *deletion, struct object *object)
{
    struct arena *scratch = &deletion->replay->schema->scratch;

    enter(deletion, object, FLAG_ORIGINAL);
    while (deletion->stack.count > 0 && !deletion->is_refused) {
        struct search_frame *frame =
            &deletion->stack.items[deletion->stack.count - 1];

        if (frame->next < frame->dependents.count) {
            struct dependency_end end = frame->dependents.items[frame->next++];

            enter(deletion, end.object, flag_of_kind(end.kind));
            continue;
        }
        frame->object->deletion_state = DELETION_FOUND;
        *array_push(scratch, &deletion->found) = frame->object;
        deletion->stack.count--;
    }
}

/* Whoever says which part of a partition goes must say which whole. */
static struct object *partition_owner(struct replay *replay,
                                      struct object *object)
{
    struct dependency_end_array owners = dependency_owners(replay, object);

    for (size_t i = 0; i < owners.count; i++) {
        if (owners.items[i].kind == DEPENDENCY_PARTITION)
            return owners.items[i].object;
    }
    return NULL;
}

/* The server would refuse, but for what we may not know: whether tables lose
 * these columns is not certain. */
static void doubt(struct deletion *deletion)
{
    struct schema *schema = deletion->replay->schema;

    for (size_t i = 0; i < deletion->found.count; i++) {
        const struct object *object = deletion->found.items[i];
        struct table *table = object->class == CLASS_COLUMN
                                  ? ((const struct column *)object)->table
                                  : NULL;

        if (table && table->is_complete)
            SET(schema, table->is_complete, false);
    }
}

/* As reportDependentObjects() decides. */
static bool may_go(struct deletion *deletion,
                   const struct object_array *objects, bool is_cascade)
{
    struct replay *replay = deletion->replay;
    bool is_refused = false;

    for (size_t i = 0; i < deletion->found.count; i++) {
        struct object *object = deletion->found.items[i];
        unsigned flags = object->deletion_flags;

        if ((flags & FLAG_IS_PART) && !(flags & FLAG_PARTITION) &&
            !deletion->is_internal && replay_refuse(replay)) {
            refuse_part(deletion, object, partition_owner(replay, object));
            return false;
        }
        if (!(flags & FLAG_ORIGINAL) && !(flags & FLAGS_SILENT) &&
            !goes_with_table(object))
            is_refused = true;
    }
    if (!is_refused || is_cascade)
        return true;
    if (!replay_refuse(replay)) {
        doubt(deletion);
        return true;
    }
    if (objects->count == 1)
        return replay_fail(replay, "2BP01",
                           "cannot drop %s because other objects depend on it",
                           object_description(replay, objects->items[0]));
    return replay_fail(replay, "2BP01",
                       "cannot drop desired object(s) because other objects "
                       "depend on them");
}

/* What the server's notices list, and what the statement names: ends[i] is how
 * many were found when the i-th had been searched. */
static void note_taken(struct deletion *deletion,
                       const struct object_array *objects, const size_t *ends)
{
    struct watch *watch = deletion->replay->schema->watch;
    size_t next = 0;

    for (size_t i = 0; i < objects->count; i++) {
        for (; next < ends[i]; next++) {
            struct object *object = deletion->found.items[next];
            bool is_named = (object->deletion_flags & FLAG_ORIGINAL) != 0;

            if (!is_named && ((object->deletion_flags & FLAGS_SILENT) ||
                              goes_with_table(object)))
                continue;
            *array_push(watch->arena, &watch->taken) = (struct taken){
                .object = object,
                .named = is_named ? object : objects->items[i],
                .description = arena_copy(
                    watch->arena,
                    slice_from(object_description(deletion->replay, object))),
            };
        }
    }
}

static void clear_flags(struct deletion *deletion)
{
    for (size_t i = 0; i < deletion->touched.count; i++) {
        deletion->touched.items[i]->deletion_flags = 0;
        deletion->touched.items[i]->deletion_state = DELETION_NONE;
    }
}

static bool perform(struct deletion *deletion,
                    const struct object_array *objects, bool is_cascade)
{
    struct arena *scratch = &deletion->replay->schema->scratch;
    size_t *ends = arena_alloc(scratch, objects->count * sizeof *ends);
    bool is_done;

    array_make_room(scratch, &deletion->stack, USUAL_DEPTH);
    array_make_room(scratch, &deletion->found, USUAL_COUNT);
    array_make_room(scratch, &deletion->touched, USUAL_COUNT);
    for (size_t i = 0; i < objects->count; i++)
        add_flags(deletion, objects->items[i], FLAG_NAMED | FLAG_ORIGINAL);
    for (size_t i = 0; i < objects->count && !deletion->is_refused; i++) {
        search(deletion, objects->items[i]);
        ends[i] = deletion->found.count;
    }
    is_done = !deletion->is_refused && may_go(deletion, objects, is_cascade);
    if (is_done && deletion->replay->schema->watch)
        note_taken(deletion, objects, ends);
    clear_flags(deletion);
    for (size_t i = 0; is_done && i < deletion->found.count; i++) {
        struct object *object = deletion->found.items[i];

        if (!object->is_dropped)
            deletion_forget(deletion->replay, object);
    }
    return is_done;
}

bool deletion_perform(struct replay *replay, const struct object_array *objects,
                      bool is_cascade)
{
    struct deletion deletion = {.replay = replay,
                                .is_internal = !replay_refuse(replay)};

    return perform(&deletion, objects, is_cascade);
}

bool deletion_perform_one(struct replay *replay, struct object *object,
                          bool is_cascade)
{
    struct object_array one = {&object, 1, 1};

    return deletion_perform(replay, &one, is_cascade);
}

bool deletion_perform_internal(struct replay *replay, struct object *object)
{
    struct deletion deletion = {.replay = replay, .is_internal = true};
    struct object_array one = {&object, 1, 1};

    return perform(&deletion, &one, true);
}
