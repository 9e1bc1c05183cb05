"""The generator of the random test: one statement after another, each chosen
by weight among the productions and written for the schema as it is now.

A history depends on the seed and the server's version only: the choices come
from one source of random numbers, and what the generator asks the server are
names and types, never object ids or times.
"""

import random_alter  # noqa: F401 (enters its productions)
import random_changes
import random_objects  # noqa: F401
import random_rows  # noqa: F401
import random_tables
from random_productions import PRODUCTIONS
from random_queries import Queries


class Generator(Queries):
    """Writes statements for one history."""

    def __init__(self, seed, version, state):
        super().__init__(seed, version, state)
        self.savepoints = []
        usable = [each for each in PRODUCTIONS
                  if each.since <= version <= each.until]
        self._choices = [(each.weight, each) for each in usable]
        self._first = [(each.weight, each) for each in usable
                       if each.write is random_tables.create_table
                       or each.write.__module__ in
                       ("random_objects", "random_functions")]

    def statement(self):
        """The next one, without its semicolon."""
        while True:
            text = self._attempt()
            if text and "\0" not in text:
                self._note(text)
                return text

    def _attempt(self):
        state = self.state
        if state.transaction == "I":
            self.savepoints = []
        elif self.chance(0.75 if state.transaction == "E" else 0.18):
            return random_changes.within_block(self)
        tables = len(state.of_kind("rp"))
        choices = self._choices
        if tables < 3 and self.chance(0.6):
            choices = self._first
        return self.weighted(choices).write(self)

    def _note(self, text):
        """Savepoints are in no catalog."""
        words = text.split()
        if words[0] == "SAVEPOINT":
            self.savepoints.append(words[1])
        if text.startswith(("RELEASE", "ROLLBACK TO")) and \
                words[-1] in self.savepoints:
            while self.savepoints[-1] != words[-1]:
                self.savepoints.pop()
            if words[0] == "RELEASE":
                self.savepoints.pop()
