/*
 * ALTER TABLE: its sub-commands in the server's passes (drops first, then
 * types, new columns, constraints by kind), on children too where the server
 * recurses.
 *
 * Facts: src/backend/commands/tablecmds.c (ATPrepCmd, ATExecCmd).
 */
#include "replay/context.h"

#include <string.h>

/* In the order in which they run: AT_PASS_* of tablecmds.c. */
enum pass {
    PASS_DROP,
    PASS_TYPE,
    PASS_ADD_COLUMN,
    PASS_COLUMN_ATTRIBUTE,
    PASS_PRIMARY_KEY,
    PASS_INDEX,
    PASS_OTHER_CONSTRAINT,
    PASS_REST,
    PASS_COUNT,
};

static enum pass pass_of_constraint(const Constraint *node)
{
    switch (node->contype) {
    case CONSTR_NOTNULL: return PASS_COLUMN_ATTRIBUTE;
    case CONSTR_PRIMARY: return PASS_PRIMARY_KEY;
    case CONSTR_UNIQUE:
    case CONSTR_EXCLUSION: return PASS_INDEX;
    default: return PASS_OTHER_CONSTRAINT;
    }
}

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
    case AT_SetNotNull: return PASS_COLUMN_ATTRIBUTE;
    case AT_AddIdentity: return PASS_OTHER_CONSTRAINT;
    case AT_AddConstraint:
        return pass_of_constraint((const Constraint *)command->def);
    default: return PASS_REST;
    }
}

struct alter {
    struct replay *replay;
    struct table *table;
    bool is_recursive;  /* not ONLY */
    size_t item_offset; /* where the sub-command is looked for in the text */
};

static struct column *find_column(const struct alter *alter, const char *name)
{
    return name
               ? model_mention_column(alter->replay->schema, alter->table, name)
               : NULL;
}

static struct table_array targets_of(const struct alter *alter)
{
    return model_inheritors(alter->replay->schema, alter->table,
                            alter->is_recursive);
}

static bool add_to_children(const struct alter *alter,
                            const struct column *column)
{
    struct table_array targets = targets_of(alter);

    for (size_t i = 1; i < targets.count; i++) {
        struct column *copy = model_find_column(targets.items[i], column->name);

        if (copy)
            continue;
        copy = replay_copy_column(alter->replay, targets.items[i], column);
        if (!copy)
            return false;
        copy->is_local = false;
        copy->inherit_count = 1;
        copy->made_at = column->made_at;
        if (column->not_null)
            replay_set_not_null(alter->replay, copy, column->not_null->name,
                                column->made_at);
    }
    return true;
}

static bool add_column(const struct alter *alter, const AlterTableCmd *command)
{
    const ColumnDef *definition = node_as(ColumnDef, command->def);
    struct table *table = alter->table;
    struct pending_array pending = {0};
    struct column *column;

    if (!definition)
        return false;
    column = model_find_column(table, definition->colname);
    if (column && command->missing_ok)
        return true;
    if (column && column->made_at.source && replay_refuse(alter->replay))
        return false;
    if (column) /* the history has lost its drop */
        replay_drop_column(alter->replay, column, true);
    column = replay_add_column(alter->replay, table, definition);
    if (!column)
        return false;
    replay_queue_column(alter->replay, &pending, column,
                        definition->constraints);
    for (enum constraint_step step = 0; step < STEP_COUNT; step++) {
        if (step == STEP_PRIMARY_KEY && !add_to_children(alter, column))
            return false;
        if (!replay_add_queued(alter->replay, table, &pending, step, false))
            return false;
    }
    return true;
}

static bool drop_column(const struct alter *alter, const AlterTableCmd *command)
{
    struct column *column = model_find_column(alter->table, command->name);

    if (!column)
        return command->missing_ok || !alter->table->is_complete;
    return replay_drop_column(alter->replay, column,
                              command->behavior == DROP_CASCADE);
}

/* ALTER COLUMN TYPE: what depends on the column is made again. */
static bool set_type(const struct alter *alter, const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;
    const ColumnDef *definition = node_as(ColumnDef, command->def);
    struct column *column = find_column(alter, command->name);
    struct table_array targets = targets_of(alter);
    struct data_type type;

    if (!column || !definition)
        return false;
    type = type_resolve(schema, definition->typeName, NULL);
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (own)
            SET(schema, own->data_type, type);
    }
    return true;
}

static bool set_default(const struct alter *alter, const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;
    struct column *column = find_column(alter, command->name);
    struct table_array targets = targets_of(alter);
    const char *text = NULL;

    if (!column)
        return false;
    if (command->def)
        text = expression_after_default(alter->replay, alter->item_offset);
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);
        bool has_default;

        if (!own)
            continue;
        has_default =
            command->def && replay_is_default(alter->replay, own, command->def);
        SET(schema, own->has_default, has_default);
        SET(schema, own->default_text, has_default ? text : NULL);
        SET(schema, own->is_serial, false);
    }
    return true;
}

