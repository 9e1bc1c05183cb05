#!/usr/bin/env python3
"""Compares pgsquint with real PostgreSQL servers: testdata/README.md says
what `make truth` does with this."""

import argparse
import glob
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from builtin import compare_tables
import lock_cases
import locks
from calls import compare_calls
from cases import Case, run_case
from down import compare_down
from examples import check_rules, read_rules
from histories import run_history, trace
from pgsquint import Pgsquint, PgsquintError
from plans import compare_plans
from random_locks import compare_random_locks
from random_run import compare_random
from scripts import differences_of_script
from sensitivity import check_sensitivity
from servers import VERSIONS, Servers, ServersError

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.dirname(os.path.abspath(__file__)))))

# Of what servers refuse for a reason of schema.
SHARE_MIN = 90
PARTS = ("builtin", "sensitivity", "examples", "cases", "calls", "locks", "histories",
         "random", "random-locks", "down", "plans")


class Tally:
    """What passed and what failed."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def add(self, name, lines_by_version):
        """One thing that was compared on some servers, with what differed, if
        anything."""
        groups = {}
        for version, lines in lines_by_version.items():
            groups.setdefault(tuple(lines), []).append(version)
        for lines, versions in groups.items():
            if not lines:
                self.passed += len(versions)
                continue
            self.failed += len(versions)
            print(f"FAILED: {name} on PostgreSQL {_show_versions(versions)}")
            for line in lines:
                print(f"    {line}")
        sys.stdout.flush()


def main():
    """Returns the exit status."""
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    tally = Tally()
    try:
        with Servers(options.versions, options.packages) as servers:
            if options.serve:
                serve(servers)
            else:
                run(options, servers, tally)
    except ServersError as error:
        print(f"truth: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    if options.trace:
        return 0
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


def run(options, servers, tally):
    """Compares everything that the options ask for."""
    pgsquint = Pgsquint(os.path.abspath(options.pgsquint))
    if options.trace:
        run_traces(options, servers, pgsquint)
        return
    if "builtin" in options.parts and set(servers) == set(VERSIONS):
        tally.add("the built-in catalogue", {
            version: [f"{name}: make builtin writes another"
                      for name in names]
            for version, names in compare_tables(servers).items()})
    if "sensitivity" in options.parts:
        tally.add("what can be compared", {
            version: check_sensitivity(server)
            for version, server in servers.items()})
    if "examples" in options.parts:
        run_examples(options, servers, pgsquint, tally)
    if "cases" in options.parts:
        run_cases(options.case or find_cases(), servers, pgsquint, tally)
    if "locks" in options.parts:
        run_locks(options, servers, pgsquint, tally)
    if "calls" in options.parts:
        print(f"== {options.calls} calls on each server")
        tally.add("calls, casts and mixtures of types", {
            version: attempt(compare_calls, server, pgsquint, options.calls,
                             options.seed)
            for version, server in servers.items()})
    if "histories" in options.parts:
        histories = options.history or find_histories()
        run_histories(histories + options.add_history, servers, pgsquint,
                      tally)
    if "random" in options.parts:
        run_random(options, servers, tally)
    if "random-locks" in options.parts:
        run_random_locks(options, servers, pgsquint, tally)
    if "down" in options.parts:
        run_down(options, servers, pgsquint, tally)
    if "plans" in options.parts:
        run_plans(options, servers, pgsquint, tally)


def run_plans(options, servers, pgsquint, tally):
    """What indexes serve, of random queries, on each server."""
    print(f"== plans of {options.plans} queries on each server", flush=True)
    with ThreadPoolExecutor(len(servers)) as pool:
        reports = dict(zip(servers, pool.map(
            lambda server: compare_plans(server, pgsquint, options.plans,
                                         options.seed),
            servers.values())))
    for version, report in reports.items():
        print(f"PostgreSQL {version}: {report.reported} reported, the help of "
              f"{report.helped} serves, {report.silent} silent, "
              f"{report.doubtful} of them in doubt")
    tally.add("plans", {version: report.lines
                        for version, report in reports.items()})


def run_down(options, servers, pgsquint, tally):
    """Up and down, on each server, of what has down steps."""
    histories = options.down_history or find_down_histories()
    print(f"== down steps of {len(histories)} histories", flush=True)
    for path in histories:
        differences = {}
        for version, server in servers.items():
            try:
                report = compare_down(path, server, pgsquint)
            except PgsquintError as error:
                differences[version] = str(error).splitlines()
                continue
            print(f"{path} on PostgreSQL {version}: {report.compared} of "
                  f"{report.migrations} down steps compared, {report.told} "
                  f"differences told, {len(report.wrong)} wrongly, "
                  f"{len(report.silent)} not; the help of {report.mended} run, "
                  f"{len(report.unmended)} faults", flush=True)
            for line in report.refused if options.trace else ():
                print(f"    refused: {line}")
            differences[version] = (
                [f"only ours: {line}" for line in report.wrong] +
                [f"only the server's: {line}" for line in report.silent] +
                [f"after the help: {line}" for line in report.unmended])
        tally.add(f"down steps of {path}", differences)


def find_down_histories():
    """Histories, and cases of the rules, whose down steps are run."""
    cases = os.path.join("testdata", "rules")
    return sorted([
        os.path.join("testdata", "migrations", name)
        for name in ("dbmate", "diesel", "golang-migrate", "goose", "sqlx")
    ] + [
        os.path.join(cases, "down-step-incomplete", name)
        for name in ("complete", "forgotten", "golang_migrate")
    ] + [os.path.join(cases, "empty-down-step", "golang_migrate")])


def run_examples(options, servers, pgsquint, tally):
    """The examples of the rules, and what they claim."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([options.write_examples, folder], check=True)
        rules = [rule for rule in read_rules(folder)
                 if not options.rule or rule.name in options.rule]
        print(f"== examples of {len(rules)} rules", flush=True)
        with ThreadPoolExecutor(len(servers)) as pool:
            results = dict(zip(servers, pool.map(
                lambda server: check_rules(rules, server, pgsquint),
                servers.values())))
    for rule in rules:
        tally.add(f"examples of {rule.name}", {
            version: lines[rule.name] for version, lines in results.items()
            if rule.name in lines})


