/*
 * Which sub-command of ALTER TABLE is for which kind of relation, and the
 * server's words where it is not: until 14 they name the kinds that would do,
 * from 15 on the action.
 *
 * Facts: src/backend/commands/tablecmds.c (ATPrepCmd, ATSimplePermissions,
 * ATWrongRelkindError, alter_table_type_to_string,
 * RangeVarCallbackForAlterRelation).
 */
#include "replay/context.h"

enum kind_set {
    FOR_TABLE = 1 << 0,
    FOR_PARTITIONED = 1 << 1, /* a table too, where 18 does not tell */
    FOR_VIEW = 1 << 2,
    FOR_MATERIALIZED = 1 << 3,
    FOR_INDEX = 1 << 4,
    FOR_PARTITIONED_INDEX = 1 << 5,
    FOR_COMPOSITE = 1 << 6,
    FOR_FOREIGN = 1 << 7,
    FOR_SEQUENCE = 1 << 8,

    FOR_TABLES = FOR_TABLE | FOR_PARTITIONED,
    FOR_STORED = FOR_TABLES | FOR_FOREIGN,
    FOR_ATTRIBUTES = FOR_STORED | FOR_COMPOSITE,
};

struct action {
    AlterTableType subtype;
    unsigned kinds;
    const char *name;
};

