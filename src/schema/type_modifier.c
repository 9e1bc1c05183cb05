/*
 * Type modifiers as the typmodin and typmodout functions of built-in types
 * make and write them: utils/adt/varbit.c, varchar.c, numeric.c, date.c,
 * timestamp.c; and those of postgis (gserialized_typmod.c) and pgvector.
 */
#include "schema/type_modifier.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODIFIER_COUNT_MAX 4

/* What stands before the length in the modifier of bpchar and varchar, and in
 * that of numeric (VARHDRSZ). */
#define HEADER_SIZE 4

#define LENGTH_MAX 10485760 /* MaxAttrSize */
#define PRECISION_MAX 1000  /* NUMERIC_MAX_PRECISION */
#define SCALE_MAX 1000      /* NUMERIC_MAX_SCALE */
#define MICROSECONDS 6      /* MAX_TIME_PRECISION and its like */

/* INTERVAL_FULL_RANGE, INTERVAL_FULL_PRECISION of utils/timestamp.h */
#define INTERVAL_ALL_FIELDS 0x7FFF
#define INTERVAL_ALL_DIGITS 0xFFFF

/* Bits of an interval's fields: utils/datetime.h. */
enum interval_field {
    INTERVAL_MONTH = 1 << 1,
    INTERVAL_YEAR = 1 << 2,
    INTERVAL_DAY = 1 << 3,
    INTERVAL_HOUR = 1 << 10,
    INTERVAL_MINUTE = 1 << 11,
    INTERVAL_SECOND = 1 << 12,
};

struct modifiers {
    const char *texts[MODIFIER_COUNT_MAX]; /* null: a number */
    int32_t numbers[MODIFIER_COUNT_MAX];
    int count;
};

