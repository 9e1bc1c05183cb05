#!/usr/bin/env python3
"""Writes the tables of src/schema/builtin from real servers: make builtin.

In a database of its own on each server every extension is created in a schema
of its own, and the catalogs are read. Rows that are equal in several versions
become one row with a set of versions. Texts stand once in one string, rows
hold their offsets, so that the program's start relocates nothing.
"""

import json
import os
import re
import sys

from servers import VERSIONS, Servers, ServersError

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      "..", "..", "schema", "builtin")

# From here on an object's id differs from server to server.
OID_FIXED_END = 10000
OID_OURS = 20000

# Languages and what needs one that most servers lack.
NOT_READ = re.compile(r"^(pl|.*_pl|adminpack$)")

UNIT_CATALOG = 0
UNIT_INFORMATION_SCHEMA = 1
UNIT_FIRST = 2

MODIFIERS = {
    "bittypmodin": "BUILTIN_MODIFIER_BIT",
    "varbittypmodin": "BUILTIN_MODIFIER_BIT",
    "bpchartypmodin": "BUILTIN_MODIFIER_CHARACTER",
    "varchartypmodin": "BUILTIN_MODIFIER_CHARACTER",
    "numerictypmodin": "BUILTIN_MODIFIER_NUMERIC",
    "timetypmodin": "BUILTIN_MODIFIER_TIME",
    "timetztypmodin": "BUILTIN_MODIFIER_TIME",
    "timestamptypmodin": "BUILTIN_MODIFIER_TIMESTAMP",
    "timestamptztypmodin": "BUILTIN_MODIFIER_TIMESTAMP",
    "intervaltypmodin": "BUILTIN_MODIFIER_INTERVAL",
    "geometry": "BUILTIN_MODIFIER_GEOMETRY",
    "dimension": "BUILTIN_MODIFIER_DIMENSION",
    "-": "BUILTIN_MODIFIER_NONE",
}

# What a server that lacks the extension cannot tell: names of types, what
# modifiers they take.
OPAQUE_TYPES = {
    "postgis": {
        "geometry": "geometry",
        "geography": "geometry",
        "box2d": "-",
        "box2df": "-",
        "box3d": "-",
        "gidx": "-",
        "spheroid": "-",
        "geometry_dump": "-",
        "valid_detail": "-",
    },
    "postgis_raster": {"raster": "-"},
    "vector": {
        "vector": "dimension",
        "halfvec": "dimension",
        "sparsevec": "dimension",
    },
}
OPAQUE_REQUIRED = {"postgis_raster": "postgis"}

# Access methods and operator classes of the same: method, name, type, default.
OPAQUE_METHODS = {"vector": ["hnsw", "ivfflat"]}
OPAQUE_CLASSES = {
    "postgis": [
        ("btree", "btree_geometry_ops", "geometry", True),
        ("btree", "btree_geography_ops", "geography", True),
        ("hash", "hash_geometry_ops", "geometry", True),
        ("gist", "gist_geometry_ops_2d", "geometry", True),
        ("gist", "gist_geometry_ops_nd", "geometry", False),
        ("gist", "gist_geography_ops", "geography", True),
        ("brin", "brin_geometry_inclusion_ops_2d", "geometry", True),
        ("brin", "brin_geometry_inclusion_ops_3d", "geometry", False),
        ("brin", "brin_geometry_inclusion_ops_4d", "geometry", False),
        ("brin", "brin_geography_inclusion_ops", "geography", True),
        ("spgist", "spgist_geometry_ops_2d", "geometry", True),
        ("spgist", "spgist_geometry_ops_3d", "geometry", False),
        ("spgist", "spgist_geometry_ops_nd", "geometry", False),
        ("spgist", "spgist_geography_ops_nd", "geography", True),
    ],
    "vector": [
        ("btree", "vector_ops", "vector", True),
        ("btree", "halfvec_ops", "halfvec", True),
        ("btree", "sparsevec_ops", "sparsevec", True),
        ("ivfflat", "vector_l2_ops", "vector", True),
        ("ivfflat", "vector_ip_ops", "vector", False),
        ("ivfflat", "vector_cosine_ops", "vector", False),
        ("ivfflat", "halfvec_l2_ops", "halfvec", False),
        ("ivfflat", "halfvec_ip_ops", "halfvec", False),
        ("ivfflat", "halfvec_cosine_ops", "halfvec", False),
        ("ivfflat", "bit_hamming_ops", "bit", False),
        ("hnsw", "vector_l2_ops", "vector", False),
        ("hnsw", "vector_ip_ops", "vector", False),
        ("hnsw", "vector_cosine_ops", "vector", False),
        ("hnsw", "vector_l1_ops", "vector", False),
        ("hnsw", "halfvec_l2_ops", "halfvec", False),
        ("hnsw", "halfvec_ip_ops", "halfvec", False),
        ("hnsw", "halfvec_cosine_ops", "halfvec", False),
        ("hnsw", "halfvec_l1_ops", "halfvec", False),
        ("hnsw", "sparsevec_l2_ops", "sparsevec", False),
        ("hnsw", "sparsevec_ip_ops", "sparsevec", False),
        ("hnsw", "sparsevec_cosine_ops", "sparsevec", False),
        ("hnsw", "sparsevec_l1_ops", "sparsevec", False),
        ("hnsw", "bit_hamming_ops", "bit", False),
        ("hnsw", "bit_jaccard_ops", "bit", False),
    ],
}