static bool set_nullable(const struct alter *alter,
                         const AlterTableCmd *command)
{
    struct column *column = find_column(alter, command->name);
    struct table_array targets = targets_of(alter);

    if (!column)
        return false;
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        /* Children take the name of the parent's constraint. */
        if (own && command->subtype == AT_SetNotNull)
            replay_set_not_null(
                alter->replay, own, i > 0 ? replay_not_null_name(column) : NULL,
                replay_place(alter->replay, alter->replay->statement->offset,
                             alter->replay->text.length));
        else if (own)
            replay_drop_not_null(alter->replay, own);
    }
    return true;
}

static bool set_identity(const struct alter *alter,
                         const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;
    struct column *column = find_column(alter, command->name);
    const Constraint *node = node_as(Constraint, command->def);

    if (!column)
        return false;
    if (command->subtype == AT_AddIdentity) {
        if (!node)
            return false;
        SET(schema, column->identity,
            node->generated_when == ATTRIBUTE_IDENTITY_ALWAYS
                ? IDENTITY_ALWAYS
                : IDENTITY_BY_DEFAULT);
        return replay_add_column_sequence(alter->replay, column, node);
    }
    if (command->subtype == AT_SetIdentity) {
        const ListCell *cell;

        foreach (cell, (const List *)command->def) {
            const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

            if (option && strcmp(option->defname, "generated") == 0)
                SET(schema, column->identity,
                    intVal(option->arg) == ATTRIBUTE_IDENTITY_ALWAYS
                        ? IDENTITY_ALWAYS
                        : IDENTITY_BY_DEFAULT);
        }
        return true;
    }
    SET(schema, column->identity, IDENTITY_NONE);
    for (size_t i = 0; i < alter->table->sequences.count; i++) {
        struct sequence *sequence = alter->table->sequences.items[i];

        if (!sequence->relation.object.is_dropped && sequence->is_identity &&
            sequence->owned_by == column)
            model_remove_relation(schema, &sequence->relation);
    }
    return true;
}

static bool drop_expression(const struct alter *alter,
                            const AlterTableCmd *command)
{
    struct column *column = find_column(alter, command->name);
    struct table_array targets = targets_of(alter);

    for (size_t i = 0; column && i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (own)
            SET(alter->replay->schema, own->generated, GENERATED_NONE);
    }
    return column != NULL;
}

static bool add_constraint(const struct alter *alter, const Constraint *node)
{
    struct pending_array pending = {0};

    replay_queue_constraint(alter->replay, &pending, node);
    return replay_add_queued(alter->replay, alter->table, &pending,
                             pending.items[0].step, false);
}

static bool drop_constraint(const struct alter *alter,
                            const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;
    struct constraint *constraint =
        model_find_constraint(schema, alter->table, command->name);
    struct relation *index;

    if (constraint)
        return replay_drop_constraint(alter->replay, constraint,
                                      command->behavior == DROP_CASCADE);
    if (alter->table->is_complete)
        return command->missing_ok;
    /* Made before the history begins; its index has the same name. */
    index = model_relation_in(schema, alter->table->relation.namespace,
                              command->name);
    if (relation_as_index(index))
        replay_drop_index(alter->replay, relation_as_index(index));
    return true;
}

static bool validate(const struct alter *alter, const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;
    struct constraint *constraint =
        model_find_constraint(schema, alter->table, command->name);
    struct table_array targets = targets_of(alter);

    if (!constraint)
        return !alter->table->is_complete;
    SET(schema, constraint->is_validated, true);
    if (constraint->type == CONSTRAINT_NOT_NULL)
        SET(schema, constraint->columns.items[0]->is_nullable, false);
    for (size_t i = 1; i < targets.count; i++) {
        struct constraint *own =
            model_find_constraint(schema, targets.items[i], command->name);

        if (own && own->inherited_from)
            SET(schema, own->is_validated, true);
    }
    return true;
}

static bool alter_constraint(const struct alter *alter,
                             const AlterTableCmd *command)
{
    const ATAlterConstraint *change = node_as(ATAlterConstraint, command->def);
    struct schema *schema = alter->replay->schema;
    struct constraint *constraint;

    if (!change)
        return false;
    constraint = model_find_constraint(schema, alter->table, change->conname);
    if (!constraint)
        return !alter->table->is_complete;
    if (change->alterDeferrability) {
        SET(schema, constraint->is_deferrable, change->deferrable);
        SET(schema, constraint->is_initially_deferred, change->initdeferred);
    }
    if (change->alterEnforceability) {
        SET(schema, constraint->is_enforced, change->is_enforced);
        SET(schema, constraint->is_validated, change->is_enforced);
    }
    return true;
}

