/*
 * index-build-blocks-writes: CREATE INDEX without CONCURRENTLY on a table that
 * others write to. Sees every CREATE INDEX with the schema before it.
 *
 * What is built, and that writes wait meanwhile, locks/ knows.
 */
#include "lint/advice.h"
#include "schema/generated_name.h"

/* ON ONLY is written for partitioned tables alone, where nothing is built: a
 * table that is not known whole is taken for one. */
static bool is_on_parent_only(const IndexStmt *index, const struct table *table)
{
    return !index->relation->inh && (table == NULL || !table->is_complete);
}

/* Partitions may be made by a job, of which the files know nothing. */
static bool builds_index(struct check *check, const IndexStmt *index,
                         const struct table *table)
{
    const struct effects *effects;

    if (is_on_parent_only(index, table))
        return false;
    effects = check_effects(check);
    return effects_build_index(effects) ||
           (effects->makes_index && index->relation->inh);
}

static const char *message_text(struct check *check, const IndexStmt *index,
                                const struct table *table)
{
    const char *what = index->unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX";
    const char *name = advice_name(check, name_from_range_var(index->relation));

    if (table != NULL && table->relation.kind == RELATION_PARTITIONED_TABLE)
        return check_format(check,
                            "%s on %s blocks writes to all its partitions "
                            "until it finishes",
                            what, name);
    if (table != NULL && table->relation.kind == RELATION_MATERIALIZED_VIEW)
        return check_format(
            check, "%s on %s blocks its REFRESH until it finishes", what, name);
    return check_format(check, "%s on %s blocks writes until it finishes", what,
                        name);
}

/* "orders_user_id_lower_idx", or the name that the index has. */
static const char *index_name(struct check *check, const IndexStmt *index)
{
    struct qualified_name name = name_from_range_var(index->relation);
    struct buffer columns;

    if (index->idxname != NULL)
        return index->idxname;
    buffer_init(&columns, check->arena);
    foreach_node (IndexElem, element, index->indexParams) {
        const char *column = element->name;

        if (column == NULL)
            column = generated_name_of_expression(element->expr,
                                                  check->postgres_version);
        buffer_add_format(&columns, "%s%s", columns.length > 0 ? "_" : "",
                          column != NULL ? column : "expr");
    }
    return advice_free_name(check, name, schema_find_table(check->schema, name),
                            buffer_text(&columns), "idx");
}

/* An index lives in the schema of its table. */
static struct qualified_name index_name_of(const IndexStmt *index)
{
    return (struct qualified_name){.schema = index->relation->schemaname,
                                   .name = index->idxname};
}

/* What follows the table's name in the user's own statement. */
static const char *definition_text(struct check *check, const IndexStmt *index)
{
    const struct statement *statement = check->statement;
    struct span name = words_of_name_at(check->text, statement,
                                        statement->tree_base +
                                            (size_t)index->relation->location);
    size_t start = name.offset + name.length;
    struct slice rest =
        slice_part(check->text, start, statement->offset + statement->length);

    return arena_copy(check->arena, rest);
}

static const char *partitioned_help(struct check *check, const IndexStmt *index,
                                    const struct table *table)
{
    struct index_advice advice = {
        .name = index_name(check, index),
        .definition = definition_text(check, index),
        .is_unique = index->unique,
    };
    struct buffer help;

    buffer_init(&help, check->arena);
    advice_add_partitioned_index(
        check, &help, name_from_range_var(index->relation), table, &advice);
    buffer_add_text(&help, "-- the index is valid once every partition has "
                           "one attached");
    advice_add_outside_transaction(check, &help, true);
    return buffer_text(&help);
}

static const char *help_text(struct check *check, const IndexStmt *index,
                             struct span keyword)
{
    struct span at = {keyword.offset + keyword.length, 0};
    bool is_lower = check->text.start[keyword.offset] == 'i';
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_text(
        &help,
        check_rewrite(check, at, is_lower ? " concurrently" : " CONCURRENTLY"));
    if (!advice_add_outside_transaction(check, &help, false) &&
        index->idxname != NULL)
        buffer_add_text(&help, ", and keep it here with IF NOT EXISTS and "
                               "without CONCURRENTLY");
    else if (index->if_not_exists)
        buffer_add_format(&help,
                          "\n-- if it fails, DROP INDEX CONCURRENTLY %s before "
                          "the next try: IF NOT EXISTS would keep the INVALID "
                          "index",
                          check_quote_name(check, index_name_of(index)));
    return buffer_text(&help);
}

static void check_index(struct check *check, const Node *node)
{
    const IndexStmt *index = (const IndexStmt *)node;
    const struct table *table;
    struct qualified_name name;
    struct span keyword, words;

    /* In CREATE SCHEMA the table is as new as its schema. */
    if (index->concurrent || index->relation == NULL || check->is_in_body ||
        node_as(CreateSchemaStmt, walk_ancestor(check->walk, 0)) != NULL)
        return;
    name = name_from_range_var(index->relation);
    if (check_is_new(check, name))
        return;
    table = schema_find_table(check->schema, name);
    if (!builds_index(check, index, table))
        return;
    keyword = words_find(check->text, check->statement,
                         check->statement->offset, "INDEX");
    words =
        words_join(words_at_start(check->text, check->statement, 1), keyword);
    check_report(check, words, node, message_text(check, index, table),
                 table != NULL &&
                         table->relation.kind == RELATION_PARTITIONED_TABLE
                     ? partitioned_help(check, index, table)
                     : help_text(check, index, keyword));
}

static const NodeTag tags[] = {T_IndexStmt, T_Invalid};

const struct rule rule_index_build_blocks_writes = {
    .id = "index-build-blocks-writes",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "CREATE INDEX without CONCURRENTLY blocks writes",
    .rationale =
        "CREATE INDEX takes a SHARE lock on the table and keeps it until the "
        "transaction ends. Reading goes on; every INSERT, UPDATE and DELETE "
        "waits until the index is built, which takes minutes on a table of "
        "many million rows. Requests pile up behind it, connections run out, "
        "and the application is down although the database works.\n\n"
        "CREATE INDEX CONCURRENTLY builds the same index while writes go on. "
        "It takes longer, it cannot run inside a transaction (tell the "
        "migration tool so), and when it fails it leaves an INVALID index that "
        "must be dropped before the next try.\n\n"
        "A partitioned table refuses CONCURRENTLY: create the index ON ONLY "
        "the parent, which builds nothing, then CONCURRENTLY on each "
        "partition, and attach these.\n\n"
        "A table that the same migration creates has no rows and no users: "
        "there the plain form is right.",
    .ignore_when = "The table is small, or nothing writes to it while the "
                   "migration runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
    .bad = "CREATE INDEX orders_user_id_idx ON orders (user_id);",
    .good = "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders "
            "(user_id);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_index,
};
