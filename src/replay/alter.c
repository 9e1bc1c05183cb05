/*
 * ALTER TABLE: its sub-commands in the server's passes (drops first, then
 * types, new columns, constraints by kind). What ADD COLUMN and ADD CONSTRAINT
 * still have to do waits in the queue of a later pass.
 *
 * Facts: src/backend/commands/tablecmds.c (ATPrepCmd, ATRewriteCatalogs,
 * ATParseTransformCmd).
 */
#include "replay/context.h"
#include "replay/lookup.h"
#include "replay/retype.h"
#include "replay/row_security.h"
#include "replay/system_catalog.h"
#include "replay/uncommitted.h"

#include <string.h>

/* In the order in which they run: AT_PASS_* of tablecmds.c. */
enum pass {
    PASS_DROP,
    PASS_TYPE,
    PASS_ADD_COLUMN,
    PASS_SET_EXPRESSION,
    PASS_ADD_CONSTRAINT, /* where constraints are sorted into later passes */
    PASS_COLUMN_ATTRIBUTE,
    PASS_USE_INDEX,
    PASS_INDEX,
    PASS_OTHER_CONSTRAINT,
    PASS_REST,
    PASS_COUNT,
};

/* One of these. */
struct alter_item {
    const AlterTableCmd *command;
    size_t offset; /* where it is looked for in the text */
    const struct pending *pending;
    const struct wanted_not_null *not_null;
};

struct alter_item_array ARRAY(struct alter_item);

struct alter_queue {
    struct alter_item_array passes[PASS_COUNT];
    struct retyping retyping;
    bool is_rewriting;
    uint32_t not_null_keys; /* see struct pending */
};

static enum pass pass_of(const AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT_DropColumn:
    case AT_DropConstraint:
    case AT_DropNotNull:
    case AT_DropExpression:
    case AT_DropIdentity: return PASS_DROP;
    case AT_ColumnDefault:
        return command->def ? PASS_OTHER_CONSTRAINT : PASS_DROP;
    case AT_AlterColumnType: return PASS_TYPE;
    case AT_AddColumn: return PASS_ADD_COLUMN;
    case AT_SetExpression: return PASS_SET_EXPRESSION;
    case AT_AddConstraint: return PASS_ADD_CONSTRAINT;
    case AT_SetNotNull: return PASS_COLUMN_ATTRIBUTE;
    case AT_AddIdentity: return PASS_OTHER_CONSTRAINT;
    default: return PASS_REST;
    }
}

static void enqueue(const struct alter *alter, enum pass pass,
                    struct alter_item item)
{
    *array_push(&alter->replay->schema->scratch, &alter->queue->passes[pass]) =
        item;
}

void alter_note_rewrite(const struct alter *alter)
{
    alter->queue->is_rewriting = true;
}

struct retyping *alter_retyping(const struct alter *alter)
{
    return &alter->queue->retyping;
}

void alter_note_not_null_key(const struct alter *alter, int position)
{
    alter->queue->not_null_keys |= UINT32_C(1) << position;
}

void alter_queue_pending(const struct alter *alter,
                         const struct pending *pending)
{
    struct pending *kept =
        arena_alloc(&alter->replay->schema->scratch, sizeof *kept);
    enum pass pass = PASS_OTHER_CONSTRAINT;

    *kept = *pending;
    if (pending->node->indexname)
        pass = PASS_USE_INDEX;
    else if (pending->step == STEP_PRIMARY_KEY || pending->step == STEP_INDEX)
        pass = PASS_INDEX;
    enqueue(alter, pass, (struct alter_item){.pending = kept});
}

void alter_queue_not_null(const struct alter *alter,
                          const struct wanted_not_null *wanted)
{
    struct wanted_not_null *kept =
        arena_alloc(&alter->replay->schema->scratch, sizeof *kept);

    *kept = *wanted;
    enqueue(alter, PASS_COLUMN_ATTRIBUTE,
            (struct alter_item){.not_null = kept});
}

