/*
 * suppression-unused: a comment that allows a rule which has nothing to say
 * there. Sees every suppression when all findings are known.
 */
#include "lint/rule.h"
#include "lint/suppression.h"

static const char *message_text(struct check *check,
                                const struct suppression *suppression)
{
    const char *id = suppression->rule->id;
    if (suppression->is_for_file)
        return check_format(check,
                            "\"allow-file %s\" silences nothing: the rule "
                            "finds nothing in this file",
                            id);
    if (suppression->target.length == 0)
        return check_format(check,
                            "\"allow %s\" silences nothing: it stands beside "
                            "no statement",
                            id);
    return check_format(check,
                        "\"allow %s\" silences nothing: the rule finds "
                        "nothing in the statement that it is about",
                        id);
}

static void check_suppression(struct check *check,
                              const struct suppression *suppression)
{
    if (suppression->rule == NULL || suppression->is_used)
        return;
    struct place place = {suppression->source, suppression->id_span, 0};
    check_report_at(check, place, NULL, message_text(check, suppression),
                    suppression->target.length == 0 && !suppression->is_for_file
                        ? "put it on the line above the statement, or at the "
                          "end of one of its lines"
                        : "remove it, so that it does not hide the next "
                          "finding");
}

const struct rule rule_suppression_unused = {
    .id = "suppression-unused",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "A suppression silences nothing",
    .rationale =
        "`-- pgsquint: allow RULE` says that somebody looked at a finding and "
        "decided that it is all right there. Where there is no such finding, "
        "because the statement was changed or the comment stands beside "
        "another one, it misleads whoever reads it, and it will hide the next "
        "finding that nobody has looked at.\n\n"
        "A suppression belongs on the line above its statement or at the end "
        "of one of the statement's lines; `-- pgsquint: allow-file RULE` is "
        "for the whole file. Suppressions of rules that are switched off are "
        "not judged.",
    .ignore_when =
        "The file is judged with other settings elsewhere, where there "
        "is something to silence.",
    .bad = "-- pgsquint: allow drop-table\n"
           "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .check_suppression = check_suppression,
};