class Catalogs:
    """One server's catalogs, with every extension, as rows of dicts."""

    def __init__(self, version, connection):
        self.version = version
        self._connection = connection
        self.extensions = []
        self._make_extensions()

    def rows(self, query):
        """What a query finds."""
        return json.loads(self._connection.query(
            f"select coalesce(json_agg(q), '[]') from ({query}) q")[0][0])

    def _make_extensions(self):
        """Each in a schema of its own; those it needs before it."""
        self.extensions = self.rows("""
            select name, coalesce(schema, '') as schema,
                   coalesce(requires[1], '') as required
            from pg_available_extension_versions v
            where exists (select from pg_available_extensions e
                          where e.name = v.name
                            and e.default_version = v.version)
            order by requires is not null, name collate "C" """)
        self.extensions = [e for e in self.extensions
                           if not NOT_READ.match(e["name"])]
        for extension in self.extensions:
            name = extension["name"]
            self._connection.query(
                f'create schema "ext_{name}";'
                f'create extension "{name}" schema "ext_{name}"')


# The extension of an object, else its schema: what unit_of() takes.
UNIT = """
    coalesce((select e.extname from pg_depend d
              join pg_extension e on e.oid = d.refobjid
              where d.classid = '{catalog}'::regclass and d.objid = {oid}
                and d.refclassid = 'pg_extension'::regclass
                and d.deptype = 'e' and e.extname <> 'plpgsql'),
             (select nspname from pg_namespace where oid = {namespace})) as unit
"""


def unit_query(catalog, oid, namespace="0"):
    return UNIT.format(catalog=catalog, oid=oid, namespace=namespace)


def read_types(server):
    subscript = "typsubscript <> 0" if server.version >= 14 else \
        "typelem <> 0"
    multirange = """(select rngmultitypid from pg_range
                     where rngtypid = t.oid)""" \
        if server.version >= 14 else "0"
    range_of = """(select rngtypid from pg_range
                   where rngmultitypid = t.oid)""" \
        if server.version >= 14 else "0"
    return server.rows(f"""
        select t.oid::int8, typname as name,
               {unit_query('pg_type', 't.oid', 'typnamespace')},
               typtype as kind, typcategory as category,
               typispreferred as is_preferred, typelem::int8 as element,
               typarray::int8 as array,
               coalesce(nullif(typbasetype, 0)::int8,
                        (select rngsubtype::int8 from pg_range
                         where rngtypid = t.oid), {range_of}::int8, 0) as base,
               coalesce({multirange}, 0)::int8 as multirange,
               typtypmod as base_modifier, typmodin::text as modifier,
               typlen = -1 and typelem <> 0 as is_array,
               typcollation <> 0 as is_collatable,
               {subscript} as is_subscriptable,
               i.provolatile as input, o.provolatile as output
        from pg_type t
        join pg_proc i on i.oid = t.typinput
        join pg_proc o on o.oid = t.typoutput
        where typnamespace::regnamespace::text <> 'pg_toast' """)


