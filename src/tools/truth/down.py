"""What down steps leave behind: up and then down, migration by migration, on a
server, the catalogs before and after compared, and with them what the rules
down-step-incomplete and empty-down-step say. What their help writes is then run
as well: nothing may differ after it."""

import json
import os
import re
import subprocess
import tempfile

from client import ServerError

_QUERY = open(os.path.join(os.path.dirname(os.path.abspath(__file__)),
                           "down.sql"), encoding="utf-8").read()
_RULES = ("down-step-incomplete", "empty-down-step")

_UP_MARKS = re.compile(r"^--\s*(\+goose up|migrate:up|\+migrate up)\b", re.I | re.M)
_DOWN_MARKS = re.compile(
    r"^--\s*(\+goose down|migrate:down|\+migrate down)[^\n]*$", re.I | re.M)

# It refuses transactions; what it makes is the same without.
_WITHOUT_CONCURRENTLY = re.compile(
    r"(?i)^(\s*(?:create(?:\s+unique)?\s+index|drop\s+index|"
    r"refresh\s+materialized\s+view))\s+concurrently\b")

# What the server makes up.
_MADE_UP = re.compile(r"_(fkey|key|pkey|idx|check|excl|seq)\d*\"?( of .*)?$")

# Said in the message: "column a.b is text, was integer".
_CALLED = re.compile(r"(.*) was called (.*)$")
_CHANGED = re.compile(
    r"((?:column|attribute|domain|type|sequence|view|materialized view|table|"
    r"partitioned table|foreign table|index|extension|schema|statistics object) (?:\"[^\"]*\"|[^ ])+|"
    r"(?:constraint|trigger|policy|rule) (?:\"[^\"]*\"|[^ ])+ of (?:\"[^\"]*\"|[^ ])+|"
    r"(?:function|procedure|aggregate) .*?\)) (?:is|has|returns) ")
_MADE = re.compile(r" query made by \d+$")
_ORDER = re.compile(r" in the order (.*?)(?= query made by|$)")
_VALUE_WAS = re.compile(r"value '(.*)' of (.*) was '(.*)'$")


class Report:
    """What came of one history on one server."""

    def __init__(self):
        self.migrations = 0  # with a down step
        self.compared = 0    # of those, those that the server accepts
        self.told = 0        # differences that both name
        self.refused = []    # the others, and why
        self.wrong = []      # ours alone
        self.silent = []     # the server's alone
        self.mended = 0      # down steps whose help was run
        self.unmended = []   # what it leaves, or why the server refuses it


def compare_down(path, server, pgsquint):
    """Runs one history on one server."""
    report = Report()
    said, help_texts = _said(path, server.version, pgsquint)
    with server.new_database() as connection:
        for migration in _migrations(path, server.version, pgsquint):
            before = _snapshot(connection)
            error = _run(connection, migration.up)
            if not migration.down_path:
                continue
            report.migrations += 1
            mend = _split(help_texts.get(migration.down_path, ""),
                          server.version, pgsquint)
            if not error:
                after, mended, error = _rehearse(connection, migration.down,
                                                 mend)
            if error:
                report.refused.append(f"{migration.down_path}: {error}")
                continue
            report.compared += 1
            theirs = _differences(before, after)
            ours = _translate(said.get(migration.down_path, []), before, after)
            report.told += len(theirs & ours)
            report.wrong += [f"{migration.down_path}: {' '.join(each)}"
                             for each in sorted(ours - theirs)]
            if mend:
                report.mended += 1
                report.unmended += [
                    f"{migration.down_path}: {each}" for each in _left(
                        before, mended, theirs & ours,
                        help_texts[migration.down_path])]
            if migration.acts:
                report.silent += [f"{migration.down_path}: {' '.join(each)}"
                                  for each in sorted(theirs - ours)
                                  if not _may_stay(each, migration)]
    return report


def _may_stay(difference, migration):
    """Made IF NOT EXISTS, for whoever needs it."""
    return difference[1].startswith(("extension ", "schema ")) and any(
        re.match(r"(?i)\s*create\s+(extension|schema)\s+if\s+not\s+exists", sql)
        for sql in migration.up)


