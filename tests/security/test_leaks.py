"""Every public address, asked by a stranger: no word of drafts, closed pages and hidden people."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import ContactsPageFactory, PersonFactory, ProjectFactory
from tests.security.addresses import World, addresses

pytestmark = pytest.mark.django_db

WORDS = ("Luonnosmainen", "Salattumainen", "Mennytmaija")


@pytest.fixture
def world(db):
    world = World()
    yesterday = timezone.localdate() - timedelta(days=1)
    world.gone = PersonFactory(name="Mennytmaija Malli", public_until=yesterday)
    world.shown = ProjectFactory(title="Avoin hanke", contacts=[world.gone])
    world.contacts = ContactsPageFactory()
    world.draft.title = world.draft.lead = "Luonnosmainen hanke"
    world.draft.save()
    world.private.title = world.private.lead = "Salattumainen sivu"
    world.private.save()
    call_command("rebuild_search", verbosity=0)
    return world


def test_nothing_leaks(client, world):
    paths = [a.path for a in addresses(world) if not a.path.startswith("/admin/")]
    pages = (world.draft, world.private, world.shown, world.contacts, world.index, world.project)
    paths += [page.get_url() for page in pages]
    paths.append(world.closed_document.url)
    paths += [f"/api/v1/projects/{world.draft.translation_key}"]
    for path in paths:
        answer = client.get(path)
        words = b"".join(answer) if answer.streaming else answer.content
        for word in (*WORDS, "Suljettua.", world.gone.email):
            assert word not in words.decode(errors="replace"), (path, word)
    assert client.get(world.draft.get_url()).status_code == 404
    assert client.get(f"/api/v1/projects/{world.draft.translation_key}").status_code == 404


@pytest.mark.parametrize("word", WORDS)
def test_nothing_is_found(client, world, word):
    """Whatever answers to a question answers as to a word that nobody wrote."""
    for name in ("hits.json", "hits.csv", "suggest/"):
        answers = [client.get(f"/fi/haku/{name}", {"q": q}) for q in (word, "olematonta")]
        texts = [b"".join(a) if a.streaming else a.content for a in answers]
        assert texts[0] == texts[1], name
