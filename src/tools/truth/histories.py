"""Whole migration histories: the up migrations carried out one statement
after the other, then every object of ours compared with the server's."""

import re

from cases import compare_failure
from catalog import Catalog
from client import ServerError
from compare import compare, objects_of

# What the tools keep their own books in; migrations that meddle with that
# find it. None of these is an object of the schema.
_BOOKS = {
    "__diesel_schema_migrations": """CREATE TABLE __diesel_schema_migrations (
        version varchar(50) PRIMARY KEY NOT NULL,
        run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)""",
    "_prisma_migrations": """CREATE TABLE _prisma_migrations (
        id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL,
        finished_at timestamptz, migration_name varchar(255) NOT NULL,
        logs text, rolled_back_at timestamptz,
        started_at timestamptz NOT NULL DEFAULT now(),
        applied_steps_count integer NOT NULL DEFAULT 0)""",
    "_sqlx_migrations": """CREATE TABLE _sqlx_migrations (
        version bigint PRIMARY KEY, description text NOT NULL,
        installed_on timestamptz NOT NULL DEFAULT now(),
        success boolean NOT NULL, checksum bytea NOT NULL,
        execution_time bigint NOT NULL)""",
}


class History:
    """What came of one history on one server."""

    def __init__(self):
        self.refused = []      # what only the server refuses, or first
        self.differences = []  # of our schema, and of what fails
        self.schema = {}       # the server's
        self.objects = 0       # of that
        self.equal = 0         # of these


def run_history(paths, server, pgsquint):
    """Compares one history on one server."""
    history = History()
    statements = list(pgsquint.statements(paths, server.version))
    with server.new_database() as connection:
        _open_books(statements, connection)
        _carry_out(statements, connection, history)
        theirs = _without_books(Catalog(connection, server.version).read())
    history.schema = theirs
    ours = _without_books(pgsquint.schema(paths, server.version))
    differences = compare(theirs, ours)
    history.differences += [str(difference) for difference in differences]
    history.objects = len(objects_of(theirs))
    history.equal = history.objects - len(
        {(each.kind, each.name) for each in differences} & objects_of(theirs).keys())
    return history


def trace(paths, server, pgsquint, options=()):
    """For finding out: compares after every statement. Yields each
    difference when it first shows, with the statement."""
    known = set()
    statements = pgsquint.each(paths, server.version, options)
    with server.new_database() as connection:
        catalog = Catalog(connection, server.version)
        for statement in statements:
            error = _try(connection, statement["sql"])
            for difference in compare_failure(statement["fails"], error):
                yield f"{_place(statement)}: {difference}"
            if connection.transaction == "E":
                continue
            found = set(map(str, compare(_without_books(catalog.read()),
                                         _without_books(statement["schema"]))))
            for line in sorted(found - known):
                yield f"{_place(statement)}: {line}"
            known = found


def _open_books(statements, connection):
    for name, create in _BOOKS.items():
        if any(name in statement["sql"] for statement in statements):
            connection.query(create)


def _carry_out(statements, connection, history):
    for statement in statements:
        error = _try(connection, statement["sql"])
        if error and _is_at_placeholder(error):
            continue  # the tool writes something else there
        if error and not statement["fails"]:
            history.refused.append(f"{_place(statement)}: {error}")
        elif statement["fails"] and not error:
            history.differences.append(
                f"{_place(statement)}: ours refuses: "
                f"{statement['fails']['message']}")


def _is_at_placeholder(error):
    """What a tool fills in (${role}, {{ role }}, <%= role %>) is no SQL."""
    return error.sqlstate == "42601" and \
        re.search(r'at or near "(\$|\{|<%)', error.message) is not None


def _try(connection, sql):
    try:
        connection.query(sql)
    except ServerError as error:
        return error
    return None


def _place(statement):
    return f"{statement['path']}:{statement['line']}"


def _without_books(schema):
    tables = [table for table in schema["tables"]
              if table["name"] not in _BOOKS]
    return {**schema, "tables": tables}
