/*
 * Migrations that are programs: beside SQL, goose runs functions in Go, Flyway
 * classes of Java, yoyo Python. They are versions of the history like the
 * others, but nobody here reads them.
 */
#ifndef INPUT_CODE_MIGRATIONS_H
#define INPUT_CODE_MIGRATIONS_H

#include "input/group.h"
#include "input/recognise.h"

/* Adds those of the group's folder to the group, for tools that have such. */
void code_migrations_add(struct arena *arena, struct recogniser *recogniser,
                         struct group *group);

#endif
