"""Expressions of the random test: of a wanted kind of value, over the columns
in scope, a few levels deep. Most are valid; a few mix kinds, call functions
that do not exist, or name columns that are not there.
"""

from random_words import Words, category_of

LITERALS = {
    "int": ("0", "1", "42", "-7", "100000", "3000000000", "'5'::int",
            "2::smallint", "CAST(9 AS bigint)"),
    "number": ("1.5", "0.0", "1e3", "2.50::numeric(6,2)", "1::real",
               "'3.5'::double precision", "pi()"),
    "text": ("'x'", "'abc'::text", "''", "'it''s'", "E'a\\nb'",
             "'v'::varchar(10)", "'c'::char(4)", "$$q$$", "U&'d\\0061t'"),
    "bool": ("true", "false", "'t'::boolean", "1 = 1", "TRUE"),
    "date": ("'2024-01-02'::date", "DATE '2024-05-06'", "CURRENT_DATE"),
    "moment": ("now()", "CURRENT_TIMESTAMP", "TIMESTAMP '2024-01-02 03:04'",
               "'2024-01-02'::timestamptz", "LOCALTIMESTAMP(2)",
               "clock_timestamp()", "CURRENT_TIMESTAMP(3)"),
    "time": ("TIME '03:04'", "'10:00'::timetz", "LOCALTIME", "CURRENT_TIME"),
    "interval": ("INTERVAL '1 day'", "'2 h'::interval",
                 "make_interval(days => 3)", "INTERVAL '1' MONTH"),
    "uuid": ("gen_random_uuid()",
             "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid"),
    "json": ("'{}'::jsonb", "'[1]'::json", "jsonb_build_object('a', 1)",
             "to_jsonb(1)", "json_build_array(1, 'b')"),
    "array": ("ARRAY[1, 2]", "'{}'::text[]", "ARRAY['a', 'b']::varchar(3)[]",
              "ARRAY[]::int[]", "string_to_array('a,b', ',')",
              "'{{1},{2}}'::numeric[]", "ARRAY[ARRAY[1], ARRAY[2]]"),
    "range": ("int4range(1, 5)", "'[1,2)'::numrange",
              "tstzrange(now(), NULL)", "daterange('2024-01-01', NULL, '[]')"),
    "other": ("'127.0.0.1'::inet", "'1'::bit(3)", "NULL", "'(1,2)'::point",
              "'12.3'::money", "B'101'", "X'1F'", "'users'::name",
              "ROW(1, 'a')", "(1, 2.5)", "'a b'::tsvector", "1::oid",
              "'a'::\"char\"", "'\\x00'::bytea", "current_user",
              "session_user", "current_catalog"),
}

