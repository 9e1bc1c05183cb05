/*
 * Writes ADD COLUMN as several steps, with the user's own words: the parts of
 * its definition that cost something become statements of their own.
 */
#include "lint/column_advice.h"

#include "lint/domain_advice.h"
#include "lint/fill_advice.h"
#include "lint/not_valid_advice.h"
#include "schema/type.h"

/* Constraints of one column; those of longer definitions stay where they are. */
#define PARTS_MAX 16

/* How the column is added. */
struct plan {
    const struct added_constraint *added;
    enum work_reason reason;
    const struct type *domain;                /* that its type is; null if it is
                                                 none, or of no matter */
    struct added_constraint parts[PARTS_MAX]; /* left out at first, in order:
                                                 the sub-command with each */
    size_t count;
};

const Constraint *column_advice_find(const ColumnDef *column, ConstrType type)
{
    foreach_node (Constraint, constraint, column->constraints)
        if (constraint->contype == type)
            return constraint;
    return NULL;
}

static const Constraint *find_left_out(const struct plan *plan, ConstrType type)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->parts[i].constraint->contype == type)
            return plan->parts[i].constraint;
    return NULL;
}

static const char *table_sql(struct check *check, const struct plan *plan)
{
    return check_quote_name(check, plan->added->name);
}

static const char *column_sql(struct check *check, const struct plan *plan)
{
    return check_quote(check, plan->added->column->colname);
}

struct slice column_advice_expression(const struct check *check, size_t offset,
                                      const char *keyword)
{
    struct span word =
        words_find(check->text, check->statement, offset, keyword);
    struct lexer lexer = lexer_of(check->text);
    size_t start, depth = 0;

    lexer.offset = word.offset + word.length;
    lexer.offset = start = lexer_next_significant(&lexer).offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token_is(check->text, token, "("))
            depth++;
        else if (token_is(check->text, token, ")"))
            depth--;
        if (token.kind == TOKEN_END)
            return (struct slice){0};
        if (depth == 0)
            return slice_part(check->text, start, token.offset + token.length);
    }
}

/*
 * The column alone.
 */

static bool is_key(const Constraint *constraint)
{
    return constraint->contype == CONSTR_UNIQUE ||
           constraint->contype == CONSTR_PRIMARY;
}

/* Whether the values come later, so that the column may not be NOT NULL yet. */
static bool is_filled_later(const struct plan *plan)
{
    if (plan->reason == REASON_DOMAIN)
        return plan->domain != NULL && plan->domain->has_default &&
               column_advice_find(plan->added->column, CONSTR_DEFAULT) == NULL;
    return plan->reason != REASON_NONE;
}

static bool is_left_out(struct check *check, const struct plan *plan,
                        const Constraint *constraint)
{
    switch (constraint->contype) {
    case CONSTR_UNIQUE:
    case CONSTR_PRIMARY: return true;
    case CONSTR_CHECK: return not_valid_is_wanted(check, constraint);
    /* Of a column that is filled later there is nothing to look up yet. */
    case CONSTR_FOREIGN:
        return !is_filled_later(plan) && not_valid_is_wanted(check, constraint);
    case CONSTR_DEFAULT:
    case CONSTR_GENERATED:
    case CONSTR_IDENTITY:
    case CONSTR_NOTNULL: return is_filled_later(plan);
    default: return false;
    }
}

/* `bigint` for bigserial, what a domain is made of for the domain; text null:
 * the type stays. */
static struct edit edit_of_type(struct check *check, const struct plan *plan)
{
    const TypeName *type = plan->added->column->typeName;
    struct edit edit = {.text = name_of_serial(type)};

    if (type == NULL || type->location < 0)
        return (struct edit){0};
    if (plan->domain != NULL) {
        struct data_type base = {(struct type *)plan->domain->base.type,
                                 plan->domain->base.modifier};

        while (base.type != NULL && base.type->kind == TYPE_DOMAIN)
            base = base.type->base;
        edit.text = type_to_text(check->arena, base);
    }
    edit.at =
        words_of_name_at(check->text, check->statement,
                         check->statement->tree_base + (size_t)type->location);
    return edit;
}

