/*
 * The server's name generators, to the byte. A hint remembers how far the
 * numbers of a name are taken, so that 100,000 unnamed indexes on one column
 * do not take quadratic time.
 */
#include "schema/generated_name.h"

#include "base/buffer.h"
#include "schema/builtin/builtin.h"

#include <stdio.h>
#include <string.h>

#define TRIES_MAX 1000

/* At most `limit` bytes of the text, no UTF-8 character cut in two. */
static size_t clip(const char *text, size_t limit)
{
    size_t length = strlen(text);

    if (length <= limit)
        return length;
    length = limit;
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    return length;
}

static char *append(char *end, const char *text, size_t length)
{
    memcpy(end, text, length);
    return end + length;
}

/* makeObjectName(). */
const char *generated_name_make(struct arena *arena, const char *name1,
                                const char *name2, const char *label)
{
    size_t label_length = strlen(label);
    size_t overhead = (name2 ? 1 : 0) + label_length + (label_length > 0);
    size_t available = NAME_SIZE_MAX - overhead;
    size_t length1 = strlen(name1);
    size_t length2 = name2 ? strlen(name2) : 0;
    char *text, *end;

    while (length1 + length2 > available) {
        if (length1 > length2)
            length1--;
        else
            length2--;
    }
    text = arena_alloc(arena, length1 + length2 + overhead + 1);
    end = append(text, name1, clip(name1, length1));
    if (name2) {
        *end++ = '_';
        end = append(end, name2, clip(name2, length2));
    }
    if (label_length > 0) {
        *end++ = '_';
        append(end, label, label_length);
    }
    return text;
}

const char *generated_name_join(struct schema *schema, const char *const *names,
                                size_t count)
{
    struct buffer buffer;

    if (count == 1)
        return names[0];
    buffer_init(&buffer, &schema->scratch);
    for (size_t i = 0; i < count && buffer.length <= NAME_SIZE_MAX; i++) {
        if (i > 0)
            buffer_add_char(&buffer, '_');
        buffer_add_text(&buffer, names[i]);
    }
    return buffer_text(&buffer);
}

static bool is_taken(const struct schema *schema,
                     const struct namespace *namespace, const char *name,
                     bool as_relation, bool as_constraint)
{
    const struct name_count *names;

    if (as_relation && model_relation_in(schema, namespace, name))
        return true;
    if (!as_constraint)
        return false;
    names = name_table_find(&schema->constraint_names, namespace, name);
    return names && names->count > 0;
}

/* The hint for names that begin like this one; made if there is none. */
static struct name_hint *hint_for(struct schema *schema,
                                  const struct namespace *namespace,
                                  const char *name, bool as_relation,
                                  bool as_constraint)
{
    const char *key =
        arena_format(&schema->scratch, "%s.%s%s%s", namespace->name, name,
                     as_relation ? "/r" : "", as_constraint ? "/c" : "");
    struct name_hint *hint = map_find(&schema->name_hints, slice_from(key));

    if (!hint) {
        hint = arena_alloc(&schema->arena, sizeof *hint);
        map_put(&schema->arena, &schema->name_hints,
                slice_from(arena_copy(&schema->arena, slice_from(key))), hint);
    }
    if (hint->removals != schema->removals)
        *hint = (struct name_hint){0, schema->removals};
    return hint;
}

static const char *choose(struct schema *schema,
                          const struct namespace *namespace, const char *name1,
                          const char *name2, const char *label,
                          bool as_relation, bool as_constraint)
{
    const char *name =
        generated_name_make(&schema->scratch, name1, name2, label);
    struct name_hint *hint;
    char numbered[NAME_SIZE_MAX + 1];

    if (!is_taken(schema, namespace, name, as_relation, as_constraint))
        return name;
    hint = hint_for(schema, namespace, name, as_relation, as_constraint);
    for (size_t i = 0; i < TRIES_MAX; i++) {
        snprintf(numbered, sizeof numbered, "%s%zu", label, hint->taken + 1);
        name = generated_name_make(&schema->scratch, name1, name2, numbered);
        if (!is_taken(schema, namespace, name, as_relation, as_constraint))
            return name;
        hint->taken++;
    }
    return NULL;
}

