/*
 * Writes the steps with which a CHECK proves a bound, for the two rules about
 * new partitions. What the CHECK says, schema/bound_text.c knows.
 */
#include "lint/partition_advice.h"

#include <string.h>

/* Rows of it, or of one of its own partitions, are read. */
static bool is_read(struct check *check, const struct table *table)
{
    const struct work_array *all = &check_effects(check)->work;

    for (size_t i = 0; i < all->count; i++) {
        const struct work *work = &all->items[i];
        const struct table *at;

        if (work->kind != WORK_SCAN || work->on == NULL ||
            !lock_advice_is_table(work->on->kind) ||
            relation_is_new(check->schema, work->on))
            continue;
        for (at = (const struct table *)work->on; at != NULL;
             at = at->partition_of)
            if (at == table)
                return true;
    }
    return false;
}

const struct table *partition_advice_scanned_default(struct check *check,
                                                     const struct table *parent)
{
    const struct table *other =
        parent != NULL ? table_default_partition(parent) : NULL;

    return other != NULL && is_read(check, other) ? other : NULL;
}

struct partition_proof partition_advice_of_new(struct check *check,
                                               const struct table *parent,
                                               const PartitionBoundSpec *bound,
                                               struct qualified_name partition)
{
    struct partition_proof proof = {.table = partition};

    proof.known = schema_find_table(check->schema, partition);
    if (parent != NULL)
        proof.condition = bound_condition(check->arena, parent, bound);
    return proof;
}

struct partition_proof partition_advice_of_default(
    struct check *check, const struct table *parent,
    const PartitionBoundSpec *bound, const struct table *other)
{
    struct partition_proof proof = {.known = other};
    const char *condition = bound_condition(check->arena, parent, bound);

    proof.table.name = other->relation.name;
    if (other->relation.namespace != parent->relation.namespace ||
        strcmp(other->relation.namespace->name, "public") != 0)
        proof.table.schema = other->relation.namespace->name;
    if (condition != NULL)
        proof.condition = check_format(check, "NOT (%s)", condition);
    return proof;
}

static const char *proof_name(struct check *check,
                              const struct partition_proof *proof)
{
    return check_quote(check, advice_free_name(check, proof->table,
                                               proof->known, NULL, "bound"));
}

void partition_advice_add(struct check *check, struct buffer *help,
                          const struct partition_proof *proofs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_add_format(help,
                          "ALTER TABLE %s ADD CONSTRAINT %s\n"
                          "    CHECK (%s) NOT VALID;\n",
                          check_quote_name(check, proofs[i].table),
                          proof_name(check, &proofs[i]), proofs[i].condition);
}

void partition_advice_validate(struct check *check, struct buffer *help,
                               const struct partition_proof *proofs,
                               size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_add_format(help, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n",
                          check_quote_name(check, proofs[i].table),
                          proof_name(check, &proofs[i]));
}

void partition_advice_drop(struct check *check, struct buffer *help,
                           const struct partition_proof *proofs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_add_format(help, "ALTER TABLE %s DROP CONSTRAINT %s;\n",
                          check_quote_name(check, proofs[i].table),
                          proof_name(check, &proofs[i]));
}