def read_functions(server):
    return server.rows(f"""
        select p.oid::int8, proname as name,
               {unit_query('pg_proc', 'p.oid', 'pronamespace')},
               array(select unnest(proargtypes)::int8) as arguments,
               prorettype::int8 as result, prokind as kind,
               provolatile as volatility, proisstrict as is_strict,
               proretset as returns_set, provariadic::int8 as variadic,
               pronargdefaults as default_count,
               proallargtypes::int8[] as all_types, proargmodes as modes,
               proargnames as names, aggkind as aggregate_kind,
               coalesce(aggnumdirectargs, 0) as direct_count
        from pg_proc p left join pg_aggregate a on a.aggfnoid = p.oid""")


def read_operators(server):
    return server.rows(f"""
        select o.oid::int8, oprname as name,
               {unit_query('pg_operator', 'o.oid', 'oprnamespace')},
               oprleft::int8 as left, oprright::int8 as right,
               oprresult::int8 as result, oprcode::oid::int8 as function,
               oprcom::int8 as commutator, oprnegate::int8 as negator,
               provolatile as volatility
        from pg_operator o join pg_proc p on p.oid = o.oprcode""")


def read_casts(server):
    return server.rows(f"""
        select {unit_query('pg_cast', 'c.oid')},
               castsource::int8 as source, casttarget::int8 as target,
               castfunc::int8 as function, castcontext as context,
               castmethod as method,
               coalesce(provolatile, 'i') as volatility
        from pg_cast c left join pg_proc p on p.oid = c.castfunc""")


def read_methods(server):
    return server.rows(f"""
        select oid::int8, amname as name, {unit_query('pg_am', 'a.oid')},
               amtype as kind
        from pg_am a""")


def read_families(server):
    return server.rows(f"""
        select oid::int8, opfname as name,
               {unit_query('pg_opfamily', 'f.oid', 'opfnamespace')},
               opfmethod::int8 as method
        from pg_opfamily f""")


def read_classes(server):
    return server.rows(f"""
        select opcname as name,
               {unit_query('pg_opclass', 'c.oid', 'opcnamespace')},
               opcmethod::int8 as method, opcfamily::int8 as family,
               opcintype::int8 as input, opckeytype::int8 as key,
               opcdefault as is_default
        from pg_opclass c""")


def read_family_operators(server):
    return server.rows(f"""
        select {unit_query('pg_operator', 'amopopr', 'o.oprnamespace')},
               amopfamily::int8 as family, amoplefttype::int8 as left,
               amoprighttype::int8 as right, amopopr::int8 as operator,
               amopstrategy as strategy
        from pg_amop a join pg_operator o on o.oid = a.amopopr
        where amoppurpose = 's'""")


def read_relations(server):
    return server.rows(f"""
        select relname as name,
               {unit_query('pg_class', 'c.oid', 'relnamespace')},
               relkind as kind, reltype::int8 as row_type,
               array(select json_build_array(attname, atttypid::int8,
                                             attnotnull)
                     from pg_attribute
                     where attrelid = c.oid and attnum > 0
                       and not attisdropped
                     order by attnum) as columns
        from pg_class c
        where relkind in ('r', 'v', 'm', 'S', 'f')
          and relnamespace::regnamespace::text <> 'pg_toast' """)


def read_collations(server):
    return server.rows(f"""
        select oid::int8, collname as name from pg_collation
        where oid < {OID_FIXED_END}""")


class Numbers:
    """Our numbers for objects that every server numbers otherwise."""

    def __init__(self, what):
        self.what = what
        self.keys = {}

    def note(self, key):
        self.keys[key] = None

    def settle(self):
        for number, key in enumerate(sorted(self.keys), OID_OURS):
            if number > 65535:
                sys.exit(f"too many {self.what}")
            self.keys[key] = number

    def get(self, key):
        return self.keys[key]


