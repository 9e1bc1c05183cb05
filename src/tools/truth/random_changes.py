"""What every kind of thing can undergo: DROP, RENAME, SET SCHEMA; and what
frames statements: transactions, savepoints, DO blocks."""

from random_functions import function_reference, kind_of
from random_objects import EXTENSIONS
from random_productions import PRODUCTIONS, production
from random_words import (COLUMN_NAMES, FUNCTION_NAMES, RELATION_NAMES,
                          SCHEMA_NAMES, TYPE_NAMES, quote)

WORDS = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW",
         "S": "SEQUENCE", "i": "INDEX", "I": "INDEX", "c": "TYPE",
         "f": "FOREIGN TABLE"}


def word_for(g, relation):
    """The kind's word; another one now and then."""
    if g.chance(0.04):
        return g.pick(("TABLE", "VIEW", "INDEX", "SEQUENCE",
                       "MATERIALIZED VIEW"))
    return WORDS[relation.kind]


@production(26)
def drop_relation(g):
    """DROP of one or several relations."""
    relation = g.relation(g.weighted(((10, "rpf"), (5, "v"), (3, "m"), (2, "S"),
                                      (4, "iI"))), missing=0.02)
    if not relation:
        return None
    word = word_for(g, relation)
    targets = [relation]
    if g.chance(0.12):
        same = [each for each in g.state.relations
                if WORDS[each.kind] == word and each is not relation]
        targets += g.some(same, 1, 2)
    names = [g.reference(each) for each in targets]
    if g.chance(0.05):
        names = [g.missing()]
    concurrently = g.maybe(0.06, "CONCURRENTLY ") if word == "INDEX" else ""
    return f"DROP {word} {concurrently}{g.if_exists()}{', '.join(names)}" \
        f"{g.drop_behavior()}"


@production(4)
def drop_type(g):
    """DROP TYPE, DROP DOMAIN."""
    kind = g.pick(g.state.types)
    if not kind:
        return None
    word = "DOMAIN" if kind.kind == "d" and g.chance(0.8) else "TYPE"
    names = [g.reference(kind)]
    if g.chance(0.1):
        names.append(g.reference(g.pick(g.state.types)))
    if g.chance(0.04):
        names = ["no_such_type"]
    return f"DROP {word} {g.if_exists()}{', '.join(names)}{g.drop_behavior()}"


@production(2)
def drop_schema(g):
    """DROP SCHEMA."""
    schemas = [each for each in g.state.schemas
               if each != "public" or g.chance(0.1)]
    if not schemas:
        return None
    return f"DROP SCHEMA {g.if_exists()}{quote(g.pick(schemas))}" \
        f"{g.drop_behavior()}"


@production(14)
def rename_relation(g):
    """RENAME TO of relations."""
    relation = g.relation("rrrpvmfSiI", missing=0.02)
    if not relation:
        return None
    pool = RELATION_NAMES
    if relation.kind in "iI":
        pool = ("ix", "ix2", "Index One", "users_pkey", "t_a_idx")
    taken = [each.name for each in g.state.relations
             if each.schema == relation.schema]
    return f"ALTER {word_for(g, relation)} {g.if_exists()}" \
        f"{g.reference(relation)} RENAME TO {g.name(g.new_name(pool, taken))}"


@production(13)
def rename_column(g):
    """RENAME COLUMN."""
    table = g.relation("rrrpvmf", missing=0.02)
    if not table:
        return None
    taken = [each.name for each in table.columns]
    return f"ALTER {word_for(g, table)} {g.if_exists()}" \
        f"{g.maybe(0.04, 'ONLY ')}{g.reference(table)} RENAME " \
        f"{g.pick(('COLUMN ', ''))}{g.name(g.column(table))} TO " \
        f"{g.name(g.new_name(COLUMN_NAMES, taken))}"


@production(5)
def rename_constraint(g):
    """RENAME CONSTRAINT."""
    having = [each for each in g.state.of_kind("rp") if each.constraints]
    if not having:
        return None
    table = g.pick(having)
    new = g.pick((f"{table.name}_pkey", "renamed", "Named Rule", "chk"))
    return f"ALTER TABLE {g.reference(table)} RENAME CONSTRAINT " \
        f"{quote(g.pick(table.constraints).name)} TO {quote(new)}"


@production(6)
def rename_other(g):
    """RENAME of types, domains, functions, schemas."""
    choices = []
    for each in g.state.types:
        word = "DOMAIN" if each.kind == "d" else "TYPE"
        choices.append((f"{word} {g.reference(each)}", TYPE_NAMES))
    for each in g.state.functions:
        if each.kind != "a":
            choices.append((f"{kind_of(g, each)} "
                            f"{function_reference(g, each)}", FUNCTION_NAMES))
    for each in g.state.schemas:
        if each != "public":
            choices.append((f"SCHEMA {quote(each)}", SCHEMA_NAMES))
    if not choices:
        return None
    what, pool = g.pick(choices)
    return f"ALTER {what} RENAME TO {g.name(g.pick(pool))}"


@production(8)
def set_schema(g):
    """SET SCHEMA of anything."""
    if not g.state.schemas:
        return None
    schema = quote(g.pick(g.state.schemas))
    if g.chance(0.03):
        schema = "nowhere"
    kind = g.random.random()
    if kind < 0.15 and g.state.types:
        each = g.pick(g.state.types)
        what = f"{'DOMAIN' if each.kind == 'd' else 'TYPE'} {g.reference(each)}"
    elif kind < 0.3 and g.state.functions:
        each = g.pick(g.state.functions)
        what = f"{kind_of(g, each)} {function_reference(g, each)}"
        if each.kind == "a":
            what = f"AGGREGATE {g.reference(each)}({each.arguments})"
    else:
        each = g.relation("rrrpvmS", missing=0.02)
        if not each:
            return None
        what = f"{word_for(g, each)} {g.if_exists()}{g.reference(each)}"
    return f"ALTER {what} SET SCHEMA {schema}"


