/*
 * Which files are found, in what order, and which siblings come along.
 */
#include "base/buffer.h"
#include "input/discover.h"

#include <setjmp.h>
#include <stdarg.h>
/* Needs the headers above. */
#include <cmocka.h>

#include "scratch.h"

static struct scratch scratch;
static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    scratch = scratch_new();
    arena_init(&arena);
    return chdir(scratch.folder);
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    scratch_remove(&scratch);
    return 0;
}

/* The files' paths, siblings in brackets, then the problems. */
static const char *found(const struct discover_request *request)
{
    struct discovery discovery;
    struct buffer buffer;

    discover(&arena, request, &discovery);
    buffer_init(&buffer, &arena);
    for (size_t i = 0; i < discovery.files.count; i++) {
        const struct discovered *file = &discovery.files.items[i];

        buffer_add_format(&buffer, file->is_named ? "%s\n" : "[%s]\n",
                          file->source->path);
        source_unload(file->source);
    }
    for (size_t i = 0; i < discovery.problems.count; i++)
        buffer_add_format(&buffer, "%s\n", discovery.problems.items[i].message);
    discovery_release(&discovery);
    return buffer_text(&buffer);
}

static const char *found_below(const char *path)
{
    struct discover_request request = {.paths = &path, .path_count = 1};

    return found(&request);
}

static const char *found_in_two(const char *first, const char *second)
{
    const char *paths[] = {first, second};
    struct discover_request request = {.paths = paths, .path_count = 2};

    return found(&request);
}

static void test_folders_are_searched_in_natural_order(void **state)
{
    struct discover_request current = {.path_count = 0};

    (void)state;
    scratch_write(&scratch, "m/v10.sql", "");
    scratch_write(&scratch, "m/v2.sql", "");
    scratch_write(&scratch, "m/V1.SQL", "");
    scratch_write(&scratch, "m/a/x.Sql", "");
    scratch_write(&scratch, "m/readme.md", "");
    scratch_write(&scratch, "m/sql", "");
    scratch_write(&scratch, "m/x.sql.conf", "");
    assert_string_equal(found_below("m"),
                        "m/V1.SQL\nm/a/x.Sql\nm/v2.sql\nm/v10.sql\n");
    assert_string_equal(found_below("m/"),
                        "m/V1.SQL\nm/a/x.Sql\nm/v2.sql\nm/v10.sql\n");
    assert_string_equal(found_below("./m/a"), "./m/a/x.Sql\n");
    assert_string_equal(found(&current),
                        "m/V1.SQL\nm/a/x.Sql\nm/v2.sql\nm/v10.sql\n");
}

static void test_some_folders_are_passed_over(void **state)
{
    (void)state;
    scratch_write(&scratch, "a.sql", "");
    scratch_write(&scratch, ".hidden/b.sql", "");
    scratch_write(&scratch, "._a.sql", "");
    scratch_write(&scratch, "node_modules/c.sql", "");
    scratch_write(&scratch, "x/vendor/d.sql", "");
    scratch_write(&scratch, "x/e.sql", "");
    assert_string_equal(found_below("."), "./a.sql\n./x/e.sql\n");
    assert_string_equal(found_below(".hidden"), ".hidden/b.sql\n");
}

static void test_a_file_named_by_hand_is_read_whatever_its_name(void **state)
{
    (void)state;
    scratch_write(&scratch, "vendor/.notes.txt", "");
    assert_string_equal(found_below("vendor/.notes.txt"),
                        "vendor/.notes.txt\n");
}

static void test_a_missing_path_is_a_problem_and_others_go_on(void **state)
{
    (void)state;
    scratch_write(&scratch, "a.sql", "");
    assert_string_equal(
        found_in_two("none.sql", "a.sql"),
        "a.sql\ncannot read \"none.sql\": No such file or directory\n");
}

