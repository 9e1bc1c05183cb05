"""Real servers, one of each major version, that nobody else knows of.

Each has a folder of its own below one temporary folder and a free port of the
loopback interface. A watchdog, a process of its own, waits for the end of a
pipe that only we hold: whether we finish, fail, are interrupted or killed, it
then stops the servers and removes the folder.
"""

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time

from client import Connection, ConnectionLost, ServerError

VERSIONS = (13, 14, 15, 16, 17, 18)

# Durability is of no use to a server that lives for a minute.
SETTINGS = """
port = {port}
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
timezone = 'UTC'
log_timezone = 'UTC'
shared_buffers = 64MB
max_connections = 20
max_prepared_transactions = 0
jit = off
"""

WATCHDOG = """
trap '' INT TERM HUP QUIT PIPE
cat >/dev/null
for file in "$1"/*/data/postmaster.pid; do
	[ ! -f "$file" ] || kill -QUIT "$(head -n 1 "$file")"
done
for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	ls "$1"/*/data/postmaster.pid >/dev/null 2>&1 || break
	sleep 0.2
done
rm -rf "$1"
"""


class ServersError(Exception):
    """Servers that cannot be had; says what to do."""


class Server:
    """One running server."""

    def __init__(self, version, port):
        self.version = version
        self.port = port
        self._databases = 0
        self._lock = threading.Lock()

    def connect(self, database="postgres", settings=None):
        """A new session."""
        return Connection(self.port, database, settings)

    @contextlib.contextmanager
    def new_database(self):
        """A connection to a new and empty database, in a `with`; it is
        dropped in the end, whoever is connected."""
        with self._lock:
            self._databases += 1
            name = f"truth_{self._databases}"
        self._administer(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            with self.connect(name) as connection:
                yield connection
        finally:
            self._administer(f"DROP DATABASE {name} WITH (FORCE)")

    def _administer(self, sql):
        with self.connect() as connection:
            connection.query(sql)


class Servers:
    """The servers of some versions, in a `with`; a dictionary by version."""

    def __init__(self, versions, packages):
        self._packages = os.path.abspath(packages)
        self._versions = versions
        self._user = _ordinary_user()
        self._folder = None
        self._pipe = None
        self._watchdog = None

    def __enter__(self):
        for version in self._versions:
            if not os.path.isdir(_package(self._packages, version)):
                raise ServersError(f"no PostgreSQL {version} in "
                                   f"{self._packages}: make deps-truth")
        self._folder = tempfile.mkdtemp(prefix="pgsquint-truth-")
        self._watch()
        try:
            return self._start_all()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        os.close(self._pipe)
        self._watchdog.wait()

    def _watch(self):
        reading, self._pipe = os.pipe()
        # What is forked from us holds nobody up.
        os.register_at_fork(after_in_child=lambda: os.close(self._pipe))
        # Its own session: an interrupt from the terminal is not for it.
        self._watchdog = subprocess.Popen(
            ["sh", "-c", WATCHDOG, "watchdog", self._folder],
            stdin=reading, start_new_session=True)
        os.close(reading)

    def _start_all(self):
        if self._user:
            os.chmod(self._folder, 0o711)
        servers, errors = {}, []

        def start(version):
            try:
                servers[version] = self._start(version)
            except (ServersError, ConnectionLost, OSError) as error:
                errors.append(f"PostgreSQL {version}: {error}")

        threads = [threading.Thread(target=start, args=(version,))
                   for version in self._versions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise ServersError("; ".join(errors))
        return dict(sorted(servers.items()))

    def _start(self, version):
        folder = os.path.join(self._folder, str(version))
        os.mkdir(folder)
        if self._user:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        programs = self._find_programs(version, folder)
        data = os.path.join(folder, "data")
        self._run([os.path.join(programs, "initdb"), "-D", data, "-U",
                   "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                   "--no-sync"], folder)
        port = _free_port()
        with open(os.path.join(data, "postgresql.conf"), "a",
                  encoding="utf-8") as file:
            file.write(SETTINGS.format(port=port))
        with open(os.path.join(folder, "log"), "wb") as log:
            process = subprocess.Popen(
                [os.path.join(programs, "postgres"), "-D", data],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **self._process_options(folder))
        server = Server(version, port)
        _wait_until_ready(server, process, os.path.join(folder, "log"))
        _require_counts(server)
        return server

    def _find_programs(self, version, folder):
        """Where they are; a copy, if the ordinary user cannot get there."""
        programs = os.path.join(_package(self._packages, version), "native",
                                "bin")
        try:
            self._run([os.path.join(programs, "postgres"), "--version"],
                      folder)
        except (ServersError, OSError):
            if not self._user:
                raise
            copy = os.path.join(folder, "package")
            shutil.copytree(_package(self._packages, version), copy,
                            symlinks=True)
            os.chmod(copy, 0o755)
            programs = os.path.join(copy, "native", "bin")
        return programs

    def _run(self, command, folder):
        result = subprocess.run(command, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, check=False,
                                **self._process_options(folder))
        if result.returncode != 0:
            raise ServersError(result.stdout.decode(errors="replace").strip())

    def _process_options(self, folder):
        options = {"cwd": folder, "umask": 0o077,
                   "env": {"LC_ALL": "C.UTF-8", "TZ": "UTC",
                           "PATH": os.environ.get("PATH", os.defpath)}}
        if self._user:
            options.update(user=self._user.pw_uid, group=self._user.pw_gid,
                           extra_groups=[])
        return options


def _package(packages, version):
    return os.path.join(packages, str(version), "package")


def _ordinary_user():
    """Servers refuse to run as root; None where nobody is root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_until_ready(server, process, log):
    deadline = time.monotonic() + 60
    while True:
        try:
            with server.connect() as connection:
                text = connection.query("SHOW server_version")[0][0]
            # Whoever else took the port in between is not of our making.
            if re.match(rf"{server.version}\b", text):
                return
        except (ConnectionLost, ServerError):
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            with open(log, encoding="utf-8", errors="replace") as file:
                raise ServersError(f"did not start: {file.read().strip()}")
        time.sleep(0.05)


def _require_counts(server):
    """Until 14, what counts the scans of tables is a process that wants a
    socket on "localhost"; without it the server goes on, and counts nothing
    (pgstat_init in postmaster/pgstat.c)."""
    with server.connect() as connection:
        if connection.query("SHOW track_counts")[0][0] != "on":
            raise ServersError("cannot count scans: does /etc/hosts name "
                               "\"localhost\"?")
