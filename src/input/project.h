/*
 * What a file's surroundings say: the project files in the folders above it,
 * and where its repository begins. Folders are looked at once each.
 */
#ifndef INPUT_PROJECT_H
#define INPUT_PROJECT_H

#include "base/map.h"

/* What a project's files name; bits. */
enum project_word {
    PROJECT_SQLX = 1 << 0,
    PROJECT_GOLANG_MIGRATE = 1 << 1,
    PROJECT_REFINERY = 1 << 2,
    PROJECT_POP = 1 << 3,
    PROJECT_TERN = 1 << 4,
    PROJECT_NODE_PG_MIGRATE = 1 << 5,
    PROJECT_POSTGRATOR = 1 << 6,
    PROJECT_HASURA = 1 << 7,
    PROJECT_GRAPHILE_MIGRATE = 1 << 8,
    PROJECT_YOYO = 1 << 9,
};

struct project {
    struct arena *arena;
    struct map words;  /* of a folder and those above: unsigned *, by path as
                          given */
    struct map levels; /* of that one folder: unsigned *, by canonical path */
    struct map roots;  /* const char *, by path as given */
};

struct project project_of(struct arena *arena);

/* The words of the nearest folder upward that has any; 0 if none has, up to
 * the repository's root. */
unsigned project_words(struct project *project, struct slice folder);

/*
 * The absolute path of the nearest folder upward that has a .git; null if
 * there is none or the folder does not exist.
 */
const char *project_root(struct project *project, struct slice folder);

#endif
