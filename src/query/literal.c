/*
 * String literals that become values of a type: what they name, and whether
 * the type's input function takes them. Only what is surely refused is; the
 * server's words are those of numutils.c, bool.c and enum.c in
 * src/backend/utils/adt.
 */
#include "query/analysis.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* One part of a name in a string, as SQL would read it; null: it is none. */
static const char *next_part(struct analysis *analysis, const char **text)
{
    struct buffer part;
    const char *at = *text;

    buffer_init(&part, analysis->arena);
    if (*at == '"') {
        for (at++; *at && !(*at == '"' && at[1] != '"'); at++) {
            if (*at == '"')
                at++;
            buffer_add_char(&part, *at);
        }
        if (*at++ != '"')
            return NULL;
    } else {
        for (; *at && *at != '.' && *at != '"' && *at != ' '; at++)
            buffer_add_char(&part, (char)tolower((unsigned char)*at));
    }
    *text = at;
    return part.length ? buffer_text(&part) : NULL;
}

/* The name in a string like 'public.orders'; name null if it is none. */
static struct qualified_name name_in_string(struct analysis *analysis,
                                            const char *text)
{
    struct qualified_name name = {NULL, NULL, NULL};
    const char *first = next_part(analysis, &text);

    if (first && *text == '\0') {
        name.name = first;
    } else if (first && *text == '.') {
        text++;
        name.schema = first;
        name.name = next_part(analysis, &text);
        if (*text != '\0')
            name.name = NULL;
    }
    return name;
}

/* 'name'::regclass names the relation. */
static void note_relation_name(struct analysis *analysis,
                               const A_Const *constant)
{
    struct qualified_name name =
        name_in_string(analysis, constant->val.sval.sval);
    struct relation *relation;

    if (!name.name || isdigit((unsigned char)*name.name))
        return;
    relation = model_find_relation(analysis->schema, name);
    if (relation) {
        analysis_need(analysis, &relation->object);
        binding_note_string(analysis, constant->location, &relation->object);
        return;
    }
    if (!analysis->knows_all || strncmp(name.name, "pg_", 3) == 0 ||
        (name.schema && (strcmp(name.schema, "pg_catalog") == 0 ||
                         strcmp(name.schema, "information_schema") == 0)))
        return;
    if (name.schema)
        analysis_fail(analysis, constant->location, "42P01",
                      "relation \"%s.%s\" does not exist", name.schema,
                      name.name);
    else
        analysis_fail(analysis, constant->location, "42P01",
                      "relation \"%s\" does not exist", name.name);
}

/* 'label' names a value of the enum. */
static void note_label(struct analysis *analysis, const A_Const *constant,
                       struct type *type)
{
    const char *text = constant->val.sval.sval;
    const struct enum_label *label = type_find_label(type, text);

    if (label)
        binding_note_label(analysis, constant->location, type, label);
    else if (analysis->knows_all && !type->extension)
        analysis_fail(analysis, constant->location, "22P02",
                      "invalid input value for enum %s: \"%s\"",
                      analysis_type_name(analysis, type), text);
}

/* Nothing that begins otherwise is a number. */
static bool begins_as_integer(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    if (*text == '-' || *text == '+')
        text++;
    return isdigit((unsigned char)*text);
}

/* parse_bool(): a beginning of these, in any case. */
static bool is_boolean(const char *text)
{
    static const char *const words[] = {"true", "false", "yes", "no",
                                        "on",   "off",   "1",   "0"};
    size_t length;

    while (isspace((unsigned char)*text))
        text++;
    length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    /* "o" may be both. */
    if (length == 0 || (length == 1 && tolower((unsigned char)*text) == 'o'))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncasecmp(words[i], text, length) == 0)
            return true;
    }
    return false;
}

static bool is_taken(uint16_t oid, const char *text)
{
    switch (oid) {
    case OID_INT2:
    case OID_INT4:
    case OID_INT8: return begins_as_integer(text);
    case OID_BOOL: return is_boolean(text);
    default: return true;
    }
}

void literal_become(struct analysis *analysis, const struct value *value,
                    struct type *target)
{
    const A_Const *constant = node_as(A_Const, value->node);
    struct type *type = coerce_base_type(target, NULL);

    if (!constant || constant->isnull || nodeTag(&constant->val) != T_String ||
        !type)
        return;
    if (type_oid(type) == REGCLASSOID)
        note_relation_name(analysis, constant);
    else if (type->kind == TYPE_ENUM)
        note_label(analysis, constant, type);
    else if (type_catalog_row(type) &&
             !is_taken(type_oid(type), constant->val.sval.sval))
        analysis_fail(analysis, constant->location, "22P02",
                      "invalid input syntax for type %s: \"%s\"",
                      analysis_type_name(analysis, type),
                      constant->val.sval.sval);
}
