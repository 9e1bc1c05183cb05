"""CREATE TABLE in all its forms, with columns and constraints."""

from random_expressions import Field
from random_productions import production
from random_words import COLUMN_NAMES, RELATION_NAMES, category_of, quote

STORAGE = ("", "", "", "", " WITH (fillfactor = 70)",
           " WITH (autovacuum_enabled = false)", " USING heap")


def persistence(g):
    """Between CREATE and TABLE."""
    return g.weighted(((88, ""), (5, "UNLOGGED "), (6, "TEMPORARY "),
                       (1, "TEMP ")))


def attributes(g, kind):
    """What may follow a constraint: kind is its first word."""
    text = ""
    if kind in ("UNIQUE", "PRIMARY", "EXCLUDE", "REFERENCES", "FOREIGN"):
        text += g.maybe(0.12, g.pick((
            " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE",
            " INITIALLY DEFERRED", " DEFERRABLE INITIALLY IMMEDIATE")))
    if kind == "CHECK":
        text += g.maybe(0.1, " NO INHERIT")
        text += g.maybe(0.01, " DEFERRABLE")
    if kind in ("CHECK", "REFERENCES", "FOREIGN") and g.version >= 18:
        text += g.maybe(0.1, g.pick((" NOT ENFORCED", " ENFORCED")))
    return text


def named(g, table_name):
    """CONSTRAINT name, or nothing."""
    if g.chance(0.65):
        return ""
    name = g.pick((f"{table_name}_check", f"{table_name}_pkey", "positive",
                   "Named Rule", f"{table_name}_a_fkey", "uq",
                   f"{table_name}_{g.pick(COLUMN_NAMES)}_key", "chk", "chk1",
                   f"{table_name}_a_not_null"))
    return f"CONSTRAINT {quote(name)} "


def referenced(g):
    """A table and the columns of one of its keys, as (table, names)."""
    choices = []
    for table in g.state.of_kind("rp"):
        for key in table.constraints:
            if key.type in "pu" and key.columns:
                choices.append((table, key.columns, key.type))
    if choices and not g.chance(0.06):
        return g.pick(choices)
    table = g.relation("rp", missing=0.3)
    if not table:
        return None
    return table, g.columns(table, 1, 1), "?"


def reference_clause(g, table, names, kind):
    """REFERENCES ... with its actions."""
    columns = ""
    if kind != "p" or g.chance(0.5):
        columns = f" ({g.names(names)})"
    text = f"REFERENCES {g.reference(table)}{columns}"
    text += g.maybe(0.06, g.pick((" MATCH FULL", " MATCH SIMPLE")))
    if g.version >= 15 and g.chance(0.02):
        return text + g.pick((" ON DELETE SET NULL (a)",
                              " ON DELETE SET DEFAULT (id)"))
    text += g.maybe(0.3, g.pick((
        " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT",
        " ON UPDATE CASCADE", " ON DELETE SET DEFAULT ON UPDATE SET NULL",
        " ON DELETE NO ACTION", " ON UPDATE RESTRICT ON DELETE CASCADE")))
    return text


def nulls_distinct(g):
    """UNIQUE's own option of 15."""
    if g.version < 15:
        return ""
    return g.maybe(0.1, g.pick((" NULLS NOT DISTINCT", " NULLS DISTINCT")))


def column_constraints(g, table_name, name, type_text, scope):
    """What follows a column's type."""
    parts = []
    field = Field(quote(name), type_text)
    if g.chance(0.22):
        parts.append(named_not_null(g, table_name))
    elif g.chance(0.05):
        parts.append("NULL")
    if g.chance(0.2):
        parts.append("DEFAULT " + default_value(g, type_text))
    elif category_of(type_text) == "int" and g.chance(0.08):
        parts.append(identity(g))
    elif g.chance(0.05):
        parts.append(generated(g, type_text, scope))
    if g.chance(0.05):
        parts.append(named(g, table_name) + "UNIQUE" + nulls_distinct(g) +
                     attributes(g, "UNIQUE"))
    if g.chance(0.05):
        parts.append(named(g, table_name) + "CHECK (" +
                     g.condition([field] if g.chance(0.8) else scope + [field])
                     + ")" + attributes(g, "CHECK"))
    if g.chance(0.06):
        target = referenced(g)
        if target:
            table, names, kind = target
            parts.append(named(g, table_name) + reference_clause(
                g, table, names[:1], kind) + attributes(g, "REFERENCES"))
    g.random.shuffle(parts)
    return "".join(" " + part for part in parts)


