"""The cases of testdata/locks: how their files are read, and in which shape
`pgsquint locks` and a server's answers are compared.

A file holds cases one after another; each starts with `-- case: NAME`. Then,
each on a line of its own, if needed:

    -- versions: 14-18      servers that have it (default: 13-18)
    -- outside transaction  the statement runs on its own
    -- one query            everything is sent as one query
    -- holder: SQL          what another session holds open, so that the
                            statement waits and its locks can be seen; of
                            several, each is tried in a run of its own
    -- rows: TEXT           the server refuses with this text because of the
                            rows; what is compared is what it does without rows
    -- setup                SQL in transactions of its own
    -- before               statements before it in the same transaction
    -- statement            the statement

base.sql holds what every case starts with.
"""

import json
import pathlib
import re

VERSIONS = range(13, 19)

MODES = [
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
]

# pg_locks' spelling: ShareRowExclusiveLock.
MODE_OF_LOCK = {
    "".join(word.capitalize() for word in mode.split()) + "Lock": mode
    for mode in MODES
}

KINDS = {
    "r": "table",
    "p": "partitioned table",
    "v": "view",
    "m": "materialized view",
    "f": "foreign table",
    "S": "sequence",
    "i": "index",
    "I": "index",
}

WORK_KINDS = [
    "rewrite",
    "scan",
    "index build",
    "foreign key check",
    "file copy",
    "new file",
]


class Case:
    """One case of a file."""

    def __init__(self, name, topic):
        self.name = name
        self.topic = topic
        self.first, self.last = VERSIONS[0], VERSIONS[-1]
        self.in_transaction = True
        self.one_query = False
        self.holders = []
        self.rows = None
        self.setup = ""
        self.before = ""
        self.committed = ""  # statements after setup, each by itself
        self.statement = ""

    def versions(self):
        return range(self.first, self.last + 1)

    def script(self, base):
        """What pgsquint is given: the case's statement comes last."""
        parts = [base, self.setup]
        if self.in_transaction:
            parts.append("begin;\n")
        parts += [self.before, self.statement]
        return "".join(parts)


def read_file(path):
    """The cases of one file."""
    cases = []
    part = None
    for line in path.read_text().splitlines(keepends=True):
        words = line.rstrip("\n")
        if words.startswith("-- case: "):
            cases.append(Case(words[9:], path.stem))
            part = None
        elif not cases:
            continue
        elif words.startswith("-- versions: "):
            first, _, last = words[13:].partition("-")
            cases[-1].first, cases[-1].last = int(first), int(last or first)
        elif words == "-- outside transaction":
            cases[-1].in_transaction = False
        elif words == "-- one query":
            cases[-1].in_transaction = False
            cases[-1].one_query = True
        elif words.startswith("-- holder: "):
            cases[-1].holders.append(words[11:])
        elif words.startswith("-- rows: "):
            cases[-1].rows = words[9:]
        elif words in ("-- setup", "-- before", "-- statement"):
            part = words[3:]
        elif part and words:
            setattr(cases[-1], part, getattr(cases[-1], part) + line)
    return cases


def read_cases(folder):
    """All cases below the folder, and the base."""
    cases = []
    for path in sorted(pathlib.Path(folder).glob("*.sql")):
        if path.stem != "base":
            cases += read_file(path)
    return cases, (pathlib.Path(folder) / "base.sql").read_text()


def relation(schema, name, **more):
    return {"schema": schema, "name": name, **more}


def shape_locks(held, existing):
    """DESIGN's `locks` from [(schema, name, mode of pg_locks)] and
    {(schema, name): relkind} of what existed before."""
    strongest = {}
    for schema, name, lock in held:
        kind = KINDS.get(existing.get((schema, name)))
        mode = MODES.index(MODE_OF_LOCK[lock])
        if not kind:
            continue
        if kind == "index" and mode < MODES.index("SHARE UPDATE EXCLUSIVE"):
            continue
        key = (schema, name)
        strongest[key] = max(strongest.get(key, -1), mode)
    return [
        relation(
            schema, name, kind=KINDS[existing[schema, name]], mode=MODES[mode]
        )
        for (schema, name), mode in sorted(strongest.items())
    ]