class Texts:
    """All names, each once, sorted, one after another."""

    def __init__(self):
        self.offsets = {"": None}

    def note(self, text):
        self.offsets[text] = None

    def settle(self):
        offset = 0
        for text in sorted(self.offsets):
            self.offsets[text] = offset
            offset += len(text.encode()) + 1
        if offset >= 1 << 24:
            sys.exit("too many names")

    def get(self, text):
        return self.offsets[text]

    def write(self):
        lines, line = [], ""
        for text in sorted(self.offsets):
            literal = '"' + text.replace("\\", "\\\\").replace('"', '\\"') \
                .replace("?", "\\?") + '\\0"'
            if line and len(line) + 1 + len(literal) > 80:
                lines.append(line)
                line = ""
            line += (" " if line else "") + literal
        return "\n".join(lines + [line]) + "\n"


class Pool:
    """Lists that stand one after another in an array, each once."""

    def __init__(self, what):
        self.what = what
        self.offsets = {(): 0}
        self.items = []

    def get(self, items):
        items = tuple(items)
        if items not in self.offsets:
            self.offsets[items] = len(self.items)
            self.items += items
            if self.offsets[items] > 65535:
                sys.exit(f"too many {self.what}")
        return self.offsets[items]

    def write(self):
        items = self.items or ["0"]
        lines, line = [], ""
        for item in items:
            item = str(item) + ","
            if line and len(line) + 1 + len(item) > 80:
                lines.append(line)
                line = ""
            line += (" " if line else "") + item
        return "\n".join(lines + [line]) + "\n"


class Rows:
    """Rows that are equal in several versions become one."""

    def __init__(self):
        self.versions = {}

    def add(self, version, sort, fields, comment):
        key = (sort, tuple(fields), comment)
        self.versions.setdefault(key, 0)
        self.versions[key] |= 1 << (version - VERSIONS[0])

    def write(self):
        lines = []
        for (_, fields, comment), versions in sorted(
                self.versions.items(),
                key=lambda item: (item[0][0], item[1], str(item[0][1]))):
            text = ", ".join(
                str(versions) if field is None else str(field)
                for field in fields)
            comment = comment.replace("*/", "* /").replace("/*", "/ *")
            lines.append("{" + text + "}, /* " + comment + " */")
        return "\n".join(lines) + "\n"


def flag(value):
    return "1" if value else "0"


def character(value):
    return f"'{value}'" if value else "0"


