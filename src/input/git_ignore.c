/*
 * Runs `git ls-files` once for a folder. The repository is a stranger's:
 * nothing in its settings may make git start a program, reach the network or
 * write, so hooks and the file system monitor are off, transports are
 * forbidden (a partial clone fetches what it lacks), and a bare repository that
 * lies in the tree as plain files is not taken for one.
 */
#include "input/git_ignore.h"

#include "base/array.h"
#include "base/buffer.h"
#include "input/path.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct text_array ARRAY(char *);

/* git itself sets these for the programs it starts, hooks among them; they
 * would name another repository or index than the folder's. */
static bool is_inherited_by_hooks(const char *variable)
{
    static const char *const names[] = {
        "GIT_DIR=",
        "GIT_WORK_TREE=",
        "GIT_INDEX_FILE=",
        "GIT_PREFIX=",
        "GIT_COMMON_DIR=",
        "GIT_NAMESPACE=",
        "GIT_CONFIG=",
        "GIT_CONFIG_PARAMETERS=",
        "GIT_CONFIG_COUNT=",
        "GIT_EXTERNAL_DIFF=",
        "GIT_OBJECT_DIRECTORY=",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES=",
        "GIT_LITERAL_PATHSPECS=",
        "GIT_ALLOW_PROTOCOL=",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strncmp(variable, names[i], strlen(names[i])) == 0)
            return true;
    }
    return false;
}

static char **make_environment(struct arena *arena)
{
    static const char *const added[] = {
        "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1",
        "GIT_ALLOW_PROTOCOL=", "GIT_TERMINAL_PROMPT=0"};
    struct text_array variables = {0};

    for (size_t i = 0; i < sizeof added / sizeof *added; i++)
        *array_push(arena, &variables) =
            arena_copy(arena, slice_from(added[i]));
    for (char **variable = environ; *variable; variable++) {
        if (!is_inherited_by_hooks(*variable))
            *array_push(arena, &variables) = *variable;
    }
    *array_push(arena, &variables) = NULL;
    return variables.items;
}

static char **make_arguments(struct arena *arena, struct slice folder)
{
    const char *const arguments[] = {
        "git",         "--no-pager",
        "-C",          path_to_open(arena, folder),
        "-c",          "core.fsmonitor=false",
        "-c",          "core.hooksPath=/dev/null",
        "-c",          "safe.bareRepository=explicit",
        "ls-files",    "--others",
        "--ignored",   "--exclude-standard",
        "--directory", "-z"};
    struct text_array copies = {0};

    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        *array_push(arena, &copies) =
            arena_copy(arena, slice_from(arguments[i]));
    *array_push(arena, &copies) = NULL;
    return copies.items;
}

static bool spawn_git(struct arena *arena, struct slice folder, int output,
                      pid_t *process)
{
    posix_spawn_file_actions_t actions;
    int failure;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    failure =
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                         O_RDONLY, 0) ||
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) ||
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                         O_WRONLY, 0) ||
        posix_spawnp(process, "git", &actions, NULL,
                     make_arguments(arena, folder), make_environment(arena));
    posix_spawn_file_actions_destroy(&actions);
    return !failure;
}

static void read_output(int input, struct buffer *buffer)
{
    char piece[16384];

    for (;;) {
        ssize_t got = read(input, piece, sizeof piece);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return;
        buffer_add(buffer, (struct slice){piece, (size_t)got});
    }
}

static bool has_succeeded(pid_t process)
{
    int status;

    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool run_git(struct arena *arena, struct slice folder,
                    struct buffer *output)
{
    int ends[2];
    pid_t process;
    bool is_running;

    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    is_running = spawn_git(arena, folder, ends[1], &process);
    close(ends[1]);
    if (is_running)
        read_output(ends[0], output);
    close(ends[0]);
    return is_running && has_succeeded(process);
}

void git_ignore_find(struct arena *arena, struct slice folder,
                     struct map *ignored)
{
    struct buffer output;
    struct slice rest;

    buffer_init(&output, arena);
    if (!run_git(arena, folder, &output))
        return;
    rest = buffer_slice(&output);
    while (rest.length) {
        struct slice path = slice_part(rest, 0, strlen(rest.start));

        rest = slice_part(rest, path.length + 1, rest.length);
        if (slice_has_suffix(path, SLICE("/")))
            path = slice_part(path, 0, path.length - 1);
        /* The folder itself is ignored, but the user named it. */
        if (!slice_equal(path, SLICE(".")))
            map_put(arena, ignored, path, ignored);
    }
}
