/*
 * Memory contexts, below the parser: every call of libpg_query runs in one.
 * The library makes each thread's first call create a key in an unprotected
 * global; the mutex is for that.
 */
#include "sql/context.h"

#include "pg_query.h"
#include "pg_query_internal.h"

#include <pthread.h>

/* Exported by the library, but in none of its headers. */
void pg_query_init(void);

void context_prepare_thread(void)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&mutex);
    pg_query_init();
    pthread_mutex_unlock(&mutex);
}

MemoryContext context_new(void)
{
    MemoryContext context;

    context_prepare_thread();
    context = pg_query_enter_memory_context();
    context_leave();
    return context;
}

void context_enter(MemoryContext context)
{
    MemoryContextSwitchTo(context);
}

void context_leave(void)
{
    MemoryContextSwitchTo(TopMemoryContext);
}

void context_free(MemoryContext context)
{
    if (context)
        pg_query_exit_memory_context(context);
}