# What gives a value of a kind from values of other kinds ({kind}).
COMPOUND = {
    "int": ("{int} + {int}", "{int} * {int}", "-{int}", "abs({int})",
            "length({text})", "{int} % {int}", "({int} - {int})",
            "coalesce({int}, {int})", "{number}::int", "mod({int}, {int})",
            "array_length({array}, 1)", "extract(year FROM {moment})::int",
            "cardinality({array})", "{date} - {date}", "{int} & {int}",
            "greatest({int}, {int}, 3)", "nullif({int}, 0)",
            "strpos({text}, 'a')", "{int} << 2", "{int}::bigint",
            "position('a' IN {text})", "octet_length({text})", "@ {int}",
            "CASE WHEN {bool} THEN {int} ELSE {int} END", "ascii({text})",
            "{int} / {int}", "date_part('day', {moment})::integer",
            "char_length({text})", "width_bucket({number}, 0, 10, 5)"),
    "number": ("{number} + {int}", "{number} * {number}", "{number} / {number}",
               "round({number})", "round({number}::numeric, 2)",
               "{int} / 2.0", "sqrt({number})", "{number} ^ 2", "|/ {number}",
               "extract(epoch FROM {moment})", "ceil({number})",
               "date_part('hour', {moment})", "{int}::numeric(8,2)",
               "trunc({number})", "power({number}, 2)", "random()",
               "coalesce({number}, 0)", "abs({number})", "sign({number})",
               "similarity_({text})", "to_number({text}, '999')",
               "greatest({number}, {int})", "floor({number}::float8)",
               "CASE {int} WHEN 1 THEN {number} WHEN 2 THEN {int} END"),
    "text": ("{text} || {text}", "lower({text})", "upper({text})",
             "{text} || {int}", "substring({text} FROM 1 FOR 2)",
             "coalesce({text}, '')", "trim({text})", "{int}::text",
             "to_char({moment}, 'YYYY')", "concat({text}, {int}, {text})",
             "CASE WHEN {bool} THEN 'a' ELSE {text} END", "md5({text})",
             "left({text}, 3)", "split_part({text}, ',', 1)", "{json} ->> 'a'",
             "{bool}::text", "CAST({text} AS varchar(12))",
             "nullif({text}, '')",
             "format('%s', {text})", "replace({text}, 'a', 'b')",
             "regexp_replace({text}, 'a', 'b')", "{json} #>> '{{a,b}}'",
             "array_to_string({array}, ',')", "initcap({text})",
             "{text} COLLATE \"C\"", "overlay({text} PLACING 'x' FROM 1)",
             "trim(both 'x' from {text})", "{moment}::text", "btrim({text})",
             "string_agg_({text})", "translate({text}, 'a', 'b')",
             "reverse({text})", "{text}::char(2)", "{text}::name",
             "pg_typeof({int})::text", "encode({text}::bytea, 'hex')",
             "least({text}, 'm')", "concat_ws('-', {text}, {text})",
             "rpad({text}, 4)", "quote_ident({text})", "{interval}::text",
             "date_trunc('day', {moment})::text"),
    "bool": ("{int} > {int}", "{int} = {int}", "{text} = {text}",
             "{text} LIKE 'a%'", "{bool} AND {bool}", "{bool} OR {bool}",
             "NOT {bool}", "{int} BETWEEN 1 AND 10", "{text} IS NOT NULL",
             "{int} IS NULL", "{text} IN ('a', 'b')", "{int} IN (1, 2, 3)",
             "{number} >= 0", "{int} = ANY (ARRAY[1, 2])", "{text} ~ '^a'",
             "{text} ILIKE '%b'", "{moment} < now()", "{text} <> ''",
             "{json} ? 'a'", "{json} @> '{{}}'", "{array} && {array}",
             "{int} IS DISTINCT FROM {int}", "coalesce({bool}, false)",
             "{bool} IS TRUE", "({int}, {int}) < (1, 2)",
             "{int} = ALL ('{{1}}')",
             "{text} SIMILAR TO 'a%'", "{date} > '2024-01-01'",
             "{number} <> {int}", "starts_with({text}, 'a')", "{json} IS NULL",
             "char_length({text}) > 3", "{uuid} = {uuid}", "{int} <= {number}",
             "{range} @> {int}", "{text} !~~ 'b'", "{bool} IS NOT UNKNOWN",
             "jsonb_typeof({json}) = 'object'", "{int} NOT IN (4, 5)"),
    "date": ("{date} + {int}", "{moment}::date", "{date} - 1",
             "make_date(2024, 1, {int})", "to_date({text}, 'YYYY')",
             "coalesce({date}, CURRENT_DATE)", "greatest({date}, {date})"),
    "moment": ("{moment} + {interval}", "date_trunc('day', {moment})",
               "{date}::timestamp", "{moment} AT TIME ZONE 'UTC'",
               "coalesce({moment}, now())", "{moment}::timestamptz",
               "to_timestamp({number})", "{date} + {time}",
               "{moment}::timestamp(2)", "statement_timestamp()",
               "{date} + {interval}"),
    "time": ("{moment}::time", "{time} + {interval}", "{time}::time(3)"),
    "interval": ("{interval} * 2", "{moment} - {moment}", "age({moment})",
                 "{interval} + {interval}", "{time} - {time}",
                 "justify_days({interval})", "make_interval(hours => {int})"),
    "uuid": ("coalesce({uuid}, {uuid})", "md5({text})::uuid",
             "nullif({uuid}, {uuid})"),
    "json": ("{json} -> 'a'", "{json} -> 0", "to_jsonb({text})",
             "jsonb_build_object('k', {text})", "{json}::jsonb",
             "coalesce({json}, '{{}}')", "json_build_object('n', {int})",
             "row_to_json(ROW({int}, {text}))", "{json} #> '{{a}}'",
             "jsonb_set({json}, '{{a}}', '1')", "to_json({text})",
             "array_to_json({array})", "{json} || '{{}}'", "{json} - 'a'",
             "jsonb_path_query_first({json}, '$.a')"),
    "array": ("{array} || {array}", "array_append({array}, {int})",
              "ARRAY[{int}, {int}]", "ARRAY[{text}]", "{array}::text[]",
              "string_to_array({text}, ' ')", "array_remove({array}, {int})",
              "{array} || {int}", "regexp_split_to_array({text}, ',')",
              "ARRAY[{number}, {int}]", "array_fill({int}, ARRAY[2])",
              "ARRAY(SELECT {int})", "array_cat({array}, {array})",
              "{array}[1:2]", "array_prepend({text}, {array})"),
    "range": ("int4range({int}, {int})", "{range} * {range}",
              "tsrange({moment}, {moment})", "numrange({number}, NULL)",
              "{range} + {range}"),
    "other": ("({array})[1]", "coalesce({other}, {other})", "pg_typeof({int})",
              "to_tsvector('english', {text})", "ROW({int}, {text})",
              "lower({range})", "({int}, {text})", "NULL", "{text}::bytea",
              "decode({text}, 'hex')", "(SELECT {int})", "EXISTS (SELECT 1)",
              "to_tsquery({text})", "{text}::money", "sha256({text}::bytea)",
              "(SELECT max({int}))", "point({number}, {number})",
              "to_tsvector({text})", "nextval('s')", "inet '10.0.0.1'",
              "txid_current()", "no_such_function({int})", "{text} + {text}",
              "array_agg_({int})", "host('1.2.3.4'::inet)", "hashtext({text})",
              "upper({range})", "isempty({range})", "{json} = {int}"),
}

