"""The table of productions: each writes one kind of statement.

A production is a function that is given the generator and returns a
statement without its semicolon, or None where the schema has nothing that it
could be about. Its weight says how often it is tried, since and until which
servers know its syntax.
"""

PRODUCTIONS = []


class Production:
    """One kind of statement."""

    def __init__(self, weight, since, until, write):
        self.weight = weight
        self.since = since
        self.until = until
        self.write = write


def production(weight, since=13, until=99):
    """Enters the function in the table."""

    def enter(write):
        PRODUCTIONS.append(Production(weight, since, until, write))
        return write

    return enter
