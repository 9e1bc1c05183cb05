/*
 * Policies of row security.
 *
 * Facts: src/backend/commands/policy.c.
 */
#include "replay/definition.h"
#include "replay/lookup.h"
#include "replay/objects.h"
#include "sql/words.h"

#include <string.h>

/* pg_policy.polcmd */
static char command_of(const char *name)
{
    static const struct {
        const char *name;
        char command;
    } commands[] = {{"all", '*'},
                    {"select", 'r'},
                    {"insert", 'a'},
                    {"update", 'w'},
                    {"delete", 'd'}};

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return commands[i].command;
    }
    return '*';
}

/* A role as it was named; who the session's user is, nobody knows. */
static const char *name_of_role(struct schema *schema, const RoleSpec *role)
{
    switch (role->roletype) {
    case ROLESPEC_PUBLIC: return "public";
    case ROLESPEC_CURRENT_ROLE: return "current_role";
    case ROLESPEC_CURRENT_USER: return "current_user";
    case ROLESPEC_SESSION_USER: return "session_user";
    case ROLESPEC_CSTRING: return model_name(schema, role->rolename);
    }
    return "public";
}

/* PUBLIC makes all others superfluous. */
static struct name_array read_roles(struct schema *schema, const List *nodes)
{
    struct name_array roles = {0};
    const ListCell *cell;

    foreach (cell, nodes) {
        const RoleSpec *role = lfirst(cell);

        if (role->roletype == ROLESPEC_PUBLIC)
            roles.count = 0;
        *array_push(&schema->arena, &roles) = name_of_role(schema, role);
        if (role->roletype == ROLESPEC_PUBLIC)
            break;
    }
    return roles;
}

/* Which of the two expressions that command cannot have; null: all is well. */
static const char *misplaced(char command, const Node *using, const Node *check,
                             bool is_new)
{
    if ((command == 'r' || command == 'd') && check)
        return is_new ? "WITH CHECK cannot be applied to SELECT or DELETE"
                      : "only USING expression allowed for SELECT, DELETE";
    if (command == 'a' && using)
        return "only WITH CHECK expression allowed for INSERT";
    return NULL;
}

static bool check_table(struct replay *replay, const struct table *table)
{
    if (table->relation.kind == RELATION_TABLE ||
        table->relation.kind == RELATION_PARTITIONED_TABLE)
        return true;
    return objects_refuse_kind(replay, table->relation.name, NULL);
}

static bool is_true(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant && !constant->isnull &&
           nodeTag(&constant->val) == T_Boolean &&
           constant->val.boolval.boolval;
}

/* POLICY and its name: the tree has no place for it. */
static struct place place_of_name(const struct replay *replay)
{
    struct span word = words_find(replay->text, replay->statement,
                                  replay->statement->offset, "POLICY");
    struct lexer lexer = lexer_of(replay->text);
    struct token name;

    if (word.length == 0)
        return replay_place_at(replay, -1);
    lexer.offset = word.offset + word.length;
    name = lexer_next_significant(&lexer);
    return replay_place(replay, word.offset, name.offset + name.length);
}

/* The clause, from its word to the parenthesis at its end; moves the offset
 * behind it. */
static struct place place_of_clause(const struct replay *replay,
                                    const char *word, size_t *offset)
{
    struct span words =
        words_find(replay->text, replay->statement, *offset, word);
    struct span inside;

    if (words.length == 0)
        return replay_place_at(replay, -1);
    inside = definition_in_parentheses(replay, words.offset);
    *offset = inside.offset + inside.length;
    return replay_place(replay, words.offset, *offset + 1);
}

