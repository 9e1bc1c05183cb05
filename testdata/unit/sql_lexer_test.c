/* sql/lexer: cuts like scan.l, and never fails. */
#include "sql/lexer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char kind_letters[] = "EWQSDNPOpLB\\T?";

/* Each token as its kind's letter and its text in brackets; ! if it lacks its
 * end. */
static const char *tokens_of(const char *sql)
{
    static char result[1000];
    struct slice text = slice_from(sql);
    struct lexer lexer = lexer_of(text);
    struct token token;
    char *at = result;

    while (token = lexer_next(&lexer), token.kind != TOKEN_END) {
        *at++ = kind_letters[token.kind];
        *at++ = '[';
        memcpy(at, sql + token.offset, token.length);
        at += token.length;
        *at++ = ']';
        if (token.unterminated)
            *at++ = '!';
    }
    *at = '\0';
    assert_int_equal(token.length, 0);
    assert_int_equal(token.offset, text.length);
    return result;
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(tokens_of(""), "");
    assert_string_equal(tokens_of(" \t\r\n\f\v"), "");
    assert_string_equal(tokens_of("SELECT a$1_b FROM _x"),
                        "W[SELECT]W[a$1_b]W[FROM]W[_x]");
    assert_string_equal(tokens_of("gr\xc3\xb6\xc3\x9f"
                                  "e \xff"),
                        "W[gr\xc3\xb6\xc3\x9f"
                        "e]W[\xff]");
    assert_string_equal(tokens_of("u & x U&y e b"),
                        "W[u]O[&]W[x]W[U]O[&]W[y]W[e]W[b]");
    assert_string_equal(tokens_of("\"a\"\"b\".\"c d\""),
                        "Q[\"a\"\"b\"]p[.]Q[\"c d\"]");
    assert_string_equal(tokens_of("u&\"d\\0061t\"\"\" x"),
                        "Q[u&\"d\\0061t\"\"\"]W[x]");
    assert_string_equal(tokens_of("\"a"), "Q[\"a]!");
    assert_string_equal(tokens_of("\"a\"\""), "Q[\"a\"\"]!");
}

static void test_strings(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("'a''b'"), "S['a''b']");
    assert_string_equal(tokens_of("'a\\'b"), "S['a\\']W[b]");
    assert_string_equal(tokens_of("E'a\\'b' e'\\\\'"), "S[E'a\\'b']S[e'\\\\']");
    assert_string_equal(tokens_of("b'1' X'1F' n'x' U&'\\0061' fooe'x'"),
                        "S[b'1']S[X'1F']S[n'x']S[U&'\\0061']W[fooe]S['x']");
    assert_string_equal(tokens_of("'a"), "S['a]!");
    assert_string_equal(tokens_of("'"), "S[']!");
    assert_string_equal(tokens_of("E'a\\'"), "S[E'a\\']!");
    assert_string_equal(tokens_of("E'\\"), "S[E'\\]!");
}

/* Two strings are one if a line end stands between them, comments allowed. */
static void test_continued_strings(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("'a'\n'b'"), "S['a'\n'b']");
    assert_string_equal(tokens_of("'a' -- c\r\n\t'b' x"),
                        "S['a' -- c\r\n\t'b']W[x]");
    assert_string_equal(tokens_of("E'a'\n'b\\'c'"), "S[E'a'\n'b\\'c']");
    assert_string_equal(tokens_of("'a'  'b'"), "S['a']S['b']");
    assert_string_equal(tokens_of("'a'\n/* */'b'"), "S['a']B[/* */]S['b']");
    assert_string_equal(tokens_of("'a' -- c"), "S['a']L[-- c]");
    assert_string_equal(tokens_of("'a'\n-"), "S['a']O[-]");
    assert_string_equal(tokens_of("'a'\n'b"), "S['a'\n'b]!");
}

