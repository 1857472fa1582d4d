"""Every address of the site × every role: who gets in, and that asking changes nothing.

The expected answers lie in ``access.csv``. An address that is not there fails; the message says
the row to add, once it has been thought about.
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import connection, transaction

from cms.users import roles
from tests.factories import EditorFactory, SuperuserFactory, UserFactory
from tests.security.addresses import World, addresses
from tests.translation.rights import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TABLE = Path(__file__).with_name("access.csv")
EDITORS, PUBLISHERS = roles.EDITORS.name, roles.PUBLISHERS.name
ROLES = {
    "nobody": None,
    "visitor": UserFactory,
    "editor": lambda: EditorFactory(join=EDITORS),
    "publisher": lambda: EditorFactory(join=PUBLISHERS),
    "translator": lambda: translator("sv"),
    "administrator": SuperuserFactory,
}
# Written while somebody merely looks, by Wagtail or Django: who is here, and a first meeting.
HARMLESS = {
    "django_session",
    "wagtailcore_pagesubscription",
    "wagtailusers_userprofile",
    "wagtailadmin_editingsession",
    "otp_totp_totpdevice",
    "assets_customrendition",
}


def expected() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


def outcome(response, path: str) -> str:
    """*in*, *sign in* (sent there), *no* (refused), or *none* (nothing is there for anybody)."""
    url = getattr(response, "url", "")
    if response.status_code >= 500:
        return f"fault {response.status_code}"
    if response.status_code == 404:
        return "none"
    if response.status_code == 302 and "/login/" in url and "login" not in path:
        return "sign in"
    if response.status_code == 403 or (response.status_code == 302 and url == "/admin/"):
        return "no"
    return "in"


class Writes:
    """The tables that statements of one request write to."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        verb, *rest = sql.split(None, 3)
        if verb.upper() in ("INSERT", "UPDATE", "DELETE"):
            words = [word for word in rest if word.upper() not in ("INTO", "FROM", "OR", "IGNORE")]
            self.tables.add(words[0].strip('"'))
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def table():
    return expected()


@pytest.mark.parametrize("role", ROLES)
def test_who_gets_in_and_that_looking_changes_nothing(client, role, table):
    client.raise_request_exception = False
    world = World()
    user = ROLES[role]() if ROLES[role] else None
    found, written = {}, defaultdict(set)
    for address in addresses(world):
        if user:
            client.force_login(user)
        mark = transaction.savepoint()
        writes = Writes()
        with connection.execute_wrapper(writes):
            response = client.get(address.path)
        if response.status_code == 405:
            response = client.post(address.path)
        transaction.savepoint_rollback(mark)
        found[str(address)] = outcome(response, address.path)
        written[str(address)] = writes.tables - HARMLESS
    wrong = {name: got for name, got in found.items() if table.get(name, {}).get(role) != got}
    assert not wrong, f"{role}: {wrong}"
    assert not {name: tables for name, tables in written.items() if tables}


def test_the_table_has_no_address_that_is_gone(table):
    assert set(table) == {str(address) for address in addresses(World())}