def named_not_null(g, table_name):
    """NOT NULL, with a name now and then, NO INHERIT from 18."""
    name = f"CONSTRAINT {quote(table_name + '_nn')} " if g.chance(0.08) else ""
    return name + "NOT NULL" + (
        g.maybe(0.04, " NO INHERIT") if g.version >= 18 else "")


def default_value(g, type_text):
    """An expression after DEFAULT that can stand without parentheses."""
    sequences = g.state.of_kind("S")
    if sequences and category_of(type_text) == "int" and g.chance(0.15):
        name = g.reference(g.pick(sequences)).replace("'", "''")
        return f"nextval('{name}'" + g.maybe(0.5, "::regclass") + ")"
    value = g.default_for(type_text)
    if " " in value or g.chance(0.3):
        return f"({value})"
    return value


def identity(g):
    """GENERATED ... AS IDENTITY."""
    return (f"GENERATED {g.pick(('ALWAYS', 'BY DEFAULT'))} AS IDENTITY" +
            g.maybe(0.2, f" (START WITH {g.number(1, 99)} INCREMENT BY 2)") +
            g.maybe(0.02, " (SEQUENCE NAME own_seq)"))


def generated(g, type_text, scope):
    """A generated column's expression."""
    category = category_of(g.canonical(type_text))
    kind = " STORED"
    if g.version >= 18:
        kind = g.pick((" STORED", " VIRTUAL", ""))
    return f"GENERATED ALWAYS AS ({g.value(category, scope, 1)}){kind}"


def column(g, table_name, names, scope):
    """One column's definition; its name and type join names and scope."""
    name = g.new_name(COLUMN_NAMES, names, collide=0.008)
    if not names and g.chance(0.45):
        name = "id"
    if g.chance(0.06):
        type_text = g.pick(("serial", "bigserial", "smallserial", "serial8"))
    else:
        type_text = g.type_name()
    if not names and g.chance(0.5):
        text = f"{g.name(name)} {g.pick(('int', 'bigint', 'serial', 'uuid'))}"
        text += " PRIMARY KEY" + attributes(g, "PRIMARY")
    else:
        collate = g.maybe(0.04, ' COLLATE "C"') \
            if "text" in type_text or "char" in type_text else ""
        text = f"{g.name(name)} {type_text}{collate}" + column_constraints(
            g, table_name, name, g.canonical(type_text), scope)
    names.append(name)
    scope.append(Field(quote(name), g.canonical(type_text)))
    return text


def table_constraint(g, table_name, names, scope, add=False):
    """A constraint of the table; add: of ALTER TABLE ADD."""
    kind = g.weighted(((4, "PRIMARY"), (8, "UNIQUE"), (9, "CHECK"),
                       (9, "FOREIGN"), (2, "EXCLUDE"),
                       (3 if g.version >= 18 else 0, "NOT NULL")))
    label = named(g, table_name)
    not_valid = g.maybe(0.25, " NOT VALID") if add else ""
    columns = g.names(g.some(names, 1, 2)) if names else "a"
    if g.chance(0.02):
        columns = "nope"
    ranges = [each.reference for each in scope if each.category == "range"]
    if g.version >= 18 and ranges and kind in ("PRIMARY", "UNIQUE") \
            and g.chance(0.4):
        columns += f", {g.pick(ranges)} WITHOUT OVERLAPS"
    if kind == "PRIMARY":
        return f"{label}PRIMARY KEY ({columns})" + included(g, names) + \
            attributes(g, kind)
    if kind == "UNIQUE":
        return f"{label}UNIQUE{nulls_distinct(g)} ({columns})" + \
            included(g, names) + attributes(g, kind)
    if kind == "CHECK":
        return f"{label}CHECK ({g.condition(scope)})" + \
            attributes(g, kind) + not_valid
    if kind == "NOT NULL":
        return f"{label}NOT NULL {g.name(g.pick(names) if names else 'a')}" + \
            g.maybe(0.05, " NO INHERIT") + not_valid
    if kind == "EXCLUDE":
        return exclusion(g, label, scope)
    return foreign_key(g, label, scope) + not_valid


