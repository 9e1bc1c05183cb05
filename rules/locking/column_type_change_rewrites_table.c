/*
 * column-type-change-rewrites-table: ALTER COLUMN TYPE that writes all rows
 * anew, builds an index or looks at every row for a constraint, under ACCESS
 * EXCLUSIVE. Sees every ALTER TABLE with the schema before it.
 *
 * Which changes the server makes without any of that, locks/ knows.
 */
#include "lint/type_advice.h"
#include "schema/type.h"
#include "sql/commands.h"

/* How many indexes or constraints a message names. */
#define NAMES_SHOWN 2

/* What is done, for the message: the work of one kind. */
struct worked_on {
    const char *names[NAMES_SHOWN];
    size_t count;
    enum work_reason reason; /* of the first */
};

struct costs {
    bool is_rewrite;
    bool is_certain;
    struct worked_on indexes;
    struct worked_on checks;
    struct worked_on keys;
};

static void add_work(struct worked_on *work, const char *name,
                     enum work_reason reason)
{
    if (work->count == 0)
        work->reason = reason;
    if (work->count < NAMES_SHOWN)
        work->names[work->count] = name;
    work->count++;
}

static struct costs costs_of(struct check *check, const AlterTableCmd *action)
{
    const struct effects *effects = check_effects(check);
    struct costs costs = {.is_certain = false};
    bool is_unknown = false;

    for (size_t i = 0; i < effects->causes.count; i++) {
        const struct work_cause *cause = &effects->causes.items[i];

        if (cause->command != action)
            continue;
        /* What an unknown type would cost beside is no more certain. */
        if (cause->reason == REASON_UNKNOWN_TYPE)
            is_unknown = true;
        else
            costs.is_certain = true;
        switch (cause->kind) {
        case WORK_REWRITE: costs.is_rewrite = true; break;
        case WORK_INDEX_BUILD:
            add_work(&costs.indexes, cause->index->relation.name,
                     cause->reason);
            break;
        case WORK_SCAN:
            add_work(&costs.checks, cause->constraint->name, cause->reason);
            break;
        case WORK_FOREIGN_KEY_CHECK:
            add_work(&costs.keys, cause->constraint->name, cause->reason);
            break;
        case WORK_FILE_COPY:
        case WORK_NEW_FILE: break;
        }
    }
    if (is_unknown)
        costs.is_certain = false;
    return costs;
}

/* `the index "a"`, `the indexes "a", "b" and 3 more`. */
static const char *names_text(struct check *check, const char *what,
                              const char *plural, const struct worked_on *work)
{
    size_t shown = work->count < NAMES_SHOWN ? work->count : NAMES_SHOWN;
    struct buffer text;

    buffer_init(&text, check->arena);
    buffer_add_format(&text, "the %s ", work->count > 1 ? plural : what);
    for (size_t i = 0; i < shown; i++)
        buffer_add_format(&text, "%s\"%s\"",
                          i == 0                 ? ""
                          : i + 1 == work->count ? " and "
                                                 : ", ",
                          work->names[i]);
    if (work->count > shown)
        buffer_add_format(&text, " and %zu more", work->count - shown);
    return buffer_text(&text);
}

static const char *why_text(enum work_reason reason)
{
    switch (reason) {
    case REASON_INDEX_PREDICATE: return " (it is partial)";
    case REASON_INDEX_EXPRESSION: return " (it is on an expression)";
    case REASON_INDEX_ORDER: return " (its operators or its collation change)";
    case REASON_INDEX_PARTITIONED: return " (it is part of another)";
    case REASON_NONE:
    case REASON_DEFAULT:
    case REASON_UNKNOWN_DEFAULT:
    case REASON_SERIAL:
    case REASON_IDENTITY:
    case REASON_GENERATED:
    case REASON_DOMAIN:
    case REASON_EXPRESSION:
    case REASON_TYPE:
    case REASON_UNKNOWN_TYPE:
    case REASON_PERSISTENCE:
    case REASON_ACCESS_METHOD:
    case REASON_TABLESPACE:
    case REASON_CONSTRAINT: break;
    }
    return "";
}

/* The next part of a list. */
static void add_part(struct buffer *text, size_t *parts, const char *part)
{
    buffer_add_format(text, "%s%s", *parts > 0 ? " and " : "", part);
    (*parts)++;
}

/* `rewrites "orders" and checks the foreign key "a" again`. A rewrite builds
 * all indexes and checks all rows anyway. */
static const char *costs_text(struct check *check,
                              const struct changed_type *changed,
                              const struct costs *costs)
{
    bool is_partitioned =
        changed->table != NULL &&
        changed->table->relation.kind == RELATION_PARTITIONED_TABLE;
    const char *table =
        check_format(check, "%s%s", advice_name(check, changed->name),
                     is_partitioned ? " and its partitions" : "");
    struct buffer text;
    size_t parts = 0;

    buffer_init(&text, check->arena);
    if (costs->is_rewrite)
        add_part(&text, &parts,
                 check_format(check, "rewrites %s with all indexes", table));
    if (!costs->is_rewrite && costs->indexes.count > 0)
        add_part(
            &text, &parts,
            check_format(check, "builds %s anew%s",
                         names_text(check, "index", "indexes", &costs->indexes),
                         why_text(costs->indexes.reason)));
    if (!costs->is_rewrite && costs->checks.count > 0)
        add_part(
            &text, &parts,
            check_format(check, "looks at every row of %s for %s", table,
                         names_text(check, "CHECK", "CHECKs", &costs->checks)));
    if (costs->keys.count > 0)
        add_part(&text, &parts,
                 check_format(check, "checks %s again",
                              names_text(check, "foreign key", "foreign keys",
                                         &costs->keys)));
    return buffer_text(&text);
}