static void test_a_folder_may_have_the_name_of_a_file(void **state)
{
    (void)state;
    scratch_write(&scratch, "x.sql/a.sql", "");
    assert_string_equal(found_below("."), "./x.sql/a.sql\n");
    assert_string_equal(found_below("x.sql"), "x.sql/a.sql\n");
}

static void test_a_file_is_listed_once(void **state)
{
    (void)state;
    scratch_write(&scratch, "m/a.sql", "");
    scratch_write(&scratch, "m/b.sql", "");
    assert_int_equal(scratch_run(&scratch, "ln -s a.sql m/c.sql"), 0);
    assert_int_equal(scratch_run(&scratch, "ln m/a.sql m/d.sql"), 0);
    assert_string_equal(found_below("m"), "m/a.sql\nm/b.sql\n");
    assert_string_equal(found_in_two("./m/b.sql", "m"), "./m/b.sql\nm/a.sql\n");
}

static void test_links_and_pipes_do_no_harm(void **state)
{
    (void)state;
    scratch_write(&scratch, "m/a.sql", "");
    scratch_write(&scratch, "other/b.sql", "");
    assert_int_equal(scratch_run(&scratch, "ln -s .. m/loop && "
                                           "ln -s ../other/b.sql m/link.sql && "
                                           "ln -s none m/broken.sql && "
                                           "mkfifo m/pipe.sql"),
                     0);
    assert_string_equal(found_below("m"), "m/a.sql\nm/link.sql\n");
}

static void test_excluded_paths_are_relative_to_the_root(void **state)
{
    const char *const globs[] = {"old/**", "**/*.generated.sql", "m/?.sql"};
    const char *path = "m";
    struct discover_request request = {
        .root = "..",
        .exclude = globs,
        .exclude_count = 3,
    };

    (void)state;
    scratch_write(&scratch, "w/m/a.sql", "");
    scratch_write(&scratch, "w/m/x.generated.sql", "");
    scratch_write(&scratch, "w/old/b.sql", "");
    scratch_write(&scratch, "w/keep.sql", "");
    assert_int_equal(chdir("w"), 0);
    assert_string_equal(found(&request), "keep.sql\nm/a.sql\nold/b.sql\n");
    request.root = ".";
    assert_string_equal(found(&request), "keep.sql\n");
    request.paths = &path;
    request.path_count = 1;
    assert_string_equal(found(&request), "");
    path = "m/a.sql";
    assert_string_equal(found(&request), "m/a.sql\n");
}

static bool has_git(void)
{
    return scratch_run(&scratch, "git init -q . 2>/dev/null") == 0;
}

static void test_what_git_ignores_is_passed_over(void **state)
{
    (void)state;
    scratch_write(&scratch, ".gitignore", "build/\n*.tmp.sql\n");
    scratch_write(&scratch, "a.sql", "");
    scratch_write(&scratch, "b.tmp.sql", "");
    scratch_write(&scratch, "x/build/c.sql", "");
    scratch_write(&scratch, "x/d.sql", "");
    scratch_write(&scratch, "x/e.tmp.sql", "");
    if (!has_git())
        skip();
    assert_string_equal(found_below("."), "./a.sql\n./x/d.sql\n");
    assert_string_equal(found_below("x"), "x/d.sql\n");
    assert_string_equal(found_below("x/build"), "x/build/c.sql\n");
    assert_string_equal(found_below("b.tmp.sql"), "b.tmp.sql\n");
}

/* git sets GIT_DIR and GIT_INDEX_FILE for its hooks, relative to the root. */
static void test_git_is_asked_in_hooks_too(void **state)
{
    const char *text;

    (void)state;
    scratch_write(&scratch, ".gitignore", "b.sql\n");
    scratch_write(&scratch, "x/a.sql", "");
    scratch_write(&scratch, "x/b.sql", "");
    if (!has_git())
        skip();
    setenv("GIT_DIR", ".git", 1);
    setenv("GIT_INDEX_FILE", ".git/index", 1);
    text = found_below("x");
    unsetenv("GIT_DIR");
    unsetenv("GIT_INDEX_FILE");
    assert_string_equal(text, "x/a.sql\n");
}