static const struct action actions[] = {
    {AT_AddColumn, FOR_ATTRIBUTES, "ADD COLUMN"},
    {AT_ColumnDefault, FOR_STORED | FOR_VIEW, "ALTER COLUMN ... SET DEFAULT"},
    {AT_DropNotNull, FOR_STORED, "ALTER COLUMN ... DROP NOT NULL"},
    {AT_SetNotNull, FOR_STORED, "ALTER COLUMN ... SET NOT NULL"},
    {AT_SetExpression, FOR_STORED, "ALTER COLUMN ... SET EXPRESSION"},
    {AT_DropExpression, FOR_STORED, "ALTER COLUMN ... DROP EXPRESSION"},
    {AT_SetStatistics,
     FOR_STORED | FOR_MATERIALIZED | FOR_INDEX | FOR_PARTITIONED_INDEX,
     "ALTER COLUMN ... SET STATISTICS"},
    {AT_SetOptions, FOR_STORED | FOR_MATERIALIZED, "ALTER COLUMN ... SET"},
    {AT_ResetOptions, FOR_STORED | FOR_MATERIALIZED, "ALTER COLUMN ... RESET"},
    {AT_SetStorage, FOR_STORED | FOR_MATERIALIZED,
     "ALTER COLUMN ... SET STORAGE"},
    {AT_SetCompression, FOR_TABLES | FOR_MATERIALIZED,
     "ALTER COLUMN ... SET COMPRESSION"},
    {AT_DropColumn, FOR_ATTRIBUTES, "DROP COLUMN"},
    {AT_AddConstraint, FOR_STORED, "ADD CONSTRAINT"},
    {AT_AlterConstraint, FOR_TABLES, "ALTER CONSTRAINT"},
    {AT_ValidateConstraint, FOR_STORED, "VALIDATE CONSTRAINT"},
    {AT_DropConstraint, FOR_STORED, "DROP CONSTRAINT"},
    {AT_AlterColumnType, FOR_ATTRIBUTES, "ALTER COLUMN ... SET DATA TYPE"},
    {AT_AlterColumnGenericOptions, FOR_FOREIGN, "ALTER COLUMN ... OPTIONS"},
    {AT_ClusterOn, FOR_TABLES | FOR_MATERIALIZED, "CLUSTER ON"},
    {AT_DropCluster, FOR_TABLES | FOR_MATERIALIZED, "SET WITHOUT CLUSTER"},
    {AT_SetLogged, FOR_TABLE | FOR_SEQUENCE, "SET LOGGED"},
    {AT_SetUnLogged, FOR_TABLE | FOR_SEQUENCE, "SET UNLOGGED"},
    {AT_DropOids, FOR_STORED, "SET WITHOUT OIDS"},
    {AT_SetAccessMethod, FOR_TABLES | FOR_MATERIALIZED, "SET ACCESS METHOD"},
    {AT_SetTableSpace,
     FOR_TABLES | FOR_MATERIALIZED | FOR_INDEX | FOR_PARTITIONED_INDEX,
     "SET TABLESPACE"},
    {AT_SetRelOptions, FOR_TABLES | FOR_VIEW | FOR_MATERIALIZED | FOR_INDEX,
     "SET"},
    {AT_ResetRelOptions, FOR_TABLES | FOR_VIEW | FOR_MATERIALIZED | FOR_INDEX,
     "RESET"},
    {AT_EnableTrig, FOR_STORED, "ENABLE TRIGGER"},
    {AT_EnableAlwaysTrig, FOR_STORED, "ENABLE ALWAYS TRIGGER"},
    {AT_EnableReplicaTrig, FOR_STORED, "ENABLE REPLICA TRIGGER"},
    {AT_DisableTrig, FOR_STORED, "DISABLE TRIGGER"},
    {AT_EnableTrigAll, FOR_STORED, "ENABLE TRIGGER ALL"},
    {AT_DisableTrigAll, FOR_STORED, "DISABLE TRIGGER ALL"},
    {AT_EnableTrigUser, FOR_STORED, "ENABLE TRIGGER USER"},
    {AT_DisableTrigUser, FOR_STORED, "DISABLE TRIGGER USER"},
    {AT_EnableRule, FOR_TABLES, "ENABLE RULE"},
    {AT_EnableAlwaysRule, FOR_TABLES, "ENABLE ALWAYS RULE"},
    {AT_EnableReplicaRule, FOR_TABLES, "ENABLE REPLICA RULE"},
    {AT_DisableRule, FOR_TABLES, "DISABLE RULE"},
    {AT_AddInherit, FOR_STORED, "INHERIT"},
    {AT_DropInherit, FOR_STORED, "NO INHERIT"},
    {AT_AddOf, FOR_TABLES, "OF"},
    {AT_DropOf, FOR_TABLES, "NOT OF"},
    {AT_ReplicaIdentity, FOR_TABLES | FOR_MATERIALIZED, "REPLICA IDENTITY"},
    {AT_AddIdentity, FOR_STORED | FOR_VIEW, "ALTER COLUMN ... ADD IDENTITY"},
    {AT_SetIdentity, FOR_STORED | FOR_VIEW, "ALTER COLUMN ... SET"},
    {AT_DropIdentity, FOR_STORED | FOR_VIEW, "ALTER COLUMN ... DROP IDENTITY"},
    {AT_EnableRowSecurity, FOR_TABLES, "ENABLE ROW SECURITY"},
    {AT_DisableRowSecurity, FOR_TABLES, "DISABLE ROW SECURITY"},
    {AT_ForceRowSecurity, FOR_TABLES, "FORCE ROW SECURITY"},
    {AT_NoForceRowSecurity, FOR_TABLES, "NO FORCE ROW SECURITY"},
    {AT_GenericOptions, FOR_FOREIGN, "OPTIONS"},
    {AT_AttachPartition, FOR_PARTITIONED | FOR_PARTITIONED_INDEX,
     "ATTACH PARTITION"},
    {AT_DetachPartition, FOR_PARTITIONED, "DETACH PARTITION"},
    {AT_DetachPartitionFinalize, FOR_PARTITIONED,
     "DETACH PARTITION ... FINALIZE"},
};

static const struct action *find_action(AlterTableType subtype)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (actions[i].subtype == subtype)
            return &actions[i];
    }
    return NULL;
}

static unsigned kind_of(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE: return FOR_TABLE;
    case RELATION_PARTITIONED_TABLE: return FOR_PARTITIONED;
    case RELATION_FOREIGN_TABLE: return FOR_FOREIGN;
    case RELATION_VIEW: return FOR_VIEW;
    case RELATION_MATERIALIZED_VIEW: return FOR_MATERIALIZED;
    case RELATION_SEQUENCE: return FOR_SEQUENCE;
    case RELATION_INDEX:
        return ((const struct index *)relation)->table->relation.kind ==
                       RELATION_PARTITIONED_TABLE
                   ? FOR_PARTITIONED_INDEX
                   : FOR_INDEX;
    case RELATION_COMPOSITE_TYPE: return FOR_COMPOSITE;
    }
    return 0;
}

