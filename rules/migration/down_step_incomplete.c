/*
 * down-step-incomplete: what a down step forgets. The engine runs up and down
 * on the replayed schema and compares (schema/difference.h); here it is told.
 */
#include "lint/down_step.h"

static const struct rule_option options[] = {
    {"listed", OPTION_INTEGER, "6", "how many differences the message lists"},
    {.name = NULL},
};

static void check_down_step(struct check *check)
{
    struct finding *finding;

    if (check->left_behind == NULL || check->left_behind->count == 0 ||
        check_down_policy(check) == DOWN_NEVER ||
        down_step_content(check) != DOWN_STEP_ACTS)
        return;
    finding = check_report(
        check, down_step_span(check), check->migration,
        check_format(
            check, "after up and down the schema is not what it was: %s",
            down_step_list(check, check_option_integer(check, "listed"))),
        down_step_help(check));
    down_step_add_notes(check, finding);
}

const struct rule rule_down_step_incomplete = {
    .id = "down-step-incomplete",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "A down step does not undo all of the up step",
    .rationale =
        "After a rollback everyone believes that the schema is what it was "
        "before. If the down step forgets an index, leaves a column NOT NULL "
        "or puts a column back with another type, the code of the older "
        "release meets a schema that it was never tested with; the migration "
        "fails when it is run again, because what it makes is there already; "
        "and databases that went back differ from those that never went "
        "forward.\n\n"
        "The rule runs the up step and then the down step on the schema that "
        "the migrations before it made, as the server would, and compares: "
        "tables, columns with their types, NOT NULL and defaults, constraints, "
        "indexes, sequences, types, and all that views, functions, triggers, "
        "policies, rules and statistics objects are made of. The help has the "
        "statements that are missing.\n\n"
        "It does not count the order of columns, values added to an enum, "
        "data, comments, owners and privileges, a constraint that was "
        "validated, nor names that the server made up for what was dropped "
        "and made again. It is silent where a statement of the two steps "
        "cannot be understood (dynamic SQL, calls of functions that may "
        "change the schema) or fails, and where the down step does nothing at "
        "all: that is empty-down-step's. `down: never` in the settings turns "
        "it off.",
    .ignore_when =
        "Down steps are run in development only, or what differs is "
        "meant: a comment in the down step that says so silences the "
        "rule.",
    .bad = "-- +goose Up\n"
           "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\n"
           "CREATE TYPE order_state AS ENUM ('open', 'paid');\n\n"
           "-- +goose Down\n"
           "DROP TABLE orders;",
    .good = "-- +goose Up\n"
            "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\n"
            "CREATE TYPE order_state AS ENUM ('open', 'paid');\n\n"
            "-- +goose Down\n"
            "DROP TYPE order_state;\n"
            "DROP TABLE orders;",
    .directions = RULE_UP_DOWN,
    .needs_history = true,
    .options = options,
    .check_down_step = check_down_step,
};
