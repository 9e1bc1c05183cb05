"""The cases of testdata/locks on real servers: what each statement locks and
what work it does.

A statement runs in a transaction; then pg_locks of its session, relfilenode
before and after, the debug1 messages of ALTER TABLE and the counts of
sequential scans say what it did. One that cannot run in a transaction is made
to wait behind another session, and its locks are read from a third.
"""

import os
import re
import tempfile
import time

import lock_cases
from client import ServerError

_SETTINGS = "SET client_min_messages = warning; SET search_path = v, public"

_RELATIONS = """
SELECT c.oid, n.nspname, c.relname, c.relkind, pg_relation_filenode(c.oid),
    coalesce(pg_stat_get_xact_numscans(c.oid), 0)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'i', 'I', 'm', 'S', 'p', 'v', 'f')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""

_LOCKS = """
SELECT DISTINCT relation, mode FROM pg_locks
WHERE pid = {} AND locktype = 'relation'
"""

_IS_WAITING_OR_DONE = """
SELECT FROM pg_stat_activity
WHERE pid = {} AND (state <> 'active' OR wait_event_type = 'Lock')
"""

# Everything that a case may leave behind.
_RESET = """
DO $$ DECLARE s name; BEGIN
FOR s IN SELECT nspname FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP;
FOR s IN SELECT pubname FROM pg_publication
LOOP EXECUTE format('DROP PUBLICATION %I', s); END LOOP;
FOR s IN SELECT evtname FROM pg_event_trigger
LOOP EXECUTE format('DROP EVENT TRIGGER %I', s); END LOOP;
FOR s IN SELECT fdwname FROM pg_foreign_data_wrapper
LOOP EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', s); END LOOP;
END $$;
CREATE SCHEMA public
"""

_EMPTY = """
DO $$ DECLARE t regclass; BEGIN
FOR t IN SELECT oid FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'v'::regnamespace
LOOP EXECUTE format('TRUNCATE %s CASCADE', t); END LOOP;
END $$
"""

_TABLESPACE = """
SET allow_in_place_tablespaces = on;
CREATE TABLESPACE ts1 LOCATION ''
"""

_TOKEN = re.compile(r"""BEGIN\s+ATOMIC\b.*?\bEND\b|'(?:[^']|'')*'|"[^"]*"|\$(\w*)\$.*?\$\1\$|--[^\n]*
                    |;|[^'"$;\s-]+|\s+|.""", re.S | re.X | re.I)


class Relations:
    """What there is at one moment, and what became of it."""

    def __init__(self, connection):
        self._rows = {row[0]: row for row in connection.query(_RELATIONS)}
        self.kinds = {(row[1], row[2]): row[3] for row in self._rows.values()}

    def locked(self, rows):
        """[(schema, name, mode)] of rows of pg_locks."""
        return [(*self._rows[oid][1:3], mode) for oid, mode in rows
                if oid in self._rows]

    def refiled(self, later):
        """[(schema, name, kind)] of what has a new file later."""
        return [tuple(row[1:4]) for oid, row in self._rows.items()
                if oid in later._rows and later._rows[oid][4] != row[4]]

    def scanned(self, later):
        """[(schema, name)] of what was scanned until later."""
        return [tuple(row[1:3]) for oid, row in self._rows.items()
                if oid in later._rows and int(later._rows[oid][5]) > int(row[5])]

    def schema_of(self, name):
        """The schema of the relation of that name, if there is one."""
        return next((schema for schema, known in self.kinds if known == name),
                    None)


class Bench:
    """One server's database, in which case after case runs."""

    def __init__(self, connection, server, base):
        self._connection = connection
        self._server = server
        self._database = connection.query("SELECT current_database()")[0][0]
        self._base = base
        try:
            _run(connection, _TABLESPACE)
        except ServerError:
            pass  # of the database before this one

    def measure(self, case):
        """{"fails", "locks", "work"} as the server has them."""
        if case.one_query:
            return self._measure_one_query(case)
        if not case.in_transaction:
            return self._measure_alone(case)
        answer = self._measure_in_transaction(case, case.before)
        # What an earlier statement of the transaction holds is not this
        # one's: once more, with that committed.
        if case.before.strip() and not answer["fails"]:
            answer["locks"] = self._measure_in_transaction(
                case, _settings_of(case.before), case.before)["locks"]
        return answer

    def _measure_in_transaction(self, case, before, committed=""):
        self._set_up(case, committed)
        with self._session(case) as session:
            if case.rows:
                session.query(_EMPTY)
            _run(session, f"BEGIN; {before}")
            relations = Relations(session)
            try:
                told = _run_told(session, case.statement)
            except ServerError as error:
                return _refused(error)
            held = session.query(_LOCKS.format(session.process_id))
            answer = _answer(case, relations, Relations(session), held, told)
            session.query("ROLLBACK")
            return answer

    def _measure_alone(self, case):
        """Outside of a transaction, as often as there are holders."""
        answers = [self._measure_behind(case, holder)
                   for holder in case.holders or [None]]
        for other in answers[1:]:
            answers[0]["locks"] = lock_cases.stronger(answers[0]["locks"],
                                                      other["locks"])
        return answers[0]

    def _measure_behind(self, case, held_by):
        """Behind a session that holds it up, if there is one."""
        self._set_up(case)
        relations = Relations(self._connection)
        with self._session(case) as session, self._session(case) as holder:
            if held_by:
                _run(holder, f"BEGIN; {held_by}")
            session.query("SET client_min_messages = debug1")
            session.begin(case.statement)
            held = self._see_locks(session) if held_by else []
            if held_by:
                holder.query("ROLLBACK")
            try:
                session.finish()
            except ServerError as error:
                return _refused(error)
            return _answer(case, relations, Relations(self._connection), held,
                           work_told(session))

    def _see_locks(self, session):
        for _ in range(200):
            time.sleep(0.02)
            if self._connection.query(
                    _IS_WAITING_OR_DONE.format(session.process_id)):
                break
        return self._connection.query(_LOCKS.format(session.process_id))

    def _measure_one_query(self, case):
        self._set_up(case)
        with self._session(case) as session:
            try:
                session.query(f"SET search_path = v; {case.statement}")
            except ServerError as error:
                return _refused(error)
        return {"fails": None, "locks": [], "work": []}

    def _set_up(self, case, committed=""):
        connection = self._connection
        connection.query(_RESET)
        connection.query(_SETTINGS)
        _run(connection, self._base)
        _run(connection, case.setup)
        # By themselves these may fail: what is to be seen is what they hold.
        try:
            _run(connection, committed)
        except ServerError:
            pass
        connection.query("RESET ALL")

    def _session(self, case):
        session = self._server.connect(self._database)
        _run(session, f"{_SETTINGS}; {_settings_of(case.setup)}")
        return session


def measure_all(cases, base, server):
    """{case name: answer} of a server."""
    with server.new_database() as connection:
        bench = Bench(connection, server, base)
        return {case.name: bench.measure(case) for case in cases
                if server.version in case.versions()}


def ours(case, base, version, pgsquint):
    """What pgsquint says of the case's statement, which ends last."""
    with tempfile.TemporaryDirectory() as folder:
        # golang-migrate sends a file as one query.
        path = os.path.join(folder, "1_case.up.sql" if case.one_query
                            else "case.sql")
        with open(path, "w", encoding="utf-8") as file:
            file.write(case.script(base))
        last = max(pgsquint.locks([path], version),
                   key=lambda each: each["offset"] + each["length"])
    return {key: last[key] for key in ("fails", "locks", "work")}


def split(sql):
    """The statements of a text: strings, comments and dollar quotes hold no
    semicolons that end one."""
    statements, text = [], ""
    for match in _TOKEN.finditer(sql):
        if match[0] != ";":
            text += match[0]
            continue
        statements.append(text)
        text = ""
    return [each for each in statements + [text] if each.strip()]


def _run(connection, sql):
    for statement in split(sql):
        connection.query(statement)


def _run_told(connection, sql):
    """Returns what the server told of its work."""
    told = []
    connection.query("SET LOCAL client_min_messages = debug1")
    for statement in split(sql):
        connection.query(statement)
        told += work_told(connection)
    connection.query("SET LOCAL client_min_messages = warning")
    return told


def work_told(connection):
    """What the last query told of its work."""
    found = (lock_cases.work_of_debug(notice["M"])
             for notice in connection.notices if notice["V"] == "DEBUG")
    return [work for work in found if work]


def _settings_of(sql):
    """SET and the like: what a session keeps that its transaction loses."""
    return "".join(line + "\n" for line in sql.splitlines()
                   if re.match(r"set\b", line, re.I))


def _refused(error):
    return {"fails": error.message, "locks": [], "work": []}


def _answer(case, before, after, held, told):
    return {
        "fails": None,
        "locks": lock_cases.shape_locks(before.locked(held), before.kinds),
        "work": lock_cases.shape_work(
            case.statement, told, before.refiled(after),
            before.scanned(after), before.kinds,
            lambda name: before.schema_of(name) or after.schema_of(name)
            or "v"),
    }
