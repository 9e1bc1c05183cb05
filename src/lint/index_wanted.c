/*
 * Chooses the columns of an index, for the helps of the rules about conditions
 * that none serves. Only what an index of this form surely serves gets in.
 */
#include "lint/index_wanted.h"

#include "lint/advice.h"

#include <string.h>

/* Columns of `=`; one or two more may follow. */
#define EQUALITIES_MAX 3

static bool has_column(const struct index_wanted *wanted,
                       const struct column *column)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->keys[i].column == column)
            return true;
    return false;
}

static void add_key(struct index_wanted *wanted, const struct column *column,
                    const char *opclass, const char *order)
{
    if (wanted->count < INDEX_WANTED_KEYS_MAX && !has_column(wanted, column))
        wanted->keys[wanted->count++] =
            (struct index_wanted_key){column, opclass, order};
}

/* By the default order of texts no B-tree finds what begins so, but where the
 * database's collation is C. */
static const char *pattern_class(const struct index_term *term)
{
    static const char *const classes[][2] = {
        {"text", "text_pattern_ops"},
        {"varchar", "varchar_pattern_ops"},
        {"bpchar", "bpchar_pattern_ops"},
    };
    const struct type *type = term->name->type.type;

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (term->pattern != NULL && type != NULL &&
            strcmp(type->name, classes[i][0]) == 0)
            return classes[i][1];
    return NULL;
}

static bool is_whole(const struct index_use *use, const struct index_term *term)
{
    for (size_t i = 0; i < use->whole_count; i++)
        if (use->conditions.items[i].node == term->condition &&
            use->conditions.items[i].join == NULL)
            return true;
    return false;
}

/* Whether a B-tree would find some of the rows by it, and not half of them. */
static bool is_selective(const struct index_use *use,
                         const struct index_term *term)
{
    const struct type *type = term->name != NULL ? term->name->type.type : NULL;

    return term->kind == TERM_COMPARISON &&
           index_term_equals_value(use, term) && term->name != NULL &&
           term->name->column != NULL && IsA(term->condition, A_Expr) &&
           (type == NULL || strcmp(type->name, "bool") != 0) &&
           index_would_serve_term(use, term, "btree", pattern_class(term));
}

static void add_term(struct index_wanted *wanted, const struct index_term *term)
{
    add_key(wanted, term->name->column, pattern_class(term), "");
    if (wanted->first == NULL)
        wanted->first = term->name->reference;
}

/* ORDER BY a DESC, b DESC is a, b backwards. */
static bool is_one_way(const struct index_sort_key *keys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (keys[i].is_descending != keys[0].is_descending ||
            keys[i].is_nulls_first != keys[i].is_descending)
            return false;
    return true;
}

static const char *order_of(const struct index_sort_key *key)
{
    if (key->is_descending)
        return key->is_nulls_first ? " DESC" : " DESC NULLS LAST";
    return key->is_nulls_first ? " NULLS FIRST" : "";
}

/* The rows of `=` stand in this order, then, and the first of them suffice. */
static void add_sort(const struct index_use *use, const Node *item,
                     struct index_wanted *wanted)
{
    struct index_sort_key keys[INDEX_SORT_KEYS_MAX];
    size_t count = index_sort_keys(use, keys), usable = 0;
    bool is_plain;

    if (use->select == NULL || use->select->groupClause != NIL ||
        use->select->distinctClause != NIL)
        return;
    while (usable < count && keys[usable].name != NULL &&
           keys[usable].name->item == item && keys[usable].name->column != NULL)
        usable++;
    is_plain = is_one_way(keys, usable);
    for (size_t i = 0; i < usable; i++)
        add_key(wanted, keys[i].name->column, NULL,
                is_plain ? "" : order_of(&keys[i]));
}

static void add_range(const struct index_use *use, const Node *item,
                      struct index_wanted *wanted)
{
    for (size_t i = 0; i < use->terms.count; i++) {
        const struct index_term *term = &use->terms.items[i];

        if (term->item != item || term->is_equality || !is_whole(use, term) ||
            !is_selective(use, term) || has_column(wanted, term->name->column))
            continue;
        add_term(wanted, term);
        return;
    }
}

/* What a constant condition on the item says, as SQL; null if it is none. */
static const char *constant_condition(struct check *check,
                                      const struct index_term *term)
{
    const BooleanTest *test = node_as(BooleanTest, term->condition);
    const char *name;

    if (term->name == NULL || term->name->column == NULL)
        return NULL;
    name = check_quote(check, term->name->column->name);
    if (term->kind == TERM_NULL)
        return term->is_equality ? check_format(check, "%s IS NULL", name)
                                 : NULL;
    if (term->kind != TERM_BOOLEAN)
        return NULL;
    if (term->is_negated)
        return check_format(check, "NOT %s", name);
    if (test != NULL)
        return check_format(check, "%s IS %s", name,
                            test->booltesttype == IS_TRUE ? "TRUE" : "FALSE");
    return name;
}