static void add_column_step(struct check *check, struct buffer *help,
                            const struct plan *plan)
{
    struct edit edits[PARTS_MAX + 1];
    size_t count = 0;
    struct edit type = edit_of_type(check, plan);

    if (type.text != NULL)
        edits[count++] = type;
    for (size_t i = 0; i < plan->count; i++)
        edits[count++] =
            (struct edit){constraint_advice_words(check, &plan->parts[i]), ""};
    buffer_add_format(help, "ALTER TABLE %s ", table_sql(check, plan));
    writer_add_edited(help, check->text, plan->added->words, edits, count);
    while (help->length > 0 && (help->text[help->length - 1] == ' ' ||
                                help->text[help->length - 1] == '\n'))
        help->text[--help->length] = '\0';
    buffer_add_text(help, ";\n");
}

/*
 * Its values.
 */

static const char *sequence_sql(struct check *check, const struct plan *plan)
{
    struct qualified_name name = {
        .schema = plan->added->name.schema,
        .name = advice_free_name(check, plan->added->name, plan->added->table,
                                 plan->added->column->colname, "seq"),
    };

    return check_quote_name(check, name);
}

static const char *string_sql(struct check *check, const char *text)
{
    struct buffer string;

    buffer_init(&string, check->arena);
    buffer_add_char(&string, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            buffer_add_char(&string, '\'');
        buffer_add_char(&string, *text);
    }
    buffer_add_char(&string, '\'');
    return buffer_text(&string);
}

static void add_sequence(struct check *check, struct buffer *help,
                         const struct plan *plan)
{
    const char *sequence = sequence_sql(check, plan);
    const char *type = name_of_serial(plan->added->column->typeName);

    buffer_add_format(help, "CREATE SEQUENCE %s%s%s", sequence,
                      type != NULL ? " AS " : "", type != NULL ? type : "");
    if (plan->reason == REASON_SERIAL)
        buffer_add_format(help, " OWNED BY %s.%s", table_sql(check, plan),
                          column_sql(check, plan));
    buffer_add_format(
        help, ";\nALTER TABLE %s ALTER COLUMN %s SET DEFAULT nextval(%s);\n",
        table_sql(check, plan), column_sql(check, plan),
        string_sql(check, sequence));
}

static void add_default(struct check *check, struct buffer *help,
                        const struct plan *plan)
{
    const struct type *domain = plan->domain;
    const char *text = NULL;

    for (size_t i = 0; i < plan->count; i++) {
        struct span words, keyword;

        if (plan->parts[i].constraint->contype != CONSTR_DEFAULT)
            continue;
        words = words_trim_end(check->text,
                               constraint_advice_words(check, &plan->parts[i]));
        keyword =
            words_find(check->text, check->statement, words.offset, "DEFAULT");
        text =
            arena_copy(check->arena,
                       slice_part(check->text, keyword.offset + keyword.length,
                                  words.offset + words.length));
    }
    for (; text == NULL && domain != NULL && domain->kind == TYPE_DOMAIN;
         domain = domain->base.type)
        if (domain->default_expression != NULL)
            text = check_format(check, " %s", domain->default_expression->text);
    if (text != NULL)
        buffer_add_format(help,
                          "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT%s;"
                          "\n",
                          table_sql(check, plan), column_sql(check, plan),
                          text);
}

