#!/usr/bin/env python3
"""How much the default settings say about real migrations, and a sample to judge.

    noise.py [--squawk FILE] [--language-server FILE] [--families A,B] FOLDER...

prints, for each folder of migrations, the findings of warning and above for each
100 statements, ours beside those of the peers that are given, as rows of the table
in testdata/bench/NOISE.md.

    noise.py --draw 150 [--seed 1] [--families A,B] FOLDER...

prints findings drawn at random, spread over the rules: one of each in turn until
there are enough. Each comes with the lines around it, to be judged as the author
of the migration would. Families: of these alone.
"""
import argparse
import collections
import json
import os
import random
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


def lint(program, folder, families=""):
    """Our report on the folder, as parsed JSON."""
    others = [family for family in FAMILIES
              if families and family not in families.split(",")]
    result = run([program, "--no-config", "--format", "json"] +
                 [f"--rule={family}=off" for family in others] + [folder])
    if result.returncode > 1:
        sys.exit(f"{folder}: {result.stderr}")
    return json.loads(result.stdout)


def findings_of(report):
    return [finding for finding in report["findings"]
            if finding["severity"] in LEVELS]


def sql_files(folder):
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".sql"):
                yield os.path.join(parent, name)


def count_squawk(program, folder):
    count = 0
    for path in sql_files(folder):
        result = run([program, "--reporter", "json", path])
        try:
            count += len(json.loads(result.stdout))
        except json.JSONDecodeError:
            sys.exit(f"{path}: {result.stderr}")
    return count


def count_language_server(program, folder):
    """It reads nothing outside of the folder that it is run in."""
    with tempfile.TemporaryDirectory() as root:
        shutil.copytree(folder, os.path.join(root, "migrations"))
        result = run([program, "check", "--disable-db",
                      "--reporter=github", "--max-diagnostics=none", "."],
                     cwd=root)
    if result.returncode > 1 or "Error: " in result.stderr[:80]:
        sys.exit(f"{folder}: {result.stderr}")
    lines = result.stdout.splitlines()
    return sum(line.startswith(("::warning", "::error")) for line in lines)


def per_hundred(count, statements):
    return f"{100 * count / max(statements, 1):.1f}"


def compare(arguments):
    """A row for each folder, and their sum."""
    peers = [(count_squawk, arguments.squawk),
             (count_language_server, arguments.language_server)]
    peers = [(count, program) for count, program in peers if program]
    total = [0] * (2 + len(peers))
    for folder in arguments.folders:
        report = lint(arguments.pgsquint, folder, arguments.families)
        counts = [report["summary"]["statements"], len(findings_of(report))]
        counts += [count(program, folder) for count, program in peers]
        total = [a + b for a, b in zip(total, counts)]
        print_row(folder, counts)
    print_row("all", total)


def print_row(name, counts):
    cells = [name, str(counts[0])]
    cells += [per_hundred(count, counts[0]) for count in counts[1:]]
    print("| " + " | ".join(cells) + " |", flush=True)


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pgsquint", default="build/pgsquint")
    parser.add_argument("--squawk")
    parser.add_argument("--language-server")
    parser.add_argument("--draw", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", default="")
    parser.add_argument("folders", nargs="+")
    arguments = parser.parse_args()
    if not arguments.draw:
        compare(arguments)
        return
    findings = []
    for folder in arguments.folders:
        findings += findings_of(lint(arguments.pgsquint, folder,
                                     arguments.families))
    for number, finding in enumerate(
            draw(findings, arguments.draw, arguments.seed), 1):
        show(number, finding)


if __name__ == "__main__":
    main()
