"""A file lives as long as what shows it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.assets.models import CustomDocument
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    PublicationFactory,
)

from .files import pdf, picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def document():
    return CustomDocument.objects.create(title="Opas", file=upload("opas.pdf", pdf()))


@pytest.fixture
def publication(document):
    return PublicationFactory(files=[{"language": "fi", "document": document}])


def status(client, document) -> int:
    return client.get(document.url).status_code


def test_a_document_of_a_publication_is_open(client, document, publication):
    response = client.get(document.url)
    assert response.status_code == 200
    assert "public" in response["Cache-Control"]


def test_a_document_that_nothing_shows_is_not_found(client, document):
    assert status(client, document) == 404


@pytest.mark.parametrize("change", ["unpublish", "delete", "restrict", "restrict above", "remove"])
def test_a_document_goes_with_its_publication(client, document, publication, change):
    assert status(client, document) == 200
    if change == "unpublish":
        publication.unpublish()
    elif change == "delete":
        publication.delete()
    elif change == "remove":
        publication.files.all().delete()
    else:
        page = publication if change == "restrict" else publication.get_parent()
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert status(client, document) == 404


def test_a_document_stays_while_something_else_shows_it(client, document, publication):
    link = f'<p><a linktype="document" id="{document.pk}">Opas</a></p>'
    page = ContentPageFactory(body=[("text", link)])
    publication.unpublish()
    assert status(client, document) == 200
    page.unpublish()
    assert status(client, document) == 404


@pytest.mark.parametrize("factory", [ContentPageFactory, PublicationFactory])
def test_a_document_in_a_block_counts(client, document, factory):
    page = factory(body=[("document", document)])
    assert status(client, document) == 200
    page.unpublish()
    assert status(client, document) == 404


def test_a_draft_shows_nothing(client, document):
    page = ContentPageFactory()
    page.body = [("document", document)]
    page.save_revision()
    assert status(client, document) == 404
    page.save_revision().publish()
    assert status(client, document) == 200


def test_a_page_behind_a_password_opens_its_documents_with_it(client, document, publication):
    rule = PageViewRestriction.objects.create(
        page=publication, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    assert status(client, document) == 404
    client.post(
        f"/fi/_util/authenticate_with_password/{rule.pk}/{publication.pk}/",
        {"password": "x", "return_url": publication.url},
    )
    session = client.session
    session["passed_page_view_restrictions"] = [rule.pk]
    session.save()
    response = client.get(document.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_staff_may_open_what_nothing_shows(client, document):
    client.force_login(EditorFactory())
    response = client.get(document.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_the_number_of_questions_does_not_grow_with_the_pages(
    client, document, django_assert_max_num_queries
):
    for _number in range(12):
        PublicationFactory(files=[{"language": "fi", "document": document}])
    status(client, document)
    with django_assert_max_num_queries(12):
        assert status(client, document) == 200


def image():
    return get_image_model().objects.create(title="x", file=upload("a.png", picture()))


def addresses(picture) -> list[str]:
    return [picture.file.url, picture.get_rendition("width-20|format-webp").file.url]


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


def test_a_persons_picture_is_closed_the_day_after(client, monkeypatch):
    photo = image()
    PersonFactory(photo=photo, public_until=day(0))
    for address in addresses(photo):
        response = client.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    tomorrow = day(1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: tomorrow)
    for address in addresses(photo):
        assert client.get(address).status_code == 404


def test_a_rendition_made_later_is_closed_too(client):
    photo = image()
    PersonFactory(photo=photo, public_until=day(-1))
    assert client.get(photo.file.url).status_code == 404
    assert client.get(photo.get_rendition("width-33").file.url).status_code == 404


def test_staff_see_a_closed_picture(client):
    photo = image()
    PersonFactory(photo=photo, public_until=day(-1))
    client.force_login(EditorFactory())
    assert [client.get(address).status_code for address in addresses(photo)] == [200, 200]


@pytest.mark.parametrize(
    "use",
    [
        lambda photo: ProjectFactory(social_image=photo),
        lambda photo: OrganisationFactory(logo=photo),
        lambda photo: PersonFactory(photo=photo),
        lambda photo: ContentPageFactory(body=[("figure", {"image": photo, "caption": ""})]),
    ],
)
def test_a_picture_that_something_public_shows_too_stays_open(client, use):
    photo = image()
    PersonFactory(photo=photo, public_until=day(-1))
    use(photo)
    assert [client.get(address).status_code for address in addresses(photo)] == [200, 200]


def test_other_pictures_are_kept_by_caches(client):
    photo = image()
    PersonFactory(photo=photo)
    PersonFactory(photo=image(), public_until=day(-1))
    for address in addresses(photo):
        assert "public" in client.get(address)["Cache-Control"]


def test_the_daily_cleanup_takes_closed_pictures_out_of_every_servers_reach(client):
    photo = image()
    person = PersonFactory(photo=photo, public_until=day(-1))
    original, rendition = photo.file.name, photo.get_rendition("width-20").file.name
    storage = photo.file.storage
    call_command("forget_expired_people", stdout=StringIO())
    assert not storage.exists(original)
    assert not storage.exists(rendition)
    photo = get_image_model().objects.get()
    assert photo.file.name.startswith("closed_images/")
    assert photo.get_rendition("width-20").file.name.startswith("closed_images/")
    assert client.get(f"/media/{photo.file.name}").status_code == 404
    person.public_until = day(5)
    person.save()
    call_command("forget_expired_people", stdout=StringIO())
    photo = get_image_model().objects.get()
    assert photo.file.name == original
    assert [client.get(address).status_code for address in addresses(photo)] == [200, 200]


def closed_collection(kind=CollectionViewRestriction.LOGIN):
    collection = Collection.get_first_root_node().add_child(name="Sisäiset")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="x"
    )
    return collection


def test_a_page_says_which_of_its_files_are_not_for_everybody(client, document, publication):
    assert "Ei avoin kaikille" not in client.get(publication.url).content.decode()
    document.collection = closed_collection()
    document.save()
    text = client.get(publication.url).content.decode()
    assert "Ei avoin kaikille" in text
    assert "contentUrl" not in text
    assert status(client, document) == 302
