"""Words of a file that is not for everybody are not found by everybody."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories import DocumentFactory, PublicationFactory

from .test_following import found as hits

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted():
    collection = Collection.get_first_root_node().add_child(name="Sisäiset")
    rule = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return collection, rule


def guide_in(collection, commit):
    document = commit(DocumentFactory, collection=collection)
    commit(PublicationFactory, title="Opas", files=[{"document": document, "language": "fi"}])
    document.text = "Silakoiden fileeraaminen"
    commit(document.save, update_fields=["text"])
    return document


def test_words_of_a_file_in_a_closed_collection_are_not_found(commit, restricted):
    collection, rule = restricted
    guide_in(collection, commit)
    assert hits("fileeraaminen") == []
    commit(rule.delete)
    assert hits("fileeraaminen") == ["Opas"]
    commit(
        CollectionViewRestriction.objects.create,
        collection=collection,
        restriction_type=CollectionViewRestriction.LOGIN,
    )
    assert hits("fileeraaminen") == []


def test_a_file_moved_between_collections_is_followed(commit, restricted, admin_client):
    collection, _rule = restricted
    document = guide_in(Collection.get_first_root_node(), commit)
    assert hits("fileeraaminen") == ["Opas"]
    document.collection = collection
    commit(document.save)
    assert hits("fileeraaminen") == []
    address = reverse("wagtail_bulk_action", args=["assets", "customdocument", "add_to_collection"])
    root = Collection.get_first_root_node()
    commit(admin_client.post, f"{address}?id={document.pk}", {"collection": root.pk})
    assert hits("fileeraaminen") == ["Opas"]


def test_a_collection_moved_below_a_closed_one_is_followed(commit, restricted):
    closed, _rule = restricted
    inner = Collection.get_first_root_node().add_child(name="Oppaat")
    guide_in(inner, commit)
    assert hits("fileeraaminen") == ["Opas"]
    inner.refresh_from_db()
    commit(inner.move, Collection.objects.get(pk=closed.pk), "sorted-child")
    closed.refresh_from_db()
    assert Collection.objects.get(pk=inner.pk).path.startswith(closed.path)
    assert hits("fileeraaminen") == []