const char *generated_name_relation(struct schema *schema,
                                    const struct namespace *namespace,
                                    const char *name1, const char *name2,
                                    const char *label, bool is_constraint)
{
    return choose(schema, namespace, name1, name2, label, true, is_constraint);
}

const char *generated_name_constraint(struct schema *schema,
                                      const struct namespace *namespace,
                                      const char *name1, const char *name2,
                                      const char *label)
{
    return choose(schema, namespace, name1, name2, label, false, true);
}

const char *generated_name_numbered(struct schema *schema, const char *name,
                                    const char *const *earlier, size_t count)
{
    const char *tried = name;

    for (int number = 1;; number++) {
        char digits[16];
        size_t i = 0;

        while (i < count && strcmp(earlier[i], tried) != 0)
            i++;
        if (i == count)
            return tried;
        snprintf(digits, sizeof digits, "%d", number);
        tried = arena_format(&schema->scratch, "%.*s%s",
                             (int)clip(name, NAME_SIZE_MAX - strlen(digits)),
                             name, digits);
    }
}

/* A name and how sure the server is of it: 2 wins over a cast's type. */
struct figured {
    const char *name;
    int strength;
};

static const char *last_string(const List *names)
{
    return names ? name_from_string(llast(names)) : NULL;
}

static const char *sql_value_name(SQLValueFunctionOp op)
{
    switch (op) {
    case SVFOP_CURRENT_DATE: return "current_date";
    case SVFOP_CURRENT_TIME:
    case SVFOP_CURRENT_TIME_N: return "current_time";
    case SVFOP_CURRENT_TIMESTAMP:
    case SVFOP_CURRENT_TIMESTAMP_N: return "current_timestamp";
    case SVFOP_LOCALTIME:
    case SVFOP_LOCALTIME_N: return "localtime";
    case SVFOP_LOCALTIMESTAMP:
    case SVFOP_LOCALTIMESTAMP_N: return "localtimestamp";
    case SVFOP_CURRENT_ROLE: return "current_role";
    case SVFOP_CURRENT_USER: return "current_user";
    case SVFOP_USER: return "user";
    case SVFOP_SESSION_USER: return "session_user";
    case SVFOP_CURRENT_CATALOG: return "current_catalog";
    case SVFOP_CURRENT_SCHEMA: return "current_schema";
    }
    return NULL;
}

static const char *xml_name(XmlExprOp op)
{
    switch (op) {
    case IS_XMLCONCAT: return "xmlconcat";
    case IS_XMLELEMENT: return "xmlelement";
    case IS_XMLFOREST: return "xmlforest";
    case IS_XMLPARSE: return "xmlparse";
    case IS_XMLPI: return "xmlpi";
    case IS_XMLROOT: return "xmlroot";
    case IS_XMLSERIALIZE: return "xmlserialize";
    case IS_DOCUMENT: return NULL;
    }
    return NULL;
}

static const char *json_function_name(JsonExprOp op)
{
    switch (op) {
    case JSON_EXISTS_OP: return "json_exists";
    case JSON_QUERY_OP: return "json_query";
    case JSON_VALUE_OP: return "json_value";
    case JSON_TABLE_OP: return NULL;
    }
    return NULL;
}

/* Names that depend on the kind of node alone. */
static const char *fixed_name(const Node *node)
{
    switch (nodeTag(node)) {
    case T_GroupingFunc: return "grouping";
    case T_MergeSupportFunc: return "merge_action";
    case T_A_ArrayExpr: return "array";
    case T_RowExpr: return "row";
    case T_CoalesceExpr: return "coalesce";
    case T_MinMaxExpr:
        return ((const MinMaxExpr *)node)->op == IS_GREATEST ? "greatest"
                                                             : "least";
    case T_SQLValueFunction:
        return sql_value_name(((const SQLValueFunction *)node)->op);
    case T_XmlExpr: return xml_name(((const XmlExpr *)node)->op);
    case T_XmlSerialize: return "xmlserialize";
    case T_JsonParseExpr: return "json";
    case T_JsonScalarExpr: return "json_scalar";
    case T_JsonSerializeExpr: return "json_serialize";
    case T_JsonObjectConstructor: return "json_object";
    case T_JsonArrayConstructor:
    case T_JsonArrayQueryConstructor: return "json_array";
    case T_JsonObjectAgg: return "json_objectagg";
    case T_JsonArrayAgg: return "json_arrayagg";
    case T_JsonFuncExpr:
        return json_function_name(((const JsonFuncExpr *)node)->op);
    case T_A_Expr:
        return ((const A_Expr *)node)->kind == AEXPR_NULLIF ? "nullif" : NULL;
    default: return NULL;
    }
}

