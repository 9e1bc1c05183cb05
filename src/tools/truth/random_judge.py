"""pgsquint's view of a history beside the server's.

What only the server refuses is no difference, but is counted by its error
code: the statement is then taken out of what pgsquint reads, and another that
surely fails put in its place, so that both have the same schema from there
on and an open transaction fails all the same.
"""

import bisect
import os
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field

from compare import compare
from pgsquint import PgsquintError

REFUSED = 'DROP TABLE "what only the server refuses"'

# What a server says when it computes a value, as it does with the constants of
# some expressions before it looks at the rest of a statement: overflow,
# division by zero, what an input function does not read, a comparison that has
# no collation yet. Or what it says of the rows of a table.
COMPUTED = frozenset(("22000", "22001", "22003", "22007", "22008", "22012",
                      "22026", "2202E", "22P02", "42P22",
                      "23502", "23503", "23514"))
COMPUTED_WORDS = re.compile(r"^invalid (hexadecimal digit|symbol)|"
                            r"^invalid regular expression|"
                            r"^could not create unique index")


@dataclass
class Finding:
    """A difference: at which statement, and of what cause in a few words."""
    index: int
    cause: str
    text: str


@dataclass
class Verdict:
    """What came of one history."""
    statements: int = 0
    accepted: int = 0
    reported: int = 0  # by the rules about refused statements
    differences: list = field(default_factory=list)
    messages: list = field(default_factory=list)  # same code, other words
    missed: list = field(default_factory=list)
    opaque: list = field(default_factory=list)  # since then all is uncertain
    computed: list = field(default_factory=list)  # both refuse: see _is_computed()
    caught: Counter = field(default_factory=Counter)
    ignored: frozenset = frozenset()


def judge(steps, version, pgsquint, ignored=frozenset()):
    """Compares until the schemas part. ignored: kinds of objects, or fields
    of them ("function", "type.base"), that may differ."""
    verdict = Verdict(ignored=ignored)
    passed_over = set()
    while True:
        texts = [REFUSED if i in passed_over else step.sql
                 for i, step in enumerate(steps)]
        try:
            ours = _run(texts, version, pgsquint)
        except PgsquintError as error:
            verdict.differences.append(Finding(
                len(steps) - 1, "pgsquint: " + _last_line(error), str(error)))
            return verdict
        if len(ours) != len(steps):
            verdict.differences.append(Finding(
                len(steps) - 1, "number of statements",
                f"{len(ours)} of {len(steps)}"))
            return verdict
        missed = _first_missed(steps, ours, passed_over, verdict)
        if missed is None:
            _ask_rules(steps, texts, version, pgsquint, verdict)
            return verdict
        passed_over.add(missed)


def _ask_rules(steps, texts, version, pgsquint, verdict):
    """What the rules about refused statements report, the server refuses."""
    try:
        reported = _run_rules(texts, version, pgsquint)
    except PgsquintError as error:
        verdict.differences.append(Finding(
            len(steps) - 1, "pgsquint: " + _last_line(error), str(error)))
        return
    for i, message in reported:
        verdict.reported += 1
        if not steps[i].error:
            verdict.differences.append(Finding(
                i, f"reports: {plain(message)}",
                f"server: accepted, rule: {message}"))
            return


def _first_missed(steps, ours, passed_over, verdict):
    """Fills the verdict; the index of a statement that only the server
    refuses, where pgsquint's schema is of no use from there on."""
    verdict.statements = verdict.accepted = 0
    verdict.differences, verdict.messages, verdict.opaque = [], [], []
    verdict.computed = []
    verdict.caught = Counter()
    for i, (step, line) in enumerate(zip(steps, ours)):
        verdict.statements += 1
        verdict.accepted += step.error is None
        if not line["schema"]["complete"] and not verdict.opaque:
            verdict.opaque.append(i)
        if i in passed_over:
            continue
        fails = line["fails"]
        if step.error and not fails:
            verdict.missed.append((i, step.error))
            # An index that could not be built stays behind, invalid.
            return None if "CONCURRENTLY" in step.sql else i
        if fails and not step.error:
            verdict.differences.append(Finding(
                i, f"refuses: {fails['sqlstate']} {plain(fails['message'])}",
                f"server: accepted, ours: {fails['sqlstate']} "
                f"{fails['message']}"))
            return None
        if fails:
            _compare_failures(i, step.error, fails, verdict)
        elif step.schema and not _agrees(i, step, line, verdict):
            return None
    return None