def included(g, names):
    """INCLUDE of a key."""
    return f" INCLUDE ({g.names(g.some(names, 1, 2))})" \
        if names and g.chance(0.06) else ""


def exclusion(g, label, scope):
    """An EXCLUDE constraint."""
    ranges = [each for each in scope if each.category == "range"]
    if ranges and g.chance(0.7):
        element, method = f"{g.pick(ranges).reference} WITH &&", "USING gist "
    elif scope:
        element, method = f"{g.pick(scope).reference} WITH =", \
            g.pick(("", "USING btree ", "USING hash ", "USING gist "))
    else:
        element, method = "(1 + 1) WITH =", ""
    where = f" WHERE ({g.condition(scope, 0)})" if g.chance(0.2) else ""
    return f"{label}EXCLUDE {method}({element}){where}" + \
        attributes(g, "EXCLUDE")


def foreign_key(g, label, scope):
    """A FOREIGN KEY of columns whose types match, where there are any."""
    target = referenced(g)
    if not target:
        return f"{label}FOREIGN KEY (a) REFERENCES nope"
    table, names, kind = target
    own = []
    for name in names:
        types = [each.type for each in table.columns if each.name == name]
        wanted = category_of(types[0]) if types else "int"
        fits = [each.reference for each in scope if each.category == wanted
                and each.reference not in own]
        if not fits and g.chance(0.85):
            return f"{label}CHECK ({g.condition(scope)})"
        any_one = [each.reference for each in scope]
        own.append(g.pick(fits if fits and not g.chance(0.04) else any_one)
                   or "a")
    return (f"{label}FOREIGN KEY ({', '.join(own)}) " +
            reference_clause(g, table, names, kind) + attributes(g, "FOREIGN"))


def like_clause(g):
    """LIKE another relation, with options."""
    table = g.relation("rpvmc")
    if not table:
        return None
    options = ("DEFAULTS", "CONSTRAINTS", "INDEXES", "IDENTITY", "GENERATED",
               "COMMENTS", "STORAGE", "STATISTICS", "ALL")
    if g.version >= 14:
        options += ("COMPRESSION",)
    text = f"LIKE {g.reference(table)}"
    for option in g.some(options, 0, 3):
        text += f" {g.pick(('INCLUDING', 'INCLUDING', 'EXCLUDING'))} {option}"
    if g.chance(0.3):
        text += " INCLUDING ALL" + g.maybe(0.2, " EXCLUDING INDEXES")
    return text, table


def elements(g, table_name, names, scope, low=1, high=5):
    """Columns, LIKE clauses and constraints, in parentheses."""
    parts = []
    if g.chance(0.08):
        like = like_clause(g)
        if like:
            parts.append(like[0])
            names += [each.name for each in like[1].columns]
            scope += g.fields_of(like[1])
            low = 0
    for _ in range(g.number(low, high)):
        parts.append(column(g, table_name, names, scope))
    while scope and g.chance(0.3):
        parts.append(table_constraint(g, table_name, names, scope))
    return "(" + ", ".join(parts) + ")"


def partition_by(g, scope):
    """PARTITION BY, on columns mostly."""
    plain = [each for each in scope if each.category in
             ("int", "text", "date", "moment", "uuid", "number", "bool")]
    strategy = g.weighted(((5, "RANGE"), (4, "LIST"), (3, "HASH")))
    if not plain:
        return ""
    low, high = (1, 1) if strategy == "LIST" else (1, 2)
    keys = [each.reference for each in g.some(plain, low, high)]
    if g.chance(0.06):
        keys = [f"({g.value('int', scope, 1)})"]
    return f" PARTITION BY {strategy} ({', '.join(keys)})"


def bare(name_text):
    """A table's own name out of the text of a new name."""
    return name_text.rsplit(".", 1)[-1].strip('"')