/* Those that are given; others stay. */
static bool bind(struct replay *replay, struct policy *policy,
                 const RangeVar *table, const Node *using, const Node *check)
{
    struct schema *schema = replay->schema;
    size_t offset = replay_offset(replay, table->location), at = offset;
    struct query_place place = {
        .clause = CLAUSE_POLICY,
        .table = policy->table,
        .forbids_parameters = true,
    };
    struct expression *bound;

    if (!definition_of_clause(replay, &policy->object, using, place, "USING",
                              &offset, &bound))
        return false;
    if (using) {
        SET(schema, policy->using_expression, bound);
        SET(schema, policy->shows_all, is_true(using));
        SET(schema, policy->using_at, place_of_clause(replay, "USING", &at));
    }
    if (!definition_of_clause(replay, &policy->object, check, place,
                              "WITH CHECK", &offset, &bound))
        return false;
    if (check) {
        SET(schema, policy->check_expression, bound);
        SET(schema, policy->checks_any, !is_true(check));
        SET(schema, policy->check_at,
            place_of_clause(replay, "WITH CHECK", &at));
    }
    return true;
}

bool policy_create(struct replay *replay, const CreatePolicyStmt *create)
{
    struct schema *schema = replay->schema;
    char command = command_of(create->cmd_name);
    const char *refused =
        misplaced(command, create->qual, create->with_check, true);
    struct table *table;
    struct policy *policy;

    if (refused)
        return replay_fail(replay, "42601", "%s", refused);
    if (!objects_find_table(replay, create->table, NULL, &table))
        return false;
    /* Made elsewhere: its policies from now on are known all the same. */
    if (!table && !replay_knows_all(replay))
        table = replay_mention(replay, create->table, false);
    if (!table)
        return true;
    if (!check_table(replay, table))
        return false;
    policy = model_new_object(schema, CLASS_POLICY, sizeof *policy);
    *policy = (struct policy){
        .object = {.class = CLASS_POLICY},
        .name = model_name(schema, create->policy_name),
        .table = table,
        .command = command,
        .is_permissive = create->permissive,
        .roles = read_roles(schema, create->roles),
        .made_at = place_of_name(replay),
    };
    if (!bind(replay, policy, create->table, create->qual, create->with_check))
        return false;
    if (lookup_policy(table, create->policy_name) && replay_refuse(replay))
        return replay_fail(replay, "42710",
                           "policy \"%s\" for table \"%s\" already exists",
                           create->policy_name, table->relation.name);
    *PUSH(schema, &table->policies) = policy;
    return true;
}

/* The server looks at the expressions first, then for the policy. */
static bool refuse_alter(struct replay *replay, const AlterPolicyStmt *alter,
                         struct table *table, const struct policy *policy)
{
    struct policy draft = {
        .object = {.class = CLASS_POLICY},
        .table = table,
    };

    if (!bind(replay, &draft, alter->table, alter->qual, alter->with_check))
        return false;
    if (!policy)
        return replay_fail(replay, "42704",
                           "policy \"%s\" for table \"%s\" does not exist",
                           alter->policy_name, table->relation.name);
    return replay_fail(
        replay, "42601", "%s",
        misplaced(policy->command, alter->qual, alter->with_check, false));
}

bool policy_alter(struct replay *replay, const AlterPolicyStmt *alter)
{
    struct schema *schema = replay->schema;
    struct table *table;
    struct policy *policy;

    if (!objects_find_table(replay, alter->table, NULL, &table))
        return false;
    if (!table)
        return true;
    if (!check_table(replay, table))
        return false;
    policy = lookup_policy(table, alter->policy_name);
    if (!policy && (!table->is_complete || !replay_refuse(replay)))
        return true;
    if (!policy ||
        misplaced(policy->command, alter->qual, alter->with_check, false))
        return refuse_alter(replay, alter, table, policy);
    if ((alter->qual || !policy->using_expression) &&
        (alter->with_check || !policy->check_expression))
        model_forget_needs(schema, &policy->object);
    if (!bind(replay, policy, alter->table, alter->qual, alter->with_check))
        return false;
    if (alter->roles)
        SET(schema, policy->roles, read_roles(schema, alter->roles));
    return true;
}
