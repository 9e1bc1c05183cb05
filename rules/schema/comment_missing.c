/*
 * comment-missing: tables and columns without a comment, at the end of the
 * history. A table is told once for each file that made a part of it.
 */
#include "lint/typed_columns.h"

/* So many columns are named; the help has them all, up to its own limit. */
#define NAMED_MAX 5
#define HELPED_MAX 50

/* Partitions say what their parent says. */
static bool is_judged(const struct table *table)
{
    return typed_columns_is_kept(table) && table->partition_of == NULL &&
           table->relation.extension == NULL;
}

/* Inherited columns are the parent's to explain. */
static bool lacks_comment(const struct column *column)
{
    return !column->object.is_dropped && !column->has_comment &&
           column->inherit_count == 0 && column->made_at.source != NULL;
}

/* What one file made of a table, without comments. */
struct part {
    const struct table *table;
    struct place place; /* of the table, or the first column */
    bool has_table;     /* it is among it */
    size_t columns;
};

static struct part part_from(const struct check *check,
                             const struct table *table,
                             const struct column *first)
{
    struct part part = {.table = table, .place = first->made_at};
    bool wants_columns = check_option_bool(check, "columns");

    for (size_t i = 0; wants_columns && i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        part.columns += lacks_comment(column) &&
                        column->made_at.source == part.place.source;
    }
    return part;
}

static void add_column_names(struct check *check, struct buffer *text,
                             const struct part *part)
{
    size_t count = 0;

    for (size_t i = 0; i < part->table->columns.count; i++) {
        const struct column *column = part->table->columns.items[i];

        if (!lacks_comment(column) ||
            column->made_at.source != part->place.source)
            continue;
        if (count == NAMED_MAX)
            break;
        if (count > 0)
            buffer_add_text(text, ", ");
        buffer_add_text(text, check_quote(check, column->name));
        count++;
    }
    if (part->columns > count)
        buffer_add_format(text, " and %zu more", part->columns - count);
}

/* `"orders" and its columns id, day have no comment` */
static const char *message_text(struct check *check, const struct part *part)
{
    const char *table = advice_relation_name(check, &part->table->relation);
    struct buffer text;

    buffer_init(&text, check->arena);
    if (part->columns == 0)
        return check_format(check, "%s has no comment", table);
    if (part->has_table)
        buffer_add_format(&text, "%s and its column%s ", table,
                          part->columns > 1 ? "s" : "");
    else
        buffer_add_format(&text, "of %s the column%s ", table,
                          part->columns > 1 ? "s" : "");
    add_column_names(check, &text, part);
    buffer_add_text(&text, part->has_table || part->columns > 1
                               ? " have no comment"
                               : " has no comment");
    return buffer_text(&text);
}

static const char *help_text(struct check *check, const struct part *part)
{
    const char *table = advice_relation_sql(check, &part->table->relation);
    struct buffer text;
    size_t count = 0;

    buffer_init(&text, check->arena);
    if (part->has_table)
        buffer_add_format(&text, "COMMENT ON TABLE %s IS '...';", table);
    for (size_t i = 0; part->columns > 0 && i < part->table->columns.count &&
                       count < HELPED_MAX;
         i++) {
        const struct column *column = part->table->columns.items[i];

        if (!lacks_comment(column) ||
            column->made_at.source != part->place.source)
            continue;
        buffer_add_format(&text, "%sCOMMENT ON COLUMN %s.%s IS '...';",
                          text.length > 0 ? "\n" : "", table,
                          check_quote(check, column->name));
        count++;
    }
    return buffer_text(&text);
}

static void report(struct check *check, const struct part *part)
{
    check_report_at(check, part->place, part->table, message_text(check, part),
                    help_text(check, part));
}

/* The part of the file that made the table. */
static void judge_table(struct check *check, const struct table *table)
{
    const struct column made = {.made_at = table->relation.made_at};
    struct part part = part_from(check, table, &made);

    part.has_table = !table->relation.has_comment;
    if (part.has_table || part.columns > 0)
        report(check, &part);
}

static bool is_told(const struct table *table, size_t index)
{
    const struct source *source = table->columns.items[index]->made_at.source;

    if (table->relation.made_at.source == source)
        return true;
    for (size_t i = index; i-- > 0;)
        if (lacks_comment(table->columns.items[i]) &&
            table->columns.items[i]->made_at.source == source)
            return true;
    return false;
}

/* Those of the files that added columns. */
static void judge_added(struct check *check, const struct table *table)
{
    size_t limit = table->columns.count;

    for (size_t i = 0; i < limit; i++) {
        const struct column *column = table->columns.items[i];
        struct part part;

        if (!lacks_comment(column) || is_told(table, i))
            continue;
        part = part_from(check, table, column);
        report(check, &part);
    }
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (!is_judged(table))
            continue;
        if (table->relation.made_at.source != NULL)
            judge_table(check, table);
        if (check_option_bool(check, "columns"))
            judge_added(check, table);
    }
}

static const struct rule_option options[] = {
    {"columns", OPTION_BOOL, "true", "columns need a comment, too"},
    {0},
};

const struct rule rule_comment_missing = {
    .id = "comment-missing",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A table or column without a COMMENT",
    .rationale =
        "COMMENT ON keeps what a table or column means where everybody meets "
        "it: in psql's \\d+, in editors, in generated documentation, and "
        "in every dump. A column called state or kind says little to who joins "
        "the team a year later.\n\n"
        "The rule looks at the end of the history: a comment may come in any "
        "migration. Partitions and inherited columns have their parent's, and "
        "LIKE ... INCLUDING COMMENTS copies those of columns. A comment takes "
        "no more than a moment, under a lock that lets others read and write.",
    .ignore_when = "The tables are documented elsewhere, or by their names.",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY, state smallint NOT "
           "NULL);",
    .good =
        "CREATE TABLE orders (id bigint PRIMARY KEY, state smallint NOT "
        "NULL);\n"
        "COMMENT ON TABLE orders IS 'What customers bought, carts left out';\n"
        "COMMENT ON COLUMN orders.id IS 'As on the invoice';\n"
        "COMMENT ON COLUMN orders.state IS '0 placed, 1 paid, 2 sent';",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .options = options,
    .finish = finish,
};