static void test_dollar(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("$$a;$b$'$$ x"), "D[$$a;$b$'$$]W[x]");
    assert_string_equal(tokens_of("$a1$ $a$ $$ $a1$"), "D[$a1$ $a$ $$ $a1$]");
    assert_string_equal(tokens_of("$a$b$a$"), "D[$a$b$a$]");
    assert_string_equal(tokens_of("$a$ $b$a$"), "D[$a$ $b$a$]");
    assert_string_equal(tokens_of("$\xc3\xb6$x$\xc3\xb6$"),
                        "D[$\xc3\xb6$x$\xc3\xb6$]");
    assert_string_equal(tokens_of("$1 $23,$4abc"),
                        "P[$1]P[$23]p[,]P[$4]W[abc]");
    assert_string_equal(tokens_of("$ $a $1$"), "?[$]?[$]W[a]P[$1]?[$]");
    assert_string_equal(tokens_of("$$a"), "D[$$a]!");
    assert_string_equal(tokens_of("$$"), "D[$$]!");
    assert_string_equal(tokens_of("$$$"), "D[$$$]!");
}

static void test_numbers(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("1 1.5 .5 1. 1e5 1E-5 1.5e+3"),
                        "N[1]N[1.5]N[.5]N[1.]N[1e5]N[1E-5]N[1.5e+3]");
    assert_string_equal(tokens_of("1..10"), "N[1]p[..]N[10]");
    assert_string_equal(tokens_of("1_000_000.000_1"), "N[1_000_000.000_1]");
    assert_string_equal(tokens_of("0x1F 0b11 0o17 0xE+1"),
                        "N[0x1F]N[0b11]N[0o17]N[0xE]O[+]N[1]");
    assert_string_equal(tokens_of("1-1"), "N[1]O[-]N[1]");
    assert_string_equal(tokens_of("a.1 123abc 1e+"),
                        "W[a]N[.1]N[123abc]N[1e]O[+]");
    assert_string_equal(tokens_of("a[1:2]"), "W[a]p[[]N[1]p[:]N[2]p[]]");
}

static void test_operators(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("a<=b <> =>|| ->>'x'"),
                        "W[a]O[<=]W[b]O[<>]O[=>||]O[->>]S['x']");
    /* Without one of ~!@#^&|`?% in it an operator does not end in + or -. */
    assert_string_equal(tokens_of("a=-1"), "W[a]O[=]O[-]N[1]");
    assert_string_equal(tokens_of("a*-+1"), "W[a]O[*]O[-]O[+]N[1]");
    assert_string_equal(tokens_of("a@-1"), "W[a]O[@-]N[1]");
    assert_string_equal(tokens_of("+-@ -+*"), "O[+-@]O[-+*]");
    assert_string_equal(tokens_of("+"), "O[+]");
    assert_string_equal(tokens_of("a+--b\n-c"), "W[a]O[+]L[--b]O[-]W[c]");
    assert_string_equal(tokens_of("a</*b*/>c"), "W[a]O[<]B[/*b*/]O[>]W[c]");
    assert_string_equal(tokens_of("a::int := ..:"),
                        "W[a]p[::]W[int]p[:=]p[..]p[:]");
    assert_string_equal(tokens_of("(;)"), "p[(]p[;]p[)]");
}

static void test_comments(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("-- a\r\n--b\r--"), "L[-- a]L[--b]L[--]");
    assert_string_equal(tokens_of("/* /* ; */ ' */ x"),
                        "B[/* /* ; */ ' */]W[x]");
    assert_string_equal(tokens_of("/*/ x **/ y"), "B[/*/ x **/]W[y]");
    assert_string_equal(tokens_of("/**/"), "B[/**/]");
    assert_string_equal(tokens_of("/* /* */"), "B[/* /* */]!");
    assert_string_equal(tokens_of("/*"), "B[/*]!");
    assert_string_equal(tokens_of("*/"), "O[*/]");
}

static void test_templates(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("a_${b}c.{{ d 'e' }} {% if f; %}g{0}"),
                        "T[a_${b}c]p[.]T[{{ d 'e' }}]T[{% if f; %}]T[g{0}]");
    assert_string_equal(tokens_of("a=#{b} c=<%= d %>e f <% g %> h"),
                        "W[a]O[=]T[#{b}]W[c]O[=]T[<%= d %>e]W[f]O[<%]W[g]"
                        "O[%>]W[h]");
    assert_string_equal(tokens_of("'{{ a('b') }}' '{{'c '${d['e']}'"),
                        "S['{{ a('b') }}']S['{{']W[c]S['${d['e']}']");
    assert_string_equal(tokens_of("{{ a } ${b {1,2} ${"),
                        "?[{]?[{]W[a]?[}]?[$]?[{]W[b]?[{]N[1]p[,]N[2]?[}]"
                        "?[$]?[{]");
}

