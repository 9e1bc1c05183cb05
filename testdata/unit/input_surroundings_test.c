/*
 * Folders tell tools, directions and databases, but only those of the project:
 * what a checkout is called, or a folder above it, says nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grouped.h"

static void make_repository(const char *folder)
{
    char command[128];

    snprintf(command, sizeof command, "mkdir -p %s/.git", folder);
    assert_int_equal(scratch_run(&scratch, command), 0);
}

/* Files say themselves what they do; with a tool whose files need not, the
 * folder counts if it is one of two, or beside the rest of the history. */
static void test_a_checkout_may_be_called_down(void **state)
{
    (void)state;
    scratch_write(&scratch, "down/1_x.up.sql", "");
    scratch_write(&scratch, "down/1_x.down.sql", "");
    assert_string_equal(grouped(scratch_path(&scratch, "down")),
                        "golang-migrate .\n  1 x up down \n");
    assert_string_equal(grouped_in("down", "."),
                        "golang-migrate .\n  1 x up down \n");
    assert_string_equal(grouped_in("down", "1_x.up.sql"),
                        "golang-migrate .\n  1 x up down \n");
}

static void test_down_is_a_part_beside_up(void **state)
{
    (void)state;
    scratch_write(&scratch, "Cargo.toml", "sqlx = \"0.8\"\n");
    scratch_write(&scratch, "a/down/1_x.sql", "");
    scratch_write(&scratch, "b/up/1_x.sql", "");
    scratch_write(&scratch, "b/down/1_x.sql", "");
    scratch_write(&scratch, "c/1_x.sql", "");
    scratch_write(&scratch, "c/down/1_x.sql", "");
    assert_string_equal(grouped_scratch(), "sqlx a/down\n  1 x up \n"
                                           "sqlx b\n  1 x up down \n"
                                           "sqlx c\n  1 x up down \n");
}

static void test_checkouts_up_and_down_are_two(void **state)
{
    (void)state;
    scratch_write(&scratch, "up/Cargo.toml", "sqlx = \"0.8\"\n");
    scratch_write(&scratch, "up/1_x.sql", "");
    scratch_write(&scratch, "down/Cargo.toml", "sqlx = \"0.8\"\n");
    scratch_write(&scratch, "down/1_x.sql", "");
    make_repository("up");
    make_repository("down");
    assert_string_equal(grouped_scratch(), "sqlx down\n  1 x up \n"
                                           "sqlx up\n  1 x up \n");
}

/* Without a repository, from the folder on that was named. */
static void test_a_home_folder_tells_no_database(void **state)
{
    const char *plain = "golang-migrate .\n  1 x up \n";

    (void)state;
    scratch_write(&scratch, "mysql/project/1_x.up.sql", "");
    scratch_write(&scratch, "mysql/project/oracle/1_x.up.sql", "");
    assert_string_equal(grouped(scratch_path(&scratch, "mysql/project")),
                        "golang-migrate .\n  1 x up \nskipped 1\n");
    assert_string_equal(grouped_in("mysql/project", "1_x.up.sql"), plain);
    assert_string_equal(grouped_in("mysql/project", "oracle"), "skipped 1\n");
    assert_string_equal(grouped(scratch_path(&scratch, "mysql/project/oracle")),
                        "skipped 1\n");
    assert_string_equal(
        grouped(scratch_path(&scratch, "mysql/project/1_x.up.sql")), plain);
}

/* Flyway's location is below the root. */
static void test_projects_may_lie_below_db_migration(void **state)
{
    (void)state;
    scratch_write(&scratch, "db/migration/a/V1__x.sql", "");
    scratch_write(&scratch, "db/migration/a/more/V2__y.sql", "");
    scratch_write(&scratch, "db/migration/b/V3__z.sql", "");
    make_repository("db/migration/a");
    make_repository("db/migration/b");
    assert_string_equal(grouped_scratch(), "flyway db/migration/a\n"
                                           "  1 x up \n"
                                           "  2 y up \n"
                                           "flyway db/migration/b\n"
                                           "  3 z up \n");
    assert_string_equal(
        grouped_in("db/migration/b",
                   scratch_path(&scratch, "db/migration/b/V3__z.sql")),
        "flyway .\n  3 z up \n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_checkout_may_be_called_down),
        TEST(test_down_is_a_part_beside_up),
        TEST(test_checkouts_up_and_down_are_two),
        TEST(test_a_home_folder_tells_no_database),
        TEST(test_projects_may_lie_below_db_migration),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
