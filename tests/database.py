"""A migrated SQLite database, made once for a set of migrations and copied for each run.

Wagtail's migrations alone take half a minute; copying takes nothing. The copy is a file, not
memory, because the threads of a live server must not share one connection.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tests.services.process import cache_folder

PATTERNS = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "*/data/*",
    "cms/settings/*.py",
    "cms/users/roles.py",
)


def template() -> Path:
    """Where the migrated database of exactly these migrations, pins and settings belongs."""
    digest = hashlib.sha256(sys.version.encode())
    files = [settings.BASE_DIR / "requirements.txt"]
    for pattern in PATTERNS:
        files += sorted(file for file in settings.BASE_DIR.glob(pattern) if file.is_file())
    for file in files:
        digest.update(file.relative_to(settings.BASE_DIR).as_posix().encode())
        digest.update(file.read_bytes())
    return cache_folder() / f"test-database-{digest.hexdigest()[:20]}.sqlite3"


def copy_to(target: Path) -> bool:
    """Put the template at ``target``; False if there is none yet."""
    try:
        shutil.copyfile(template(), target)
    except FileNotFoundError:
        return False
    return True


def keep(source: str) -> None:
    """Make the freshly migrated database ``source`` the template, and drop older ones."""
    target = template()
    if target.exists():
        return
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    os.close(handle)
    with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(temporary)) as copy:
        ours.backup(copy)
    os.replace(temporary, target)
    others = sorted(target.parent.glob("test-database-*"), key=lambda file: file.stat().st_mtime)
    for file in others[:-12]:
        file.unlink(missing_ok=True)


def fill(connection, snapshot: Path) -> None:
    """Give the tables of the models the rows of ``snapshot`` back, all at once, and no others.

    Django saves them one after the other, as objects: most of what a transactional test takes.
    """
    look = connection.introspection
    with connection.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS migrated", [str(snapshot)])
        try:
            with connection.constraint_checks_disabled(), transaction.atomic(connection.alias):
                for name in look.django_table_names(only_existing=True, include_views=False):
                    # By name: a table that was migrated back and forth has another order.
                    columns = (each.name for each in look.get_table_description(cursor, name))
                    listed = ", ".join(map(connection.ops.quote_name, columns))
                    table = connection.ops.quote_name(name)
                    cursor.execute(f"DELETE FROM main.{table}")
                    cursor.execute(
                        f"INSERT INTO main.{table} ({listed}) SELECT {listed} FROM migrated.{table}"
                    )
        finally:
            cursor.execute("DETACH DATABASE migrated")
