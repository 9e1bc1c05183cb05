/*
 * Flyway's own settings: how names are spelled, where migrations are, in what
 * transactions they run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grouped.h"

static void test_names_are_spelled_as_the_settings_say(void **state)
{
    (void)state;
    scratch_write(&scratch, "flyway.conf",
                  "# flyway.sqlMigrationPrefix=X\n"
                  "flyway.sqlMigrationPrefix=Migration-\n"
                  "flyway.undoSqlMigrationPrefix=downgrade\n"
                  "flyway.repeatableSqlMigrationPrefix = RRR\n"
                  "flyway.sqlMigrationSeparator=--\n"
                  "flyway.sqlMigrationSuffixes=.pg.sql,.sql\n"
                  "other.sqlMigrationPrefix=Y\n");
    scratch_write(&scratch, "sql/Migration-1.2--add_total.pg.sql", "");
    scratch_write(&scratch, "sql/Migration-1.10--more.sql", "");
    scratch_write(&scratch, "sql/downgrade1.2--add_total.sql", "");
    scratch_write(&scratch, "sql/RRR--views.sql", "");
    scratch_write(&scratch, "sql/V1__not_ours.sql", "");
    assert_string_equal(grouped_scratch(), "flyway sql\n"
                                           "  1.2 add_total up down \n"
                                           "  1.10 more up \n"
                                           "   views repeatable up \n"
                                           "plain sql\n"
                                           "    up \n");
    assert_string_equal(
        grouped(scratch_path(&scratch, "sql/Migration-1.10--more.sql")),
        "flyway .\n"
        "  1.2 add_total up down \n"
        "  1.10 more up \n"
        "   views repeatable up \n");
}

static void test_settings_may_be_toml(void **state)
{
    (void)state;
    scratch_write(&scratch, "flyway.toml",
                  "flyway.sqlMigrationSeparator = '-'\n"
                  "[environments.test]\n"
                  "sqlMigrationPrefix = \"X\"\n"
                  "[flyway]\n"
                  "sqlMigrationPrefix = \"M\" # as before\n"
                  "sqlMigrationSuffixes = [\n"
                  "  \".up.sql\",\n"
                  "  '.SQL'\n"
                  "]\n");
    scratch_write(&scratch, "M1-a.sql", "");
    scratch_write(&scratch, "M2-b.up.sql", "");
    scratch_write(&scratch, "X3-c.sql", "");
    assert_string_equal(grouped_scratch(), "flyway .\n"
                                           "  1 a up \n"
                                           "  2 b up \n"
                                           "plain .\n"
                                           "    up \n");
}

/* The nearest file counts, none above the repository's root. */
static void test_settings_are_those_of_the_project(void **state)
{
    (void)state;
    scratch_write(&scratch, "flyway.conf", "flyway.sqlMigrationPrefix=M\n");
    scratch_write(&scratch, "M1__a.sql", "");
    scratch_write(&scratch, "b/flyway.conf", "flyway.sqlMigrationPrefix=N\n");
    scratch_write(&scratch, "b/sql/N1__b.sql", "");
    scratch_write(&scratch, "c/.git/config", "");
    scratch_write(&scratch, "c/V1__c.sql", "");
    assert_string_equal(grouped_scratch(), "flyway .\n  1 a up \n"
                                           "flyway b/sql\n  1 b up \n"
                                           "flyway c\n  1 c up \n");
}

static void test_locations_are_one_history(void **state)
{
    const char *expected = "flyway common/tables\n"
                           "  1 a up \n"
                           "  2 b up \n"
                           "  3 c up \n";

    (void)state;
    scratch_write(&scratch, "flyway.toml",
                  "[flyway]\n"
                  "locations = [\"filesystem:common\", "
                  "\"filesystem:./pg\", \"classpath:sql/more\"]\n");
    scratch_write(&scratch, "common/tables/V1__a.sql", "");
    scratch_write(&scratch, "pg/V2__b.sql", "");
    scratch_write(&scratch, "src/main/resources/sql/more/V3__c.sql", "");
    scratch_write(&scratch, "test/V2__d.sql", "");
    assert_string_equal(grouped_scratch(), "flyway common/tables\n"
                                           "  1 a up \n"
                                           "  2 b up \n"
                                           "  3 c up \n"
                                           "flyway test\n"
                                           "  2 d up \n");
    assert_non_null(
        strstr(grouped(scratch_path(&scratch,
                                    "src/main/resources/sql/more/V3__c.sql")),
               strchr(expected, '\n')));
}

static void test_settings_may_take_the_transaction_away(void **state)
{
    (void)state;
    scratch_write(&scratch, "flyway.conf",
                  "flyway.executeInTransaction=false\n");
    scratch_write(&scratch, "V1__a.sql", "");
    assert_string_equal(grouped_scratch(), "flyway .\n  1 a up! \n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_names_are_spelled_as_the_settings_say),
        TEST(test_settings_may_be_toml),
        TEST(test_settings_are_those_of_the_project),
        TEST(test_locations_are_one_history),
        TEST(test_settings_may_take_the_transaction_away),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
