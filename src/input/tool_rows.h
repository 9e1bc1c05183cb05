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
transaction_of_section transaction_of_flyway;
transaction_of_section transaction_of_prisma;

/* Cuts at `-- +goose Up` and `-- +goose Down`, and tells such files. */
void sections_of_goose(struct arena *arena, struct source *source,
                       struct migration *migration);
bool sections_are_goose(struct slice text);

/* Cuts at `-- migrate:up` and `-- migrate:down`, and tells such files. */
void sections_of_dbmate(struct arena *arena, struct source *source,
                        struct migration *migration);
bool sections_are_dbmate(struct slice text);

/* Whether a file runs without the tool's transaction. */
bool diesel_has_opted_out(struct arena *arena, const struct source *source);
bool sqlx_has_opted_out(struct arena *arena, const struct source *source);
bool flyway_has_opted_out(struct arena *arena, const struct source *source);
bool sqlx_has_marker(struct slice text);

/* The order of two versions, as in qsort(). */
int flyway_compare(struct slice a, struct slice b);
int diesel_compare(struct slice a, struct slice b);

/* How the section's author opts out. */
const char *golang_migrate_advice(const struct section *section);
const char *goose_advice(const struct section *section);
const char *dbmate_advice(const struct section *section);
const char *diesel_advice(const struct section *section);
const char *sqlx_advice(const struct section *section);
const char *flyway_advice(const struct section *section);
const char *prisma_advice(const struct section *section);

#endif
