"""Writes ``access.csv`` anew, to be read critically: ``pytest tests/security/write_access.py``."""

import csv

import pytest
from django.db import transaction

from tests.security.addresses import World, addresses
from tests.security.test_access import ROLES, TABLE, outcome

pytestmark = pytest.mark.django_db


def test_write(client):
    client.raise_request_exception = False
    world, rows = World(), {}
    for role, make in ROLES.items():
        user = make() if make else None
        client.cookies.clear()
        for address in addresses(world):
            if user:
                client.force_login(user)
            mark = transaction.savepoint()
            response = client.get(address.path)
            if response.status_code == 405:
                response = client.post(address.path)
            transaction.savepoint_rollback(mark)
            rows.setdefault(str(address), {})[role] = outcome(response, address.path)
    with TABLE.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["address", *ROLES])
        for name, found in rows.items():
            out.writerow([name, *(found[role] for role in ROLES)])
