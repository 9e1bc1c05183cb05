/*
 * A folder for the files that a test makes, removed when the test ends.
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct scratch {
    char folder[64]; /* its absolute path */
};

static inline void scratch_fail(const char *what)
{
    perror(what);
    abort();
}

static inline struct scratch scratch_new(void)
{
    struct scratch scratch;

    strcpy(scratch.folder, "/tmp/pgsquint_test.XXXXXX");
    if (!mkdtemp(scratch.folder))
        scratch_fail("mkdtemp");
    return scratch;
}

/* A command of the shell, run in the folder; its exit status. */
static inline int scratch_run(const struct scratch *scratch,
                              const char *command)
{
    char text[1024];

    snprintf(text, sizeof text, "cd '%s' && %s", scratch->folder, command);
    return system(text);
}

static inline void scratch_remove(const struct scratch *scratch)
{
    if (scratch_run(scratch, "rm -rf -- \"$PWD\"") != 0)
        scratch_fail("rm");
}

/* The absolute path of something in it; valid until the eighth call after. */
static inline const char *scratch_path(const struct scratch *scratch,
                                       const char *name)
{
    static char paths[8][512];
    static size_t next;
    char *path = paths[next++ % 8];

    snprintf(path, sizeof paths[0], "%s/%s", scratch->folder, name);
    return path;
}

/* Writes a file and makes the folders above it. */
static inline void scratch_write(const struct scratch *scratch,
                                 const char *name, const char *text)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", scratch->folder, name);
    for (char *at = path + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            scratch_fail(path);
        *at = '/';
    }
    file = fopen(path, "w");
    if (!file || fputs(text, file) == EOF || fclose(file) != 0)
        scratch_fail(path);
}

#endif
