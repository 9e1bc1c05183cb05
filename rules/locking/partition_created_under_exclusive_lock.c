/*
 * partition-created-under-exclusive-lock: CREATE TABLE ... PARTITION OF, which
 * locks the partitioned table against reads, and may read its default partition
 * meanwhile. Sees every CREATE TABLE with the schema before it.
 *
 * What is locked and read, locks/ knows.
 */
#include "lint/partition_advice.h"

/* A CREATE TABLE ... PARTITION OF. */
struct creation {
    const CreateStmt *create;
    struct qualified_name name;
    struct qualified_name parent_name;
    const struct table *parent;       /* null: not known */
    const struct table *read_default; /* null if none is read */
};

/* The words of FOR VALUES ..., or DEFAULT: a keyword and one pair of parentheses,
 * or two. */
static struct span bound_words(struct check *check,
                               const struct creation *creation)
{
    const struct statement *statement = check->statement;
    const PartitionBoundSpec *bound = creation->create->partbound;
    struct lexer lexer = lexer_of(
        slice_part(check->text, 0, statement->offset + statement->length));
    size_t groups = bound->strategy == PARTITION_STRATEGY_RANGE ? 2 : 1;
    struct span words;
    size_t depth = 0;

    words = words_find(
        check->text, statement,
        statement->tree_base +
            (size_t)((const RangeVar *)linitial(creation->create->inhRelations))
                ->location,
        bound->is_default ? "DEFAULT" : "FOR VALUES");
    lexer.offset = words.offset + words.length;
    while (words.length > 0 && !bound->is_default && groups > 0) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END)
            break;
        if (token_is(check->text, token, "("))
            depth++;
        else if (token_is(check->text, token, ")") && depth > 0 && --depth == 0)
            groups--;
        words = words_join(words, (struct span){token.offset, token.length});
    }
    return words;
}

static bool has_generated_column(const struct table *table)
{
    for (size_t i = 0; table != NULL && i < table->columns.count; i++)
        if (!table->columns.items[i]->object.is_dropped &&
            table->columns.items[i]->generated != GENERATED_NONE)
            return true;
    return false;
}

/* The table by itself, then its bound, under SHARE UPDATE EXCLUSIVE. */
static void add_steps(struct check *check, struct buffer *help,
                      const struct creation *creation, struct span bound)
{
    const struct statement *statement = check->statement;
    const char *name = check_quote_name(check, creation->name);
    const char *parent = check_quote_name(check, creation->parent_name);
    struct slice rest =
        slice_trim(slice_part(check->text, bound.offset + bound.length,
                              statement->offset + statement->length));

    buffer_add_format(
        help,
        "CREATE TABLE %s%s (LIKE %s INCLUDING DEFAULTS INCLUDING "
        "CONSTRAINTS%s)%s%.*s;\n",
        creation->create->if_not_exists ? "IF NOT EXISTS " : "", name, parent,
        has_generated_column(creation->parent) ? " INCLUDING GENERATED" : "",
        rest.length > 0 ? " " : "", SLICE_ARGUMENTS(rest));
    buffer_add_format(help, "ALTER TABLE %s ATTACH PARTITION %s %.*s;\n",
                      parent, name,
                      SLICE_ARGUMENTS(slice_part(check->text, bound.offset,
                                                 bound.offset + bound.length)));
}

static const char *help_text(struct check *check,
                             const struct creation *creation)
{
    struct span bound = bound_words(check, creation);
    struct partition_proof proof;
    struct buffer help;

    /* Columns' own defaults and constraints have no place in LIKE. */
    if (creation->create->tableElts != NIL || bound.length == 0)
        return check_format(check,
                            "%s\n-- before it, so that nobody waits for "
                            "long",
                            lock_advice_set_timeout(check, TIMEOUT_LOCK));
    buffer_init(&help, check->arena);
    if (creation->read_default == NULL) {
        add_steps(check, &help, creation, bound);
        return advice_text(&help);
    }
    proof = partition_advice_of_default(check, creation->parent,
                                        creation->create->partbound,
                                        creation->read_default);
    if (proof.condition == NULL)
        proof.condition = "...";
    partition_advice_add(check, &help, &proof, 1);
    advice_add_later(check, &help);
    partition_advice_validate(check, &help, &proof, 1);
    add_steps(check, &help, creation, bound);
    partition_advice_drop(check, &help, &proof, 1);
    return advice_text(&help);
}

