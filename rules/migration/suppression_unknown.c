/*
 * suppression-unknown: a comment that allows a rule which does not exist, and
 * so silences nothing. Sees every suppression.
 */
#include "lint/rule.h"
#include "lint/rule_set.h"
#include "lint/suppression.h"

static void check_suppression(struct check *check,
                              const struct suppression *suppression)
{
    if (suppression->rule != NULL)
        return;
    struct place place = {suppression->source, suppression->id_span, 0};
    const char *command = suppression->is_for_file ? "allow-file" : "allow";
    const char *like = rule_suggest(suppression->id);
    check_report_at(
        check, place, NULL,
        check_format(check,
                     "\"%s\" silences nothing: no rule is called \"%.*s\"",
                     command, SLICE_ARGUMENTS(suppression->id)),
        like != NULL
            ? check_format(check, "did you mean this?\n-- pgsquint: %s %s",
                           command, like)
            : "`pgsquint rules` lists the rules' names");
}

const struct rule rule_suppression_unknown = {
    .id = "suppression-unknown",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "A suppression names no rule",
    .rationale =
        "`-- pgsquint: allow RULE` silences the rule that it names. With a "
        "name that is mistyped, or that no rule has, it silences nothing, and "
        "whoever reads the file believes that it does.\n\n"
        "Write the rule's name as it stands in brackets at the end of the "
        "finding; `pgsquint rules` lists them all.",
    .ignore_when = "Another linter reads the comment.",
    .bad = "-- pgsquint: allow drop-tabel\n"
           "DROP TABLE orders;",
    .good = "-- pgsquint: allow drop-table\n"
            "DROP TABLE orders;",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .directions = RULE_UP_DOWN,
    .check_suppression = check_suppression,
};
