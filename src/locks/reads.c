/*
 * Which relations a query locks: those that it names, wherever they stand in
 * it, what its views show, partitions, and what foreign keys look into when
 * rows are written.
 *
 * Facts: parse_relation.c (addRangeTableEntry), rewriteHandler.c
 * (AcquireRewriteLocks), ri_triggers.c.
 */
#include "locks/study.h"

#include "query/query.h"
#include "sql/lexer.h"

#include <string.h>

/* Deeper chains of ON DELETE CASCADE are left alone. */
#define CASCADE_DEPTH_MAX 16
#define VIEW_DEPTH_MAX 16

static void read_table(struct study *study, struct table *table, bool is_only,
                       enum lock_mode mode)
{
    if (is_only)
        study_lock_table(study, table, mode);
    else
        study_lock_tree(study, table, mode);
}

static enum query_use use_of(enum lock_mode mode)
{
    switch (mode) {
    case LOCK_ROW_SHARE: return USE_LOCK;
    case LOCK_ROW_EXCLUSIVE: return USE_UPDATE;
    default: return USE_READ;
    }
}

static enum lock_mode mode_of(enum query_use use)
{
    switch (use) {
    case USE_READ: return LOCK_ACCESS_SHARE;
    case USE_LOCK: return LOCK_ROW_SHARE;
    case USE_INSERT:
    case USE_UPDATE:
    case USE_DELETE: return LOCK_ROW_EXCLUSIVE;
    }
    return LOCK_ACCESS_SHARE;
}

/* What a view shows, and what the views among that show. */
static void expand_view(struct study *study, struct table *view,
                        enum query_use use,
                        struct query_relation_array *relations, int depth)
{
    const struct table_array *all = schema_tables(study->schema);

    for (size_t i = 0; i < all->count && depth < VIEW_DEPTH_MAX; i++) {
        struct table *table = all->items[i];

        for (size_t j = 0; j < table->read_by.count; j++) {
            if (table->read_by.items[j] != view)
                continue;
            *array_push(study->arena, relations) =
                (struct query_relation){.table = table, .use = use};
            if (table->relation.kind == RELATION_VIEW)
                expand_view(study, table, use, relations, depth + 1);
            break;
        }
    }
}

/* What the first of the relations, a view, shows. */
void study_expand(struct study *study, struct query_relation_array *relations)
{
    expand_view(study, relations->items[0].table, relations->items[0].use,
                relations, 0);
    for (size_t i = 1; i < relations->count; i++)
        read_table(study, relations->items[i].table,
                   relations->items[i].is_only,
                   mode_of(relations->items[i].use));
}

/* A relation that a query names, and what it shows if it is a view. */
void study_read(struct study *study, struct table *table, bool is_only,
                enum lock_mode mode)
{
    struct query_relation_array relations = {0};

    if (!table)
        return;
    read_table(study, table, is_only, mode);
    if (table->relation.kind != RELATION_VIEW)
        return;
    *array_push(study->arena, &relations) = (struct query_relation){
        .table = table,
        .use = use_of(mode),
        .is_only = is_only,
    };
    study_expand(study, &relations);
}

static void read_name(struct study *study, const RangeVar *name,
                      enum lock_mode mode)
{
    struct relation *relation =
        study_lock_name(study, name_from_range_var(name), RELATION_TABLE, mode);

    if (!study->is_kept)
        study_read(study, relation_as_table(relation), !name->inh, mode);
}

/* The table whose rows a statement writes, if it is run and not kept. */
static struct table *written_table(struct study *study, const RangeVar *name)
{
    return study->is_kept ? NULL : study_find_table(study, name);
}

/*
 * What foreign keys look into.
 */

static bool has_name(const List *columns, const char *name)
{
    foreach_node (ResTarget, target, columns) {
        if (target->name && strcmp(target->name, name) == 0)
            return true;
    }
    return false;
}

/* Whether a statement that writes these columns (NIL: all) writes one of the
 * key's. */
