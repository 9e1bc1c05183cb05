/*
 * empty-down-step: a down step that pretends to undo. Sees every migration
 * with a reported down step after both were run, and what differs then.
 */
#include "lint/down_step.h"

static const struct rule_option options[] = {
    {"listed", OPTION_INTEGER, "6", "how many differences the message lists"},
    {.name = NULL},
};

static void check_down_step(struct check *check)
{
    const char *message =
        "the down step does nothing, though the up step changes the schema";
    const char *help = NULL;
    struct finding *finding;

    if (check_down_policy(check) == DOWN_NEVER ||
        down_step_content(check) != DOWN_STEP_EMPTY)
        return;
    if (check->left_behind == NULL ? !down_step_is_wanted(check)
                                   : check->left_behind->count == 0)
        return;
    if (check->left_behind != NULL) {
        message = check_format(
            check, "%s: %s", message,
            down_step_list(check, check_option_integer(check, "listed")));
        help = down_step_help(check);
    }
    finding = check_report(check, down_step_span(check), check->migration,
                           message, help);
    if (check->left_behind != NULL)
        down_step_add_notes(check, finding);
}

const struct rule rule_empty_down_step = {
    .id = "empty-down-step",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "A down step does nothing, and does not say why",
    .rationale =
        "The tool believes a down step that does nothing: it notes that the "
        "migration was undone, while its tables, columns and indexes are still "
        "there. Running the migration again then fails, because they exist, "
        "and going back further fails where older down steps do not expect "
        "them. Often the file is just what the tool's template wrote.\n\n"
        "Write the statements that undo the up step. Where nothing can be "
        "undone, or need not be, say so in a comment: then the rule is "
        "silent.\n\n"
        "Statements that do nothing are SELECT of constants, SET, BEGIN and "
        "COMMIT. The up step must change the schema in a way that can be "
        "undone: data, new values of enums, and CREATE EXTENSION or SCHEMA IF "
        "NOT EXISTS do not count. `down: never` in the settings turns the rule "
        "off.",
    .ignore_when =
        "The up step cannot be undone: a comment in the down step that "
        "says why silences the rule.",
    .bad = "-- +goose Up\n"
           "CREATE TABLE orders (id bigint PRIMARY KEY);\n\n"
           "-- +goose Down\n"
           "SELECT 'down SQL query';",
    .good = "-- +goose Up\n"
            "CREATE TABLE orders (id bigint PRIMARY KEY);\n\n"
            "-- +goose Down\n"
            "DROP TABLE orders;",
    .directions = RULE_UP_DOWN,
    .needs_history = true,
    .options = options,
    .check_down_step = check_down_step,
};