static bool has_system_columns(const struct table *table)
{
    return table->relation.kind != RELATION_VIEW &&
           table->relation.kind != RELATION_COMPOSITE_TYPE;
}

struct column *alter_find_column(const struct alter *alter, const char *name)
{
    struct column *column =
        name ? model_mention_column(alter->replay->schema, alter->table, name)
             : NULL;

    if (!column && name && has_system_columns(alter->table) &&
        name_is_system_column(name))
        replay_fail(alter->replay, "0A000", "cannot alter system column \"%s\"",
                    name);
    else if (!column)
        replay_fail(alter->replay, "42703",
                    "column \"%s\" of relation \"%s\" does not exist",
                    name ? name : "", alter->table->relation.name);
    return column;
}

struct table_array alter_heirs(const struct alter *alter)
{
    return model_inheritors(alter->replay->schema, alter->table,
                            alter->is_recursive);
}

static bool add_not_null(const struct alter *alter, const Constraint *node)
{
    struct column *column =
        node->keys
            ? alter_find_column(alter, name_from_string(linitial(node->keys)))
            : NULL;

    if (!column)
        return false;
    if (node->is_no_inherit &&
        alter->table->relation.kind == RELATION_PARTITIONED_TABLE)
        return replay_fail_partitioned_not_null(alter->replay);
    alter_queue_not_null(
        alter, &(struct wanted_not_null){
                   .column = column,
                   .name = node->conname,
                   .is_no_inherit = node->is_no_inherit,
                   .is_not_valid = node->skip_validation,
                   .made_at = replay_place_at(alter->replay, node->location),
               });
    return true;
}

static bool add_constraint(const struct alter *alter, const Constraint *node)
{
    struct pending pending = replay_pending(NULL, node, NIL);

    if (node->contype == CONSTR_NOTNULL)
        return add_not_null(alter, node);
    if (node->indexname &&
        !replay_find_used_index(alter->replay, alter->table, node))
        return false;
    pending.is_only = !alter->is_recursive;
    pending.not_null_keys = alter->queue->not_null_keys;
    alter_queue_pending(alter, &pending);
    return true;
}

static struct table *find_other(struct replay *replay, const RangeVar *name)
{
    struct relation *relation =
        name ? model_find_relation(replay->schema, name_from_range_var(name))
             : NULL;

    if (relation && (!replay_can_open(replay, relation) ||
                     !alter_allows_kind(replay, relation,
                                        &(AlterTableCmd){
                                            .type = T_AlterTableCmd,
                                            .subtype = AT_AddInherit,
                                        }))) {
        return NULL;
    }
    return name ? replay_mention(replay, name, false) : NULL;
}

/* A partitioned table has no storage of its own, and so no options. */
static bool set_options(const struct alter *alter, const AlterTableCmd *command)
{
    const List *options = node_as(List, command->def);
    const DefElem *first =
        options ? node_as(DefElem, (Node *)linitial(options)) : NULL;

    if (alter->table->relation.kind != RELATION_PARTITIONED_TABLE || !first)
        return true;
    if (alter->replay->schema->postgres_version < 16)
        return replay_fail(alter->replay, "22023",
                           "unrecognized parameter \"%s\"", first->defname);
    return replay_fail(
        alter->replay, "42809",
        "cannot specify storage parameters for a partitioned table");
}

