"""What indexes serve: random tables, indexes and queries, a server's plans of
them, and what the rule filter-without-index says.

Every query has a condition on a column that no index begins with, so that the
rule is silent only where it takes something else for served. What it reports no
plan may serve, however the server is made to plan; what it is silent about some
plan must; and the index that its help makes must serve.

In doubt the rule is silent: texts have an order that their collation knows, and
what 2 + 3 is the server computes. So a condition that is about a column of a
partial index's predicate may be taken for one that implies it: these are counted
and must be few.
"""

import json
import os
import random
import re
import tempfile

from client import ServerError

SETUP = """
CREATE EXTENSION pg_trgm;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN note AS text;
"""

# What the planner is told, to see all that it could do.
SETTINGS = ((), ("bitmapscan",), ("sort",), ("sort", "incremental_sort"),
            ("bitmapscan", "sort", "incremental_sort"), ("indexscan",))

# Of what is silent, in percent.
DOUBTFUL_MAX = 5

# By type: constants that a comparison may have.
CONSTANTS = {
    "int4": ("5", "'7'", "5::int8", "5.5", "5::int2", "5::numeric",
             "5::float8", "(2 + 3)"),
    "int8": ("5", "'7'", "5::int4", "5.5", "5000000000"),
    "numeric": ("5", "5.5", "'7'", "5::float8"),
    "float8": ("5", "5.5", "5::numeric"),
    "text": ("'a'", "'b'::varchar", "'c'::text", "'d'::char(3)"),
    "varchar(20)": ("'a'", "'b'::varchar", "'c'::text"),
    "char(5)": ("'a'", "'c'::text", "'d'::char(5)"),
    "note": ("'a'", "'b'::text", "'b'::note"),
    "mood": ("'ok'", "'sad'::mood"),
    "date": ("'2024-01-01'", "'2024-01-01'::timestamptz",
             "'2024-01-01'::timestamp", "current_date"),
    "timestamptz": ("now()", "'2024-01-01'", "'2024-01-01'::date",
                    "now() - interval '1 day'"),
    "uuid": ("'6b4cf1a1-1b0f-4ac9-8b05-5e8d6a1c2e5d'",),
}

ARRAYS = {
    "int4": ("ARRAY[1, 2]", "ARRAY[1, 2]::int8[]",
             "ARRAY[1.5, 2]"),
    "text": ("ARRAY['a', 'b']", "ARRAY['a']::varchar[]"),
    "varchar(20)": ("ARRAY['a', 'b']", "ARRAY['a']::varchar[]"),
}

COLUMNS = [("int4", "int4"), ("big", "int8"), ("num", "numeric"),
           ("dbl", "float8"), ("txt", "text"), ("vch", "varchar(20)"),
           ("chr", "char(5)"), ("dom", "note"), ("moo", "mood"),
           ("day", "date"), ("tim", "timestamptz"), ("uid", "uuid"),
           ("act", "bool"), ("del", "timestamptz"), ("jso", "jsonb"),
           ("arr", "int4[]")]

TEXTS = ("text", "varchar(20)")


