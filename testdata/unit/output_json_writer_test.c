/* output/json_writer: what jansson reads back, whatever the bytes. */
#include "output/json_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

/* A document of each kind of value. */
static void write_all(struct json_writer *writer)
{
    json_open_object_of_lines(writer, NULL);
    json_add_number(writer, "number", 12);
    json_open_array_of_lines(writer, "lines");
    json_open_object(writer, NULL);
    json_add_bool(writer, "yes", true);
    json_add_null(writer, "nothing");
    json_close_object(writer);
    json_open_array(writer, NULL);
    json_add_bool(writer, NULL, false);
    json_add_text(writer, NULL, NULL);
    json_close_array(writer);
    json_close_array(writer);
    json_open_array_of_lines(writer, "empty");
    json_close_array(writer);
    json_add_text(writer, "text", "a");
    json_close_object(writer);
}

static void test_layout(void **state)
{
    struct arena arena = {0};
    struct json_writer writer;
    struct buffer buffer;

    (void)state;
    buffer_init(&buffer, &arena);
    json_writer_init(&writer, &buffer, true);
    write_all(&writer);
    assert_string_equal(buffer_text(&buffer),
                        "{\n"
                        " \"number\":12,\n"
                        " \"lines\":[\n"
                        "  {\"yes\":true,\"nothing\":null},\n"
                        "  [false,null]\n"
                        " ],\n"
                        " \"empty\":[],\n"
                        " \"text\":\"a\"\n"
                        "}");
    buffer_init(&buffer, &arena);
    json_writer_init(&writer, &buffer, false);
    write_all(&writer);
    assert_string_equal(buffer_text(&buffer),
                        "{\"number\":12,\"lines\":[{\"yes\":true,\"nothing\":"
                        "null},[false,null]],\"empty\":[],\"text\":\"a\"}");
    arena_release(&arena);
}

/* What comes back of a text. */
static void assert_reads(const char *text, const char *expected)
{
    struct arena arena = {0};
    struct json_writer writer;
    struct buffer buffer;
    json_error_t error;
    json_t *value;

    buffer_init(&buffer, &arena);
    json_writer_init(&writer, &buffer, false);
    json_add_text(&writer, NULL, text);
    value = json_loads(buffer_text(&buffer), JSON_DECODE_ANY, &error);
    assert_non_null(value);
    assert_string_equal(json_string_value(value), expected);
    json_decref(value);
    arena_release(&arena);
}

static void test_texts(void **state)
{
    (void)state;
    assert_reads("", "");
    assert_reads("plain", "plain");
    assert_reads("\"quoted\" \\ back", "\"quoted\" \\ back");
    assert_reads("line\nfeed\r\t\b\f\x01\x1f\x7f",
                 "line\nfeed\r\t\b\f\x01\x1f\x7f");
    assert_reads("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\x98",
                 "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\x98");
    /* Invisible characters are the name's own; only bytes that are no UTF-8
     * cannot be kept. */
    assert_reads("a\xe2\x80\xae", "a\xe2\x80\xae");
    assert_reads("\xff(\xc3", "\xef\xbf\xbd(\xef\xbf\xbd");
}

static void test_every_byte(void **state)
{
    char text[2] = {0};
    char expected[2] = {0};

    (void)state;
    for (int c = 1; c < 256; c++) {
        text[0] = expected[0] = (char)c;
        assert_reads(text, c < 128 ? expected : "\xef\xbf\xbd");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_every_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
