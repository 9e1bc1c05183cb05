#!/usr/bin/env python3
"""locks.py [--update] [--case REGEX] FOLDER VERSION=PORT...

Runs the cases of testdata/locks on real servers and compares their answers
with expected.json in FOLDER; --update rewrites that file. Connects to
127.0.0.1 as postgres, in a database `locks` that it makes.

A statement runs in a transaction; then pg_locks of its session, relfilenode
before and after, the debug1 messages of ALTER TABLE and the counts of
sequential scans say what it did. One that cannot run in a transaction is made
to wait behind another session, and its locks are read from a third.
"""

import os
import re
import subprocess
import sys
import time

import lock_cases

RELATIONS = """
select c.oid, n.nspname, c.relname, c.relkind, pg_relation_filenode(c.oid) as file,
       coalesce(pg_stat_get_xact_numscans(c.oid), 0) as scans
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r','i','I','m','S','p','v','f')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
"""

LOCKS = """
select distinct coalesce(b.nspname, n.nspname), coalesce(b.relname, c.relname), l.mode
from pg_locks l
left join pg_temp.before b on b.oid = l.relation
left join pg_class c on c.oid = l.relation
left join pg_namespace n on n.oid = c.relnamespace
where l.pid = pg_backend_pid() and l.locktype = 'relation' and b.oid is not null;
"""


class Server:
    """A server's database for the cases."""

    def __init__(self, version, port):
        self.version = version
        self.port = port

    def command(self, database="locks"):
        return [
            "psql", "-X", "-q", "-At", "-F", "\x1f", "-h", "127.0.0.1",
            "-p", str(self.port), "-U", "postgres", "-d", database,
        ]  # fmt: skip

    def environment(self):
        return {
            **os.environ,
            "PGOPTIONS": "-c client_min_messages=warning",
            "PGTZ": "UTC",
            "PGPORT_T": str(self.port),
            "LC_ALL": "C.UTF-8",
        }

    def run(self, sql, database="locks", arguments=()):
        done = subprocess.run(
            [*self.command(database), *arguments],
            input=sql,
            capture_output=True,
            text=True,
            env=self.environment(),
            check=False,
        )
        return done.stdout, done.stderr

    def prepare(self):
        self.run("drop database if exists locks", "postgres")
        self.run("create database locks", "postgres")
        self.run(
            "set allow_in_place_tablespaces = on;"
            "create tablespace ts1 location ''",
            "postgres",
        )


class Session:
    """A session that stays open."""

    def __init__(self, server):
        self.process = subprocess.Popen(
            server.command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
            env=server.environment(),
        )

    def send(self, sql):
        self.process.stdin.write(sql + "\n")
        self.process.stdin.flush()

    def answer(self):
        self.send("\\echo __END__")
        lines = []
        for line in self.process.stdout:
            if "__END__" in line:
                break
            lines.append(line.rstrip("\n"))
        return lines

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


def sections(output):
    """{name: [fields]} of what stands after `===name` lines."""
    found = {}
    current = None
    for line in output.splitlines():
        if line.startswith("==="):
            current = found.setdefault(line[3:], [])
        elif current is not None and line:
            current.append(line.split("\x1f"))
    return found


def errors_of(text):
    return [
        line.split("ERROR:", 1)[1].strip()
        for line in text.splitlines()
        if "ERROR:" in line and "current transaction is aborted" not in line
    ]


def debugs_of(lines):
    told = []
    for line in lines:
        if "DEBUG:" in line:
            work = lock_cases.work_of_debug(line)
            if work:
                told.append(work)
    return told


RESET = """
do $$ declare s name; begin
for s in select nspname from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'
loop execute format('drop schema %I cascade', s); end loop;
for s in select pubname from pg_publication
loop execute format('drop publication %I', s); end loop;
for s in select evtname from pg_event_trigger
loop execute format('drop event trigger %I', s); end loop;
end $$;
create schema public;
"""


SETTINGS = "set search_path = v, public;\n"


def set_up(server, case, base):
    failed = errors_of(server.run(f"{RESET}{base}{case.setup}")[1])
    if failed:
        raise SystemExit(f"{case.name} on {server.version}: {failed[0]}")
    # By themselves these may fail: what was to be seen is what they hold.
    server.run(SETTINGS + case.committed)


def settings_of(sql):
    """SET and the like: what a session keeps that its transaction loses."""
    return "".join(
        line + "\n" for line in sql.splitlines() if re.match(r"set\b", line, re.I)
    )


def answer_of(found, statement, told, fails):
    existing = {(row[0], row[1]): row[2] for row in found.get("BEFORE", [])}
    after = {row[1]: row[0] for row in found.get("AFTER", [])}

    def schema_of(name):
        for schema, known in existing:
            if known == name:
                return schema
        return after.get(name, "v")

    if fails:
        return {"fails": fails, "locks": [], "work": []}
    return {
        "fails": None,
        "locks": lock_cases.shape_locks(found.get("LOCKS", []), existing),
        "work": lock_cases.shape_work(
            statement,
            told,
            found.get("FILES", []),
            found.get("SCANS", []),
            existing,
            schema_of,
        ),
    }


OBSERVE = f"""
set client_min_messages = warning;
\\echo ===LOCKS
{LOCKS}
create temp table after as {RELATIONS};
\\echo ===BEFORE
select nspname, relname, relkind from pg_temp.before;
\\echo ===AFTER
select nspname, relname, relkind from pg_temp.after;
\\echo ===FILES
select b.nspname, b.relname, b.relkind from pg_temp.before b
join pg_temp.after a using (oid) where a.file is distinct from b.file;
\\echo ===SCANS
select b.nspname, b.relname from pg_temp.before b
join pg_temp.after a using (oid) where a.scans > b.scans;
\\echo ===END
"""


