/*
 * naming-convention: tables, columns, indexes, constraints and sequences whose
 * names do not match the pattern that the options have for their kind, at the
 * end of the history.
 */
#include "base/pattern.h"
#include "lint/typed_columns.h"

#include <string.h>

enum kind {
    KIND_TABLE,
    KIND_COLUMN,
    KIND_INDEX,
    KIND_CONSTRAINT,
    KIND_SEQUENCE,
    KIND_COUNT,
};

static const struct {
    const char *option;
    const char *word;
} kinds[KIND_COUNT] = {
    {"tables", "table"},       {"columns", "column"},
    {"indexes", "index"},      {"constraints", "constraint"},
    {"sequences", "sequence"},
};

struct convention {
    struct check *check;
    struct pattern *patterns[KIND_COUNT]; /* null: any name will do */
};

static bool is_as_agreed(const struct convention *convention, enum kind kind,
                         const char *name)
{
    return convention->patterns[kind] == NULL ||
           pattern_match(convention->patterns[kind], slice_from(name), NULL, 0);
}

/* Nothing is wrong with it but the table's name that it begins with, of which
 * enough is said. */
static bool is_named_after(const struct convention *convention, enum kind kind,
                           const struct table *table, const char *name)
{
    const char *prefix = table->relation.name;

    return strncmp(name, prefix, strlen(prefix)) == 0 &&
           !is_as_agreed(convention, KIND_TABLE, prefix) &&
           is_as_agreed(
               convention, kind,
               check_format(convention->check, "t%s", name + strlen(prefix)));
}

static void judge(struct convention *convention, enum kind kind,
                  const char *name, struct place place, const void *cause)
{
    struct check *check = convention->check;

    if (place.source == NULL || typed_columns_is_template(name) ||
        is_as_agreed(convention, kind, name))
        return;
    check_report_at(
        check, place, cause,
        check_format(check,
                     "the %s \"%s\" is not named as agreed: names "
                     "of its kind match %s",
                     kinds[kind].word, name,
                     check_option_string(check, kinds[kind].option)),
        NULL);
}

static void judge_columns(struct convention *convention,
                          const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (!column->object.is_dropped && column->typed_at.source != NULL)
            judge(convention, KIND_COLUMN, column->name, column->made_at,
                  column);
    }
}

/* Those with a name of their own: the server's are made of the table's and the
 * columns'. What a partition has from its parent is judged there. */
static void judge_indexes(struct convention *convention,
                          const struct table *table)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (!index->relation.object.is_dropped && index->constraint == NULL &&
            index->partition_of == NULL && !index->has_generated_name &&
            !is_named_after(convention, KIND_INDEX, table,
                            index->relation.name))
            judge(convention, KIND_INDEX, index->relation.name,
                  index->relation.made_at, index);
    }
}

/* NOT NULL has a name from 18 on, which nobody looks at. */
static void judge_constraints(struct convention *convention,
                              const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];

        if (!constraint->object.is_dropped &&
            constraint->type != CONSTRAINT_NOT_NULL &&
            constraint->inherited_from == NULL &&
            !is_named_after(convention, KIND_CONSTRAINT, table,
                            constraint->name))
            judge(convention, KIND_CONSTRAINT, constraint->name,
                  constraint->made_at, constraint);
    }
}

/* A sequence that belongs to a column was mostly named by the server. */
static void judge_sequences(struct convention *convention,
                            const struct table *table)
{
    for (size_t i = 0; i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];

        if (!sequence->relation.object.is_dropped && !sequence->is_identity &&
            !is_named_after(convention, KIND_SEQUENCE, table,
                            sequence->relation.name))
            judge(convention, KIND_SEQUENCE, sequence->relation.name,
                  sequence->relation.made_at, sequence);
    }
}

static void judge_table(struct convention *convention,
                        const struct table *table)
{
    judge(convention, KIND_TABLE, table->relation.name, table->relation.made_at,
          table);
    judge_columns(convention, table);
    judge_indexes(convention, table);
    judge_constraints(convention, table);
    judge_sequences(convention, table);
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);
    struct convention convention = {.check = check};
    struct error error;

    /* The settings were checked: what they have compiles. */
    for (size_t i = 0; i < KIND_COUNT; i++) {
        struct slice pattern =
            slice_from(check_option_string(check, kinds[i].option));

        if (pattern.length > 0)
            convention.patterns[i] = pattern_compile(pattern, false, &error);
    }
    for (size_t i = 0; i < tables->count; i++)
        if (typed_columns_is_kept(tables->items[i]))
            judge_table(&convention, tables->items[i]);
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (convention.patterns[i] != NULL)
            pattern_free(convention.patterns[i]);
}

static const struct rule_option options[] = {
    {"tables", OPTION_PATTERN, "^[a-z_][a-z0-9_]*$", "names of tables"},
    {"columns", OPTION_PATTERN, "^[a-z_][a-z0-9_]*$", "names of columns"},
    {"indexes", OPTION_PATTERN, "^[a-z_][a-z0-9_]*$", "names of indexes"},
    {"constraints", OPTION_PATTERN, "^[a-z_][a-z0-9_]*$",
     "names of constraints"},
    {"sequences", OPTION_PATTERN, "^[a-z_][a-z0-9_]*$",
     "names of sequences that belong to a column"},
    {0},
};

const struct rule rule_naming_convention = {
    .id = "naming-convention",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A name does not match the pattern for its kind",
    .rationale =
        "Names that follow one rule can be guessed, searched and told from one "
        "another. What the rule is, each team decides: the options have a "
        "regular expression (PCRE2) for tables, columns, indexes, constraints "
        "and sequences. It matches anywhere in the name unless it has ^ and "
        "$; a mere . allows any name. By default names are of lower-case "
        "letters, digits and underscores.\n\n"
        "Names that the server makes for indexes are not judged, nor those that "
        "begin with the name of a table which is reported. The rule is "
        "asked at the end of the history: what was renamed has its last "
        "name, and is reported where it was made.",
    .ignore_when = "The name is another system's.",
    .options = options,
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY, \"madeAt\" "
           "timestamptz);",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY, made_at timestamptz);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
