"""Everything but relations with columns, indexes and functions: schemas,
sequences, types, policies, rules, extensions, comments."""

from random_expressions import Field
from random_functions import function_reference, of_a_table
from random_productions import production
from random_words import COLUMN_NAMES, SCHEMA_NAMES, TYPE_NAMES, quote

LABELS = ("low", "mid", "high", "new", "done", "Sp ace", "it''s", "ä")
EXTENSIONS = ("citext", "pgcrypto", "uuid-ossp", "pg_trgm", "hstore", "ltree",
              "btree_gin", "btree_gist", "fuzzystrmatch", "unaccent")


@production(9)
def create_schema(g):
    """CREATE SCHEMA, with elements now and then."""
    name = g.name(g.new_name(SCHEMA_NAMES, g.state.schemas))
    if g.chance(0.08):
        return f"CREATE SCHEMA {name} " + g.pick((
            "CREATE TABLE t (id int PRIMARY KEY, a text)",
            "CREATE VIEW v AS SELECT 1 AS a CREATE TABLE t (b int)",
            "CREATE SEQUENCE s CREATE TABLE u (a int DEFAULT 1)"))
    return f"CREATE SCHEMA {g.if_not_exists()}{name}" + \
        g.maybe(0.06, " AUTHORIZATION postgres")


@production(8)
def set_path(g):
    """The search_path, in all its ways."""
    names = g.some(g.state.schemas + ["public"], 1, 2)
    if g.chance(0.05):
        names.append("nowhere")
    if "public" not in names and g.chance(0.5):
        names.append("public")
    names = [name for i, name in enumerate(names) if name not in names[:i]]
    listed = ", ".join(map(quote, names))
    return g.pick((
        f"SET search_path TO {listed}", f"SET search_path = {listed}",
        f"SET LOCAL search_path = {listed}", "RESET search_path",
        "SET search_path TO DEFAULT", f"SET SESSION search_path TO {listed}",
        f"SELECT set_config('search_path', '{listed}', false)",
        f"SELECT pg_catalog.set_config('search_path', '{listed}', true)",
        "SET search_path = public", "RESET search_path",
        "SET lock_timeout = '5s'", "SET search_path = ''" if g.chance(0.2)
        else "SET search_path = public"))


SEQUENCE_OPTIONS = ("AS integer", "AS bigint", "AS smallint", "START WITH 10",
                    "INCREMENT BY 5", "INCREMENT -1", "MAXVALUE 1000",
                    "NO MINVALUE", "CACHE 10", "CYCLE", "MINVALUE 1",
                    "AS text", "MAXVALUE 99999", "NO CYCLE")


def owned_by(g):
    """OWNED BY a column, or NONE."""
    table = g.relation("rp")
    if not table or g.chance(0.2):
        return "OWNED BY NONE"
    return f"OWNED BY {g.reference(table)}.{quote(g.column(table))}"


@production(9)
def create_sequence(g):
    """CREATE SEQUENCE."""
    parts = g.some(SEQUENCE_OPTIONS, 0, 2)
    if g.chance(0.25):
        parts.append(owned_by(g))
    kind = g.maybe(0.06, "TEMP ")
    name = g.new_relation(("s", "seq", "users_id_seq", "orders_id_seq",
                           "t_id_seq", "Seq Two", "counter"))
    if kind:
        name = "s"
    return f"CREATE {kind}SEQUENCE {g.if_not_exists()}{name} " + \
        " ".join(parts)


@production(4)
def alter_sequence(g):
    """ALTER SEQUENCE."""
    sequence = g.relation("S", missing=0.05)
    if not sequence:
        return None
    parts = g.some(SEQUENCE_OPTIONS + ("RESTART", "RESTART WITH 3"), 1, 2)
    if g.chance(0.35):
        parts = [owned_by(g)]
    return f"ALTER SEQUENCE {g.if_exists()}{g.reference(sequence)} " + \
        " ".join(parts)


def new_type(g):
    """The name of a new type."""
    prefix, schema = g.target_schema()
    taken = [each.name for each in g.state.types + g.state.relations
             if each.schema == schema]
    return prefix + g.name(g.new_name(TYPE_NAMES, taken))


