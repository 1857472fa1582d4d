"""Every way into the library through the admin, with a good file and with bad ones."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.assets.models import CustomDocument, CustomImage

from .files import add_launch, office, pdf, picture, png_of, svg, upload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BAD_IMAGES = {
    "program": ("logo.png", b"MZ" + bytes(200)),
    "script": ("logo.svg", svg("<script>alert(1)</script>")),
    "odd size": ("logo.svg", svg(attributes='width="x" height="y" viewBox="?"')),
    "bomb": ("photo.png", png_of(8_000, 6_000)),
    "cut": ("photo.png", picture(size=(200, 200))[:-60]),
    "jpeg named png": ("photo.png", picture("JPEG")),
}
BAD_DOCUMENTS = {
    "program": ("guide.pdf", b"MZ" + bytes(200)),
    "page": ("guide.txt", "<html><script>alert(1)</script></html>"),
    "acting": ("guide.pdf", pdf(change=add_launch)),
    "broken": ("guide.pdf", b"%PDF-1.4 nothing"),
    "bomb": ("guide.docx", office(more={"a": bytes(20 * 1024 * 1024)})),
    "macros": ("guide.docx", office(more={"word/vbaProject.bin": "x"})),
}


def post_single(client, kind, name, data):
    url = reverse(f"wagtail{kind}:add")
    return client.post(url, {"title": "Pidetty otsikko", "file": upload(name, data), "tags": ""})


def post_multiple(client, kind, name, data):
    url = reverse(f"wagtail{kind}:add_multiple")
    return client.post(url, {"title": "x", "files[]": upload(name, data)})


def post_chooser(client, kind, name, data):
    chooser = {"images": "image-chooser-upload", "docs": "document-chooser-upload"}[kind]
    fields = {"title": "Pidetty otsikko", "file": upload(name, data), "tags": ""}
    return client.post(
        reverse(f"wagtail{kind}_chooser:create"),
        {f"{chooser}-{key}": value for key, value in fields.items()},
    )


@pytest.fixture(params=["fi", "en"])
def editor(request, admin_client, admin_user):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = request.param
    profile.save()
    return admin_client


@pytest.mark.parametrize("post", [post_single, post_multiple, post_chooser])
@pytest.mark.parametrize("case", BAD_IMAGES)
def test_a_bad_picture_is_refused_everywhere(editor, post, case):
    response = post(editor, "images", *BAD_IMAGES[case])
    assert response.status_code == 200
    assert not CustomImage.objects.exists()
    assert_refused(response, post)


@pytest.mark.parametrize("post", [post_single, post_multiple, post_chooser])
@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_bad_document_is_refused_everywhere(editor, post, case):
    response = post(editor, "docs", *BAD_DOCUMENTS[case])
    assert response.status_code == 200
    assert not CustomDocument.objects.exists()
    assert_refused(response, post)


def assert_refused(response, post):
    if post is post_multiple:
        answer = response.json()
        assert answer["success"] is False
        assert len(answer["error_message"]) > 20
    elif post is post_single:
        assert response.context["form"].errors["file"]
        assert "Pidetty otsikko" in response.content.decode()
    else:
        answer = json.loads(response.content)
        assert answer["step"] == "reshow_creation_form"
        assert "Pidetty otsikko" in answer["htmlFragment"]


@pytest.mark.parametrize("post", [post_single, post_multiple, post_chooser])
@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [
        ("images", "a.png", picture()),
        ("images", "a.avif", picture("AVIF")),
        ("images", "logo.svg", svg()),
        ("docs", "a.pdf", pdf(2)),
        ("docs", "a.docx", office()),
    ],
)
def test_a_good_file_is_accepted_everywhere(admin_client, post, kind, name, data):
    response = post(admin_client, kind, name, data)
    assert response.status_code in {200, 302}
    model = CustomImage if kind == "images" else CustomDocument
    stored = model.objects.get()
    assert stored.file.size == len(data.encode() if isinstance(data, str) else data)


def test_changing_to_a_bad_file_keeps_the_old_one(admin_client):
    document = CustomDocument.objects.create(title="x", file=upload("a.pdf", pdf(2)))
    url = reverse("wagtaildocs:edit", args=[document.pk])
    form = {"title": "x", "tags": "", "file": upload("b.pdf", b"MZ")}
    assert admin_client.post(url, form).status_code == 200
    document.refresh_from_db()
    assert document.page_count == 2
    assert document.file.storage.exists(document.file.name)


def test_a_name_that_is_too_long_does_not_lose_the_file(admin_client):
    """Wagtail keeps the upload aside and asks for a title; its own check then was an error."""
    answer = admin_client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "x" * 300, "files[]": upload("a.pdf", pdf(3))},
    ).json()
    assert answer["success"]
    pk = answer["uploaded_file_id"]
    url = reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[pk])
    prefix = f"uploaded-document-{pk}"
    answer = admin_client.post(url, {f"{prefix}-title": "Opas", f"{prefix}-tags": ""}).json()
    assert answer["success"]
    assert CustomDocument.objects.get().page_count == 3


@pytest.mark.parametrize(("name", "data"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
def test_a_model_filled_in_code_refuses_too(name, data):
    with pytest.raises(ValidationError) as caught:
        CustomDocument(title="x", file=upload(name, data)).full_clean()
    assert "file" in caught.value.message_dict


@pytest.mark.parametrize("case", ["script", "bomb", "jpeg named png"])
def test_an_image_filled_in_code_refuses_too(case):
    with pytest.raises(ValidationError) as caught:
        CustomImage(title="x", file=upload(*BAD_IMAGES[case])).full_clean()
    assert "file" in caught.value.message_dict


def test_replacing_a_file_reads_it_anew(admin_client):
    document = CustomDocument.objects.create(title="x", file=upload("a.pdf", pdf(2)))
    url = reverse("wagtaildocs:edit", args=[document.pk])
    admin_client.post(url, {"title": "x", "tags": "", "file": upload("b.pdf", pdf(5))})
    document.refresh_from_db()
    assert document.page_count == 5


@pytest.mark.parametrize("post", [post_single, post_multiple, post_chooser])
@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [("images", "🙂.png", picture()), ("docs", "🙂.pdf", pdf())],
    ids=["image", "document"],
)
def test_a_name_without_letters_keeps_its_extension(admin_client, post, kind, name, data):
    """Two files of which only “.pdf” remained: the second lost that too."""
    for _ in range(2):
        post(admin_client, kind, name, data)
    model = CustomImage if kind == "images" else CustomDocument
    names = [stored.file.name for stored in model.objects.all()]
    assert len(names) == 2
    assert all(
        stored.endswith(name[1:]) and not stored.endswith(f"/{name[1:]}") for stored in names
    )


def test_pictures_are_chosen_by_tag_and_words_at_once(admin_client):
    image = CustomImage(title="Koivikko", file=upload("a.png", picture()))
    image.save()
    image.tags.add("luonto")
    image.save()
    for view in ("choose", "choose_results"):
        url = reverse(f"wagtailimages_chooser:{view}")
        for query in ({"q": "Koivikko", "tag": "luonto"}, {"q": "luonto"}):
            response = admin_client.get(url, query)
            assert response.status_code == 200
            assert "Koivikko" in response.content.decode()


def test_a_drawing_without_its_namespace_is_damaged_and_not_misnamed(admin_client):
    form = post_single(admin_client, "images", "a.svg", "<svg><rect/></svg>").context["form"]
    assert "”svg”" not in form.errors["file"][0]