/* Tables of foreign keys stand still too. */
static const char *others_text(struct check *check,
                               const struct changed_type *changed)
{
    const struct effects *effects = check_effects(check);

    for (size_t i = 0; i < effects->locks.count; i++) {
        const struct lock *lock = &effects->locks.items[i];
        const struct table *table = schema_find_table(
            check->schema, (struct qualified_name){.schema = lock->schema,
                                                   .name = lock->name});

        if (lock->mode == LOCK_ACCESS_EXCLUSIVE && table != NULL &&
            lock->relation != NULL && table != changed->table &&
            lock->kind == RELATION_TABLE && table->partition_of == NULL &&
            table->parents.count == 0 &&
            !relation_is_new(check->schema, lock->relation))
            return check_format(check, ", also those of %s",
                                advice_relation_name(check, lock->relation));
    }
    return "";
}

static const char *message_text(struct check *check,
                                const struct changed_type *changed,
                                const struct costs *costs)
{
    struct slice new_type = type_advice_words(check, changed);
    const char *table = advice_name(check, changed->name);

    if (!costs->is_certain)
        return check_format(check,
                            "changing the type of \"%s\" to %.*s may rewrite "
                            "%s with all indexes while reads and writes wait: "
                            "it depends on a type that is not known here",
                            changed->action->name, (int)new_type.length,
                            new_type.start, table);
    return check_format(
        check,
        "changing \"%s\" of %s%s to %.*s %s while reads and writes wait%s",
        changed->action->name, table,
        changed->column != NULL && changed->column->data_type.type != NULL
            ? check_format(
                  check, " from %s",
                  type_to_text(check->arena, changed->column->data_type))
            : "",
        (int)new_type.length, new_type.start, costs_text(check, changed, costs),
        others_text(check, changed));
}

static void judge(struct check *check, const struct changed_type *changed)
{
    struct costs costs = costs_of(check, changed->action);
    struct finding *finding;

    if (!costs.is_rewrite && !costs.is_certain)
        return;
    finding = check_report(check, changed->words, changed->action,
                           message_text(check, changed, &costs),
                           type_advice(check, changed));
    if (!costs.is_certain)
        finding_lower(finding, SEVERITY_WARNING);
}

static bool is_any_changed(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (action->subtype == AT_AlterColumnType)
            return true;
    return false;
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    struct changed_type changed = {.alter = alter};
    struct command_words words;

    if (!is_any_changed(alter) || !check_alters_existing(check, alter))
        return;
    changed.name = name_from_range_var(alter->relation);
    changed.table = schema_find_table(check->schema, changed.name);
    words = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        if (action->subtype != AT_AlterColumnType) {
            command_words_pass(&words);
            continue;
        }
        changed.action = action;
        changed.column = changed.table != NULL
                             ? table_find_column(changed.table, action->name)
                             : NULL;
        if (!command_words_next(&words, &changed.words))
            changed.words = words_of_statement(check->statement);
        judge(check, &changed);
    }
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_column_type_change_rewrites_table = {
    .id = "column-type-change-rewrites-table",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "Changing a column's type rewrites or scans the table",
    .rationale =
        "ALTER COLUMN TYPE holds ACCESS EXCLUSIVE: not even a SELECT gets "
        "through. Where the old values are not, bit by bit, values of the new "
        "type, the server writes every row anew and builds all indexes; that "
        "takes minutes to hours on a large table, and its size twice. The "
        "tables at the other end of its foreign keys are locked too.\n\n"
        "Some changes cost nothing: a longer varchar, varchar to text, more "
        "digits of a numeric at the same scale, more digits of a time, cidr to "
        "inet; the rule is silent there, and on tables that the same migration "
        "creates. But even these build a partial index, or one on an "
        "expression, of the column anew, and look at every row if a CHECK "
        "reads it. timestamp and timestamptz are the same where the session's "
        "TimeZone is UTC.\n\n"
        "For a shorter varchar write a CHECK on the length, NOT VALID, and "
        "VALIDATE it later. Otherwise add a second column of the new type, "
        "keep it filled by a trigger, fill the old rows in batches, and let "
        "the columns change their names at last, which takes a moment.",
    .ignore_when =
        "The table is small, or the service is down while the migration "
        "runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, amount integer);\n"
             "INSERT INTO orders VALUES (1, 10);",
    .bad = "ALTER TABLE orders ALTER COLUMN amount TYPE bigint;",
    .good = "ALTER TABLE orders ADD COLUMN amount_new bigint;\n"
            "CREATE FUNCTION orders_amount_new_fill() RETURNS trigger\n"
            "    LANGUAGE plpgsql AS $$\n"
            "BEGIN\n"
            "    NEW.amount_new := NEW.amount;\n"
            "    RETURN NEW;\n"
            "END $$;\n"
            "CREATE TRIGGER orders_amount_new_fill BEFORE INSERT OR UPDATE ON "
            "orders\n"
            "    FOR EACH ROW EXECUTE FUNCTION orders_amount_new_fill();\n"
            "UPDATE orders SET amount_new = amount WHERE ctid IN\n"
            "    (SELECT ctid FROM orders WHERE amount_new IS NULL\n"
            "         AND amount IS NOT NULL LIMIT 5000);\n"
            "BEGIN;\n"
            "DROP TRIGGER orders_amount_new_fill ON orders;\n"
            "DROP FUNCTION orders_amount_new_fill();\n"
            "ALTER TABLE orders RENAME COLUMN amount TO amount_old;\n"
            "ALTER TABLE orders RENAME COLUMN amount_new TO amount;\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
};
