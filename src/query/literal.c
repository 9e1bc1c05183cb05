/*
 * String literals that become values of a type: what they name, and whether
 * the type's input function takes them. Only what is surely refused is; the
 * server's words are those of numutils.c, bool.c and enum.c in
 * src/backend/utils/adt.
 */
#include "query/analysis.h"
#include "query/literal_text.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
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

    if (label && !model_may_use_label(analysis->schema, type, text))
        analysis_fail(analysis, constant->location, "55P04",
                      "unsafe use of new value \"%s\" of enum type %s", text,
                      analysis_type_name(analysis, type));
    else if (label)
        binding_note_label(analysis, constant->location, type, label);
    else if (analysis->knows_all && !type->extension)
        analysis_fail(analysis, constant->location, "22P02",
                      "invalid input value for enum %s: \"%s\"",
                      analysis_type_name(analysis, type), text);
}

/* 0x1F, 1_000: what 16 and later read besides is left to the server. */
static bool is_other_notation(const struct analysis *analysis,
                              struct slice digits)
{
    if (analysis->schema->postgres_version < 16 || digits.length < 2)
        return false;
    if (*digits.start == '0' && isalpha((unsigned char)digits.start[1]))
        return true;
    return isdigit((unsigned char)*digits.start) &&
           memchr(digits.start, '_', digits.length) != NULL;
}

/* False for what is no number; one that is too large is refused here. */
static bool is_integer(struct analysis *analysis, const A_Const *constant,
                       const struct type *type, long long largest)
{
    struct slice text = slice_trim(slice_from(constant->val.sval.sval));
    size_t sign = text.length > 0 && (*text.start == '-' || *text.start == '+');
    struct slice digits = slice_part(text, sign, text.length);
    long long value;

    if (is_other_notation(analysis, digits))
        return true;
    for (size_t i = 0; i < digits.length; i++) {
        if (!isdigit((unsigned char)digits.start[i]))
            return false;
    }
    errno = 0;
    value = strtoll(text.start, NULL, 10);
    if (errno == ERANGE || value > largest || value < -largest - 1)
        analysis_fail(analysis, constant->location, "22003",
                      "value \"%s\" is out of range for type %s",
                      constant->val.sval.sval,
                      analysis_type_name(analysis, type));
    return digits.length > 0;
}

/* 32 digits; braces around, a hyphen after any four. (string_to_uuid) */
static bool is_uuid(const char *text)
{
    bool has_brace = *text == '{';
    int digits = 0;

    text += has_brace;
    while (digits < 32 && isxdigit((unsigned char)*text)) {
        text++;
        digits++;
        if (*text == '-' && digits % 4 == 0 && digits < 32)
            text++;
    }
    return digits == 32 && (!has_brace || *text++ == '}') && *text == '\0';
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

/* Digits, or a word: NaN, Infinity. */
static bool begins_as_number(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    if (*text == '-' || *text == '+')
        text++;
    return *text == '.' || isdigit((unsigned char)*text) ||
           strchr("nNiI", *text ? *text : ' ');
}

static bool begins_as_array(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return *text == '{' || *text == '[';
}

/* What the server's messages call it. */
static const char *moment_name(uint16_t oid)
{
    switch (oid) {
    case DATEOID: return "date";
    case TIMEOID: return "time";
    case TIMETZOID: return "time with time zone";
    case TIMESTAMPOID: return "timestamp";
    default: return "timestamp with time zone";
    }
}

static void check_moment(struct analysis *analysis, const A_Const *constant,
                         uint16_t oid)
{
    const char *text = constant->val.sval.sval;

    switch (literal_read_moment(text)) {
    case LITERAL_MOMENT_TAKEN: break;
    case LITERAL_MOMENT_INVALID:
        analysis_fail(analysis, constant->location, "22007",
                      "invalid input syntax for type %s: \"%s\"",
                      moment_name(oid), text);
        break;
    case LITERAL_MOMENT_OUT_OF_RANGE:
        if (oid != TIMEOID && oid != TIMETZOID)
            analysis_fail(analysis, constant->location, "22008",
                          "date/time field value out of range: \"%s\"", text);
        break;
    }
}

static void check_json(struct analysis *analysis, const A_Const *constant)
{
    if (!literal_may_be_json(constant->val.sval.sval))
        analysis_fail(analysis, constant->location, "22P02",
                      "invalid input syntax for type json");
}

/* False for what its input function does not read, and is not told yet. */
static bool is_taken(struct analysis *analysis, const A_Const *constant,
                     const struct type *type)
{
    const char *text = constant->val.sval.sval;

    switch (type_oid(type)) {
    case OID_INT2: return is_integer(analysis, constant, type, INT16_MAX);
    case OID_INT4: return is_integer(analysis, constant, type, INT32_MAX);
    case OID_INT8: return is_integer(analysis, constant, type, INT64_MAX);
    case OID_BOOL: return is_boolean(text);
    case UUIDOID: return is_uuid(text);
    case OID_NUMERIC: return begins_as_number(text);
    case JSONOID:
    case JSONBOID: check_json(analysis, constant); return true;
    case DATEOID:
    case TIMEOID:
    case TIMETZOID:
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
        check_moment(analysis, constant, type_oid(type));
        return true;
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
    else if (type->kind == TYPE_ARRAY &&
             (!type->builtin || type->builtin->is_array) &&
             !begins_as_array(constant->val.sval.sval))
        analysis_fail(analysis, constant->location, "22P02",
                      "malformed array literal: \"%s\"",
                      constant->val.sval.sval);
    else if (type_catalog_row(type) && !is_taken(analysis, constant, type))
        analysis_fail(analysis, constant->location, "22P02",
                      "invalid input syntax for type %s: \"%s\"",
                      analysis_type_name(analysis, type),
                      constant->val.sval.sval);
}