void type_fail(struct schema *schema, struct type_failure *failure,
               const char *sqlstate, const char *format, ...)
{
    char text[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    memcpy(failure->sqlstate, sqlstate, sizeof failure->sqlstate);
    failure->message = arena_format(&schema->scratch, "%s", text);
}

static void add_number(struct modifiers *modifiers, int32_t number)
{
    if (modifiers->count < MODIFIER_COUNT_MAX)
        modifiers->numbers[modifiers->count] = number;
    modifiers->count++;
}

/* Constants and names, as texts but for numbers (typenameTypeMod). */
static bool read_texts(struct schema *schema, const List *list,
                       struct modifiers *modifiers,
                       struct type_failure *failure)
{
    const ListCell *cell;

    foreach (cell, list) {
        const Node *node = lfirst(cell);
        const A_Const *constant = node_as(A_Const, node);
        const ColumnRef *column = node_as(ColumnRef, node);
        const char *text = NULL;

        if (constant && !constant->isnull) {
            if (nodeTag(&constant->val) == T_Integer) {
                add_number(modifiers, constant->val.ival.ival);
                continue;
            }
            if (nodeTag(&constant->val) == T_Float)
                text = constant->val.fval.fval;
            else if (nodeTag(&constant->val) == T_String)
                text = constant->val.sval.sval;
        } else if (column && list_length(column->fields) == 1)
            text = name_from_string(linitial(column->fields));
        if (!text) {
            type_fail(schema, failure, "42601",
                      "type modifiers must be simple constants or identifiers");
            return false;
        }
        /* More than any type takes are counted, not kept. */
        if (modifiers->count < MODIFIER_COUNT_MAX)
            modifiers->texts[modifiers->count] = text;
        modifiers->count++;
    }
    return true;
}

/* As the input function of integer reads them (ArrayGetIntegerTypmods). */
static bool read_numbers(struct schema *schema, struct modifiers *modifiers,
                         struct type_failure *failure)
{
    for (int i = 0; i < modifiers->count && i < MODIFIER_COUNT_MAX; i++) {
        const char *text = modifiers->texts[i];
        char *end;
        long number;

        if (!text)
            continue;
        errno = 0;
        number = strtol(text, &end, 10);
        while (*end == ' ')
            end++;
        if (end == text || *end) {
            type_fail(schema, failure, "22P02",
                      "invalid input syntax for type integer: \"%s\"", text);
            return false;
        }
        if (errno == ERANGE || number > INT32_MAX || number < INT32_MIN) {
            type_fail(schema, failure, "22003",
                      "value \"%s\" is out of range for type integer", text);
            return false;
        }
        modifiers->numbers[i] = (int32_t)number;
    }
    return true;
}

static int32_t invalid(struct schema *schema, struct type_failure *failure,
                       const char *message)
{
    type_fail(schema, failure, "22023", "%s", message);
    return -1;
}

/* anybit_typmodin, anychar_typmodin: the length in units. */
static int32_t read_length(struct schema *schema, const char *type, int32_t max,
                           const struct modifiers *modifiers,
                           struct type_failure *failure)
{
    int32_t length = modifiers->numbers[0];

    if (modifiers->count != 1)
        return invalid(schema, failure, "invalid type modifier");
    if (length < 1)
        type_fail(schema, failure, "22023",
                  "length for type %s must be at least 1", type);
    else if (length > max)
        type_fail(schema, failure, "22023",
                  "length for type %s cannot exceed %d", type, max);
    else
        return length;
    return -1;
}

/* numerictypmodin: scales may be negative or above the precision from 15 on. */
static int32_t read_numeric(struct schema *schema,
                            const struct modifiers *modifiers,
                            struct type_failure *failure)
{
    int32_t precision = modifiers->numbers[0];
    int32_t scale = modifiers->count == 2 ? modifiers->numbers[1] : 0;
    bool is_old = schema->postgres_version < 15;

    if (modifiers->count > 2)
        return invalid(schema, failure, "invalid NUMERIC type modifier");
    if (precision < 1 || precision > PRECISION_MAX) {
        type_fail(schema, failure, "22023",
                  "NUMERIC precision %d must be between 1 and %d", precision,
                  PRECISION_MAX);
        return -1;
    }
    if (is_old && (scale < 0 || scale > precision)) {
        type_fail(schema, failure, "22023",
                  "NUMERIC scale %d must be between 0 and precision %d", scale,
                  precision);
        return -1;
    }
    if (scale < -SCALE_MAX || scale > SCALE_MAX) {
        type_fail(schema, failure, "22023",
                  "NUMERIC scale %d must be between %d and %d", scale,
                  -SCALE_MAX, SCALE_MAX);
        return -1;
    }
    return ((precision << 16) | (scale & 0x7ff)) + HEADER_SIZE;
}

/* anytime_typmodin, anytimestamp_typmodin: more digits than microseconds have
 * are cut, with a warning. */
static int32_t read_digits(struct schema *schema,
                           const struct builtin_type *type,
                           const struct modifiers *modifiers,
                           struct type_failure *failure)
{
    const char *name = builtin_text(type->name);
    bool is_time = type->modifier == BUILTIN_MODIFIER_TIME;
    bool has_zone = strchr(name, 'z') != NULL;

    if (modifiers->count != 1)
        return invalid(schema, failure, "invalid type modifier");
    if (modifiers->numbers[0] < 0) {
        type_fail(schema, failure, "22023",
                  "%s(%d)%s precision must not be negative",
                  is_time ? "TIME" : "TIMESTAMP", modifiers->numbers[0],
                  has_zone ? " WITH TIME ZONE" : "");
        return -1;
    }
    return modifiers->numbers[0] > MICROSECONDS ? MICROSECONDS
                                                : modifiers->numbers[0];
}

/* The fields that an interval is restricted to (intervaltypmodout); "" for
 * all, null for a mask that no grammar makes. */
static const char *interval_fields(int mask)
{
    static const struct {
        int mask;
        const char *text;
    } fields[] = {
        {INTERVAL_ALL_FIELDS, ""},
        {INTERVAL_YEAR, " year"},
        {INTERVAL_MONTH, " month"},
        {INTERVAL_DAY, " day"},
        {INTERVAL_HOUR, " hour"},
        {INTERVAL_MINUTE, " minute"},
        {INTERVAL_SECOND, " second"},
        {INTERVAL_YEAR | INTERVAL_MONTH, " year to month"},
        {INTERVAL_DAY | INTERVAL_HOUR, " day to hour"},
        {INTERVAL_DAY | INTERVAL_HOUR | INTERVAL_MINUTE, " day to minute"},
        {INTERVAL_DAY | INTERVAL_HOUR | INTERVAL_MINUTE | INTERVAL_SECOND,
         " day to second"},
        {INTERVAL_HOUR | INTERVAL_MINUTE, " hour to minute"},
        {INTERVAL_HOUR | INTERVAL_MINUTE | INTERVAL_SECOND, " hour to second"},
        {INTERVAL_MINUTE | INTERVAL_SECOND, " minute to second"},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i].mask == mask)
            return fields[i].text;
    }
    return NULL;
}

