"""Choices, names and types: what every statement of the random test needs.

Names come from a small pool, so that they collide, exist in several schemas
and are met again after a drop; some need quotes, some are longer than a name
may be and collide once they are cut.
"""

import random
import re

LONG = "quite_a_long_name_that_says_everything_about_what_it_holds_so_that"

RELATION_NAMES = (
    "users", "orders", "order_items", "events", "logs", "tags", "t", "u", "v",
    "accounts", "Mixed Case", "select", "größe", LONG, LONG + "_cut_off",
    LONG[:58] + "ä" * 4, "t_a", "users_id", "t1", "t2", "archive", "notes")

COLUMN_NAMES = (
    "id", "a", "b", "c", "d", "e", "user_id", "name", "total", "status",
    "created_at", "data", "tags", "Weird Col", "order", "länge", LONG,
    LONG + "_id", "t_id", "kind", "parent_id", "x", "y")

SCHEMA_NAMES = ("app", "audit", "Odd Schema", "s1", "s2", "public")

TYPE_NAMES = ("mood", "color", "money_amount", "email", "address", "pair",
              "span", "Kind", "status", "level", LONG + "_type", "users")

FUNCTION_NAMES = ("f", "g", "touch", "add_up", "label_of", "Mixed Fn", "lower",
                  LONG + "_fn", "users")

RESERVED = frozenset(
    "select order user table group limit check default all and any".split())

INTEGER = ("integer", "bigint", "smallint", "int", "int8", "int4")
NUMBER = ("numeric", "numeric(10,2)", "numeric(5)", "real",
          "double precision", "decimal(8,3)", "float(10)", "float8")
TEXT = ("text", "varchar(20)", "varchar", "char(3)", "character varying(40)",
        "char", "bpchar")
MOMENT = ("timestamp", "timestamptz", "timestamp(3)", "timestamptz(0)",
          "timestamp with time zone", "date")
OTHER = (
    "boolean", "bool", "uuid", "json", "jsonb", "bytea", "time", "timetz",
    "interval", "interval day to second", "interval(3)", "inet", "cidr",
    "macaddr", "int4range", "tsrange", "daterange", "numrange", "tsvector",
    "tsquery", "point", "box", "money", "bit(3)", "bit varying(5)", "bit",
    "oid", "regclass", "name", '"char"', "xml", "varbit", "path", "circle",
    "pg_catalog.int4", "int8range", "macaddr8", "jsonpath", "time(2)",
    "national character varying(7)", "interval hour to minute")
ARRAYS = ("int[]", "text[]", "varchar(5)[]", "integer[3]", "numeric(6,1)[]",
          "text[][]", "bigint array", "int array[4]", "uuid[]", "jsonb[]")
INVALID = ("no_such_type", "anyelement", "record", "varchar(0)",
           "numeric(2000)", "setof int", "unknown", "cstring", "text(5)",
           "int(4)", "nowhere.t", "trigger", "integer%type")
EXTENSION_TYPES = {"citext": "citext", "hstore": "hstore", "ltree": "ltree"}

CATEGORIES = (
    ("array", re.compile(r"\[\]$")),
    ("int", re.compile(r"^(integer|bigint|smallint)$")),
    ("number", re.compile(r"^(numeric|real|double)")),
    ("text", re.compile(r"^(text|character|name|citext|bpchar)")),
    ("bool", re.compile(r"^boolean$")),
    ("date", re.compile(r"^date$")),
    ("moment", re.compile(r"^timestamp")),
    ("time", re.compile(r"^time ")),
    ("interval", re.compile(r"^interval")),
    ("uuid", re.compile(r"^uuid$")),
    ("json", re.compile(r"^jsonb?$")),
    ("range", re.compile(r"range$")),
)


def category_of(type_text):
    """The kind of values of a type as format_type() prints it."""
    for category, pattern in CATEGORIES:
        if pattern.search(type_text):
            return category
    return "other"


def quote(name):
    """A name as SQL, quoted where it must be."""
    if re.fullmatch(r"[a-z_][a-z0-9_]*", name) and name not in RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def cut(name):
    """A name as the server keeps it."""
    return name.encode()[:63].decode(errors="ignore")


