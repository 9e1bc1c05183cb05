/*
 * Domains and their constraints.
 *
 * Facts: src/backend/commands/typecmds.c (DefineDomain, AlterDomain...).
 */
#include "replay/definition.h"
#include "replay/deletion.h"
#include "replay/dependency.h"
#include "replay/lookup.h"
#include "replay/types.h"
#include "schema/generated_name.h"
#include "sql/words.h"

#include <string.h>

static bool fail_syntax(struct replay *replay, const char *message)
{
    return replay_fail(replay, "42601", "%s", message);
}

/* Which constraints no domain can have. */
static bool check_constraint(struct replay *replay, const Constraint *node)
{
    switch (node->contype) {
    case CONSTR_CHECK:
        if (node->is_no_inherit)
            return replay_fail(replay, "42P16",
                               "check constraints for domains cannot be "
                               "marked NO INHERIT");
        return true;
    case CONSTR_UNIQUE:
        return fail_syntax(replay,
                           "unique constraints not possible for domains");
    case CONSTR_PRIMARY:
        return fail_syntax(replay,
                           "primary key constraints not possible for domains");
    case CONSTR_EXCLUSION:
        return fail_syntax(replay,
                           "exclusion constraints not possible for domains");
    case CONSTR_FOREIGN:
        return fail_syntax(replay,
                           "foreign key constraints not possible for domains");
    case CONSTR_ATTR_DEFERRABLE:
    case CONSTR_ATTR_NOT_DEFERRABLE:
    case CONSTR_ATTR_DEFERRED:
    case CONSTR_ATTR_IMMEDIATE:
        return replay_fail(replay, "0A000",
                           "specifying constraint deferrability not supported "
                           "for domains");
    case CONSTR_GENERATED:
        return replay_fail(replay, "0A000",
                           "specifying GENERATED not supported for domains");
    default: return true;
    }
}

static struct constraint *add_constraint(struct replay *replay,
                                         struct type *domain,
                                         const Constraint *node,
                                         enum constraint_type type)
{
    struct schema *schema = replay->schema;
    const char *name = node->conname;
    struct constraint *constraint;

    if (name && model_find_domain_constraint(schema, domain, name)) {
        replay_fail(replay, "42710",
                    "constraint \"%s\" for domain \"%s\" already exists", name,
                    domain->name);
        return NULL;
    }
    if (!name)
        name = generated_name_constraint(
            schema, domain->namespace, domain->name, NULL,
            type == CONSTRAINT_CHECK ? "check" : "not_null");
    if (!name)
        return NULL;
    if (!domain->constraints)
        SET(schema, domain->constraints,
            arena_alloc(&schema->arena, sizeof *domain->constraints));
    constraint = model_new_object(schema, CLASS_CONSTRAINT, sizeof *constraint);
    constraint->type = type;
    constraint->name = model_name(schema, name);
    constraint->domain = domain;
    constraint->is_validated = !node->skip_validation;
    constraint->is_enforced = true;
    constraint->is_local = true;
    constraint->made_at = replay_place_at(replay, node->location);
    model_link_constraint(schema, constraint);
    return constraint;
}

static bool add_check(struct replay *replay, struct type *domain,
                      const Constraint *node)
{
    struct constraint *check =
        add_constraint(replay, domain, node, CONSTRAINT_CHECK);
    struct binding binding = definition_binding(replay);
    struct query_place place = {
        .clause = CLAUSE_DOMAIN_CHECK,
        .value = domain->base,
        .forbids_parameters = true,
    };
    struct span words;

    if (!check)
        return false;
    check->expression = expression_in_parentheses(
        replay, replay_offset(replay, node->location), &words);
    place.binding = definition_wanted(replay, &binding);
    if (!definition_bind(replay, &check->object, node->raw_expr, &place))
        return false;
    if (place.binding)
        check->check = binding_finish(replay->schema, &binding, words);
    return true;
}