@production(60)
def create_table(g):
    """A plain or partitioned table, one that inherits perhaps."""
    kind = persistence(g)
    name = g.new_relation()
    if kind.startswith("TEMP") and g.chance(0.9):
        name = quote(bare(name))
    names, scope, parents, tail = [], [], [], ""
    if g.chance(0.09):
        parents = [each for each in g.some(g.state.of_kind("r"), 1, 2)]
        for parent in parents:
            names += [each.name for each in parent.columns]
            scope += g.fields_of(parent)
    text = elements(g, bare(name), names, scope, 0 if parents else 1)
    if parents:
        tail = " INHERITS (" + ", ".join(map(g.reference, parents)) + ")"
    elif g.chance(0.2):
        tail = partition_by(g, scope)
    if kind.startswith("TEMP") and g.chance(0.3):
        tail += g.pick((" ON COMMIT DROP", " ON COMMIT DELETE ROWS",
                        " ON COMMIT PRESERVE ROWS"))
    elif "PARTITION" not in tail:
        tail += g.pick(STORAGE)
    return f"CREATE {kind}TABLE {g.if_not_exists()}{name} {text}{tail}"


@production(3)
def create_table_of(g):
    """A table of a composite type."""
    types = g.state.of_kind("c")
    if not types:
        return None
    kind = g.pick(types)
    scope = g.fields_of(kind)
    parts = [f"{each.reference} WITH OPTIONS" + column_constraints(
        g, "t", each.reference.strip('"'), each.type, scope)
             for each in g.some(scope, 0, 2)]
    text = f" ({', '.join(parts)})" if parts else ""
    return f"CREATE TABLE {g.new_relation()} OF {g.reference(kind)}{text}"


def bound_value(g, category):
    """A value of a partition's bound, of few so that they meet."""
    step = g.number(0, 8)
    return {
        "int": str(step * 10),
        "number": f"{step}.5",
        "text": "'" + "abcdefghi"[step] + "'",
        "date": f"'2024-0{step + 1}-01'",
        "moment": f"'2024-0{step + 1}-01'",
        "bool": g.pick(("true", "false")),
        "uuid": f"'{step}0000000-0000-0000-0000-000000000000'",
    }.get(category, str(step))


def range_bound(g, categories):
    """FROM (...) TO (...)."""
    low, high = [], []
    for category in categories:
        ends = sorted((bound_value(g, category), bound_value(g, category)),
                      key=lambda text: (len(text), text))
        low.append(ends[0] if g.chance(0.93) else "MINVALUE")
        high.append(ends[1] if g.chance(0.93) else "MAXVALUE")
    return f"FOR VALUES FROM ({', '.join(low)}) TO ({', '.join(high)})"


def bound_for(g, parent):
    """FOR VALUES or DEFAULT for a partition of that table."""
    types = {each.name: each.type for each in parent.columns}
    categories = [category_of(types.get(key, "integer"))
                  for key in parent.keys or [None]]
    if parent.strategy == "h":
        modulus = g.pick((2, 4, 4, 4))
        return f"FOR VALUES WITH (MODULUS {modulus}, " \
            f"REMAINDER {g.number(0, modulus - (0 if g.chance(0.03) else 1))})"
    if g.chance(0.12):
        return "DEFAULT"
    if parent.strategy == "l" or g.chance(0.02):
        values = {bound_value(g, categories[0])
                  for _ in range(g.number(1, 2))}
        values |= {"NULL"} if g.chance(0.06) else set()
        return f"FOR VALUES IN ({', '.join(sorted(values))})"
    return range_bound(g, categories)


@production(22)
def create_partition(g):
    """CREATE TABLE ... PARTITION OF."""
    parent = g.relation("p", missing=0.03)
    if not parent:
        return None
    scope = g.fields_of(parent)
    name = g.new_relation(RELATION_NAMES[5:])
    parts = [table_constraint(g, bare(name), [each.name for each
                                              in parent.columns], scope)
             for _ in range(g.number(0, 2)) if g.chance(0.2) and scope]
    if scope and g.chance(0.08):
        field = g.pick(scope)
        parts.append(field.reference + column_constraints(
            g, bare(name), field.reference.strip('"'), field.type, scope))
    text = f" ({', '.join(parts)})" if parts else ""
    tail = partition_by(g, scope) if g.chance(0.12) else ""
    return (f"CREATE TABLE {g.if_not_exists()}{name} PARTITION OF "
            f"{g.reference(parent)}{text} {bound_for(g, parent)}{tail}")


def some_names(g, count):
    """New names for a query's columns, not more than that many."""
    return f" ({', '.join(map(quote, g.some(COLUMN_NAMES, 1, count)))})"


