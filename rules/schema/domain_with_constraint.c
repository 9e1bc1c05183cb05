/*
 * domain-with-constraint: a domain that has a CHECK or NOT NULL at the end of
 * the history.
 */
#include "lint/advice.h"
#include "schema/contents.h"

static bool has_check(const struct type *domain)
{
    for (size_t i = 0;
         domain->constraints != NULL && i < domain->constraints->count; i++)
        if (!domain->constraints->items[i]->object.is_dropped &&
            domain->constraints->items[i]->type == CONSTRAINT_CHECK)
            return true;
    return false;
}

static void judge(struct check *check, const struct type *domain)
{
    if (domain == NULL || domain->kind != TYPE_DOMAIN ||
        domain->made_at.source == NULL ||
        (!domain->is_not_null && !has_check(domain)))
        return;
    check_report_at(
        check, domain->made_at, domain,
        check_format(check,
                     "the domain \"%s\" has %s: to change it the server locks "
                     "and reads every table that has a column of it, at once",
                     domain->name, has_check(domain) ? "a CHECK" : "NOT NULL"),
        check_format(check,
                     "%s -- for the columns, each with a CHECK or NOT NULL of "
                     "its own, which can be NOT VALID and validated one by one",
                     advice_type(check, domain->base)));
}

static void finish(struct check *check)
{
    const struct schema_contents *contents = check_contents(check);

    for (size_t i = 0; i < contents->types.count; i++)
        judge(check, contents->types.items[i].type);
}

const struct rule rule_domain_with_constraint = {
    .id = "domain-with-constraint",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A domain has a constraint",
    .rationale =
        "A CHECK of a domain is checked wherever a value of it is made, in "
        "every table, but it can only be changed for all of them together: "
        "ALTER DOMAIN ... ADD or VALIDATE CONSTRAINT locks each table that "
        "uses it against writes (SHARE) and reads it. A column of a domain "
        "with a CHECK is written row by row when it is added with a default. "
        "NOT NULL of a domain does not even hold: an outer join or an empty "
        "sub-select gives a null of that type.\n\n"
        "Constrain the columns, each with a CHECK of its own.",
    .ignore_when = "The tables are small, or the condition is a law of nature.",
    .bad = "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');",
    .good = "CREATE TABLE users (id bigint PRIMARY KEY,\n"
            "    email text CHECK (email LIKE '%@%'));",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