class Table:
    """A table with some of the columns, and its indexes."""

    def __init__(self, generator, name):
        self.name = name
        self.columns = {"int4_2": "int4", "txt_2": "text"}
        for column, of_type in generator.sample(COLUMNS, 9):
            self.columns[column] = of_type
        for column in ("act", "del"):
            self.columns[column] = dict(COLUMNS)[column]
        self.indexes = [self._index(generator)
                        for _ in range(generator.choice((1, 2, 2, 3, 4)))]

    def sql(self):
        """What makes it."""
        lines = ["zet int4", "way text"] + [
            f"{column} {of_type}{_collation(of_type)}"
            for column, of_type in self.columns.items()]
        return (f"CREATE TABLE {self.name} ({', '.join(lines)});\n" +
                "".join(f"CREATE INDEX ON {self.name} {index};\n"
                        for index in self.indexes))

    def _index(self, generator):
        kind = generator.random()
        if kind < 0.5:
            keys = self._keys(generator)
        elif kind < 0.65:
            keys = f"({self._expression(generator)})"
        else:
            keys = self._special(generator)
        if generator.random() < 0.35:
            keys += f" WHERE {self.predicate(generator)}"
        return keys

    def _keys(self, generator):
        ordered = [column for column, of_type in self.columns.items()
                   if of_type not in ("jsonb", "int4[]")]
        keys = [column + generator.choice(("", "", "", " DESC",
                                           " NULLS FIRST",
                                           " DESC NULLS LAST"))
                for column in generator.sample(ordered,
                                               generator.choice((1, 1, 2)))]
        if generator.random() < 0.3:
            keys.append("zet")
        return f"({', '.join(keys)})"

    def _expression(self, generator):
        return generator.choice([expression for expression in (
            "lower(txt_2)", "lower(vch)", "lower(vch::text)", "(vch::text)",
            "(int4_2 + int4)", "(int4_2 * 2)", "upper(chr)", "(num > 5)",
            "coalesce(txt_2, '')", "(jso ->> 'a')", "(jso -> 'a')",
            "abs(big)", "md5(txt)", "length(txt_2), zet")
            if self._has(expression)])

    def _special(self, generator):
        return generator.choice([index for index in (
            "USING hash (int4_2)", "USING hash (txt_2)", "USING hash (uid)",
            "USING gin (jso)", "USING gin (jso jsonb_path_ops)",
            "USING gin (arr)", "USING gin (txt_2 gin_trgm_ops)",
            "USING gist (vch gist_trgm_ops)", "USING brin (tim)",
            "USING brin (int4_2, big)", "(txt_2 text_pattern_ops)",
            "(vch varchar_pattern_ops)", "(txt text_pattern_ops, zet)",
            "USING spgist (txt_2)", "(act)", "(del)") if self._has(index)])

    def _has(self, text):
        names = set(re.findall(r"\b[a-z0-9_]+\b", text))
        known = {name for name, _ in COLUMNS}
        return all(name in self.columns for name in names & known)

    def predicate(self, generator):
        """Of a partial index."""
        return generator.choice([predicate for predicate in (
            "del IS NULL", "del IS NOT NULL", "act", "NOT act", "act = true",
            "act IS TRUE", "txt_2 = 'a'", "txt_2 <> 'a'",
            "txt_2 IN ('a', 'b')", "int4_2 > 3", "int4_2 IS NOT NULL",
            "txt_2 IS NOT NULL", "del IS NULL AND act",
            "int4_2 = 5 OR int4_2 = 6", "moo = 'ok'", "vch = 'a'",
            "lower(txt_2) = 'a'", "int4_2 BETWEEN 3 AND 9",
            "(int4_2 > 3 AND txt_2 = 'a') OR del IS NULL",
            "int4_2 NOT IN (1, 2)", "NOT (int4_2 <= 3)",
            "big IS NOT NULL AND big > 0") if self._has(predicate)])

    def condition(self, generator, depth=0):
        """Of a query."""
        kind = generator.random()
        if depth < 2 and kind < 0.12:
            return "({})".format(" OR ".join(
                self.condition(generator, depth + 1) for _ in range(2)))
        if depth < 2 and kind < 0.17:
            return "({})".format(" AND ".join(
                self.condition(generator, depth + 1) for _ in range(2)))
        if kind < 0.3:
            return f"({self.predicate(generator)})"
        if kind < 0.45:
            return self._other_condition(generator)
        return self._comparison(generator)

    def _comparison(self, generator):
        column = generator.choice([
            name for name, of_type in self.columns.items()
            if of_type in CONSTANTS])
        if generator.random() < 0.4:
            column = self._indexed(generator) or column
        of_type = self.columns[column]
        constant = generator.choice(CONSTANTS[of_type])
        kind = generator.random()
        if kind < 0.1:
            return f"{constant} {generator.choice(('=', '<', '>='))} {column}"
        if kind < 0.2:
            return "{} IN ({}, {})".format(
                column, *(generator.choice(CONSTANTS[of_type])
                          for _ in range(2)))
        if kind < 0.25:
            return f"{column} BETWEEN {constant} AND {constant}"
        if kind < 0.35 and of_type in ARRAYS:
            return f"{column} = ANY ({generator.choice(ARRAYS[of_type])})"
        if kind < 0.45 and of_type in TEXTS:
            return "{} {} {}".format(
                column, generator.choice(("LIKE", "ILIKE", "~", "~*",
                                          "NOT LIKE")),
                generator.choice(("'abc%'", "'%abc'", "'_a'", "'123%'",
                                  "'^abc'", "'a'", "'%' || 'abc'")))
        if kind < 0.5:
            return f"NOT ({column} < {constant})"
        return "{} {} {}".format(
            column, generator.choice(("=", "=", "=", "<", ">", ">=", "<>")),
            constant)

    def _indexed(self, generator):
        """A column that some index has."""
        names = [name for index in self.indexes
                 for name in re.findall(r"\w+", index.split(" WHERE ")[0])
                 if self.columns.get(name) in CONSTANTS]
        return generator.choice(names) if names else None

    def _other_condition(self, generator):
        return generator.choice([condition for condition in (
            "lower(txt_2) = 'a'", "lower(vch) = 'a'", "upper(chr) = 'A'",
            "lower(vch::text) LIKE 'a%'", "vch::text = 'a'",
            "vch::text > 'a'::text", "txt_2::varchar = 'b'",
            "int4_2 + int4 = 7", "int4_2 * 2 > 7", "int4_2 * 3 > 7",
            "coalesce(txt_2, '') = 'a'", "coalesce(txt_2, 'x') = 'a'",
            "jso ->> 'a' = 'x'", "jso -> 'a' = '1'", "jso ->> 'b' = 'x'",
            "jso @> '{\"a\": 1}'", "jso ? 'a'", "jso = '{}'",
            "arr @> '{1}'", "arr && ARRAY[1, 2]", "5 = ANY (arr)",
            "arr = '{1}'", "abs(big) = 5", "abs(big) < 5.5",
            "md5(txt) = 'a'", "length(txt_2) > 3", "int4_2 = int4",
            "txt_2 = vch", "big::text = '5'", "big::int4 = 5",
            "tim::date = '2024-01-01'", "(int4_2, big) > (1, 2)",
            "(int4_2, txt_2) = (1, 'a')", "(txt_2, int4_2) < ('a', 1)",
            "num > 5", "act IS FALSE", "act IS NOT TRUE", "act = false",
            "act <> true", "int4_2 IS NULL", "big IS NULL",
            "int4_2 IS DISTINCT FROM 5", "txt_2 IS NOT DISTINCT FROM 'a'",
            "big BETWEEN 5.5 AND 7", "big BETWEEN 5 AND 7.5",
            "int4_2 = (SELECT 5)", "starts_with(txt_2, 'a')",
            "txt_2 IN ('a')", "int4_2 IN (5, 5.5)")
            if self._has(condition)])

    def query(self, generator):
        """A query with some of them."""
        conditions = [self.condition(generator)
                      for _ in range(generator.choice((0, 1, 1, 1, 2, 2)))]
        conditions.insert(generator.randrange(len(conditions) + 1),
                          generator.choice(("zet = 7", "way = 'x'")))
        kind = generator.random()
        if kind < 0.07:
            return Query(self.name, "DELETE FROM {} WHERE ", conditions)
        if kind < 0.14:
            return Query(self.name, "UPDATE {} AS u SET zet = 0 WHERE ",
                         conditions)
        if kind < 0.2:
            return Query(self.name, "SELECT {}({}) FROM {{}} WHERE ".format(
                generator.choice(("min", "max")),
                generator.choice(("int4_2", "txt_2", "del"))), ["way = 'x'"])
        order = ""
        if kind < 0.45:
            order = " ORDER BY {} LIMIT 5".format(", ".join(
                self._sort_key(generator)
                for _ in range(generator.choice((1, 1, 2)))))
        return Query(self.name, "SELECT * FROM {} WHERE ", conditions, order)

    def _sort_key(self, generator):
        return generator.choice([
            column for column, of_type in self.columns.items()
            if of_type not in ("jsonb", "int4[]")] + ["lower(txt_2)"]
        ) + generator.choice(("", "", " DESC", " NULLS FIRST",
                              " DESC NULLS LAST"))