/* ATTACH and DETACH name a partition, INHERIT and NO INHERIT a parent. */
static bool alter_inheritance(const struct alter *alter,
                              const AlterTableCmd *command)
{
    struct replay *replay = alter->replay;
    const PartitionCmd *partition = node_as(PartitionCmd, command->def);
    const RangeVar *name =
        partition ? partition->name : node_as(RangeVar, command->def);
    struct table *other = find_other(alter->replay, name);

    if (!other)
        return false;
    if (command->subtype == AT_DetachPartition && partition->concurrent &&
        table_default_partition(alter->table))
        return replay_fail(replay, "55000",
                           "cannot detach partitions concurrently when a "
                           "default partition exists");
    switch (command->subtype) {
    case AT_AttachPartition:
        return replay_attach_partition(replay, alter->table, other,
                                       partition->bound);
    case AT_AddInherit: return replay_add_inherit(replay, alter->table, other);
    case AT_DropInherit:
        return replay_drop_inherit(replay, alter->table, other);
    case AT_DetachPartitionFinalize:
        /* What a migration itself detaches is never left half done. */
        if (other->partition_of == alter->table && replay_refuse(replay))
            return replay_fail(replay, "55000",
                               "cannot complete detaching partition \"%s\"",
                               other->relation.name);
        return replay_detach_partition(replay, alter->table, other, false);
    default:
        return replay_detach_partition(replay, alter->table, other,
                                       partition->concurrent);
    }
}

/* The type of one column changes once. */
static bool check_once(const struct alter *alter, const AlterTableCmd *command)
{
    const ListCell *cell;

    foreach (cell, alter->commands) {
        const AlterTableCmd *other = lfirst(cell);

        if (other == command)
            return true;
        if (other->subtype == AT_AlterColumnType && other->name &&
            strcmp(other->name, command->name) == 0)
            return replay_fail(alter->replay, "0A000",
                               "cannot alter type of column \"%s\" twice",
                               command->name);
    }
    return true;
}

static bool apply_to_column(const struct alter *alter,
                            const AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT_AddColumn: return alter_add_column(alter, command);
    case AT_DropColumn: return alter_drop_column(alter, command);
    case AT_AlterColumnType:
        return check_once(alter, command) && alter_set_type(alter, command);
    case AT_ColumnDefault: return alter_set_default(alter, command);
    case AT_SetNotNull: return alter_set_not_null(alter, command);
    case AT_DropNotNull: return alter_drop_not_null(alter, command);
    case AT_SetExpression: return alter_set_expression(alter, command);
    case AT_DropExpression: return alter_drop_expression(alter, command);
    case AT_AddIdentity: return alter_add_identity(alter, command);
    case AT_SetIdentity: return alter_set_identity(alter, command);
    case AT_DropIdentity: return alter_drop_identity(alter, command);
    case AT_SetStorage:
    case AT_SetCompression:
    case AT_SetOptions:
    case AT_ResetOptions:
        return alter_find_column(alter, command->name) != NULL;
    case AT_SetStatistics:
        return !command->name ||
               alter_find_column(alter, command->name) != NULL;
    default: return true;
    }
}

static bool apply_to_part(const struct alter *alter,
                          const AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT_EnableTrig:
    case AT_EnableTrigAll:
    case AT_EnableTrigUser: return alter_set_trigger(alter, command, 'O');
    case AT_EnableAlwaysTrig: return alter_set_trigger(alter, command, 'A');
    case AT_EnableReplicaTrig: return alter_set_trigger(alter, command, 'R');
    case AT_DisableTrig:
    case AT_DisableTrigAll:
    case AT_DisableTrigUser: return alter_set_trigger(alter, command, 'D');
    case AT_EnableRule: return alter_set_rule(alter, command, 'O');
    case AT_EnableAlwaysRule: return alter_set_rule(alter, command, 'A');
    case AT_EnableReplicaRule: return alter_set_rule(alter, command, 'R');
    case AT_DisableRule: return alter_set_rule(alter, command, 'D');
    case AT_EnableRowSecurity:
    case AT_DisableRowSecurity:
    case AT_ForceRowSecurity:
    case AT_NoForceRowSecurity:
        return row_security_alter(alter->replay, alter->table, command);
    case AT_ClusterOn: return alter_name_index(alter, command);
    case AT_ReplicaIdentity: return alter_replica_identity(alter, command);
    case AT_SetLogged: return alter_set_logged(alter, false);
    case AT_SetUnLogged: return alter_set_logged(alter, true);
    default: return apply_to_column(alter, command);
    }
}