/* For new rows. */
static void add_values(struct check *check, struct buffer *help,
                       const struct plan *plan)
{
    const Constraint *generated = find_left_out(plan, CONSTR_GENERATED);

    if (plan->reason == REASON_SERIAL || plan->reason == REASON_IDENTITY)
        add_sequence(check, help, plan);
    else if (generated != NULL)
        fill_advice_add_trigger(
            check, help, plan->added->name, plan->added->column->colname,
            arena_copy(check->arena,
                       column_advice_expression(check,
                                                check->statement->tree_base +
                                                    (size_t)generated->location,
                                                "AS")));
    else if (is_filled_later(plan))
        add_default(check, help, plan);
}

/* For old ones. */
static void add_batches(struct check *check, struct buffer *help,
                        const struct plan *plan)
{
    const char *column = column_sql(check, plan);
    const Constraint *generated = find_left_out(plan, CONSTR_GENERATED);
    struct slice expression;

    if (generated == NULL) {
        fill_advice_add_batches(check, help, plan->added->name,
                                check_format(check, "%s = DEFAULT", column),
                                check_format(check, "%s IS NULL", column));
        return;
    }
    expression = column_advice_expression(
        check, check->statement->tree_base + (size_t)generated->location, "AS");
    fill_advice_add_batches(
        check, help, plan->added->name,
        check_format(check, "%s = %.*s", column, (int)expression.length,
                     expression.start),
        check_format(check, "%s IS DISTINCT FROM %.*s", column,
                     (int)expression.length, expression.start));
}

/*
 * Its constraints.
 */

/* What the domain asks, as CHECKs of the table. */
static void add_domain_checks(struct check *check, struct buffer *help,
                              const struct plan *plan, bool is_validation)
{
    const struct added_constraint *added = plan->added;
    const struct type *domain = plan->domain;
    size_t count = 0;

    for (; domain != NULL && domain->kind == TYPE_DOMAIN;
         domain = domain->base.type) {
        const struct constraint_array *all = domain->constraints;

        for (size_t i = 0; all != NULL && i < all->count; i++) {
            const struct constraint *one = all->items[i];
            const char *label, *name;

            if (one->object.is_dropped || one->expression == NULL ||
                one->type != CONSTRAINT_CHECK)
                continue;
            label =
                count > 0 ? check_format(check, "check%zu", count) : "check";
            name = check_quote(
                check, advice_free_name(check, added->name, added->table,
                                        added->column->colname, label));
            count++;
            if (is_validation)
                buffer_add_format(help,
                                  "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n",
                                  table_sql(check, plan), name);
            else
                buffer_add_format(
                    help,
                    "ALTER TABLE %s ADD CONSTRAINT %s CHECK %s NOT VALID;\n",
                    table_sql(check, plan), name,
                    domain_advice_condition(check, slice_from(one->expression),
                                            column_sql(check, plan)));
        }
    }
}

static bool is_not_valid_part(const struct plan *plan, size_t i)
{
    ConstrType type = plan->parts[i].constraint->contype;

    return type == CONSTR_CHECK || type == CONSTR_FOREIGN;
}

static bool has_checks(const struct plan *plan)
{
    if (plan->domain != NULL)
        return true;
    for (size_t i = 0; i < plan->count; i++)
        if (is_not_valid_part(plan, i))
            return true;
    return false;
}

static void add_not_valid(struct check *check, struct buffer *help,
                          const struct plan *plan)
{
    add_domain_checks(check, help, plan, false);
    for (size_t i = 0; i < plan->count; i++)
        if (is_not_valid_part(plan, i))
            not_valid_add(check, help, &plan->parts[i]);
}

static void validate(struct check *check, struct buffer *help,
                     const struct plan *plan)
{
    add_domain_checks(check, help, plan, true);
    for (size_t i = 0; i < plan->count; i++)
        if (is_not_valid_part(plan, i))
            not_valid_validate(check, help, &plan->parts[i]);
}

static bool domain_is_not_null(const struct type *domain)
{
    for (; domain != NULL && domain->kind == TYPE_DOMAIN;
         domain = domain->base.type)
        if (domain->is_not_null)
            return true;
    return false;
}