static const char *message_text(struct check *check,
                                const struct creation *creation)
{
    const char *parent = advice_name(check, creation->parent_name);

    if (creation->read_default != NULL)
        return check_format(
            check,
            "PARTITION OF %s locks all of it against reads and writes while "
            "every row of the default partition %s is read",
            parent,
            advice_relation_name(check, &creation->read_default->relation));
    return check_format(check,
                        "PARTITION OF %s locks all of it, not only the new "
                        "partition, against reads and writes%s",
                        parent,
                        check->transaction_kind == TRANSACTION_NONE
                            ? ", and every query waits while it waits for that"
                            : " until the transaction ends");
}

/* `PARTITION OF events` */
static struct span words_of(struct check *check,
                            const struct creation *creation)
{
    const RangeVar *parent = linitial(creation->create->inhRelations);
    size_t at = check->statement->tree_base + (size_t)parent->location;

    return words_join(words_find(check->text, check->statement,
                                 check->statement->offset, "PARTITION OF"),
                      words_of_name_at(check->text, check->statement, at));
}

static void check_create(struct check *check, const Node *node)
{
    const CreateStmt *create = (const CreateStmt *)node;
    struct creation creation = {.create = create};
    struct finding *finding;
    const struct lock *lock;

    if (create->partbound == NULL || create->inhRelations == NIL ||
        check->is_in_body || walk_depth(check->walk) > 0)
        return;
    creation.name = name_from_range_var(create->relation);
    creation.parent_name = name_from_range_var(linitial(create->inhRelations));
    if (check_is_new(check, creation.parent_name))
        return;
    lock = lock_advice_on(check, creation.parent_name);
    if (lock == NULL || lock->mode != LOCK_ACCESS_EXCLUSIVE)
        return;
    creation.parent = schema_find_table(check->schema, creation.parent_name);
    if (creation.parent != NULL)
        creation.read_default =
            partition_advice_scanned_default(check, creation.parent);
    finding = check_report(check, words_of(check, &creation), node,
                           message_text(check, &creation),
                           help_text(check, &creation));
    if (creation.read_default != NULL)
        finding_raise(finding, SEVERITY_WARNING);
}

static const NodeTag tags[] = {T_CreateStmt, T_Invalid};

const struct rule rule_partition_created_under_exclusive_lock = {
    .id = "partition-created-under-exclusive-lock",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_INFO,
    .summary = "CREATE TABLE ... PARTITION OF locks the partitioned table",
    .rationale =
        "CREATE TABLE ... PARTITION OF takes ACCESS EXCLUSIVE on the "
        "partitioned table. It is held for a moment, or to the end of the "
        "transaction, but it must be waited for: behind the longest query on "
        "any partition, with every other query on the table waiting in turn. "
        "If there is a default partition, that is locked too and every row of "
        "it is read, unless a CHECK proves that none belongs to the new one: "
        "then this is a warning.\n\n"
        "ATTACH PARTITION takes only SHARE UPDATE EXCLUSIVE on the partitioned "
        "table, so that reads and writes go on: create the table by itself, "
        "LIKE the partitioned one, then attach it. Indexes, foreign keys and "
        "triggers come with the bound.\n\n"
        "A partitioned table that the same migration creates is locked "
        "against nobody.",
    .ignore_when =
        "Queries on the partitioned table are short, so that the lock "
        "is got and given back in a moment; a lock_timeout makes sure "
        "of that.",
    .setup = "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);",
    .bad = "CREATE TABLE events_2024 PARTITION OF events\n"
           "    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
    .good =
        "CREATE TABLE events_2025 (LIKE events INCLUDING DEFAULTS INCLUDING "
        "CONSTRAINTS);\n"
        "ALTER TABLE events ATTACH PARTITION events_2025\n"
        "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_create,
};