def run_in_transaction(server, case, base, before, statement, rows=True):
    """One run; `before` stands within the transaction."""
    empty = "" if rows else (
        "do $$ declare t regclass; begin for t in select c.oid from pg_class c"
        " where relkind in ('r','p') and relnamespace = 'v'::regnamespace"
        " loop execute format('truncate %s cascade', t); end loop; end $$;"
    )  # fmt: skip
    set_up(server, case, base)
    output, errors = server.run(
        f"{SETTINGS}{settings_of(case.setup)}{empty}\nbegin;\n{before}"
        f"create temp table before as {RELATIONS};\n"
        f"set local client_min_messages = debug1;\n"
        f"{statement.rstrip().rstrip(';')};\n"
        f"{OBSERVE}rollback;\n"
    )
    found = sections(output)
    failed = errors_of(errors)
    return answer_of(
        found, statement, debugs_of(errors.splitlines()), failed[0] if failed else None
    )


def measure_in_transaction(server, case, base):
    answer = run_in_transaction(
        server, case, base, case.before, case.statement, rows=not case.rows
    )
    # What an earlier statement of the transaction holds is not this one's.
    if case.before.strip() and not answer["fails"]:
        alone = lock_cases.Case(case.name, case.topic)
        alone.setup = case.setup
        alone.committed = case.before
        answer["locks"] = run_in_transaction(
            server, alone, base, settings_of(case.before), case.statement
        )["locks"]
    return answer


WAITING = """
select wait_event_type from pg_stat_activity
where pid = {pid} and state = 'active';
"""

HELD = """
select distinct n.nspname, c.relname, l.mode from pg_locks l
join pg_class c on c.oid = l.relation
join pg_namespace n on n.oid = c.relnamespace
where l.pid = {pid} and l.locktype = 'relation';
"""


def wait_until_seen(server, pid):
    """The statement waits for a lock, or is done."""
    for _ in range(100):
        time.sleep(0.05)
        state = server.run(WAITING.format(pid=pid))[0].strip()
        if state in ("", "Lock"):
            return


def measure_alone(server, case, base):
    """Outside of a transaction, behind a session that holds it up."""
    set_up(server, case, base)
    before = sections(
        "===BEFORE\n" + server.run(f"select nspname, relname, relkind, file from ({RELATIONS}) x")[0]
    )["BEFORE"]
    holder = None
    if case.holder:
        holder = Session(server)
        holder.send(SETTINGS + "begin;")
        holder.send(case.holder)
        holder.answer()
    session = Session(server)
    session.send(SETTINGS + settings_of(case.setup))
    session.send("select 'PID=' || pg_backend_pid();")
    pid = [line[4:] for line in session.answer() if line.startswith("PID=")][0]
    session.send("set client_min_messages = debug1;")
    statement = case.statement.rstrip().rstrip(";")
    session.send(statement + ";")
    held = []
    if holder:
        wait_until_seen(server, pid)
        output = server.run(HELD.format(pid=pid))[0]
        held = [line.split("\x1f") for line in output.splitlines() if line]
        holder.send("rollback;")
        holder.answer()
        holder.close()
    lines = session.answer()
    session.close()
    after = sections(
        "===AFTER\n" + server.run(f"select nspname, relname, relkind, file from ({RELATIONS}) x")[0]
    )["AFTER"]
    files = {(row[0], row[1]): row[3] for row in after}
    found = {
        "BEFORE": before,
        "AFTER": after,
        "LOCKS": held,
        "FILES": [
            row[:3] for row in before if files.get((row[0], row[1]), row[3]) != row[3]
        ],
    }
    failed = errors_of("\n".join(lines))
    return answer_of(found, statement, debugs_of(lines), failed[0] if failed else None)


def measure_one_query(server, case, base):
    set_up(server, case, base)
    failed = errors_of(
        server.run("", arguments=["-c", f"set search_path = v; {case.statement}"])[1]
    )
    return {"fails": failed[0] if failed else None, "locks": [], "work": []}


def measure(server, case, base):
    if case.one_query:
        return measure_one_query(server, case, base)
    if case.in_transaction:
        return measure_in_transaction(server, case, base)
    return measure_alone(server, case, base)


def main(arguments):
    update = "--update" in arguments
    only = None
    if "--case" in arguments:
        at = arguments.index("--case")
        only = re.compile(arguments[at + 1])
        del arguments[at : at + 2]
    folder, *servers = [word for word in arguments if word != "--update"]
    cases, base = lock_cases.read_cases(folder)
    expected_path = os.path.join(folder, "expected.json")
    expected = {}
    if os.path.exists(expected_path):
        expected = lock_cases.read_expected(expected_path)
    answers = [(case, {}) for case in cases]
    for (name, version), answer in expected.items():
        for case, by_version in answers:
            if case.name == name and version in case.versions():
                by_version[version] = answer
    count = differences = 0
    for word in servers:
        version, _, port = word.partition("=")
        server = Server(int(version), int(port))
        server.prepare()
        for case, by_version in answers:
            if server.version not in case.versions():
                continue
            if only and not only.search(case.name):
                continue
            answer = measure(server, case, base)
            count += 1
            if answer != expected.get((case.name, server.version)):
                differences += 1
                if not update:
                    print(f"{case.name} on {server.version}:")
                    print(f"  expected {expected.get((case.name, server.version))}")
                    print(f"  server   {answer}")
            by_version[server.version] = answer
    if update:
        lock_cases.write_expected(expected_path, answers)
    print(f"{count} cases, {differences} differences")
    return 0 if update or not differences else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