static struct figured figure(const Node *node, int depth, int version);

/* EXISTS and ARRAY are called that, (SELECT a ...) after its column. */
static struct figured figure_sublink(const SubLink *link, int depth,
                                     int version)
{
    const SelectStmt *select;
    const ResTarget *target;

    if (link->subLinkType == EXISTS_SUBLINK)
        return (struct figured){"exists", 2};
    if (link->subLinkType == ARRAY_SUBLINK)
        return (struct figured){"array", 2};
    select = node_as(SelectStmt, link->subselect);
    if (link->subLinkType != EXPR_SUBLINK || !select)
        return (struct figured){NULL, 0};
    /* The server names it by what analysis made of the sub-select. */
    while (select->op != SETOP_NONE && select->larg)
        select = select->larg;
    if (select->valuesLists)
        return (struct figured){"column1", 2};
    target = select->targetList
                 ? node_as(ResTarget, (Node *)linitial(select->targetList))
                 : NULL;
    if (!target)
        return (struct figured){NULL, 0};
    if (target->name)
        return (struct figured){target->name, 2};
    return (struct figured){figure(target->val, depth + 1, version).name, 2};
}

static struct figured figure_indirection(const A_Indirection *node, int depth,
                                         int version)
{
    for (int i = list_length(node->indirection) - 1; i >= 0; i--) {
        const char *field = name_from_string(list_nth(node->indirection, i));

        if (field)
            return (struct figured){field, 2};
    }
    return figure(node->arg, depth + 1, version);
}

/* What the version's own grammar calls a function that SQL syntax stands
 * for. */
static const char *call_name(const FuncCall *call, int version)
{
    const char *name = last_string(call->funcname);

    if (call->funcformat != COERCE_SQL_SYNTAX || !name)
        return name;
    return builtin_syntax_function(builtin_version(version), name);
}

/* FigureColnameInternal(); beyond a depth no name, as for an operator. */
static struct figured figure(const Node *node, int depth, int version)
{
    struct figured inner;
    const char *name;

    if (!node || depth > 1000)
        return (struct figured){NULL, 0};
    switch (nodeTag(node)) {
    case T_ColumnRef: {
        const List *fields = ((const ColumnRef *)node)->fields;

        for (int i = list_length(fields) - 1; i >= 0; i--) {
            name = name_from_string(list_nth(fields, i));
            if (name)
                return (struct figured){name, 2};
        }
        return (struct figured){NULL, 0};
    }
    case T_A_Indirection:
        return figure_indirection((const A_Indirection *)node, depth, version);
    case T_FuncCall:
        return (struct figured){call_name((const FuncCall *)node, version), 2};
    case T_A_Const:
        /* TRUE was 't'::bool before 15. */
        if (version < 15 && !((const A_Const *)node)->isnull &&
            nodeTag(&((const A_Const *)node)->val) == T_Boolean)
            return (struct figured){"bool", 1};
        return (struct figured){NULL, 0};
    case T_TypeCast:
        inner = figure(((const TypeCast *)node)->arg, depth + 1, version);
        name = last_string(((const TypeCast *)node)->typeName->names);
        if (inner.strength <= 1 && name)
            return (struct figured){name, 1};
        return inner;
    case T_CollateClause:
        return figure(((const CollateClause *)node)->arg, depth + 1, version);
    case T_CaseExpr:
        inner = figure((const Node *)((const CaseExpr *)node)->defresult,
                       depth + 1, version);
        if (inner.strength <= 1)
            return (struct figured){"case", 1};
        return inner;
    case T_SubLink:
        return figure_sublink((const SubLink *)node, depth, version);
    default:
        name = fixed_name(node);
        return (struct figured){name, name ? 2 : 0};
    }
}

const char *generated_name_of_expression(const Node *expression,
                                         int postgres_version)
{
    return figure(expression, 0, postgres_version).name;
}
