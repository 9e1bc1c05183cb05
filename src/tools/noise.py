#!/usr/bin/env python3
"""How much the default settings say about real migrations, and a sample to judge.

    noise.py [--squawk FILE] [--language-server FILE] [--peer-rules PATTERN]
        [--families A,B] FOLDER...

prints, for each folder of migrations, the findings of warning and above for each
100 statements, ours beside those of the peers that are given, as rows of the table
in testdata/bench/NOISE.md. Peer rules: of the peers' rules those alone whose names
match.

    noise.py --by-rule [--info] [--families A,B] FOLDER...

prints how many findings each rule has in all the folders.

    noise.py --draw 150 [--seed 1] [--info] [--families A,B] FOLDER...

prints findings drawn at random, spread over the rules: one of each in turn until
there are enough. Each comes with the lines around it, to be judged as the author
of the migration would. Info: those of info too, where the others do not suffice.
Families: of the findings that users see, those of these families alone.
"""
import argparse
import collections
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

LEVELS = ("warning", "error")
FAMILIES = ("locking", "migration", "compatibility", "schema", "query",
            "security", "plpgsql")


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True,
                          errors="replace", check=False, **options)


def families_of_rules(program):
    """Rule ids, each with its family."""
    lines = run([program, "rules"]).stdout.splitlines()[1:]
    return {line.split()[0]: line.split()[2] for line in lines}


def lint(program, folder):
    """Our report on the folder, as parsed JSON."""
    result = run([program, "--no-config", "--format", "json", "--level", "info",
                  folder])
    if result.returncode not in (0, 1):
        sys.exit(f"{folder}: {result.stderr}")
    return json.loads(result.stdout)


class Choice:
    """Which findings of a report are wanted."""

    def __init__(self, arguments):
        self.levels = LEVELS + (("info",) if arguments.info else ())
        self.families = arguments.families.split(",")
        self.rules = families_of_rules(arguments.pgsquint)

    def findings(self, report):
        return [finding for finding in report["findings"]
                if finding["severity"] in self.levels and
                (self.families == [""] or
                 self.rules[finding["rule"]] in self.families)]


def sql_files(folder):
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".sql"):
                yield os.path.join(parent, name)


def count_squawk(program, pattern, folder):
    count = 0
    for path in sql_files(folder):
        result = run([program, "--reporter", "json", path])
        try:
            count += sum(bool(re.search(pattern, finding["rule_name"]))
                         for finding in json.loads(result.stdout))
        except json.JSONDecodeError:
            sys.exit(f"{path}: {result.stderr}")
    return count


def count_language_server(program, pattern, folder):
    """It reads nothing outside of the folder that it is run in."""
    with tempfile.TemporaryDirectory() as root:
        shutil.copytree(folder, os.path.join(root, "migrations"))
        result = run([program, "check", "--disable-db",
                      "--reporter=github", "--max-diagnostics=none", "."],
                     cwd=root)
    if result.returncode > 1 or "Error: " in result.stderr[:80]:
        sys.exit(f"{folder}: {result.stderr}")
    titles = re.findall(r"^::(?:warning|error) title=([^,:]*)", result.stdout,
                        re.MULTILINE)
    return sum(bool(re.search(pattern, title)) for title in titles)


def per_hundred(count, statements):
    return f"{100 * count / max(statements, 1):.1f}"


def compare(arguments):
    """A row for each folder, and their sum."""
    peers = [(count_squawk, arguments.squawk),
             (count_language_server, arguments.language_server)]
    peers = [(count, program) for count, program in peers if program]
    total = [0] * (2 + len(peers))
    choice = Choice(arguments)
    for folder in arguments.folders:
        report = lint(arguments.pgsquint, folder)
        counts = [report["summary"]["statements"],
                  len(choice.findings(report))]
        counts += [count(program, arguments.peer_rules, folder)
                   for count, program in peers]
        total = [a + b for a, b in zip(total, counts)]
        print_row(folder, counts)
    print_row("all", total)


def print_row(name, counts):
    cells = [name, str(counts[0])]
    cells += [per_hundred(count, counts[0]) for count in counts[1:]]
    print("| " + " | ".join(cells) + " |", flush=True)


def count_by_rule(arguments):
    """A row for each rule, the most frequent first."""
    choice = Choice(arguments)
    counts = collections.Counter()
    statements = 0
    for folder in arguments.folders:
        report = lint(arguments.pgsquint, folder)
        statements += report["summary"]["statements"]
        counts.update((finding["rule"], finding["severity"])
                      for finding in choice.findings(report))
    for (rule, severity), count in counts.most_common():
        print(f"| {rule} | {severity} | {count} | "
              f"{per_hundred(count, statements)} |")
    print(f"| all | | {sum(counts.values())} | "
          f"{per_hundred(sum(counts.values()), statements)} |")


def draw(findings, count, seed):
    """So many findings, the rules in turn, each rule's own at random."""
    by_rule = collections.defaultdict(list)
    for finding in findings:
        by_rule[finding["rule"]].append(finding)
    chosen = []
    # A rule's own order stays when other rules come or go.
    for rule in sorted(by_rule):
        random.Random(f"{seed} {rule}").shuffle(by_rule[rule])
    while len(chosen) < count and any(by_rule.values()):
        for rule in sorted(by_rule):
            if by_rule[rule] and len(chosen) < count:
                chosen.append(by_rule[rule].pop())
    return sorted(chosen, key=lambda one: (one["rule"], one["path"], one["line"]))


def show(number, finding):
    with open(finding["path"], encoding="utf-8", errors="replace") as file:
        lines = file.read().split("\n")
    print(f"== {number} {finding['rule']} {finding['severity']}\n"
          f"{finding['path']}:{finding['line']}: {finding['message']}")
    for note in finding["notes"]:
        print(f"note: {note['message']}")
    if finding["help"]:
        print("help: " + finding["help"].replace("\n", "\n      "))
    for line in lines[max(0, finding["line"] - 4):finding["end_line"] + 3]:
        print("  | " + line[:160])


def show_draw(arguments):
    """Those of warning and above first; those of info where they are too few."""
    choice = Choice(arguments)
    findings = [finding for folder in arguments.folders
                for finding in choice.findings(lint(arguments.pgsquint, folder))]
    strong = [one for one in findings if one["severity"] in LEVELS]
    weak = [one for one in findings if one["severity"] not in LEVELS]
    chosen = draw(strong, arguments.draw, arguments.seed)
    chosen += draw(weak, arguments.draw - len(chosen), arguments.seed)
    for number, finding in enumerate(chosen, 1):
        show(number, finding)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pgsquint", default="build/pgsquint")
    parser.add_argument("--squawk")
    parser.add_argument("--language-server")
    parser.add_argument("--peer-rules", default="")
    parser.add_argument("--by-rule", action="store_true")
    parser.add_argument("--info", action="store_true")
    parser.add_argument("--draw", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", default="")
    parser.add_argument("folders", nargs="+")
    arguments = parser.parse_args()
    if arguments.by_rule:
        count_by_rule(arguments)
    elif not arguments.draw:
        compare(arguments)
    else:
        show_draw(arguments)


if __name__ == "__main__":
    main()
