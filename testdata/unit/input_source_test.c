/*
 * Reading files: encodings, defects, lines and columns, and the things that
 * are not files.
 */
#include "input/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* Needs the headers above. */
#include <cmocka.h>

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT(literal) SLICE(literal)

static struct source loaded(struct slice text)
{
    struct source source = source_of_path("x.sql");

    source_load_text(&source, text);
    return source;
}

static void assert_position(struct source *source, size_t offset, size_t line,
                            size_t column, size_t file_offset)
{
    struct position position = source_position(source, offset);

    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
    assert_int_equal(position.file_offset, file_offset);
}

static void assert_line(struct source *source, size_t line, struct slice text)
{
    assert_true(slice_equal(source_line(source, line), text));
}

static void test_lines_end_in_three_ways(void **state)
{
    struct source source = loaded(TEXT("a\nbc\r\nd\r\re"));

    (void)state;
    assert_position(&source, 0, 1, 1, 0);
    assert_position(&source, 2, 2, 1, 2);
    assert_position(&source, 6, 3, 1, 6);
    assert_position(&source, 8, 4, 1, 8);
    assert_position(&source, 9, 5, 1, 9);
    assert_position(&source, 10, 5, 2, 10);
    assert_position(&source, 99, 5, 2, 10);
    assert_line(&source, 1, TEXT("a"));
    assert_line(&source, 2, TEXT("bc"));
    assert_line(&source, 3, TEXT("d"));
    assert_line(&source, 4, TEXT(""));
    assert_line(&source, 5, TEXT("e"));
    assert_line(&source, 0, TEXT(""));
    assert_line(&source, 6, TEXT(""));
    source_unload(&source);
}

static void test_the_end_of_text_is_a_place(void **state)
{
    struct source empty = loaded(TEXT(""));
    struct source ended = loaded(TEXT("a\n"));

    (void)state;
    assert_position(&empty, 0, 1, 1, 0);
    assert_line(&empty, 1, TEXT(""));
    assert_position(&ended, 2, 2, 1, 2);
    assert_line(&ended, 2, TEXT(""));
    source_unload(&empty);
    source_unload(&ended);
}

static void test_a_byte_order_mark_is_no_column(void **state)
{
    struct source source = loaded(TEXT("\xEF\xBB\xBFselect\n1"));

    (void)state;
    assert_int_equal(source.body, 3);
    assert_int_equal(source.defects.count, 0);
    assert_position(&source, 0, 1, 1, 0);
    assert_position(&source, 3, 1, 1, 3);
    assert_position(&source, 5, 1, 3, 5);
    assert_position(&source, 10, 2, 1, 10);
    assert_line(&source, 1, TEXT("select"));
    source_unload(&source);
}

static void test_columns_are_characters(void **state)
{
    /* a, e acute, euro, an emoji, then an invalid pair of bytes. */
    struct source source =
        loaded(TEXT("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xA9\xA9z"));

    (void)state;
    assert_position(&source, 1, 1, 2, 1);
    assert_position(&source, 3, 1, 3, 3);
    assert_position(&source, 6, 1, 4, 6);
    assert_position(&source, 10, 1, 5, 10);
    assert_position(&source, 11, 1, 6, 11);
    assert_position(&source, 12, 1, 7, 12);
    assert_int_equal(source.defects.count, 1);
    source_unload(&source);
}

/* The naive count, for comparison. */
static void test_columns_of_a_long_line(void **state)
{
    enum { REPEATS = 20000 };
    static const char piece[] = "x\xC3\xA9\xFF";
    char *text = malloc(REPEATS * 4);
    struct source source = source_of_path("x.sql");

    (void)state;
    for (size_t i = 0; i < REPEATS; i++)
        memcpy(text + i * 4, piece, 4);
    source_load_text(&source, (struct slice){text, REPEATS * 4});
    free(text);
    assert_int_equal(source.defects.count, REPEATS);
    for (size_t i = 0; i < REPEATS; i += 7) {
        assert_position(&source, i * 4, 1, i * 3 + 1, i * 4);
        assert_position(&source, i * 4 + 1, 1, i * 3 + 2, i * 4 + 1);
        assert_position(&source, i * 4 + 3, 1, i * 3 + 3, i * 4 + 3);
    }
    source_unload(&source);
}