def label(g):
    """Of an enum."""
    return "'" + g.pick(LABELS) + "'"


@production(10)
def create_enum(g):
    """CREATE TYPE ... AS ENUM."""
    labels = ", ".join(f"'{each}'" for each in g.some(LABELS, 0, 4))
    if g.chance(0.02):
        labels += ", 'low', 'low'" if labels else "'low', 'low'"
    return f"CREATE TYPE {new_type(g)} AS ENUM ({labels})"


@production(9)
def alter_enum(g):
    """ADD VALUE, RENAME VALUE."""
    enum = g.pick(g.state.types_of_kind("e")) if g.chance(0.97) else \
        g.pick(g.state.types)
    if not enum:
        return None
    name = g.reference(enum)
    if g.chance(0.3):
        old = f"'{g.pick(enum.values)}'".replace("it's", "it''s") \
            if enum.values and g.chance(0.9) else label(g)
        return f"ALTER TYPE {name} RENAME VALUE {old} TO {label(g)}"
    text = f"ALTER TYPE {name} ADD VALUE {g.if_not_exists()}{label(g)}"
    if enum.values and g.chance(0.4):
        neighbour = g.pick(enum.values).replace("'", "''")
        text += f" {g.pick(('BEFORE', 'AFTER'))} '{neighbour}'"
    elif g.chance(0.04):
        text += " AFTER 'nope'"
    return text


def domain_check(g, type_text):
    """A CHECK over VALUE."""
    name = g.maybe(0.3, f"CONSTRAINT {g.pick(('chk', 'positive', 'dc'))} ")
    scope = [Field("VALUE", g.canonical(type_text))]
    return f"{name}CHECK ({g.condition(scope)})"


@production(9)
def create_domain(g):
    """CREATE DOMAIN."""
    base = g.type_name()
    parts = []
    if g.chance(0.5):
        parts.append(domain_check(g, base))
    if g.chance(0.2):
        parts.append("NOT NULL")
    if g.chance(0.2):
        parts.append(f"DEFAULT ({g.default_for(base)})")
    return f"CREATE DOMAIN {new_type(g)} AS {base} " + " ".join(parts)


@production(6)
def alter_domain(g):
    """ALTER DOMAIN."""
    domain = g.pick(g.state.types_of_kind("d"))
    if not domain:
        return None
    constraint = g.name(g.pick(domain.constraints) or "nope")
    return f"ALTER DOMAIN {g.reference(domain)} " + g.pick((
        "SET NOT NULL", "DROP NOT NULL", "DROP DEFAULT",
        f"SET DEFAULT ({g.default_for(domain.base)})",
        "ADD " + domain_check(g, domain.base) + g.maybe(0.3, " NOT VALID"),
        "ADD " + domain_check(g, domain.base),
        f"DROP CONSTRAINT {g.if_exists()}{constraint}{g.drop_behavior()}",
        f"VALIDATE CONSTRAINT {constraint}",
        f"RENAME CONSTRAINT {constraint} TO "
        f"{g.pick(('renamed', 'chk', 'dc'))}",
        "OWNER TO postgres"))


@production(7)
def create_composite(g):
    """CREATE TYPE ... AS (...)."""
    attributes = ", ".join(f"{g.name(name)} {g.type_name()}"
                           for name in g.some(COLUMN_NAMES, 0, 3))
    if g.chance(0.02):
        attributes = "a int, a text"
    return f"CREATE TYPE {new_type(g)} AS ({attributes})"


@production(6)
def alter_composite(g):
    """ALTER TYPE of attributes."""
    kind = g.pick(g.state.of_kind("c"))
    if not kind:
        return None
    name, fresh = g.name(g.column(kind)), g.name(g.new_name(
        COLUMN_NAMES, [each.name for each in kind.columns]))
    behavior = g.drop_behavior()
    if g.chance(0.15):
        return f"ALTER TYPE {g.reference(kind)} RENAME ATTRIBUTE {name} " \
            f"TO {fresh}{behavior}"
    actions = [g.pick((
        f"ADD ATTRIBUTE {fresh} {g.type_name()}{behavior}",
        f"DROP ATTRIBUTE {g.if_exists()}{name}{behavior}",
        f"ALTER ATTRIBUTE {name} {g.maybe(0.4, 'SET DATA ')}TYPE "
        f"{g.type_name()}{behavior}"))]
    if g.chance(0.1):
        actions.append(f"DROP ATTRIBUTE {g.name(g.column(kind))}")
    return f"ALTER TYPE {g.reference(kind)} " + ", ".join(actions)


