/*
 * The schema that histories start from: made by the file of the option
 * `--schema` or the setting `schema`.
 */
#ifndef LINT_START_H
#define LINT_START_H

#include "base/error.h"
#include "schema/schema.h"

/*
 * Replays the file in a unit of its own: nothing that it made is new to what
 * follows. source must outlive the schema; its text is given back. False, with
 * an error, for a file that cannot be read.
 */
bool start_replay(struct schema *schema, struct source *source,
                  struct error *error);

#endif