/* Earlier servers know fewer kinds apart. */
static unsigned kinds_of_action(const struct action *action, int version)
{
    unsigned kinds = action->kinds;

    if (version < 18 && (kinds & FOR_TABLES))
        kinds |= FOR_TABLES;
    if (version < 15)
        kinds &= ~(unsigned)FOR_SEQUENCE;
    return kinds;
}

/* ATWrongRelkindError(), as it was until 14. */
static const char *words_of_kinds(unsigned kinds)
{
    switch (kinds & ~(unsigned)FOR_PARTITIONED) {
    case FOR_TABLE: return "table";
    case FOR_TABLE | FOR_VIEW: return "table or view";
    case FOR_TABLE | FOR_VIEW | FOR_FOREIGN:
        return "table, view, or foreign table";
    case FOR_TABLE | FOR_VIEW | FOR_MATERIALIZED | FOR_INDEX:
        return "table, view, materialized view, or index";
    case FOR_TABLE | FOR_MATERIALIZED: return "table or materialized view";
    case FOR_TABLE | FOR_MATERIALIZED | FOR_INDEX | FOR_PARTITIONED_INDEX:
        return "table, materialized view, index, or partitioned index";
    case FOR_TABLE | FOR_MATERIALIZED | FOR_FOREIGN:
        return "table, materialized view, or foreign table";
    case FOR_TABLE | FOR_MATERIALIZED | FOR_INDEX | FOR_PARTITIONED_INDEX |
        FOR_FOREIGN:
        return "table, materialized view, index, partitioned index, or foreign "
               "table";
    case FOR_TABLE | FOR_COMPOSITE | FOR_FOREIGN:
        return "table, composite type, or foreign table";
    case FOR_TABLE | FOR_FOREIGN: return "table or foreign table";
    case FOR_TABLE | FOR_PARTITIONED_INDEX: return "table or partitioned index";
    case FOR_FOREIGN: return "foreign table";
    default: return NULL;
    }
}

static bool is_only_mentioned(const struct relation *relation)
{
    return !relation->made_at.source;
}

bool alter_allows_kind(struct replay *replay, const struct relation *relation,
                       const AlterTableCmd *command)
{
    int version = replay->schema->postgres_version;
    const struct action *action = find_action(command->subtype);
    unsigned kinds;
    const char *words;

    if (!action || is_only_mentioned(relation))
        return true;
    kinds = kinds_of_action(action, version);
    if (kinds & kind_of(relation))
        return true;
    if (version >= 15)
        return replay_fail(
            replay, "42809",
            "ALTER action %s cannot be performed on relation \"%s\"",
            action->name, relation->name);
    words = words_of_kinds(kinds);
    if (!words)
        return replay_fail(replay, "42809", "\"%s\" is of the wrong type",
                           relation->name);
    return replay_fail(replay, "42809", "\"%s\" is not a %s", relation->name,
                       words);
}

/* The kinds that ALTER VIEW and its like are for. */
static const char *words_of_type(ObjectType type, unsigned kind)
{
    switch (type) {
    case OBJECT_VIEW: return kind == FOR_VIEW ? NULL : "a view";
    case OBJECT_MATVIEW:
        return kind == FOR_MATERIALIZED ? NULL : "a materialized view";
    case OBJECT_FOREIGN_TABLE:
        return kind == FOR_FOREIGN ? NULL : "a foreign table";
    case OBJECT_SEQUENCE: return kind == FOR_SEQUENCE ? NULL : "a sequence";
    case OBJECT_INDEX:
        return kind & (FOR_INDEX | FOR_PARTITIONED_INDEX) ? NULL : "an index";
    case OBJECT_TYPE: return kind == FOR_COMPOSITE ? NULL : "a composite type";
    default: return NULL;
    }
}

bool alter_check_object_type(struct replay *replay,
                             const struct relation *relation, ObjectType type)
{
    unsigned kind = kind_of(relation);
    const char *words = words_of_type(type, kind);

    if (is_only_mentioned(relation))
        return true;
    if (words)
        return replay_fail(replay, "42809", "\"%s\" is not %s", relation->name,
                           words);
    if (type != OBJECT_TYPE && kind == FOR_COMPOSITE)
        return replay_fail(replay, "42809", "\"%s\" is a composite type",
                           relation->name);
    return true;
}
