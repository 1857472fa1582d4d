"""``make bench``: run every measurement of this folder, or those named.

A measurement is a module with ``run()``, which says what it measured, a line each, on an empty,
migrated database of its own; a broken bound raises AssertionError. docs/measuring.md tells more.
"""

import argparse
import os
import pkgutil
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import django

import tests.bench


@contextmanager
def empty_site():
    """The default connection on a fresh copy of the migrated database."""
    from django.core.cache import caches
    from django.core.management import call_command
    from django.db import connection

    from tests import database

    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="katto-bench-") as folder:
        file = Path(folder) / "bench.sqlite3"
        made = not database.copy_to(file)
        connection.close()
        connection.settings_dict["NAME"] = str(file)
        if made:
            call_command("migrate", verbosity=0)
            database.keep(str(file))
        for name in caches:
            caches[name].clear()
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    os.environ.pop("DATABASE_URL", None)
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    modules = [
        import_module(f"tests.bench.{m.name}")
        for m in pkgutil.iter_modules(tests.bench.__path__)
        if not m.name.startswith(("_", "test_"))
    ]
    measurements = {m.__name__.rpartition(".")[2]: m.run for m in modules if hasattr(m, "run")}
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(measurements))
    chosen = parser.parse_args().names or list(measurements)
    failed = [name for name in chosen if not report(name, measurements)]
    if failed:
        say(f"\nBounds broken: {', '.join(failed)}")
    return bool(failed)


def report(name: str, measurements: dict) -> bool:
    say(f"\n== {name}")
    if name not in measurements:
        say(f"There is no measurement of that name, only {', '.join(measurements)}.")
        return False
    start = time.perf_counter()
    try:
        with empty_site():
            for line in measurements[name]():
                say(line)
    except AssertionError as error:
        say(f"Broken: {error}")
        return False
    say(f"({time.perf_counter() - start:.0f} s)")
    return True


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
