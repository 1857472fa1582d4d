"""What pages lead to and show is noted when they are saved, and read once."""

import pytest

from cms.repair import reading
from cms.repair.contents import Anchors, tidy
from cms.repair.models import Link, LinkUse, PictureUse, Reading
from tests.factories import (
    ContentPageFactory,
    ImageFactory,
    OrganisationFactory,
    ProjectFactory,
    PublicationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def urls() -> set[str]:
    return set(LinkUse.objects.values_list("link__url", flat=True))


def test_links_of_text_fields_files_and_records(text_page, read):
    target = ContentPageFactory(title="Kohde")
    text_page(
        f'<p>Katso <a href="https://a.example.org/x#kohta">tästä</a>, '
        f'<a linktype="page" id="{target.pk}">täältä</a>, '
        '<a href="mailto:a@example.org">kirjoita</a> tai <a href="#alas">alas</a>.</p>'
    )
    ProjectFactory(website="https://b.example.org")
    PublicationFactory(files=[{"language": "ar", "url": "https://c.example.org/video"}])
    OrganisationFactory(website="https://d.example.org")
    read()
    assert urls() == {
        "https://a.example.org/x",
        f"page:{target.pk}",
        "https://b.example.org",
        "https://c.example.org/video",
        "https://d.example.org",
    }
    use = LinkUse.objects.get(link__url="https://a.example.org/x")
    assert use.text == "tästä"
    assert use.place == "body.0b0a5c2e-7e5f-4d2a-9d52-0f5a8f1c7a11"


def test_a_change_takes_the_old_links_away(text_page, read):
    page = text_page('<p><a href="https://a.example.org">a</a></p>')
    read()
    page.body = [{"type": "text", "value": '<p><a href="https://b.example.org">b</a></p>'}]
    page.save_revision().publish()
    read()
    assert urls() == {"https://b.example.org"}
    reading.ask_again()
    assert [link.url for link in Link.objects.all()] == ["https://b.example.org"]


def test_drafts_are_not_read_and_what_nobody_saved_is_found(text_page, read):
    text_page('<p><a href="https://draft.example.org">a</a></p>', live=False)
    page = text_page('<p><a href="https://a.example.org">a</a></p>')
    read()
    assert urls() == {"https://a.example.org"}
    Reading.objects.all().delete()
    reading.ask_again()
    assert Reading.objects.filter(object_id=page.pk, read_at=None).exists()


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("/fi/hankkeet/", "http://localhost:8000/fi/hankkeet/"),
        (" https://example.org/a b ", "https://example.org/a b"),
        ("//example.org/", ""),
        ("javascript:alert(1)", ""),
        ("tel:+358501234567", ""),
        ("http://[::1", ""),
        ("https://", ""),
        ("page:12", "page:12"),
        ("page:x", ""),
        ("https://example.org/" + "a" * 3000, ""),
    ],
)
def test_what_is_a_link_to_follow(address, followed):
    assert tidy(address) == followed


def test_broken_markup_is_read_all_the_same():
    found = Anchors('<p><a href="https://a.example.org">yksi <b>kaksi</a> kolme <a>neljä').found
    assert ("https://a.example.org", "yksi kaksi") in found


def figure(picture, **words) -> dict:
    return {"type": "figure", "value": {"image": {"image": picture.pk, **words}, "caption": ""}}


def test_pictures_that_no_words_stand_for(read):
    bare, told, fact = ImageFactory(), ImageFactory(), ImageFactory(description="")
    described = ImageFactory(description="Silta talvella")
    body = [
        figure(bare, alt_text=" "),
        figure(told, alt_text="Silta"),
        figure(told, alt_text="", decorative=True),
    ]
    ContentPageFactory(body=body, social_image=fact)
    ContentPageFactory(social_image=described)
    read()
    lacking = PictureUse.objects.lacking()
    assert {use.image_id for use in lacking} == {bare.pk, fact.pk}
    fact.description = "Silta kesällä"
    fact.save()
    assert {use.image_id for use in PictureUse.objects.lacking()} == {bare.pk}
