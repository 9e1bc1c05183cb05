#!/usr/bin/env python3
"""The random test of `make truth`: histories of random DDL on the servers and
in pgsquint, over several processes; what differs is sorted by cause, and one
example of each made as small as it gets."""

import argparse
import multiprocessing
import os
import re
import signal
import sys
import threading
import time
from collections import Counter, defaultdict

from client import ConnectionLost
from pgsquint import Pgsquint
from random_history import Recorder
from random_judge import COMPUTED, Finding, Verdict, judge, plain, words_of
from random_minimize import Minimizer
from servers import VERSIONS, Server

STATEMENTS = 40  # of one history
EXAMPLES = 10  # causes that are shown with a small history


class Work:
    """What every process needs."""
    ports = {}
    program = "build/pgsquint"
    folder = None
    ignored = frozenset()


def start_pool(jobs, ports, program, folder=None, ignored=frozenset()):
    """Processes that share nothing with this one, so that nothing of ours
    stays open in them."""
    return multiprocessing.get_context("spawn").Pool(
        jobs, _set_up, (os.getpid(), ports, program, folder, ignored))


def _set_up(parent, ports, program, folder, ignored):
    Work.ports, Work.program = ports, program
    Work.folder, Work.ignored = folder, ignored
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent):
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


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
        self.histories = 0
        self.statements = Counter()
        self.accepted = Counter()
        self.caught = Counter()
        self.missed = Counter()
        self.missed_messages = defaultdict(Counter)
        self.causes = Counter()
        self.reported = 0
        self.opaque = Counter()
        self.computed = Counter()
        self.examples = {}
        self.versions = defaultdict(set)
        self.details = {}

    def add(self, version, verdict, statements):
        """One history."""
        self.histories += 1
        self.statements[version] += verdict.statements
        self.accepted[version] += verdict.accepted
        self.caught.update(verdict.caught)
        self.reported += verdict.reported
        for index, error in verdict.missed:
            self.missed[error["sqlstate"]] += 1
            cause = f"missed: {error['sqlstate']} {plain(error['message'])}"
            self.missed_messages[error["sqlstate"]][cause] += 1
            self._keep(cause, version, statements[:index + 1],
                       error["message"])
        for index in verdict.opaque:
            cause = "not understood: " + words_of(statements[index])
            self.opaque[cause] += 1
            self._keep(cause, version, statements[:index + 1], "")
        for finding in verdict.computed:
            self.computed[finding.cause] += 1
            self._keep(finding.cause, version,
                       statements[:finding.index + 1], finding.text)
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
        """How many there are, other words for the same error among them."""
        return sum(self.causes.values())

    def share(self):
        """How much of what the server refuses for a reason of schema was
        foreseen: values and rows aside."""
        caught = sum(self.caught.values())
        missed = sum(count for code, count in self.missed.items()
                     if code not in COMPUTED and code != "23505")
        return 100 * caught / max(caught + missed, 1)

    def summary(self):
        """Lines with the figures."""
        total = sum(self.statements.values())
        accepted = sum(self.accepted.values())
        yield (f"random DDL: {total} statements, "
               f"{100 * accepted / max(total, 1):.0f}% accepted, "
               f"{self.differences()} differences")
        caught, missed = sum(self.caught.values()), sum(self.missed.values())
        if self.opaque:
            yield (f"not understood: in {sum(self.opaque.values())} of "
                   f"{self.histories} histories")
        if self.computed:
            yield ("refused by both, by the server for a value that it "
                   f"computed first: {sum(self.computed.values())}")
            for cause, count in self.computed.most_common():
                yield f"    {count} times {cause[len('computed: '):]}"
        yield (f"refused: {caught + missed}, foreseen {caught} "
               f"({100 * caught / max(caught + missed, 1):.0f}%), reported by "
               f"rules {self.reported}")
        yield f"of those for a reason of schema: {self.share():.1f}%"
        for code in sorted(set(self.caught) | set(self.missed),
                           key=lambda each: -self.missed[each]):
            all_of_it = self.caught[code] + self.missed[code]
            yield f"    {code}: {self.caught[code]} of {all_of_it}"


def run_histories(pool, versions, seed, statements):
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
    ports = {version: options.ports + version for version in options.versions}
    started = time.monotonic()
    with start_pool(options.jobs, ports, os.path.abspath(options.pgsquint),
                    options.keep, frozenset(options.ignore.split(","))) as pool:
        report = run_histories(pool, options.versions, options.seed, options.statements)
        if options.report:
            small = minimize(pool, report, options.minimize,
                             options.cause)
            write_report(options.report, report, small)
    for line in report.summary():
        print(line)
    print(f"{time.monotonic() - started:.0f} s")
    return 1 if report.differences() else 0


def compare_random(servers, program, statements, seed):
    """So many statements on all servers together: the report, and what to
    print of it, with small examples of some of the causes."""
    ports = {version: server.port for version, server in servers.items()}
    with start_pool(os.cpu_count() or 1, ports,
                    os.path.abspath(program)) as pool:
        report = run_histories(pool, list(ports), seed,
                               -(-statements // len(ports)))
        small = minimize(pool, report, EXAMPLES)
    lines = []
    for cause, (version, texts) in small.items():
        lines += [f"FAILED: {report.causes[cause]} times: {cause}",
                  *report.details[cause].splitlines(),
                  f"    on PostgreSQL {version}:",
                  *(f"    {text};" for text in texts)]
    return report, lines + list(report.summary())


def minimize(pool, report, count, pattern=""):
    """The examples of the most frequent causes that match made small: for
    each, the server's version and the statements."""
    causes = [cause for cause, _ in report.causes.most_common()
              if re.search(pattern, cause)][:count]
    tasks = [(*report.examples[cause], cause) for cause in causes]
    return {cause: (version, statements) for cause, version, statements
            in pool.imap_unordered(minimize_one, tasks)}


def write_report(path, report, small):
    """The open differences, most frequent first, each with an example."""
    with open(path, "w", encoding="utf-8") as file:
        for line in report.summary():
            file.write(line + "\n")
        file.write("\n")
        for cause, _ in report.causes.most_common():
            _write_cause(file, report, cause, small.get(cause))
        file.write("\n# Not understood\n\n")
        for cause, count in report.opaque.most_common():
            last = report.examples[cause][1][-1]
            file.write(f"{count:5} {cause}\n          {last[:300]}\n")
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
    parser.add_argument("--cause", default="", metavar="PATTERN",
                        help="of those, only causes that match")
    parser.add_argument("--ignore", default="", metavar="KIND[.FIELD],...",
                        help="what not to compare")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
