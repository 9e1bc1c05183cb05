/*
 * Other databases' files. A file of PostgreSQL's that is taken for another's
 * is not judged at all, so most cases here are about staying out.
 */
#include "input/database.h"

#include <setjmp.h>
#include <stdarg.h>
/* Needs the headers above. */
#include <cmocka.h>

static void test_folders_and_names_of_others(void **state)
{
    static const char *const paths[] = {
        "mysql/1_x.up.sql",
        "schema/mysql/v8/x.sql",
        "jdbc-h2/src/main/resources/migrations/V1__x.sql",
        "riverdriver/riversqlite/migration/main/001_x.up.sql",
        "migrations/SQLite3/x.sql",
        "db/ClickHouse/x.sql",
        "postgres/mysql/x.sql",
        "schema.mysql.sql",
        "schema-mariadb.sql",
        "init_sqlserver.sql",
        "cockroachdb/x.sql",
        "mssql/x.sql",
        "oracle/x.sql",
        "cassandra/x.sql",
        "cql/x.sql",
        "snowflake/x.sql",
        "bigquery/x.sql",
        "duckdb.sql",
        "3_init.sqlite.up.sql",
        "V3__init.mysql.sql",
    };

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (!database_is_other_folder(slice_from(paths[i])))
            fail_msg("%s is another database's", paths[i]);
    }
}

static void test_folders_and_names_of_ours(void **state)
{
    static const char *const paths[] = {
        "1_x.up.sql",
        "postgres/x.sql",
        "mysql/postgresql/x.sql",
        "mysql2postgres/x.sql",
        "schema.pg.sql",
        "oauth2/x.sql",         /* contains "h2" */
        "graphql/x.sql",        /* contains "ql" */
        "oracles/x.sql",        /* a longer word */
        "cqlite/x.sql",         /* likewise */
        "plpgsql/x.sql",        /* contains "sql" */
        "3_drop_mysql_ids.sql", /* what it does, not what it is for */
        "000012_add_snowflake_id.up.sql",
        "V4__import_from_oracle.sql",
        "R__clickhouse_export_view.sql",
        "20240101000000_add_clickhouse_flags/migration.sql",
        "2024-01-01-000000_remove-sqlite/up.sql",
        "mysql.d/3_x/postgres/x.sql",
        "",
        "/",
    };

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (database_is_other_folder(slice_from(paths[i])))
            fail_msg("%s is PostgreSQL's", paths[i]);
    }
}

static void test_texts_of_others(void **state)
{
    static const char *const texts[] = {
        "CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a;",
        "CREATE TABLE t (a int)\nENGINE = ReplicatedMergeTree('/x')\nORDER BY a",
        "create table t (a int) engine=innodb;",
        "CREATE TABLE `t` (`id` int AUTO_INCREMENT PRIMARY KEY);",
        "-- it's\nCREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB;",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!database_is_other_by_text(slice_from(texts[i])))
            fail_msg("another database's: %s", texts[i]);
    }
}

static void test_texts_of_ours(void **state)
{
    static const char *const texts[] = {
        "",
        "`",
        "ENGINE =",
        "=",
        "SELECT * FROM cars WHERE engine = 'InnoDB';",
        "UPDATE cars SET engine = diesel;",
        "SELECT search_engine = MergeTree;",
        "-- was: ENGINE = InnoDB\nCREATE TABLE t (a int);",
        "/* ENGINE = InnoDB */ SELECT 1;",
        "INSERT INTO notes VALUES ('use `t` with AUTO_INCREMENT');",
        "COMMENT ON TABLE t IS 'ENGINE = InnoDB';",
        "DO $$ BEGIN RAISE NOTICE 'ENGINE = InnoDB'; END $$;",
        "CREATE FUNCTION f() RETURNS text AS $a$ ENGINE=InnoDB $a$ LANGUAGE x;",
        "SELECT `a`;",
        "SELECT 1 AS auto_increment;",
        "CREATE TABLE \"`t`\" (auto_increment int);",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (database_is_other_by_text(slice_from(texts[i])))
            fail_msg("PostgreSQL's: %s", texts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folders_and_names_of_others),
        cmocka_unit_test(test_folders_and_names_of_ours),
        cmocka_unit_test(test_texts_of_others),
        cmocka_unit_test(test_texts_of_ours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
