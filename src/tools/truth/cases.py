"""Statements one by one, on a server and in pgsquint: after each the catalogs
and our schema must be equal, and where ours says that it fails, the server
must say so too, in the same words."""

import os
import re

from catalog import Catalog
from client import ServerError
from compare import Difference, compare
from scripts import differences_of_script
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
    with server.new_database() as connection:
        lines = run_statements(statements, connection, server.version)
        if lines:
            return lines
        if connection.transaction != "I":
            connection.query("ROLLBACK")
        theirs = Catalog(connection, server.version).read()
    return [f"script: {line}" for line in differences_of_script(
        [case.path], server, pgsquint, theirs, case.options)]


def run_statements(statements, connection, version):
    """Runs what `pgsquint schema --each` prints. Stops where the schemas
    part: what comes after would only repeat it."""
    catalog = Catalog(connection, version)
    lines = []
    for statement in statements:
        failures, differences = run_statement(statement, connection, catalog)
        lines += [_describe(statement, difference)
                  for difference in failures + differences]
        if differences:
            break
    return lines


def run_statement(statement, connection, catalog):
    """What one statement shows: differences of its failure, and of the
    schemas after it."""
    error = None
    try:
        # As psql does: "syntax error at or near" names what ends it, too.
        connection.query(statement["sql"] + "\n;")
    except ServerError as refused:
        error = refused
    failures = compare_failure(statement["fails"], error)
    # In a failed transaction the catalogs cannot be read.
    if connection.transaction == "E":
        return failures, []
    return failures, compare(catalog.read(), statement["schema"])


def compare_failure(fails, error):
    """A failure that we foretell must come, as foretold; one that we do not
    is a difference too."""
    server = error and {"message": error.message, "sqlstate": error.sqlstate}
    if fails is None and server is None:
        return []
    if fails is None or server is None:
        return [Difference("statement", "fails", "with", server, fails)]
    return [Difference("statement", "fails", field, server[field], fails[field])
            for field in ("message", "sqlstate")
            if server[field] != fails[field]]


def _describe(statement, difference):
    sql = " ".join(statement["sql"].split())
    if len(sql) > 100:
        sql = sql[:97] + "..."
    return (f"{statement['path']}:{statement['line']}: {difference}  "
            f"[{sql}]")


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
