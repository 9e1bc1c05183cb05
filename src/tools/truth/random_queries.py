"""Queries of the random test: what views, CREATE TABLE AS, SELECT INTO, rules
and functions hold. Every query knows what columns it gives, so that one can
stand in another.
"""

from random_expressions import AGGREGATES, WINDOWS, Expressions, Field
from random_words import COLUMN_NAMES, quote

ALIASES = ("p", "q", "r", "s", "x", "y", "z", "Sub")


class Source:
    """One item of FROM: its alias and the columns it gives."""

    def __init__(self, text, alias, columns):
        self.text = text
        self.alias = alias
        self.columns = columns  # of (name, type)


class Queries(Expressions):
    """Queries with the columns that they give."""

    def query(self, depth=2, ctes=()):
        """A query and its columns, as (name, type) with the type guessed."""
        kind = self.weighted(((70, self.select), (9, self.set_operation),
                              (5, self.values), (10, self.with_query),
                              (3, self.whole_table), (3, self.grouped)))
        if depth <= 0:
            kind = self.select
        return kind(depth, ctes)

    def query_text(self, depth=2):
        """Only the text."""
        return self.query(depth)[0]

    def source(self, depth, ctes, before):
        """An item of FROM; before: the scope that LATERAL sees."""
        alias = self.pick(ALIASES)
        kind = self.random.random()
        if ctes and kind < 0.6:
            name, columns = self.pick(ctes)
            return Source(quote(name) + f" AS {quote(alias)}", alias, columns)
        if depth > 0 and kind < 0.15:
            return self.derived(depth, ctes, alias)
        if depth > 0 and before and kind < 0.22:
            return self.lateral(alias, before)
        if kind < 0.28:
            return self.function_source(alias)
        return self.table_source(alias)

    def derived(self, depth, ctes, alias):
        """A sub-select."""
        text, columns = self.query(depth - 1, ctes)
        return Source(f"({text}) {quote(alias)}", alias, columns)

    def lateral(self, alias, before):
        """A sub-select that sees what stands before it."""
        value = self.any_value(before)
        return Source(f"LATERAL (SELECT {value} AS l) {quote(alias)}", alias,
                      [("l", "text")])

    def function_source(self, alias):
        """A function in FROM."""
        text, columns = self.pick((
            ("generate_series(1, 3) AS {0}(n)", [("n", "integer")]),
            ("generate_series(1, 3) {0}", None),
            ("unnest(ARRAY['a', 'b']) WITH ORDINALITY AS {0}(word, nth)",
             [("word", "text"), ("nth", "bigint")]),
            ("jsonb_each_text('{{}}') {0}", [("key", "text"),
                                             ("value", "text")]),
            ("json_to_record('{{}}') AS {0}(i int, w text)",
             [("i", "integer"), ("w", "text")]),
            ("regexp_split_to_table('a b', ' ') AS {0}", None),
            ("jsonb_array_elements('[]'::jsonb) AS {0}", [("value", "jsonb")]),
            ("ROWS FROM (generate_series(1, 2), unnest('{{3,4}}'::int[]))"
             " AS {0}(m, k)", [("m", "integer"), ("k", "integer")]),
        ))
        if columns is None:
            columns = [(alias, "integer")]
        return Source(text.format(quote(alias)), alias, columns)

    def table_source(self, alias):
        """A table or view, by its own name or another."""
        table = self.relation("rpvm", missing=0.01)
        if not table or self.chance(0.01):
            if table or self.chance(0.2):
                return Source(f"{self.missing()} AS {quote(alias)}", alias,
                              [("id", "integer")])
            return self.function_source(alias)
        columns = [(each.name, each.type) for each in table.columns]
        text = self.maybe(0.05, "ONLY ") + self.reference(table)
        if self.chance(0.3) and "." not in text:
            return Source(text, table.name, columns)
        if columns and self.chance(0.08):
            renamed = self.some(COLUMN_NAMES, 1, min(2, len(columns)))
            columns = list(zip(renamed, [each[1] for each in columns])) + \
                columns[len(renamed):]
            return Source(f"{text} AS {quote(alias)} "
                          f"({', '.join(map(quote, renamed))})", alias, columns)
        return Source(f"{text} {self.maybe(0.5, 'AS ')}{quote(alias)}", alias,
                      columns)

    @staticmethod
    def scope_of(sources):
        """What expressions may name."""
        return [Field(f"{quote(source.alias)}.{quote(name)}", type_text)
                for source in sources for name, type_text in source.columns]

    def joined(self, depth, ctes):
        """FROM's text, and what it gives."""
        first = self.source(depth, ctes, [])
        sources, text, merged = [first], first.text, []
        while len(sources) < 3 and self.chance(0.35):
            scope = self.scope_of(sources)
            item = self.source(depth, ctes, scope)
            if item.alias in [each.alias for each in sources]:
                break
            join, merged = self.join(sources, item, merged)
            text += join
            sources.append(item)
        return text, sources, merged

    def join(self, sources, item, merged):
        """How the next item is joined; the columns that USING merges."""
        kind = self.pick(("JOIN", "LEFT JOIN", "INNER JOIN", "RIGHT JOIN",
                          "FULL OUTER JOIN", "LEFT JOIN"))
        common = [name for name, _ in item.columns
                  if [name for each in sources for other, _ in each.columns
                      if other == name] == [name] and name not in merged]
        if item.text.startswith("LATERAL"):
            kind = self.pick(("JOIN", "LEFT JOIN"))
        if common and len(sources) == 1 and self.chance(0.5):
            if self.chance(0.25):
                return f" NATURAL {kind} {item.text}", merged + common
            columns = self.some(common, 1, 2)
            return (f" {kind} {item.text} USING "
                    f"({', '.join(map(quote, columns))})" +
                    self.maybe(0.08 if self.version >= 14 else 0, " AS ju"),
                    merged + columns)
        if self.chance(0.2):
            return self.pick((", ", " CROSS JOIN ")) + item.text, merged
        scope = self.scope_of(sources + [item])
        if kind.startswith("FULL"):
            return f" {kind} {item.text} ON true", merged
        return f" {kind} {item.text} ON {self.condition(scope, 0)}", merged

    def output(self, value, names):
        """A value of the select list, with a name that is free."""
        free = [name for name in COLUMN_NAMES if name not in names]
        name = self.pick(free or ["last"])
        if self.chance(0.72):
            names.append(name)
            # Before 14 a word that is a keyword anywhere needs AS.
            word = self.maybe(0.8 if self.version >= 14 else 1, "AS ")
            return f"{value} {word}{quote(name)}", name
        last = value.rsplit(".", 1)[-1]
        if last.replace("_", "").replace('"', "").replace(" ", "").isalnum():
            plain = last.replace('"', "")
            if plain in names:
                names.append(name)
                return f"{value} AS {quote(name)}", name
            names.append(plain)
            return value, plain
        return value, None  # a name that only the server knows

    def select(self, depth, ctes):
        """SELECT ... FROM ..., of any form but grouping."""
        if self.chance(0.06):
            return self.without_from()
        text, sources, merged = self.joined(depth, ctes)
        scope = self.scope_of(sources)
        names, items, columns = [], [], []
        if self.chance(0.3):
            items, columns = self.star(sources, merged)
            names = [name for name, _ in columns]
        count = self.number(0 if items else 1, 4)
        for _ in range(count):
            value = self.any_value(scope, self.number(0, 2))
            if self.chance(0.06):
                value = self.filled(self.pick(WINDOWS), scope, 0)
            item, name = self.output(value, names)
            items.append(item)
            if name:
                columns.append((name, self.type_in(scope, value)))
        window = " WINDOW w AS (ORDER BY 1)" \
            if any("OVER w" in item for item in items) else ""
        return (f"SELECT {self.maybe(0.08, 'DISTINCT ')}{', '.join(items)}"
                f" FROM {text}" +
                (f" WHERE {self.condition(scope)}" if self.chance(0.35)
                 else "") + window + self.order(len(items)), columns)

    def star(self, sources, merged):
        """The items and columns of a star."""
        if len(sources) > 1 and self.chance(0.5):
            source = self.pick(sources)
            return [f"{quote(source.alias)}.*"], list(source.columns)
        columns = []
        for source in sources:
            columns += [each for each in source.columns
                        if each[0] not in merged
                        or each[0] not in [name for name, _ in columns]]
        return ["*"], columns

    def without_from(self):
        """SELECT of values only."""
        names, items, columns = [], [], []
        for _ in range(self.number(1, 3)):
            item, name = self.output(self.any_value((), 1), names)
            items.append(item)
            if name:
                columns.append((name, "text"))
        return "SELECT " + ", ".join(items), columns

    @staticmethod
    def type_in(scope, value):
        """The type of a plain column; a guess for all else."""
        for each in scope:
            if each.reference == value:
                return each.type
        return "text" if "||" in value else "integer"

    def order(self, count):
        """ORDER BY and LIMIT."""
        return (self.maybe(0.1, f" ORDER BY {self.number(1, count)}") +
                self.maybe(0.06, " LIMIT 10") + self.maybe(0.03, " OFFSET 2"))

    def grouped(self, depth, ctes):
        """SELECT with GROUP BY and aggregates."""
        text, sources, _ = self.joined(depth, ctes)
        scope = self.scope_of(sources)
        names, items, columns, keys = [], [], [], []
        for field in self.some(scope, 0, 2):
            item, name = self.output(field.reference, names)
            items.append(item)
            keys.append(field.reference)
            if name:
                columns.append((name, field.type))
        for _ in range(self.number(1, 3)):
            value = self.filled(self.pick(AGGREGATES), scope, 0)
            item, name = self.output(value, names)
            items.append(item)
            if name:
                columns.append((name, "bigint"))
        group = ", ".join(keys)
        if keys and self.chance(0.1):
            group = f"ROLLUP ({group})"
        return (f"SELECT {', '.join(items)} FROM {text}" +
                (f" GROUP BY {group}" if keys else "") +
                self.maybe(0.15, " HAVING count(*) > 1"), columns)

    def set_operation(self, depth, ctes):
        """UNION and its like, of the same number of columns."""
        kinds = [self.pick(("int", "text", "number", "moment", "bool", "json"))
                 for _ in range(self.number(1, 3))]
        branches, names = [], self.some(COLUMN_NAMES, len(kinds), len(kinds))
        for branch in range(self.number(2, 3)):
            text, sources, _ = self.joined(max(depth - 1, 0), ctes)
            scope = self.scope_of(sources)
            items = [self.value(kind, scope, 1) for kind in kinds]
            if branch == 0:
                items = [f"{item} AS {quote(name)}"
                         for item, name in zip(items, names)]
            if self.chance(0.03):
                items.append("1")
            branches.append(f"SELECT {', '.join(items)} FROM {text}")
        operator = self.pick((" UNION ", " UNION ALL ", " INTERSECT ",
                              " EXCEPT ", " UNION ALL "))
        types = {"int": "integer", "number": "numeric", "moment": "timestamp",
                 "bool": "boolean", "json": "jsonb"}
        return operator.join(branches), [
            (name, types.get(kind, "text")) for name, kind in zip(names, kinds)]

    def values(self, _depth, _ctes):
        """VALUES, whose columns are column1 and so on."""
        kinds = [self.pick(("int", "text", "number", "date"))
                 for _ in range(self.number(1, 3))]
        rows = [", ".join(self.value(kind, (), 0) for kind in kinds)
                for _ in range(self.number(1, 3))]
        return "VALUES " + ", ".join(f"({row})" for row in rows), [
            (f"column{i + 1}", "text" if kind == "text" else "integer")
            for i, kind in enumerate(kinds)]

    def with_query(self, depth, ctes):
        """A query with common table expressions."""
        own, parts = [], []
        for name in self.some(("cte", "recent", "users", "W"), 1, 2):
            text, columns = self.query(depth - 1, ctes)
            if not columns:
                continue
            renamed = ""
            if self.chance(0.15):
                columns = [("first_one", columns[0][1])] + columns[1:]
                renamed = " (first_one)"
            material = self.maybe(0.1, "MATERIALIZED ")
            parts.append(f"{quote(name)}{renamed} AS {material}({text})")
            own.append((name, columns))
        if self.chance(0.12):
            parts = ["tree(n, label) AS (SELECT 1, 'a'::text UNION ALL SELECT "
                     "n + 1, label || 'b' FROM tree WHERE n < 5)"]
            own = [("tree", [("n", "integer"), ("label", "text")])]
            text, columns = self.select(depth - 1, own)
            return f"WITH RECURSIVE {parts[0]} {text}", columns
        if not own:
            return self.select(depth, ctes)
        text, columns = self.select(depth - 1, list(ctes) + own)
        return f"WITH {', '.join(parts)} {text}", columns

    def whole_table(self, depth, ctes):
        """TABLE x."""
        table = self.relation("rpvm")
        if not table:
            return self.select(depth, ctes)
        return f"TABLE {self.reference(table)}", [
            (each.name, each.type) for each in table.columns]
