"""Histories of random statements as a server had them: each statement with
what the server made of it. They are kept in a folder, since what a server
does with a seed does not change and pgsquint does."""

import glob
import hashlib
import json
import os
import zlib

from catalog import Catalog
from client import ServerError
from random_ddl import Generator
from random_state import State


class Step:
    """A statement, the server's error (null if it was accepted) and the
    schema after it; null where a failed transaction hides that."""

    def __init__(self, sql, error, schema):
        self.sql = sql
        self.error = error
        self.schema = schema


class Recorder:
    """Runs statements on one server, each history in a database of its own."""

    def __init__(self, server, folder=None):
        self._server = server
        self._folder = folder
        self._database = f"random_{os.getpid()}"

    def history(self, seed, count):
        """The history of that seed."""
        path = self._path(seed, count)
        if path and os.path.exists(path):
            return _load(path)
        state = State()
        generator = Generator(f"{seed}", self._server.version, state)

        def statements(connection):
            for _ in range(count):
                if connection.transaction == "E":
                    state.transaction = "E"
                else:
                    state.read(connection)
                yield generator.statement()

        steps = self._run(statements)
        if path:
            _save(path, steps)
        return steps

    def replay(self, statements):
        """What the server makes of these statements."""
        return self._run(lambda _: statements)

    def _run(self, statements):
        """statements: given the connection, what to run on it."""
        with self._server.connect() as connection:
            connection.query("DROP DATABASE IF EXISTS "
                             f"{self._database} WITH (FORCE)")
            connection.query(f"CREATE DATABASE {self._database} "
                             "TEMPLATE template0")
        try:
            with self._server.connect(self._database) as connection:
                catalog = Catalog(connection, self._server.version)
                return _steps(statements(connection), connection, catalog)
        finally:
            with self._server.connect() as connection:
                connection.query(f"DROP DATABASE {self._database} "
                                 "WITH (FORCE)")

    def _path(self, seed, count):
        if not self._folder:
            return None
        folder = os.path.join(self._folder, _fingerprint())
        os.makedirs(folder, exist_ok=True)
        return os.path.join(folder,
                            f"{self._server.version}-{seed}-{count}")


def _steps(statements, connection, catalog):
    steps, schema = [], catalog.read()
    for sql in statements:
        error = None
        try:
            connection.query(sql)
        except ServerError as refused:
            error = {"message": refused.message, "sqlstate": refused.sqlstate}
        if connection.transaction == "E":
            schema = None
        elif error is None:
            schema = catalog.read()
        steps.append(Step(sql, error, schema))
    return steps


def _fingerprint():
    """Of all that decides what a history is."""
    folder = os.path.dirname(os.path.abspath(__file__))
    digest = hashlib.sha256()
    for path in sorted(glob.glob(os.path.join(folder, "random_*.py")) +
                       glob.glob(os.path.join(folder, "catalog.*"))):
        name = os.path.basename(path)
        if name in ("random_judge.py", "random_locks.py",
                    "random_minimize.py", "random_run.py"):
            continue
        with open(path, "rb") as file:
            digest.update(name.encode() + file.read())
    return digest.hexdigest()[:16]


def _save(path, steps):
    text = json.dumps([vars(step) for step in steps])
    with open(path + ".new", "wb") as file:
        file.write(zlib.compress(text.encode("utf-8", "surrogateescape"), 1))
    os.replace(path + ".new", path)


def _load(path):
    with open(path, "rb") as file:
        text = zlib.decompress(file.read()).decode("utf-8", "surrogateescape")
    return [Step(**fields) for fields in json.loads(text)]
