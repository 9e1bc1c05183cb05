/*
 * The operator that an expression means: oper() and left_oper() of
 * parse_oper.c.
 */
#include "query/candidate.h"

#include "base/buffer.h"

#include <string.h>

/* What the operator is called with; left is null for prefix operators. */
struct operands {
    struct type *types[2];
    size_t count;
};

/*
 * Where pg_catalog is the first schema of the path none goes before its
 * operators. With a memory, for most expressions need a few of them.
 */
static const struct builtin_operator *find_in_catalog(
    const struct candidate_search *search, const char *name, uint16_t left,
    uint16_t right)
{
    uint32_t first = (unsigned char)name[0];
    uint32_t second = first ? (unsigned char)name[1] : 0; /* of >= and such */
    uint32_t hash = (((left * 31u + right) * 31u + first) * 31u + second) *
                    UINT32_C(0x9e3779b1);
    const struct builtin_operator **cached =
        &search->schema->operator_cache[(hash >> 16) % CHOICE_CACHE_SIZE];
    uint8_t version = builtin_version(search->schema->postgres_version);
    struct builtin_operators named;
    struct extension *none;

    if (candidate_path_of_unit(search, BUILTIN_CATALOG, &none) != 0)
        return NULL;
    if (*cached && (*cached)->left == left && (*cached)->right == right &&
        strcmp(builtin_text((*cached)->name), name) == 0)
        return *cached;
    named = builtin_operators_named(name);
    for (size_t i = 0; i < named.count; i++) {
        const struct builtin_operator *row = &named.rows[i];

        if ((row->versions & version) && row->unit == BUILTIN_CATALOG &&
            row->left == left && row->right == right)
            return *cached = row;
    }
    return NULL;
}

/* The operator for exactly these types, which is first along the path. */
static bool find_exact(const struct candidate_search *search, const char *name,
                       const struct operands *operands,
                       struct candidate *candidate)
{
    uint8_t version = builtin_version(search->schema->postgres_version);
    uint16_t left = operands->count == 2 ? type_oid(operands->types[0]) : 0;
    uint16_t right = type_oid(operands->types[operands->count - 1]);
    const struct builtin_operator *in_catalog;
    struct builtin_operators named;
    bool is_found = false;

    if (!right || (operands->count == 2 && !left))
        return false;
    in_catalog = find_in_catalog(search, name, left, right);
    if (in_catalog) {
        *candidate = (struct candidate){.operator_row = in_catalog};
        return true;
    }
    named = builtin_operators_named(name);
    for (size_t i = 0; i < named.count; i++) {
        const struct builtin_operator *row = &named.rows[i];
        struct extension *extension;
        int path;

        if (!(row->versions & version) || row->left != left ||
            row->right != right)
            continue;
        path = candidate_path_of_unit(search, row->unit, &extension);
        if (path < 0 || (is_found && candidate->path <= path))
            continue;
        *candidate = (struct candidate){.operator_row = row,
                                        .extension = extension,
                                        .path = path};
        is_found = true;
    }
    return is_found;
}

/* An unknown literal is first taken for what the other operand is; then both
 * for what the domain of that is made of. */
static bool find_binary_exact(const struct candidate_search *search,
                              const char *name, struct operands *operands,
                              struct candidate *candidate)
{
    struct operands tried = *operands;
    struct type *base;
    bool was_unknown = false;

    if (type_oid(tried.types[0]) == OID_UNKNOWN) {
        tried.types[0] = tried.types[1];
        was_unknown = true;
    } else if (type_oid(tried.types[1]) == OID_UNKNOWN) {
        tried.types[1] = tried.types[0];
        was_unknown = true;
    }
    if (find_exact(search, name, &tried, candidate))
        return true;
    if (!was_unknown)
        return false;
    base = coerce_base_type(tried.types[0], NULL);
    if (base == tried.types[0])
        return false;
    tried.types[0] = tried.types[1] = base;
    return find_exact(search, name, &tried, candidate);
}