def run_cases(paths, servers, pgsquint, tally):
    """Cases of testdata/schema, each on the servers that it is for."""
    print(f"== {len(paths)} cases")
    for path in paths:
        case = Case(path)
        tally.add(path, {
            version: attempt(run_case, case, server, pgsquint)
            for version, server in servers.items()
            if version in case.versions})


def run_locks(options, servers, pgsquint, tally):
    """The cases of testdata/locks: servers, expected.json and pgsquint."""
    folder = os.path.join("testdata", "locks")
    expected_path = os.path.join(folder, "expected.json")
    cases, base = lock_cases.read_cases(folder)
    print(f"== {len(cases)} cases of locks", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        measured = dict(zip(servers, pool.map(
            lambda server: locks.measure_all(cases, base, server),
            servers.values())))
    if options.update:
        lock_cases.write_expected(expected_path, [
            (case, {version: answers[case.name]
                    for version, answers in measured.items()
                    if case.name in answers})
            for case in cases])
    expected = lock_cases.read_expected(expected_path)
    for case in cases:
        tally.add(case.name, {
            version: attempt(compare_locks, case, base, version, pgsquint,
                             answers[case.name],
                             expected.get((case.name, version)))
            for version, answers in measured.items()
            if case.name in answers})


def compare_locks(case, base, version, pgsquint, server, expected):
    """Lines, if not all three say the same."""
    lines = [f"{key}: server {json.dumps(server[key])}, expected.json "
             f"{json.dumps(expected[key])}"
             for key in server if server[key] != expected[key]]
    found = locks.ours(case, base, version, pgsquint)
    return lines + [
        f"{key}: server {json.dumps(server[key])}, ours "
        f"{json.dumps(found[key])}"
        for key in server if server[key] != found[key]]


def run_histories(histories, servers, pgsquint, tally):
    """Whole histories, each on every server that accepts it; the newest
    must."""
    print(f"== {len(histories)} histories")
    for path in histories:
        paths = files_of(path)
        differences, scripts = {}, {}
        for version, server in servers.items():
            try:
                history = run_history(paths, server, pgsquint)
            except PgsquintError as error:
                differences[version] = str(error).splitlines()
                continue
            show_history(path, version, history)
            if history.refused and version != max(servers):
                continue
            differences[version] = [
                f"refused: {line}" for line in history.refused
            ] + history.differences
            scripts[version] = attempt(differences_of_script, paths, server,
                                       pgsquint, history.schema)
        tally.add(path, differences)
        tally.add(f"script of {path}", scripts)


def show_history(path, version, history):
    """One line."""
    if history.refused:
        print(f"{path} on PostgreSQL {version}: the server refuses "
              f"{history.refused[0]}")
    else:
        print(f"{path} on PostgreSQL {version}: {history.equal} of "
              f"{history.objects} objects equal", flush=True)


def run_random(options, servers, tally):
    """Random statements, as many on every server."""
    print(f"== {options.random} random statements, seed {options.seed}",
          flush=True)
    report, lines = compare_random(servers, options.pgsquint, options.random,
                                   options.seed)
    for line in lines:
        print(line)
    tally.passed += sum(report.statements.values()) - report.differences()
    tally.failed += report.differences()
    if report.share() < SHARE_MIN:
        print(f"FAILED: less than {SHARE_MIN}% is foreseen")
        tally.failed += 1


def run_random_locks(options, servers, pgsquint, tally):
    """What random statements lock. Those that the server alone refuses are
    counted here, and looked into by the random statements before."""
    count = options.random // 4 // len(servers)
    print(f"== {count} random statements for their locks on each server",
          flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = dict(zip(servers, pool.map(
            lambda server: compare_random_locks(server, pgsquint, count,
                                                options.seed),
            servers.values())))
    for version, (lines, refused, computed) in results.items():
        print(f"PostgreSQL {version}: {sum(each[0] for each in refused)} "
              f"refused by the server alone, {computed} by both, by the server "
              "for a value that it computed first")
        tally.failed += len(lines) // 3
        tally.passed += count - len(lines) // 3
        for line in lines:
            print(f"    {line}")


def run_traces(options, servers, pgsquint):
    """Where differences come from."""
    traced = [([path], Case(path).options) for path in options.case or []]
    traced += [(files_of(path), ()) for path in options.history or []]
    for paths, more in traced:
        for version, server in servers.items():
            for line in trace(paths, server, pgsquint, more):
                print(f"{version}: {line}", flush=True)


def files_of(path):
    """A history is a folder, or what a pattern like `db/V*.sql` matches."""
    return sorted(glob.glob(path, recursive=True)) or [path]


def attempt(compare, *arguments):
    """The lines that it returns, or what pgsquint died of."""
    try:
        return compare(*arguments)
    except PgsquintError as error:
        return str(error).splitlines()


def find_cases():
    """All files and folders of testdata/schema that are cases."""
    folder = os.path.join("testdata", "schema")
    return sorted(os.path.join(folder, name) for name in os.listdir(folder)
                  if name.endswith(".sql") or
                  os.path.isdir(os.path.join(folder, name)))


def find_histories():
    """What is committed; a stranger's own are named on the command line."""
    folder = os.path.join("testdata", "migrations")
    # Flyway's baseline, Atlas's checkpoint and every file of Django's and
    # Alembic's are histories of their own.
    own = {"alembic": "alembic/upgrade.sql",
           "atlas": "atlas/migrations/*_[!c]*.sql",
           "django": "django/0001_initial.sql",
           "flyway": "flyway/db/migration/**/[VR]*.sql",
           "plain": "plain/*.sql"}
    return [os.path.join("testdata", "demo", "migrations")] + sorted(
        os.path.join(folder, own.get(name, name))
        for name in os.listdir(folder))


def serve(servers):
    """Leaves the servers to whoever wants them until it is interrupted."""
    for version, server in servers.items():
        print(f"PostgreSQL {version}: psql -h 127.0.0.1 -p {server.port} "
              "-U postgres", flush=True)
    while True:
        time.sleep(3600)


def read_options():
    """The command line."""
    parser = argparse.ArgumentParser(prog="truth.py", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART",
                        help=f"{', '.join(PARTS)}; all without any")
    parser.add_argument("--case", action="append", metavar="PATH",
                        help="only this file or folder of testdata/schema")
    parser.add_argument("--rule", action="append", metavar="ID",
                        help="only these rules' examples; may be repeated")
    parser.add_argument("--history", action="append", metavar="PATH",
                        help="only this folder, or pattern of files")
    parser.add_argument("--add-history", action="append", metavar="PATH",
                        default=[], help="this one besides")
    parser.add_argument("--down-history", action="append", metavar="PATH",
                        help="whose down steps are run, with the part down")
    parser.add_argument("--trace", action="store_true",
                        help="show all differences, where each begins")
    parser.add_argument("--random", type=int, default=20000, metavar="COUNT",
                        help="so many random statements, on all servers "
                        "together")
    parser.add_argument("--calls", type=int, default=3000, metavar="COUNT",
                        help="so many random calls on each server")
    parser.add_argument("--plans", type=int, default=3000, metavar="COUNT",
                        help="plans of so many random queries on each server")
    parser.add_argument("--seed", type=int, default=1, metavar="NUMBER",
                        help="of the first random history and of the "
                        "calls")
    parser.add_argument("--update", action="store_true",
                        help="rewrite testdata/locks/expected.json")
    parser.add_argument("--versions", type=read_versions, default=VERSIONS,
                        metavar="N,...", help="only these servers")
    parser.add_argument("--pgsquint", default="build/pgsquint",
                        metavar="PROGRAM")
    parser.add_argument("--write-examples",
                        default="build/src/tools/write_examples",
                        metavar="PROGRAM")
    parser.add_argument("--packages", default="build/deps/postgres",
                        metavar="FOLDER", help="where the servers are")
    parser.add_argument("--serve", action="store_true",
                        help="only start the servers, for trying things")
    options = parser.parse_args()
    for part in options.parts:
        if part not in PARTS:
            parser.error(f"no part is called \"{part}\"")
    if not options.parts:
        options.parts = choose_parts(options)
    for paths in (options.case, options.history, options.add_history,
                  options.down_history):
        if paths:
            paths[:] = [from_root(path) for path in paths]
    os.chdir(ROOT)
    return options


def from_root(path):
    """The same file, named from the project's folder."""
    path = os.path.abspath(path)
    return path[len(ROOT) + 1:] if path.startswith(ROOT + os.sep) else path


def choose_parts(options):
    """What is named on the command line is meant alone."""
    if options.case or options.history:
        return [part for part, paths in (("cases", options.case),
                                         ("histories", options.history))
                if paths]
    return list(PARTS)


def _show_versions(versions):
    if len(versions) > 2 and versions == list(range(versions[0],
                                                    versions[-1] + 1)):
        return f"{versions[0]} to {versions[-1]}"
    return " and ".join(map(str, versions))


def read_versions(text):
    """13,18 as a tuple."""
    versions = tuple(int(part) for part in text.split(","))
    for version in versions:
        if version not in VERSIONS:
            raise argparse.ArgumentTypeError(f"no server {version}")
    return versions


if __name__ == "__main__":
    sys.exit(main())
