/*
 * The functions or operators that a call may mean, and the rules by which the
 * server prefers one of them. Only choose_*.c includes this.
 */
#ifndef QUERY_CANDIDATE_H
#define QUERY_CANDIDATE_H

#include "query/choose.h"

/* A function or operator with the parameters that the call's arguments would
 * be for (FuncCandidateList). */
struct candidate {
    const struct builtin_function *builtin; /* one of these three */
    struct function *function;
    const struct builtin_operator *operator_row;
    struct extension *extension; /* that brought it; null if none */
    struct type **parameters;    /* in the order of the call's arguments, then
                                    those that defaults are for */
    size_t parameter_count;
    size_t default_count;  /* of them */
    size_t variadic_count; /* of them made of VARIADIC; 0: not expanded */
    int path;              /* its place in the search_path */
    bool is_ambiguous;     /* another is exactly like it */
    bool is_dropped;       /* struck from the list */
};

struct candidate_array ARRAY(struct candidate);

/* Where a name is looked for. */
struct candidate_search {
    struct schema *schema;
    struct arena *arena;
    const char *namespace_name; /* null: along the search_path */
    bool has_unknown; /* found: a function that is not known well enough */
};

/*
 * The place in the search_path of the namespace; -1: it is not searched, or
 * not the one asked for.
 */
int candidate_path(const struct candidate_search *search,
                   const struct namespace *namespace);

/* The same of a catalogue row's; the extension that brought it is set, or null.
 * -1 too if the extension is not there. */
int candidate_path_of_unit(const struct candidate_search *search, uint8_t unit,
                           struct extension **extension);

/* FuncnameGetCandidates(). */
struct candidate_array candidates_of_function(struct candidate_search *search,
                                              const struct function_call *call);

/* OpernameGetCandidates(). */
struct candidate_array candidates_of_operator(
    const struct candidate_search *search, const char *name, bool is_prefix);

/*
 * Strikes those that cannot take the arguments (func_match_argtypes), returns
 * how many remain. Arguments that are null fit everything.
 */
size_t candidates_match(const struct candidate_search *search,
                        struct candidate_array *candidates,
                        struct type *const *arguments, size_t count);

/* The best of those that match (func_select_candidate); null if none is.
 * All arguments are known. */
struct candidate *candidates_select(const struct candidate_search *search,
                                    struct candidate_array *candidates,
                                    struct type *const *arguments,
                                    size_t count);

/* The first that is not struck; null if all are. */
struct candidate *candidates_first(const struct candidate_array *candidates);

/* Nothing that is not known of can be meant by a name. */
bool candidates_are_all(const struct schema *schema);

#endif