static void assert_one_defect(struct slice text, enum source_defect_kind kind,
                              size_t offset, size_t length)
{
    struct source source = loaded(text);

    assert_int_equal(source.defects.count, 1);
    assert_int_equal(source.defects.items[0].kind, kind);
    assert_int_equal(source.defects.items[0].offset, offset);
    assert_int_equal(source.defects.items[0].length, length);
    source_unload(&source);
}

static void assert_no_defect(struct slice text)
{
    struct source source = loaded(text);

    assert_int_equal(source.defects.count, 0);
    source_unload(&source);
}

static void test_utf8_is_checked_strictly(void **state)
{
    (void)state;
    assert_no_defect(TEXT("\xC2\x80 \xDF\xBF \xE0\xA0\x80 \xED\x9F\xBF"));
    assert_no_defect(TEXT("\xEE\x80\x80 \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"));
    assert_one_defect(TEXT("ab\xC0\x80 c"), SOURCE_INVALID_UTF8, 2, 2);
    assert_one_defect(TEXT("ab\xC1\xBF c"), SOURCE_INVALID_UTF8, 2, 2);
    assert_one_defect(TEXT("ab\xE0\x9F\xBF c"), SOURCE_INVALID_UTF8, 2, 3);
    assert_one_defect(TEXT("ab\xED\xA0\x80 c"), SOURCE_INVALID_UTF8, 2, 3);
    assert_one_defect(TEXT("ab\xF0\x8F\xBF\xBF c"), SOURCE_INVALID_UTF8, 2, 4);
    assert_one_defect(TEXT("ab\xF4\x90\x80\x80 c"), SOURCE_INVALID_UTF8, 2, 4);
    assert_one_defect(TEXT("ab\xF5 c"), SOURCE_INVALID_UTF8, 2, 1);
    assert_one_defect(TEXT("ab\xE2\x82"), SOURCE_INVALID_UTF8, 2, 2);
    assert_one_defect(TEXT("ab\xE2\x82z"), SOURCE_INVALID_UTF8, 2, 2);
    assert_one_defect(TEXT("ab\xC3"), SOURCE_INVALID_UTF8, 2, 1);
}

static void test_defects_anywhere_in_a_word_are_found(void **state)
{
    (void)state;
    for (size_t at = 0; at < 24; at++) {
        char text[25] = "select 1 from abcdefghij";
        struct slice slice = {text, 24};

        text[at] = '\0';
        assert_one_defect(slice, SOURCE_NUL_BYTE, at, 1);
        text[at] = '\xFC';
        assert_one_defect(slice, SOURCE_INVALID_UTF8, at, 1);
        text[at] = '\x01';
        assert_no_defect(slice);
    }
}

static void test_runs_are_one_defect_each(void **state)
{
    struct source source = loaded(TEXT("a\0\0\xFF\xFE c\xFF"));

    (void)state;
    assert_int_equal(source.defects.count, 3);
    assert_int_equal(source.defects.items[0].kind, SOURCE_NUL_BYTE);
    assert_int_equal(source.defects.items[0].length, 2);
    assert_int_equal(source.defects.items[1].kind, SOURCE_INVALID_UTF8);
    assert_int_equal(source.defects.items[1].offset, 3);
    assert_int_equal(source.defects.items[1].length, 2);
    assert_int_equal(source.defects.items[2].offset, 7);
    source_unload(&source);
}