AGGREGATES = (
    "count(*)", "count({int})", "sum({int})", "sum({number})", "avg({int})",
    "min({text})", "max({moment})", "array_agg({text})", "bool_and({bool})",
    "string_agg({text}, ',')", "jsonb_agg({int})", "count(DISTINCT {text})",
    "json_object_agg({text}, {int})", "sum({int}) FILTER (WHERE {bool})",
    "array_agg({int} ORDER BY {int})", "every({bool})", "max({date})",
    "percentile_cont(0.5) WITHIN GROUP (ORDER BY {number})", "stddev({int})",
    "mode() WITHIN GROUP (ORDER BY {text})", "sum({interval})", "min({array})",
    "coalesce(sum({int}), 0)", "bit_or({int})", "max({number})",
    "avg({number})",
    "max({uuid}::text)", "variance({number})", "sum({int}::bigint)")

WINDOWS = (
    "row_number() OVER ()", "rank() OVER (ORDER BY {int})",
    "sum({int}) OVER (PARTITION BY {text})",
    "lag({text}) OVER (ORDER BY {int})",
    "first_value({moment}) OVER w", "ntile(4) OVER (ORDER BY {text})",
    "lead({int}, 1, 0) OVER (ORDER BY {int})", "percent_rank() OVER ()",
    "count(*) OVER (PARTITION BY {bool})", "avg({number}) OVER ()")


class Field:
    """A column that an expression may name: how, and its type."""

    def __init__(self, reference, type_text):
        self.reference = reference
        self.type = type_text
        self.category = category_of(type_text)


class Expressions(Words):
    """Expressions of a wanted kind."""

    def fields_of(self, table, prefix=""):
        """The scope that a table's columns make."""
        return [Field(prefix + self.name(each.name), each.type)
                for each in table.columns]

    def value(self, category, scope=(), depth=1):
        """An expression of that kind of value."""
        fields = [each for each in scope if each.category == category]
        if self.chance(0.012):
            return self.pick(("nope", "t.nope", "missing_fn(1)", "NULL"))
        if fields and self.chance(0.75 if depth > 0 else 0.9):
            if depth == 0 or self.chance(0.5):
                return self.pick(fields).reference
        elif depth == 0 or self.chance(0.25):
            return self.pick(LITERALS[category])
        return self.filled(self.pick(COMPOUND[category]), scope, depth - 1)

    def filled(self, pattern, scope, depth):
        """The pattern with a value for every {kind}."""
        parts = pattern.replace("{{", "\1").replace("}}", "\2").split("{")
        text = parts[0]
        for part in parts[1:]:
            category, rest = part.split("}", 1)
            text += self.operand(category, scope, max(depth, 0)) + rest
        return text.replace("\1", "{").replace("\2", "}")

    def operand(self, category, scope, depth):
        """A value that can stand beside an operator."""
        text = self.value(category, scope, depth)
        return text if text.replace("_", "").isalnum() or depth == 0 \
            and not text.startswith("-") and " " not in text else f"({text})"

    def condition(self, scope, depth=1):
        """What a CHECK or WHERE holds."""
        if self.chance(0.01):
            return self.value("int", scope, 0)
        return self.filled(self.pick(COMPOUND["bool"]), scope, depth)

    def any_value(self, scope, depth=1):
        """Of any kind, mostly one that the scope has."""
        kinds = [each.category for each in scope] or ["int"]
        category = self.pick(kinds) if self.chance(0.6) else \
            self.pick(list(COMPOUND))
        return self.value(category, scope, depth)

    def default_for(self, type_text):
        """What DEFAULT gives a column of this type."""
        category = category_of(self.canonical(type_text))
        if self.chance(0.05):
            return self.value(self.pick(list(LITERALS)), (), 1)
        if category == "other":
            if self.chance(0.3):
                return self.default_for_own(type_text)
            return "NULL"
        if self.chance(0.25):
            return self.value(category, (), 1)
        return self.pick(LITERALS[category])

    def default_for_own(self, type_text):
        """For a type of the user's: a label, if it is an enum."""
        for each in self.state.types_of_kind("e"):
            if quote_free(type_text).endswith(each.name) and each.values:
                label = self.pick(each.values).replace("'", "''")
                return f"'{label}'" + self.maybe(0.5, "::" + type_text)
        return "NULL"

    @staticmethod
    def canonical(type_text):
        """The written type in format_type()'s words, as far as its kind."""
        first = type_text.split("(")[0].strip()
        if type_text.endswith("]") or "array" in type_text:
            return "x[]"
        return {"int": "integer", "int8": "bigint", "int4": "integer",
                "decimal": "numeric", "float": "real", "float8": "real",
                "varchar": "character varying", "char": "character",
                "bool": "boolean", "timestamptz": "timestamp",
                "serial": "integer", "bigserial": "bigint",
                "timetz": "time with", "time": "time without",
                "pg_catalog.int4": "integer"}.get(first, type_text)


def quote_free(text):
    """A name without its quotes."""
    return text.replace('"', "")
