#!/usr/bin/env python3
"""Runs a command with a PostgreSQL of its own: with_postgres.py COMMAND [ARGUMENT...]

The cluster lives in a temporary folder, listens on a socket there and nowhere else, and is gone afterwards. The
command finds it in VAKANT_TEST_POSTGRES. Exit code: the command's; 77 (skipped) where PostgreSQL is not installed.
"""
import contextlib
import glob
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

AS_SERVER = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # initdb refuses root


def run(*command):
    return subprocess.run([*AS_SERVER, *command], check=True, stdout=subprocess.DEVNULL)


def programs():
    """The newest PostgreSQL here, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    return pathlib.Path(found[-1]) if found else None


@contextlib.contextmanager
def cluster(at, durable="off", parent=None):
    """A running cluster of the programs `at`, as libpq takes it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="vakant-postgres-", dir=parent))
    try:
        if AS_SERVER:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        run(at / "initdb", "-D", data, "-A", "trust", "-U", "vakant", "-E", "UTF8", "--no-locale", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync={durable} -c max_connections=200"
        run(at / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield f"host={folder} user=vakant dbname=postgres"
        finally:
            run(at / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    at = programs()
    if at is None:
        print("skipped: PostgreSQL is not installed")
        return 77
    # Not synced to the disk unless a test asks for it: these clusters live for seconds.
    with cluster(at, os.environ.get("VAKANT_POSTGRES_FSYNC", "off")) as address:
        environment = dict(os.environ, VAKANT_TEST_POSTGRES=address)
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
