/* input/settings: the tree and its places, and files that mean harm. */
#include "input/settings.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/stream.h"

#include <cmocka.h>

struct result {
    struct arena arena;
    enum settings_outcome outcome;
    struct settings settings;
    struct error error;
};

/* Reads these bytes from a file; release the arena. */
static struct result read_bytes(struct slice bytes)
{
    char path[] = "/tmp/pgsquint-settings-XXXXXX";
    int descriptor = mkstemp(path);
    struct result result = {0};

    assert_true(descriptor >= 0);
    assert_true(stream_write(descriptor, bytes, &result.error));
    close(descriptor);
    result.outcome = settings_read(&result.arena,
                                   arena_copy(&result.arena, slice_from(path)),
                                   &result.settings, &result.error);
    unlink(path);
    return result;
}

static void test_tree(void **state)
{
    struct result result = read_bytes(SLICE("\xef\xbb\xbf# comment\r\n"
                                            "a: off\r\n"
                                            "b:\r\n"
                                            "  - \"x\\ty\"\r\n"
                                            "  - {\xc3\xbc: 1, e: }\r\n"));
    const struct settings_node *root = result.settings.root, *list, *mapping;

    (void)state;
    assert_int_equal(result.outcome, SETTINGS_READ);
    assert_int_equal(root->kind, SETTINGS_MAPPING);
    assert_int_equal(root->count, 2);
    assert_int_equal(root->line, 2);
    assert_int_equal(root->column, 1);
    assert_string_equal(root->keys[0].text.start, "a");
    assert_string_equal(root->items[0].text.start, "off");
    assert_true(root->items[0].is_plain);
    assert_int_equal(root->items[0].column, 4);
    list = &root->items[1];
    assert_int_equal(list->kind, SETTINGS_LIST);
    assert_string_equal(list->items[0].text.start, "x\ty");
    assert_false(list->items[0].is_plain);
    mapping = &list->items[1];
    assert_int_equal(mapping->kind, SETTINGS_MAPPING);
    assert_int_equal(mapping->keys[1].line, 5);
    assert_int_equal(mapping->keys[1].column, 12); /* characters, not bytes */
    assert_int_equal(mapping->items[1].text.length, 0);
    assert_string_equal(result.settings.folder, "/tmp");
    arena_release(&result.arena);
}

static void test_empty(void **state)
{
    static const struct slice cases[] = {{"", 0}, {"# nothing\n", 10}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result = read_bytes(cases[i]);

        assert_int_equal(result.outcome, SETTINGS_READ);
        assert_null(result.settings.root);
        arena_release(&result.arena);
    }
}

static void assert_wrong(struct slice bytes, const char *place,
                         const char *message)
{
    struct result result = read_bytes(bytes);

    assert_int_equal(result.outcome, SETTINGS_WRONG);
    assert_string_equal(strchr(result.settings.place, ':') + 1, place);
    assert_string_equal(result.error.text, message);
    arena_release(&result.arena);
}

static void test_mistakes(void **state)
{
    (void)state;
    assert_wrong(SLICE("a: 1\nb: 2\na: 3\n"), "3:1",
                 "\"a\" is set twice (first on line 1)");
    assert_wrong(SLICE("a: [1\n"), "2:1",
                 "did not find expected ',' or ']' while parsing a flow "
                 "sequence");
    assert_wrong(SLICE("a: 1\n# \xc3\xbc\xff\n"), "2:4",
                 "invalid leading UTF-8 octet");
    assert_wrong(SLICE("a: \"\\0\"\n"), "1:4",
                 "a value cannot have a NUL character");
    assert_wrong(SLICE("a: !!int 1\n"), "1:4", "tags are not understood");
    assert_wrong(SLICE("? [a]\n: 1\n"), "1:3", "a key must be a word");
    assert_wrong(SLICE("a: 1\n--- \nb: 1\n"), "3:1",
                 "a settings file has one document, this has a second");
    assert_wrong(SLICE("a: *b\n"), "1:4", "found undefined alias");
    assert_wrong(SLICE("a: [&b 1, &b 2]\n"), "1:11",
                 "an anchor of this name was there before");
}

static struct slice repeat(struct arena *arena, const char *piece, size_t count)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    for (size_t i = 0; i < count; i++)
        buffer_add_text(&buffer, piece);
    return buffer_slice(&buffer);
}

/* Nine times nine times ... the same value. */
static struct slice alias_bomb(struct arena *arena)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    buffer_add_text(&buffer, "a: &a [x]\n");
    for (char c = 'b'; c <= 'm'; c++) {
        buffer_add_format(&buffer, "%c: &%c [", c, c);
        for (int i = 0; i < 9; i++)
            buffer_add_format(&buffer, "*%c, ", c - 1);
        buffer_add_text(&buffer, "]\n");
    }
    return buffer_slice(&buffer);
}

static void test_harm(void **state)
{
    struct arena arena = {0};
    struct buffer anchors;
    struct result result;

    (void)state;
    assert_wrong(repeat(&arena, "x", SETTINGS_SIZE_MAX + 1), "1:1",
                 "a settings file may have 65536 bytes, this has 65537");
    assert_wrong(repeat(&arena, "[", 60000), "1:1", "nested too deeply");
    assert_wrong(repeat(&arena, "{a: ", 15000), "1:1", "nested too deeply");
    assert_wrong(repeat(&arena, "- ", 30000), "1:33", "nested too deeply");
    assert_wrong(SLICE("a: &a\n  b: *a\n"), "2:3", "nested too deeply");
    result = read_bytes(alias_bomb(&arena));
    assert_int_equal(result.outcome, SETTINGS_WRONG);
    assert_string_equal(result.error.text, "too many values");
    arena_release(&result.arena);

    /* What only costs time. */
    buffer_init(&anchors, &arena);
    for (int i = 0; i < 6000; i++)
        buffer_add_format(&anchors, "- &a%d x\n", i);
    result = read_bytes(buffer_slice(&anchors));
    assert_int_equal(result.outcome, SETTINGS_READ);
    assert_int_equal(result.settings.root->count, 6000);
    arena_release(&result.arena);
    arena_release(&arena);
}

static void test_no_file(void **state)
{
    static const char *const paths[] = {"/tmp/pgsquint/does/not/exist", "/tmp",
                                        "/dev/zero"};
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct settings settings;
        struct error error = {""};

        assert_int_equal(settings_read(&arena, paths[i], &settings, &error),
                         SETTINGS_UNREADABLE);
        assert_non_null(strstr(error.text, paths[i]));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree),     cmocka_unit_test(test_empty),
        cmocka_unit_test(test_mistakes), cmocka_unit_test(test_harm),
        cmocka_unit_test(test_no_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