static void test_a_repository_cannot_run_programs(void **state)
{
    (void)state;
    scratch_write(&scratch, "run", "#!/bin/sh\ntouch \"$0.was-here\"\n");
    scratch_write(&scratch, "a.sql", "");
    if (!has_git())
        skip();
    assert_int_equal(
        scratch_run(&scratch, "chmod +x run && git add a.sql && "
                              "for key in core.fsmonitor core.pager "
                              "core.sshCommand core.editor diff.external; do "
                              "git config $key \"$PWD/run\" || exit; done"),
        0);
    assert_string_equal(found_below("."), "./a.sql\n");
    assert_int_not_equal(access("run.was-here", F_OK), 0);
}

static void test_siblings_are_the_files_of_the_history(void **state)
{
    (void)state;
    scratch_write(&scratch, "m/1_a.up.sql", "");
    scratch_write(&scratch, "m/1_a.down.sql", "");
    scratch_write(&scratch, "m/2_b.up.sql", "");
    scratch_write(&scratch, "m/10_c.up.sql", "");
    scratch_write(&scratch, "m/schema.sql", "");
    scratch_write(&scratch, "m/x/3_d.up.sql", "");
    assert_string_equal(
        found_below("m/2_b.up.sql"),
        "m/2_b.up.sql\n[m/1_a.down.sql]\n[m/1_a.up.sql]\n[m/10_c.up.sql]\n");
    assert_string_equal(
        found_in_two("m/2_b.up.sql", "./m/1_a.up.sql"),
        "m/2_b.up.sql\n./m/1_a.up.sql\n[m/1_a.down.sql]\n[m/10_c.up.sql]\n");
    assert_string_equal(found_below("m/schema.sql"), "m/schema.sql\n");
}

static void test_siblings_of_marked_files(void **state)
{
    (void)state;
    scratch_write(&scratch, "1_a.sql", "-- +goose Up\n");
    scratch_write(&scratch, "2_b.sql", "-- +goose Up\n");
    scratch_write(&scratch, "3_forgotten.sql", "SELECT 1;\n");
    scratch_write(&scratch, "notes.sql", "");
    assert_string_equal(found_below("1_a.sql"),
                        "1_a.sql\n[2_b.sql]\n[3_forgotten.sql]\n");
    assert_string_equal(found_below("3_forgotten.sql"),
                        "3_forgotten.sql\n[1_a.sql]\n[2_b.sql]\n");
    assert_string_equal(found_below("notes.sql"), "notes.sql\n");
}

static void test_siblings_in_folders_of_their_own(void **state)
{
    (void)state;
    scratch_write(&scratch, "d/2024-01-01_a/up.sql", "");
    scratch_write(&scratch, "d/2024-01-01_a/down.sql", "");
    scratch_write(&scratch, "d/2024-01-02_b/up.sql", "");
    scratch_write(&scratch, "p/1_a/migration.sql", "");
    scratch_write(&scratch, "p/2_b/migration.sql", "");
    scratch_write(&scratch, "p/migration_lock.toml", "");
    assert_string_equal(found_below("d/2024-01-02_b/up.sql"),
                        "d/2024-01-02_b/up.sql\n[d/2024-01-01_a/up.sql]\n"
                        "[d/2024-01-01_a/down.sql]\n");
    assert_string_equal(found_below("d/2024-01-02_b"),
                        "d/2024-01-02_b/up.sql\n[d/2024-01-01_a/up.sql]\n"
                        "[d/2024-01-01_a/down.sql]\n");
    assert_string_equal(found_below("p/2_b/migration.sql"),
                        "p/2_b/migration.sql\n[p/1_a/migration.sql]\n");
    assert_int_equal(chdir("d/2024-01-01_a"), 0);
    assert_string_equal(
        found_below("up.sql"),
        "up.sql\n[../2024-01-01_a/down.sql]\n[../2024-01-02_b/up.sql]\n");
}

