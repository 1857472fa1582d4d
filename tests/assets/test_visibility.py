"""Files live as long as what shows them."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from home.models import ContactsPage, SiteSettings
from projects.forgetting import hide_expired_photos
from projects.models import ProjectContact
from search.parameters import SearchParameters
from search.service import ask
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    EditorFactory,
    ImageFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    PublicationFactory,
)
from tests.factories.pages import only_child

pytestmark = pytest.mark.django_db


def publication(document, **fields):
    return PublicationFactory(files=[{"language": "fi", "document": document}], **fields)


def status(client, url: str) -> int:
    return client.get(url).status_code


def unpublish(page):
    page.unpublish()


def delete(page):
    page.delete()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_parent(page):
    restrict(page.get_parent())


GONE = [unpublish, delete, restrict, restrict_parent]


@pytest.mark.parametrize("end", GONE)
def test_the_file_of_a_publication_goes_with_it(client, end):
    document = DocumentFactory(filename="opas.txt")
    page = publication(document)
    assert status(client, document.url) == 200
    end(page)
    assert status(client, document.url) == 404
    client.force_login(EditorFactory())
    assert status(client, document.url) == 200


@pytest.mark.parametrize("end", GONE)
def test_it_stays_while_something_else_shows_it(client, end):
    document = DocumentFactory(filename="opas.txt")
    page = publication(document)
    other = publication(document) if end is not restrict_parent else None
    text = ContentPageFactory(
        body=[("text", f'<p><a linktype="document" id="{document.pk}">Opas</a></p>')]
    )
    end(page)
    assert status(client, document.url) == 200
    if other:
        other.delete()
    assert status(client, document.url) == 200
    text.body = []
    text.save()
    assert status(client, document.url) == 404


@pytest.mark.parametrize("live", [True, False])
def test_a_document_in_a_block_is_as_public_as_its_page(client, live):
    document = DocumentFactory(filename="opas.txt")
    ContentPageFactory(body=[("document", document)], live=live)
    assert status(client, document.url) == (200 if live else 404)


def test_a_document_that_nothing_shows_is_for_staff(client):
    document = DocumentFactory(filename="opas.txt")
    assert status(client, document.url) == 404
    response = client.head(document.url)
    assert response.status_code == 404
    client.force_login(EditorFactory())
    response = client.get(document.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_readers_of_a_closed_page_have_its_files(client):
    document, image = DocumentFactory(filename="opas.txt"), ImageFactory()
    page = publication(document, cover=image)
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sana"
    )
    assert status(client, document.url) == status(client, image.file.url) == 404
    session = client.session
    session[restriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    for address in (document.url, image.file.url):
        response = client.get(address)
        assert response.status_code == 200
        assert "private" in response["Cache-Control"]


def portrait(**fields):
    only_child(ContactsPage, "yhteystiedot", "Yhteystiedot")
    person = PersonFactory(photo=ImageFactory(), **fields)
    return person, person.photo.file.url, person.photo.get_rendition("width-20").url


def test_a_portrait_goes_the_day_after_the_last_public_one(client, monkeypatch):
    today = timezone.localdate()
    person, *addresses = portrait(public_until=today)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert "no-cache" in response["Cache-Control"]
    tomorrow = today + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: tomorrow)
    for address in addresses:
        assert status(client, address) == 404
    assert hide_expired_photos() == 1
    person.photo.refresh_from_db()
    assert not person.photo.renditions.exists()
    assert person.photo.file.storage.exists(person.photo.file.name)


@pytest.mark.parametrize(
    ("on_contacts", "on_project", "live", "seen"),
    [
        (True, False, True, 200),
        (False, False, True, 404),
        (False, True, True, 200),
        (False, True, False, 404),
    ],
)
def test_a_portrait_is_public_where_its_person_is(client, on_contacts, on_project, live, seen):
    person, *addresses = portrait(show_on_contacts_page=on_contacts)
    page = ProjectFactory(live=live)
    if on_project:
        ProjectContact.objects.create(page=page, person=person, locale=page.locale)
    assert [status(client, address) for address in addresses] == [seen, seen]


def test_a_portrait_that_a_page_shows_too_stays(client):
    person, *addresses = portrait(public_until=timezone.localdate() - timedelta(days=1))
    ContentPageFactory(body=[("figure", {"image": person.photo, "caption": ""})])
    assert [status(client, address) for address in addresses] == [200, 200]
    assert hide_expired_photos() == 0


def test_logos_and_pictures_of_live_pages_are_public(client):
    logo, mark, picture = ImageFactory(), ImageFactory(), ImageFactory()
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.logo = logo
    settings.save()
    OrganisationFactory(logo=mark)
    page = ProjectFactory(image=picture)
    addresses = [each.get_rendition("width-20").url for each in (logo, mark, picture)]
    assert [status(client, address) for address in addresses] == [200, 200, 200]
    page.unpublish()
    assert [status(client, address) for address in addresses] == [200, 200, 404]


def test_staff_see_pictures_that_nothing_shows_yet(client):
    image = ImageFactory()
    assert status(client, image.file.url) == 404
    client.force_login(EditorFactory())
    assert "private" in client.get(image.file.url)["Cache-Control"]


def test_a_picture_that_is_no_image_of_the_site_is_for_staff(client):
    storage = get_image_model()._meta.get_field("file").storage
    name = storage.save("avatar_images/kasvot.png", ContentFile(ImageFactory().file.read()))
    assert status(client, storage.url(name)) == 404
    client.force_login(EditorFactory())
    assert status(client, storage.url(name)) == 200


def close(collection):
    return CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )


@pytest.fixture
def words(django_capture_on_commit_callbacks):
    """Whether the public search finds a word of a file, once what was done is committed."""

    def found(change=lambda: None) -> bool:
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return bool(ask(SearchParameters(query="tervapääsky"), "fi").result.total)

    return found


def test_words_of_a_private_file_are_not_found_and_changes_are_followed(
    client, words, admin_client
):
    root = Collection.get_first_root_node()
    other = root.add_child(name="Avoin")
    outer = root.add_child(name="Ulompi")
    inner = outer.add_child(name="Sisempi")
    document = DocumentFactory(
        filename="opas.txt", content="Tervapääsky lentää.".encode(), collection=inner
    )
    assert words(lambda: publication(document))
    restriction = []
    assert not words(lambda: restriction.append(close(outer)))
    page = client.get(document.publication_files.get().page.url)
    assert "kirjautu" in page.content.decode()
    assert words(lambda: restriction[0].delete())
    assert not words(lambda: close(inner))

    def move():
        url = reverse("wagtail_bulk_action", args=["assets", "customdocument", "add_to_collection"])
        sent = admin_client.post(f"{url}?id={document.pk}", {"collection": other.pk})
        assert sent.status_code == 302

    assert words(move)
    document.refresh_from_db()
    document.collection = inner
    assert not words(document.save)
