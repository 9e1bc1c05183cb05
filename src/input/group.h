/*
 * The files of one history while they are being put in order.
 */
#ifndef INPUT_GROUP_H
#define INPUT_GROUP_H

#include "base/map.h"
#include "input/tools.h"

struct group_file {
    struct source *source;   /* null for a program */
    const struct tool *tool; /* the group's; sorting has nothing else */
    struct migration_name name;
    struct migration sections; /* only up and down are filled */
    size_t part;               /* its place among the file's migrations */
    size_t number;             /* its place among the sources */
    bool is_code;              /* a program (input/code_migrations.h) */
};

struct group_file_array ARRAY(struct group_file);

struct group {
    const struct tool *tool;
    struct slice folder;
    const struct tool_settings *settings; /* or null */
    struct group_file_array files;
    size_t first;        /* number of its first source */
    struct map versions; /* of group_merge_locations() */
};

struct group_array ARRAY(struct group *);

/*
 * Flyway looks below its location: groups of sub-folders join the group of a
 * folder above, or of the folder db/migration, which is Flyway's default. A
 * sub-folder that repeats half of the versions is a location of its own:
 * Flyway would refuse them together. Groups that joined another have no files.
 */
void group_merge_locations(struct arena *arena, struct group_array *groups);

/*
 * A Flyway baseline (B__) stands for the versions up to its own: Flyway runs
 * it instead of them. Where those are there, it becomes a group of its own, to
 * be judged by itself.
 */
void group_split_baselines(struct arena *arena, struct group_array *groups);

/* Puts the files in order and joins those of one version. */
struct history *group_history(struct arena *arena, struct group *group);

#endif