/* intervaltypmodin: the fields, then the digits of seconds. */
static int32_t read_interval(struct schema *schema,
                             const struct modifiers *modifiers,
                             struct type_failure *failure)
{
    int32_t fields = modifiers->numbers[0], digits = INTERVAL_ALL_DIGITS;

    if (modifiers->count > 2 || !interval_fields(fields))
        return invalid(schema, failure, "invalid INTERVAL type modifier");
    if (modifiers->count == 1 && fields == INTERVAL_ALL_FIELDS)
        return -1;
    if (modifiers->count == 2) {
        digits = modifiers->numbers[1];
        if (digits < 0) {
            type_fail(schema, failure, "22023",
                      "INTERVAL(%d) precision must not be negative", digits);
            return -1;
        }
        if (digits > MICROSECONDS)
            digits = MICROSECONDS;
    }
    return (int32_t)(((uint32_t)fields << 16) | (uint32_t)digits);
}

static const char *const geometry_types[] = {
    "Geometry",       "Point",
    "LineString",     "Polygon",
    "MultiPoint",     "MultiLineString",
    "MultiPolygon",   "GeometryCollection",
    "CircularString", "CompoundCurve",
    "CurvePolygon",   "MultiCurve",
    "MultiSurface",   "PolyhedralSurface",
    "Triangle",       "Tin",
};

#define GEOMETRY_TYPE_COUNT \
    ((int32_t)(sizeof geometry_types / sizeof *geometry_types))

/* PointZ: the number of the type and bits for Z and M. -1: it is none. */
static int32_t read_geometry_type(const char *text)
{
    for (int32_t i = 0; i < GEOMETRY_TYPE_COUNT; i++) {
        struct slice name = slice_from(geometry_types[i]);
        struct slice given = slice_from(text);
        struct slice rest;

        if (!slice_equal_ignoring_case(slice_part(given, 0, name.length), name))
            continue;
        rest = slice_trim(slice_part(given, name.length, given.length));
        if (rest.length == 0)
            return i << 2;
        if (slice_equal_ignoring_case(rest, SLICE("z")))
            return i << 2 | 2;
        if (slice_equal_ignoring_case(rest, SLICE("m")))
            return i << 2 | 1;
        if (slice_equal_ignoring_case(rest, SLICE("zm")))
            return i << 2 | 3;
    }
    return -1;
}

/* Numbers too, for a type that reads them itself. */
static void write_numbers(struct schema *schema, struct modifiers *modifiers)
{
    for (int i = 0; i < modifiers->count && i < MODIFIER_COUNT_MAX; i++) {
        if (!modifiers->texts[i])
            modifiers->texts[i] =
                arena_format(&schema->scratch, "%d", modifiers->numbers[i]);
    }
}

/* geometry(Point,4326), geography(Point): gserialized_typmod_in(). */
static int32_t read_geometry(struct schema *schema,
                             const struct builtin_type *type,
                             const struct modifiers *modifiers,
                             struct type_failure *failure)
{
    bool is_geography = strcmp(builtin_text(type->name), "geography") == 0;
    int32_t modifier = read_geometry_type(modifiers->texts[0]);
    long reference = is_geography ? 4326 : 0;

    if (modifiers->count > 2 || modifier < 0) {
        type_fail(schema, failure, "22023",
                  "Invalid geometry type modifier: %s", modifiers->texts[0]);
        return -1;
    }
    if (modifiers->count == 2)
        reference = strtol(modifiers->texts[1], NULL, 10);
    if (reference <= 0)
        reference = is_geography ? 4326 : 0;
    return modifier | (int32_t)((reference & 0x1FFFFF) << 8);
}

