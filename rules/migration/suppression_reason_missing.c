/*
 * suppression-reason-missing: a suppression that does not say why. Sees every
 * suppression when all findings are known.
 */
#include "lint/rule.h"
#include "lint/suppression.h"

/* Not the first of its comment's rules, which have one reason between them. */
static bool is_further_rule(const struct check *check,
                            const struct suppression *suppression)
{
    struct slice before =
        slice_trim(slice_part(check->text, 0, suppression->id_span.offset));
    return before.length > 0 && before.start[before.length - 1] == ',';
}

static void check_suppression(struct check *check,
                              const struct suppression *suppression)
{
    /* One that names no rule is to be mended first. */
    if (suppression->rule == NULL || suppression->reason.length > 0 ||
        is_further_rule(check, suppression))
        return;
    struct place place = {suppression->source, suppression->id_span, 0};
    const char *word = suppression->is_for_file ? "allow-file" : "allow";
    const char *id = suppression->rule->id;
    check_report_at(
        check, place, NULL,
        check_format(check,
                     "\"%s %s\" does not say why: nobody can tell later "
                     "whether it still holds",
                     word, id),
        check_format(check, "-- pgsquint: %s %s -- why it is all right here",
                     word, id));
}

const struct rule rule_suppression_reason_missing = {
    .id = "suppression-reason-missing",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_OFF,
    .summary = "A suppression gives no reason",
    .rationale =
        "`-- pgsquint: allow RULE` says that somebody looked at a finding and "
        "decided that it is all right. Whoever reads the file later cannot "
        "know why, nor whether the reason still holds: because the table is "
        "small, because the migration runs in a maintenance window, or because "
        "the finding was in the way.\n\n"
        "What stands after a second `--` is the reason: `-- pgsquint: allow "
        "drop-table -- no code reads it since version 2.3`. One reason serves "
        "all the rules of a comment.\n\n"
        "The rule is off by default: it is for teams that agree to give "
        "reasons.",
    .ignore_when = "Reasons are given elsewhere, in commits for instance.",
    .bad = "-- pgsquint: allow drop-table\n"
           "DROP TABLE IF EXISTS orders_old;",
    .good = "-- pgsquint: allow drop-table -- empty since the move to orders\n"
            "DROP TABLE IF EXISTS orders_old;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .check_suppression = check_suppression,
};