@production(3)
def create_range(g):
    """CREATE TYPE ... AS RANGE; a shell type now and then."""
    if g.chance(0.08):
        return f"CREATE TYPE {new_type(g)}"
    subtype = g.pick(("float8", "text", "integer", "timestamptz", "uuid",
                      "json", "inet"))
    extra = ""
    if g.version >= 14 and g.chance(0.3):
        extra = f", MULTIRANGE_TYPE_NAME = {g.pick(('spans', 'many', 'pair'))}"
    return f"CREATE TYPE {new_type(g)} AS RANGE (SUBTYPE = {subtype}{extra})"


@production(8)
def create_policy(g):
    """CREATE POLICY."""
    table = g.relation("rrp", missing=0.02)
    if not table:
        return None
    scope = g.fields_of(table)
    command = g.weighted(((3, ""), (1, "ALL"), (2, "SELECT"), (1, "INSERT"),
                          (1, "UPDATE"), (1, "DELETE")))
    text = f"CREATE POLICY {g.pick(('own_rows', 'p', quote('Policy 1')))} ON " \
        f"{g.reference(table)}"
    text += g.maybe(0.2, g.pick((" AS PERMISSIVE", " AS RESTRICTIVE")))
    text += f" FOR {command}" if command else ""
    text += g.maybe(0.3, g.pick((" TO PUBLIC", " TO postgres",
                                 " TO pg_monitor, postgres")))
    if command != "INSERT" and g.chance(0.8):
        text += f" USING ({g.condition(scope)})"
    if command not in ("SELECT", "DELETE") and g.chance(0.4):
        text += f" WITH CHECK ({g.condition(scope)})"
    return text


@production(4)
def change_policy(g):
    """ALTER POLICY, DROP POLICY."""
    table, name = of_a_table(g, "policies")
    if not table:
        return None
    where = f"{quote(name)} ON {g.reference(table)}"
    return g.pick((
        f"DROP POLICY {g.if_exists()}{where}{g.drop_behavior()}",
        f"ALTER POLICY {where} RENAME TO {g.pick(('renamed', 'p'))}",
        f"ALTER POLICY {where} TO postgres",
        f"ALTER POLICY {where} USING ({g.condition(g.fields_of(table))})"))


@production(3)
def create_rule(g):
    """CREATE RULE."""
    table = g.relation("rv")
    if not table:
        return None
    event = g.pick(("INSERT", "UPDATE", "DELETE"))
    other = g.relation("r")
    action = "NOTHING"
    if other and g.chance(0.4):
        action = g.pick((f"DELETE FROM {g.reference(other)}", "NOTIFY changed",
                         f"SELECT * FROM {g.reference(other)}"))
    return f"CREATE {g.maybe(0.3, 'OR REPLACE ')}RULE " \
        f"{g.pick(('r1', 'r2', quote('Rule')))} AS ON {event} TO " \
        f"{g.reference(table)} DO {g.pick(('INSTEAD ', 'ALSO '))}{action}"


@production(2)
def change_rule(g):
    """DROP RULE, RENAME."""
    table, name = of_a_table(g, "rules")
    if not table:
        return None
    if g.chance(0.5):
        return f"DROP RULE {g.if_exists()}{quote(name)} ON " \
            f"{g.reference(table)}{g.drop_behavior()}"
    return f"ALTER RULE {quote(name)} ON {g.reference(table)} RENAME TO r3"