static int32_t read_dimension(struct schema *schema,
                              const struct builtin_type *type,
                              const struct modifiers *modifiers,
                              struct type_failure *failure)
{
    if (modifiers->count != 1)
        return invalid(schema, failure, "invalid type modifier");
    if (modifiers->numbers[0] < 1) {
        type_fail(schema, failure, "22023",
                  "dimensions for type %s must be at least 1",
                  builtin_text(type->name));
        return -1;
    }
    return modifiers->numbers[0];
}

int32_t type_modifier_read(struct schema *schema,
                           const struct builtin_type *type, const List *list,
                           struct type_failure *failure)
{
    struct modifiers modifiers = {0};
    const char *name = builtin_text(type->name);

    if (!read_texts(schema, list, &modifiers, failure))
        return -1;
    if (type->modifier == BUILTIN_MODIFIER_GEOMETRY)
        write_numbers(schema, &modifiers);
    else if (!read_numbers(schema, &modifiers, failure))
        return -1;
    switch ((enum builtin_modifier)type->modifier) {
    case BUILTIN_MODIFIER_NONE: return -1;
    case BUILTIN_MODIFIER_BIT:
        return read_length(schema, name, LENGTH_MAX * 8, &modifiers, failure);
    case BUILTIN_MODIFIER_CHARACTER: {
        int32_t length =
            read_length(schema, strcmp(name, "bpchar") == 0 ? "char" : name,
                        LENGTH_MAX, &modifiers, failure);

        return length < 0 ? -1 : length + HEADER_SIZE;
    }
    case BUILTIN_MODIFIER_NUMERIC:
        return read_numeric(schema, &modifiers, failure);
    case BUILTIN_MODIFIER_TIME:
    case BUILTIN_MODIFIER_TIMESTAMP:
        return read_digits(schema, type, &modifiers, failure);
    case BUILTIN_MODIFIER_INTERVAL:
        return read_interval(schema, &modifiers, failure);
    case BUILTIN_MODIFIER_GEOMETRY:
        return read_geometry(schema, type, &modifiers, failure);
    case BUILTIN_MODIFIER_DIMENSION:
        return read_dimension(schema, type, &modifiers, failure);
    }
    return -1;
}

static void write_interval(struct buffer *buffer, int32_t modifier)
{
    const char *fields =
        interval_fields((modifier >> 16) & INTERVAL_ALL_FIELDS);
    int32_t digits = modifier & INTERVAL_ALL_DIGITS;

    buffer_add_text(buffer, fields ? fields : "");
    if (digits != INTERVAL_ALL_DIGITS)
        buffer_add_format(buffer, "(%d)", digits);
}

static void write_geometry(struct buffer *buffer, int32_t modifier)
{
    int32_t type = (modifier >> 2) & 0x3F, reference = modifier >> 8;

    if (modifier == 0)
        return;
    buffer_add_format(buffer, "(%s%s%s",
                      geometry_types[type < GEOMETRY_TYPE_COUNT ? type : 0],
                      modifier & 2 ? "Z" : "", modifier & 1 ? "M" : "");
    if (reference)
        buffer_add_format(buffer, ",%d", reference);
    buffer_add_char(buffer, ')');
}

void type_modifier_write(struct buffer *buffer, const struct builtin_type *type,
                         int32_t modifier)
{
    int32_t number = modifier - HEADER_SIZE;

    if (modifier < 0)
        return;
    switch ((enum builtin_modifier)type->modifier) {
    case BUILTIN_MODIFIER_NONE: return;
    case BUILTIN_MODIFIER_BIT:
    case BUILTIN_MODIFIER_TIME:
    case BUILTIN_MODIFIER_TIMESTAMP:
    case BUILTIN_MODIFIER_DIMENSION:
        buffer_add_format(buffer, "(%d)", modifier);
        return;
    case BUILTIN_MODIFIER_CHARACTER:
        buffer_add_format(buffer, "(%d)", number);
        return;
    case BUILTIN_MODIFIER_NUMERIC: /* the scale has 11 bits and a sign */
        buffer_add_format(buffer, "(%d,%d)", number >> 16,
                          ((number & 0x7ff) ^ 1024) - 1024);
        return;
    case BUILTIN_MODIFIER_INTERVAL: write_interval(buffer, modifier); return;
    case BUILTIN_MODIFIER_GEOMETRY: write_geometry(buffer, modifier); return;
    }
}