static bool writes_any(const List *columns, const struct column_array *keys)
{
    if (columns == NIL)
        return true;
    for (size_t i = 0; i < keys->count; i++) {
        if (has_name(columns, keys->items[i]->name))
            return true;
    }
    return false;
}

/* Its triggers run at the end of the statement. */
static bool is_checked_now(const struct constraint *key)
{
    return !key->object.is_dropped && key->type == CONSTRAINT_FOREIGN_KEY &&
           key->is_enforced && !key->is_initially_deferred;
}

/* Rows that are made, or get another key, look for the row they reference. */
static void look_up_referenced(struct study *study, struct table *table,
                               const List *columns)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = table->constraints.items[i];

        if (is_checked_now(key) && writes_any(columns, &key->columns))
            study_lock_tree(study, key->referenced, LOCK_ROW_SHARE);
    }
}

/* Rows that go, or change their key, look for rows that reference them. */
static void look_up_referencing(struct study *study, struct table *table,
                                const List *columns, bool is_delete, int depth)
{
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        const struct constraint *key = table->referenced_by.items[i];
        char action = is_delete ? key->on_delete : key->on_update;

        if (!is_checked_now(key) ||
            (!is_delete && !writes_any(columns, &key->referenced_columns)))
            continue;
        if (action == FKCONSTR_ACTION_NOACTION ||
            action == FKCONSTR_ACTION_RESTRICT) {
            study_lock_tree(study, key->table, LOCK_ROW_SHARE);
            continue;
        }
        study_lock_tree(study, key->table, LOCK_ROW_EXCLUSIVE);
        if (depth < CASCADE_DEPTH_MAX && key->table != table &&
            action == FKCONSTR_ACTION_CASCADE && is_delete)
            look_up_referencing(study, key->table, NIL, true, depth + 1);
    }
}

/* The sequences of columns that the INSERT leaves to their default. */
static void draw_defaults(struct study *study, struct table *table,
                          const List *columns)
{
    for (size_t i = 0; i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];
        const struct column *column = sequence->owned_by;

        if (!sequence->relation.object.is_dropped && column &&
            (column->is_serial || sequence->is_identity) && columns != NIL &&
            !has_name(columns, column->name))
            study_lock(study, &sequence->relation, LOCK_ROW_EXCLUSIVE);
    }
}

static void insert_into(struct study *study, const RangeVar *name,
                        const List *columns)
{
    struct table *table = written_table(study, name);

    read_name(study, name, LOCK_ROW_EXCLUSIVE);
    if (!table)
        return;
    look_up_referenced(study, table, columns);
    draw_defaults(study, table, columns);
}

static void update(struct study *study, const RangeVar *name,
                   const List *columns)
{
    struct table *table = written_table(study, name);

    read_name(study, name, LOCK_ROW_EXCLUSIVE);
    if (!table || columns == NIL)
        return;
    look_up_referenced(study, table, columns);
    look_up_referencing(study, table, columns, false, 0);
}

static void delete_from(struct study *study, const RangeVar *name)
{
    struct table *table = written_table(study, name);

    read_name(study, name, LOCK_ROW_EXCLUSIVE);
    if (table)
        look_up_referencing(study, table, NIL, true, 0);
}

static void merge_into(struct study *study, const MergeStmt *merge)
{
    read_name(study, merge->relation, LOCK_ROW_EXCLUSIVE);
    foreach_node (MergeWhenClause, clause, merge->mergeWhenClauses) {
        switch (clause->commandType) {
        case CMD_INSERT:
            insert_into(study, merge->relation, clause->targetList);
            break;
        case CMD_UPDATE:
            update(study, merge->relation, clause->targetList);
            break;
        case CMD_DELETE: delete_from(study, merge->relation); break;
        default: break;
        }
    }
}

/* COPY's columns are names, the others' are ResTargets. */
static void copy_from(struct study *study, const CopyStmt *copy)
{
    struct table *table = written_table(study, copy->relation);

    read_name(study, copy->relation, LOCK_ROW_EXCLUSIVE);
    if (table)
        look_up_referenced(study, table, NIL);
}