static void add_predicate(const struct index_use *use, const Node *item,
                          struct index_wanted *wanted)
{
    for (size_t i = 0; i < use->terms.count; i++) {
        const struct index_term *term = &use->terms.items[i];
        const char *condition;

        if (term->item != item || !is_whole(use, term))
            continue;
        condition = constant_condition(use->check, term);
        if (condition != NULL)
            wanted->predicate =
                wanted->predicate == NULL
                    ? condition
                    : check_format(use->check, "%s AND %s", wanted->predicate,
                                   condition);
    }
}

struct index_wanted index_wanted_of(const struct index_use *use,
                                    const Node *item)
{
    struct index_wanted wanted = {.count = 0};
    size_t equality_count;

    for (size_t i = 0; i < use->terms.count && wanted.count < EQUALITIES_MAX;
         i++) {
        const struct index_term *term = &use->terms.items[i];

        if (term->item == item && term->is_equality && is_whole(use, term) &&
            is_selective(use, term))
            add_term(&wanted, term);
    }
    equality_count = wanted.count;
    if (equality_count > 0)
        add_sort(use, item, &wanted);
    if (wanted.count == equality_count)
        add_range(use, item, &wanted);
    if (wanted.count > 0)
        add_predicate(use, item, &wanted);
    return wanted;
}

struct index_wanted index_wanted_of_arm(const struct index_use *use,
                                        const Node *item, const Node *arm)
{
    struct index_wanted wanted = {.count = 0};
    struct condition_array parts = {0};

    condition_add(use->arena, &parts, arm, NULL);
    for (size_t i = 0; i < parts.count && wanted.count == 0; i++)
        for (size_t j = 0; j < use->terms.count && wanted.count == 0; j++)
            if (use->terms.items[j].condition == parts.items[i].node &&
                use->terms.items[j].item == item &&
                is_selective(use, &use->terms.items[j]))
                add_term(&wanted, &use->terms.items[j]);
    return wanted;
}

const char *index_wanted_definition(struct check *check,
                                    const struct index_wanted *wanted)
{
    struct buffer text;

    buffer_init(&text, check->arena);
    for (size_t i = 0; i < wanted->count; i++) {
        const struct index_wanted_key *key = &wanted->keys[i];

        buffer_add_text(&text, i > 0 ? ", " : " (");
        buffer_add_text(&text, check_quote(check, key->column->name));
        if (key->opclass != NULL)
            buffer_add_format(&text, " %s", key->opclass);
        buffer_add_text(&text, key->order);
    }
    buffer_add_char(&text, ')');
    if (wanted->predicate != NULL)
        buffer_add_format(&text, " WHERE %s", wanted->predicate);
    return buffer_text(&text);
}

const char *index_wanted_help(struct check *check, const struct table *table,
                              const char *definition, const char *column)
{
    struct qualified_name name = {.name = table->relation.name};
    struct index_advice index = {.definition = definition};
    struct buffer help;

    if (table->relation.kind != RELATION_PARTITIONED_TABLE)
        return check_format(check, "CREATE INDEX CONCURRENTLY ON %s%s;",
                            advice_relation_sql(check, &table->relation),
                            definition);
    if (strcmp(table->relation.namespace->name, "public") != 0)
        name.schema = table->relation.namespace->name;
    index.name = advice_free_name(check, name, table, column, "idx");
    buffer_init(&help, check->arena);
    advice_add_partitioned_index(check, &help, name, table, &index);
    return advice_text(&help);
}

const char *index_wanted_sql(struct check *check, const Node *expression)
{
    static const char prefix[] = "SELECT ";
    /* The deparser writes statements. */
    ResTarget target = {.type = T_ResTarget,
                        .val = (Node *)(uintptr_t)expression};
    ListCell cell = {.ptr_value = &target};
    List targets = {.type = T_List,
                    .length = 1,
                    .max_length = 1,
                    .elements = &cell};
    SelectStmt select = {.type = T_SelectStmt, .targetList = &targets};
    const char *text = parser_deparse(check->arena, (const Node *)&select);

    return text != NULL && strncmp(text, prefix, strlen(prefix)) == 0
               ? text + strlen(prefix)
               : NULL;
}
