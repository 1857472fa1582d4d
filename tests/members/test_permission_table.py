"""Five people × every admin address that names a page, organisation, person, file or picture.

``access.csv`` beside this file says what each gets; an address that is not there fails. Columns:
*own* and *other* are editors of the member whose the thing is, and of another.
"""

import csv
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.template import Template

from tests.members.addresses import MembersWorld, about, people
from tests.security.test_access import HARMLESS, Writes, outcome

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TABLE = Path(__file__).with_name("access.csv")
KINDS = ("project", "draft", "publication")
COLUMNS = ("own", "other", "editor", "publisher", "translator")


def expected() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {(row["thing"], row["address"]): row for row in csv.DictReader(file)}


def ask(client, path: str, method: str = "get"):
    mark, writes = transaction.savepoint(), Writes()
    with connection.execute_wrapper(writes):
        response = getattr(client, method)(path)
    if method == "get" and response.status_code == 405:
        return ask(client, path, "post")
    transaction.savepoint_rollback(mark)
    return response, writes.tables - HARMLESS


def found(client, kind: str) -> dict[tuple[str, str], dict[str, str]]:
    client.raise_request_exception = False
    world, rows = MembersWorld(kind), {}
    asked, by_column = list(about(world)), people(world)
    for column, user in by_column.items():
        client.force_login(user)
        for one in asked:
            response, _tables = ask(client, one.address.path)
            cells = rows.setdefault((one.kind, str(one.address)), {})
            cells[column] = outcome(response, one.address.path)
    return rows


@pytest.fixture
def unread(monkeypatch):
    """Who gets in is decided before a page is drawn, which takes most of the time."""
    monkeypatch.setattr(Template, "_render", lambda self, context: "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell(client, unread, kind):
    table, rows = expected(), found(client, kind)
    wrong = {
        f"{thing} {address}, {column}": f"{got}, not {table.get((thing, address), {}).get(column)}"
        for (thing, address), cells in rows.items()
        for column, got in cells.items()
        if table.get((thing, address), {}).get(column) != got
    }
    assert not wrong
    things = {thing for thing, _address in rows}
    assert {key for key in table if key[0] in things} == set(rows), "An address is gone."
