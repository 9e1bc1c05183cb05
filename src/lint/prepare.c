/*
 * The threads that prepare scripts, the run's own among them. They claim
 * scripts in order, never more than a window ahead of the run. The run takes
 * them in the same order; when the one it needs is still in another thread's
 * hands, it prepares later ones meanwhile. A parser frees its trees in the
 * thread that made it, so a workspace goes back to its thread when the run is
 * done with it, and is cleared there when it is used again.
 */
#include "lint/prepare.h"

#include <pthread.h>
#include <stdlib.h>

/* Fewer scripts than these are not worth a thread. */
#define SCRIPTS_MIN 16

/* How far ahead of the run: scripts, and bytes of text; trees take about
 * eleven times the text. */
#define AHEAD_COUNT_MAX ((size_t)64)
#define AHEAD_SIZE_MAX ((size_t)2 << 20)

/* libpg_query's parser and deparser recurse. */
#define STACK_SIZE ((size_t)8 << 20)

enum { WORKERS_MAX = 64 };

struct worker {
    struct preparer *preparer;
    pthread_t thread;       /* not of the run's own */
    struct workspace *made; /* all that are this thread's */
    struct workspace *idle; /* those not in use; under the lock */
};

/* What becomes of one script. */
struct slot {
    struct worker *worker; /* who has prepared it */
    size_t size;           /* of its text, while it is ahead */
    bool is_ready;
};

struct preparer {
    struct script *scripts;
    struct slot *slots; /* one for each script */
    size_t count;

    struct worker workers[WORKERS_MAX]; /* the first is the run's own */
    int worker_count;

    /* Under the lock. */
    pthread_mutex_t lock;
    pthread_cond_t is_prepared; /* a script that the run waits for */
    pthread_cond_t has_room;    /* the window moved on */
    size_t claimed;             /* scripts [0, claimed) have a thread */
    size_t taken;               /* scripts [0, taken) went to the run */
    size_t size_ahead;
    bool is_stopping;
};

static void lock(struct preparer *preparer)
{
    pthread_mutex_lock(&preparer->lock);
}

static void unlock(struct preparer *preparer)
{
    pthread_mutex_unlock(&preparer->lock);
}

static bool has_room(const struct preparer *preparer, size_t divisor)
{
    return preparer->claimed - preparer->taken < AHEAD_COUNT_MAX / divisor &&
           preparer->size_ahead < AHEAD_SIZE_MAX / divisor;
}

/* The index of a script that can be prepared now, or count. One that is shared
 * is left to the run. Under the lock. */
static size_t claim(struct preparer *preparer)
{
    while (preparer->claimed < preparer->count &&
           preparer->scripts[preparer->claimed].is_shared)
        preparer->claimed++;
    if (preparer->claimed == preparer->count || !has_room(preparer, 1))
        return preparer->count;
    return preparer->claimed++;
}

/* Under the lock. */
static struct workspace *take_workspace(struct worker *worker)
{
    struct workspace *workspace = worker->idle;

    if (workspace) {
        worker->idle = workspace->next_idle;
        return workspace;
    }
    workspace = workspace_new();
    workspace->next_made = worker->made;
    worker->made = workspace;
    return workspace;
}

static void free_workspaces(struct worker *worker)
{
    while (worker->made) {
        struct workspace *next = worker->made->next_made;

        workspace_free(worker->made);
        worker->made = next;
    }
}

/* Under the lock, which is free while the work is done. */
static void prepare(struct worker *worker, size_t index)
{
    struct preparer *preparer = worker->preparer;
    struct script *script = &preparer->scripts[index];
    struct slot *slot = &preparer->slots[index];
    struct workspace *workspace = take_workspace(worker);

    unlock(preparer);
    script_prepare(script, workspace);
    lock(preparer);
    slot->worker = worker;
    slot->size = script->source->text.length;
    slot->is_ready = true;
    preparer->size_ahead += slot->size;
    if (index == preparer->taken)
        pthread_cond_signal(&preparer->is_prepared);
}