@production(4)
def set_owner(g):
    """OWNER TO of anything; roles are few."""
    role = g.weighted(((12, "postgres"), (4, "CURRENT_USER"),
                       (2, "SESSION_USER"), (2, "pg_monitor"),
                       (1, "nobody_there")))
    choices = [f"SCHEMA {quote(each)}" for each in g.state.schemas[:1]]
    for each in g.some(g.state.types, 0, 2):
        word = "DOMAIN" if each.kind == "d" else "TYPE"
        choices.append(f"{word} {g.reference(each)}")
    for each in g.some(g.state.functions, 0, 2):
        if each.kind != "a":
            choices.append(f"{kind_of(g, each)} {function_reference(g, each)}")
    for each in g.some(g.state.relations, 1, 3):
        choices.append(f"{word_for(g, each)} {g.if_exists()}"
                       f"{g.reference(each)}")
    what = g.pick(choices)
    return what and f"ALTER {what} OWNER TO {role}"


def within_block(g):
    """The next step of a transaction that is open."""
    savepoints = g.savepoints
    name = g.pick(savepoints) or "sp"
    if g.state.transaction == "E":
        return g.weighted((
            (6, "ROLLBACK"), (2, "COMMIT"),
            (8 if savepoints else 1, f"ROLLBACK TO SAVEPOINT {name}"),
            (1, "ABORT")))
    return g.weighted((
        (5, "COMMIT"), (3, "ROLLBACK"), (5, f"SAVEPOINT {g.pick(('sp', 'b'))}"),
        (3 if savepoints else 0, f"RELEASE SAVEPOINT {name}"),
        (4 if savepoints else 0, f"ROLLBACK TO {name}"),
        (1, "END"), (0.3, "COMMIT AND CHAIN"), (0.3, "ROLLBACK AND CHAIN"),
        (0.3, "BEGIN"), (0.2, "RELEASE nope"), (0.2, "ROLLBACK TO nope")))


@production(8)
def transaction(g):
    """BEGIN; steps within a block come from within_block()."""
    return g.weighted(((10, "BEGIN"), (2, "START TRANSACTION"),
                       (1, "BEGIN ISOLATION LEVEL SERIALIZABLE"),
                       (0.5, "COMMIT"), (0.5, "ROLLBACK"),
                       (0.5, "SAVEPOINT sp"), (0.5, "DISCARD TEMP")))


def plain_statements(g):
    """One to three statements that can stand in a block."""
    texts = []
    for _ in range(g.number(1, 3)):
        chosen = g.weighted([
            (each.weight, each) for each in PRODUCTIONS
            if each.write not in (transaction, do_block)
            and each.since <= g.version <= each.until])
        text = chosen.write(g)
        # What queries give has no place to go in a block.
        if text and "CONCURRENTLY" not in text and "$$" not in text and \
                " RETURNING " not in text and \
                not text.startswith(("SELECT", "VACUUM")):
            texts.append(text + ";")
    return texts


def guard(g):
    """A condition that asks the catalog, and a statement it guards."""
    table = g.relation("rp") or None
    name = table.name if table else "users"
    literal = name.replace("'", "''")
    schema = g.pick(g.state.schemas) or "public"
    column = g.pick(COLUMN_NAMES[:10])
    kind = g.pick(TYPE_NAMES[:6])
    return g.pick((
        (f"NOT EXISTS (SELECT FROM pg_type WHERE typname = '{kind}')",
         f"CREATE TYPE {kind} AS ENUM ('a', 'b')"),
        (f"NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = '{literal}')",
         f"CREATE TABLE {quote(name)} (a int)"),
        ("NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE "
         f"table_name = '{literal}' AND column_name = '{column}')",
         f"ALTER TABLE {quote(name)} ADD COLUMN {quote(column)} text"),
        ("EXISTS (SELECT 1 FROM information_schema.columns WHERE "
         f"table_schema = '{schema}' AND table_name = '{literal}' "
         f"AND column_name = '{column}')",
         f"ALTER TABLE {quote(schema)}.{quote(name)} DROP COLUMN "
         f"{quote(column)}"),
        ("NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'chk')",
         f"ALTER TABLE {quote(name)} ADD CONSTRAINT chk CHECK (true)"),
        (f"EXISTS (SELECT FROM information_schema.tables WHERE table_schema = "
         f"'{schema}' AND table_name = '{literal}')",
         f"DROP TABLE {quote(schema)}.{quote(name)} CASCADE"),
        (f"to_regclass('{quote(name)}') IS NULL",
         f"CREATE TABLE {quote(name)} (id bigint)"),
        ("NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = "
         f"'{g.pick(EXTENSIONS)}')", "CREATE SCHEMA guarded"),
        (f"NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = '{schema}')",
         f"CREATE SCHEMA {quote(schema)}"),
        ("NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'ix')",
         f"CREATE INDEX ix ON {quote(name)} (a)"),
    ))


@production(8)
def do_block(g):
    """DO with plain DDL, guards, or a handler of errors."""
    if g.chance(0.5):
        condition, statement = guard(g)
        inner = f"IF {condition} THEN {statement}; END IF;"
    else:
        texts = plain_statements(g)
        if not texts:
            return None
        inner = " ".join(texts)
        if g.chance(0.3):
            inner += " EXCEPTION WHEN " + g.pick((
                "duplicate_object", "duplicate_table", "others",
                "undefined_table", "duplicate_column")) + " THEN NULL;"
    if "$do$" in inner:
        return None
    return f"DO $do$ BEGIN {inner} END $do$"