class Catalogue:
    """All servers' rows, numbered alike, and the tables made of them."""

    def __init__(self):
        self.data = {}
        self.texts = Texts()
        self.types = Numbers("types")
        self.functions = Numbers("functions")
        self.operators = Numbers("operators")
        self.methods = Numbers("access methods")
        self.families = Numbers("operator families")
        self.units = ["pg_catalog", "information_schema"]

    def read(self, server):
        data = {
            "types": read_types(server),
            "functions": read_functions(server),
            "operators": read_operators(server),
            "casts": read_casts(server),
            "methods": read_methods(server),
            "families": read_families(server),
            "classes": read_classes(server),
            "family operators": read_family_operators(server),
            "relations": read_relations(server),
            "collations": read_collations(server),
            "extensions": server.extensions,
        }
        self.data[server.version] = data

    def add_opaque(self):
        """The types of extensions that no server here has."""
        oid = 1 << 33  # no server's
        for data in self.data.values():
            method_oids = {m["name"]: m["oid"] for m in data["methods"]}
            type_oids = {t["name"]: t["oid"] for t in data["types"]
                         if t["unit"] == "pg_catalog"}
            for extension, types in OPAQUE_TYPES.items():
                data["extensions"].append({
                    "name": extension, "schema": "", "is_opaque": True,
                    "required": OPAQUE_REQUIRED.get(extension, "")})
                for name, modifier in types.items():
                    row = {
                        "oid": oid, "name": name, "unit": extension,
                        "kind": "b", "category": "U", "is_preferred": False,
                        "element": 0, "array": oid + 1, "base": 0,
                        "multirange": 0, "base_modifier": -1,
                        "modifier": modifier, "is_array": False,
                        "is_collatable": False, "is_subscriptable": False,
                        "input": "i", "output": "i"}
                    type_oids[name] = oid
                    data["types"].append(row)
                    data["types"].append(dict(
                        row, oid=oid + 1, name="_" + name, category="A",
                        element=oid, array=0, is_array=True,
                        is_subscriptable=True))
                    oid += 2
                for name in OPAQUE_METHODS.get(extension, []):
                    method_oids[name] = oid
                    data["methods"].append({
                        "oid": oid, "name": name, "unit": extension,
                        "kind": "i"})
                    oid += 1
                for method, name, input_type, default in \
                        OPAQUE_CLASSES.get(extension, []):
                    data["families"].append({
                        "oid": oid, "name": name, "unit": extension,
                        "method": method_oids[method]})
                    data["classes"].append({
                        "name": name, "unit": extension,
                        "method": method_oids[method], "family": oid,
                        "input": type_oids[input_type], "key": 0,
                        "is_default": default})
                    oid += 1

    def unit(self, name):
        if name is None:
            return UNIT_CATALOG
        if name.startswith("ext_"):
            name = name[len("ext_"):]
        return self.units.index(name)

    def settle(self):
        """Gives keys to everything, then numbers."""
        self.add_opaque()
        names = sorted({e["name"] for data in self.data.values()
                        for e in data["extensions"]})
        self.units += names
        for data in self.data.values():
            self.key_all(data)
        for numbers in (self.types, self.functions, self.operators,
                        self.methods, self.families):
            numbers.settle()
        self.texts.settle()

    def key_all(self, data):
        for row in data["types"]:
            row["key"] = (self.unit(row["unit"]), row["name"])
        keys = data["type keys"] = {r["oid"]: r["key"] for r in data["types"]}
        for row in data["functions"]:
            row["key"] = (self.unit(row["unit"]), row["name"],
                          tuple(keys[a] for a in row["arguments"]))
        for row in data["operators"]:
            row["key"] = (self.unit(row["unit"]), row["name"],
                          keys.get(row["left"], ()),
                          keys.get(row["right"], ()))
        for row in data["methods"]:
            row["key"] = (self.unit(row["unit"]), row["name"])
        methods = {r["oid"]: r["key"] for r in data["methods"]}
        for row in data["families"]:
            row["key"] = (self.unit(row["unit"]), methods[row["method"]],
                          row["name"])
        for what, numbers in (("types", self.types),
                              ("functions", self.functions),
                              ("operators", self.operators),
                              ("methods", self.methods),
                              ("families", self.families)):
            by_oid = data[what + " by oid"] = {0: (0, None)}
            for row in data[what]:
                if row["oid"] < OID_FIXED_END:
                    by_oid[row["oid"]] = (row["oid"], None)
                else:
                    numbers.note(row["key"])
                    by_oid[row["oid"]] = (None, row["key"])
        # The order in which lists come into the pools: always the same.
        data["functions"].sort(key=lambda row: row["key"])
        data["relations"].sort(key=lambda row: (self.unit(row["unit"]),
                                                row["name"]))
        self.note_texts(data)

    def note_texts(self, data):
        for what in ("types", "functions", "operators", "methods", "families",
                     "classes", "relations", "collations", "extensions"):
            for row in data[what]:
                self.texts.note(row["name"])
        for row in data["functions"]:
            for name in row["names"] or []:
                self.texts.note(name)
        for row in data["relations"]:
            for name, _, _ in row["columns"]:
                self.texts.note(name)
        for row in data["extensions"]:
            self.texts.note(row["schema"])
            self.texts.note(row["required"])

    def number(self, data, what, numbers, oid):
        fixed, key = data[what + " by oid"][oid]
        return numbers.get(key) if key else fixed

    def tables(self):
        """The text of each file."""
        self.arguments = Pool("arguments")
        self.details = Pool("details")
        self.columns = Pool("columns")
        files = {
            "types.inc": self.table(self.type_rows),
            "functions.inc": self.table(self.function_rows),
            "operators.inc": self.table(self.operator_rows),
            "casts.inc": self.table(self.cast_rows),
            "access_methods.inc": self.table(self.method_rows),
            "operator_families.inc": self.table(self.family_rows),
            "operator_classes.inc": self.table(self.class_rows),
            "family_operators.inc": self.table(self.family_operator_rows),
            "relations.inc": self.table(self.relation_rows),
            "collations.inc": self.table(self.collation_rows),
            "extensions.inc": self.table(self.extension_rows),
        }
        files["arguments.inc"] = self.arguments.write()
        files["details.inc"] = self.details.write()
        files["columns.inc"] = self.columns.write()
        files["texts.inc"] = self.texts.write()
        files["types_by_oid.inc"] = self.by_oid(files["types.inc"], 2)
        files["functions_by_oid.inc"] = self.by_oid(files["functions.inc"], 2)
        files["operators_by_oid.inc"] = self.by_oid(files["operators.inc"], 2)
        return {name: f"/* Made by src/tools/truth/builtin.py. */\n{text}"
                for name, text in files.items()}

    @staticmethod
    def by_oid(table, field):
        """The rows' places, in the order of their object ids."""
        oids = [(int(line.strip("{").split(", ")[field]), place)
                for place, line in enumerate(table.splitlines())]
        pool = Pool("rows")
        pool.items = [place for _, place in sorted(oids)]
        return pool.write()

    def table(self, add_rows):
        rows = Rows()
        for version, data in sorted(self.data.items()):
            add_rows(rows, version, data)
        return rows.write()

    def type(self, data, oid):
        return self.number(data, "types", self.types, oid)

    def function(self, data, oid):
        return self.number(data, "functions", self.functions, oid)

    def operator(self, data, oid):
        return self.number(data, "operators", self.operators, oid)

    def type_rows(self, rows, version, data):
        for row in data["types"]:
            oid, unit = self.type(data, row["oid"]), self.unit(row["unit"])
            rows.add(version, (row["name"].encode(), unit, oid), [
                self.texts.get(row["name"]), None, oid,
                self.type(data, row["element"]),
                self.type(data, row["array"]), self.type(data, row["base"]),
                self.type(data, row["multirange"]), row["base_modifier"],
                character(row["kind"]), character(row["category"]), unit,
                MODIFIERS[row["modifier"].split(".")[-1]],
                character(row["input"]), character(row["output"]),
                flag(row["is_preferred"]), flag(row["is_array"]),
                flag(row["is_collatable"]), flag(row["is_subscriptable"]),
            ], row["name"])

    def function_rows(self, rows, version, data):
        for row in data["functions"]:
            oid, unit = self.function(data, row["oid"]), self.unit(row["unit"])
            arguments = [self.type(data, a) for a in row["arguments"]]
            details = self.detail_list(data, row)
            rows.add(version, (row["name"].encode(), unit, oid), [
                self.texts.get(row["name"]), None, oid,
                self.type(data, row["result"]),
                self.arguments.get(arguments), self.details.get(details),
                len(arguments), row["default_count"], len(details), unit,
                character(row["kind"]), character(row["volatility"]),
                character(row["aggregate_kind"]), row["direct_count"],
                self.type(data, row["variadic"]),
                flag(row["is_strict"]), flag(row["returns_set"]),
            ], row["name"])

    def detail_list(self, data, row):
        if not row["names"] and not row["modes"]:
            return []
        types = row["all_types"] or row["arguments"]
        modes = row["modes"] or ["i"] * len(types)
        names = row["names"] or [""] * len(types)
        return [f"{{{self.texts.get(name)}, '{mode}', "
                f"{self.type(data, argument)}}}"
                for name, mode, argument in zip(names, modes, types)]

    def operator_rows(self, rows, version, data):
        for row in data["operators"]:
            oid, unit = self.operator(data, row["oid"]), self.unit(row["unit"])
            rows.add(version, (row["name"].encode(), unit, oid), [
                self.texts.get(row["name"]), None, oid,
                self.type(data, row["left"]), self.type(data, row["right"]),
                self.type(data, row["result"]),
                self.function(data, row["function"]),
                self.operator(data, row["commutator"]),
                self.operator(data, row["negator"]), unit,
                character(row["volatility"]),
            ], row["name"])

    def cast_rows(self, rows, version, data):
        names = {r["oid"]: r["name"] for r in data["types"]}
        for row in data["casts"]:
            source = self.type(data, row["source"])
            target = self.type(data, row["target"])
            rows.add(version, (source, target), [
                source, target, self.function(data, row["function"]), None,
                self.unit(row["unit"]), character(row["context"]),
                character(row["method"]), character(row["volatility"]),
            ], f"{names[row['source']]} {names[row['target']]}")

    def method_rows(self, rows, version, data):
        for row in data["methods"]:
            number = self.number(data, "methods", self.methods, row["oid"])
            rows.add(version, (row["name"].encode(),), [
                self.texts.get(row["name"]), None, number,
                self.unit(row["unit"]), character(row["kind"]),
            ], row["name"])

    def family_rows(self, rows, version, data):
        for row in data["families"]:
            number = self.number(data, "families", self.families, row["oid"])
            method = self.number(data, "methods", self.methods, row["method"])
            rows.add(version, (number,), [
                self.texts.get(row["name"]), None, number, method,
                self.unit(row["unit"]),
            ], row["name"])

    def class_rows(self, rows, version, data):
        for row in data["classes"]:
            method = self.number(data, "methods", self.methods, row["method"])
            unit = self.unit(row["unit"])
            rows.add(version, (method, row["name"].encode(), unit), [
                self.texts.get(row["name"]), None, method,
                self.number(data, "families", self.families, row["family"]),
                self.type(data, row["input"]), self.type(data, row["key"]),
                unit, flag(row["is_default"]),
            ], row["name"])

    def family_operator_rows(self, rows, version, data):
        names = {r["oid"]: r["name"] for r in data["operators"]}
        for row in data["family operators"]:
            family = self.number(data, "families", self.families,
                                 row["family"])
            left = self.type(data, row["left"])
            right = self.type(data, row["right"])
            rows.add(version, (family, left, right, row["strategy"]), [
                family, left, right, self.operator(data, row["operator"]),
                row["strategy"], None, self.unit(row["unit"]),
            ], names[row["operator"]])

    def relation_rows(self, rows, version, data):
        for row in data["relations"]:
            columns = [f"{{{self.texts.get(name)}, {flag(is_not_null)}, "
                       f"{self.type(data, column_type)}}}"
                       for name, column_type, is_not_null in row["columns"]]
            unit = self.unit(row["unit"])
            rows.add(version, (row["name"].encode(), unit), [
                self.texts.get(row["name"]), None,
                self.type(data, row["row_type"]), self.columns.get(columns),
                len(columns), unit, character(row["kind"]),
            ], row["name"])

    def collation_rows(self, rows, version, data):
        for row in data["collations"]:
            rows.add(version, (row["name"].encode(),), [
                self.texts.get(row["name"]), None, row["oid"],
            ], row["name"])

    def extension_rows(self, rows, version, data):
        for row in data["extensions"]:
            rows.add(version, (row["name"].encode(),), [
                self.texts.get(row["name"]), None,
                self.texts.get(row["schema"]),
                self.texts.get(row["required"]), self.unit(row["name"]),
                flag(row.get("is_opaque")),
            ], row["name"])


def make_tables(servers):
    """The text of each file, from servers of all versions."""
    catalogue = Catalogue()
    for version in VERSIONS:
        with servers[version].new_database() as connection:
            catalogue.read(Catalogs(version, connection))
    catalogue.settle()
    return catalogue.tables()


def compare_tables(servers):
    """The names of committed files that are not what the servers say. A row
    is of many versions, so all of them are to blame."""
    different = []
    for name, text in make_tables(servers).items():
        try:
            with open(os.path.join(FOLDER, name), encoding="ascii") as file:
                if file.read() != text:
                    different.append(name)
        except FileNotFoundError:
            different.append(name)
    return {version: different for version in VERSIONS}


def main():
    """Writes the tables; returns the exit status."""
    try:
        with Servers(VERSIONS, sys.argv[1]) as servers:
            tables = make_tables(servers)
    except ServersError as error:
        print(f"builtin: {error}", file=sys.stderr)
        return 2
    for name, text in tables.items():
        with open(os.path.join(FOLDER, name), "w", encoding="ascii") as file:
            file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