@production(14)
def create_table_as(g):
    """CREATE TABLE AS."""
    kind = persistence(g)
    name = g.new_relation()
    if kind.startswith("TEMP"):
        name = quote(bare(name))
    query, columns = g.query()
    names = ""
    if columns and g.chance(0.12):
        names = some_names(g, len(columns))
    tail = g.maybe(0.1, g.pick((" WITH NO DATA", " WITH DATA")))
    return f"CREATE {kind}TABLE {g.if_not_exists()}{name}{names} AS {query}" + \
        tail


@production(4)
def select_into(g):
    """SELECT INTO."""
    table = g.relation("rpv")
    if not table:
        return None
    items = "*" if g.chance(0.4) or not table.columns else ", ".join(
        g.any_value(g.fields_of(table), 1) + f" AS c{i}" for i in range(2))
    kind = g.maybe(0.1, "TEMP ")
    name = g.new_relation()
    return f"SELECT {items} INTO {kind}" \
        f"{quote(bare(name)) if kind else name} FROM {g.reference(table)}"


def options(g):
    """Of a view."""
    choices = ["security_barrier", "check_option = local"]
    if g.version >= 15:
        choices.append("security_invoker = true")
    return g.maybe(0.06, f" WITH ({g.pick(choices)})")


@production(30)
def create_view(g):
    """A view, new or replaced."""
    query, columns = g.query()
    names = ""
    if columns and g.chance(0.15):
        names = some_names(g, len(columns))
    views = g.state.of_kind("v")
    if views and g.chance(0.25):
        return replace_view(g, g.pick(views), query)
    kind = g.maybe(0.05, "TEMP ")
    name = g.new_relation()
    if kind:
        name = quote(bare(name))
    if g.chance(0.02):
        return f"CREATE RECURSIVE VIEW {quote(bare(name))} (n, w) AS VALUES " \
            "(1, 'a'::text) UNION ALL SELECT n + 1, w FROM " \
            f"{quote(bare(name))} WHERE n < 5"
    return f"CREATE {g.maybe(0.2, 'OR REPLACE ')}{kind}VIEW {name}{names}" \
        f"{options(g)} AS {query}{g.maybe(0.02, ' WITH CHECK OPTION')}"


def replace_view(g, view, query):
    """CREATE OR REPLACE: the same columns, and more, or something else."""
    if g.chance(0.3):
        return f"CREATE OR REPLACE VIEW {g.reference(view)} AS {query}"
    items = [f"NULL::{each.type} AS {quote(each.name)}"
             for each in view.columns]
    if g.chance(0.5):
        items.append(f"{g.value('int')} AS one_more")
    if g.chance(0.06):
        items = items[1:]
    return f"CREATE OR REPLACE VIEW {g.reference(view)} AS SELECT " + \
        ", ".join(items)


@production(9)
def create_materialized_view(g):
    """A materialized view."""
    return f"CREATE MATERIALIZED VIEW {g.if_not_exists()}" \
        f"{g.new_relation()} AS {g.query_text()}" + \
        g.maybe(0.2, g.pick((" WITH NO DATA", " WITH DATA")))


@production(2)
def refresh(g):
    """REFRESH MATERIALIZED VIEW."""
    view = g.relation("m")
    return view and f"REFRESH MATERIALIZED VIEW " \
        f"{g.maybe(0.2, 'CONCURRENTLY ')}{g.reference(view)}"


@production(2)
def create_foreign_table(g):
    """A foreign table, or what it takes: a wrapper without a handler does."""
    if not g.state.wrappers:
        return "CREATE FOREIGN DATA WRAPPER dummy"
    if not g.state.servers:
        return "CREATE SERVER elsewhere FOREIGN DATA WRAPPER dummy"
    name = g.new_relation()
    parts = [f"{quote(each)} {g.type_name()}" + g.maybe(0.2, " NOT NULL")
             for each in g.some(COLUMN_NAMES, 1, 3)]
    if g.chance(0.1):
        parts.append(table_constraint(g, bare(name), ["id"], []))
    parent = g.relation("p")
    if parent and g.chance(0.15):
        return f"CREATE FOREIGN TABLE {name} PARTITION OF " \
            f"{g.reference(parent)} {bound_for(g, parent)} SERVER elsewhere"
    return f"CREATE FOREIGN TABLE {g.if_not_exists()}{name} " \
        f"({', '.join(parts)}) SERVER elsewhere"
