/*
 * What a tool's users write to run a statement outside of its transaction, as
 * sentences without a period. What the rows of tools.c point to.
 */
#include "input/tool_rows.h"

const char *golang_migrate_advice(const struct section *section)
{
    (void)section;
    return "put it alone in a file of its own";
}

const char *goose_advice(const struct section *section)
{
    (void)section;
    return "write \"-- +goose NO TRANSACTION\" at the top of the file";
}

const char *dbmate_advice(const struct section *section)
{
    if (section->has_opted_out)
        return "keep it the only statement of its section";
    if (section->direction == DIRECTION_DOWN)
        return "write \"-- migrate:down transaction:false\" and keep it the "
               "only statement of that section";
    return "write \"-- migrate:up transaction:false\" and keep it the only "
           "statement of that section";
}

const char *diesel_advice(const struct section *section)
{
    if (section->has_opted_out)
        return "keep it the only statement of its file";
    return "write \"run_in_transaction = false\" in a metadata.toml beside the "
           "file and keep it the only statement of the file";
}

const char *sqlx_advice(const struct section *section)
{
    if (section->has_opted_out)
        return "keep it the only statement of its file";
    return "make \"-- no-transaction\" the first line of the file and keep it "
           "the only statement of the file";
}

const char *flyway_advice(const struct section *section)
{
    (void)section;
    return "write \"executeInTransaction=false\" in a file of the migration's "
           "name with \".conf\" added";
}

const char *prisma_advice(const struct section *section)
{
    (void)section;
    return "put it alone in a migration of its own";
}

const char *sql_migrate_advice(const struct section *section)
{
    if (section->direction == DIRECTION_DOWN)
        return "write \"-- +migrate Down notransaction\" instead of \"-- "
               "+migrate Down\"";
    return "write \"-- +migrate Up notransaction\" instead of \"-- +migrate "
           "Up\"";
}

const char *tern_advice(const struct section *section)
{
    if (section->direction == DIRECTION_DOWN)
        return "write \"---- tern: disable-tx ----\" on a line of its own below "
               "the separator";
    return "write \"---- tern: disable-tx ----\" on a line of its own at the "
           "top of the file";
}

const char *atlas_advice(const struct section *section)
{
    (void)section;
    return "make \"-- atlas:txmode none\" the first line of the file, with an "
           "empty line after it";
}

const char *graphile_migrate_advice(const struct section *section)
{
    if (section->has_opted_out)
        return "keep it the only statement of its file";
    return "make \"--! no-transaction\" the first line of the migration and "
           "keep it the only statement of the file";
}

const char *yoyo_advice(const struct section *section)
{
    (void)section;
    return "write \"-- transactional: false\" at the top of the file";
}

const char *pop_advice(const struct section *section)
{
    if (section->has_opted_out)
        return "keep it the only statement of its file";
    if (section->direction == DIRECTION_DOWN)
        return "end the file's name in \".autocommit.down.sql\" and keep it the "
               "only statement of the file";
    return "end the file's name in \".autocommit.up.sql\" and keep it the only "
           "statement of the file";
}

const char *first_statement_advice(const struct section *section)
{
    (void)section;
    return "make it the only statement of a migration of its own";
}

const char *liquibase_advice(const struct section *section)
{
    (void)section;
    return "write \"runInTransaction:false\" behind the changeset's author and "
           "id";
}

const char *sqitch_advice(const struct section *section)
{
    (void)section;
    return "leave BEGIN and COMMIT out of the file";
}

const char *django_advice(const struct section *section)
{
    (void)section;
    return "write \"atomic = False\" in the class of the migration, and keep it "
           "the only operation";
}

const char *alembic_advice(const struct section *section)
{
    (void)section;
    return "run it inside of \"with op.get_context().autocommit_block():\"";
}