static void test_siblings_below_a_flyway_location(void **state)
{
    (void)state;
    scratch_write(&scratch, "db/migration/a/V1__a.sql", "");
    scratch_write(&scratch, "db/migration/b/V2__b.sql", "");
    scratch_write(&scratch, "db/migration/b/data.sql", "");
    scratch_write(&scratch, "sql/V1__a.sql", "");
    scratch_write(&scratch, "sql/x/V2__b.sql", "");
    assert_string_equal(
        found_below("db/migration/b/V2__b.sql"),
        "db/migration/b/V2__b.sql\n[db/migration/a/V1__a.sql]\n");
    assert_string_equal(found_below("sql/x/V2__b.sql"),
                        "sql/x/V2__b.sql\n[sql/V1__a.sql]\n");
    assert_string_equal(found_below("sql/x"),
                        "sql/x/V2__b.sql\n[sql/V1__a.sql]\n");
}

static void test_a_tool_by_settings_finds_its_siblings(void **state)
{
    const char *path = "2.sql";
    struct discover_request request = {
        .paths = &path,
        .path_count = 1,
        .tool = tool_find(SLICE("plain-numbered")),
    };

    (void)state;
    scratch_write(&scratch, "1.sql", "");
    scratch_write(&scratch, "2.sql", "");
    scratch_write(&scratch, "x.sql", "");
    assert_string_equal(found(&request), "2.sql\n[1.sql]\n");
    request.tool = NULL;
    assert_string_equal(found(&request), "2.sql\n");
}

static void test_standard_input_takes_the_place_of_a_file(void **state)
{
    const char *paths[] = {"-", "."};
    struct discover_request request = {
        .paths = paths,
        .path_count = 1,
        .stdin_text = SLICE("-- +goose Up\n"),
    };

    (void)state;
    scratch_write(&scratch, "1_a.sql", "-- +goose Up\n");
    scratch_write(&scratch, "2_b.sql", "-- +goose Up\n");
    assert_string_equal(found(&request), "<stdin>\n");
    request.stdin_filename = "./2_b.sql";
    assert_string_equal(found(&request), "./2_b.sql\n[./1_a.sql]\n");
    request.stdin_filename = "3_new.sql";
    assert_string_equal(found(&request), "3_new.sql\n[1_a.sql]\n[2_b.sql]\n");
    request.stdin_filename = "2_b.sql";
    request.path_count = 2;
    assert_string_equal(found(&request), "2_b.sql\n./1_a.sql\n");
    request.stdin_filename = NULL;
    assert_string_equal(found(&request), "<stdin>\n./1_a.sql\n./2_b.sql\n");
}

static void test_other_databases_are_no_siblings(void **state)
{
    (void)state;
    scratch_write(&scratch, "1_a.up.sql", "");
    scratch_write(&scratch, "1_a.mysql.up.sql", "");
    scratch_write(&scratch, "2_b.up.sql", "");
    assert_string_equal(found_below("2_b.up.sql"),
                        "2_b.up.sql\n[1_a.up.sql]\n");
}

static const char *found_for_queries(const char *path)
{
    struct discover_request request = {
        .paths = &path,
        .path_count = 1,
        .finds_schemas = true,
    };

    return found(&request);
}

