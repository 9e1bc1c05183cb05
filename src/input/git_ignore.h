/*
 * What git ignores below a folder, asked from git itself.
 */
#ifndef INPUT_GIT_IGNORE_H
#define INPUT_GIT_IGNORE_H

#include "base/map.h"

/*
 * Adds to the map what git ignores below the folder ("" is the current one):
 * paths below it, without a slash at the end; a folder stands for everything
 * in it. Nothing is added where git is missing or refuses. The folder should
 * be in a repository: a process is started.
 */
void git_ignore_find(struct arena *arena, struct slice folder,
                     struct map *ignored);

#endif
