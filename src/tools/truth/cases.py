"""Statements one by one, on a server and in pgsquint: after each the catalogs
and our schema must be equal, and where ours says that it fails, the server
must say so too, in the same words."""

import os
import re

from catalog import Catalog
from client import ServerError
from compare import Difference, compare
from servers import VERSIONS


class Case:
    """A file, or a folder of several, of testdata/schema. Comments at the
    top of the (first) file may say `-- options: ...` for pgsquint and
    `-- versions: 14-18`."""

    def __init__(self, path):
        self.path = path
        self.options = ()
        self.versions = VERSIONS
        for line in _first_lines(path):
            if line.startswith("-- options: "):
                self.options = tuple(line.split()[2:])
            if match := re.match(r"-- versions: (\d+)(?:-(\d+))?$", line):
                low, high = int(match[1]), int(match[2] or match[1])
                self.versions = tuple(range(low, high + 1))


def run_case(case, server, pgsquint):
    """Returns what differs, a list of lines."""
    statements = pgsquint.each([case.path], server.version, case.options)
    database = server.create_database()
    try:
        with server.connect(database) as connection:
            return run_statements(statements, connection, server.version)
    finally:
        server.drop_database(database)


def run_statements(statements, connection, version):
    """Runs what `pgsquint schema --each` prints. Stops where the schemas
    part: what comes after would only repeat it."""
    catalog = Catalog(connection, version)
    lines = []
    for statement in statements:
        place = f"{statement['path']}:{statement['line']}"
        found = [_describe(statement, difference)
                 for difference in run_statement(statement, connection,
                                                 catalog)]
        lines += [f"{place}: {line}" for line in found]
        if found:
            break
    return lines


def run_statement(statement, connection, catalog):
    """The differences that one statement shows."""
    error = None
    try:
        connection.query(statement["sql"])
    except ServerError as refused:
        error = refused
    differences = compare_failure(statement["fails"], error)
    if not differences and connection.transaction != "E":
        differences = compare(catalog.read(), statement["schema"])
    return differences


def compare_failure(fails, error):
    """A failure that we foretell must come, as foretold; one that we do not
    is a difference too."""
    server = error and {"message": error.message, "sqlstate": error.sqlstate}
    if fails is None and server is None:
        return []
    if fails is None or server is None:
        return [Difference("statement", "", "fails", server, fails)]
    return [Difference("statement", "", field, server[field], fails[field])
            for field in ("message", "sqlstate")
            if server[field] != fails[field]]


def _describe(statement, difference):
    sql = " ".join(statement["sql"].split())
    if len(sql) > 100:
        sql = sql[:97] + "..."
    return f"{difference}  [{sql}]"


def _first_lines(path):
    if os.path.isdir(path):
        files = sorted(name for name in os.listdir(path)
                       if name.endswith(".sql"))
        path = os.path.join(path, files[0])
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if not line.startswith("--"):
                return
            yield line.rstrip()