static bool alter_inheritance(const struct alter *alter,
                              const AlterTableCmd *command)
{
    const PartitionCmd *partition = node_as(PartitionCmd, command->def);
    const RangeVar *name =
        partition ? partition->name : node_as(RangeVar, command->def);
    struct table *other;

    if (!name)
        return false;
    other = model_mention_table(alter->replay->schema,
                                name_from_range_var(name), false);
    if (!other || other == alter->table)
        return false;
    switch (command->subtype) {
    case AT_AttachPartition:
        return !other->partition_of &&
               replay_inherit(alter->replay, other, alter->table, true);
    case AT_AddInherit:
        return replay_inherit(alter->replay, alter->table, other, false);
    case AT_DropInherit:
        replay_disinherit(alter->replay, alter->table, other);
        return true;
    default: replay_disinherit(alter->replay, other, alter->table); return true;
    }
}

static bool apply(const struct alter *alter, const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;

    switch (command->subtype) {
    case AT_AddColumn: return add_column(alter, command);
    case AT_DropColumn: return drop_column(alter, command);
    case AT_AlterColumnType: return set_type(alter, command);
    case AT_ColumnDefault: return set_default(alter, command);
    case AT_SetNotNull:
    case AT_DropNotNull: return set_nullable(alter, command);
    case AT_DropExpression: return drop_expression(alter, command);
    case AT_AddIdentity:
    case AT_SetIdentity:
    case AT_DropIdentity: return set_identity(alter, command);
    case AT_AddConstraint:
        return add_constraint(alter, (const Constraint *)command->def);
    case AT_DropConstraint: return drop_constraint(alter, command);
    case AT_ValidateConstraint: return validate(alter, command);
    case AT_AlterConstraint: return alter_constraint(alter, command);
    case AT_AttachPartition:
    case AT_DetachPartition:
    case AT_AddInherit:
    case AT_DropInherit: return alter_inheritance(alter, command);
    case AT_SetLogged:
        SET(schema, alter->table->relation.is_unlogged, false);
        return true;
    case AT_SetUnLogged:
        SET(schema, alter->table->relation.is_unlogged, true);
        return true;
    default: return true; /* of no concern to columns and constraints */
    }
}

/* ALTER INDEX ... ATTACH PARTITION. */
static bool attach_index(struct replay *replay, struct index *parent,
                         const AlterTableCmd *command)
{
    const PartitionCmd *partition = node_as(PartitionCmd, command->def);
    struct index *index;

    if (!partition)
        return false;
    index =
        model_find_index(replay->schema, name_from_range_var(partition->name));
    if (!index || index->partition_of == parent)
        return true;
    SET(replay->schema, index->partition_of, parent);
    *PUSH(replay->schema, &parent->partitions) = index;
    replay_check_valid(replay, parent);
    return true;
}

static bool alter_index(struct replay *replay, const AlterTableStmt *alter,
                        struct index *index)
{
    const ListCell *cell;

    foreach (cell, alter->cmds) {
        const AlterTableCmd *command = lfirst(cell);

        if (index && command->subtype == AT_AttachPartition &&
            !attach_index(replay, index, command))
            return false;
    }
    return true;
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

/* The places of all SET DEFAULT of the statement, in order. */
static size_t *find_defaults(const struct replay *replay, const List *commands)
{
    size_t *offsets =
        arena_alloc(&replay->schema->scratch,
                    (size_t)(list_length(commands) + 1) * sizeof *offsets);
    size_t at = replay->statement->offset;
    const ListCell *cell;

    foreach (cell, commands) {
        const AlterTableCmd *command = lfirst(cell);

        if (command->subtype != AT_ColumnDefault || !command->def)
            continue;
        at = next_default(replay, at);
        offsets[foreach_current_index(cell)] = at;
        at++;
    }
    return offsets;
}

bool replay_alter_table(struct replay *replay, const AlterTableStmt *alter)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    struct relation *relation = model_find_relation(replay->schema, name);
    struct alter context = {
        .replay = replay,
        .is_recursive = alter->relation->inh || alter->objtype == OBJECT_TYPE,
    };
    size_t *defaults;

    if (alter->objtype == OBJECT_INDEX || relation_as_index(relation))
        return alter_index(replay, alter, relation_as_index(relation));
    if (relation_as_sequence(relation) || alter->objtype == OBJECT_SEQUENCE)
        return true;
    if (alter->objtype == OBJECT_TYPE && !relation)
        return true;
    context.table =
        model_mention_table(replay->schema, name, alter->missing_ok);
    if (!context.table)
        return false;
    defaults = find_defaults(replay, alter->cmds);
    for (enum pass pass = 0; pass < PASS_COUNT; pass++) {
        const ListCell *cell;

        foreach (cell, alter->cmds) {
            const AlterTableCmd *command = lfirst(cell);

            if (pass_of(command) != pass)
                continue;
            context.item_offset = defaults[foreach_current_index(cell)];
            if (!apply(&context, command))
                return false;
        }
    }
    return true;
}