static bool apply(const struct alter *alter, const AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT_AddConstraint:
        return add_constraint(alter, (const Constraint *)command->def);
    case AT_DropConstraint: return alter_drop_constraint(alter, command);
    case AT_ValidateConstraint: return alter_validate(alter, command);
    case AT_AlterConstraint: return alter_alter_constraint(alter, command);
    case AT_AttachPartition:
    case AT_DetachPartition:
    case AT_DetachPartitionFinalize:
    case AT_AddInherit:
    case AT_DropInherit: return alter_inheritance(alter, command);
    case AT_AddOf:
        return replay_add_of(alter->replay, alter->table,
                             (const TypeName *)command->def);
    case AT_DropOf: return replay_drop_of(alter->replay, alter->table);
    case AT_SetRelOptions:
        row_security_note_options(alter->replay, alter->table,
                                  node_as(List, command->def));
        return set_options(alter, command);
    case AT_ResetRelOptions:
        row_security_reset_options(alter->replay, alter->table,
                                   node_as(List, command->def));
        return true;
    default: return apply_to_part(alter, command);
    }
}

/* Where in the text the next SET DEFAULT stands: nodes carry no place. */
static size_t next_default(const struct replay *replay, size_t offset)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;
    bool is_after_set = false;

    lexer.offset = offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        if (is_after_set && token_is_word(replay->text, token, "default"))
            return token.offset;
        is_after_set = token_is_word(replay->text, token, "set");
    }
    return replay->text.length;
}

/* Sorts the sub-commands into passes, each with its place. */
static void sort_commands(const struct alter *alter, const List *commands)
{
    size_t at = alter->replay->statement->offset;
    const ListCell *cell;

    foreach (cell, commands) {
        const AlterTableCmd *command = lfirst(cell);
        struct alter_item item = {.command = command};

        if (command->subtype == AT_ColumnDefault && command->def) {
            at = next_default(alter->replay, at);
            item.offset = at++;
        }
        enqueue(alter, pass_of(command), item);
    }
}

static bool run_item(struct alter *alter, const struct alter_item *item)
{
    if (item->pending)
        return replay_add_pending(alter->replay, alter->table, item->pending,
                                  false);
    if (item->not_null)
        return replay_add_not_null(alter->replay, *item->not_null,
                                   alter->is_recursive);
    alter->item_offset = item->offset;
    return apply(alter, item->command);
}

/* What the new types concern is made again after this pass: from 17 on new
 * columns and expressions come before constraints. */
static bool retype(const struct alter *alter, enum pass pass)
{
    bool is_new = alter->replay->schema->postgres_version >= 17;
    const struct retyping *retyping = &alter->queue->retyping;

    if (pass == PASS_TYPE && !retype_indexes(alter->replay, retyping))
        return false;
    return pass != (is_new ? PASS_SET_EXPRESSION : PASS_TYPE) ||
           retype_constraints(alter->replay, retyping);
}

static bool run_passes(struct alter *alter)
{
    for (enum pass pass = 0; pass < PASS_COUNT; pass++) {
        const struct alter_item_array *items = &alter->queue->passes[pass];

        /* The array may move while it is gone through. */
        for (size_t i = 0; i < items->count; i++) {
            struct alter_item item = items->items[i];

            if (!run_item(alter, &item))
                return false;
        }
        if (alter->queue->passes[PASS_TYPE].count > 0 && !retype(alter, pass))
            return false;
    }
    return true;
}

static struct alter *new_alter(struct replay *replay,
                               const AlterTableStmt *statement,
                               struct table *table)
{
    struct arena *scratch = &replay->schema->scratch;
    struct alter *alter = arena_alloc(scratch, sizeof *alter);