/* From 17 on it is a constraint, too. */
static bool set_not_null(struct replay *replay, struct type *domain,
                         const Constraint *node)
{
    if (domain->is_not_null)
        return true;
    SET(replay->schema, domain->is_not_null, true);
    return replay->schema->postgres_version < 17 ||
           add_constraint(replay, domain, node, CONSTRAINT_NOT_NULL);
}

static bool is_null(const Node *expression)
{
    const A_Const *constant = node_as(A_Const, expression);

    return constant && constant->isnull;
}

/* DEFAULT: words is where the expression stands. DEFAULT NULL is none. */
static bool set_default(struct replay *replay, struct type *domain,
                        const Node *expression, struct span words)
{
    struct schema *schema = replay->schema;
    struct binding binding = definition_binding(replay);
    struct query_place place = {
        .clause = CLAUSE_DEFAULT,
        .target = domain->base,
        .target_name = domain->name,
        .forbids_parameters = true,
        .binding = definition_wanted(replay, &binding),
    };
    bool has_default = expression && !is_null(expression);

    /* What the old one needed; what checks need is theirs. */
    model_forget_needs(schema, &domain->object);
    dependency_add_type(replay, &domain->object, domain->base.type);
    SET(schema, domain->has_default, has_default);
    SET(schema, domain->default_expression, NULL);
    if (!has_default)
        return true;
    if (!definition_bind(replay, &domain->object, expression, &place))
        return false;
    if (words.length == 0)
        return true;
    /* Without definitions its text still tells what a new column costs. */
    SET(schema, domain->default_expression,
        place.binding
            ? binding_finish(schema, &binding, words)
            : expression_of_text(
                  schema, arena_copy(&schema->scratch,
                                     slice_part(replay->text, words.offset,
                                                words.offset + words.length))));
    return true;
}

/* What the clauses of CREATE DOMAIN have said so far. */
struct domain_clauses {
    bool has_default;
    bool has_null; /* NULL, or NOT NULL */
    bool is_not_null;
};

static bool apply_clause(struct replay *replay, struct type *domain,
                         const Constraint *node, struct domain_clauses *clauses)
{
    bool is_not_null = node->contype == CONSTR_NOTNULL;
    struct span words = {0};

    if (!check_constraint(replay, node))
        return false;
    switch (node->contype) {
    case CONSTR_DEFAULT:
        if (clauses->has_default)
            return fail_syntax(replay, "multiple default expressions");
        clauses->has_default = true;
        expression_of_default(replay, replay_offset(replay, node->location),
                              node->raw_expr, &words);
        return set_default(replay, domain, node->raw_expr, words);
    case CONSTR_NOTNULL:
    case CONSTR_NULL:
        if (clauses->has_null && clauses->is_not_null != is_not_null)
            return fail_syntax(replay, "conflicting NULL/NOT NULL constraints");
        clauses->has_null = true;
        clauses->is_not_null = is_not_null;
        return true;
    default: return true;
    }
}

/* Checks and NOT NULL are added when the domain is there. */
static bool add_constraints(struct replay *replay, struct type *domain,
                            const List *nodes)
{
    const ListCell *cell;

    foreach (cell, nodes) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node && node->contype == CONSTR_CHECK &&
            !add_check(replay, domain, node))
            return false;
        if (node && node->contype == CONSTR_NOTNULL &&
            !set_not_null(replay, domain, node))
            return false;
    }
    return true;
}

static bool check_base(struct replay *replay, const TypeName *name,
                       const struct type *base)
{
    if (base && base->kind == TYPE_PSEUDO)
        return replay_fail(replay, "42804",
                           "\"%s\" is not a valid base type for a domain",
                           lookup_type_name(replay, name));
    return true;
}

