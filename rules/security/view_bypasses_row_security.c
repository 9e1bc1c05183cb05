/*
 * view-bypasses-row-security: views that read tables with row level security as
 * their owner, when the history ends.
 */
#include "lint/advice.h"

/* The table that a view needs by this, if row level security is to hold there:
 * with FORCE it holds for the owner too. */
static const struct table *protected_table(const struct object *needed)
{
    const struct table *table = NULL;

    if (needed->class == CLASS_COLUMN)
        table = ((const struct column *)needed)->table;
    else if (needed->class == CLASS_RELATION)
        table = (const struct table *)needed;
    if (table == NULL || (table->relation.kind != RELATION_TABLE &&
                          table->relation.kind != RELATION_PARTITIONED_TABLE))
        return NULL;
    return table->has_row_security && !table->has_forced_row_security ? table
                                                                      : NULL;
}

/* The first that it reads; its dependencies are newest first. */
static const struct table *find_protected(const struct table *view)
{
    const struct dependency *need = view->relation.object.needs;
    const struct table *found = NULL;

    for (; need != NULL; need = need->next_need) {
        const struct table *table =
            need->is_gone ? NULL : protected_table(need->needed);

        if (table != NULL)
            found = table;
    }
    return found;
}

static void report(struct check *check, const struct table *view,
                   const struct table *table)
{
    const char *name = advice_relation_name(check, &table->relation);

    check_report_at(
        check, view->security_at, view,
        check_format(check,
                     "%s reads %s with the rights of the view's owner: row "
                     "level security of %s does not hold for its readers",
                     advice_relation_name(check, &view->relation), name, name),
        check_format(check,
                     "ALTER VIEW %s SET (security_invoker = true);\n"
                     "-- its readers then need SELECT on the tables, too",
                     advice_relation_sql(check, &view->relation)));
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *view = tables->items[i];
        const struct table *table;

        if (view->relation.kind != RELATION_VIEW || view->is_security_invoker ||
            view->relation.is_temporary || view->security_at.source == NULL)
            continue;
        table = find_protected(view);
        if (table != NULL)
            report(check, view, table);
    }
}

const struct rule rule_view_bypasses_row_security = {
    .id = "view-bypasses-row-security",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_INFO,
    .summary = "View that reads a table past its row level security",
    .rationale =
        "A view reads its tables with the rights of its owner, and so with the "
        "policies that hold for the owner: none, where the view and the table "
        "belong to the same role, as they do when one tool makes both. Who may "
        "SELECT from the view sees all rows that its query lets through, "
        "whatever the policies of the table say of him.\n\n"
        "From PostgreSQL 15 on a view can be made WITH (security_invoker = "
        "true): its reader's privileges and policies count.\n\n"
        "The rule looks at the end of the history, at tables that the view "
        "names itself. It says nothing of tables with FORCE ROW LEVEL "
        "SECURITY, which holds for the owner too (unless that is a superuser or "
        "has BYPASSRLS).",
    .ignore_when =
        "The view is made to show others what they may see, and its own WHERE "
        "says what that is.",
    .setup = "CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\n"
             "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n"
             "CREATE POLICY notes_own ON notes USING (owner = current_user);",
    .bad = "CREATE VIEW note_count AS\n"
           "    SELECT owner, count(*) AS notes FROM notes GROUP BY owner;",
    .good = "CREATE VIEW days AS\n"
            "    SELECT current_date + i AS day\n"
            "    FROM generate_series(1, 7) AS s (i);",
    .fixed = "CREATE VIEW note_count WITH (security_invoker = true) AS\n"
             "    SELECT owner, count(*) AS notes FROM notes GROUP BY owner;",
    .claim = CLAIM_ACCEPTED,
    .version_min = 15,
    .directions = RULE_UP,
    .finish = finish,
};