def _collation(of_type):
    """That of the database is not known to the rule: it might be C, by which a
    plain index serves LIKE."""
    return ' COLLATE "C"' if of_type in ("text", "varchar(20)",
                                         "char(5)") else ""


class Query:
    """One that some index may serve."""

    def __init__(self, table, form, conditions, order=""):
        self.table = table
        self.sql = form.format(table) + " AND ".join(conditions) + order
        # Each by itself: costs decide between several indexes.
        self.parts = [f"SELECT * FROM {table} WHERE {condition}"
                      for condition in conditions]
        self.has_order = bool(order)
        self.columns = re.findall(r"\w+", " ".join(conditions))


class Report:
    """What was compared."""

    def __init__(self):
        self.reported = 0
        self.silent = 0
        self.doubtful = 0
        self.helped = 0
        self.refused = 0
        self.lines = []


def compare_plans(server, pgsquint, count, seed):
    """Compares so many queries on this server."""
    generator = random.Random(seed)
    tables = [Table(generator, f"t{number}")
              for number in range((count + 9) // 10)]
    queries = [table.query(generator) for table in tables for _ in range(10)]
    report = Report()
    with server.new_database() as connection:
        connection.query(SETUP)
        for table in tables:
            connection.query(table.sql())
        queries = [query for query in queries[:count]
                   if _is_accepted(connection, query, report)]
        schema = SETUP + "".join(table.sql() for table in tables)
        helps = _ask(pgsquint, schema, queries, server.version)
        comparison = _Comparison(connection, report)
        for number, query in enumerate(queries):
            comparison.compare(query, helps.get(number))
    if report.doubtful * 100 > report.silent * DOUBTFUL_MAX:
        report.lines.append(f"{report.doubtful} of {report.silent} are silent "
                            "in doubt")
    return report


def _is_accepted(connection, query, report):
    try:
        connection.query(f"EXPLAIN {query.sql}")
    except ServerError:
        report.refused += 1
        return False
    return True


def _ask(pgsquint, schema, queries, version):
    """The helps of what is reported, by the query's number."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name)
                 for name in ("schema.sql", "queries.sql")]
        texts = (schema, "".join(f"{query.sql};\n" for query in queries))
        for path, text in zip(paths, texts):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        findings = pgsquint.findings(
            paths[1], version, ("--schema", paths[0], "--rule",
                                "filter-without-index=warning"))
    return {finding["line"] - 1: finding["help"] for finding in findings}


class _Comparison:
    """Of queries on the tables of one database."""

    def __init__(self, connection, report):
        self._connection = connection
        self._report = report
        self._indexes = {}

    def compare(self, query, help_text):
        """help_text None: nothing was reported."""
        plans = self._plans(query.sql)
        if any("One-Time Filter" in node for plan in plans
               for node in _nodes(plan)):
            return
        serving = self._serving(plans, query.has_order)
        if help_text is None:
            self._report.silent += 1
            if serving or self._serves_part(query):
                return
            if self._is_doubtful(query):
                self._report.doubtful += 1
            else:
                self._tell("silent, but no index serves", query, plans[0])
        elif serving:
            self._report.reported += 1
            self._tell("reported, but an index serves", query, serving[0])
        else:
            self._report.reported += 1
            self._try_help(query, help_text)

    def _serves_part(self, query):
        """An index serves a condition, or is there alone: costs decide between
        several."""
        if any(self._serving(self._plans(part), False)
               for part in query.parts):
            return True
        names = [row[0] for row in self._connection.query(
            "SELECT indexname FROM pg_indexes WHERE tablename = "
            f"'{query.table}'")]
        for name in names:
            self._connection.query("BEGIN")
            try:
                for other in names:
                    if other != name:
                        self._connection.query(f"DROP INDEX {other}")
                if self._serving(self._plans(query.sql), query.has_order):
                    return True
            finally:
                self._connection.query("ROLLBACK")
        return False

    def _is_doubtful(self, query):
        return any(
            set(re.findall(r"\w+", row[0])) & set(query.columns)
            for row in self._connection.query(
                "SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE "
                f"indrelid = '{query.table}'::regclass AND indpred IS NOT NULL"))

    def _try_help(self, query, help_text):
        self._connection.query("BEGIN")
        try:
            for line in help_text.splitlines():
                self._connection.query(line.replace(" CONCURRENTLY", ""))
            plans = self._plans(query.sql)
            if self._serving(plans, query.has_order):
                self._report.helped += 1
            else:
                self._tell(f"of no use is the help {help_text}", query,
                           plans[0])
        except ServerError as error:
            self._report.lines += [f"the help is refused, {error}: "
                                   f"{query.sql}"]
        finally:
            self._connection.query("ROLLBACK")

    def _tell(self, what, query, plan):
        self._report.lines += [f"{what}: {query.sql}"] + [
            f"    {row[0]}" for row in self._connection.query(
                "SELECT indexdef FROM pg_indexes WHERE tablename = "
                f"'{query.table}'")] + [
            f"    {json.dumps(node)}" for node in _nodes(plan)]

    def _plans(self, sql):
        """Each that the server can be made to choose."""
        plans = []
        for off in SETTINGS:
            for name in ("seqscan", *off):
                self._connection.query(f"SET enable_{name} = off")
            text = "".join(row[0] for row in self._connection.query(
                f"EXPLAIN (FORMAT JSON, COSTS OFF) {sql}"))
            for name in ("seqscan", *off):
                self._connection.query(f"RESET enable_{name}")
            plan = json.loads(text)[0]["Plan"]
            if plan not in plans:
                plans.append(plan)
        return plans

    def _serving(self, plans, has_order):
        """Those in which an index serves. Where some plan needs neither a sort
        nor an index for ORDER BY, that orders nothing."""
        has_order = has_order and all(
            _kinds(plan) & {"Sort", "Incremental Sort", "Index Scan",
                            "Index Only Scan"} for plan in plans)
        return [plan for plan in plans
                if self._serves(plan) or (
                    has_order and "Sort" not in _kinds(plan) and
                    _kinds(plan) & {"Index Scan", "Index Only Scan"})]

    def _serves(self, plan):
        """An index is searched by its first key, or has some of the rows only;
        of a BitmapOr each."""
        children = [self._serves(child) for child in plan.get("Plans", ())]
        if plan["Node Type"] == "BitmapOr":
            return all(children)
        if "Index Name" not in plan:
            return any(children)
        method, predicate, keys = self._index(plan["Index Name"])
        if method in ("btree", "hash", "spgist"):
            keys = keys[:1]
        return predicate or any(_has(plan.get("Index Cond", ""), key)
                                for key in keys)

    def _index(self, name):
        if name not in self._indexes:
            rows = self._connection.query(
                "SELECT amname, indpred IS NOT NULL, "
                "pg_get_indexdef(indexrelid, n, true) FROM pg_index "
                "JOIN pg_class ON pg_class.oid = indexrelid "
                "JOIN pg_am ON pg_am.oid = relam, "
                f"generate_series(1, indnkeyatts) AS n WHERE relname = '{name}'"
                " ORDER BY n")
            index = (rows[0][0], rows[0][1] == "t", [row[2] for row in rows])
            if self._connection.transaction == "T":
                return index  # it will be gone
            self._indexes[name] = index
        return self._indexes[name]


def _nodes(plan):
    yield {key: value for key, value in plan.items() if key != "Plans"}
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _kinds(plan):
    return {node["Node Type"] for node in _nodes(plan)}


def _has(condition, key):
    condition = re.sub(r"ROW\(([^,]+),[^)]*\)", r"\1", condition)
    return re.search(rf"(?<!\w){re.escape(_plain(key))}(?!\w)",
                     _plain(condition))


def _plain(text):
    """Without constants, casts and parentheses, which are written in several
    ways."""
    return re.sub(r"'[^']*'|::[a-z]+|\b\d+\b|[()]", "", text).strip()
