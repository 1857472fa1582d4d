"""Characters that nobody sees do not come in by what translators write or send as a file."""

import pytest
from django.db import connection
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories import LocaleFactory, ProjectFactory
from tests.security.unseen import DIRTY, traces, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(db):
    page = ProjectFactory(title="Hanke", lead="Lyhyesti.")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    made = Translation.objects.create(
        source=source, target_locale=LocaleFactory(language_code="sv")
    )
    made.save_target(publish=False)
    return made


def put(client, translation, path: str, value: str):
    segment = translation.source.stringsegment_set.get(context__path=path)
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    body = f"--x\r\nContent-Disposition: form-data; name=value\r\n\r\n{value}\r\n--x--\r\n"
    return client.put(url, body.encode(), content_type="multipart/form-data; boundary=x")


def test_translations_one_by_one_and_as_a_file(admin, translation):
    assert put(admin, translation, "title", DIRTY).status_code == 201
    po = translation.export_po()
    for entry in po:
        entry.msgstr = DIRTY.replace("\0", "")
    upload(admin, translation, str(po))
    upload(admin, translation, str(po).replace('msgstr "a', 'msgstr "a\0'))
    upload(admin, translation, str(po).replace('msgctxt "', 'msgctxt "\0'))
    assert StringTranslation.objects.count() == 2
    translation.save_target(publish=False)
    assert traces() == []


def test_a_translation_too_long_for_its_field_is_told(admin, translation):
    answer = put(admin, translation, "title", "x" * 300)
    assert answer.status_code == 400
    assert "300" in answer.json()["detail"]
    assert "255" in answer.json()["detail"]
    assert not StringTranslation.objects.exists()


def test_a_file_of_translations_with_a_title_too_long(admin, translation):
    po = translation.export_po()
    for entry in po:
        entry.msgstr = "x" * 300
    answer = upload(admin, translation, str(po))
    assert "300" in answer.content.decode()
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize(
    "charset",
    [
        "undefined",
        "punycode",
        "idna",
        "klingon",
        "hex",
        "rot13",
        "utf-16",
        "utf-7",
        "",
        "\0",
        "x" * 999,
    ],
)
def test_a_file_of_translations_in_a_strange_charset(admin, translation, charset):
    po = str(translation.export_po()).replace("charset=utf-8", f"charset={charset}")
    assert f"charset={charset}" in po
    assert upload(admin, translation, po).status_code == 200


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"\xff\xfe", b'msgid "', b"msgid msgid", b"\x89PNG", b'msgstr[x] "a"', b"# a"],
)
def test_a_file_that_is_no_file_of_translations(admin, translation, data):
    assert "PO" in upload(admin, translation, data).content.decode()


def test_a_title_too_long_from_before_is_shown_to_the_translator(admin, translation):
    if connection.vendor == "postgresql":
        return  # it never held one
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data="x" * 300,
        )
        for segment in translation.source.stringsegment_set.all()
    )
    address = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    answer = admin.post(address, {"action": "publish"}, follow=True)
    assert answer.status_code == 200
    assert not translation.get_target_instance().live
    assert 'data-state="errors"' in answer.content.decode()
