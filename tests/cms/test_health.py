import pytest
from django.db import DatabaseError, connection

from cms.core import faults


@pytest.mark.django_db
def test_healthy_under_any_host_name_without_a_session(client, settings):
    settings.ALLOWED_HOSTS = ["katto.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.django_db
def test_without_a_database_it_says_so_but_not_why(client, monkeypatch, caplog):
    faults._said_at.clear()

    def refuse():
        raise DatabaseError("password authentication failed for user katto")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content == b"database unavailable\n"
    assert "The database does not answer" in caplog.text
