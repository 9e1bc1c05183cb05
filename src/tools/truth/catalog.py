"""The schema of a database, read from its catalogs, in the very shape that
`pgsquint schema --format json` prints."""

import itertools
import json
import os
import re

from client import ServerError

_ACTION = """CASE {} WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict'
    WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
    WHEN 'd' THEN 'set default' END"""

# NOT NULL constraints of tables have names from 18 on.
_NOT_NULL = """(
    SELECT coalesce(json_agg(json_build_object(
        'name', k.conname, 'column', a.attname, 'validated', k.convalidated,
        'inherited', NOT k.conislocal
    ) ORDER BY k.conname COLLATE "C"), '[]')
    FROM pg_constraint AS k JOIN pg_attribute AS a
        ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
    WHERE k.conrelid = c.oid AND k.contype = 'n')"""

# Of prepared statements: one connection may have several readers.
_NUMBERS = itertools.count()

_INVALID_STATEMENT_NAME = "26000"


class Catalog:
    """Reads the catalogs through one connection, over and over."""

    def __init__(self, connection, version):
        self._connection = connection
        self._query = _query_for(version)
        self._name = f"truth_catalog_{next(_NUMBERS)}"
        self._is_prepared = False

    def read(self):
        """The schema as this session sees it, in the midst of a transaction
        too; that one must not have failed."""
        try:
            return self._read()
        except ServerError as error:
            # A DISCARD ALL of the statements under test also forgets ours.
            if error.sqlstate != _INVALID_STATEMENT_NAME:
                raise
            self._is_prepared = False
            return self._read()

    def _read(self):
        connection = self._connection
        if connection.transaction == "T":
            begin = "SAVEPOINT truth_catalog"
            end = ("ROLLBACK TO SAVEPOINT truth_catalog; "
                   "RELEASE SAVEPOINT truth_catalog")
        else:
            begin, end = "BEGIN", "ROLLBACK"
        connection.query(f"{begin}; SET LOCAL search_path = ''")
        try:
            if not self._is_prepared:
                connection.query(f"PREPARE {self._name} AS {self._query}")
                self._is_prepared = True
            text = connection.query(f"EXECUTE {self._name}")[0][0]
        finally:
            connection.query(end)
        return json.loads(text)


def _query_for(version):
    path = os.path.join(os.path.dirname(__file__), "catalog.sql")
    with open(path, encoding="utf-8") as file:
        query = file.read()
    query = re.sub(r"--.*", "", query)
    query = re.sub(r":action\((.*?)\)",
                   lambda match: _ACTION.format(match[1]), query)
    parts = {
        ":enforced": "k.conenforced" if version >= 18 else "true",
        ":not_null": _NOT_NULL if version >= 18 else "'[]'::json",
        ":nulls_not_distinct":
            "i.indnullsnotdistinct" if version >= 15 else "false",
    }
    for name, part in parts.items():
        query = query.replace(name, part)
    return query
