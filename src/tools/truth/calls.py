"""Random calls of functions and operators, casts and mixtures of types: what a
server takes them for, and what pgsquint does.

Each is the only column of a view, which is made and dropped again. Arguments
are NULLs of some type, or NULL alone, which the parser takes for an unknown
literal: nothing is computed, only chosen.
"""

import os
import random
import tempfile

from client import ServerError

SETUP = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN positive AS int4 CHECK (VALUE > 0);
CREATE DOMAIN numbers AS int4[];
CREATE DOMAIN note AS text;
CREATE TABLE item (a int4, b text);
CREATE TYPE pair AS (x int4, y text);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION ltree;
CREATE EXTENSION intarray;
CREATE EXTENSION cube;
CREATE EXTENSION pg_trgm;
CREATE FUNCTION twice(int4) RETURNS int4 LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION twice(text) RETURNS text LANGUAGE sql AS 'SELECT ''''';
CREATE FUNCTION twice(float8, mood DEFAULT 'ok') RETURNS mood
    LANGUAGE sql AS 'SELECT $2';
CREATE FUNCTION several(a int4, VARIADIC rest text[]) RETURNS numeric
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION same(anyelement, anyarray) RETURNS anyelement
    LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION common(anycompatible, anycompatible) RETURNS anycompatiblearray
    LANGUAGE sql AS 'SELECT ARRAY[$1]';
"""

TYPES = """
    int2 int4 int8 numeric float4 float8 text varchar bpchar name "char" bool
    date timestamp timestamptz time timetz interval json jsonb uuid bytea inet
    cidr oid xid regclass point box money bit varbit _int4 _int8 _text _varchar
    _numeric int4range numrange tstzrange mood _mood positive numbers note item
    _item pair span citext hstore ltree cube tsvector tsquery jsonpath macaddr
    oidvector
""".split()

# Where to look for arguments that a parameter may be coerced from.
NEAR = {
    "int4": ["int2", "int8", "positive", "numeric", "float8"],
    "int8": ["int4", "int2"],
    "numeric": ["int4", "int8", "float8"],
    "float8": ["float4", "int4", "numeric"],
    "text": ["varchar", "name", "bpchar", "citext", "note", "int4"],
    "timestamptz": ["date", "timestamp"],
    "timestamp": ["date", "timestamptz"],
    "_text": ["_varchar"],
    "anyarray": ["_int4", "_text", "numbers", "_mood", "_item"],
    "anycompatiblearray": ["_int4", "_text", "_varchar", "numbers"],
    "anyrange": ["int4range", "span", "numrange"],
    "anycompatiblerange": ["int4range", "numrange"],
    "anyenum": ["mood"],
    "record": ["item", "pair"],
}

# What can be called, without what only the server calls.
CALLABLE = """
    SELECT 'function', proname, ARRAY(SELECT typname FROM unnest(proargtypes)
                  WITH ORDINALITY AS a (type, number)
              JOIN pg_type AS t ON t.oid = a.type ORDER BY number)
    FROM pg_proc
    WHERE prokind IN ('f', 'a') AND pronamespace::regnamespace::text IN
        ('pg_catalog', 'public')
        AND proname <> 'unknownin' AND NOT EXISTS (SELECT FROM pg_type
            WHERE oid = ANY (proargtypes) AND (typname LIKE '%handler'
                OR typname LIKE '%trigger' OR typname IN
                ('internal', 'pg_ddl_command', 'unknown')))
    UNION ALL
    SELECT 'operator', oprname,
        array_remove(ARRAY[(SELECT typname FROM pg_type WHERE oid = oprleft),
            (SELECT typname FROM pg_type WHERE oid = oprright)], NULL)
    FROM pg_operator WHERE oprright <> 0
    ORDER BY 1, 2, 3
"""


def _quote(name):
    return '"' + name.replace('"', '""') + '"'


class Writer:
    """Writes expressions; equal seeds make equal ones."""

    def __init__(self, connection, seed):
        self._random = random.Random(seed)
        connection.query(SETUP)
        self._types = connection.query(
            "SELECT typname FROM pg_type WHERE typname = ANY ("
            f"'{{{','.join(t for t in TYPES)}}}') ORDER BY 1")
        self._types = [row[0] for row in self._types]
        self._callable = [
            (kind, name, arguments.strip("{}").replace('"', "").split(",")
             if arguments != "{}" else [])
            for kind, name, arguments in connection.query(CALLABLE)]

    def _value(self, wanted=None):
        choice = self._random.random()
        if choice < .2:
            return "NULL"
        name = wanted
        if choice < .5 or name is None:
            name = self._random.choice(NEAR.get(wanted, self._types))
        elif choice < .6:
            name = self._random.choice(self._types)
        if name not in self._types:
            name = self._random.choice(NEAR.get(name, self._types))
        return f"NULL::{_quote(name)}"

    def _call(self):
        kind, name, parameters = self._random.choice(self._callable)
        values = [self._value(parameter) for parameter in parameters]
        if kind == "operator":
            return f"{values[0]} {name} {values[1]}" if len(values) == 2 else \
                f"{name} {values[0]}"
        if self._random.random() < .1:
            values.append(self._value())
        if values and self._random.random() < .1:
            values.pop()
        return f"{_quote(name)}({', '.join(values)})"

    def _mixture(self):
        some = [self._value() for _ in range(self._random.randint(2, 3))]
        near = self._random.choice(list(NEAR))
        some[1:] = [self._value(near) for _ in some[1:]]
        return self._random.choice([
            "CASE WHEN true THEN {0} ELSE {1} END",
            "coalesce({all})", "greatest({all})", "ARRAY[{all}]",
            "nullif({0}, {1})", "{0} IN ({1})", "{0} = ANY (ARRAY[{1}])",
            "{0} IS DISTINCT FROM {1}", "ROW({0}, {1}) = ROW({1}, {0})",
            "({0}) BETWEEN {1} AND {1}",
        ]).format(*some, all=", ".join(some))

    def expression(self):
        """One of any kind."""
        choice = self._random.random()
        if choice < .7:
            return self._call()
        if choice < .85:
            return self._mixture()
        return f"CAST({self._value()} AS " \
            f"{_quote(self._random.choice(self._types))})"

    def query(self):
        """A view's, mostly without FROM."""
        if self._random.random() < .05:
            return f"SELECT {self._value()} AS x UNION ALL " \
                f"SELECT {self._value()}"
        return f"SELECT {self.expression()} AS x"


def _ask_server(connection, query):
    """The type that the server gives the column, or why it refuses."""
    try:
        connection.query(f"CREATE VIEW v AS {query}")
    except ServerError as error:
        return f"{error.sqlstate} {error.message}"
    answer = connection.query(
        "SELECT format_type(atttypid, atttypmod)"
        " FROM pg_attribute, set_config('search_path', '', false)"
        " WHERE attrelid = 'public.v'::regclass")[0][0]
    connection.query("RESET search_path; DROP VIEW v")
    return answer


def _ask_pgsquint(pgsquint, queries, version):
    """The same of each query, from one run; null: a type that it does not
    know."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(SETUP)
        for query in queries:
            file.write(f"CREATE VIEW v AS {query};\nDROP VIEW IF EXISTS v;\n")
        file.flush()
        answers = []
        for statement in pgsquint.each([file.name], version):
            if not statement["sql"].startswith("CREATE VIEW v "):
                continue
            fails = statement["fails"]
            tables = statement["schema"]["tables"]
            answers.append(
                f"{fails['sqlstate']} {fails['message']}" if fails else
                next(table["columns"][0]["type"] for table in tables
                     if table["name"] == "v"))
    return answers


def compare_calls(server, pgsquint, count, seed):
    """So many random expressions; returns lines that tell what differs. What
    only the server refuses counts as a difference, too."""
    with server.new_database() as connection:
        writer = Writer(connection, seed)
        queries = [writer.query() for _ in range(count)]
        theirs = [_ask_server(connection, query) for query in queries]
    ours = _ask_pgsquint(pgsquint, queries, server.version)
    return [f"{query}: server {their}, ours {our}"
            for query, their, our in zip(queries, theirs, ours)
            if their != our] + \
        ([] if len(ours) == len(queries) else ["statements are missing"])