bool replay_create_domain(struct replay *replay, const CreateDomainStmt *create)
{
    struct type *domain = types_add(replay, TYPE_DOMAIN, create->domainname);
    struct domain_clauses clauses = {0};
    const ListCell *cell;

    if (!domain || !types_resolve(replay, create->typeName, &domain->base) ||
        !check_base(replay, create->typeName, domain->base.type))
        return false;
    if (domain->base.type == domain)
        return replay_fail(replay, "42704", "type \"%s\" does not exist",
                           lookup_type_name(replay, create->typeName));
    dependency_add_type(replay, &domain->object, domain->base.type);
    domain->has_default = domain->base.type && domain->base.type->has_default;
    foreach (cell, create->constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node && !apply_clause(replay, domain, node, &clauses))
            return false;
    }
    return add_constraints(replay, domain, create->constraints);
}

static bool find_constraint(struct replay *replay, const AlterDomainStmt *alter,
                            const struct type *domain,
                            struct constraint **constraint)
{
    *constraint =
        model_find_domain_constraint(replay->schema, domain, alter->name);
    if (*constraint || alter->missing_ok || !replay_refuse(replay))
        return true;
    return replay_fail(
        replay, "42704", "constraint \"%s\" of domain \"%s\" does not exist",
        alter->name,
        lookup_plain_name(replay, name_from_list(alter->typeName)));
}

static bool add_to_domain(struct replay *replay, struct type *domain,
                          const Constraint *node)
{
    if (!node)
        return true;
    if (!check_constraint(replay, node))
        return false;
    if (node->contype == CONSTR_CHECK)
        return add_check(replay, domain, node);
    return node->contype != CONSTR_NOTNULL ||
           set_not_null(replay, domain, node);
}

static void drop_not_null(struct replay *replay, struct type *domain)
{
    SET(replay->schema, domain->is_not_null, false);
    for (size_t i = 0; domain->constraints && i < domain->constraints->count;
         i++) {
        struct constraint *constraint = domain->constraints->items[i];

        if (constraint->type == CONSTRAINT_NOT_NULL &&
            !constraint->object.is_dropped)
            deletion_perform_internal(replay, &constraint->object);
    }
}

static bool validate(struct replay *replay, const AlterDomainStmt *alter,
                     struct type *domain)
{
    struct constraint *constraint;

    if (!find_constraint(replay, alter, domain, &constraint))
        return false;
    if (!constraint)
        return true;
    if (constraint->type != CONSTRAINT_CHECK)
        return replay_fail(
            replay, "42809",
            "constraint \"%s\" of domain \"%s\" is not a check constraint",
            alter->name,
            lookup_plain_name(replay, name_from_list(alter->typeName)));
    SET(replay->schema, constraint->is_validated, true);
    return true;
}

static bool alter_default(struct replay *replay, const AlterDomainStmt *alter,
                          struct type *domain)
{
    struct span keyword = words_find(replay->text, replay->statement,
                                     replay->statement->offset, "SET DEFAULT");
    struct span words = {0};

    if (alter->def && keyword.length > 0)
        expression_after_default(
            replay, keyword.offset + keyword.length - strlen("DEFAULT"),
            &words);
    return set_default(replay, domain, alter->def, words);
}

bool replay_alter_domain(struct replay *replay, const AlterDomainStmt *alter)
{
    const Constraint *node = node_as(Constraint, alter->def);
    struct constraint *constraint;
    struct type *domain;

    if (!types_find(replay, alter->typeName, &domain))
        return false;
    if (!domain)
        return true;
    if (domain->kind != TYPE_DOMAIN)
        return replay_fail(replay, "42809", "%s is not a domain",
                           type_visible_name(replay, domain));
    switch (alter->subtype) {
    case 'T': return alter_default(replay, alter, domain);
    case 'N': drop_not_null(replay, domain); return true;
    case 'O':
        return set_not_null(replay, domain, &(Constraint){.location = -1});
    case 'C': return add_to_domain(replay, domain, node);
    case 'X':
        if (!find_constraint(replay, alter, domain, &constraint))
            return false;
        return !constraint ||
               deletion_perform_one(replay, &constraint->object,
                                    alter->behavior == DROP_CASCADE);
    case 'V': return validate(replay, alter, domain);
    default: return true;
    }
}
