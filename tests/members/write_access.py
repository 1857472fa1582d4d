"""Writes ``access.csv`` anew, to be read critically: ``pytest tests/members/write_access.py``."""

import csv

import pytest

from tests.members.test_permission_table import COLUMNS, KINDS, TABLE, found, unread

pytestmark = pytest.mark.django_db
__all__ = ["unread"]


@pytest.fixture(scope="module")
def rows():
    return {}


@pytest.mark.parametrize("kind", KINDS)
def test_write(client, unread, rows, kind):
    rows.update(found(client, kind))
    with TABLE.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["thing", "address", *COLUMNS])
        for (thing, address), cells in rows.items():
            out.writerow([thing, address, *(cells[column] for column in COLUMNS)])
