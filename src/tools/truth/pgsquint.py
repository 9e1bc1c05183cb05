"""What pgsquint says: the program under test, and its JSON."""

import json
import subprocess
import tempfile


REFUSAL_RULES = ("statement-would-fail", "enum-value-used-too-soon",
                 "view-columns-changed")


class PgsquintError(Exception):
    """pgsquint ended as it never should."""


class Pgsquint:
    """The program."""

    def __init__(self, path):
        self.path = path

    def schema(self, paths, version, options=()):
        """The schema after the files."""
        return json.loads(self._run("schema", paths, version,
                                    ("--format", "json", *options)))

    def script(self, paths, version, options=()):
        """The same as a script of SQL."""
        return self._run("schema", paths, version,
                         ("--format", "sql", *options))

    def each(self, paths, version, options=()):
        """Every statement, in order, with the schema after it."""
        for line in self._lines("schema", paths, version,
                                ("--each", *options)):
            yield json.loads(line)

    def statements(self, paths, version, options=()):
        """The same without the schemas, which may be much longer in all than
        the files."""
        for line in self._lines("schema", paths, version,
                                ("--each", *options)):
            # Quotes within a string have a backslash before them.
            yield json.loads(line[:line.index(b',"schema":{')] + b"}")

    def locks(self, paths, version):
        """Every statement, with its locks and its work, of files that make
        everything themselves."""
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as settings:
            settings.write("history: complete\n")
            settings.flush()
            return json.loads(self._run(
                "locks", paths, version,
                ("--config", settings.name, "--format", "json")))["statements"]

    def refusals(self, path, version):
        """The findings of the rules about statements that the server refuses,
        in a file that makes everything itself."""
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as settings:
            settings.write("history: complete\n")
            settings.flush()
            rules = [word for rule in REFUSAL_RULES
                     for word in ("--rule", f"{rule}=error")]
            return json.loads(self._run(
                "check", [path], version,
                ("--config", settings.name, "--format", "json",
                 "--rule", "all=off", *rules)))["findings"]

    def findings(self, path, version, options):
        """The findings of the rules that the options switch on, of a file."""
        return json.loads(self._run(
            "check", [path], version,
            ("--format", "json", "--rule", "all=off", *options)))["findings"]

    def _run(self, *arguments):
        return b"".join(self._lines(*arguments)).decode("utf-8",
                                                        "surrogateescape")

    def _lines(self, command, paths, version, options):
        arguments = [self.path, command, "--postgres-version", str(version),
                     *options, *paths]
        with tempfile.TemporaryFile() as errors, \
                subprocess.Popen(arguments, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE,
                                 stderr=errors) as process:
            yield from process.stdout
            status = process.wait()
            errors.seek(0)
            # 1 says that there are statements which fail.
            if status not in (0, 1):
                raise PgsquintError(
                    f"{' '.join(arguments)}: exit status {status}\n"
                    f"{errors.read().decode(errors='replace')}")
