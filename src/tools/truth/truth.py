#!/usr/bin/env python3
"""Compares pgsquint with real PostgreSQL servers: testdata/README.md says
what `make truth` does with this."""

import argparse
import os
import signal
import sys
import time

from cases import Case, run_case
from pgsquint import Pgsquint, PgsquintError
from servers import VERSIONS, Servers, ServersError

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.dirname(os.path.abspath(__file__)))))


class Tally:
    """What passed and what failed."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def add(self, name, lines):
        """One thing that was compared, with what differed, if anything."""
        if not lines:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED: {name}")
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
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


def run(options, servers, tally):
    """Compares everything that the options ask for."""
    pgsquint = Pgsquint(os.path.abspath(options.pgsquint))
    run_cases(options.case or find_cases(), servers, pgsquint, tally)


def run_cases(paths, servers, pgsquint, tally):
    """Cases of testdata/schema, each on the servers that it is for."""
    for path in paths:
        case = Case(path)
        for version in case.versions:
            if version not in servers:
                continue
            try:
                lines = run_case(case, servers[version], pgsquint)
            except PgsquintError as error:
                lines = str(error).splitlines()
            tally.add(f"{path} on PostgreSQL {version}", lines)


def find_cases():
    """All files and folders of testdata/schema that are cases."""
    folder = os.path.join("testdata", "schema")
    return sorted(os.path.join(folder, name) for name in os.listdir(folder)
                  if name.endswith(".sql") or
                  os.path.isdir(os.path.join(folder, name)))


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
    parser.add_argument("--case", action="append", metavar="PATH",
                        help="only this file or folder of testdata/schema")
    parser.add_argument("--versions", type=read_versions, default=VERSIONS,
                        metavar="N,...", help="only these servers")
    parser.add_argument("--pgsquint", default="build/pgsquint",
                        metavar="PROGRAM")
    parser.add_argument("--packages", default="build/deps/postgres",
                        metavar="FOLDER", help="where the servers are")
    parser.add_argument("--serve", action="store_true",
                        help="only start the servers, for trying things")
    options = parser.parse_args()
    os.chdir(ROOT)
    return options


def read_versions(text):
    """13,18 as a tuple."""
    versions = tuple(int(part) for part in text.split(","))
    for version in versions:
        if version not in VERSIONS:
            raise argparse.ArgumentTypeError(f"no server {version}")
    return versions


if __name__ == "__main__":
    sys.exit(main())