static void test_utf16_is_judged_as_utf8(void **state)
{
    static const char little[] = "\xFF\xFE"
                                 "a\0\xE9\0\n\0\xAC\x20\x3D\xD8\x00\xDE;\0";
    static const char big[] = "\xFE\xFF"
                              "\0a\0\xE9\0\n\x20\xAC\xD8\x3D\xDE\x00\0;";
    struct slice utf8 = TEXT("a\xC3\xA9\n\xE2\x82\xAC\xF0\x9F\x98\x80;");
    struct slice files[] = {{little, 16}, {big, 16}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct source source = loaded(files[i]);

        assert_true(slice_equal(source.text, utf8));
        assert_int_equal(source.body, 0);
        assert_int_equal(source.defects.count, 1);
        assert_int_equal(source.defects.items[0].kind,
                         i == 0 ? SOURCE_UTF16_LITTLE_ENDIAN
                                : SOURCE_UTF16_BIG_ENDIAN);
        assert_position(&source, 0, 1, 1, 2);
        assert_position(&source, 1, 1, 2, 4);
        assert_position(&source, 4, 2, 1, 8);
        assert_position(&source, 7, 2, 2, 10);
        assert_position(&source, 11, 2, 3, 14);
        source_unload(&source);
    }
}

static void test_utf16_without_a_mark(void **state)
{
    struct source little = loaded(TEXT("s\0e\0l\0e\0c\0t\0"));
    struct source big = loaded(TEXT("\0s\0e\0l\0e\0c\0t"));
    struct source neither = loaded(TEXT("s\0elect 1;"));

    (void)state;
    assert_true(slice_equal(little.text, TEXT("select")));
    assert_true(slice_equal(big.text, TEXT("select")));
    assert_position(&big, 3, 1, 4, 6);
    assert_int_equal(neither.defects.items[0].kind, SOURCE_NUL_BYTE);
    source_unload(&little);
    source_unload(&big);
    source_unload(&neither);
}

static void test_broken_utf16_is_replaced(void **state)
{
    /* A lone high surrogate, a lone low one, half a unit. */
    struct source source = loaded((struct slice){"\xFF\xFE\x3D\xD8"
                                                 "a\0\x00\xDE"
                                                 "b\0;",
                                                 11});

    (void)state;
    assert_true(slice_equal(source.text, TEXT("\xEF\xBF\xBD"
                                              "a\xEF\xBF\xBD"
                                              "b\xEF\xBF\xBD")));
    assert_position(&source, source.text.length, 1, 6, 11);
    source_unload(&source);
}

static const char *temporary(void)
{
    static char folder[] = "/tmp/input_source_test.XXXXXX";
    static bool is_made;

    if (!is_made && !mkdtemp(folder))
        abort();
    is_made = true;
    return folder;
}

static void path_in_temporary(char *path, size_t size, const char *name)
{
    snprintf(path, size, "%s/%s", temporary(), name);
}

static void assert_refused(const char *path, const char *reason)
{
    struct source source = source_of_path(path);
    struct error error;
    char expected[600];

    snprintf(expected, sizeof expected, "cannot read \"%s\": %s", path, reason);
    assert_false(source_load(&source, &error));
    assert_string_equal(error.text, expected);
    assert_false(source.is_loaded);
}

static void test_only_regular_files_are_read(void **state)
{
    char folder[200], pipe[200], missing[200];

    (void)state;
    path_in_temporary(folder, sizeof folder, "x.sql");
    path_in_temporary(pipe, sizeof pipe, "pipe.sql");
    path_in_temporary(missing, sizeof missing, "missing.sql");
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_refused(folder, "it is a folder");
    assert_refused(pipe, "it is a named pipe, not a file");
    assert_refused("/dev/null", "it is a device, not a file");
    assert_refused(missing, "No such file or directory");
    rmdir(folder);
    unlink(pipe);
}

static void test_files_are_read_and_given_back(void **state)
{
    char path[200];
    struct source source;
    struct error error;
    FILE *file;

    (void)state;
    path_in_temporary(path, sizeof path, "good.sql");
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("select 1;\n", file);
    fclose(file);
    source = source_of_path(path);
    assert_true(source_load(&source, &error));
    assert_true(slice_equal(source.text, TEXT("select 1;\n")));
    source_unload(&source);
    assert_int_equal(source.text.length, 0);
    assert_false(source.is_loaded);
    assert_true(source_load(&source, &error));
    assert_true(source_load(&source, &error));
    assert_true(slice_equal(source.text, TEXT("select 1;\n")));
    source_unload(&source);
    unlink(path);
}

