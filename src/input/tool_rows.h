/*
 * What the rows of the table of tools point to (tools.c): one function for each
 * thing that a tool does in its own way.
 */
#ifndef INPUT_TOOL_ROWS_H
#define INPUT_TOOL_ROWS_H

#include "input/tools.h"

/* Each statement by itself. */
transaction_of_section transaction_never;
/* The section is sent as one string. */
transaction_of_section transaction_of_string;
/* BEGIN and COMMIT around statements that are sent one by one. */
transaction_of_section transaction_around;
/* BEGIN and COMMIT around one string. */
transaction_of_section transaction_around_string;
/* One pipeline of the extended protocol. */
transaction_of_section transaction_of_pipeline;
transaction_of_section transaction_of_flyway;
bool flyway_runs_alone(struct slice statement);
transaction_of_section transaction_of_prisma;

/* The settings in this folder; null where it has none. */
const struct tool_settings *flyway_settings(struct arena *arena,
                                            struct slice folder);

/* Cuts at `-- +goose Up` and `-- +goose Down`, and tells such files. */
void sections_of_goose(struct arena *arena, struct source *source,
                       struct migration *migration);
bool sections_are_goose(struct slice text);

/* Cuts at `-- migrate:up` and `-- migrate:down`, and tells such files. */
void sections_of_dbmate(struct arena *arena, struct source *source,
                        struct migration *migration);
bool sections_are_dbmate(struct slice text);

/* Cuts at `-- +migrate Up` and `-- +migrate Down`, and tells such files. */
void sections_of_sql_migrate(struct arena *arena, struct source *source,
                             struct migration *migration);
bool sections_are_sql_migrate(struct slice text);

/* Cuts at `-- Up Migration` and `-- Down Migration`, and tells such files. */
void sections_of_node_pg_migrate(struct arena *arena, struct source *source,
                                 struct migration *migration);
bool sections_are_node_pg_migrate(struct slice text);

/* Cuts at `---- create above / drop below ----`, and tells such files. */
void sections_of_tern(struct arena *arena, struct source *source,
                      struct migration *migration);
bool sections_are_tern(struct slice text);

/* Cuts into changesets, and tells files of them by their first line. */
bool changesets_cut(struct arena *arena, struct source *source,
                    struct migration_array *changesets);
bool changesets_have_marker(struct slice text);

/* The marks of tools that do not cut at them, by which files are told. */
bool sqlx_has_marker(struct slice text);
bool graphile_migrate_has_marker(struct slice text);
bool yoyo_has_marker(struct slice text);
bool drizzle_has_marker(struct slice text);
bool django_has_marker(struct slice text);
bool alembic_has_marker(struct slice text);

/* Whether the folder's files are the tool's. */
bool atlas_is_folder(struct arena *arena, struct slice folder);
bool supabase_is_folder(struct arena *arena, struct slice folder);

/* Whether the name is one that only this tool's files have. */
bool pop_has_own_name(struct arena *arena, struct slice folder,
                      struct slice name);
bool yoyo_has_own_name(struct arena *arena, struct slice folder,
                       struct slice name);

/* Whether there is a file for PostgreSQL beside this one for all databases. */
bool pop_is_replaced(struct arena *arena, struct slice folder,
                     struct slice name);

/* Reads which files the tool runs, in what order. */
void drizzle_list(struct arena *arena, struct slice folder,
                  struct tool_listing *listing);
void sqitch_list(struct arena *arena, struct slice folder,
                 struct tool_listing *listing);
void liquibase_list(struct arena *arena, struct slice folder,
                    struct tool_listing *listing);
/* Also of programs. */
void yoyo_list(struct arena *arena, struct slice folder,
               struct tool_listing *listing);
bool drizzle_is_folder(struct arena *arena, struct slice folder);
/* A migration's own folder, since 1.0. */
bool drizzle_has_snapshot(struct arena *arena, struct slice folder,
                          struct slice name);
bool drizzle_is_other_database(struct arena *arena, struct slice folder,
                               struct slice name);
bool sqitch_is_folder(struct arena *arena, struct slice folder);

/* What a file does, where its text says. */
enum migration_role atlas_role(struct slice text);
enum migration_role alembic_role(struct slice text);

/* Delimiters of the file's own become semicolons. */
void atlas_edit(struct arena *arena, struct source *source);

/* Whether a file runs without the tool's transaction. */
bool atlas_has_opted_out(struct arena *arena, const struct source *source);
bool graphile_migrate_has_opted_out(struct arena *arena,
                                    const struct source *source);
bool pop_has_opted_out(struct arena *arena, const struct source *source);
bool yoyo_has_opted_out(struct arena *arena, const struct source *source);
bool diesel_has_opted_out(struct arena *arena, const struct source *source);
bool sqlx_has_opted_out(struct arena *arena, const struct source *source);
bool flyway_has_opted_out(struct arena *arena, const struct source *source);

/* The order of two versions, as in qsort(). */
int flyway_compare(struct slice a, struct slice b);
int diesel_compare(struct slice a, struct slice b);
int sql_migrate_compare(struct slice a, struct slice b);

/* How the section's author opts out. */
const char *golang_migrate_advice(const struct section *section);
const char *goose_advice(const struct section *section);
const char *dbmate_advice(const struct section *section);
const char *diesel_advice(const struct section *section);
const char *sqlx_advice(const struct section *section);
const char *flyway_advice(const struct section *section);
const char *prisma_advice(const struct section *section);
const char *sql_migrate_advice(const struct section *section);
const char *tern_advice(const struct section *section);
const char *atlas_advice(const struct section *section);
const char *graphile_migrate_advice(const struct section *section);
const char *yoyo_advice(const struct section *section);
const char *pop_advice(const struct section *section);
const char *first_statement_advice(const struct section *section);
const char *liquibase_advice(const struct section *section);
const char *sqitch_advice(const struct section *section);
const char *django_advice(const struct section *section);
const char *alembic_advice(const struct section *section);

#endif
