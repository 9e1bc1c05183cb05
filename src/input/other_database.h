/*
 * Whether a file is another database's by where it stands: a folder above it, a
 * twin beside it, Prisma's provider. database.h says what names and texts mean.
 */
#ifndef INPUT_OTHER_DATABASE_H
#define INPUT_OTHER_DATABASE_H

#include "input/placement.h"

/* What is known about folders; filled with zeros but for the first three. */
struct other_database {
    struct arena *arena;
    struct project *project;
    struct placer *placer;
    struct map providers; /* bool *, by folder with a migration_lock.toml */
    /* Of the files before: most files have the folder of the one before. */
    struct slice folder;
    bool is_folder;
};

/* Of a file of any tool. */
bool other_database_has_file(struct other_database *other,
                             const struct source *source);

/* The provider in Prisma's migration_lock.toml is another database. */
bool other_database_has_prisma(struct other_database *other,
                               struct slice folder);

#endif
