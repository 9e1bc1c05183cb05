/* base/stream: texts that are longer than a pipe holds, and descriptors that
 * fail or do not block. */
#include "base/stream.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define TEXT_SIZE ((size_t)3000001)

/* Writes a long text into a pipe from a child, and reads it here. */
static void pass_through_pipe(int flags)
{
    struct arena arena = {0};
    struct error error;
    struct slice text;
    int ends[2], status;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, flags), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, flags), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char *bytes = arena_alloc(&arena, TEXT_SIZE);

        close(ends[0]);
        memset(bytes, 'x', TEXT_SIZE);
        _exit(stream_write(ends[1], (struct slice){bytes, TEXT_SIZE}, &error)
                  ? 0
                  : 1);
    }
    close(ends[1]);
    assert_true(stream_read(&arena, ends[0], &text, &error));
    assert_int_equal(text.length, TEXT_SIZE);
    assert_int_equal(text.start[TEXT_SIZE - 1], 'x');
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(ends[0]);
    arena_release(&arena);
}

static void test_long_texts(void **state)
{
    (void)state;
    pass_through_pipe(0);
    pass_through_pipe(O_NONBLOCK);
}

static void test_failures(void **state)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct arena arena = {0};
    struct error error;
    struct slice text;
    int ends[2];

    (void)state;
    sigaction(SIGPIPE, &ignore, NULL);
    assert_false(stream_read(&arena, -1, &text, &error));
    assert_string_equal(error.text, "Bad file descriptor");
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_false(stream_write(ends[1], SLICE("x"), &error));
    assert_string_equal(error.text, "Broken pipe");
    assert_true(stream_write(ends[1], SLICE(""), &error));
    close(ends[1]);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_failures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
