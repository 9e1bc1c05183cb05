"""What pgsquint says: the program under test, and its JSON."""

import json
import subprocess


class PgsquintError(Exception):
    """pgsquint ended as it never should, or printed what is not JSON."""


class Pgsquint:
    """The program."""

    def __init__(self, path):
        self._path = path

    def schema(self, paths, version, options=()):
        """The schema after the files."""
        return json.loads(self._run("schema", paths, version,
                                    ("--format", "json", *options)))

    def schema_script(self, paths, version, options=()):
        """The same as a script of SQL."""
        return self._run("schema", paths, version,
                         ("--format", "sql", *options))

    def each(self, paths, version, options=()):
        """Every statement, in order, with the schema after it."""
        return self._run_lines("schema", paths, version, ("--each", *options))

    def statements(self, paths, version, options=()):
        """Every statement with its locks."""
        return json.loads(self._run("locks", paths, version,
                                    ("--format", "json", *options)))["statements"]

    def _run_lines(self, *arguments):
        try:
            for line in self._run(*arguments).split("\n"):
                if line:
                    yield json.loads(line)
        except json.JSONDecodeError as error:
            raise PgsquintError(f"not JSON: {error}") from error

    def _run(self, command, paths, version, options):
        arguments = [self._path, command, "--postgres-version", str(version),
                     *options, *paths]
        result = subprocess.run(arguments, stdin=subprocess.DEVNULL,
                                capture_output=True, check=False)
        # 1 says that there are statements which fail.
        if result.returncode not in (0, 1) or not result.stdout:
            raise PgsquintError(
                f"{' '.join(arguments)}: exit status {result.returncode}\n"
                f"{result.stderr.decode(errors='replace')}")
        return result.stdout.decode("utf-8", "surrogateescape")