def _compare_failures(index, error, fails, verdict):
    text = (f"server: {error['sqlstate']} {error['message']}\n"
            f"ours:   {fails['sqlstate']} {fails['message']}")
    if error["sqlstate"] != fails["sqlstate"] and _is_computed(error, fails):
        verdict.computed.append(Finding(
            index, f"computed: {error['sqlstate']} {plain(error['message'])}, "
            f"ours {fails['sqlstate']} {plain(fails['message'])}", text))
        return
    if error["sqlstate"] != fails["sqlstate"]:
        verdict.differences.append(Finding(
            index, f"code: {error['sqlstate']} {plain(error['message'])}, "
            f"ours {fails['sqlstate']} {plain(fails['message'])}", text))
        return
    verdict.caught[error["sqlstate"]] += 1
    if error["message"] != fails["message"]:
        verdict.messages.append(Finding(
            index, f"message: {plain(error['message'])}, ours "
            f"{plain(fails['message'])}", text))


def _is_computed(error, fails):
    """Both refuse the statement, the server for a value that it computed before
    it saw the fault that pgsquint names. pgsquint computes few values."""
    return fails["sqlstate"] not in COMPUTED and (
        error["sqlstate"] in COMPUTED or
        error["sqlstate"] in ("22023", "23505") and
        COMPUTED_WORDS.match(error["message"]) is not None)


def _agrees(index, step, line, verdict):
    found = [each for each in compare(step.schema, line["schema"])
             if not {each.kind, f"{each.kind}.{each.field}"} & verdict.ignored]
    if not found:
        return True
    first = found[0]
    verdict.differences.append(Finding(
        index, f"schema: {words_of(step.sql)}: {first.kind} "
        f"{_what_differs(first)}", "\n".join(map(str, found[:12]))))
    return False


def _what_differs(difference):
    if difference.field is None:
        return "not on the server" if difference.server is None \
            else "not in ours"
    return (f"{difference.field}: {_brief(difference.server)}, ours "
            f"{_brief(difference.ours)}")


def _brief(value):
    if isinstance(value, (bool, type(None), int)):
        return str(value)
    if isinstance(value, str) and len(value) < 30:
        return value
    return type(value).__name__


def plain(message):
    """A message without the names in it."""
    message = re.sub(r'"[^"]*"', '"..."', message)
    return re.sub(r"\b\d+\b", "0", message)


def words_of(sql):
    """What kind of statement it is."""
    words = re.findall(r"[A-Za-z_]+", sql.split("(")[0])[:8]
    if words[0].upper() == "DO":
        return "DO"
    kept = [word for word in words if word.isupper()]
    if words[:2] == ["ALTER", "TABLE"]:
        kept += [word for word in re.findall(r"\b[A-Z]{2,}\b", sql)[2:5]]
    return " ".join(kept[:5])


def _run(texts, version, pgsquint):
    handle, path = tempfile.mkstemp(suffix=".sql")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("".join(text + ";\n" for text in texts))
        return list(pgsquint.each([path], version))
    finally:
        os.unlink(path)


def _run_rules(texts, version, pgsquint):
    """Which statements the rules report, by their numbers, and why."""
    handle, path = tempfile.mkstemp(suffix=".sql")
    starts, offset = [], 0
    try:
        with os.fdopen(handle, "wb") as file:
            for text in texts:
                line = (text + ";\n").encode("utf-8")
                starts.append(offset)
                offset += len(line)
                file.write(line)
        return [(bisect.bisect_right(starts, finding["offset"]) - 1,
                 finding["message"])
                for finding in pgsquint.refusals(path, version)]
    finally:
        os.unlink(path)


def _last_line(error):
    lines = [line for line in str(error).splitlines() if line.strip()]
    for line in lines:
        if "ERROR" in line or "runtime error" in line or "BUG" in line:
            return re.sub(r"0x[0-9a-f]+|==\d+==", "", line)[:150]
    return re.sub(r"/\S*tmp\w*\.sql", "FILE", lines[-1])[:150]