    *alter = (struct alter){
        .replay = replay,
        .table = table,
        .is_recursive =
            statement->relation->inh || statement->objtype == OBJECT_TYPE,
        .commands = statement->cmds,
        .queue = arena_alloc(scratch, sizeof *alter->queue),
    };
    return alter;
}

/* Whose rows are written again must not be stored elsewhere. */
static bool check_rewritten(const struct alter *alter)
{
    struct table_array tables = {0};

    if (alter->queue->is_rewriting)
        tables = alter_heirs(alter);
    for (size_t i = 0; i < tables.count; i++) {
        if (tables.items[i]->relation.kind == RELATION_TABLE &&
            !alter_check_type_users(alter->replay, tables.items[i]))
            return false;
    }
    return true;
}

static bool execute(struct alter *alter)
{
    sort_commands(alter, alter->commands);
    return run_passes(alter) && check_rewritten(alter);
}

static bool alter_table(struct replay *replay, const AlterTableStmt *statement,
                        struct table *table)
{
    struct alter *alter = new_alter(replay, statement, table);
    const ListCell *cell;

    foreach (cell, statement->cmds) {
        if (!alter_prepare(alter, lfirst(cell)))
            return false;
    }
    return execute(alter);
}

/* ADD, DROP and ALTER ATTRIBUTE. */
static bool concerns_tables(const AlterTableCmd *command)
{
    return command->subtype == AT_AddColumn ||
           command->subtype == AT_DropColumn ||
           command->subtype == AT_AlterColumnType;
}

struct alter_array ARRAY(struct alter *);

/* A sub-command on the type, and then on each of its tables. */
static bool prepare_type(struct alter *alter, const AlterTableCmd *command,
                         const struct table_array *tables,
                         const struct alter_array *of_tables)
{
    if (!alter_prepare(alter, command))
        return false;
    if (!concerns_tables(command))
        return true;
    if (!replay_check_typed(alter->replay, alter->table, tables,
                            command->behavior))
        return false;
    for (size_t i = 0; i < of_tables->count; i++) {
        if (!alter_prepare(of_tables->items[i], command))
            return false;
    }
    return true;
}

/* ALTER TYPE of a composite one, and of the tables that are of it. */
static bool alter_type(struct replay *replay, const AlterTableStmt *statement,
                       struct table *composite)
{
    struct table_array tables = replay_typed_tables(replay, composite);
    struct alter *alter = new_alter(replay, statement, composite);
    struct alter_array of_tables = {0};
    const ListCell *cell;

    for (size_t i = 0; i < tables.count; i++) {
        struct alter *of_table = new_alter(replay, statement, tables.items[i]);

        of_table->is_from_type = true;
        *array_push(&replay->schema->scratch, &of_tables) = of_table;
    }
    foreach (cell, statement->cmds) {
        if (!prepare_type(alter, lfirst(cell), &tables, &of_tables))
            return false;
    }
    if (!execute(alter))
        return false;
    for (size_t i = 0; i < of_tables.count; i++) {
        if (!execute(of_tables.items[i]))
            return false;
    }
    return true;
}

/* ALTER INDEX ... ATTACH PARTITION. */
static bool attach_index(struct replay *replay, struct index *parent,
                         const AlterTableCmd *command)
{
    const PartitionCmd *partition = node_as(PartitionCmd, command->def);
    struct qualified_name name;
    struct relation *relation;

    if (!partition)
        return false;
    name = name_from_range_var(partition->name);
    relation = model_find_relation(replay->schema, name);
    if (!relation)
        return !replay_knows_all(replay) ||
               replay_fail(replay, "42P01", "relation \"%s\" does not exist",
                           name.name);
    if (!relation_as_index(relation))
        return replay_fail(replay, "42P17", "\"%s\" is not an index",
                           name.name);
    return replay_attach_index(replay, parent, relation_as_index(relation));
}