class Choices:
    """Everything random, from one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, probability):
        """True that often."""
        return self.random.random() < probability

    def pick(self, items):
        """One of them; None of none."""
        items = list(items)
        return self.random.choice(items) if items else None

    def number(self, low, high):
        """A whole number, both ends included."""
        return self.random.randint(low, high)

    def some(self, items, low=1, high=3):
        """A few of them, no one twice, in any order."""
        items = list(items)
        count = min(len(items), self.number(low, high))
        return self.random.sample(items, count)

    def weighted(self, pairs):
        """One of (weight, item)."""
        weights, items = zip(*pairs)
        return self.random.choices(items, weights)[0]

    def maybe(self, probability, text):
        """The text, that often; else nothing."""
        return text if self.chance(probability) else ""


class Words(Choices):
    """Names of things that are there, are new, or are missing."""

    def __init__(self, seed, version, state):
        super().__init__(seed)
        self.version = version
        self.state = state

    def name(self, name):
        """As SQL: now and then quoted or in capitals without need."""
        if quote(name) == name and self.chance(0.04):
            return self.pick((name.upper(), f'"{name}"'))
        return quote(name)

    def names(self, names):
        """A list of them."""
        return ", ".join(self.name(name) for name in names)

    def is_visible(self, thing):
        """Whether the search_path comes to this relation first."""
        for schema in ["pg_temp"] + self.state.path:
            for each in self.state.relations:
                if each.schema == schema and each.name == thing.name:
                    return schema == thing.schema
        return False

    def reference(self, thing):
        """A relation or type by name, with its schema where that helps."""
        visible = thing.schema in self.state.path[:1] or self.is_visible(thing)
        if visible and self.chance(0.85) or self.chance(0.02):
            return self.name(thing.name)
        return f"{self.name(thing.schema)}.{self.name(thing.name)}"

    def new_name(self, pool, taken, collide=0.09):
        """One from the pool that is not taken, mostly."""
        taken = {cut(name) for name in taken}
        free = [name for name in pool if cut(name) not in taken]
        if self.chance(collide) or not free:
            return self.pick(pool)
        # The first of the pool are the plain ones.
        return free[min(self.number(0, len(free) - 1),
                        self.number(0, len(free) - 1))]

    def target_schema(self):
        """'schema.' or nothing, and where that is."""
        home = self.state.path[0] if self.state.path else None
        schema = self.pick(self.state.schemas)
        if not schema or home and self.chance(0.8):
            return "", home
        if self.chance(0.02):
            return "nowhere.", "nowhere"
        return self.name(schema) + ".", schema

    def new_relation(self, pool=RELATION_NAMES):
        """The name for CREATE, with a schema perhaps."""
        prefix, schema = self.target_schema()
        taken = [each.name for each in self.state.relations
                 if each.schema == schema]
        return prefix + self.name(self.new_name(pool, taken))

    def relation(self, kinds="r", missing=0.05):
        """One of those kinds, or None: it is then to be given up, unless
        a missing or wrong one does."""
        if self.chance(missing):
            return self.pick(self.state.relations)
        return self.pick(self.state.of_kind(kinds))

    def missing(self):
        """A relation that is not there."""
        return self.pick(("nope", "public.nope", "nowhere.t", "missing_one"))

    def column(self, table, missing=0.03):
        """The name of one of its columns."""
        if not table.columns or self.chance(missing):
            return self.pick(COLUMN_NAMES + ("ctid",))
        return self.pick(table.columns).name

    def columns(self, table, low=1, high=3):
        """Some of its columns' names."""
        names = [each.name for each in table.columns]
        if not names or self.chance(0.02):
            return [self.pick(COLUMN_NAMES)]
        return self.some(names, low, high)

    def type_name(self, invalid=0.02):
        """Any type, as one writes it in a column."""
        own = self.state.types + self.state.of_kind("rv")
        extensions = [EXTENSION_TYPES[name] for name in self.state.extensions
                      if name in EXTENSION_TYPES]
        if self.chance(invalid):
            return self.pick(INVALID)
        if own and self.chance(0.15):
            return self.reference(self.pick(own)) + self.maybe(0.15, "[]")
        if extensions and self.chance(0.1):
            return self.pick(extensions)
        if self.version >= 14 and self.chance(0.01):
            return "int4multirange"
        return self.weighted(((30, self.pick(INTEGER)), (10, self.pick(NUMBER)),
                              (30, self.pick(TEXT)), (12, self.pick(MOMENT)),
                              (18, self.pick(OTHER)), (6, self.pick(ARRAYS))))

    def drop_behavior(self):
        """What a DROP ends with."""
        return self.weighted(((60, ""), (25, " CASCADE"), (15, " RESTRICT")))

    def if_exists(self):
        """Now and then."""
        return self.maybe(0.2, "IF EXISTS ")

    def if_not_exists(self):
        """Now and then."""
        return self.maybe(0.15, "IF NOT EXISTS ")
