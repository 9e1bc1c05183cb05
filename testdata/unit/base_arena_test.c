/*
 * Arenas: memory comes zeroed and aligned from blocks of all sizes, also after
 * it was used and cleared.
 */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* Needs the headers above. */
#include <cmocka.h>

#include <stdint.h>

/* Takes size bytes, which have to be as promised, and soils them. */
static void take(struct arena *arena, size_t size)
{
    char *memory = arena_alloc(arena, size);

    assert_int_equal((uintptr_t)memory % 8, 0);
    for (size_t i = 0; i < size; i++)
        if (memory[i] != 0)
            fail_msg("byte %zu of %zu is not zero", i, size);
    memset(memory, 0xAA, size);
}

static void test_memory_of_all_sizes(void **state)
{
    static const size_t sizes[] = {1, 4096, 100000, 300000, 5000000};
    struct arena arena = {0};

    (void)state;
    for (int times = 0; times < 3; times++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            take(&arena, sizes[i]);
            take(&arena, sizes[i]);
        }
        arena_clear(&arena);
    }
    arena_release(&arena);
    take(&arena, 1);
    arena_release(&arena);
}

/* Through all sizes that blocks double to, and several of the largest. */
static void test_many_small_pieces(void **state)
{
    struct arena arena = {0};

    (void)state;
    for (int times = 0; times < 2; times++) {
        for (int i = 0; i < 80000; i++)
            take(&arena, 100);
        arena_clear(&arena);
    }
    arena_release(&arena);
}

static void test_the_last_piece_grows_in_place(void **state)
{
    struct arena arena = {0};
    char *first, *last;

    (void)state;
    first = arena_alloc(&arena, 600000);
    last = arena_alloc(&arena, 10);
    assert_false(arena_extend(&arena, first, 600000, 600100));
    assert_true(arena_extend(&arena, last, 10, 1000));
    assert_false(arena_extend(&arena, last, 1000, 10000000));
    memset(last, 1, 1000);
    take(&arena, 1000);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_of_all_sizes),
        cmocka_unit_test(test_many_small_pieces),
        cmocka_unit_test(test_the_last_piece_grows_in_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