static void *work(void *closure)
{
    struct worker *worker = closure;
    struct preparer *preparer = worker->preparer;

    lock(preparer);
    while (!preparer->is_stopping) {
        size_t index = claim(preparer);

        if (index < preparer->count)
            prepare(worker, index);
        else
            pthread_cond_wait(&preparer->has_room, &preparer->lock);
    }
    unlock(preparer);
    free_workspaces(worker);
    return NULL;
}

/* Fewer threads than wanted, or none, do the same work. */
static void start_workers(struct preparer *preparer, int wanted)
{
    pthread_attr_t attributes;

    if (pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    while (preparer->worker_count < wanted) {
        struct worker *worker = &preparer->workers[preparer->worker_count];

        worker->preparer = preparer;
        if (pthread_create(&worker->thread, &attributes, work, worker) != 0)
            break;
        preparer->worker_count++;
    }
    pthread_attr_destroy(&attributes);
}

struct preparer *preparer_start(struct script *scripts, size_t count, int jobs)
{
    struct preparer *preparer = calloc(1, sizeof *preparer);
    struct slot *slots = calloc(count + 1, sizeof *slots);

    if (!preparer || !slots)
        arena_exhausted();
    preparer->scripts = scripts;
    preparer->slots = slots;
    preparer->count = count;
    preparer->workers[0].preparer = preparer;
    preparer->worker_count = 1;
    pthread_mutex_init(&preparer->lock, NULL);
    pthread_cond_init(&preparer->is_prepared, NULL);
    pthread_cond_init(&preparer->has_room, NULL);
    if (jobs > 1 && count >= SCRIPTS_MIN)
        start_workers(preparer, jobs < WORKERS_MAX ? jobs : WORKERS_MAX);
    return preparer;
}

/* Under the lock. */
static void prepare_next(struct preparer *preparer, size_t index)
{
    struct worker *own = &preparer->workers[0];

    if (preparer->claimed <= index)
        preparer->claimed = index + 1;
    else if (!preparer->scripts[index].is_shared) {
        while (!preparer->slots[index].is_ready) {
            size_t later = claim(preparer);

            if (later < preparer->count)
                prepare(own, later);
            else
                pthread_cond_wait(&preparer->is_prepared, &preparer->lock);
        }
        return;
    }
    prepare(own, index);
}

struct script *preparer_next(struct preparer *preparer)
{
    size_t index = preparer->taken;

    if (index == preparer->count)
        return NULL;
    lock(preparer);
    prepare_next(preparer, index);
    unlock(preparer);
    return &preparer->scripts[index];
}

void preparer_give_back(struct preparer *preparer, struct script *script)
{
    struct slot *slot = &preparer->slots[preparer->taken];
    struct workspace *workspace = script->workspace;

    script->workspace = NULL;
    script->statements = NULL;
    lock(preparer);
    preparer->taken++;
    preparer->size_ahead -= slot->size;
    workspace->next_idle = slot->worker->idle;
    slot->worker->idle = workspace;
    /* Not at once for every script: waking a thread costs more than a small
     * file. */
    if (has_room(preparer, 2))
        pthread_cond_broadcast(&preparer->has_room);
    unlock(preparer);
}

void preparer_stop(struct preparer *preparer)
{
    lock(preparer);
    preparer->is_stopping = true;
    pthread_cond_broadcast(&preparer->has_room);
    unlock(preparer);
    for (int i = 1; i < preparer->worker_count; i++)
        pthread_join(preparer->workers[i].thread, NULL);
    pthread_cond_destroy(&preparer->has_room);
    pthread_cond_destroy(&preparer->is_prepared);
    pthread_mutex_destroy(&preparer->lock);
    free_workspaces(&preparer->workers[0]);
    free(preparer->slots);
    free(preparer);
}