/* Files of sysfs are a page in size and end sooner: like a file that shrinks
 * between the question for its size and the reading. */
/* Small texts are the arena's, large ones are left to source_load(). */
static void test_an_arena_holds_texts(void **state)
{
    static const size_t sizes[] = {0, 1000, 1000000};
    struct arena arena = {0};
    char path[200];

    (void)state;
    path_in_temporary(path, sizeof path, "held.sql");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct source source = source_of_path(path);
        struct error error;
        FILE *file = fopen(path, "w");

        assert_non_null(file);
        for (size_t byte = 0; byte < sizes[i]; byte++)
            fputc(byte % 10 == 9 ? '\n' : 'x', file);
        fclose(file);
        for (int times = 0; times < 2; times++) {
            if (sizes[i] == 0)
                assert_true(source_load_small(&source, &arena));
            else if (sizes[i] == 1000000)
                assert_false(source_load_small(&source, &arena));
            else
                source_load_small(&source, &arena);
            assert_true(source_load(&source, &error));
            assert_int_equal(source.text.length, sizes[i]);
            assert_int_equal(source.text.start[sizes[i]], '\0');
            assert_position(&source, sizes[i], sizes[i] / 10 + 1, 1, sizes[i]);
            source_unload(&source);
            assert_false(source.is_loaded);
        }
    }
    unlink(path);
    arena_release(&arena);
}

static void test_a_file_that_shrinks_is_refused(void **state)
{
    static const char path[] = "/sys/devices/system/cpu/online";
    struct stat status;

    (void)state;
    if (stat(path, &status) != 0 || status.st_size < 4096)
        skip();
    assert_refused(path, "it shrank while it was read");
}

static void test_a_file_above_2_gb_is_refused(void **state)
{
    char path[200];
    FILE *file;

    (void)state;
    path_in_temporary(path, sizeof path, "large.sql");
    file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    /* Sparse: takes no space. */
    assert_int_equal(truncate(path, (off_t)1 << 31), 0);
    assert_refused(path, "it is larger than 2 GB");
    unlink(path);
}

static int remove_temporary(void **state)
{
    (void)state;
    return rmdir(temporary());
}

/* Judged as other bytes, shown as they are; line ends stay. */
static void test_edits(void **state)
{
    struct source_edit items[] = {{2, 5, 'x'}, {9, 99, ' '}};
    struct source_edit_array edits = {items, 2, 2};
    struct source source = loaded(TEXT("a\nbc\ndef\ng"));

    (void)state;
    source_edit(&source, edits);
    assert_int_equal(source.text.length, 10);
    assert_memory_equal(source.text.start, "a\nx \n  f\n ", 10);
    assert_position(&source, 7, 3, 3, 7);
    assert_memory_equal(source_shown(&source, source_line(&source, 3)).start,
                        "def", 3);
    source_unload(&source);
    assert_int_equal(source.edits.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_end_in_three_ways),
        cmocka_unit_test(test_the_end_of_text_is_a_place),
        cmocka_unit_test(test_a_byte_order_mark_is_no_column),
        cmocka_unit_test(test_columns_are_characters),
        cmocka_unit_test(test_edits),
        cmocka_unit_test(test_columns_of_a_long_line),
        cmocka_unit_test(test_utf8_is_checked_strictly),
        cmocka_unit_test(test_defects_anywhere_in_a_word_are_found),
        cmocka_unit_test(test_runs_are_one_defect_each),
        cmocka_unit_test(test_utf16_is_judged_as_utf8),
        cmocka_unit_test(test_utf16_without_a_mark),
        cmocka_unit_test(test_broken_utf16_is_replaced),
        cmocka_unit_test(test_only_regular_files_are_read),
        cmocka_unit_test(test_files_are_read_and_given_back),
        cmocka_unit_test(test_an_arena_holds_texts),
        cmocka_unit_test(test_a_file_that_shrinks_is_refused),
        cmocka_unit_test(test_a_file_above_2_gb_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, remove_temporary);
}