def stronger(locks, others):
    """Both lists as one, with the stronger mode of each relation."""
    merged = {(lock["schema"], lock["name"]): lock for lock in locks}
    for lock in others:
        known = merged.setdefault((lock["schema"], lock["name"]), lock)
        if MODES.index(lock["mode"]) > MODES.index(known["mode"]):
            merged[lock["schema"], lock["name"]] = lock
    return [merged[key] for key in sorted(merged)]


DEBUG = [
    (r'rewriting table "(.*)"', "rewrite"),
    (r'verifying table "(.*)"', "scan"),
    (r'building index "(.*)" on table "(.*)"', "index build"),
    (r'validating foreign key constraint "(.*)"', "foreign key check"),
]


def work_of_debug(line):
    """The kind, the name and, of an index, the table that a debug1 message
    tells of; None if none."""
    for pattern, kind in DEBUG:
        match = re.search(pattern, line)
        if match:
            return kind, match.group(1), match.groups()[1:]
    return None


# No debug1 message tells of these scans; the statistics do.
SCANS_UNTOLD = re.compile(r"alter\s+domain|create\s+table.*partition\s+of", re.I | re.S)


def shape_work(statement, told, new_files, scanned, existing, schema_of):
    """DESIGN's `work`. told: what work_of_debug() gave; new_files: [(schema,
    name, relkind)] whose relfilenode changed; scanned: [(schema, name)] by the
    statistics; existing: {(schema, name): relkind} of what was there before;
    schema_of: name -> schema."""
    work = set()
    is_emptied = re.match(r"\s*truncate\b|.*with\s+no\s+data\s*$", statement, re.I)
    tables = {name for _, name in existing}
    for kind, name, table in told:
        # Nothing is in a table that the statement makes.
        if table and table[0] not in tables:
            continue
        if name.startswith(("pg_toast", "_")):
            continue
        # REINDEX CONCURRENTLY builds it beside the old one.
        name = re.sub(r"_ccnew\d*$", "", name)
        # An emptied table's indexes are built of nothing.
        if is_emptied and kind == "index build":
            continue
        work.add((kind, schema_of(name), name))
    for schema, name, relkind in new_files:
        if any(
            (kind, schema, name) in work for kind in ("rewrite", "index build")
        ):
            continue
        if re.search(r"\btablespace\b", statement, re.I):
            work.add(("file copy", schema, name))
        elif re.match(r"\s*(cluster|vacuum)\b", statement, re.I):
            work.add(("rewrite", schema, name))
        elif relkind not in ("i", "I"):
            work.add(("new file", schema, name))
    if SCANS_UNTOLD.match(statement.strip()):
        work |= {("scan", schema, name) for schema, name in scanned}
    return [
        {"kind": kind, "schema": schema, "name": name}
        for kind, schema, name in sorted(
            work, key=lambda item: (WORK_KINDS.index(item[0]), item[1:])
        )
    ]


def expected_line(case, versions, answer):
    """One line of expected.json: what the runner compares starts at fails."""
    text = json.dumps(
        {
            "case": case.name,
            "versions": versions,
            "fails": answer["fails"],
            "locks": answer["locks"],
            "work": answer["work"],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return text


def write_expected(path, answers):
    """answers: [(case, {version: answer})]."""
    lines = []
    for case, by_version in answers:
        groups = []
        for version in sorted(by_version):
            if groups and groups[-1][1] == by_version[version]:
                groups[-1][0].append(version)
            else:
                groups.append(([version], by_version[version]))
        for versions, answer in groups:
            first, last = versions[0], versions[-1]
            label = f"{first}-{last}" if first != last else str(first)
            lines.append(expected_line(case, label, answer))
    text = '{"version":1,"cases":[\n' + ",\n".join(lines) + "\n]}\n"
    pathlib.Path(path).write_text(text)


def read_expected(path):
    """{(case name, version): {"fails", "locks", "work"}}"""
    expected = {}
    for entry in json.loads(pathlib.Path(path).read_text())["cases"]:
        first, _, last = entry["versions"].partition("-")
        for version in range(int(first), int(last or first) + 1):
            expected[entry["case"], version] = {
                key: entry[key] for key in ("fails", "locks", "work")
            }
    return expected