@production(6)
def create_extension(g):
    """CREATE EXTENSION."""
    name = g.pick(EXTENSIONS)
    schema = g.pick(g.state.schemas)
    where = f" {g.maybe(0.5, 'WITH ')}SCHEMA {quote(schema)}" \
        if schema and g.chance(0.25) else ""
    return f"CREATE EXTENSION {g.maybe(0.6, 'IF NOT EXISTS ')}{quote(name)}" \
        f"{where}{g.maybe(0.04, ' CASCADE')}"


@production(2)
def change_extension(g):
    """DROP EXTENSION, ALTER EXTENSION."""
    name = g.pick(g.state.extensions) or g.pick(EXTENSIONS)
    schema = g.pick(g.state.schemas) or "public"
    return g.weighted((
        (4, f"DROP EXTENSION {g.if_exists()}{quote(name)}{g.drop_behavior()}"),
        (2, f"ALTER EXTENSION {quote(name)} SET SCHEMA {quote(schema)}"),
        (1, f"ALTER EXTENSION {quote(name)} UPDATE")))


def comments_of_parts(g, table):
    """What belongs to a table can have comments, and what does not is asked
    for now and then."""
    where = f" ON {g.reference(table)}"
    choices = []
    for word, names in (("CONSTRAINT", [each.name for each in
                                        table.constraints]),
                        ("TRIGGER", table.triggers), ("RULE", table.rules),
                        ("POLICY", table.policies)):
        for name in names[:1] if g.chance(0.98) else ["nope"]:
            choices.append(f"{word} {quote(name)}{where}")
    return choices


@production(6)
def comment(g):
    """COMMENT ON, of what is there and what is not."""
    table = g.relation("rpvmS", missing=0.04)
    if not table:
        return None
    words = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "S": "SEQUENCE",
             "m": "MATERIALIZED VIEW", "c": "TYPE"}
    word = words.get(table.kind, "INDEX")
    choices = [f"{word} {g.reference(table)}",
               f"COLUMN {g.reference(table)}.{quote(g.column(table))}",
               f"SCHEMA {quote(g.pick(g.state.schemas) or 'nope')}"]
    if g.chance(0.03):
        choices = [f"TABLE {g.missing()}"]
    choices += comments_of_parts(g, table)
    for each in g.state.types[:2]:
        word = "DOMAIN" if each.kind == "d" else "TYPE"
        choices.append(f"{word} {g.reference(each)}")
        choices += [f"CONSTRAINT {quote(name)} ON DOMAIN {g.reference(each)}"
                    for name in each.constraints]
    for each in g.state.functions[:2]:
        word = {"f": "FUNCTION", "p": "PROCEDURE"}.get(each.kind, "ROUTINE")
        choices.append(f"{word} {function_reference(g, each)}")
    for each in g.state.extensions[:1] or ["citext"]:
        choices.append(f"EXTENSION {quote(each)}")
    return f"COMMENT ON {g.pick(choices)} IS " + g.pick(("'words'", "NULL"))


@production(2)
def grant(g):
    """GRANT and REVOKE: of no concern, but names must be there."""
    table = g.relation("rpv")
    return table and g.pick((
        f"GRANT SELECT ON {g.reference(table)} TO PUBLIC",
        f"REVOKE ALL ON {g.reference(table)} FROM PUBLIC",
        f"GRANT UPDATE ({quote(g.column(table))}) ON {g.reference(table)} "
        "TO pg_monitor"))


@production(3)
def statistics(g):
    """Extended statistics, and what becomes of them."""
    table = g.relation("r")
    if not table or len(table.columns) < 2:
        return None
    if g.chance(0.4):
        name = g.pick(("st", "st", "st2", "nope"))
        return g.pick((
            f"DROP STATISTICS {g.if_exists()}{name}",
            f"ALTER STATISTICS {name} RENAME TO {g.pick(('st', 'st2'))}",
            f"ALTER STATISTICS {name} SET STATISTICS 100",
            f"ALTER STATISTICS {name} SET SCHEMA "
            f"{quote(g.pick(g.state.schemas) or 'nowhere')}"))
    return f"CREATE STATISTICS {g.if_not_exists()}" \
        f"{g.pick(('st', 'st2'))} ON " \
        f"{', '.join(map(quote, g.columns(table, 2, 2)))} FROM " \
        f"{g.reference(table)}"