static void test_other_bytes(void **state)
{
    struct lexer lexer = lexer_of((struct slice){"a\0b", 3});

    (void)state;
    assert_string_equal(tokens_of("{{ x }} \\gset"), "T[{{ x }}]\\[\\]W[gset]");
    lexer_next(&lexer);
    assert_int_equal(lexer_next(&lexer).kind, TOKEN_OTHER);
    assert_int_equal(lexer_next(&lexer).kind, TOKEN_WORD);
    assert_int_equal(lexer_next(&lexer).kind, TOKEN_END);
    assert_int_equal(lexer_next(&lexer).kind, TOKEN_END);
}

static bool is_name(const char *sql, const char *name)
{
    struct slice text = slice_from(sql);
    struct lexer lexer = lexer_of(text);

    return token_is_name(text, lexer_next(&lexer), name);
}

static void test_names(void **state)
{
    (void)state;
    assert_true(is_name("Orders", "orders"));
    assert_false(is_name("Orders", "Orders"));
    assert_true(is_name("\"Orders\"", "Orders"));
    assert_false(is_name("\"Orders\"", "orders"));
    assert_true(is_name("\"a\"\"b\"", "a\"b"));
    assert_false(is_name("\"a", "a"));
    assert_false(is_name("'a'", "a"));
    assert_false(is_name("abc", "ab"));
    assert_false(is_name("ab", "abc"));
    /* Only ASCII is folded. */
    assert_true(is_name("\xc3\x96l", "\xc3\x96l"));
}

static void test_unicode_names(void **state)
{
    (void)state;
    assert_true(is_name("U&\"d\\0061t\\+000061\"", "data"));
    assert_true(is_name("u&\"\\00f6\"\"\"", "\xc3\xb6\""));
    assert_true(is_name("U&\"\\\\\"", "\\"));
    assert_true(is_name("U&\"\\D83D\\DE00\"", "\xf0\x9f\x98\x80"));
    assert_true(is_name("U&\"d!0061\" /* c */ UESCAPE '!'", "da"));
    assert_true(is_name("U&\"\\0061\" uescape '!'", "\\0061"));
    assert_false(is_name("U&\"\\D83Dx\"", "x"));
    assert_false(is_name("U&\"\\DE00\"", ""));
    assert_false(is_name("U&\"\\D83D\"", ""));
    assert_false(is_name("U&\"\\00g1\"", ""));
    assert_false(is_name("U&\"\\006\"", "\6"));
    assert_false(is_name("U&\"\\0000\"", ""));
    assert_false(is_name("U&\"\\+110000\"", ""));
}

/* As truncate_identifier(): 63 bytes, no character cut in two. */
static void test_long_names(void **state)
{
    char word[80], name[80], quoted[80];

    (void)state;
    memset(word, 'A', sizeof word);
    word[79] = '\0';
    memset(name, 'a', 63);
    name[63] = '\0';
    assert_true(is_name(word, name));
    name[62] = '\0';
    assert_false(is_name(word, name));

    memset(quoted, 'a', sizeof quoted);
    quoted[0] = quoted[78] = '"';
    quoted[79] = '\0';
    memcpy(quoted + 1 + 62, "\xc3\xb6", 2);
    assert_true(is_name(quoted, name));
}

/* Each of these took quadratic time in a lexer that looks ahead. */
static void test_long_runs(void **state)
{
    static const char *const pieces[] = {"+", "/*", "$a", "'a'\n", "@-", "*/"};
    size_t size = 1 << 20;
    char *text = malloc(size);

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = strlen(pieces[i]), count = 0;
        struct lexer lexer = lexer_of((struct slice){text, size});

        for (size_t at = 0; at < size; at++)
            text[at] = pieces[i][at % length];
        while (lexer_next(&lexer).kind != TOKEN_END)
            count++;
        assert_in_range(count, 1, size);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_continued_strings),
        cmocka_unit_test(test_dollar),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_operators),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_other_bytes),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_unicode_names),
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_long_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
