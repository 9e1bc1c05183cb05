/*
 * CREATE RULE. A view's own rule is its query, and no rule here.
 *
 * Facts: src/backend/rewrite/rewriteDefine.c.
 */
#include "replay/definition.h"
#include "replay/deletion.h"
#include "replay/lookup.h"
#include "replay/objects.h"

#include <string.h>

static bool check_relation(struct replay *replay, const struct table *table)
{
    switch (table->relation.kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_VIEW:
    case RELATION_MATERIALIZED_VIEW: return true;
    case RELATION_FOREIGN_TABLE:
    case RELATION_SEQUENCE:
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE: break;
    }
    return objects_refuse_kind(replay, table->relation.name, "rules");
}

/* Before 16 it makes a view of a table. What it reads is not followed. */
static bool create_on_select(struct replay *replay, struct table *table)
{
    if (table->relation.kind == RELATION_VIEW)
        return true;
    if (replay->schema->postgres_version >= 16)
        return replay_fail(replay, "42809",
                           "relation \"%s\" cannot have ON SELECT rules",
                           table->relation.name);
    SET(replay->schema, table->relation.kind, RELATION_VIEW);
    return true;
}

/* From ON to the end. */
static struct span words_of_rule(const struct replay *replay)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;

    lexer.offset = replay->statement->offset;
    do
        token = lexer_next_significant(&lexer);
    while (token.kind != TOKEN_END &&
           !token_is_word(replay->text, token, "rule"));
    lexer_next_significant(&lexer); /* the name */
    lexer_next_significant(&lexer); /* AS */
    token = lexer_next_significant(&lexer);
    return (struct span){token.offset, replay->text.length - token.offset};
}

static bool keep_definition(struct replay *replay, const RuleStmt *create,
                            struct rewrite_rule *rule)
{
    struct binding binding = definition_binding(replay);
    struct query_place place = {
        .clause = CLAUSE_RULE,
        .table = rule->table,
        .has_new = create->event != CMD_DELETE,
        .has_old = create->event != CMD_INSERT,
        .forbids_parameters = true,
        .binding = definition_wanted(replay, &binding),
    };
    const ListCell *cell;

    binding_add_name(&binding, create->relation->location,
                     &rule->table->relation.object);
    if (!definition_bind(replay, &rule->object, create->whereClause, &place))
        return false;
    foreach (cell, create->actions) {
        if (!definition_bind_query(replay, &rule->object, lfirst(cell), &place))
            return false;
    }
    if (!replay->schema->keeps_definitions)
        return true;
    rule->definition =
        binding_finish(replay->schema, &binding, words_of_rule(replay));
    return true;
}

bool rewrite_rule_create(struct replay *replay, const RuleStmt *create)
{
    struct schema *schema = replay->schema;
    struct rewrite_rule *rule;
    struct table *table;

    if (!objects_find_table(replay, create->relation, "rules", &table))
        return false;
    if (!table)
        return true;
    if (!check_relation(replay, table))
        return false;
    if (create->event == CMD_SELECT)
        return create_on_select(replay, table);
    rule = lookup_rule(table, create->rulename);
    if (rule && !create->replace && replay_refuse(replay))
        return replay_fail(replay, "42710",
                           "rule \"%s\" for relation \"%s\" already exists",
                           create->rulename, table->relation.name);
    if (rule)
        deletion_perform_internal(replay, &rule->object);
    rule = model_new_object(schema, CLASS_RULE, sizeof *rule);
    *rule = (struct rewrite_rule){
        .object = {.class = CLASS_RULE},
        .name = model_name(schema, create->rulename),
        .table = table,
        .enabled = 'O',
        .made_at = replay_place_at(replay, -1),
    };
    if (!keep_definition(replay, create, rule))
        return false;
    *PUSH(schema, &table->rules) = rule;
    return true;
}