static void add_not_null(struct check *check, struct buffer *help,
                         const struct plan *plan)
{
    bool is_declared = find_left_out(plan, CONSTR_NOTNULL) != NULL ||
                       plan->reason == REASON_SERIAL ||
                       plan->reason == REASON_IDENTITY;

    /* For a primary key what was not declared is done with that. */
    if (is_declared || (find_left_out(plan, CONSTR_PRIMARY) == NULL &&
                        domain_is_not_null(plan->domain)))
        advice_add_not_null(check, help, plan->added->name, plan->added->table,
                            plan->added->column->colname);
}

/* The column has a sequence already: the identity begins where that is. */
static void add_identity(struct check *check, struct buffer *help,
                         const struct plan *plan)
{
    const char *table = table_sql(check, plan);
    const char *column = column_sql(check, plan);
    bool is_free = check->transaction_kind == TRANSACTION_NONE;

    for (size_t i = 0; i < plan->count; i++) {
        struct span words;

        if (plan->parts[i].constraint->contype != CONSTR_IDENTITY)
            continue;
        words = words_trim_end(check->text,
                               constraint_advice_words(check, &plan->parts[i]));
        buffer_add_format(
            help,
            "%sALTER TABLE %s ALTER COLUMN %s DROP DEFAULT,\n"
            "    ALTER COLUMN %s ADD %.*s;\n"
            "SELECT setval(pg_get_serial_sequence(%s, %s), nextval(%s));\n"
            "DROP SEQUENCE %s;\n%s",
            is_free ? "BEGIN;\n" : "-- in one transaction:\n", table, column,
            column, (int)words.length, check->text.start + words.offset,
            string_sql(check, table),
            string_sql(check, plan->added->column->colname),
            string_sql(check, sequence_sql(check, plan)),
            sequence_sql(check, plan), is_free ? "COMMIT;\n" : "");
    }
}

/* UNIQUE and PRIMARY KEY. True if there is one. */
static bool add_keys(struct check *check, struct buffer *help,
                     const struct plan *plan)
{
    bool is_any = false;

    for (size_t i = 0; i < plan->count; i++) {
        if (!is_key(plan->parts[i].constraint))
            continue;
        constraint_advice_add_steps(check, help, &plan->parts[i]);
        is_any = true;
    }
    return is_any;
}

static const struct type *find_domain(const struct check *check,
                                      const ColumnDef *column)
{
    return column->typeName != NULL && column->typeName->arrayBounds == NIL
               ? schema_find_domain(check->schema,
                                    name_from_list(column->typeName->names))
               : NULL;
}

static void make_plan(struct check *check, struct plan *plan)
{
    const ColumnDef *column = plan->added->column;

    if (plan->reason != REASON_NONE)
        plan->domain = find_domain(check, column);
    foreach_node (Constraint, constraint, column->constraints) {
        if (plan->count == PARTS_MAX || !is_left_out(check, plan, constraint))
            continue;
        plan->parts[plan->count] = *plan->added;
        plan->parts[plan->count++].constraint = constraint;
    }
}

const char *column_advice(struct check *check,
                          const struct added_constraint *added,
                          enum work_reason reason)
{
    struct plan plan = {.added = added, .reason = reason};
    struct buffer help;

    make_plan(check, &plan);
    buffer_init(&help, check->arena);
    add_column_step(check, &help, &plan);
    add_values(check, &help, &plan);
    add_not_valid(check, &help, &plan);
    if (is_filled_later(&plan) || has_checks(&plan))
        advice_add_later(check, &help);
    if (is_filled_later(&plan))
        add_batches(check, &help, &plan);
    validate(check, &help, &plan);
    if (is_filled_later(&plan))
        add_not_null(check, &help, &plan);
    add_identity(check, &help, &plan);
    if (add_keys(check, &help, &plan)) {
        advice_text(&help);
        advice_add_outside_transaction(check, &help, true);
    }
    return advice_text(&help);
}
