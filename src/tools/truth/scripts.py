"""The script that `pgsquint schema --format sql` prints: loaded into an empty
database it must give the catalogs of the original."""

from catalog import Catalog
from client import ServerError
from compare import compare


def differences_of_script(paths, server, pgsquint, theirs, options=()):
    """Returns lines; theirs is the original's schema."""
    script = pgsquint.script(paths, server.version, options)
    with server.new_database() as connection:
        try:
            connection.query(script)
        except ServerError as error:
            return [f"the server refuses: {error}"]
        copy = Catalog(connection, server.version).read()
    return [str(difference) for difference in compare(theirs, copy)]