/*
 * Sequences.
 */

/* `"My".seq`, as in a string. */
static struct qualified_name name_from_text(struct arena *arena,
                                            const char *text)
{
    struct qualified_name name = {0};
    struct lexer lexer = lexer_of(slice_from(text));
    struct token token;

    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        struct slice word = token_text(lexer.text, token);
        char *part;

        if (token.kind != TOKEN_WORD && token.kind != TOKEN_QUOTED_IDENTIFIER)
            continue;
        if (token.kind == TOKEN_QUOTED_IDENTIFIER && word.length >= 2)
            word = slice_part(word, 1, word.length - 1);
        part = arena_copy(arena, word);
        for (char *c = part; token.kind == TOKEN_WORD && *c; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
        name.catalog = name.schema;
        name.schema = name.name;
        name.name = part;
    }
    return name;
}

static const char *string_in(const Node *node)
{
    const TypeCast *cast = node_as(TypeCast, node);
    const A_Const *constant = node_as(A_Const, cast ? cast->arg : node);

    return constant && !constant->isnull && nodeTag(&constant->val) == T_String
               ? constant->val.sval.sval
               : NULL;
}

/* pg_get_serial_sequence('table', 'column') */
static const struct relation *serial_sequence(struct study *study,
                                              const FuncCall *call)
{
    const char *table_name, *column;
    struct table *table;

    if (strcmp(name_from_list(call->funcname).name, "pg_get_serial_sequence") !=
            0 ||
        list_length(call->args) != 2)
        return NULL;
    table_name = string_in(linitial(call->args));
    column = string_in(lsecond(call->args));
    if (!table_name || !column)
        return NULL;
    table = model_find_table(study->schema,
                             name_from_text(study->arena, table_name));
    for (size_t i = 0; table && i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];

        if (!sequence->relation.object.is_dropped && sequence->owned_by &&
            strcmp(sequence->owned_by->name, column) == 0)
            return &sequence->relation;
    }
    return NULL;
}

static bool uses_sequence(const FuncCall *call)
{
    static const char *const names[] = {"nextval", "setval", "currval"};
    const char *name = name_from_list(call->funcname).name;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0)
            return call->args != NIL;
    }
    return false;
}

static void call_function(struct study *study, const FuncCall *call)
{
    const Node *argument;
    const char *text;

    if (!uses_sequence(call))
        return;
    argument = linitial(call->args);
    text = string_in(argument);
    if (node_as(FuncCall, argument))
        study_lock(study, serial_sequence(study, (const FuncCall *)argument),
                   LOCK_ROW_EXCLUSIVE);
    else if (text)
        study_lock_name(study, name_from_text(study->arena, text),
                        RELATION_SEQUENCE, LOCK_ROW_EXCLUSIVE);
}

/*
 * The walk.
 */

static const WithClause *with_of(const Node *node)
{
    switch (nodeTag(node)) {
    case T_SelectStmt: return ((const SelectStmt *)node)->withClause;
    case T_InsertStmt: return ((const InsertStmt *)node)->withClause;
    case T_UpdateStmt: return ((const UpdateStmt *)node)->withClause;
    case T_DeleteStmt: return ((const DeleteStmt *)node)->withClause;
    case T_MergeStmt: return ((const MergeStmt *)node)->withClause;
    default: return NULL;
    }
}

/* One of the WITH queries that come before this one, or of all if it is null
 * or the clause is RECURSIVE, has the name. */
static bool clause_has(const WithClause *with, const Node *before,
                       const char *name)
{
    foreach_node (CommonTableExpr, query, with->ctes) {
        if (!with->recursive && (const Node *)query == before)
            return false;
        if (strcmp(query->ctename, name) == 0)
            return true;
    }
    return false;
}

