#!/usr/bin/env python3
"""The random test of `make truth`: histories of random DDL on the servers and
in pgsquint, over several processes; what differs is sorted by cause, and one
example of each made as small as it gets."""

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter, defaultdict

from client import ConnectionLost
from pgsquint import Pgsquint
from random_history import Recorder
from random_judge import Finding, Verdict, judge, plain
from random_minimize import Minimizer
from servers import VERSIONS, Server

STATEMENTS = 40  # of one history


class Work:
    """What every process needs, inherited when it is forked."""
    ports = {}
    program = "build/pgsquint"
    folder = None
    ignored = frozenset()


def run_one(task):
    """One history on one server; what came of it."""
    version, seed = task
    recorder = Recorder(Server(version, Work.ports[version]), Work.folder)
    try:
        steps = recorder.history(seed, STATEMENTS)
    except ConnectionLost as error:
        verdict = Verdict()
        verdict.differences.append(Finding(0, f"server: {error}", ""))
        return version, seed, verdict, []
    verdict = judge(steps, version, Pgsquint(Work.program),
                    Work.ignored)
    return version, seed, verdict, [step.sql for step in steps]


def minimize_one(task):
    """The example of one cause, made small."""
    version, statements, cause = task
    recorder = Recorder(Server(version, Work.ports[version]))
    minimizer = Minimizer(recorder, version, Pgsquint(Work.program),
                          Work.ignored)
    return cause, version, minimizer.minimize(statements, cause)


class Report:
    """The sum of all verdicts."""

    def __init__(self):
        self.statements = Counter()
        self.accepted = Counter()
        self.caught = Counter()
        self.missed = Counter()
        self.missed_messages = defaultdict(Counter)
        self.causes = Counter()
        self.examples = {}
        self.versions = defaultdict(set)
        self.details = {}

    def add(self, version, verdict, statements):
        """One history."""
        self.statements[version] += verdict.statements
        self.accepted[version] += verdict.accepted
        self.caught.update(verdict.caught)
        for index, error in verdict.missed:
            self.missed[error["sqlstate"]] += 1
            cause = f"missed: {error['sqlstate']} {plain(error['message'])}"
            self.missed_messages[error["sqlstate"]][cause] += 1
            self._keep(cause, version, statements[:index + 1],
                       error["message"])
        for finding in verdict.differences + verdict.messages:
            self.causes[finding.cause] += 1
            self._keep(finding.cause, version,
                       statements[:finding.index + 1], finding.text)

    def _keep(self, cause, version, statements, text):
        self.versions[cause].add(version)
        if cause not in self.examples or \
                len(statements) < len(self.examples[cause][1]):
            self.examples[cause] = version, statements
            self.details[cause] = text

    def differences(self):
        """How many there are, other words for the same error aside."""
        return sum(count for cause, count in self.causes.items()
                   if not cause.startswith("message: "))

    def summary(self):
        """Lines with the figures."""
        total = sum(self.statements.values())
        accepted = sum(self.accepted.values())
        yield (f"random DDL: {total} statements, "
               f"{100 * accepted / max(total, 1):.0f}% accepted, "
               f"{self.differences()} differences")
        caught, missed = sum(self.caught.values()), sum(self.missed.values())
        yield (f"refused: {caught + missed}, foreseen {caught} "
               f"({100 * caught / max(caught + missed, 1):.0f}%)")
        for code in sorted(set(self.caught) | set(self.missed),
                           key=lambda each: -self.missed[each]):
            all_of_it = self.caught[code] + self.missed[code]
            yield f"    {code}: {self.caught[code]} of {all_of_it}"


def run(pool, versions, seed, statements):
    """So many statements on each server, in all; the report."""
    count = -(-statements // STATEMENTS)
    tasks = [(version, seed + i) for i in range(count) for version in versions]
    report = Report()
    for version, _, verdict, texts in pool.imap_unordered(run_one, tasks):
        report.add(version, verdict, texts)
    return report


def main():
    """Returns the exit status."""
    options = read_options()
    Work.ports = {version: options.ports + version
                  for version in options.versions}
    Work.program = os.path.abspath(options.pgsquint)
    Work.folder = options.keep
    Work.ignored = frozenset(options.ignore.split(","))
    started = time.monotonic()
    with multiprocessing.Pool(options.jobs) as pool:
        report = run(pool, options.versions, options.seed, options.statements)
        if options.report:
            write_report(options, report, pool)
    for line in report.summary():
        print(line)
    print(f"{time.monotonic() - started:.0f} s")
    return 1 if report.differences() else 0


def write_report(options, report, pool):
    """The open differences, most frequent first, each with an example."""
    causes = [cause for cause, _ in report.causes.most_common()]
    wanted = causes[:options.minimize]
    small = {}
    for cause, version, statements in pool.imap_unordered(
            minimize_one, [(*report.examples[cause], cause)
                           for cause in wanted]):
        small[cause] = version, statements
    with open(options.report, "w", encoding="utf-8") as file:
        for line in report.summary():
            file.write(line + "\n")
        file.write("\n")
        for cause in causes:
            _write_cause(file, report, cause, small.get(cause))
        file.write("\n# Only the server refuses\n\n")
        for code, _ in report.missed.most_common():
            for cause, count in report.missed_messages[code].most_common(12):
                last = report.examples[cause][1][-1]
                file.write(f"{count:5} {cause}\n          {last[:300]}\n")


def _write_cause(file, report, cause, small):
    versions = ",".join(map(str, sorted(report.versions[cause])))
    file.write(f"## {report.causes[cause]} times: {cause} ({versions})\n\n"
               f"{report.details[cause]}\n\n")
    if small:
        version, statements = small
        file.write(f"    -- {version}\n")
        for sql in statements:
            file.write(f"    {sql};\n")
    else:
        version, statements = report.examples[cause]
        file.write(f"    -- {version}, the last one:\n    {statements[-1]};\n")
    file.write("\n")


def read_options():
    """The command line."""
    parser = argparse.ArgumentParser(prog="random_run.py", description=__doc__)
    parser.add_argument("--versions", default=VERSIONS,
                        type=lambda text: tuple(map(int, text.split(","))))
    parser.add_argument("--ports", type=int, required=True,
                        help="port of server N minus N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--statements", type=int, default=800,
                        help="on each server")
    parser.add_argument("--pgsquint", default="build/pgsquint")
    parser.add_argument("--keep", metavar="FOLDER",
                        help="where what servers said is kept")
    parser.add_argument("--report", metavar="FILE")
    parser.add_argument("--minimize", type=int, default=0, metavar="COUNT",
                        help="so many causes' examples, for the report")
    parser.add_argument("--ignore", default="", metavar="KIND[.FIELD],...",
                        help="what not to compare")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
