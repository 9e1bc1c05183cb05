/*
 * Writes ADD COLUMN as several steps, with the user's own words: the parts of
 * its definition that cost something become statements of their own.
 */
#include "lint/column_advice.h"

#include "lint/not_valid_advice.h"

/* Constraints of one column; those of longer definitions stay where they are. */
#define PARTS_MAX 16

/* The parts of the definition that are left out at first, in order: for each
 * the whole sub-command, with that constraint. */
struct plan {
    struct added_constraint parts[PARTS_MAX];
    size_t count;
};

/* ADD COLUMN with what is left of its definition. */
static void add_column_step(struct check *check, struct buffer *help,
                            const struct added_constraint *added,
                            const struct plan *plan)
{
    struct edit edits[PARTS_MAX];

    for (size_t i = 0; i < plan->count; i++)
        edits[i] =
            (struct edit){constraint_advice_words(check, &plan->parts[i]), ""};
    buffer_add_format(help, "ALTER TABLE %s ",
                      check_quote_name(check, added->name));
    writer_add_edited(help, check->text, added->words, edits, plan->count);
    while (help->length > 0 && (help->text[help->length - 1] == ' ' ||
                                help->text[help->length - 1] == '\n'))
        help->text[--help->length] = '\0';
    buffer_add_text(help, ";\n");
}

static bool is_key(const Constraint *constraint)
{
    return constraint->contype == CONSTR_UNIQUE ||
           constraint->contype == CONSTR_PRIMARY;
}

/* CHECKs and foreign keys, which look at new rows only, until later. */
static void add_not_valid(struct check *check, struct buffer *help,
                          const struct plan *plan)
{
    bool is_any = false;

    for (size_t i = 0; i < plan->count; i++) {
        if (is_key(plan->parts[i].constraint))
            continue;
        not_valid_add(check, help, &plan->parts[i]);
        is_any = true;
    }
    if (is_any)
        advice_add_later(check, help);
    for (size_t i = 0; i < plan->count; i++)
        if (!is_key(plan->parts[i].constraint))
            not_valid_validate(check, help, &plan->parts[i]);
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

const char *column_advice(struct check *check,
                          const struct added_constraint *added)
{
    struct plan plan = {.count = 0};
    struct buffer help;

    foreach_node (Constraint, constraint, added->column->constraints) {
        if (plan.count == PARTS_MAX ||
            (!is_key(constraint) && !not_valid_is_wanted(check, constraint)))
            continue;
        plan.parts[plan.count] = *added;
        plan.parts[plan.count++].constraint = constraint;
    }
    buffer_init(&help, check->arena);
    add_column_step(check, &help, added, &plan);
    add_not_valid(check, &help, &plan);
    if (add_keys(check, &help, &plan)) {
        advice_text(&help);
        advice_add_outside_transaction(check, &help, true);
    }
    return advice_text(&help);
}
