/*
 * Writes ADD COLUMN as several steps, with the user's own words: the parts of
 * its definition that cost something become statements of their own.
 */
#include "lint/column_advice.h"

#include "lint/constraint_advice.h"

/* Constraints of one column; those of longer definitions stay where they are. */
#define PARTS_MAX 16

/* What becomes of the parts of the definition. */
struct plan {
    const struct added_column *added;
    const Constraint *parts[PARTS_MAX]; /* to be left out, in order */
    size_t count;
};

static struct added_constraint as_constraint(const struct added_column *added,
                                             const Constraint *constraint)
{
    return (struct added_constraint){
        .alter = added->alter,
        .action = added->action,
        .column = added->column,
        .constraint = constraint,
        .table = added->table,
        .name = added->name,
        .words = added->words,
    };
}

struct span column_advice_words(const struct check *check,
                                const struct added_column *added,
                                const Constraint *constraint)
{
    struct added_constraint as = as_constraint(added, constraint);
    struct span words = constraint_advice_words(check, &as);

    words.length = lexer_trim_end(slice_part(check->text, words.offset,
                                             words.offset + words.length))
                       .length;
    return words;
}

const char *check_advice_name(struct check *check, const Constraint *constraint,
                              struct qualified_name table,
                              const struct table *known, const char *column)
{
    const struct new_check *made = effects_find_new_check(
        check_effects(check),
        check->statement->tree_base + (size_t)constraint->location);

    if (constraint->conname != NULL)
        return constraint->conname;
    if (made != NULL)
        return arena_copy(check->arena, slice_from(made->name));
    return advice_free_name(check, table, known, column, "check");
}

/* ADD COLUMN with what is left of its definition. */
static void add_column_step(struct check *check, struct buffer *help,
                            const struct plan *plan)
{
    const struct added_column *added = plan->added;
    struct edit edits[PARTS_MAX];

    for (size_t i = 0; i < plan->count; i++) {
        struct added_constraint as = as_constraint(added, plan->parts[i]);

        edits[i] = (struct edit){constraint_advice_words(check, &as), ""};
    }
    buffer_add_format(help, "ALTER TABLE %s ",
                      check_quote_name(check, added->name));
    writer_add_edited(help, check->text, added->words, edits, plan->count);
    while (help->length > 0 && (help->text[help->length - 1] == ' ' ||
                                help->text[help->length - 1] == '\n'))
        help->text[--help->length] = '\0';
    buffer_add_text(help, ";\n");
}

static const char *name_of_check(struct check *check, const struct plan *plan,
                                 const Constraint *constraint)
{
    return check_quote(check,
                       check_advice_name(check, constraint, plan->added->name,
                                         plan->added->table,
                                         plan->added->column->colname));
}

/* CHECKs that look at new rows only. */
static void add_checks(struct check *check, struct buffer *help,
                       const struct plan *plan)
{
    const char *table = check_quote_name(check, plan->added->name);

    for (size_t i = 0; i < plan->count; i++) {
        const Constraint *part = plan->parts[i];
        struct span words, keyword;

        if (part->contype != CONSTR_CHECK)
            continue;
        words = column_advice_words(check, plan->added, part);
        keyword =
            words_find(check->text, check->statement, words.offset, "CHECK");
        buffer_add_format(help,
                          "ALTER TABLE %s ADD CONSTRAINT %s %.*s NOT "
                          "VALID;\n",
                          table, name_of_check(check, plan, part),
                          (int)(words.offset + words.length - keyword.offset),
                          check->text.start + keyword.offset);
    }
}

static void validate_checks(struct check *check, struct buffer *help,
                            const struct plan *plan)
{
    bool is_first = true;

    for (size_t i = 0; i < plan->count; i++) {
        if (plan->parts[i]->contype != CONSTR_CHECK)
            continue;
        if (is_first)
            advice_add_later(check, help);
        is_first = false;
        buffer_add_format(help, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n",
                          check_quote_name(check, plan->added->name),
                          name_of_check(check, plan, plan->parts[i]));
    }
}

/* UNIQUE and PRIMARY KEY. True if there is one. */
static bool add_keys(struct check *check, struct buffer *help,
                     const struct plan *plan)
{
    bool is_any = false;

    for (size_t i = 0; i < plan->count; i++) {
        struct added_constraint as = as_constraint(plan->added, plan->parts[i]);

        if (plan->parts[i]->contype == CONSTR_CHECK)
            continue;
        constraint_advice_add_steps(check, help, &as);
        is_any = true;
    }
    return is_any;
}

static bool is_left_out(const Constraint *constraint)
{
    return constraint->contype == CONSTR_CHECK ||
           constraint->contype == CONSTR_UNIQUE ||
           constraint->contype == CONSTR_PRIMARY;
}

const char *column_advice(struct check *check, const struct added_column *added)
{
    struct plan plan = {.added = added};
    struct buffer help;

    foreach_node (Constraint, constraint, added->column->constraints)
        if (is_left_out(constraint) && plan.count < PARTS_MAX)
            plan.parts[plan.count++] = constraint;
    buffer_init(&help, check->arena);
    add_column_step(check, &help, &plan);
    add_checks(check, &help, &plan);
    validate_checks(check, &help, &plan);
    if (add_keys(check, &help, &plan)) {
        advice_text(&help);
        advice_add_outside_transaction(check, &help, true);
    }
    return advice_text(&help);
}
