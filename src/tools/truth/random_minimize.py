"""The smallest history that still shows a difference: statements are taken
out, then items of their lists, as long as the cause stays the same."""

from client import ConnectionLost
from random_judge import judge

ATTEMPTS_MAX = 400


class Minimizer:
    """Keeps what shows the cause."""

    def __init__(self, recorder, version, pgsquint, ignored):
        self._recorder = recorder
        self._version = version
        self._pgsquint = pgsquint
        self._ignored = ignored
        self._attempts = 0

    def minimize(self, statements, cause):
        """The statements that are left."""
        self._attempts = 0
        statements = self._without_statements(statements, cause)
        smaller = self._without_items(statements, cause)
        while smaller != statements:
            statements = self._without_statements(smaller, cause)
            smaller = self._without_items(statements, cause)
        return statements

    def _shows(self, statements, cause):
        self._attempts += 1
        if self._attempts > ATTEMPTS_MAX:
            return False
        try:
            steps = self._recorder.replay(statements)
        except ConnectionLost:
            return False
        verdict = judge(steps, self._version, self._pgsquint, self._ignored)
        return cause in causes_of(verdict)

    def _without_statements(self, statements, cause):
        size = max(len(statements) // 2, 1)
        while True:
            at = 0
            while at < len(statements):
                fewer = statements[:at] + statements[at + size:]
                if fewer and self._shows(fewer, cause):
                    statements = fewer
                else:
                    at += size
            if size == 1:
                return statements
            size //= 2

    def _without_items(self, statements, cause):
        for i in range(len(statements) - 1, -1, -1):
            at = 0
            while True:
                texts = shorter(statements[i])
                if at >= len(texts):
                    break
                changed = statements[:i] + [texts[at]] + statements[i + 1:]
                if self._shows(changed, cause):
                    statements = changed
                else:
                    at += 1
        return statements


def causes_of(verdict):
    """All that a verdict complains of."""
    return [finding.cause for finding in verdict.differences] + \
        [finding.cause for finding in verdict.messages] + \
        ["missed: " + error["sqlstate"] for _, error in verdict.missed]


def shorter(sql):
    """The statement without one item of one of its lists, each in turn."""
    texts = []
    for start, end in _items(sql):
        before, after = sql[:start].rstrip(), sql[end:].lstrip()
        if after.startswith(","):
            after = after[1:].lstrip()
        elif before.endswith(","):
            before = before[:-1]
        else:
            continue
        gap = "" if before.endswith("(") or after.startswith(")") else " "
        texts.append(before + gap + after)
    return texts


def _items(sql):
    """Where the items of all lists stand, in parentheses or not."""
    items, starts, at = [], [0], 0
    while at < len(sql):
        letter = sql[at]
        if letter in "'\"":
            end = sql.find(letter, at + 1)
            at = len(sql) if end < 0 else end
        elif letter in "([":
            starts.append(at + 1)
        elif letter in ")]" and len(starts) > 1:
            items.append((starts.pop(), at))
        elif letter == ",":
            items.append((starts[-1], at))
            starts[-1] = at + 1
        at += 1
    items.append((starts[0], len(sql)))
    return sorted(items, key=lambda item: item[0] - item[1])
