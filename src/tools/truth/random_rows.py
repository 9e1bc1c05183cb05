"""INSERT, UPDATE and DELETE: names and types as in queries, but of no rows, so
that what the server refuses is never a matter of the data."""

from random_expressions import Field
from random_productions import production
from random_words import quote


def target(g):
    """A table or view, and the fields of its columns."""
    table = g.relation("rrpv", missing=0.02)
    return table, g.fields_of(table) if table else []


def other_source(g, word):
    """Another table to read from, with its fields; or nothing."""
    other = g.relation("rpv")
    if not other or g.chance(0.6):
        return "", []
    return f" {word} {g.reference(other)} AS other", \
        [Field(f"other.{quote(each.name)}", each.type)
         for each in other.columns]


def assigned(g, field, scope):
    """A value that fits, mostly."""
    return g.weighted(((3, f"NULL::{field.type}"), (3, "DEFAULT"),
                       (4, g.value(field.category, scope, 1)),
                       (1, g.any_value(scope, 1))))


def returning(g, scope):
    """RETURNING, now and then."""
    if not g.chance(0.3):
        return ""
    return " RETURNING " + g.pick(("*", g.any_value(scope, 1),
                                   f"{g.any_value(scope, 0)} AS first"))


def conflict(g, fields):
    """ON CONFLICT, without or with what is then done."""
    if not fields or not g.chance(0.25):
        return ""
    names = ", ".join(each.reference for each in g.some(fields, 1, 2))
    return " ON CONFLICT " + g.pick((
        "DO NOTHING", f"({names}) DO NOTHING",
        f"({names}) DO UPDATE SET {fields[0].reference} = "
        f"excluded.{fields[0].reference}"))


@production(5)
def insert(g):
    """INSERT of no rows."""
    table, fields = target(g)
    chosen = g.some(fields, 1, 3)
    if not chosen:
        return None
    names = ", ".join(each.reference for each in chosen)
    if g.chance(0.04):
        names += ", " + g.pick(("nope", chosen[0].reference))
    items = ", ".join(assigned(g, each, ()).replace("DEFAULT", "NULL")
                      for each in chosen)
    if g.chance(0.04):
        items += ", 1"
    return f"INSERT INTO {g.reference(table)} ({names}) SELECT {items} " \
        f"WHERE false{conflict(g, fields)}{returning(g, fields)}"


@production(5)
def update(g):
    """UPDATE of no rows."""
    table, fields = target(g)
    if not fields:
        return None
    source, more = other_source(g, "FROM")
    scope = fields if not more else more
    items = [f"{each.reference} = {assigned(g, each, scope)}"
             for each in g.some(fields, 1, 2)]
    return f"UPDATE {g.maybe(0.1, 'ONLY ')}{g.reference(table)} SET " \
        f"{', '.join(items)}{source} WHERE false AND {g.condition(scope)}" \
        f"{returning(g, scope)}"


@production(3)
def delete(g):
    """DELETE of no rows."""
    table, fields = target(g)
    if not fields:
        return None
    source, more = other_source(g, "USING")
    scope = fields if not more else more
    return f"DELETE FROM {g.reference(table)}{source} WHERE false AND " \
        f"{g.condition(scope)}{returning(g, scope)}"