static void test_queries_find_the_nearest_history(void **state)
{
    (void)state;
    scratch_write(&scratch, "app/.git", "");
    scratch_write(&scratch, "app/migrations/1_a.up.sql", "");
    scratch_write(&scratch, "app/migrations/2_b.up.sql", "");
    scratch_write(&scratch, "app/other/db/V1__a.sql", "");
    scratch_write(&scratch, "app/other/q.sql", "SELECT 1;");
    scratch_write(&scratch, "app/db/sql/q.sql", "SELECT 1;");
    scratch_write(&scratch, "app/db/sql/notes.sql", "CREATE TABLE t (a int);");
    assert_string_equal(found_for_queries("app/other/q.sql"),
                        "app/other/q.sql\n[app/other/db/V1__a.sql]\n");
    assert_string_equal(found_for_queries("app/other"),
                        "app/other/db/V1__a.sql\napp/other/q.sql\n");
    assert_string_equal(found_for_queries("app/db/sql/notes.sql"),
                        "app/db/sql/notes.sql\n");
    assert_string_equal(found_below("app/other/q.sql"), "app/other/q.sql\n");
}

static void test_queries_find_schema_scripts(void **state)
{
    (void)state;
    scratch_write(&scratch, ".git", "");
    scratch_write(&scratch, "sql/schema.sql", "CREATE TABLE t (a int);");
    scratch_write(&scratch, "sql/other.sql", "CREATE TABLE t (a int);");
    scratch_write(&scratch, "sql/q.sql", "-- name: A :one\nSELECT 1;");
    assert_string_equal(found_for_queries("sql/q.sql"),
                        "sql/q.sql\n[sql/schema.sql]\n");
    scratch_write(&scratch, "sql/migrations/1_a.up.sql", "");
    scratch_write(&scratch, "sql/migrations/2_b.up.sql", "");
    assert_string_equal(found_for_queries("sql/q.sql"),
                        "sql/q.sql\n[sql/migrations/1_a.up.sql]\n"
                        "[sql/migrations/2_b.up.sql]\n");
}

static void test_queries_stay_in_their_repository(void **state)
{
    (void)state;
    scratch_write(&scratch, "migrations/1_a.up.sql", "");
    scratch_write(&scratch, "migrations/2_b.up.sql", "");
    scratch_write(&scratch, "app/q.sql", "SELECT 1;");
    assert_string_equal(found_for_queries("app/q.sql"), "app/q.sql\n");
    scratch_write(&scratch, "app/.git", "");
    assert_string_equal(found_for_queries("app/q.sql"), "app/q.sql\n");
}

static void test_queries_between_many_histories(void **state)
{
    (void)state;
    scratch_write(&scratch, ".git", "");
    scratch_write(&scratch, "q.sql", "SELECT 1;");
    for (int i = 0; i < 5; i++) {
        char path[] = "0/migrations/1_a.up.sql";

        path[0] = (char)('a' + i);
        scratch_write(&scratch, path, "");
        path[13] = '2';
        scratch_write(&scratch, path, "");
    }
    assert_string_equal(found_for_queries("q.sql"), "q.sql\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_folders_are_searched_in_natural_order),
        TEST(test_some_folders_are_passed_over),
        TEST(test_a_file_named_by_hand_is_read_whatever_its_name),
        TEST(test_a_missing_path_is_a_problem_and_others_go_on),
        TEST(test_a_folder_may_have_the_name_of_a_file),
        TEST(test_a_file_is_listed_once),
        TEST(test_links_and_pipes_do_no_harm),
        TEST(test_excluded_paths_are_relative_to_the_root),
        TEST(test_what_git_ignores_is_passed_over),
        TEST(test_git_is_asked_in_hooks_too),
        TEST(test_a_repository_cannot_run_programs),
        TEST(test_siblings_are_the_files_of_the_history),
        TEST(test_siblings_of_marked_files),
        TEST(test_siblings_in_folders_of_their_own),
        TEST(test_siblings_below_a_flyway_location),
        TEST(test_a_tool_by_settings_finds_its_siblings),
        TEST(test_standard_input_takes_the_place_of_a_file),
        TEST(test_other_databases_are_no_siblings),
        TEST(test_queries_find_the_nearest_history),
        TEST(test_queries_find_schema_scripts),
        TEST(test_queries_stay_in_their_repository),
        TEST(test_queries_between_many_histories),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
