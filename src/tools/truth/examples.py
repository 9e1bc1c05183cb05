"""The examples of the rules (lint/rule.h), as write_examples writes them: what
each rule claims that a server makes of them."""

import functools
import os
import re

from client import ServerError
from servers import VERSIONS

_UP = re.compile(r"^-- \+goose Up$", re.M)
_DOWN = re.compile(r"^-- \+goose Down$", re.M)
_EXTENSION = re.compile(r"(?i)\s*create extension (\w+)")
_STAND_INS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                          "stand_ins")
_QUERY = re.compile(r"(?i)\s*(select|with|values|table|insert|update|delete|"
                    r"merge)\b")


class Rule:
    """The examples of one rule: folders of migrations by name."""

    def __init__(self, folder):
        self.name = os.path.basename(folder)
        lines = _read(os.path.join(folder, "claim")).splitlines()
        self.claim, self.text = lines[0], lines[1]
        self.versions = _versions(lines[2])
        self.claim_versions = _versions(lines[3])
        query = os.path.join(folder, "query")
        self.query = _read(query) if os.path.exists(query) else None
        self.examples = {name: os.path.join(folder, name)
                         for name in ("bad", "good", "fixed")
                         if os.path.isdir(os.path.join(folder, name))}


def read_rules(folder):
    """What write_examples wrote."""
    return sorted((Rule(os.path.join(folder, kind, name))
                   for kind in ("plain", "tool")
                   for name in os.listdir(os.path.join(folder, kind))),
                  key=lambda rule: rule.name)


def check_rules(rules, server, pgsquint):
    """What is not as it is claimed on this server: lines by rule's name."""
    return {rule.name: [f"{name}: {line}"
                        for name, folder in rule.examples.items()
                        for line in _check(rule, name, folder, server,
                                           pgsquint)]
            for rule in rules if server.version in rule.versions}


def _check(rule, name, folder, server, pgsquint):
    claim = rule.claim if server.version in rule.claim_versions else "accepted"
    with _cluster_restored(server), server.new_database() as connection:
        errors, last = [], None
        for path in _paths(folder):
            is_setup = os.path.basename(path) == "0001_setup.sql"
            failed, last = _run(path, connection, pgsquint)
            errors += [f"setup: {each}" if is_setup else str(each)
                       for each in failed]
        if not errors:
            for path in reversed(_paths(folder)):
                errors += map(str, _run_down(path, connection))
        if claim == "refused" and name == "bad":
            return _check_refusal(errors, rule.text)
        if errors or not claim.startswith("plan"):
            return [f"refused: {each}" for each in errors]
        return _check_plan(rule, name, rule.query or last, connection)


def _check_refusal(errors, text):
    if len(errors) == 1 and text and text in errors[0]:
        return []
    return [f"refused: {each}, not: {text}" for each in errors] or [
        f"accepted, not refused: {text}"]


def _check_plan(rule, name, query, connection):
    if not rule.text or not query:
        return ["there is no text to look for, or no query"]
    connection.query("SET enable_seqscan = off")
    try:
        plan = [row[0] for row in connection.query(f"EXPLAIN {query}")]
    except ServerError as error:
        return [f"EXPLAIN refused: {error}"]
    wants = (rule.claim == "plan-with") == (name == "bad")
    if wants == any(rule.text in line for line in plan):
        return []
    return [f"the plan {'lacks' if wants else 'has'} \"{rule.text}\":"] + [
        f"    {line}" for line in plan]


def _paths(folder):
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder))]


def _run(path, connection, pgsquint):
    """Runs a file or its up step; its errors, and the last query that has a
    plan. What an aborted transaction refuses is none."""
    errors, last = [], None
    for sql in _statements(path, pgsquint):
        try:
            connection.query(sql)
        except ServerError as error:
            if _is_stood_in_for(sql, error, connection):
                continue
            if error.sqlstate != "25P02":
                errors.append(error)
        if _QUERY.match(sql):
            last = sql
    if connection.transaction != "I":
        connection.query("ROLLBACK")
    return errors, last


def _is_stood_in_for(sql, error, connection):
    """The server lacks an extension; what stands in for it is made instead."""
    match = _EXTENSION.match(sql)
    path = match and os.path.join(_STAND_INS, match.group(1) + ".sql")
    if (not path or error.sqlstate not in ("0A000", "58P01")
            or not os.path.exists(path)):
        return False
    connection.query(_read(path))
    return True


@functools.lru_cache(maxsize=None)
def _statements(path, pgsquint):
    """As psql sends them, or goose."""
    text = _read(path)
    if _UP.search(text):
        return ["BEGIN", _DOWN.split(text)[0], "COMMIT"]
    try:
        text.encode()
    except UnicodeEncodeError:
        return [text]  # JSON cannot carry it
    return [each["sql"] for each in pgsquint.statements(
        [path], VERSIONS[-1], ("--tool", "plain"))]


def _run_down(path, connection):
    parts = _DOWN.split(_read(path))
    if len(parts) < 2:
        return []
    try:
        connection.query("BEGIN")
        connection.query(parts[1])
        connection.query("COMMIT")
    except ServerError as error:
        return [error]
    return []


class _cluster_restored:
    """Drops, at the end of a `with`, the roles and databases that came."""

    def __init__(self, server):
        self._server = server

    def __enter__(self):
        self._before = self._names()

    def __exit__(self, *_):
        for kind, name in sorted(self._names() - self._before):
            with self._server.connect() as connection:
                connection.query(f'DROP {kind} "{name}"')

    def _names(self):
        with self._server.connect() as connection:
            return {tuple(row) for row in connection.query(
                "SELECT 'DATABASE', datname FROM pg_database UNION ALL "
                "SELECT 'ROLE', rolname FROM pg_roles")}


def _versions(line):
    low, high = map(int, line.split())
    return range(low or VERSIONS[0], (high or VERSIONS[-1]) + 1)


def _read(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()
