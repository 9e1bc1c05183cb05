"""A connection to a PostgreSQL server: simple queries, answers as text.

PostgreSQL's protocol, as far as a server on this machine that trusts its
users speaks it. psql would do, but for this: an answer here comes with its
SQLSTATE, its notices and the state of the transaction.
"""

import socket
import struct

PROTOCOL_VERSION = 196608


class ServerError(Exception):
    """What the server refused, in its own words."""

    def __init__(self, fields):
        self.message = fields.get("M", "")
        self.sqlstate = fields.get("C", "")
        self.severity = fields.get("V", "")
        super().__init__(f"{self.message} ({self.sqlstate})")


class ConnectionLost(Exception):
    """The server went away, or never came."""


class Connection:
    """One session. transaction is the server's word for its state after
    the last answer: "I" idle, "T" in a transaction block, "E" in a failed
    one."""

    def __init__(self, port, database, settings=None):
        self.transaction = "I"
        self.notices = []
        self.process_id = 0
        try:
            self._socket = socket.create_connection(("127.0.0.1", port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._file = self._socket.makefile("rb")
            self._start(database, settings or {})
        except OSError as error:
            raise ConnectionLost(str(error)) from error

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the session; an open transaction is rolled back."""
        try:
            self._send(b"X", b"")
        except ConnectionLost:
            pass
        self._file.close()
        self._socket.close()

    def query(self, sql, copy_data=b""):
        """Runs the statements of a text, as one simple query. Returns the
        rows of the last one that has any, each a list of text or None.
        COPY FROM STDIN reads copy_data. Raises ServerError."""
        self.begin(sql)
        return self.finish(copy_data)

    def begin(self, sql):
        """Sends a query whose answer finish() will read."""
        self.notices = []
        self._send(b"Q", sql.encode("utf-8", "surrogateescape") + b"\0")

    def finish(self, copy_data=b""):
        """Reads the answer to begin(); returns and raises as query()."""
        rows, error = [], None
        while True:
            kind, body = self._receive()
            if kind == b"Z":
                self.transaction = body.decode()
                break
            if kind == b"T":
                rows = []
            elif kind == b"D":
                rows.append(_read_row(body))
            elif kind == b"E":
                error = ServerError(_read_fields(body))
            elif kind == b"N":
                self.notices.append(_read_fields(body))
            elif kind == b"G":
                self._send(b"d", copy_data)
                self._send(b"c", b"")
        if error:
            raise error
        return rows

    def _start(self, database, settings):
        options = {"user": "postgres", "database": database,
                   "client_encoding": "UTF8", **settings}
        text = "".join(f"{name}\0{value}\0"
                       for name, value in options.items()) + "\0"
        body = struct.pack("!i", PROTOCOL_VERSION) + text.encode()
        self._socket.sendall(struct.pack("!i", len(body) + 4) + body)
        while True:
            kind, body = self._receive()
            if kind == b"E":
                raise ServerError(_read_fields(body))
            if kind == b"K":
                self.process_id = struct.unpack("!i", body[:4])[0]
            if kind == b"Z":
                return

    def _send(self, kind, body):
        try:
            self._socket.sendall(kind + struct.pack("!i", len(body) + 4) + body)
        except OSError as error:
            raise ConnectionLost(str(error)) from error

    def _receive(self):
        try:
            head = self._file.read(5)
            if len(head) < 5:
                raise ConnectionLost("the server closed the connection")
            return head[:1], self._file.read(struct.unpack("!i", head[1:])[0] - 4)
        except OSError as error:
            raise ConnectionLost(str(error)) from error


def _read_row(body):
    row, at = [], 2
    for _ in range(struct.unpack("!h", body[:2])[0]):
        size = struct.unpack("!i", body[at:at + 4])[0]
        at += 4
        row.append(None if size < 0 else
                   body[at:at + size].decode("utf-8", "surrogateescape"))
        at += max(size, 0)
    return row


def _read_fields(body):
    """Of an error or a notice: one letter, then its text, each."""
    parts = body.decode("utf-8", "surrogateescape").split("\0")
    return {part[0]: part[1:] for part in parts if part}
