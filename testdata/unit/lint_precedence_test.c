/*
 * One cause, one finding. The rules here have the ids of the catalogue but are
 * the test's own.
 */
#include "lint/precedence.h"

#include "lint/rule_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct rule builds = {.id = "constraint-builds-index",
                                   .family = FAMILY_LOCKING};
static const struct rule cascade = {.id = "drop-cascade",
                                    .family = FAMILY_COMPATIBILITY};
static const struct rule column = {.id = "drop-column",
                                   .family = FAMILY_COMPATIBILITY};
static const struct rule held = {.id = "exclusive-lock-held-during-work",
                                 .family = FAMILY_LOCKING};
static const struct rule required = {.id = "required-column-without-default",
                                     .family = FAMILY_MIGRATION};
static const struct rule star = {.id = "select-star", .family = FAMILY_QUERY};
static const struct rule scans = {.id = "set-not-null-scans-table",
                                  .family = FAMILY_LOCKING};
static const struct rule syntax = {.id = "syntax-error",
                                   .family = FAMILY_MIGRATION};
const struct rule *const rule_table[] = {
    &builds, &cascade, &column, &held, &required, &star, &scans, &syntax,
};
const size_t rule_count = 8;

#define FINDINGS_MAX 8

/* The ids of those that are heard, in the order given. */
static void apply(struct finding *findings, size_t count, char *heard)
{
    struct arena arena = {0}, scratch = {0};
    struct finding *pointers[FINDINGS_MAX];
    struct precedence *precedence = precedence_new(&arena);

    for (size_t i = 0; i < count; i++) {
        findings[i].rule_index = rule_index(findings[i].rule);
        pointers[i] = &findings[i];
    }
    precedence_apply(precedence, &scratch, pointers, count);
    *heard = '\0';
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(pointers[i], &findings[i]);
        if (!findings[i].is_dropped)
            strcat(strcat(heard, findings[i].rule->id), " ");
    }
    arena_release(&scratch);
    arena_release(&arena);
}

static void test_chains(void **state)
{
    int one, two;
    char heard[512];
    struct finding same[] = {{.rule = &scans, .cause = &one},
                             {.rule = &builds, .cause = &one}};
    struct finding family[] = {{.rule = &builds, .cause = &one},
                               {.rule = &required, .cause = &one},
                               {.rule = &scans, .cause = &two},
                               {.rule = &star, .cause = &one}};
    struct finding later[] = {{.rule = &column, .cause = &one},
                              {.rule = &cascade, .cause = &one},
                              {.rule = &column, .cause = &one}};

    (void)state;
    apply(same, 2, heard);
    assert_string_equal(heard, "constraint-builds-index ");
    apply(family, 4, heard);
    assert_string_equal(heard, "required-column-without-default "
                               "set-not-null-scans-table select-star ");
    apply(later, 3, heard);
    assert_string_equal(heard, "drop-column drop-column ");
}

/* Other causes, no cause, rules that no chain relates: all are heard. */
static void test_unrelated(void **state)
{
    int one, two;
    char heard[512];
    struct finding apart[] = {{.rule = &scans, .cause = &one},
                              {.rule = &builds, .cause = &two}};
    struct finding without[] = {{.rule = &scans}, {.rule = &builds}};
    struct finding strangers[] = {{.rule = &star, .cause = &one},
                                  {.rule = &column, .cause = &one},
                                  {.rule = &builds, .cause = &one}};

    (void)state;
    apply(apart, 2, heard);
    assert_string_equal(heard,
                        "set-not-null-scans-table constraint-builds-index ");
    apply(without, 2, heard);
    assert_string_equal(heard,
                        "set-not-null-scans-table constraint-builds-index ");
    apply(strangers, 3, heard);
    assert_string_equal(heard,
                        "select-star drop-column constraint-builds-index ");
}

/* What is silenced may itself silence: the statement's first cause decides. */
static void test_transitive(void **state)
{
    int one;
    char heard[512];
    struct finding findings[] = {{.rule = &scans, .cause = &one},
                                 {.rule = &builds, .cause = &one},
                                 {.rule = &required, .cause = &one},
                                 {.rule = &syntax, .cause = &one}};

    (void)state;
    apply(findings, 4, heard);
    assert_string_equal(heard, "syntax-error ");
}

/* Work under a lock held before is told where nobody else tells of the work, of
 * the same statement, whatever its node. */
static void test_held_work(void **state)
{
    int one, two, statement;
    char heard[512];
    struct finding told[] = {
        {.rule = &builds, .cause = &one, .statement = &statement},
        {.rule = &held, .cause = &two, .statement = &statement}};
    struct finding alone[] = {
        {.rule = &column, .cause = &one, .statement = &statement},
        {.rule = &held, .cause = &two, .statement = &statement}};

    (void)state;
    apply(told, 2, heard);
    assert_string_equal(heard, "constraint-builds-index ");
    apply(alone, 2, heard);
    assert_string_equal(heard, "drop-column exclusive-lock-held-during-work ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_unrelated),
        cmocka_unit_test(test_transitive),
        cmocka_unit_test(test_held_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
