/*
 * read() and write() until all is done. main.c reads standard input and writes
 * reports with it, so that a full disk or a closed pipe is noticed.
 */
#include "base/stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"

/* Whether a call that failed may be tried again, at once or after waiting: a
 * pipe that the parent process reads may not block. */
static bool wait_to_try_again(int descriptor, short event)
{
    struct pollfd waiting = {.fd = descriptor, .events = event};

    if (errno == EINTR)
        return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return false;
    return poll(&waiting, 1, -1) >= 0 || errno == EINTR;
}

bool stream_read(struct arena *arena, int descriptor, struct slice *text,
                 struct error *error)
{
    struct buffer buffer;
    char piece[1 << 16];

    buffer_init(&buffer, arena);
    for (;;) {
        ssize_t size = read(descriptor, piece, sizeof piece);

        if (size < 0 && wait_to_try_again(descriptor, POLLIN))
            continue;
        if (size < 0)
            return error_set(error, "%s", strerror(errno));
        if (size == 0)
            break;
        buffer_add(&buffer, (struct slice){piece, (size_t)size});
    }
    *text = buffer_slice(&buffer);
    return true;
}

bool stream_write(int descriptor, struct slice text, struct error *error)
{
    while (text.length) {
        ssize_t size = write(descriptor, text.start, text.length);

        if (size < 0 && wait_to_try_again(descriptor, POLLOUT))
            continue;
        if (size < 0)
            return error_set(error, "%s", strerror(errno));
        text = slice_part(text, (size_t)size, text.length);
    }
    return true;
}
