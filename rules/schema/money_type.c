/*
 * money-type: a column of type money, at the end of the history.
 */
#include "lint/typed_columns.h"

static void check_column(struct check *check, const struct typed_column *typed)
{
    const char *name;

    if (type_oid(typed->type) != MONEYOID)
        return;
    name = typed_column_name(check, typed);
    typed_column_report(
        check, typed,
        check_format(
            check,
            "%s is money: lc_monetary of whoever connects decides its currency and its decimal places",
            name),
        typed_column_help(check, typed,
                          &(struct retyping){.type = "numeric(19, 4)",
                                             .cost = "writes every row anew"}));
}

const struct rule rule_money_type = {
    .id = "money-type",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "money depends on the locale: use numeric",
    .rationale =
        "money is a 64-bit integer whose decimal places and currency sign "
        "come from the setting lc_monetary. It stores no currency. The "
        "same value reads as $1,000.00 in one session and as 100000 yen "
        "in another; a dump that is restored under another locale has "
        "other amounts, or is refused. It divides to double precision and "
        "multiplies by it.\n\n"
        "Store numeric, or the number of cents as bigint, and the "
        "currency in a column of its own.",
    .ignore_when =
        "The database has one locale for ever, and no program computes "
        "with the values.",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY, price money);",
    .good =
        "CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(12, 2));",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_column = check_column,
};