/* The name means a WITH query of the statement. */
static bool is_with_query(const RangeVar *name, const struct walk *walk)
{
    const Node *within = NULL;

    if (name->schemaname)
        return false;
    for (size_t up = 0; up < walk_depth(walk); up++) {
        const Node *node = walk_ancestor(walk, up);
        const WithClause *with = with_of(node);

        if (nodeTag(node) == T_CommonTableExpr)
            within = node;
        if (with && clause_has(with, within, name->relname))
            return true;
        if (with)
            within = NULL;
    }
    return false;
}

static bool locks_name(const SelectStmt *select, const char *name)
{
    foreach_node (LockingClause, clause, select->lockingClause) {
        if (clause->lockedRels == NIL)
            return true;
        foreach_node (RangeVar, locked, clause->lockedRels) {
            if (name && strcmp(locked->relname, name) == 0)
                return true;
        }
    }
    return false;
}

/* FOR UPDATE and the like, of its SELECT or of one that it is a sub-select
 * in the FROM of. */
static bool is_row_locked(const RangeVar *range, const struct walk *walk)
{
    const char *name = range->alias ? range->alias->aliasname : range->relname;

    for (size_t up = 0; up < walk_depth(walk); up++) {
        const Node *node = walk_ancestor(walk, up);
        const RangeSubselect *sub = node_as(RangeSubselect, node);

        if (sub) {
            name = sub->alias ? sub->alias->aliasname : NULL;
            continue;
        }
        if (nodeTag(node) == T_JoinExpr)
            continue;
        if (nodeTag(node) != T_SelectStmt)
            return false;
        if (walk_field(walk, up) == offsetof(SelectStmt, fromClause) &&
            locks_name((const SelectStmt *)node, name))
            return true;
    }
    return false;
}

/* What the node above it does with this name is said there. */
static bool is_target(const struct walk *walk)
{
    const Node *parent = walk_ancestor(walk, 0);

    if (!parent)
        return false;
    switch (nodeTag(parent)) {
    case T_InsertStmt:
    case T_IntoClause:
    case T_LockingClause:
    case T_CopyStmt: return true;
    case T_UpdateStmt:
        return walk_field(walk, 0) == offsetof(UpdateStmt, relation);
    case T_DeleteStmt:
        return walk_field(walk, 0) == offsetof(DeleteStmt, relation);
    case T_MergeStmt:
        return walk_field(walk, 0) == offsetof(MergeStmt, relation);
    default: return false;
    }
}

static void visit_insert(struct study *study, const InsertStmt *insert)
{
    insert_into(study, insert->relation, insert->cols);
    if (insert->onConflictClause &&
        insert->onConflictClause->action == ONCONFLICT_UPDATE)
        update(study, insert->relation, insert->onConflictClause->targetList);
}

static void visit_copy(struct study *study, const CopyStmt *copy)
{
    if (copy->relation && copy->is_from)
        copy_from(study, copy);
    else if (copy->relation)
        read_name(study, copy->relation, LOCK_ACCESS_SHARE);
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct study *study = closure;
    const RangeVar *range;

    switch (nodeTag(node)) {
    case T_InsertStmt: visit_insert(study, (const InsertStmt *)node); break;
    case T_UpdateStmt:
        update(study, ((const UpdateStmt *)node)->relation,
               ((const UpdateStmt *)node)->targetList);
        break;
    case T_DeleteStmt:
        delete_from(study, ((const DeleteStmt *)node)->relation);
        break;
    case T_MergeStmt: merge_into(study, (const MergeStmt *)node); break;
    case T_CopyStmt: visit_copy(study, (const CopyStmt *)node); break;
    case T_FuncCall: call_function(study, (const FuncCall *)node); break;
    case T_RangeVar:
        range = (const RangeVar *)node;
        if (!is_target(walk) && !is_with_query(range, walk))
            read_name(study, range,
                      is_row_locked(range, walk) ? LOCK_ROW_SHARE
                                                 : LOCK_ACCESS_SHARE);
        break;
    default: break;
    }
    return true;
}

void study_query(struct study *study, const Node *tree)
{
    walk_tree(&study->schema->walker, tree, visit, study);
}