class Migration:
    """Its statements; down_path: where its down step stands, or None."""

    def __init__(self, path):
        self.path = path
        self.up = []
        self.down = []
        self.down_path = None
        self.acts = False


def _migrations(path, version, pgsquint):
    migrations = {}
    for statement in pgsquint.statements([path], version):
        found = statement["path"]
        migrations.setdefault(found, Migration(found)).up.append(statement["sql"])
    for migration in migrations.values():
        migration.down_path, text = _down_text(migration.path)
        if text is not None:
            migration.down = _split(text, version, pgsquint)
            migration.acts = any(
                not re.match(r"(?is)\s*(select[^(]*$|begin|commit|set|start|end)\b",
                             statement) for statement in migration.down)
    return migrations.values()


def _down_text(path):
    """Where the down step of this file stands, and its text."""
    folder, name = os.path.split(path)
    for up, down in ((r"\.up\.sql$", ".down.sql"), (r"^up\.sql$", "down.sql"),
                     (r"^V", "U")):
        other = os.path.join(folder, re.sub(up, down, name))
        if other != path and os.path.exists(other):
            return other, _read(other)
    text = _read(path)
    marks = _DOWN_MARKS.split(text) if _UP_MARKS.search(text) else []
    return (path, marks[2]) if len(marks) > 2 else (None, None)


def _read(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def _split(text, version, pgsquint):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "down.sql")
        with open(path, "w", encoding="utf-8",
                  errors="surrogateescape") as file:
            file.write(text)
        return [each["sql"] for each in pgsquint.statements(
            [path], version, ("--tool", "plain"))]


def _run(connection, statements):
    """The first error, or None."""
    first = None
    for sql in statements:
        try:
            connection.query(sql)
        except ServerError as error:
            first = first or error
    if connection.transaction != "I":
        connection.query("ROLLBACK")
    return first


def _rehearse(connection, statements, mend):
    """The schema after the down step, that after the statements of the help too
    (or why the server refuses them), and None; or why the server refuses the
    down step. All is then undone."""
    connection.query("BEGIN")
    try:
        _run_within(connection, statements)
        after = _snapshot(connection)
        try:
            _run_within(connection, mend)
            return after, _snapshot(connection), None
        except ServerError as error:
            return after, error, None
    except ServerError as error:
        return None, None, error
    finally:
        connection.query("ROLLBACK")


def _run_within(connection, statements):
    for sql in statements:
        if not re.match(r"(?i)\s*(begin|start|commit|end)\b", sql):
            connection.query(_WITHOUT_CONCURRENTLY.sub(r"\1", sql))


def _left(before, mended, told, text):
    """What was told, and is still there after the help's statements; what the
    help merely describes is left to the reader."""
    if isinstance(mended, ServerError):
        return [f"the server refuses the help: {mended}"]
    hints = [line for line in text.splitlines() if line.startswith("--")]
    left = _differences(before, mended) & told
    return [f"still {' '.join(each)}" for each in sorted(left)
            if not any(each[1].split(" ", 1)[1] in hint for hint in hints)]


def _snapshot(connection):
    """{label: (owner, what is said of it)}, without the tool's books."""
    connection.query("SELECT set_config('truth.path', "
                     "current_setting('search_path'), false)")
    connection.query("SET search_path = ''")
    rows = connection.query(_QUERY)
    connection.query("SELECT set_config('search_path', "
                     "current_setting('truth.path'), false)")
    return {label: (owner, said) for label, owner, said in rows}


def _differences(before, after):
    found = {("missing", label) for label in before.keys() - after.keys()}
    found |= {("remains", label) for label in after.keys() - before.keys()
              if not label.startswith("value ")}
    found |= {("changed", label) for label in before.keys() & after.keys()
              if _meaning(before[label]) != _meaning(after[label]) and
              not _is_same_view(before[label], after[label]) and
              not _is_reordered(before[label], after[label])}
    return _leave_out(found, before, after)


