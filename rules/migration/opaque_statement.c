/*
 * opaque-statement: what a DO block runs and nobody can read before it runs.
 * The replay reads what it can (src/replay/do.c), texts that are put together
 * from known names among them; it says what is left.
 */
#include "lint/rule.h"

static void check_unread(struct check *check, struct span words)
{
    bool is_whole = words.offset == check->statement->offset;
    check_report(
        check, words, check->statement->tree,
        is_whole ? "what this DO block does is not judged: its body cannot be "
                   "read as PL/pgSQL"
                 : "what EXECUTE runs here is not judged: its text is only "
                   "known when the block runs",
        is_whole ? "write in PL/pgSQL, or as statements of their own, what "
                   "changes the schema"
                 : "write the statements out, with the names that they have, "
                   "or review what the block will run by hand");
}

const struct rule rule_opaque_statement = {
    .id = "opaque-statement",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_OFF,
    .summary = "Dynamic SQL in a DO block cannot be read",
    .rationale =
        "pgsquint reads the statements of a DO block as if they stood in the "
        "file, and of EXECUTE the texts that are plain to see or put together "
        "from what the files made. A text that depends on what a query finds "
        "when the block runs nobody can read before. No rule speaks about it, "
        "and from there on less is certain about the schema.\n\n"
        "The rule says where that is, for those who would rather know than "
        "take silence for praise. It is off unless it is asked for.",
    .ignore_when = "Somebody has read what it builds.",
    .setup =
        "CREATE TABLE orders (day date NOT NULL) PARTITION BY RANGE (day);\n"
        "CREATE TABLE orders_2024 PARTITION OF orders\n"
        "    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\n"
        "CREATE TABLE orders_2025 PARTITION OF orders\n"
        "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
    .bad = "DO $$\n"
           "DECLARE\n"
           "    partition regclass;\n"
           "BEGIN\n"
           "    FOR partition IN SELECT inhrelid FROM pg_inherits LOOP\n"
           "        EXECUTE format('DROP TABLE %s', partition);\n"
           "    END LOOP;\n"
           "END $$;",
    .good = "DROP TABLE orders_2024;\n"
            "DROP TABLE orders_2025;",
    .directions = RULE_UP_DOWN,
    .check_unread = check_unread,
};
