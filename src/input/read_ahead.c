/*
 * The threads that read files for migration_group(), the caller's own among
 * them. They claim runs of files in order; when the caller needs one that is in
 * another thread's hands, it reads later ones meanwhile.
 */
#include "input/read_ahead.h"

#include <pthread.h>
#include <stdlib.h>

/* Files that a thread claims at once: to wake another for each would cost more
 * than to read it. */
#define RUN_LENGTH ((size_t)16)

/* Fewer files are not worth a thread. */
#define FILES_MIN ((size_t)64)

/* More threads would wait for the system. */
enum { READERS_MAX = 8 };

/* Texts up to this many bytes go to arenas, which give none back before the
 * end of the run: 3,000 small pieces of memory would cost more. */
#define TEXTS_SIZE_MAX ((size_t)16 << 20)

struct reader {
    struct read_ahead *ahead;
    pthread_t thread; /* not of the caller's own */
    struct arena texts;
};

struct read_ahead {
    struct source **sources;
    size_t count;
    bool *is_loaded;                    /* by source: here, and not before */
    struct reader readers[READERS_MAX]; /* the first is the caller's own */
    int reader_count;

    /* Under the lock. */
    pthread_mutex_t lock;
    pthread_cond_t is_read; /* a run that the caller waits for */
    bool *is_done;          /* by run */
    size_t claimed;         /* files [0, claimed) have a thread */
    size_t awaited;         /* the run that the caller needs */
    size_t size;            /* of what was read */
};

/* The size of the texts. */
static size_t read_run(struct reader *reader, size_t first, size_t end)
{
    size_t size = 0;

    for (size_t i = first; i < end; i++) {
        struct source *source = reader->ahead->sources[i];

        if (source->is_loaded || !source_load_small(source, &reader->texts))
            continue;
        reader->ahead->is_loaded[i] = true;
        size += source->text.length;
    }
    return size;
}

/* Reads the next run; false if none is left. Under the lock, which is free
 * while the files are read. */
static bool read_next(struct reader *reader)
{
    struct read_ahead *ahead = reader->ahead;
    size_t first = ahead->claimed, end = first + RUN_LENGTH, size;

    if (first == ahead->count || ahead->size >= TEXTS_SIZE_MAX)
        return false;
    if (end > ahead->count)
        end = ahead->count;
    ahead->claimed = end;
    pthread_mutex_unlock(&ahead->lock);
    size = read_run(reader, first, end);
    pthread_mutex_lock(&ahead->lock);
    ahead->size += size;
    ahead->is_done[first / RUN_LENGTH] = true;
    if (first / RUN_LENGTH == ahead->awaited)
        pthread_cond_signal(&ahead->is_read);
    return true;
}

static void *work(void *closure)
{
    struct reader *reader = closure;

    pthread_mutex_lock(&reader->ahead->lock);
    while (read_next(reader))
        ;
    pthread_mutex_unlock(&reader->ahead->lock);
    return NULL;
}

/* Fewer threads than wanted, or none, do the same work. */
static void start_readers(struct read_ahead *ahead, int wanted)
{
    while (ahead->reader_count < wanted) {
        struct reader *reader = &ahead->readers[ahead->reader_count];

        reader->ahead = ahead;
        if (pthread_create(&reader->thread, NULL, work, reader) != 0)
            return;
        ahead->reader_count++;
    }
}

struct read_ahead *read_ahead_start(struct source **sources, size_t count,
                                    int jobs)
{
    struct read_ahead *ahead = calloc(1, sizeof *ahead);
    bool *is_loaded = calloc(count + 1, sizeof *is_loaded);
    bool *is_done = calloc(count / RUN_LENGTH + 1, sizeof *is_done);

    if (!ahead || !is_loaded || !is_done)
        arena_exhausted();
    ahead->sources = sources;
    ahead->count = count;
    ahead->is_loaded = is_loaded;
    ahead->is_done = is_done;
    ahead->readers[0].ahead = ahead;
    ahead->reader_count = 1;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->is_read, NULL);
    if (count >= FILES_MIN)
        start_readers(ahead, jobs < READERS_MAX ? jobs : READERS_MAX);
    return ahead;
}

static void take_run(struct read_ahead *ahead, size_t index)
{
    size_t run = index / RUN_LENGTH;

    pthread_mutex_lock(&ahead->lock);
    ahead->awaited = run;
    while (!ahead->is_done[run]) {
        if (read_next(&ahead->readers[0]))
            continue;
        /* Nobody will read it. */
        if (index >= ahead->claimed)
            break;
        pthread_cond_wait(&ahead->is_read, &ahead->lock);
    }
    pthread_mutex_unlock(&ahead->lock);
}

bool read_ahead_take(struct read_ahead *ahead, size_t index)
{
    /* The other files of a run come with its first. */
    if (index % RUN_LENGTH == 0)
        take_run(ahead, index);
    return ahead->is_loaded[index];
}

void read_ahead_stop(struct read_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    ahead->claimed = ahead->count;
    pthread_mutex_unlock(&ahead->lock);
    for (int i = 1; i < ahead->reader_count; i++)
        pthread_join(ahead->readers[i].thread, NULL);
    ahead->reader_count = 1;
}

void read_ahead_free(struct read_ahead *ahead)
{
    for (int i = 0; i < READERS_MAX; i++)
        arena_release(&ahead->readers[i].texts);
    pthread_cond_destroy(&ahead->is_read);
    pthread_mutex_destroy(&ahead->lock);
    free(ahead->is_done);
    free(ahead->is_loaded);
    free(ahead);
}
