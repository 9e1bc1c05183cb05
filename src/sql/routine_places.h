/*
 * Where the statements and queries of a body in PL/pgSQL stand: the reader goes
 * through the body once, as its tree is gone through.
 */
#ifndef SQL_ROUTINE_PLACES_H
#define SQL_ROUTINE_PLACES_H

#include "sql/routine_parts.h"

#include "sql/lexer.h"

struct reader {
    struct arena *arena;
    struct routine *routine;
    struct query_source_array *sources;
    const struct compile_request *request;
    struct slice text; /* the body, as the compiler got it */
    size_t parent;     /* the step within which others are read */
    size_t depth;
    bool is_too_deep;

    struct lexer lexer;  /* behind what was found last */
    size_t before;       /* where the word before that ends */
    const size_t *lines; /* where each begins */
    size_t line_count;
    uint64_t budget; /* words that may be read, bytes that may be compared */
};

/* The members above the line are set. */
void places_begin(struct reader *reader);

/* Nothing of this line is before where the search goes on. */
void places_go_to_line(struct reader *reader, int line);

/* Behind the next word that is this one; nowhere if there is none or, unless it
 * may go on, a ; is before it. The words of END IF, END LOOP and END CASE are
 * passed over. */
bool places_go_behind(struct reader *reader, const char *word, bool may_go_on);

/* Valid until a step is added. */
struct routine_step *places_step(struct reader *reader, size_t index);

/* A new step, whose words are to be found; and one that begins with this word
 * in this line. */
size_t places_add_step(struct reader *reader, enum step_kind kind);
size_t places_begin_step(struct reader *reader, enum step_kind kind, int line,
                         const char *word);

/* The step ends with its semicolon; or its head with a word, which leads to what
 * is within. */
void places_end_step(struct reader *reader, size_t index);
void places_end_head(struct reader *reader, size_t index, const char *word);

/* The next query of the statement that is being read; expr may be null. What is
 * not found is not judged: a cursor's arguments are put together anew. */
void places_add_query(struct reader *reader, size_t step,
                      enum routine_query_role role, const PLpgSQL_expr *expr);
void places_add_queries(struct reader *reader, size_t step,
                        enum routine_query_role role, const List *list);

/* PERFORM, which the compiler makes a SELECT: its E is where the S then is. */
void places_add_performed(struct reader *reader, size_t step,
                          const PLpgSQL_expr *expr);

/* A query that is a statement of the body from its first word on. */
void places_add_statement(struct reader *reader, size_t step, int line,
                          enum routine_query_role role,
                          const PLpgSQL_expr *expr);

#endif