/* ALTER COLUMN n SET STATISTICS, of an expression. */
static bool check_statistics(struct replay *replay, const struct index *index,
                             int number)
{
    size_t position = (size_t)(number - 1), keys = index->column_count;
    const char *kind = "non-expression", *name = index->relation.name;
    const struct column *column;

    if (keys == 0) /* its CREATE was never seen */
        return true;
    if (position >= keys + index->include.count)
        return replay_fail(replay, "42703",
                           "column number %d of relation \"%s\" does not exist",
                           number, name);
    if (position < keys) {
        column = index->columns[position].column;
    } else {
        column = index->include.items[position - keys];
        kind = "included";
    }
    return !column ||
           replay_fail(replay, "0A000",
                       "cannot alter statistics on %s column \"%s\" of index "
                       "\"%s\"",
                       kind,
                       index->columns && position < keys
                           ? index->columns[position].name
                           : column->name,
                       name);
}

static bool alter_index(struct replay *replay, const AlterTableStmt *alter,
                        struct index *index)
{
    const ListCell *cell;

    foreach (cell, alter->cmds) {
        const AlterTableCmd *command = lfirst(cell);

        if (!alter_allows_kind(replay, &index->relation, command))
            return false;
        if (command->subtype == AT_AttachPartition &&
            !attach_index(replay, index, command))
            return false;
        if (command->subtype == AT_SetStatistics &&
            !check_statistics(replay, index, command->num))
            return false;
    }
    return true;
}

/* ALTER SEQUENCE ... SET LOGGED. */
static bool alter_sequence(struct schema *schema, struct relation *sequence,
                           const List *commands)
{
    const ListCell *cell;

    foreach (cell, commands) {
        const AlterTableCmd *command = lfirst(cell);

        if (command->subtype == AT_SetLogged ||
            command->subtype == AT_SetUnLogged)
            SET(schema, sequence->is_unlogged,
                command->subtype == AT_SetUnLogged);
    }
    return true;
}

static bool fail_missing(struct replay *replay, struct qualified_name name)
{
    if (name.schema && !model_find_namespace(replay->schema, name.schema))
        return replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                           name.schema);
    return replay_fail(replay, "42P01", "relation \"%s%s%s\" does not exist",
                       name.schema ? name.schema : "", name.schema ? "." : "",
                       name.name);
}

/* Nothing is known of that name. */
static bool alter_unknown(struct replay *replay, const AlterTableStmt *alter)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    struct table *table;

    if (system_has_relation(replay, name))
        return system_allows(replay, name);
    if (replay_knows_all(replay) ||
        model_is_gone_relation(replay->schema, name))
        return alter->missing_ok || fail_missing(replay, name);
    if (alter->objtype != OBJECT_TABLE &&
        alter->objtype != OBJECT_FOREIGN_TABLE)
        return true;
    table = model_mention_table(replay->schema, name, alter->missing_ok);
    return table && alter_table(replay, alter, table);
}

bool replay_alter_table(struct replay *replay, const AlterTableStmt *alter)
{
    struct relation *relation = model_find_relation(
        replay->schema, name_from_range_var(alter->relation));
    const ListCell *cell;

    if (!relation)
        return alter_unknown(replay, alter);
    if (!alter_check_object_type(replay, relation, alter->objtype))
        return false;
    if (relation_as_index(relation))
        return alter_index(replay, alter, relation_as_index(relation));
    /* Only mentioned so far, and not the table that it was taken for. */
    if (alter->objtype == OBJECT_INDEX)
        return true;
    if (relation_as_table(relation) &&
        !uncommitted_check_table(replay, "ALTER TABLE",
                                 relation_as_table(relation)))
        return false;
    foreach (cell, alter->cmds) {
        if (!alter_allows_kind(replay, relation, lfirst(cell)))
            return false;
    }
    if (relation_as_sequence(relation))
        return alter_sequence(replay->schema, relation, alter->cmds);
    if (relation->kind == RELATION_COMPOSITE_TYPE)
        return alter_type(replay, alter, relation_as_table(relation));
    return alter_table(replay, alter, relation_as_table(relation));
}