def _is_same_view(before, after):
    """Its query was not touched, though names in it may have changed."""
    made = [_MADE.search(entry[1]) for entry in (before, after)]
    return all(made) and made[0][0] == made[1][0]


def _is_reordered(before, after):
    """A view whose columns came back in another order, which does not count."""
    orders = [_ORDER.search(entry[1]) for entry in (before, after)]
    if not all(orders):
        return False
    names = [order[1].split(", ") for order in orders]
    return names[0] != names[1] and sorted(names[0]) == sorted(names[1])


def _meaning(entry):
    """Without casts, and quotes of numbers: '0'::numeric is 0 to a column."""
    said = re.sub(r"\bCURRENT_TIMESTAMP\b", "now()",
                  _ORDER.sub("", _MADE.sub("", entry[1])))
    said = re.sub(r"::[a-z_.]+( varying| precision| with(out)? time zone)?"
                  r"(\([\d,]+\))?(\[\])*", "", said)
    return re.sub(r"'(\d+)'", r"\1", re.sub(r"[()]", "", said))


def _leave_out(found, before, after):
    """Without parts of what came or went, and names that the server made up."""
    found = {(verb, label) for verb, label in found
             if not _goes(verb, label, found, before, after)}
    found -= {("changed", label) for verb, label in found if verb == "remains"}
    for verb, label in sorted(found):
        if verb != "remains" or not _MADE_UP.search(label):
            continue
        twin = next((other for word, other in sorted(found)
                     if word == "missing" and
                     other.split(" ")[0] == label.split(" ")[0] and
                     before.get(other) == after.get(label)), None)
        if twin:
            found -= {("remains", label), ("missing", twin)}
    return found


def _goes(verb, label, found, before, after):
    owner = (before if verb == "missing" else after).get(label, ("",))[0]
    while owner:
        if (verb, owner) in found or ("changed", owner) in found and \
                label.startswith("value "):
            return True
        owner = (before if verb == "missing" else after).get(owner, ("",))[0]
    return label.split(" ", 1)[1].split(".")[0] in {
        other.split(" ", 1)[1] for word, other in found
        if word == verb and other.startswith("schema ")} and "." in label


def _said(path, version, pgsquint):
    """By path: what the rules list, and what they write instead."""
    said, help_texts = {}, {}
    for finding in _findings(path, version, pgsquint):
        if finding["rule"] in _RULES and ": " in finding["message"]:
            said.setdefault(finding["path"], []).extend(
                finding["message"].split(": ", 1)[1].split("; "))
            help_texts[finding["path"]] = finding["help"]
    return said, help_texts


def _findings(path, version, pgsquint):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as settings:
        settings.write("rules:\n" + "".join(
            f"  {rule}:\n    listed: 100000\n" for rule in _RULES))
        settings.flush()
        done = subprocess.run(
            [pgsquint.path, "--config", settings.name, "--format", "json",
             "--fail-on", "never", "--rule", "all=off",
             *(word for rule in _RULES for word in ("--rule", f"{rule}=warning")),
             "--postgres-version", str(version), path],
            stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)["findings"]


def _translate(lines, before, after):
    found = set()
    for line in lines:
        called = _CALLED.match(line)
        value = _VALUE_WAS.match(line)
        changed = _CHANGED.match(line)
        if line.endswith(" remains"):
            found.add(("remains", line[:-len(" remains")]))
        elif line.endswith(" is missing"):
            found.add(("missing", line[:-len(" is missing")]))
        elif called:
            kind = called[1].split(" ")[0] + " "
            if called[1].startswith(("materialized ", "partitioned ", "foreign ")):
                kind += called[1].split(" ")[1] + " "
            found |= {("remains", called[1]), ("missing", kind + called[2])}
        elif value:
            found.add(("missing", f"value '{value[3]}' of {value[2]}"))
        elif changed:
            found.add(("changed", changed[1]))
        else:
            found.add(("not understood", line))
    return _leave_out(found, before, after)
