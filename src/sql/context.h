/*
 * PostgreSQL's memory contexts, in which libpg_query builds trees. A context
 * belongs to the thread that made it.
 */
#ifndef SQL_CONTEXT_H
#define SQL_CONTEXT_H

#include "sql/ast.h"

/*
 * Makes this thread ready for libpg_query; costs nothing when it is. Must come
 * before any other call of the library in a thread.
 */
void context_prepare_thread(void);

/* A new context, empty and not entered; null when memory runs out. */
MemoryContext context_new(void);

/* What PostgreSQL allocates from now on, in this thread, is in the context. */
void context_enter(MemoryContext context);

/* Goes back to where nothing is to be allocated. */
void context_leave(void);

/* Frees it and all that is in it. May be null. */
void context_free(MemoryContext context);

#endif