static void take(struct schema *schema, const struct operands *operands,
                 const struct candidate *candidate,
                 struct operator_choice *choice)
{
    const struct builtin_operator *row = candidate->operator_row;
    bool is_known = operands->types[0] && operands->types[operands->count - 1];
    struct type *declared[2];
    size_t count = operands->count;

    declared[count - 1] = type_of_oid(schema, row->right);
    if (count == 2)
        declared[0] = type_of_oid(schema, row->left);
    choice->outcome = CHOICE_FOUND;
    choice->builtin = row;
    choice->extension = candidate->extension;
    choice->volatility = coerce_volatility(row->volatility);
    choice->result = type_of_oid(schema, row->result);
    if (is_known && choice->result)
        choice->result =
            coerce_resolve(schema, operands->types, declared, count,
                           choice->result, &choice->failure);
    else if (choice->result && coerce_is_polymorphic(choice->result))
        choice->result = NULL;
    choice->right = declared[count - 1];
    if (count == 2)
        choice->left = declared[0];
}

/* All that remain give the same: that much is known. */
static void take_common_result(struct schema *schema,
                               const struct candidate_array *candidates,
                               struct operator_choice *choice)
{
    uint16_t result = candidates_first(candidates)->operator_row->result;

    choice->outcome = CHOICE_UNKNOWN;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct candidate *candidate = &candidates->items[i];

        if (!candidate->is_dropped && candidate->operator_row->result != result)
            return;
    }
    choice->result = type_of_oid(schema, result);
    if (choice->result && coerce_is_polymorphic(choice->result))
        choice->result = NULL;
}

static void choose_by_coercion(const struct candidate_search *search,
                               const char *name,
                               const struct operands *operands,
                               struct operator_choice *choice)
{
    struct candidate_array candidates =
        candidates_of_operator(search, name, operands->count == 1);
    bool is_known = operands->types[0] && operands->types[operands->count - 1];
    struct candidate *best;
    size_t count =
        candidates_match(search, &candidates, operands->types, operands->count);

    if (count == 0) {
        choice->outcome = is_known && candidates_are_all(search->schema)
                              ? CHOICE_NONE
                              : CHOICE_UNKNOWN;
        return;
    }
    if (count > 1 && !is_known) {
        take_common_result(search->schema, &candidates, choice);
        return;
    }
    best = count == 1 ? candidates_first(&candidates)
                      : candidates_select(search, &candidates, operands->types,
                                          operands->count);
    if (best)
        take(search->schema, operands, best, choice);
    else
        choice->outcome = CHOICE_AMBIGUOUS;
}

void choose_operator(struct schema *schema, struct arena *arena,
                     struct qualified_name name, bool is_prefix,
                     struct type *left, struct type *right,
                     struct operator_choice *choice)
{
    struct candidate_search search = {schema, arena, name.schema, false};
    struct operands operands = {{left, right}, 2};
    struct candidate exact;
    bool is_exact;

    memset(choice, 0, sizeof *choice);
    if (is_prefix)
        operands = (struct operands){{right, NULL}, 1};
    if (is_prefix || !left || !right)
        is_exact = find_exact(&search, name.name, &operands, &exact);
    else
        is_exact = find_binary_exact(&search, name.name, &operands, &exact);
    if (is_exact)
        take(schema, &operands, &exact, choice);
    else
        choose_by_coercion(&search, name.name, &operands, choice);
}

const char *choose_operator_signature(struct schema *schema,
                                      struct arena *arena,
                                      struct qualified_name name,
                                      const struct type *left,
                                      const struct type *right)
{
    const char *right_text = type_to_visible_text(schema, arena, right);
    struct buffer buffer;

    buffer_init(&buffer, arena);
    if (left)
        buffer_add_format(&buffer, "%s ",
                          type_to_visible_text(schema, arena, left));
    if (name.schema)
        buffer_add_format(&buffer, "%s.", name.schema);
    buffer_add_format(&buffer, "%s %s", name.name,
                      right_text ? right_text : "?");
    return buffer_text(&buffer);
}
